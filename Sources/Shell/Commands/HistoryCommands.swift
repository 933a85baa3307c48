extension CommandTable {
  /// What was typed before.
  static var historyCommands: [Command] {
    [
      Command(
        "history", aliases: ["hist"], usage: "[-n] [-o] [-p] [-u] [-g [PATTERN]] [-l [N]] [-f FILE] [RANGE...]",
        "Show cells that were typed.",
        help: """
          Without a range the cells of this session. A range is `4`, `4-6`, `4-` to the end, or `~1/2-5` in the session before
          (`~1/` all of it).

          `-n` shows numbers, `-o` what the cells gave, `-p` prompts; `-u` leaves out repetitions; `-g` searches all sessions,
          with `*` and `?` for other text; `-l` shows the last N of all sessions (10); `-f` writes the code to a file.
          """, arguments: .cells
      ) {
        (session, arguments) throws(CommandError) in
        try HistoryOptions(arguments.words).run(session)
      },
      Command(
        "edit", aliases: ["ed"], usage: "[-n] [-p] N | [-x] [RANGE|FILE]",
        "Change a cell of the notebook; it and what depends on it run again.",
        help: """
          The state goes back to before the cell, and the cells after it that depend on what changed run again. The text is
          changed in `$VISUAL` or `$EDITOR`, or at the prompt when there is none or with `-p`; `%%edit N` with the new text
          below does it at once. `-n` leaves the running to `%rerun`.

          Without a number or with a range the text becomes a new cell; `-x` puts it at the prompt instead of running it. A
          file is changed in place and then run. While a cell is typed, F2 opens it in the editor.
          """, arguments: .cells, takesCell: true
      ) {
        (session, arguments) throws(CommandError) in
        try session.edit(EditOptions(arguments))
      },
    ]
  }
}

/// The options of `%history`.
private struct HistoryOptions {
  var listing = HistoryListing()
  var isUnique = false
  /// Searches every session; empty for all cells.
  var pattern: String?
  var lastCount: Int?
  var file: String?
  var ranges: [CellRange] = []

  init(_ words: [String]) throws(CommandError) {
    var rest = words[...]
    var loose: [String] = []
    while let word = rest.popFirst() {
      switch word {
      case "-n": listing.showsNumbers = true
      case "-o": listing.showsOutput = true
      case "-p": listing.showsPrompts = true
      case "-u": isUnique = true
      case "-g":
        pattern = rest.joined(separator: " ")
        rest = []
      case "-l":
        lastCount = 10
        if let next = rest.first, let count = Int(next), count >= 0 {
          lastCount = count
          rest = rest.dropFirst()
        }
      case "-f":
        guard let next = rest.popFirst() else { throw CommandError("-f needs the name of a file") }
        file = next
      default:
        if word.hasPrefix("-") { throw CommandError("%history has no option \(word)") }
        loose.append(word)
      }
    }
    ranges = try CellRange.parse(loose)
  }

  func run(_ session: Session) throws(CommandError) {
    var items: [HistoryListing.Item]
    var listing = listing
    if let pattern {
      items = SessionLog(session.history).items(matching: pattern)
      listing.showsNumbers = true
    } else if let lastCount {
      items = Array(SessionLog(session.history).items(matching: "").suffix(lastCount))
    } else if ranges.isEmpty {
      items = session.cells.map(HistoryListing.own)
    } else {
      items = try HistoryListing.items(ranges, session)
    }
    if isUnique {
      var seen: Set<String> = []
      items = items.reversed().filter { seen.insert($0.text).inserted }.reversed()
    }
    if let file {
      try session.write(items.map { $0.text + "\n" }.joined(separator: "\n"), to: file)
    } else {
      session.print(listing.render(items, session.palette))
    }
  }
}
