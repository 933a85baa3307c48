/// Editing the answer to a question: a line of text, not code.
package final class AnswerEditing: EditingDelegate {
  package let history = History(file: nil)
  package let palette: Palette

  package init(_ palette: Palette) { self.palette = palette }

  package func enter(_ text: String, cursor: Int) -> EnterAction { .run }
  package func indentation(_ text: String, cursor: Int) -> String { "" }
  package func highlights(_ text: [UInt8]) -> [StyledSpan] { [] }
  package func complete(_ text: String, cursor: Int) -> Completion { .none(at: cursor) }
  package func insertion(ofPasted pasted: String, into text: String, cursor: Int) -> String { pasted }
  package func editExternally(_ text: String) -> String? { nil }
}
