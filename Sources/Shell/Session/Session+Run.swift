import CKernels
import Notebook
import Runtime
import Tensor

extension Session {
  /// Runs what was typed: a cell, several with marks between them, or talk with the shell.
  ///
  /// False when something failed; what comes behind it does not run.
  ///
  /// `path` and `firstLine` say where the text stands, when it was not typed at the prompt.
  @discardableResult
  package func submit(_ text: String, path: String? = nil, firstLine: Int = 1) -> Bool {
    let text = text.droppingBlankEnd()
    history.add(text, number: nextNumber)
    failed = false
    for part in ShellLine.parts(of: text) where !failed && exitStatus == nil {
      switch part {
      case .leave: quit()
      case .cell(let code, let line): run(code, path: path, firstLine: firstLine + line)
      case .command(let name, let arguments): runCommand(name, arguments)
      }
    }
    return !failed
  }

  /// Runs a cell, displays its value, and keeps both; gives what ended it early.
  @discardableResult
  package func run(_ code: String, path: String? = nil, firstLine: Int = 1) -> CellError? {
    run(CellSource(path: path ?? "In [\(nextNumber)]", text: Array(code.utf8), firstLine: firstLine))
  }

  /// As above, for code that stands in a file. `finished` is called when it ended well, before its value is displayed.
  @discardableResult
  package func run(_ source: CellSource, finished: () -> Void = {}) -> CellError? {
    let cell = SessionCell(number: nextNumber, source: source)
    let error = execute(cell, finished: finished)
    guard cell.run != nil else { return error }
    sheet.append(cell)
    isModified = true
    noteHistory()
    return error
  }

  /// Runs a cell of the notebook as the next one and displays its value; gives what ended it early. Its `run` stays nil when it
  /// is no program.
  @discardableResult
  func execute(_ cell: SessionCell, finished: () -> Void = {}) -> CellError? {
    let prepared: Interpreter.PreparedCell
    do throws(CellError) {
      prepared = try interpreter.prepare(cell.source)
    } catch {
      fail(error, in: cell.text)
      return error
    }
    var output = RecordedOutput()
    recovery?.begin(cell.text)
    interpreter.write = { [unowned self] text in
      output.append(text)
      printOutput(text)
    }
    defer { interpreter.write = { [unowned self] in printOutput($0) } }
    let outerJournal = GradientJournal.current
    GradientJournal.current = gradientJournal
    gradientPlaces.begin(cell: cell.source, in: interpreter.vm)
    defer { GradientJournal.current = outerJournal }
    tnb_terminal_begin_cell()
    tnb_interrupt_set(0)
    journal.begin()
    let outcome = interpreter.run(prepared)
    let changes = journal.end()
    // A Ctrl-C that came too late for this cell is none for the next.
    tnb_interrupt_set(0)
    var failure: CellError?
    var value: Value?
    switch outcome {
    case .invalid: break
    case .nothing: finished()
    case .value(let result, let text):
      finished()
      value = result
      output.append(text + "\n")
      display(text, number: cell.number)
    case .failure(let error):
      failure = error
      fail(error, in: cell.text)
    }
    let records = Record.lines(output: output.bytes, error: failure?.summary)
    recovery?.end(records)
    cell.ran(SessionCell.Run(error: failure, value: value, changes: changes), records)
    return failure
  }

  /// Shows what ended `code` early.
  func fail(_ error: CellError, in code: String) {
    var error = error
    if let hint = hint(for: error, in: code) { error.hints.append(hint) }
    if let status = error.exitStatus, !isInteractive {
      quit(status)
    } else {
      failed = true
      wasInterrupted = error.isInterrupt
      // The terminal showed the key as `^C`.
      if wasInterrupted, isInteractive { isMidLine = true }
      if wasInterrupted { error.hints.append("hint: %undo takes back what the cell did so far") }
      printError(render(error))
    }
  }

  /// What only a shell can suggest.
  private func hint(for error: CellError, in code: String) -> String? {
    if error.exitStatus != nil { return "hint: exit, quit or Ctrl-D leaves the shell" }
    guard error.type == "NameError" || error.type == "SyntaxError", !code.contains("\n") else { return nil }
    let word = String(code.trimmingSpace().prefix { $0.isLetter || $0 == "_" })
    guard CommandTable.command(word) != nil, !variables.contains(word) else { return nil }
    return "hint: %\(word) is a command of the shell"
  }

  /// `Out[3]: 5`; a value of several lines begins below.
  private func display(_ text: String, number: Int) {
    startLine()
    guard showsOutPrompt else { return printOutput(text + "\n") }
    let prompt =
      palette.paint("Out[", .outPrompt) + palette.paint(String(number), .outPromptNumber)
      + palette.paint("]: ", .outPrompt)
    print(prompt + (text.contains("\n") ? "\n" : ""))
    printOutput(text + "\n")
  }

  private func runCommand(_ name: String, _ arguments: CommandArguments) {
    do throws(CommandError) {
      guard let command = command(name) else { throw unknownCommand(name) }
      if arguments.cell != nil, !command.takesCell {
        throw CommandError("%\(name) takes no cell: write it with one %")
      }
      try command.body(self, arguments)
    } catch {
      report(error)
    }
  }

  /// Shows why a command did nothing.
  package func report(_ error: CommandError) {
    failed = true
    var text = error.message + "\n"
    if let hint = error.hint { text += "  " + palette.paint("hint: \(hint)", .hint) + "\n" }
    printError(text)
  }
}

/// What a cell wrote, up to a size that a notebook can sensibly hold.
struct RecordedOutput {
  private(set) var bytes: [UInt8] = []
  private var isCut = false
  private static let limit = 16 << 20

  mutating func append(_ text: String) {
    guard !isCut else { return }
    bytes += text.utf8
    guard bytes.count > RecordedOutput.limit else { return }
    isCut = true
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    bytes.removeSubrange(end...)
    bytes += Array("(the rest of the output was too long to be recorded)\n".utf8)
  }
}
