extension CommandTable {
  /// What was typed before.
  static var historyCommands: [Command] {
    [
      Command("history", aliases: ["hist"], usage: "[-n]", "Show the cells of this session.") {
        (session, arguments) throws(CommandError) in
        for cell in session.cells { session.print(cell.text + "\n") }
      }
    ]
  }
}
