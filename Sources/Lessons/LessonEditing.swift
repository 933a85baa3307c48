import Language
import Shell

/// Editing while a lesson's cell stands ready: as ever, but that Enter runs the cell from anywhere in it. A learner who changed a
/// number in its middle means that; Alt-Enter begins a line.
final class LessonEditing: EditingDelegate {
  private let inner: EditingDelegate
  private let isCell: (String) -> Bool
  private let hasCommand: (String) -> Bool

  /// `isCell` tells whether a text is the lesson's cell, perhaps changed; `hasCommand` whether a command was typed behind it.
  init(_ inner: EditingDelegate, isCell: @escaping (String) -> Bool, hasCommand: @escaping (String) -> Bool) {
    self.inner = inner
    self.isCell = isCell
    self.hasCommand = hasCommand
  }

  func enter(_ text: String, cursor: Int) -> EnterAction {
    hasCommand(text) || (isCell(text) && (try? Parser.parse(Array(text.utf8))) != nil)
      ? .run : inner.enter(text, cursor: cursor)
  }

  func indentation(_ text: String, cursor: Int) -> String { inner.indentation(text, cursor: cursor) }
  func highlights(_ text: [UInt8]) -> [StyledSpan] { inner.highlights(text) }
  func complete(_ text: String, cursor: Int) -> Completion { inner.complete(text, cursor: cursor) }
  func insertion(ofPasted pasted: String, into text: String, cursor: Int) -> String {
    inner.insertion(ofPasted: pasted, into: text, cursor: cursor)
  }
  func editExternally(_ text: String) -> String? { inner.editExternally(text) }
  var history: History { inner.history }
  var palette: Palette { inner.palette }
}
