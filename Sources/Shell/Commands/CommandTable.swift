import Runtime

/// Every `%command`. A family is a literal table in a file of its own.
package enum CommandTable {
  package static let all: [Command] = sessionCommands + historyCommands + fileCommands + systemCommands

  /// The command of a name or alias, without the `%`.
  package static func command(_ name: String) -> Command? { byName[name] }

  /// The error of a name that is none; it names the command that was probably meant.
  package static func unknown(_ name: String) -> CommandError {
    CommandError(
      "there is no command %\(name)",
      hint: NearName.nearest(to: name, among: byName.keys).map { "did you mean %\($0)?" })
  }

  private static let byName: [String: Command] = {
    var table: [String: Command] = [:]
    for command in all { for name in [command.name] + command.aliases { table[name] = command } }
    return table
  }()
}
