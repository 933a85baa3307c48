/// The states that a cell went through while it was typed.
struct UndoStack {
  struct State: Equatable {
    var text: [UInt32]
    var cursor: Int
  }

  private var past: [State] = []
  private var future: [State] = []
  private var current = State(text: [], cursor: 0)
  /// Letters typed one after another are undone as a word.
  private var isTyping = false
  private static let limit = 1000

  /// Takes note of what a key left behind. Cheap when nothing changed.
  mutating func record(_ state: State) {
    guard state.text != current.text else {
      current.cursor = state.cursor
      return
    }
    let typed = UndoStack.typedCharacter(from: current, to: state)
    let continues = isTyping && typed != nil && typed != 0x20 && typed != 0x0A
    if !continues {
      past.append(current)
      if past.count > UndoStack.limit { past.removeFirst() }
    }
    isTyping = typed != nil
    future = []
    current = state
  }

  mutating func undo() -> State? {
    guard let state = past.popLast() else { return nil }
    future.append(current)
    current = state
    isTyping = false
    return state
  }

  mutating func redo() -> State? {
    guard let state = future.popLast() else { return nil }
    past.append(current)
    current = state
    isTyping = false
    return state
  }

  /// The one character that was inserted before the cursor; nil for any other change.
  private static func typedCharacter(from old: State, to new: State) -> UInt32? {
    guard new.text.count == old.text.count + 1, new.cursor == old.cursor + 1, new.cursor > 0,
      new.text[..<(new.cursor - 1)] == old.text[..<old.cursor],
      new.text[new.cursor...] == old.text[old.cursor...]
    else { return nil }
    return new.text[new.cursor - 1]
  }
}
