/// The code of a cell, and where it stands in its file.
package final class CellSource {
  /// The file, `<stdin>` or `<command>`.
  package let path: String
  /// `cell 3 "weights"`; empty for code that is not a cell of a file.
  package let title: String
  package let text: [UInt8]
  /// The file's line number of each line of `text`.
  package let lineNumbers: [Int]

  package init(path: String, title: String, text: [UInt8], lineNumbers: [Int]) {
    self.path = path
    self.title = title
    self.text = text
    self.lineNumbers = lineNumbers
  }

  /// A cell of a notebook; `number` counts the notebook's code cells from 1.
  package convenience init(_ cell: NotebookCell, number: Int, path: String) {
    let title = cell.name.isEmpty ? "cell \(number)" : "cell \(number) \"\(cell.name)\""
    self.init(path: path, title: title, text: cell.source, lineNumbers: cell.sourceLines)
  }

  /// Code that is no file's, or that starts at a line of one.
  package convenience init(path: String, text: [UInt8], firstLine: Int = 1) {
    let count = text.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    self.init(path: path, title: "", text: text, lineNumbers: Array(firstLine..<(firstLine + count)))
  }

  /// The code as text.
  package var string: String { String(decoding: text, as: UTF8.self) }

  /// The line that holds byte `offset`: its number in the file, its text, and the offset of its first byte.
  package func line(at offset: Int) -> (number: Int, text: ArraySlice<UInt8>, start: Int) {
    let newline = UInt8(ascii: "\n")
    let offset = min(max(offset, 0), text.count)
    let start = text[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = text[offset...].firstIndex(of: newline) ?? text.count
    let index = text[..<start].reduce(0) { $0 + ($1 == newline ? 1 : 0) }
    return (index < lineNumbers.count ? lineNumbers[index] : lineNumbers.last ?? 1, text[start..<end], start)
  }
}
