import Runtime

/// The commands of a session: those of the table, and its own.
extension Session {
  /// Its own first.
  package var commandFamilies: [CommandTable.Family] { (ownCommands.map { [$0] } ?? []) + CommandTable.families }

  /// The command of a name or alias, without the `%`.
  package func command(_ name: String) -> Command? {
    ownCommands?.commands.first { $0.name == name || $0.aliases.contains(name) } ?? CommandTable.command(name)
  }

  /// The error of a name that is none; it names the command that was probably meant.
  func unknownCommand(_ name: String) -> CommandError {
    let names = commandFamilies.flatMap(\.commands).flatMap { [$0.name] + $0.aliases }
    return CommandError(
      "there is no command %\(name)",
      hint: NearName.nearest(to: name, among: names).map { "did you mean %\($0)?" })
  }
}
