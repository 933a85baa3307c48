/// What a line source asks while a cell is typed. Offsets count UTF-8 bytes.
package protocol EditingDelegate: AnyObject {
  /// What Enter does at `cursor`.
  func enter(_ text: String, cursor: Int) -> EnterAction
  /// The white space of a new line at `cursor`, whatever the cell is.
  func indentation(_ text: String, cursor: Int) -> String
  /// How the text is drawn, in order and without overlap; what no span covers is plain.
  func highlights(_ text: [UInt8]) -> [StyledSpan]
  /// What Tab offers at `cursor`.
  func complete(_ text: String, cursor: Int) -> Completion
  /// A pasted text as it should stand in the cell.
  func insertion(ofPasted pasted: String, into text: String, cursor: Int) -> String
  /// Lets the user change the text in a program of theirs; nil when nothing came of it.
  func editExternally(_ text: String) -> String?
  /// What was typed before.
  var history: History { get }
  /// How roles look.
  var palette: Palette { get }
}

/// What Enter does.
package enum EnterAction: Equatable {
  /// The cell is complete: run it.
  case run
  /// Go on in a new line that begins with this white space.
  case newLine(indent: String)
}

/// A run of bytes drawn in one way.
package struct StyledSpan: Equatable {
  package let lo: Int
  package let hi: Int
  package let role: Role

  package init(lo: Int, hi: Int, role: Role) {
    self.lo = lo
    self.hi = hi
    self.role = role
  }
}
