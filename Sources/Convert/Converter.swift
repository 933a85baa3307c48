import Glibc
import Notebook

/// The formats that notebooks are converted between, by the endings of file names.
package enum NotebookFormat: String, CaseIterable {
  case tnb
  case ipynb
  case py
  case md
  case html

  /// nil for an ending that is none of them.
  package init?(path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "htm": self = .html
    case "markdown": self = .md
    case let ending: self.init(rawValue: ending)
    }
  }
}

/// Converts a notebook file into another format.
package struct Converter {
  /// Whether a file that is there already is overwritten.
  package var overwrites = false

  package init(overwrites: Bool = false) { self.overwrites = overwrites }

  /// Reads `input`, writes `output`, and gives lines about what could not be kept.
  package func convert(_ input: String, to output: String) throws(NotebookError) -> [String] {
    let from = try Self.format(of: input)
    let to = try Self.format(of: output)
    guard !Self.isSameFile(input, output) else { throw NotebookError(path: output, "is the file that is read") }
    if !overwrites, access(output, F_OK) == 0 {
      throw NotebookError(path: output, "exists; --force overwrites it")
    }
    let inputFolder = parentFolder(of: input)
    let outputFolder = parentFolder(of: output)
    var document = try Self.read(readFile(input), from, path: input, filesFolder: Self.stem(output) + "_files")
    let files = Dictionary(document.files.map { ($0.path, $0.bytes) }) { $1 }
    let file = { (path: String) in files[path] ?? LocalFiles.read(path, in: inputFolder) }
    let bytes = try Self.write(document.notebook, to, title: Self.stem(input), path: input, file: file)
    if to == .py { document.notes += PythonScript.notes(document.notebook) }
    // A page and a Jupyter notebook hold their images; the other formats name them.
    let holdsImages = to == .html || to == .ipynb
    for path in Self.images(of: document.notebook) where files[path] == nil {
      guard let bytes = file(path) else {
        document.notes.append(.init("the image \(path) is not there"))
        continue
      }
      if !holdsImages, inputFolder != outputFolder { document.files.append(.init(path: path, bytes: bytes)) }
    }
    if !holdsImages {
      for file in document.files { try LocalFiles.write(file, in: outputFolder, overwriting: overwrites) }
    }
    try replaceFile(output, with: bytes, overwriting: overwrites ? .always : .never)
    // In the order of their places.
    let notes = document.notes.enumerated().sorted {
      ($0.element.cell ?? 0, $0.element.line ?? 0, $0.offset) < ($1.element.cell ?? 0, $1.element.line ?? 0, $1.offset)
    }
    return notes.map { $0.element.description(path: input) }
  }

  /// A notebook in any format; images that it holds are given paths in `filesFolder`.
  static func read(
    _ bytes: [UInt8], _ format: NotebookFormat, path: String, filesFolder: String
  ) throws(NotebookError) -> Document {
    switch format {
    case .tnb: Document(notebook: try Notebook(bytes, path: path))
    case .ipynb: try JupyterReader.read(bytes, path: path, filesFolder: filesFolder)
    case .py: try PythonScript.read(bytes, path: path)
    case .md: try MarkdownFile.read(bytes, path: path)
    case .html: try HTMLPage.read(bytes, path: path)
    }
  }

  /// A notebook's file in any format; `title` names one that has no title, `path` is for messages, `file` gives the bytes of images it names.
  static func write(
    _ notebook: Notebook, _ format: NotebookFormat, title: String, path: String, file: @escaping (String) -> [UInt8]?
  ) throws(NotebookError) -> [UInt8] {
    switch format {
    case .tnb: notebook.bytes
    case .ipynb: JupyterWriter.write(notebook, file: file)
    case .py: PythonScript.write(notebook)
    case .md: MarkdownFile.write(notebook)
    case .html: try HTMLPage.write(notebook, name: title, path: path, file: file)
    }
  }

  private static func format(of path: String) throws(NotebookError) -> NotebookFormat {
    guard let format = NotebookFormat(path: path) else {
      let endings = NotebookFormat.allCases.map { ".\($0.rawValue)" }
      throw NotebookError(
        path: path,
        "the name says no format; it ends in \(endings.dropLast().joined(separator: ", ")) or \(endings.last!)")
    }
    return format
  }

  private static func images(of notebook: Notebook) -> [String] {
    notebook.cells.flatMap { $0.kind == .code ? CellContent($0).images : [] }
  }

  /// `lesson` of `notes/lesson.tnb`.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func isSameFile(_ a: String, _ b: String) -> Bool {
    var first = stat()
    var second = stat()
    guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
