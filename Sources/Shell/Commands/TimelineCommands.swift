import Notebook
import Runtime

extension CommandTable {
  /// Going back, and running again what an earlier change concerns.
  static var timelineCommands: [Command] {
    [
      Command(
        "undo", usage: "[N]", "Take back the last cell, or the last N, with all that they changed.",
        help: """
          Variables, tensors changed in place, gradients, lists, objects and random streams are as they were before. `%redo`
          does the cells again, until a new cell runs; then they leave the notebook. `%goto` goes back and keeps them.
          """
      ) {
        (session, arguments) throws(CommandError) in
        try session.undo(try count(arguments, of: "undo") ?? 1)
      },
      Command("redo", usage: "[N]", "Do again what %undo took back; N cells, or as many as there are.") {
        (session, arguments) throws(CommandError) in
        try session.redo(try count(arguments, of: "redo"))
      },
      Command(
        "goto", usage: "N", "Bring the state right after cell N; 0 is the beginning.",
        help: """
          Back: cells after N are undone and stay in the notebook, so that a new cell stands between. Forward: what was undone
          is done again, and cells that have not run are run.
          """, arguments: .cells
      ) {
        (session, arguments) throws(CommandError) in
        guard let number = Int(arguments.text), number >= 0 else {
          throw CommandError("%goto takes the number of a cell, or 0 for the beginning")
        }
        try session.goTo(number)
      },
      Command(
        "rerun", usage: "[N|N-M|N..]", "Run cells again, and those that depend on them.",
        help: """
          The state goes back to before the first of them, so that random numbers are the same. Without a number: the cells
          that `%edit -n` changed. `%rerun 1..` runs the whole notebook.
          """, arguments: .cells
      ) {
        (session, arguments) throws(CommandError) in
        try session.rerun(arguments.text)
      },
      Command("stale", "Show cells whose output is out of date or that have not run, and why.") {
        (session, arguments) throws(CommandError) in
        let entries = Staleness(session).entries
        if entries.isEmpty { return session.print("Everything is up to date: a replay gives the same.\n") }
        for (cell, reason) in entries {
          session.print(session.palette.paint(cell.title, .heading) + "  \(reason)\n")
        }
      },
      Command(
        "slice", usage: "NAME [FILE]", "Show the cells that a variable's value comes from, or save them as a notebook.",
        help: "What does not matter for the value is left out: a run of the rest makes the same.", arguments: .variable
      ) {
        (session, arguments) throws(CommandError) in
        let words = arguments.words
        guard (1...2).contains(words.count) else {
          throw CommandError("%slice takes the name of a variable, and perhaps a file")
        }
        try session.slice(words[0], file: words.count > 1 ? words[1] : nil)
      },
    ]
  }

  private static func count(_ arguments: CommandArguments, of command: String) throws(CommandError) -> Int? {
    if arguments.text.isEmpty { return nil }
    guard let count = Int(arguments.text), count > 0 else {
      throw CommandError(
        "%\(command) takes how many cells, not \(arguments.text)", hint: "%goto takes the number of a cell")
    }
    return count
  }
}

extension Session {
  fileprivate func undo(_ count: Int) throws(CommandError) {
    guard !cells.isEmpty else { throw CommandError("there is nothing to undo") }
    guard count <= cells.count else {
      throw CommandError("there are only \(cells.count) cells to undo", hint: "%goto 0 goes back to the beginning")
    }
    let going = Array(cells.suffix(count))
    guard goBack(to: cells.count - count, keeps: false) else { return notePreserved() }
    if count == 1 { return note("\(going[0].title) is undone: \(going[0].summary.cut(to: max(width - 30, 10)))") }
    note("\(going.listed) are undone.")
  }

  private func notePreserved() {
    failed = true
    note("Interrupted: everything is as it was before.")
  }

  fileprivate func redo(_ count: Int?) throws(CommandError) {
    let available = sheet.undone.count
    guard available > 0 else { throw CommandError("there is nothing to redo") }
    let coming = sheet.undone.prefix(count ?? available)
    goForward(coming.count)
    note("\(coming.listed) \(coming.count == 1 ? "is" : "are") done again.")
  }

  fileprivate func goTo(_ number: Int) throws(CommandError) {
    guard number <= sheet.cells.count else { throw noCell(number) }
    if number == cells.count { return note("The state is right after \(SessionCell.path(number)) already.") }
    if number < cells.count {
      guard goBack(to: number, keeps: true) else { return notePreserved() }
      return note(
        number == 0 ? "The state is that of the beginning." : "The state is right after \(SessionCell.path(number)).")
    }
    goForward(min(number - cells.count, sheet.undone.count))
    guard runPending(to: number) else {
      failed = true
      return note("Stopped after \(SessionCell.path(cells.count)).")
    }
    note("The state is right after \(SessionCell.path(cells.count)).")
  }

  fileprivate func rerun(_ text: String) throws(CommandError) {
    guard !text.isEmpty else {
      guard cells.contains(where: { $0.edit != nil }) else {
        return note("Nothing was edited; %rerun 1.. runs the whole notebook again.")
      }
      return rerun { $0.edit }
    }
    // `3..`, as IPython's `3-`.
    let word = text.hasSuffix("..") ? String(text.dropLast(2)) + "-" : text
    guard let range = CellRange(word), range.sessionsBack == 0, let numbers = range.numbers else {
      throw CommandError("\(text) is no range of cells; write 3, 4-6 or 4..")
    }
    let chosen = cells.filter { numbers.contains($0.number) }
    guard !chosen.isEmpty else {
      if let cell = sheet.cell(numbers.lowerBound) {
        throw CommandError("\(cell.title) has not run", hint: "%goto \(cell.number) runs the notebook up to it")
      }
      throw noCell(numbers.lowerBound)
    }
    rerun { cell in numbers.contains(cell.number) ? cell.edit ?? cell.text : cell.edit }
  }

  fileprivate func slice(_ name: String, file: String?) throws(CommandError) {
    guard variables.contains(name) else { throw CommandError("there is no variable \(name)") }
    guard let slice = Slice(of: Symbol(name), in: self) else {
      throw CommandError(
        "the history does not reach back to the first cell",
        hint: "%rerun 1.. runs the notebook anew; %config undo_memory sets how much is kept")
    }
    guard let file else {
      for cell in slice.cells { print(echo(cell)) }
      return note("\(slice.cells.count) of \(cells.count) cells make \(name).")
    }
    let path = try notebookPath(file)
    try write(notebook(of: slice.cells, path: path), to: path, overwriting: .never)
    note("\(path): \(slice.cells.count) of \(cells.count) cells make \(name).")
  }
}
