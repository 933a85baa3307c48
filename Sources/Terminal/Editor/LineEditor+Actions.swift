import CEditline
import CKernels
import Glibc
import Shell

extension LineEditor {
  /// Runs an action for libedit and says what it has to do next.
  static func perform(_ action: EditorAction, _ editor: OpaquePointer?) -> UInt8 {
    guard let editor else { return UInt8(CC_ERROR) }
    let line = LineEditor.of(editor)
    line.currentAction = action
    let code = line.perform(action)
    if action != .up, action != .down { line.goalColumn = nil }
    return UInt8(code)
  }

  private func perform(_ action: EditorAction) -> Int32 {
    switch action {
    case .enter: return enter()
    case .newline: return newline()
    case .run: return accept()
    case .up: return up()
    case .down: return down()
    case .previousCell: return recallCell(older: true, atEnd: true)
    case .nextCell: return recallCell(older: false, atEnd: true)
    case .searchBackward: return search(older: true)
    case .searchForward: return search(older: false)
    case .left: return move(to: characterStart(before: cursor))
    case .right: return move(to: characterEnd(after: cursor))
    case .lineStart: return lineStart()
    case .lineEnd: return move(to: line(around: cursor, in: text).upperBound)
    case .wordLeft: return move(to: wordStart(before: cursor))
    case .wordRight: return move(to: wordEnd(after: cursor))
    case .cellStart: return move(to: 0)
    case .cellEnd: return move(to: text.count)
    case .deleteBackward: return deleteBackward()
    case .deleteForward: return deleteForward()
    case .endOfInput: return endOfInput()
    case .killLineEnd: return killLineEnd()
    case .killLineStart: return killLineStart()
    case .killSpaceWordBackward: return kill(spaceWordStart(before: cursor)..<cursor, backward: true)
    case .killWordBackward: return kill(wordStart(before: cursor)..<cursor, backward: true)
    case .killWordForward: return kill(cursor..<wordEnd(after: cursor), backward: false)
    case .yank: return yank()
    case .yankEarlier: return yankEarlier()
    case .undo: return restore(undo.undo())
    case .redo: return restore(undo.redo())
    case .complete: return complete()
    case .outdent: return outdent()
    case .clearScreen:
      painter.clearScreen()
      return CC_REFRESH
    case .editExternally: return editExternally()
    case .cancel: return cancel()
    case .suspend: return suspend()
    case .abort: return abort()
    case .insertPasted: return insertPasted()
    }
  }

  // MARK: Ending the cell

  private func enter() -> Int32 {
    guard let delegate else { return CC_ERROR }
    // A recalled cell that was not touched is run as it is, wherever Up left the cursor.
    if let recall, recall.isUntouched(text, cursor) { return accept() }
    switch delegate.enter(string, cursor: byteCursor) {
    case .run: return accept()
    case .newLine(let indent):
      trimSpaceAfterCursor()
      insert("\n" + indent)
      return CC_REFRESH
    }
  }

  private func newline() -> Int32 {
    guard let delegate else { return CC_ERROR }
    let indent = delegate.indentation(string, cursor: byteCursor)
    trimSpaceAfterCursor()
    insert("\n" + indent)
    return CC_REFRESH
  }

  /// What a new line's indentation replaces.
  private func trimSpaceAfterCursor() {
    let text = self.text
    var end = cursor
    while end < text.count, text[end] == 0x20 || text[end] == 0x09 { end += 1 }
    let start = cursor
    guard end > start else { return }
    delete(start..<end)
  }

  private func accept() -> Int32 {
    outcome = .text(string)
    leaveCell()
    return CC_NEWLINE
  }

  private func cancel() -> Int32 {
    outcome = .cancelled
    leaveCell()
    return CC_EOF
  }

  private func endOfInput() -> Int32 {
    guard text.isEmpty || (cursor == text.count && string == offer) else { return deleteForward() }
    outcome = .end
    leaveCell()
    return CC_EOF
  }

  // MARK: Moving

