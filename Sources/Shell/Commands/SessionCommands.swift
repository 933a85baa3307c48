extension CommandTable {
  /// Leaving, and what the session holds.
  static var sessionCommands: [Command] {
    [
      Command("quit", aliases: ["exit"], "Leave the shell.") {
        (session, arguments) throws(CommandError) in
        session.quit()
      }
    ]
  }
}
