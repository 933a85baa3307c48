/// Editing the answer to a question: a line of text, not code.
final class AnswerEditing: EditingDelegate {
  let history = History(file: nil)
  let palette: Palette

  init(_ palette: Palette) { self.palette = palette }

  func enter(_ text: String, cursor: Int) -> EnterAction { .run }
  func indentation(_ text: String, cursor: Int) -> String { "" }
  func highlights(_ text: [UInt8]) -> [StyledSpan] { [] }
  func complete(_ text: String, cursor: Int) -> Completion { .none(at: cursor) }
  func insertion(ofPasted pasted: String, into text: String, cursor: Int) -> String { pasted }
  func editExternally(_ text: String) -> String? { nil }
}
