import Notebook

extension CommandTable {
  /// The notebook that the session is.
  static var notebookCommands: [Command] {
    [
      Command("cells", "List the cells of the notebook.") {
        (session, arguments) throws(CommandError) in
        session.print(session.outline)
      },
      Command("show", usage: "N", "Show a cell with what it gave.", arguments: .cells) {
        (session, arguments) throws(CommandError) in
        let cell = try session.cell(arguments.text, of: "show")
        for note in cell.before where note.kind == .prose { session.print(session.prose(note)) }
        session.print(session.echo(cell))
        for record in cell.records { session.print(session.palette.paint(record.line, .quiet) + "\n") }
        if let edit = cell.edit {
          session.note("It was edited and has not run since; its new text:")
          session.print(session.echo(edit, number: cell.number))
        }
      },
      Command(
        "note", usage: "TEXT", "Add prose to the notebook, in Markdown; %%note takes several lines.", takesCell: true
      ) {
        (session, arguments) throws(CommandError) in
        let text = [arguments.text, arguments.cell ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
          .droppingBlankEnd()
        guard !text.isEmpty else { throw CommandError("%note needs a text", hint: "%note ## Training") }
        session.add(note: text)
      },
      Command(
        "name", usage: "N NAME", "Give a cell a name; without NAME take it away.", arguments: .cells
      ) {
        (session, arguments) throws(CommandError) in
        let parts = arguments.text.split(separator: " ", maxSplits: 1).map { String($0).trimmingSpace() }
        let cell = try session.cell(parts.first ?? "", of: "name")
        let name = parts.count > 1 ? parts[1] : ""
        guard !name.contains(where: { "=[]\"\n".contains($0) }) else {
          throw CommandError("a name has no =, brackets or quotes: they begin options")
        }
        cell.name = name
        session.isModified = true
        session.note(name.isEmpty ? "\(cell.title) has no name." : "\(cell.title) is named.")
      },
      Command(
        "move", usage: "N M", "Make cell N the cell with number M; what depends on it runs again.", arguments: .cells
      ) {
        (session, arguments) throws(CommandError) in
        let words = arguments.words
        guard words.count == 2, let target = Int(words[1]) else {
          throw CommandError("%move takes two numbers of cells")
        }
        try session.move(try session.cell(words[0], of: "move"), to: target)
      },
      Command(
        "drop", usage: "RANGE... | note [N]", "Take cells out of the notebook; what depended on them runs again.",
        help: """
          What they changed is undone. `note` takes out the last piece of prose, `note N` that before cell N. `%undo` only goes
          back from the end.
          """, arguments: .cells
      ) {
        (session, arguments) throws(CommandError) in
        try session.drop(arguments.words)
      },
    ]
  }
}

extension Session {
  /// A line for each cell, and for prose.
  fileprivate var outline: String {
    let all = sheet.cells
    let width = String(all.count).count
    var text = ""
    func add(_ notes: [NotebookCell]) {
      for note in notes where note.kind == .prose {
        let line = note.prose.split(separator: "\n").first.map(String.init) ?? ""
        text +=
          String(repeating: " ", count: width + 2) + palette.paint(line.cut(to: self.width - width - 3), .comment)
          + "\n"
      }
    }
    for (i, cell) in all.enumerated() {
      add(cell.before)
      let number = String(repeating: " ", count: width - String(cell.number).count) + String(cell.number)
      let state = state(of: cell)
      let name = cell.name.isEmpty ? "" : palette.paint("\(cell.name): ", .heading)
      let room = max(self.width - width - 3 - cell.name.count - (state.isEmpty ? 0 : state.count + 4), 10)
      text +=
        palette.paint(number, .promptNumber) + "  " + name + CodePainter.paint(cell.summary.cut(to: room), palette)
      text += (state.isEmpty ? "" : "  " + palette.paint("(\(state))", .hint)) + "\n"
      if i == cells.count - 1 { add(sheet.notes) }
    }
    if all.isEmpty || cells.isEmpty { add(sheet.notes) }
    add(sheet.endNotes)
    return text.isEmpty ? "There are no cells yet.\n" : text
  }

  private func state(of cell: SessionCell) -> String {
    if cell.run == nil { return "not run" }
    if cell.number > cells.count { return "undone" }
    if cell.edit != nil { return "edited, not run" }
    return cell.error?.type ?? ""
  }

  fileprivate func prose(_ note: NotebookCell) -> String {
    MarkdownText.lines(note.prose, width: min(max(width - 1, 20), 76), palette).map { $0 + "\n" }.joined() + "\n"
  }

  fileprivate func add(note text: String) {
    let mark = NotebookWriter.mark(kind: .prose)
    let cell = NotebookCell(made: Array((mark + "\n" + NotebookWriter.prose(text)).utf8))
    sheet.add(note: cell)
    isModified = true
  }

  fileprivate func drop(_ words: [String]) throws(CommandError) {
    guard let first = words.first else { throw CommandError("%drop takes the numbers of cells, or note") }
    if first == "note" { return try dropNote(words.dropFirst().first) }
    let ranges = try CellRange.parse(words)
    guard ranges.allSatisfy({ $0.sessionsBack == 0 }) else {
      throw CommandError("only cells of this session can be dropped")
    }
    let undone = sheet.undone
    let chosen = sheet.cells.filter { cell in ranges.contains { $0.numbers?.contains(cell.number) ?? true } }
    guard !chosen.isEmpty else { throw noCell(ranges.first?.numbers?.lowerBound ?? 1) }
    if let cell = chosen.first(where: { cell in undone.contains { $0 === cell } }) {
      throw CommandError("\(cell.title) is undone: it leaves when a new cell runs", hint: "%redo brings it back")
    }
    let text = "\(chosen.listed) \(chosen.count == 1 ? "is" : "are") out of the notebook."
    drop(chosen)
    if !failed { note(text) }
  }

  private func dropNote(_ word: String?) throws(CommandError) {
    if let word {
      let cell = try cell(word, of: "drop note")
      guard let index = cell.before.lastIndex(where: { $0.kind == .prose }) else {
        throw CommandError("there is no prose before \(cell.title)")
      }
      cell.before.remove(at: index)
    } else if !sheet.notes.isEmpty {
      sheet.notes.removeLast()
    } else if !sheet.endNotes.isEmpty {
      sheet.endNotes.removeLast()
    } else {
      throw CommandError("there is no prose behind the last cell", hint: "%drop note N takes out that before cell N")
    }
    isModified = true
    note("The note is out of the notebook.")
  }
}
