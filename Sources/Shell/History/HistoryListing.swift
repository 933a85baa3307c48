/// What `%history` shows.
struct HistoryListing {
  struct Item: Equatable {
    /// Counted from the first session in the file; nil for this one.
    var session: Int?
    var number: Int
    var text: String
    /// What the cell gave, where it is known.
    var output: [String] = []
  }

  var showsNumbers = false
  var showsOutput = false
  var showsPrompts = false

  func render(_ items: [Item], _ palette: Palette) -> String {
    let labels = items.map { item in item.session.map { "\($0)/\(item.number)" } ?? String(item.number) }
    let width = labels.map(\.count).max() ?? 0
    var text = ""
    for (item, label) in zip(items, labels) {
      let head = showsNumbers ? String(repeating: " ", count: width - label.count) + label + ": " : ""
      let lines = item.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (i, line) in lines.enumerated() {
        let prompt = showsPrompts ? (i == 0 ? ">>> " : "... ") : ""
        // Code of several lines stands aligned behind its number.
        text += palette.paint(i == 0 ? head : String(repeating: " ", count: head.count), .quiet)
        text += palette.paint(prompt, .prompt) + CodePainter.paint(String(line), palette) + "\n"
      }
      if showsOutput { for line in item.output { text += line + "\n" } }
    }
    return text
  }

  // MARK: Finding

  /// The cells of ranges; this session's come from memory.
  static func items(_ ranges: [CellRange], _ session: Session) throws(CommandError) -> [Item] {
    var items: [Item] = []
    var log: SessionLog?
    for range in ranges {
      if range.sessionsBack == 0 {
        for cell in session.cells where range.numbers?.contains(cell.number) ?? true { items.append(own(cell)) }
        continue
      }
      let known = log ?? SessionLog(session.history)
      log = known
      guard let id = known.session(back: range.sessionsBack, before: session.history.session) else {
        throw CommandError("there are not \(range.sessionsBack) sessions before this one in the history")
      }
      items += known.items(of: id).filter { range.numbers?.contains($0.number) ?? true }
    }
    return items
  }

  static func own(_ cell: SessionCell) -> Item {
    Item(session: nil, number: cell.number, text: cell.text, output: cell.records.map(\.text))
  }
}

/// The history file by sessions.
struct SessionLog {
  private var entries: [HistoryFile.Entry] = []
  /// In order of their first cell.
  private var sessions: [String] = []
  private var numbers: [String: Int] = [:]

  init(_ history: History) {
    let log = history.all()
    for i in 0..<log.count {
      let entry = log.entry(i)
      entries.append(entry)
      if numbers[entry.session] == nil {
        sessions.append(entry.session)
        numbers[entry.session] = sessions.count
      }
    }
    // The command that asks is not what is asked for.
    if let last = entries.last, last.session == history.session, last.text.hasPrefix("%") { entries.removeLast() }
  }

  func session(back: Int, before own: String) -> String? {
    let index = (numbers[own].map { $0 - 1 } ?? sessions.count) - back
    return sessions.indices.contains(index) ? sessions[index] : nil
  }

  func items(of session: String) -> [HistoryListing.Item] { entries.filter { $0.session == session }.map(item) }

  /// Everything that holds a pattern, in which `*` and `?` stand for other text.
  func items(matching pattern: String) -> [HistoryListing.Item] {
    let glob = Glob(pattern)
    return entries.filter { pattern.isEmpty || glob.matches($0.text) }.map(item)
  }

  private func item(_ entry: HistoryFile.Entry) -> HistoryListing.Item {
    HistoryListing.Item(session: numbers[entry.session], number: entry.number, text: entry.text)
  }
}
