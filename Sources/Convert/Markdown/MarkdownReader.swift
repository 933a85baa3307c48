import Notebook

/// Cuts the lines of a Markdown file into cells.
struct MarkdownReader {
  private let lines: [String]
  private var next = 0
  /// The file marks its cells with `%%`.
  private let isMarked: Bool
  private var cells: [CellContent] = []
  private var prose: [String] = []
  private(set) var notes: [Document.Note] = []

  private static let languages: Set<String> = [
    "python", "py", "python3", "ipython", "ipython3", "tnb", "{python}", "{code-cell}",
  ]

  init(_ lines: [String]) {
    self.lines = lines
    isMarked = lines.contains { line in
      Fence(line)?.isMarked == true || (line.hasPrefix("<!-- %%") && line.hasSuffix(" -->"))
    }
  }

  /// The text of a notebook file.
  mutating func text() -> String {
    var text = header()
    readCells()
    for (i, cell) in cells.enumerated() {
      if i > 0 { text += "\n" }
      var changed: [String] = []
      text += cell.text(changedLines: &changed)
      for line in changed {
        notes.append(.init(cell: i + 1, "a string got a space, as its line begins like a mark of a notebook: \(line)"))
      }
    }
    return text
  }

  /// Front matter as a header.
  private mutating func header() -> String {
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(where: { $0 == "---" || $0 == "..." }) else {
      return ""
    }
    next = end + 1
    var header = ""
    var hasVersion = false
    for line in lines[1..<end] {
      guard let colon = line.firstIndex(of: ":"), let first = line.first, first.isLetter else {
        if !line.trimmed.isEmpty { notes.append(.init("a line of its front matter is left out: \(line.trimmed)")) }
        continue
      }
      let key = String(line[..<colon])
      var value = String(line[line.index(after: colon)...]).trimmed
      if value.hasPrefix("\""), let text = try? JSON.parse(Array(value.utf8), path: "").string { value = text }
      if value.count > 1, value.hasPrefix("'"), value.hasSuffix("'") { value = String(value.dropFirst().dropLast()) }
      guard !value.isEmpty, key.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x20 }) else {
        if key != "jupyter" { notes.append(.init("a line of its front matter is left out: \(line.trimmed)")) }
        continue
      }
      if key == "tnb" { hasVersion = true }
      header += "# \(key): \(value)\n"
    }
    guard !header.isEmpty else { return "" }
    return "# ---\n\(hasVersion ? "" : "# tnb: \(NotebookHeader.version)\n")\(header)# ---\n\n"
  }

  private mutating func readCells() {
    while next < lines.count {
      let line = lines[next]
      if isMarked, line.hasPrefix("<!-- %%"), line.hasSuffix(" -->") {
        endProse()
        next += 1
        var cell = Self.cell(title: String(line.dropFirst("<!-- ".count).dropLast(" -->".count)), .markdown)
        let source = proseLines()
        cell.source = Self.joined(source)
        cells.append(cell)
        continue
      }
      guard let fence = Fence(line) else {
        prose.append(line)
        next += 1
        continue
      }
      let start = next
      let body = self.body(of: fence)
      if isMarked ? fence.isMarked : fence.indent == 0 && Self.languages.contains(fence.language) {
        endProse()
        let title = fence.isMarked ? String(fence.info.drop { $0 != "%" }) : "%%"
        var cell = Self.cell(title: title, fence.language == "raw" ? .raw : .code)
        cell.source = body.joined(separator: "\n")
        if cell.kind == .code {
          // Documentation often shows records as a notebook file has them.
          let records = body.map { Record(NotebookLine(text: Array($0.utf8), ending: .newline)) }
          cell.records = records.compactMap(\.self)
          if !cell.records.isEmpty {
            cell.source = zip(body, records).filter { $1 == nil }.map(\.0).joined(separator: "\n").droppingBlankEnd
          }
          readOutputs(of: &cell)
        }
        cells.append(cell)
      } else {
        prose += lines[start..<next]
      }
    }
    endProse()
  }

  /// The lines up to the next cell.
  private mutating func proseLines() -> [String] {
    var result: [String] = []
    while next < lines.count {
      let line = lines[next]
      if line.hasPrefix("<!-- %%"), line.hasSuffix(" -->") { break }
      if let fence = Fence(line) {
        if fence.isMarked { break }
        let start = next
        _ = body(of: fence)
        result += lines[start..<next]
      } else {
        result.append(line)
        next += 1
      }
    }
    return result
  }

  private mutating func endProse() {
    let source = Self.joined(prose)
    prose = []
    if !source.isEmpty { cells.append(CellContent(kind: .markdown, source: source)) }
  }

  /// Without the blank lines around it.
  private static func joined(_ lines: [String]) -> String {
    var lines = lines[...]
    while let first = lines.first, first.trimmed.isEmpty { lines = lines.dropFirst() }
    while let last = lines.last, last.trimmed.isEmpty { lines = lines.dropLast() }
    return lines.joined(separator: "\n")
  }

  /// A cell with what a title such as `%% weights slow=true` says.
  private static func cell(title: String, _ kind: CellContent.Kind) -> CellContent {
    let mark = NotebookLine(text: Array("# \(title)".utf8), ending: .newline)
    var cell = CellContent(NotebookCell(mark: mark, lines: [], firstLine: 2))
    cell.kind = kind
    return cell
  }

  /// The lines within a fence; `next` goes behind it.
  private mutating func body(of fence: Fence) -> [String] {
    next += 1
    var body: [String] = []
    while next < lines.count {
      let line = lines[next]
      next += 1
      if fence.isEnd(line) { return body }
      var text = line[...]
      for _ in 0..<fence.indent where text.first == " " { text = text.dropFirst() }
      body.append(String(text))
    }
    return body
  }

  /// The fences and images that follow a cell.
  private mutating func readOutputs(of cell: inout CellContent) {
    while true {
      var place = next
      while place < lines.count, lines[place].trimmed.isEmpty { place += 1 }
      guard place < lines.count else { return }
      let line = lines[place]
      let image = "![\(CellContent.imageKey)](<"
      if isMarked, line.hasPrefix(image), line.hasSuffix(">)") {
        cell.images.append(String(line.dropFirst(image.count).dropLast(2)))
        next = place + 1
        continue
      }
      guard let fence = Fence(line), fence.indent == 0, isMarked ? fence.language == "text" : fence.language == "output"
      else {
        return
      }
      next = place
      let kind: Record.Kind = fence.info.hasSuffix(" error") ? .error : .output
      for line in body(of: fence) { cell.records.append(Record(kind, line.droppingBlankEnd)) }
    }
  }
}

/// A line that opens a block of code.
private struct Fence {
  let indent: Int
  let mark: Character
  let length: Int
  /// What stands behind the mark.
  let info: String
  /// Its first word, in small letters.
  let language: String

  /// nil for any other line.
  init?(_ line: String) {
    indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    guard indent < 4, let first = rest.first, first == "`" || first == "~" else { return nil }
    mark = first
    length = rest.prefix { $0 == first }.count
    info = String(rest.dropFirst(length)).trimmed
    guard length >= 3, first == "~" || !info.contains("`") else { return nil }
    language = info.prefix { !$0.isWhitespace }.lowercased()
  }

  /// `python %%` or `raw %%`.
  var isMarked: Bool {
    let words = info.split(separator: " ")
    return indent == 0 && words.count > 1 && words[1] == "%%" && (language == "python" || language == "raw")
  }

  func isEnd(_ line: String) -> Bool {
    let text = line.trimmed
    return text.count >= length && text.allSatisfy { $0 == mark } && line.prefix { $0 == " " }.count < 4
  }
}
