import Runtime

/// Every `%command`. A family is a literal table in a file of its own.
package enum CommandTable {
  package static let all: [Command] = sessionCommands + historyCommands

  /// The command of a name or alias, without the `%`.
  package static func command(_ name: String) -> Command? { byName[name] }

  /// The command that a misspelt name probably meant.
  package static func nearest(to name: String) -> String? {
    NearName.nearest(to: name, among: byName.keys)
  }

  private static let byName: [String: Command] = {
    var table: [String: Command] = [:]
    for command in all { for name in [command.name] + command.aliases { table[name] = command } }
    return table
  }()
}
