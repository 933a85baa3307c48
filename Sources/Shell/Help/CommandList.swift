import Notebook

/// What `?` shows: the commands by family.
enum CommandList {
  static func text(_ session: Session) -> String {
    let palette = session.palette
    var text = ""
    for family in session.commandFamilies {
      text += palette.paint(family.title, .heading) + "\n"
      let names = family.commands.map { "%" + $0.name }
      let column = min((names.map(\.count).max() ?? 0) + 2, 14)
      for (command, name) in zip(family.commands, names) {
        let space = String(repeating: " ", count: max(column - name.count, 2))
        let room = session.width - 2 - name.count - space.count
        var words = StyledWords()
        words.add(command.summary.droppingPeriod(), [])
        let lines = words.lines(width: max(room, 16), palette)
        let indent = String(repeating: " ", count: session.width - room)
        text += "  " + palette.paint(name, .command) + space + (lines.first ?? "") + "\n"
        text += lines.dropFirst().map { indent + $0 + "\n" }.joined()
      }
    }
    return text
      + "\n%name? tells more. x? says what x is, x?? shows its source, !cmd runs a system command.\n"
      .wrapped(session.width)
  }

  /// One command, explained.
  static func text(of command: Command, _ session: Session) -> String {
    let palette = session.palette
    var text = palette.paint(command.synopsis, .command) + "\n"
    if !command.aliases.isEmpty {
      text += palette.paint("also " + command.aliases.map { "%" + $0 }.joined(separator: ", "), .quiet) + "\n"
    }
    text += "\n" + MarkdownText.render(command.summary, width: min(session.width, 80), palette)
    if !command.help.isEmpty {
      text += "\n" + MarkdownText.render(command.help, width: min(session.width, 80), palette)
    }
    return text
  }
}

extension String {
  fileprivate func droppingPeriod() -> String { hasSuffix(".") ? String(dropLast()) : self }

  /// Broken into lines of at most `width` columns; line breaks at either end stay.
  fileprivate func wrapped(_ width: Int) -> String {
    var words = StyledWords()
    words.add(trimmingSpace(), [])
    let lines = words.lines(width: width, .plain).joined(separator: "\n")
    return String(prefix { $0 == "\n" }) + lines + "\n"
  }
}
