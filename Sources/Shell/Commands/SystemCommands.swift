import CKernels
import Notebook

extension CommandTable {
  /// The world outside.
  static var systemCommands: [Command] {
    [
      Command(
        "system", usage: "COMMAND", "Run a command of the system's shell.", help: "`!COMMAND` does the same."
      ) {
        (session, arguments) throws(CommandError) in
        guard !arguments.text.isEmpty else { throw CommandError("! needs a command") }
        session.startLine()
        session.console.flush()
        let status = tnb_terminal_run(arguments.text)
        tnb_interrupt_set(0)
        if status == -1 { throw CommandError("/bin/sh cannot be started") }
        // Where the command left the cursor is not known.
        session.lines?.othersWrote()
        if status & 0x7F == 0, status >> 8 != 0 { session.failed = true }
      }
    ]
  }
}
