import Notebook
import Runtime
import Tensor

/// The session's notebook as the text of a file. What was opened from one keeps its bytes; only records change.
struct SheetText {
  /// What stands above the first cell of the file that was opened.
  var head: [UInt8] = []
  /// What a new line ends in.
  var ending = NotebookLine.Ending.newline
  /// A seed stands in the header.
  var hasSeed = false

  /// `cells` with their records, and `notes` behind them. `seed` is written into the header unless one stands there.
  func text(
    cells: [SessionCell], notes: [NotebookCell], seed: UInt64?, path: String
  ) throws(NotebookError) -> [UInt8] {
    var text = seed.map { NotebookHeader.adding(seed: $0, to: head, ending: ending) } ?? head
    var parts: [NotebookCell] = []
    for cell in cells { parts += cell.before + [try notebookCell(cell, path: path)] }
    parts += notes
    var previous: NotebookCell?
    for part in parts {
      append(part, after: previous, to: &text)
      previous = part
    }
    return text
  }

  private func append(_ cell: NotebookCell, after previous: NotebookCell?, to text: inout [UInt8]) {
    let isFirst = previous == nil
    if let last = text.last, last != 0x0A { text += ending.rawValue.utf8 }
    // In the order of the file blank lines stand where they stood.
    let isInOrder = cell.firstLine > 0 && cell.firstLine > previous?.firstLine ?? 0 && previous?.firstLine != 0
    let line = Array(ending.rawValue.utf8)
    if !isInOrder, !text.isEmpty, !text.suffix(line.count * 2).elementsEqual(line + line) { text += line }
    // Only a file's first cell can do without a mark.
    if cell.mark == nil, !isFirst { text += "# %%".utf8 + line }
    text += cell.firstLine == 0 ? converted(cell.bytes) : cell.bytes
  }

  /// The cell as it stands in the file.
  private func notebookCell(_ cell: SessionCell, path: String) throws(NotebookError) -> NotebookCell {
    guard var origin = cell.origin else {
      let mark = NotebookWriter.mark(kind: .code, name: cell.name, options: cell.options)
      return NotebookCell(
        made: Array(mark.utf8) + [0x0A] + (try NotebookWriter.body(cell.text, path: path))
          + NotebookWriter.records(cell.records))
    }
    if origin.name != cell.name { origin.rename(cell.name, ending: ending) }
    // What differs by no more than the noise of another machine stays as it was recorded.
    if !Comparison.matches(expected: origin.records, actual: cell.records) {
      origin.replaceRecords(cell.records, ending: ending)
    }
    return origin
  }

  private func converted(_ bytes: [UInt8]) -> [UInt8] {
    guard ending == .carriageReturnNewline else { return bytes }
    return bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
  }

  /// Whether a replay needs the session's seed: a stream was drawn from before a cell seeded it.
  static func needsSeed(_ cells: [SessionCell]) -> Bool {
    var seeded = Set<ObjectIdentifier>()
    for cell in cells {
      for record in cell.run?.changes.records ?? [] where Entropy.shared.feeds(record.subject) {
        if record.isReset { seeded.insert(ObjectIdentifier(record.subject)) }
        if !seeded.contains(ObjectIdentifier(record.subject)) { return true }
      }
      // Its state was looked at.
      for thing in cell.run?.changes.reads ?? [] where Entropy.shared.feeds(thing) {
        if !seeded.contains(ObjectIdentifier(thing)) { return true }
      }
    }
    return false
  }
}