  private func move(to target: Int) -> Int32 {
    guard target >= 0, target <= text.count else { return CC_ERROR }
    cursor = target
    return CC_REFRESH
  }

  /// What a person sees as one character may be several: a letter and its accents, an emoji and its skin.
  private func characterStart(before offset: Int) -> Int {
    guard offset > 0 else { return -1 }
    let text = self.text
    let start = line(around: offset, in: text).lowerBound
    guard start < offset, let last = String(text[start..<offset]).last else { return offset - 1 }
    return offset - last.unicodeScalars.count
  }

  private func characterEnd(after offset: Int) -> Int {
    let text = self.text
    guard offset < text.count else { return offset + 1 }
    let end = line(around: offset, in: text).upperBound
    guard offset < end, let first = String(text[offset..<end]).first else { return offset + 1 }
    return offset + first.unicodeScalars.count
  }

  /// To the first character of the code; from there to column 0.
  private func lineStart() -> Int32 {
    let text = self.text
    let line = line(around: cursor, in: text)
    let code = text[line].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.upperBound
    return move(to: cursor == line.lowerBound ? code : line.lowerBound)
  }

  private func up() -> Int32 {
    let text = self.text
    let current = line(around: cursor, in: text)
    guard current.lowerBound > 0 else { return recallCell(older: true, atEnd: false) }
    return moveVertically(from: current, to: line(around: current.lowerBound - 1, in: text))
  }

  private func down() -> Int32 {
    let text = self.text
    let current = line(around: cursor, in: text)
    guard current.upperBound < text.count else { return recallCell(older: false, atEnd: true) }
    return moveVertically(from: current, to: line(around: current.upperBound + 1, in: text))
  }

  private func moveVertically(from current: Range<Int>, to target: Range<Int>) -> Int32 {
    let column = goalColumn ?? (cursor - current.lowerBound)
    goalColumn = column
    return move(to: min(target.lowerBound + column, target.upperBound))
  }

  /// A word is what a name is made of.
  private static func isWord(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    return scalar == "_" || scalar.properties.isXIDContinue
  }

  private func wordStart(before offset: Int) -> Int {
    let text = self.text
    var i = offset
    while i > 0, !Self.isWord(text[i - 1]) { i -= 1 }
    while i > 0, Self.isWord(text[i - 1]) { i -= 1 }
    return i
  }

  private func wordEnd(after offset: Int) -> Int {
    let text = self.text
    var i = offset
    while i < text.count, !Self.isWord(text[i]) { i += 1 }
    while i < text.count, Self.isWord(text[i]) { i += 1 }
    return i
  }

  private func spaceWordStart(before offset: Int) -> Int {
    let text = self.text
    func isSpace(_ value: UInt32) -> Bool { value == 0x20 || value == 0x09 || value == 0x0A }
    var i = offset
    while i > 0, isSpace(text[i - 1]) { i -= 1 }
    while i > 0, !isSpace(text[i - 1]) { i -= 1 }
    return i
  }

  // MARK: Deleting

  private func deleteBackward() -> Int32 {
    let text = self.text
    guard cursor > 0 else { return CC_ERROR }
    let start = line(around: cursor, in: text).lowerBound
    let before = text[start..<cursor]
    // In the indentation of a line that has code or none, a step of four at most.
    if !before.isEmpty, before.allSatisfy({ $0 == 0x20 }) {
      let step = (before.count - 1) % 4 + 1
      delete((cursor - step)..<cursor)
    } else {
      delete(characterStart(before: cursor)..<cursor)
    }
    return CC_REFRESH
  }

  private func deleteForward() -> Int32 {
    guard cursor < text.count else { return CC_ERROR }
    delete(cursor..<characterEnd(after: cursor))
    return CC_REFRESH
  }

  private func outdent() -> Int32 {
    let text = self.text
    let line = line(around: cursor, in: text)
    let indent = text[line].prefix { $0 == 0x20 }.count
    guard indent > 0 else { return CC_ERROR }
    let step = (indent - 1) % 4 + 1
    let offset = max(cursor - line.lowerBound - step, 0)
    delete(line.lowerBound..<(line.lowerBound + step))
    cursor = line.lowerBound + offset
    return CC_REFRESH
  }

