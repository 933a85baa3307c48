import CEditline

/// What this shell's keys do beyond libedit's own commands.
enum EditorAction: String, CaseIterable {
  case enter, newline, run
  case up, down, previousCell, nextCell
  case searchBackward, searchForward
  case left, right, lineStart, lineEnd, wordLeft, wordRight, cellStart, cellEnd
  case deleteBackward, deleteForward, endOfInput
  case killLineEnd, killLineStart, killSpaceWordBackward, killWordBackward, killWordForward, yank, yankEarlier
  case undo, redo
  case complete, outdent
  case clearScreen, editExternally
  case cancel, suspend, abort
  case insertPasted

  /// As `.editrc` names it: `tnb-line-start`.
  var functionName: String {
    var name = "tnb-"
    for character in rawValue {
      if character.isUppercase { name += "-" }
      name += character.lowercased()
    }
    return name
  }

  /// For help and documentation.
  var description: String {
    switch self {
    case .enter: "run the cell when it is complete, else begin a new line; inside a block an empty line completes it"
    case .newline: "begin a new line, whatever the cell is"
    case .run: "run the cell as it is, wherever the cursor stands"
    case .up: "go up a line; in the first line recall the cell before that begins with what stands left of the cursor"
    case .down: "go down a line; in the last line the cell after"
    case .previousCell: "recall the cell before, from any line"
    case .nextCell: "recall the cell after, from any line"
    case .searchBackward: "search the history for text; again for the next match, Enter takes it, Ctrl-G gives up"
    case .searchForward: "search towards newer cells"
    case .left: "go left"
    case .right: "go right"
    case .lineStart: "go to the beginning of the line, again to that of the code in it"
    case .lineEnd: "go to the end of the line"
    case .wordLeft: "go left a word"
    case .wordRight: "go right a word"
    case .cellStart: "go to the beginning of the cell"
    case .cellEnd: "go to the end of the cell"
    case .deleteBackward: "delete the character before the cursor; in a line's indentation a step of it"
    case .deleteForward: "delete the character under the cursor"
    case .endOfInput: "delete the character under the cursor; leave when the cell is empty"
    case .killLineEnd: "kill to the end of the line"
    case .killLineStart: "kill to the beginning of the line"
    case .killSpaceWordBackward: "kill back to white space"
    case .killWordBackward: "kill the word before the cursor"
    case .killWordForward: "kill the word after the cursor"
    case .yank: "insert what was killed last"
    case .yankEarlier: "after Ctrl-Y: insert what was killed before that instead"
    case .undo: "undo"
    case .redo: "redo"
    case .complete: "complete; indent where only white space stands before the cursor; again for the list's next page"
    case .outdent: "take a step of indentation away"
    case .clearScreen: "clear the screen"
    case .editExternally: "change the cell in $VISUAL or $EDITOR"
    case .cancel: "give the cell up; while a cell runs, stop it"
    case .suspend: "suspend the shell; `fg` comes back"
    case .abort: "end the shell at once, whatever it does; the next one offers the session back"
    case .insertPasted: "insert what was pasted"
    }
  }

  /// What libedit calls for a key. A C function carries no state, so each action has one of its own.
  var function: tnb_key_function {
    switch self {
    case .enter: { editor, _ in LineEditor.perform(.enter, editor) }
    case .newline: { editor, _ in LineEditor.perform(.newline, editor) }
    case .run: { editor, _ in LineEditor.perform(.run, editor) }
    case .up: { editor, _ in LineEditor.perform(.up, editor) }
    case .down: { editor, _ in LineEditor.perform(.down, editor) }
    case .previousCell: { editor, _ in LineEditor.perform(.previousCell, editor) }
    case .nextCell: { editor, _ in LineEditor.perform(.nextCell, editor) }
    case .searchBackward: { editor, _ in LineEditor.perform(.searchBackward, editor) }
    case .searchForward: { editor, _ in LineEditor.perform(.searchForward, editor) }
    case .left: { editor, _ in LineEditor.perform(.left, editor) }
    case .right: { editor, _ in LineEditor.perform(.right, editor) }
    case .lineStart: { editor, _ in LineEditor.perform(.lineStart, editor) }
    case .lineEnd: { editor, _ in LineEditor.perform(.lineEnd, editor) }
    case .wordLeft: { editor, _ in LineEditor.perform(.wordLeft, editor) }
    case .wordRight: { editor, _ in LineEditor.perform(.wordRight, editor) }
    case .cellStart: { editor, _ in LineEditor.perform(.cellStart, editor) }
    case .cellEnd: { editor, _ in LineEditor.perform(.cellEnd, editor) }
    case .deleteBackward: { editor, _ in LineEditor.perform(.deleteBackward, editor) }
    case .deleteForward: { editor, _ in LineEditor.perform(.deleteForward, editor) }
    case .endOfInput: { editor, _ in LineEditor.perform(.endOfInput, editor) }
    case .killLineEnd: { editor, _ in LineEditor.perform(.killLineEnd, editor) }
    case .killLineStart: { editor, _ in LineEditor.perform(.killLineStart, editor) }
    case .killSpaceWordBackward: { editor, _ in LineEditor.perform(.killSpaceWordBackward, editor) }
    case .killWordBackward: { editor, _ in LineEditor.perform(.killWordBackward, editor) }
    case .killWordForward: { editor, _ in LineEditor.perform(.killWordForward, editor) }
    case .yank: { editor, _ in LineEditor.perform(.yank, editor) }
    case .yankEarlier: { editor, _ in LineEditor.perform(.yankEarlier, editor) }
    case .undo: { editor, _ in LineEditor.perform(.undo, editor) }
    case .redo: { editor, _ in LineEditor.perform(.redo, editor) }
    case .complete: { editor, _ in LineEditor.perform(.complete, editor) }
    case .outdent: { editor, _ in LineEditor.perform(.outdent, editor) }
    case .clearScreen: { editor, _ in LineEditor.perform(.clearScreen, editor) }
    case .editExternally: { editor, _ in LineEditor.perform(.editExternally, editor) }
    case .cancel: { editor, _ in LineEditor.perform(.cancel, editor) }
    case .suspend: { editor, _ in LineEditor.perform(.suspend, editor) }
    case .abort: { editor, _ in LineEditor.perform(.abort, editor) }
    case .insertPasted: { editor, _ in LineEditor.perform(.insertPasted, editor) }
    }
  }
}
