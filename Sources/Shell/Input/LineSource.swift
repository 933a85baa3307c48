/// Where cells come from: a terminal with a line editor, a plain one, a pipe, a test's script.
package protocol LineSource: AnyObject {
  /// Whether somebody types: prompts are shown then, and questions can be asked.
  var isInteractive: Bool { get }
  /// The keys that edit a cell, for help; empty where there is no editor.
  var keys: [KeyDescription] { get }

  /// Reads the next cell. `editing` is asked for what a line editor needs to know while the cell is typed.
  func readCell(_ request: CellRequest, editing: EditingDelegate) -> CellInput
}

/// What the shell wants to be typed.
package struct CellRequest {
  /// `In [3]: `; the editor aligns further lines under it.
  package var prompt: Prompt
  /// Text that is there to be changed, with the cursor behind it.
  package var initialText: String

  package init(prompt: Prompt, initialText: String = "") {
    self.prompt = prompt
    self.initialText = initialText
  }
}

/// The text before a cell's lines.
package struct Prompt: Equatable {
  package var first: String
  /// Before every further line; as wide as `first`.
  package var continuation: String

  package init(first: String, continuation: String) {
    self.first = first
    self.continuation = continuation
  }

  /// `In [3]: ` and `   ...: `, as IPython's.
  package static func cell(_ number: Int) -> Prompt {
    let first = "In [\(number)]: "
    return Prompt(first: first, continuation: String(repeating: " ", count: max(0, first.count - 5)) + "...: ")
  }
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
package struct KeyDescription {
  package var keys: String
  package var does: String

  package init(_ keys: String, _ does: String) {
    self.keys = keys
    self.does = does
  }
}

/// What a line source asks while a cell is typed. Offsets count UTF-8 bytes.
package protocol EditingDelegate: AnyObject {
  /// What Enter does at `cursor`.
  func enter(_ text: String, cursor: Int) -> EnterAction
}

/// What Enter does.
package enum EnterAction: Equatable {
  /// The cell is complete: run it.
  case run
  /// Go on in a new line that begins with this white space.
  case newLine(indent: String)
}
