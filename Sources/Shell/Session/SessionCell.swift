import Notebook

/// A cell that ran in the session, and what came of it.
package struct SessionCell {
  /// Counted from 1: `In [number]`.
  package let number: Int
  package let source: CellSource
  /// What it printed, displayed and raised, as a notebook records it.
  package var records: [Record]
  package var error: CellError?
  /// Whether torch's generator moved while it ran.
  package var drewRandomNumbers = false

  /// The code.
  package var text: String { source.string }

  /// A cell that Ctrl-C ended: a replay would not end it, so a notebook leaves it out.
  package var wasInterrupted: Bool { error?.isInterrupt ?? false }
}
