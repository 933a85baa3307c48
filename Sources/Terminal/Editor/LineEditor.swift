import CEditline
import CKernels
import Glibc
import Shell

/// Edits one cell at a time on the terminal.
///
/// libedit reads keys, looks up what they are bound to (in Emacs' or vi's way, with the user's `~/.editrc`) and edits its
/// buffer, which holds the whole cell. What it draws goes nowhere: it knows no colours, no prompt for further lines and no
/// cell taller than the screen. Before each key is read, `ScreenPainter` shows the buffer instead.
final class LineEditor {
  let editor: OpaquePointer
  let output: UnsafeMutablePointer<tnb_editor_output>
  let reader = KeyReader(descriptor: 0)
  let painter = ScreenPainter()
  private(set) var prompt = Prompt.cell(1)
  private(set) var delegate: EditingDelegate?
  /// Set by the key that ends the cell.
  var outcome: CellInput?
  /// The list below the cell, until another key than Tab comes.
  var menu: CompletionMenu?
  var keepsMenu = false
  var pasted: [UInt8] = []
  var undo = UndoStack()
  var kills = KillRing()
  var recall: Recall?
  /// How many characters the last yank inserted.
  var yanked = 0
  /// Where Up and Down keep the cursor on lines that are too short for it.
  var goalColumn: Int?
  /// What the key before did, and what this one does: kills and yanks go on from each other.
  var previousAction: EditorAction?
  var currentAction: EditorAction?
  /// A line below the cell, such as a search's pattern, and the part of the text that it found.
  var status: String?
  var found: Range<Int>?

  /// Characters for libedit that are not read from the terminal.
  private var queue: [UInt32] = []
  private var initialText = ""
  /// The initial text, where Ctrl-D behind it leaves.
  var offer = ""
  private var hasBegun = false
  private var boundSequences: [[UInt32]: Bool] = [:]

  /// nil when there is no memory, or the user's `.editrc` turned editing off.
  init?() {
    output = .allocate(capacity: 1)
    output.initialize(to: tnb_editor_output())
    guard let editor = tnb_el_init("tnb", output) else { return nil }
    self.editor = editor
    tnb_el_set_context(editor, Unmanaged.passUnretained(self).toOpaque())
    EditorConfiguration.apply(to: editor)
    tnb_el_keep_control_keys(editor)
    guard tnb_el_is_editing(editor) else { return nil }
    tnb_el_set_reader(editor) { editor, character in
      guard let editor, let character else { return -1 }
      guard let next = LineEditor.of(editor).nextCharacter() else { return 0 }
      character.pointee = wchar_t(bitPattern: next)
      return 1
    }
  }

  /// The object that libedit's callbacks belong to.
  static func of(_ editor: OpaquePointer) -> LineEditor {
    Unmanaged<LineEditor>.fromOpaque(tnb_el_context(editor)).takeUnretainedValue()
  }

  /// Reads a cell.
  func read(_ request: CellRequest, delegate: EditingDelegate) -> CellInput {
    self.delegate = delegate
    prompt = request.prompt
    initialText = request.initialText
    offer = request.isOffer ? request.initialText : ""
    hasBegun = false
    outcome = nil
    menu = nil
    undo = UndoStack()
    recall = nil
    goalColumn = nil
    previousAction = nil
    status = nil
    found = nil
    queue = []
    output.pointee.rang = false
    reader.dropEvents()
    painter.measure()
    painter.begin()
    HistoryAccess.attach(delegate.history, to: editor)
    write("\u{1B}[?2004h")
    var count: Int32 = 0
    _ = el_wgets(editor, &count)
    if outcome == nil { leaveCell() }
    write("\u{1B}[?2004l")
    return outcome ?? .end
  }

  /// Draws the cell without lists and searches and goes below it.
  func leaveCell() {
    menu = nil
    status = nil
    found = nil
    painter.finish(layout().0)
  }

  // MARK: Keys

