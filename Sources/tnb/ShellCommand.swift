import Notebook
import Shell
import Terminal

/// `tnb` at a terminal: the shell.
enum ShellCommand {
  static func run(options: RunOptions) -> ExitStatus {
    Machine.run(maximumMemory: options.maximumMemory) {
      guard let lines = TerminalLineSource() else { return RunCommand.standardInput(options: options) }
      let session = Session(
        console: options.console, palette: Palette(isColored: TerminalKind.hasColor))
      return ShellLoop(session, lines: lines).run()
    }
  }
}
