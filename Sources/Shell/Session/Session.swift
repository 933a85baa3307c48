import Files
import Library
import Notebook
import Runtime
import Tensor

/// What lives from the first prompt to the last: the interpreter, the cells that ran and what they gave.
///
/// It knows no terminal: text goes out through a console, and cells come from whoever calls `submit`.
package final class Session {
  package private(set) var interpreter: Interpreter
  /// What each cell changed.
  private(set) var journal: Journal
  package let console: Console
  package let palette: Palette
  package let history: History
  package let settings: Settings
  /// Where each cell is kept before it runs; nil when nothing is.
  package internal(set) var recovery: RecoveryFile?
  /// Who types, where somebody does: commands ask for its width, its keys, and answers to questions.
  package weak var lines: LineSource?

  /// The notebook.
  var sheet = Sheet()
  /// The file that it was opened from, if any.
  var sheetText = SheetText()
  /// The cells whose changes make the state, in order: `In [n]` is `cells[n - 1]`. Text that is no program never ran and is none
  /// of them.
  package var cells: [SessionCell] { sheet.done }
  /// Cells ran since the session was last saved.
  package internal(set) var isModified = false
  /// The notebook that `%save` writes when it names none.
  package internal(set) var path: String?
  /// What stood there when it was read or written last.
  var savedBytes: [UInt8]?
  /// What the random streams started from.
  package internal(set) var seed = Entropy.processSeed
  /// Commands that only this session has: a walkthrough's.
  package var ownCommands: CommandTable.Family?
  /// Lists the lessons, or goes through the one of a name and comes back; nil where there are none.
  package var startLesson: ((String?) throws(CommandError) -> Void)?
  /// The lessons that ship.
  package var lessonNames: () -> [String] = { [] }
  /// Text that the next prompt begins with: `%load` puts it there.
  package var nextText = ""
  /// Set when the session is to end.
  package private(set) var exitStatus: ExitStatus?
  /// The last cell or command ended with an error.
  package internal(set) var failed = false
  /// Ctrl-C was that error.
  package internal(set) var wasInterrupted = false
  /// Whether values are displayed as `Out[n]: …`; without, as they are.
  package let showsOutPrompt: Bool
  /// Where the gradients of the session's tensors came from.
  let gradientPlaces = UserPlaces()
  private(set) lazy var gradientJournal = GradientJournal { [gradientPlaces] in gradientPlaces.number() }
  /// Nothing is shown: a walkthrough runs cells again that the learner has seen.
  package var isQuiet = false
  /// The last thing that was written did not end its line.
  var isMidLine = false
  /// It was said that the history does not reach back to the first cell.
  private var toldHistory = false

  package init(
    console: Console, palette: Palette = .plain, history: History = History(file: nil), settings: Settings = Settings(),
    recovery: RecoveryFile? = nil, showsOutPrompt: Bool = true
  ) {
    self.console = console
    self.palette = palette
    self.history = history
    self.settings = settings
    self.recovery = recovery
    self.showsOutPrompt = showsOutPrompt
    interpreter = Session.makeInterpreter()
    SharedState.begin(seed: seed, interpreter.vm)
    journal = Journal(interpreter.vm, limit: Session.undoMemory(settings))
  }

  /// Somebody types.
  package var isInteractive: Bool { lines?.isInteractive ?? false }

  /// The number of the cell that is typed next.
  package var nextNumber: Int { sheet.done.count + 1 }

  /// Ends the session after the current cell or command.
  package func quit(_ status: ExitStatus = .success) { exitStatus = status }

  /// Its cells read and write files for real: somebody types them.
  private static func makeInterpreter() -> Interpreter {
    let interpreter = Interpreter()
    interpreter.files = DirectAccess()
    return interpreter
  }

  /// Begins with another interpreter, as a process does whose random streams start from `seed`.
  func startInterpreter(seed: UInt64) {
    let files = interpreter.files
    interpreter = Session.makeInterpreter()
    interpreter.files = files
    interpreter.write = { [unowned self] in printOutput($0) }
    SharedState.begin(seed: seed, interpreter.vm)
    journal = Journal(interpreter.vm, limit: undoMemory)
    toldHistory = false
  }

  /// What its cells may do with files; for real, unless something else is set.
  package var files: FileAccess {
    get { interpreter.files }
    set { interpreter.files = newValue }
  }

  /// Runs something that has an interpreter of its own; what all interpreters of the process share is afterwards as before.
  package func apart(_ body: () -> Void) {
    let state = SharedState(interpreter.vm)
    body()
    state.restore()
  }

  /// Goes on with an earlier one.
  func restoreInterpreter(_ interpreter: Interpreter, _ journal: Journal) {
    self.interpreter = interpreter
    self.journal = journal
  }

  /// No more than a part of what the process may take, so that the cells have the rest.
  private var undoMemory: Int { Session.undoMemory(settings) }

  private static func undoMemory(_ settings: Settings) -> Int { min(settings.undoMemory, MemoryBudget.limit / 4) }

  /// Keeps the history within its limit, and says so the first time that cells fall out of it.
  func noteHistory() {
    journal.limit = undoMemory
    guard journal.trim() > 0, !toldHistory else { return }
    toldHistory = true
    note(
      "(undo reaches back to \(SessionCell.path(journal.reachable.lowerBound + 1)) from here on: %config undo_memory is reached)"
    )
  }

  // MARK: Output

  /// Writes text that is no cell's output.
  package func print(_ text: String) {
    guard !isQuiet else { return }
    follow(text)
    console.print(text)
  }

  /// Writes what a cell printed or displays.
  func printOutput(_ text: String) {
    guard !isQuiet else { return }
    follow(text)
    console.printOutput(text)
  }

  private func follow(_ text: String) {
    if let last = text.utf8.last { isMidLine = last != UInt8(ascii: "\n") }
  }

  /// Writes an error.
  package func printError(_ text: String) {
    guard !isQuiet else { return }
    startLine()
    console.printError(text)
  }

  /// Ends a line that a cell left unfinished.
  package func startLine() {
    if isMidLine { print("\n") }
  }

  /// A diagnostic in the session's colours.
  package func render(_ error: CellError) -> String {
    Diagnostic.render(error) { [palette] text, part in
      switch part {
      case .type: palette.paint(text, .errorType)
      case .place: palette.paint(text, .place)
      case .code: CodePainter.paint(text, palette)
      case .caret: palette.paint(text, .caret)
      case .hint: palette.paint(text, .hint)
      }
    }
  }

  // MARK: Questions

  /// What somebody answers to a question; nil when nobody is there, or wants to answer.
  package func ask(_ question: String) -> String? {
    guard let lines, isInteractive else { return nil }
    console.flush()
    let prompt = Prompt(text: question + " ", role: .heading)
    guard case .text(let answer) = lines.readCell(CellRequest(prompt: prompt), editing: AnswerEditing(palette)) else {
      return nil
    }
    return answer.trimmingSpace()
  }

  /// Whether the answer to a question is yes; no is the default.
  package func confirms(_ question: String) -> Bool {
    ask(question + " (y/[n])")?.lowercased().hasPrefix("y") ?? false
  }
}
