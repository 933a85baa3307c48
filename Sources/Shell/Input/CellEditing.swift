import Language

/// What the shell decides while a cell is typed.
package final class CellEditing: EditingDelegate {
  private let session: Session

  package init(_ session: Session) { self.session = session }

  package var history: History { session.history }
  package var palette: Palette { session.palette }

  package func enter(_ text: String, cursor: Int) -> EnterAction {
    switch Completeness.of(Array(text.utf8)) {
    case .complete, .invalid: return .run
    case .incomplete: return .newLine(indent: indentation(text, cursor: cursor))
    }
  }

  package func indentation(_ text: String, cursor: Int) -> String {
    String(decoding: Indentation.next(after: Array(text.utf8.prefix(cursor))), as: UTF8.self)
  }

  package func highlights(_ text: [UInt8]) -> [StyledSpan] {
    Highlighter.spans(of: text).compactMap { span in
      let role: Role
      switch span.kind {
      case .keyword: role = .keyword
      case .constant: role = .constant
      case .number: role = .number
      case .string: role = .string
      case .comment: role = .comment
      case .definition: role = .definition
      case .decorator: role = .decorator
      case .name, .symbol: return nil
      }
      return StyledSpan(lo: span.lo, hi: span.hi, role: role)
    }
  }

  package func complete(_ text: String, cursor: Int) -> Completion { .none(at: cursor) }

  package func insertion(ofPasted pasted: String, into text: String, cursor: Int) -> String { pasted }

  package func editExternally(_ text: String) -> String? { nil }
}
