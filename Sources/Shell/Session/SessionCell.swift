import Notebook
import Runtime

/// A cell of the session's notebook: its code, and what came of it when it ran.
package final class SessionCell {
  /// Counted from 1: `In [number]`.
  package internal(set) var number: Int
  /// The code, as it was typed or stands in its file.
  package let text: String
  /// What runs.
  package let source: CellSource
  package internal(set) var name = ""
  /// What its mark says beside the name: `timeout=5`.
  var options: [(key: String, value: String)] = []
  /// Prose, and cells without code, that stand before it in the notebook.
  var before: [NotebookCell] = []
  /// The cell of the file that it was opened from.
  let origin: NotebookCell?
  /// What came of running it; nil for a cell that has not run, or whose run is not part of the state any more.
  private(set) var run: Run?
  /// What it printed, displayed and raised when it ran last, as a notebook records it.
  package internal(set) var records: [Record] = []
  /// Another text that it gets when it runs again.
  var edit: String?

  /// What came of running a cell.
  struct Run {
    let error: CellError?
    /// What it displayed.
    var value: Value?
    let changes: CellChanges
  }

  init(number: Int, source: CellSource, text: String? = nil, origin: NotebookCell? = nil) {
    self.number = number
    self.source = source
    self.text = text ?? source.string
    self.origin = origin
    name = origin?.name ?? ""
    options = origin?.options ?? []
    records = origin?.records ?? []
  }

  /// The same cell before it runs, with another text if one is given.
  func again(_ text: String? = nil) -> SessionCell {
    let cell: SessionCell
    if let text, text != self.text {
      cell = SessionCell(number: number, typed: text)
    } else {
      // Not the same source: what ran before keeps the place that it had.
      let source = CellSource(
        path: source.path, title: source.title, text: source.text, lineNumbers: source.lineNumbers,
        passedOver: source.passedOver)
      cell = SessionCell(number: number, source: source, text: self.text, origin: origin)
    }
    cell.name = name
    cell.options = options
    cell.before = before
    cell.records = records
    return cell
  }

  /// A cell of the shell.
  convenience init(number: Int, typed text: String) {
    self.init(number: number, source: CellSource(cell: Array(text.utf8), path: Self.path(number)), text: text)
  }

  static func path(_ number: Int) -> String { "In [\(number)]" }

  func ran(_ run: Run, _ records: [Record]) {
    self.run = run
    self.records = records
    edit = nil
  }

  /// Its run does not count any more; what it gave stays on record.
  func forgetRun() { run = nil }

  func forgetValue() { run?.value = nil }

  package var error: CellError? { run?.error }

  /// A cell that Ctrl-C ended: a replay would not end it, so a notebook leaves it out.
  package var wasInterrupted: Bool { error?.isInterrupt ?? false }

  /// `In [3]` or `In [3] "weights"`.
  var title: String { name.isEmpty ? Self.path(number) : "\(Self.path(number)) \"\(name)\"" }

  /// The first line of the code, with a sign when there are more.
  var summary: String {
    let lines = text.split(separator: "\n").map(String.init)
    return (lines.first ?? "").trimmingSpace() + (lines.count > 1 ? " …" : "")
  }
}
