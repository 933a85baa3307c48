import Notebook

/// A cell that ran in the session, and what came of it.
package struct SessionCell {
  /// Counted from 1: `In [number]`.
  package let number: Int
  package let source: CellSource
  /// What it printed, displayed and raised, as a notebook records it.
  package var records: [Record]
  package var error: CellError?

  /// The code.
  package var text: String { String(decoding: source.text, as: UTF8.self) }
}
