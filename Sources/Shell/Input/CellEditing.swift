import Language

/// What the shell decides while a cell is typed.
package final class CellEditing: EditingDelegate {
  private let session: Session

  package init(_ session: Session) { self.session = session }

  package var history: History { session.history }
  package var palette: Palette { session.palette }

  package func enter(_ text: String, cursor: Int) -> EnterAction { EnterRule.action(text, cursor: cursor) }

  package func indentation(_ text: String, cursor: Int) -> String {
    String(decoding: Indentation.next(after: Array(text.utf8.prefix(cursor))), as: UTF8.self)
  }

  package func highlights(_ text: [UInt8]) -> [StyledSpan] { CellPainter.spans(text) }

  package func complete(_ text: String, cursor: Int) -> Completion {
    Completer(session).complete(text, cursor: cursor)
  }

  package func insertion(ofPasted pasted: String, into text: String, cursor: Int) -> String {
    PastedText.cleaned(pasted, into: text, cursor: cursor)
  }

  package func editExternally(_ text: String) -> String? { try? ExternalEditor.edit(text) }
}
