import CKernels

/// Where cells come from: a terminal with a line editor, a plain one, a pipe, a test's script.
package protocol LineSource: AnyObject {
  /// Whether somebody types: prompts are shown then, and questions can be asked.
  var isInteractive: Bool { get }
  /// The keys that edit a cell, for help; empty where there is no editor.
  var keys: [KeyDescription] { get }
  /// Columns to lay text out for.
  var width: Int { get }
  /// Rows of the screen.
  var height: Int { get }

  /// Something else wrote to the terminal: its cursor has to come to the beginning of a line.
  func othersWrote()

  /// Reads the next cell. `editing` is asked for what a line editor needs to know while the cell is typed.
  func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput
}

extension LineSource {
  /// As `readCell`; the memory watch rests meanwhile.
  package func readUnwatched(_ request: CellRequest, editing: EditingDelegate) -> CellInput {
    tnb_pause_watch(true)
    defer { tnb_pause_watch(false) }
    return readCell(request, editing: editing)
  }
}

/// What the shell wants to be typed.
package struct CellRequest {
  /// `In [3]: `; the editor aligns further lines under it.
  package var prompt: Prompt
  /// Text that is there to be changed, with the cursor behind it.
  package var initialText: String
  /// The text is an offer: Ctrl-D behind it leaves, as long as it was not changed.
  package var isOffer: Bool

  package init(prompt: Prompt, initialText: String = "", isOffer: Bool = false) {
    self.prompt = prompt
    self.initialText = initialText
    self.isOffer = isOffer
  }
}

/// The text before a cell's lines, in pieces with their roles.
package struct Prompt: Equatable {
  package var first: [Piece]
  /// Before every further line; as wide as `first`.
  package var continuation: [Piece]

  package struct Piece: Equatable {
    package var text: String
    package var role: Role
  }

  package init(first: [Piece], continuation: [Piece]) {
    self.first = first
    self.continuation = continuation
  }

  /// A line's beginning in one look.
  package init(text: String, role: Role) { self.init(first: [Piece(text: text, role: role)], continuation: []) }

  /// `In [3]: ` and `   ...: `, as IPython's.
  package static func cell(_ number: Int) -> Prompt {
    let digits = String(number)
    return Prompt(
      first: [
        Piece(text: "In [", role: .prompt), Piece(text: digits, role: .promptNumber),
        Piece(text: "]: ", role: .prompt),
      ],
      continuation: [Piece(text: String(repeating: " ", count: digits.count + 2) + "...: ", role: .prompt)])
  }

  /// The text of pieces without their looks.
  package static func plain(_ pieces: [Piece]) -> String { pieces.map(\.text).joined() }
}

/// What came of reading a cell.
package enum CellInput: Equatable {
  case text(String)
  /// Ctrl-C: what was typed is given up.
  case cancelled
  /// Ctrl-D on an empty cell, or the end of the input.
  case end
}

/// A key and what it does, for help and documentation.
package struct KeyDescription: Equatable {
  package var keys: String
  package var does: String

  package init(_ keys: String, _ does: String) {
    self.keys = keys
    self.does = does
  }
}
