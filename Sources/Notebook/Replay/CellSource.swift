/// The code of a cell, and where it stands in its file.
package final class CellSource {
  /// The file, `<stdin>` or `<command>`; `In [3]` in the shell, where cells move.
  package var path: String
  /// `cell 3 "weights"`; empty for code that is not a cell of a file.
  package let title: String
  package let text: [UInt8]
  /// The file's line number of each line of `text`.
  package let lineNumbers: [Int]
  /// Lines for another shell that stand in the cell and are blank in `text`: their number in the file, and what they say.
  package let passedOver: [(number: Int, text: String)]

  package init(
    path: String, title: String, text: [UInt8], lineNumbers: [Int], passedOver: [(number: Int, text: String)] = []
  ) {
    self.passedOver = passedOver
    self.path = path
    self.title = title
    self.text = text
    self.lineNumbers = lineNumbers
  }

  /// A cell of a notebook; `number` counts the notebook's code cells from 1. Lines such as `%matplotlib inline` are passed
  /// over.
  package convenience init(_ cell: NotebookCell, number: Int, path: String) {
    let title = cell.name.isEmpty ? "cell \(number)" : "cell \(number) \"\(cell.name)\""
    self.init(passingOver: cell.source, lineNumbers: cell.sourceLines, title: title, path: path)
  }

  /// A cell's code that belongs to no file any more: its lines count from 1, and the same are passed over.
  package convenience init(cell code: [UInt8], path: String) {
    let count = code.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    self.init(passingOver: code, lineNumbers: Array(1...count), title: "", path: path)
  }

  private convenience init(passingOver code: [UInt8], lineNumbers: [Int], title: String, path: String) {
    var text = code
    var passedOver: [(number: Int, text: String)] = []
    var index = 0
    var counted = 0
    for line in ShellTalk.preambleLines(of: text) {
      index += text[counted..<line.lowerBound].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
      counted = line.lowerBound
      passedOver.append((lineNumbers[index], String(decoding: trimmingTrailingSpace(text[line]), as: UTF8.self)))
      for i in line { text[i] = UInt8(ascii: " ") }
    }
    self.init(path: path, title: title, text: text, lineNumbers: lineNumbers, passedOver: passedOver)
  }

  /// Code that is no file's, or that starts at a line of one.
  package convenience init(path: String, text: [UInt8], firstLine: Int = 1) {
    let count = text.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    self.init(path: path, title: "", text: text, lineNumbers: Array(firstLine..<(firstLine + count)))
  }

  /// A line for the reader about each line that is passed over.
  package var notes: [String] {
    passedOver.map { "\(path):\($0.number): note: `\($0.text)` is for IPython and is passed over\n" }
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