  /// What libedit reads: nil at the end of input.
  private func nextCharacter() -> UInt32? {
    if !queue.isEmpty { return queue.removeFirst() }
    if !hasBegun {
      hasBegun = true
      if !initialText.isEmpty { replaceAll(with: initialText) }
    }
    finishAction()
    while true {
      if !reader.hasInput { draw() }
      switch reader.next() {
      case .scalar(let value):
        // C1 controls are this editor's own keys.
        if !(0x80..<0xA0).contains(value) { return value }
      case .sequence(let sequence):
        queue = characters(of: sequence)
        if !queue.isEmpty { return queue.removeFirst() }
      case .paste(let bytes):
        pasted = bytes
        return PrivateKey.paste
      case .resized: painter.resized()
      case .continued: resume()
      case .interrupted: return 3
      case .end: return nil
      }
    }
  }

  /// After another process had the terminal: its modes and its cursor are as that one left them.
  func resume() {
    reader.dropEvents()
    tnb_el_prepare_terminal(editor, false)
    tnb_el_prepare_terminal(editor, true)
    write("\u{1B}[?2004h")
    painter.startLine()
    painter.begin()
  }

  /// Between two keys.
  private func finishAction() {
    undo.record(UndoStack.State(text: text, cursor: cursor))
    if !keepsMenu { menu = nil }
    keepsMenu = false
    previousAction = currentAction
    currentAction = nil
    if output.pointee.rang {
      output.pointee.rang = false
      painter.beep()
    }
  }

  /// What libedit gets for an escape sequence. One that is bound to nothing would be read as text from its middle on.
  private func characters(of sequence: [UInt32]) -> [UInt32] {
    let isVi = tnb_el_is_vi(editor)
    if sequence == [0x1B] { return isVi ? [PrivateKey.escape] : sequence }
    if isBound(sequence) { return sequence }
    // In vi's way an escape that another key follows at once is still an escape.
    guard sequence.count == 2 else { return [] }
    return isVi ? [PrivateKey.escape, sequence[1]] : sequence
  }

  private func isBound(_ sequence: [UInt32]) -> Bool {
    if let known = boundSequences[sequence] { return known }
    let bound = EditorConfiguration.isBound(sequence, editor, output)
    boundSequences[sequence] = bound
    return bound
  }

  /// Gives keys to libedit before what is typed next.
  func push(_ keys: [UInt32]) { queue += keys }

  func push(_ sequence: KeyReader.Key) {
    switch sequence {
    case .scalar(let value): queue.append(value)
    case .sequence(let values): queue += characters(of: values)
    case .paste(let bytes):
      pasted = bytes
      queue.append(PrivateKey.paste)
    case .interrupted: queue.append(3)
    case .resized, .continued, .end: break
    }
  }

  // MARK: Drawing

  func draw() {
    let (layout, extra) = layout()
    painter.paint(layout, extra: extra)
  }

  private func layout() -> (CellLayout, extra: Int) {
    let text = self.text
    let palette = delegate?.palette ?? .plain
    var layout = CellLayout(
      text: text, cursor: cursor, looks: looks(text, palette), sequences: Self.sequences(palette), prompt: prompt,
      palette: palette, columns: painter.columns)
    let count = layout.rows.count
    if let status { layout.append(status, .plain, palette) }
    if var menu {
      let (rows, footer) = menu.rows(columns: painter.columns, height: painter.height, taken: count)
      self.menu = menu
      for row in rows { layout.append(row, .plain, palette) }
      if let footer { layout.append(footer, .quiet, palette) }
    }
    return (layout, layout.rows.count - count)
  }

  /// Each character's role.
  private func looks(_ text: [UInt32], _ palette: Palette) -> [UInt8] {
    var looks = [UInt8](repeating: 0, count: text.count)
    guard palette.isColored, let delegate else { return looks }
    let (bytes, starts) = utf8Form(text)
    var index = 0
    for span in delegate.highlights(bytes) {
      while index < starts.count, starts[index] < span.lo { index += 1 }
      while index < starts.count, starts[index] < span.hi {
        looks[index] = span.role.rawValue
        index += 1
      }
    }
    if let found { for i in found where i < looks.count { looks[i] = Role.found.rawValue } }
    return looks
  }

  private static func sequences(_ palette: Palette) -> [[UInt8]] {
    Role.allCases.map { Array(palette.start($0).utf8) }
  }

  /// Sends a control sequence.
  func write(_ text: String) { painter.send(text) }
}

/// Characters that no keyboard sends, bound to what other events are to do.
enum PrivateKey {
  static let paste: UInt32 = 0x9E
  static let escape: UInt32 = 0x9F
}
