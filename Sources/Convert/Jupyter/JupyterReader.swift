import Notebook

/// Reads `.ipynb` notebooks of Jupyter's format 2 to 4.
struct JupyterReader {
  private let root: JSON
  private let path: String
  /// Where images of outputs and attachments go, from the notebook's folder.
  private let filesFolder: String
  private var files: [Document.File] = []
  private var notes: [Document.Note] = []

  static func read(_ bytes: [UInt8], path: String, filesFolder: String) throws(NotebookError) -> Document {
    let root = try JupyterUpgrade.upgraded(JSON.parse(bytes, path: path), path: path)
    var reader = JupyterReader(root: root, path: path, filesFolder: filesFolder)
    return try reader.document()
  }

  private init(root: JSON, path: String, filesFolder: String) {
    self.root = root
    self.path = path
    self.filesFolder = filesFolder
  }

  private mutating func document() throws(NotebookError) -> Document {
    let own = root["metadata"]?["tnb"]
    let newline = own?["newline"]?.string == "\r\n" ? "\r\n" : "\n"
    var text = own?["head"]?.string ?? head()
    let language =
      root["metadata"]?["language_info"]?["name"]?.string ?? root["metadata"]?["kernelspec"]?["language"]?.string
    if let language, language.lowercased() != "python" {
      notes.append(.init("its language is \(language): tnb runs Python alone"))
    }
    let cells = root["cells"]?.array ?? []
    var kept: [(text: String, blanks: Int?)] = []
    var codeCount = 0
    for (i, cell) in cells.enumerated() where cell["metadata"]?["tnb"]?["preamble"] != .bool(true) {
      if cell["cell_type"]?.string == "code" { codeCount += 1 }
      kept.append(
        (
          cellText(cell, number: i + 1, codeNumber: codeCount, isFirst: kept.isEmpty, newline: newline),
          cell["metadata"]?["tnb"]?["blank"]?.int
        ))
    }
    for (i, cell) in kept.enumerated() {
      text += cell.text
      let isLast = i == kept.count - 1
      if !isLast, let end = text.utf8.last, end != UInt8(ascii: "\n") { text += newline }
      for _ in 0..<min(max(cell.blanks ?? (isLast ? 0 : 1), 0), 1000) { text += newline }
    }
    if own?["unfinished"] == .bool(true), text.hasSuffix(newline) {
      text = String(decoding: Array(text.utf8).dropLast(newline.utf8.count), as: UTF8.self)
    }
    let notebook = try Notebook(Array(text.utf8), path: path)
    let offset = cells.count - kept.count
    notes += UnsupportedCode.notes(notebook).map { .init(cell: $0.cell.map { $0 + offset }, line: $0.line, $0.message) }
    return Document(notebook: notebook, files: files, notes: notes)
  }

  /// A header for a notebook that tnb did not write.
  private func head() -> String {
    guard let title = root["metadata"]?["title"]?.string?.trimmed, !title.isEmpty, !title.contains(where: \.isNewline)
    else { return "" }
    return "# ---\n# tnb: 1\n# title: \(title)\n# ---\n\n"
  }

  /// The lines of a cell, without blank lines at its end.
  private mutating func cellText(
    _ cell: JSON, number: Int, codeNumber: Int, isFirst: Bool, newline: String
  ) -> String {
    let imported = JupyterReader.content(of: cell, number: number, codeNumber: codeNumber, filesFolder: filesFolder)
    if let own = cell["metadata"]?["tnb"]?["text"]?.string, isFirst || own.hasPrefix("# %%"),
      let written = Self.cell(own), JupyterWriter.isSame(written, as: cell, content: imported.content)
    {
      files += imported.files
      notes += imported.notes
      return own
    }
    files += imported.files
    notes += imported.notes
    var changed: [String] = []
    let text = imported.content.text(changedLines: &changed)
    for line in changed {
      notes.append(.init(cell: number, "a string got a space, as its line begins like a mark of a notebook: \(line)"))
    }
    return newline == "\n"
      ? text : text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: newline)
  }

  /// The cell that a text is; nil when it is several.
  private static func cell(_ text: String) -> NotebookCell? {
    var lines = NotebookLine.split(Array(text.utf8)[...])
    let mark = lines.first?.starts(with: "# %%") == true ? lines.removeFirst() : nil
    guard !lines.contains(where: { $0.starts(with: "# %%") }) else { return nil }
    return NotebookCell(mark: mark, lines: lines, firstLine: 1)
  }

  /// What a cell holds, and what it loses.
  static func content(
    of cell: JSON, number: Int, codeNumber: Int, filesFolder: String
  ) -> (content: CellContent, files: [Document.File], notes: [Document.Note]) {
    var notes: [Document.Note] = []
    var files: [Document.File] = []
    let type = cell["cell_type"]?.string
    var content = CellContent(kind: type == "code" ? .code : type == "raw" ? .raw : .markdown)
    if type != "code", type != "raw", type != "markdown" {
      notes.append(.init(cell: number, "its type \(type ?? "") is unknown; it is kept as prose"))
    }
    let source = withoutNUL(
      JupyterCell.text(cell["source"]).split(separator: "\r\n", omittingEmptySubsequences: false).joined(
        separator: "\n"))
    switch content.kind {
    case .code:
      let code = IPythonCode.imported(source)
      content.source = code.code.droppingBlankEnd
      for note in code.notes { notes.append(.init(cell: number, line: note.line, note.message)) }
      let outputs = JupyterOutputs.imported(cell["outputs"]?.array ?? []) { n, ending in
        "\(filesFolder)/output_\(codeNumber)\(n > 1 ? "_\(n)" : "").\(ending)"
      }
      if code.isTalkAlone {
        if outputs.records.count + outputs.images.count > 0 {
          notes.append(.init(cell: number, "its output is left out"))
        }
      } else {
        content.records = code.isTimed ? outputs.records.filter { !IPythonCode.isTiming($0.text) } : outputs.records
        content.images = outputs.images.map(\.path)
        files = outputs.images
        for note in outputs.notes { notes.append(.init(cell: number, note)) }
      }
    case .markdown:
      content.source = source.droppingBlankEnd
      for attachment in cell["attachments"]?.members ?? [] {
        guard let data = attachment.value.members?.first(where: { JupyterOutputs.ending(ofMediaType: $0.key) != nil }),
          let bytes = JupyterOutputs.bytes(of: data.value, mediaType: data.key)
        else {
          notes.append(.init(cell: number, "its attachment \(attachment.key) is left out"))
          continue
        }
        let name = String(attachment.key.map { $0 == "/" || $0 == "\\" || $0.isWhitespace ? "_" : $0 })
        let path = "\(filesFolder)/\(number)_\(name)"
        guard LocalFiles.isInside(path) else { continue }
        files.append(.init(path: path, bytes: bytes))
        content.source = content.source.replacing(
          "attachment:\(attachment.key)", with: path.replacing(" ", with: "%20"))
      }
    case .raw: content.source = source.droppingBlankEnd
    }
    var lost: [String] = []
    JupyterCell.readMetadata(cell["metadata"] ?? .object([]), into: &content, notes: &lost)
    for note in lost { notes.append(.init(cell: number, note)) }
    return (content, files, notes)
  }

  private static func withoutNUL(_ text: String) -> String {
    text.utf8.contains(0) ? text.replacing("\0", with: "\u{2400}") : text
  }
}