  // MARK: Killing

  private var continuesKill: Bool {
    switch previousAction {
    case .killLineEnd, .killLineStart, .killSpaceWordBackward, .killWordBackward, .killWordForward: true
    default: false
    }
  }

  private func kill(_ range: Range<Int>, backward: Bool) -> Int32 {
    guard !range.isEmpty else { return CC_ERROR }
    kills.add(Array(text[range]), backward: backward, continuing: continuesKill)
    delete(range)
    return CC_REFRESH
  }

  private func killLineEnd() -> Int32 {
    let text = self.text
    let end = line(around: cursor, in: text).upperBound
    // At a line's end the newline goes, as in Emacs.
    return kill(cursor..<(end > cursor ? end : min(end + 1, text.count)), backward: false)
  }

  private func killLineStart() -> Int32 {
    let start = line(around: cursor, in: text).lowerBound
    return kill((start < cursor ? start : max(start - 1, 0))..<cursor, backward: true)
  }

  private func yank() -> Int32 {
    guard let killed = kills.yank() else { return CC_ERROR }
    insert(killed)
    yanked = killed.count
    return CC_REFRESH
  }

  private func yankEarlier() -> Int32 {
    guard previousAction == .yank || previousAction == .yankEarlier, let killed = kills.earlier() else {
      return CC_ERROR
    }
    delete((cursor - yanked)..<cursor)
    insert(killed)
    yanked = killed.count
    return CC_REFRESH
  }

  private func restore(_ state: UndoStack.State?) -> Int32 {
    guard let state else { return CC_ERROR }
    replaceAll(with: String(state.text))
    cursor = min(state.cursor, text.count)
    return CC_REFRESH
  }

  // MARK: More

  private func complete() -> Int32 {
    guard let delegate else { return CC_ERROR }
    if previousAction == .complete, var menu {
      keepsMenu = true
      let turned = menu.turnPage()
      self.menu = menu
      return turned ? CC_REFRESH : CC_ERROR
    }
    let text = self.text
    let before = text[line(around: cursor, in: text).lowerBound..<cursor]
    if before.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), !text.isEmpty || before.isEmpty {
      insert(String(repeating: " ", count: 4 - before.count % 4))
      return CC_REFRESH
    }
    let completion = delegate.complete(string, cursor: byteCursor)
    guard let only = completion.candidates.first else { return CC_ERROR }
    let range = index(ofByte: completion.replacing.lowerBound)..<index(ofByte: completion.replacing.upperBound)
    let typed = String(text[range])
    let new = completion.candidates.count == 1 ? only.text : completion.commonPrefix
    if new != typed, new.utf8.count >= typed.utf8.count {
      delete(range)
      insert(new)
    }
    if completion.candidates.count > 1 {
      menu = CompletionMenu(completion.candidates.map(\.label))
      keepsMenu = true
    }
    return CC_REFRESH
  }

  private func editExternally() -> Int32 {
    guard let delegate else { return CC_ERROR }
    let text = string
    painter.clear()
    write("\u{1B}[?2004l")
    tnb_el_prepare_terminal(editor, false)
    let changed = delegate.editExternally(text)
    resume()
    if let changed { replaceAll(with: changed) }
    return CC_REFRESH
  }

  private func insertPasted() -> Int32 {
    guard let delegate else { return CC_ERROR }
    let text = String(decoding: pasted, as: UTF8.self)
    pasted = []
    insert(delegate.insertion(ofPasted: text, into: string, cursor: byteCursor))
    return CC_REFRESH
  }

  private func suspend() -> Int32 {
    painter.clear()
    write("\u{1B}[?2004l")
    tnb_el_prepare_terminal(editor, false)
    tnb_terminal_suspend()
    reader.awaitContinue()
    resume()
    return CC_REFRESH
  }

  private func abort() -> Int32 {
    leaveCell()
    tnb_terminal_restore()
    Glibc.kill(getpid(), SIGQUIT)
    return CC_EOF
  }
}
