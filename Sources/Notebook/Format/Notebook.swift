/// A `.tnb` file: a header, and cells of code and prose in the order in which they run.
///
/// Reading keeps every byte, and `bytes` gives them back; only the record lines of a cell can be replaced.
///
/// The marks are read before the code is: a line of a triple-quoted string that starts with `# %%` begins a cell, and one
/// that starts with `#>` or `#!` is a record, as in every tool that reads the percent format.
package struct Notebook: Equatable {
  package let header: NotebookHeader
  package private(set) var cells: [NotebookCell]
  /// Byte order mark, `#!` line and header, as they stand in the file.
  private let preamble: [UInt8]
  /// What most lines of the file end in; new record lines take it.
  package let ending: NotebookLine.Ending

  /// Reads a notebook; `path` is for messages. Throws when the text is not UTF-8, holds a NUL byte, or has a header that
  /// does not end or asks for a format this version does not know.
  package init(_ bytes: [UInt8], path: String = "<notebook>") throws(NotebookError) {
    try Self.checkText(bytes, path: path)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bodyStart = bytes.starts(with: mark) ? mark.count : 0
    let lines = NotebookLine.split(bytes[bodyStart...])
    // The interpreter line of an executable script looks like a record, but nothing was recorded before the first line.
    var next = lines.first.map { $0.starts(with: "#!/") || $0.starts(with: "#! /") } == true ? 1 : 0
    (header, next) = try NotebookHeader.read(lines, from: next, path: path)
    var preamble = Array(bytes[..<bodyStart])
    for line in lines[..<next] { preamble += line.text + line.ending.rawValue.utf8 }
    self.preamble = preamble
    cells = Self.cells(of: lines, from: next)
    let crlf = lines.reduce(0) { $0 + ($1.ending == .carriageReturnNewline ? 1 : 0) }
    ending = crlf * 2 > lines.count ? .carriageReturnNewline : .newline
  }

  private static func cells(of lines: [NotebookLine], from first: Int) -> [NotebookCell] {
    var cells: [NotebookCell] = []
    var mark: NotebookLine?
    var start = first
    for i in first..<lines.count where lines[i].starts(with: "# %%") {
      if mark != nil || i > start {
        cells.append(NotebookCell(mark: mark, lines: Array(lines[start..<i]), firstLine: start + 1))
      }
      mark = lines[i]
      start = i + 1
    }
    if mark != nil || start < lines.count {
      cells.append(NotebookCell(mark: mark, lines: Array(lines[start...]), firstLine: start + 1))
    }
    return cells
  }

  private static func checkText(_ bytes: [UInt8], path: String) throws(NotebookError) {
    func line(at offset: Int) -> Int { 1 + bytes[..<offset].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) } }
    if let zero = bytes.firstIndex(of: 0) {
      throw NotebookError(path: path, line: line(at: zero), "a NUL byte: this is not a text file")
    }
    if let bad = firstInvalidUTF8(bytes) {
      throw NotebookError(path: path, line: line(at: bad), "invalid UTF-8 at byte \(bad)")
    }
  }

  /// What stands above the first cell: byte order mark, interpreter line and header.
  package var head: [UInt8] { preamble }

  /// The file's bytes.
  package var bytes: [UInt8] {
    var result = preamble
    for cell in cells { result += cell.bytes }
    return result
  }

  /// Puts what cell `index` printed and raised under its code.
  package mutating func replaceRecords(ofCell index: Int, with records: [Record]) {
    cells[index].replaceRecords(records, ending: ending)
  }
}

/// The offset of the first byte that is not part of well-formed UTF-8.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
  if bytes.allSatisfy({ $0 < 0x80 }) { return nil }
  var decoder = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch decoder.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .error: return offset
    case .emptyInput: return nil
    }
  }
}
