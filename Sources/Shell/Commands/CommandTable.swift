/// Every `%command`. A family is a literal table in a file of its own.
package enum CommandTable {
  package static let all: [Command] = families.flatMap(\.commands)

  /// Commands that belong together, under a heading for help.
  package struct Family {
    package let title: String
    package let commands: [Command]

    package init(_ title: String, _ commands: [Command]) {
      self.title = title
      self.commands = commands
    }
  }

  package static let families: [Family] = [
    Family("Help", helpCommands),
    Family("Variables", variableCommands),
    Family("Gradients and shapes", gradientCommands),
    Family("Timing", timingCommands),
    Family("Undo and rerun", timelineCommands),
    Family("Cells and history", notebookCommands + historyCommands),
    Family("Notebooks and files", fileCommands),
    Family("Session", sessionCommands + systemCommands),
  ]

  /// The command of a name or alias, without the `%`.
  package static func command(_ name: String) -> Command? { byName[name] }

  private static let byName: [String: Command] = {
    var table: [String: Command] = [:]
    for command in all { for name in [command.name] + command.aliases { table[name] = command } }
    return table
  }()
}
