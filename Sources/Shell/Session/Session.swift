import Notebook

/// What lives from the first prompt to the last: the interpreter, the cells that ran and what they gave.
///
/// It knows no terminal: text goes out through a console, and cells come from whoever calls `run`.
package final class Session {
  package let interpreter: Interpreter
  package let console: Console
  package let history: History
  package let palette: Palette
  /// The cells that ran, in order. `In [n]` is `cells[n - 1]`.
  package private(set) var cells: [SessionCell] = []
  /// Text that the next prompt begins with: `%load` puts it there.
  package var nextText = ""
  /// Set when the session is to end.
  package private(set) var exitStatus: ExitStatus?
  /// Whether values are displayed as `Out[n]: …`; without, as they are.
  package var showsOutPrompt: Bool

  package init(
    console: Console, palette: Palette = .plain, history: History = History(file: nil), showsOutPrompt: Bool = true
  ) {
    interpreter = Interpreter()
    self.console = console
    self.palette = palette
    self.history = history
    self.showsOutPrompt = showsOutPrompt
  }

  /// The number of the cell that is typed next.
  package var nextNumber: Int { cells.count + 1 }

  /// Writes text that is no cell's output.
  package func print(_ text: String) { console.print(text) }

  /// Ends the session after the current cell or command.
  package func quit(_ status: ExitStatus = .success) { exitStatus = status }

  /// Runs what was typed: a cell, or a talk with the shell. Gives false when it failed.
  @discardableResult
  package func submit(_ text: String) -> Bool {
    switch ShellLine(text) {
    case .blank: return true
    case .leave:
      quit()
      return true
    case .cell(let code): return run(code) == nil
    case .command(let name, let arguments): return runCommand(name, arguments)
    }
  }

  /// Runs a cell, displays its value, and keeps both; gives what ended it early.
  @discardableResult
  package func run(_ code: String) -> CellError? {
    let source = CellSource(path: "In [\(nextNumber)]", text: Array(code.utf8))
    var output: [UInt8] = []
    interpreter.write = { [console] text in
      output += text.utf8
      console.print(text)
    }
    let error = interpreter.run(source)
    if let error {
      if let status = error.exitStatus { quit(status) } else { console.printError(Diagnostic.render(error)) }
    }
    cells.append(
      SessionCell(
        number: nextNumber, source: source, records: Record.lines(output: output, error: error?.summary), error: error))
    return error
  }

  private func runCommand(_ name: String, _ arguments: CommandArguments) -> Bool {
    do throws(CommandError) {
      guard let command = CommandTable.command(name) else {
        throw CommandError(
          "there is no command %\(name)", hint: CommandTable.nearest(to: name).map { "did you mean %\($0)?" })
      }
      try command.body(self, arguments)
      return true
    } catch {
      console.printError("\(error.message)\n" + (error.hint.map { "  hint: \($0)\n" } ?? ""))
      return false
    }
  }
}
