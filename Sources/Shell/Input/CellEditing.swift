import Language

/// What the shell decides while a cell is typed.
package final class CellEditing: EditingDelegate {
  private let session: Session

  package init(_ session: Session) { self.session = session }

  package func enter(_ text: String, cursor: Int) -> EnterAction {
    switch Completeness.of(Array(text.utf8)) {
    case .complete, .invalid: return .run
    case .incomplete(let indent): return .newLine(indent: String(repeating: " ", count: indent))
    }
  }
}
