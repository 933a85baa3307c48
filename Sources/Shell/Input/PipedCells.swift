import Language
import Notebook

/// Runs what comes through a pipe or a here-document as the shell runs what is typed, without prompts.
///
/// Every statement is a cell: it runs as soon as it is complete, so that a program can drive the shell. A block ends before the
/// next line at the left margin; blank lines belong to it. The first error ends the run.
package struct PipedCells {
  private let session: Session
  private let readLine: () -> String?

  /// `readLine` gives the next line without its ending, nil at the end.
  package init(_ session: Session, readLine: @escaping () -> String?) {
    self.session = session
    self.readLine = readLine
  }

  package func run() -> ExitStatus {
    var cell = PendingCell()
    var number = 0
    while let line = readLine() {
      number += 1
      if cell.endsBefore(line), !submit(&cell) { break }
      cell.add(line, number: number)
      if cell.isComplete, !submit(&cell) { break }
    }
    if session.exitStatus == nil, !session.failed { _ = submit(&cell) }
    session.close()
    session.console.flush()
    if let status = session.exitStatus { return status }
    return session.wasInterrupted ? .interrupted : session.failed ? .failure : .success
  }

  /// False when the run is over.
  private func submit(_ cell: inout PendingCell) -> Bool {
    defer { cell = PendingCell() }
    guard !cell.isEmpty else { return true }
    let succeeded = session.submit(cell.text, path: "<stdin>", firstLine: cell.firstLine)
    session.console.flush()
    return succeeded && session.exitStatus == nil
  }
}

/// The lines of a cell that may go on.
private struct PendingCell {
  private var lines: [String] = []
  private(set) var firstLine = 1

  var isEmpty: Bool { lines.isEmpty }
  var text: String { lines.joined(separator: "\n").droppingBlankEnd() }

  mutating func add(_ line: String, number: Int) {
    if lines.isEmpty {
      let code = line.drop { $0 == " " || $0 == "\t" }
      // Blank lines and comments between statements are no cells.
      if code.isEmpty || code.hasPrefix("#") && !line.hasPrefix("# %%") { return }
      firstLine = number
    }
    lines.append(line)
  }

  private static let continuing: Set<String> = ["else", "elif", "except", "finally"]
  private static let compound: Set<String> = ["if", "for", "while", "try", "with", "def", "class"]

  private static func firstWord(_ line: String) -> String {
    String(line.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  private var isMarked: Bool { lines.first?.hasPrefix("# %%") ?? false }

  /// Whether the cell is over because `line` is not part of it.
  func endsBefore(_ line: String) -> Bool {
    guard let first = lines.first else { return false }
    if line.hasPrefix("# %%") { return true }
    if isMarked { return false }
    if first.hasPrefix("%%") { return line.isEmpty }
    guard let start = line.first, !start.isWhitespace, isCompound else { return false }
    // At the left margin, and not the rest of a bracket, of a string, or of the statement.
    return !Self.continuing.contains(Self.firstWord(line)) && Completeness.of(Array((text + "\n").utf8)) != .incomplete
  }

  /// Whether it can run before another line is seen.
  var isComplete: Bool {
    guard let first = lines.first, !isMarked, !first.hasPrefix("%%") else { return false }
    if ShellLine.isTalk(first) { return true }
    return !isCompound && Completeness.of(Array(text.utf8)) != .incomplete
  }

  private var isCompound: Bool {
    guard let first = lines.first else { return false }
    return first.hasPrefix("@") || Self.compound.contains(Self.firstWord(first))
  }
}
