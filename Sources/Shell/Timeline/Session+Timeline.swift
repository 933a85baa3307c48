import Notebook
import Runtime

/// Going back and forth in the session: the state is always what the cells that are done made, in their order.
extension Session {
  /// The state after `count` cells. Those after it are undone; `keeps`: they stay in the notebook whatever comes next.
  ///
  /// Where the history does not reach back so far the cells up to there run again, unseen; false when Ctrl-C ended that.
  func goBack(to count: Int, keeps: Bool) -> Bool {
    let going = Array(sheet.done[count...])
    if going.allSatisfy({ $0.run?.changes.lost.isEmpty ?? true }), journal.go(to: count) {
      sheet.undo(going.count, keeps: keeps)
      timelineChanged()
      return true
    }
    sheet.settleUndone()
    let steps = sheet.done.enumerated().map { $0 < count ? Revision.Step.keep($1) : .remove($1) }
    guard Revision(session: self, steps: steps).run() != nil else { return false }
    // They cannot be done again as they were.
    for cell in going { cell.forgetRun() }
    sheet.replacePending(going + sheet.pending)
    return true
  }

  /// Does again what was undone.
  func goForward(_ count: Int) {
    guard count > 0, journal.go(to: sheet.done.count + count) else { return }
    sheet.redo(count)
    timelineChanged()
  }

  /// Runs cells that have not run, until `count` cells are done; false when one failed that was not recorded to.
  func runPending(to count: Int) -> Bool {
    while sheet.done.count < count, sheet.undone.isEmpty, let cell = sheet.pending.first {
      let next = cell.edit.map { cell.again($0) } ?? cell
      if !isQuiet { print(echo(next)) }
      for note in next.source.notes { printError(note) }
      let error = execute(next)
      guard next.run != nil else { return false }
      sheet.appendPending(next)
      isModified = true
      if let error, error.isInterrupt || next.origin?.expectsError != true { return false }
      if exitStatus != nil { return true }
    }
    return true
  }

  /// What follows from other cells being done than before: `In`, `Out` and `_`, and what a killed session would offer.
  func timelineChanged() {
    setResults(sheet.done)
    recovery?.rewrite(sheet.done.map { ($0.text, $0.records) })
    isModified = true
  }

  func setResults(_ cells: [SessionCell]) {
    interpreter.setResults(cells.map { ($0.text, $0.run?.value) })
  }

  /// A cell behind its prompt, as it was typed; `lines` at most.
  func echo(_ cell: SessionCell, lines: Int = .max) -> String {
    let all = cell.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard all.count > lines else { return echo(cell.text, number: cell.number) }
    return echo(all.prefix(lines).joined(separator: "\n") + " …", number: cell.number)
  }

  /// A line about what happened.
  func note(_ text: String) {
    startLine()
    print(palette.paint(text, .hint) + "\n")
  }

  /// The cell of a number.
  func cell(_ text: String, of command: String) throws(CommandError) -> SessionCell {
    guard let number = Int(text) else { throw CommandError("%\(command) takes the number of a cell, not \(text)") }
    guard let cell = sheet.cell(number) else { throw noCell(number) }
    return cell
  }

  func noCell(_ number: Int) -> CommandError {
    let count = sheet.cells.count
    return CommandError(
      count == 0 ? "there is no cell yet" : "there is no cell \(number): this session has \(count)",
      hint: count == 0 ? nil : "%cells lists them")
  }
}

extension Sequence<SessionCell> {
  /// `In [4]`, `In [4] and In [7]`, `In [4]…In [9]`.
  var listed: String {
    let cells = Array(self)
    if cells.count > 3, cells.last!.number - cells.first!.number == cells.count - 1 {
      return "In [\(cells.first!.number)] to In [\(cells.last!.number)]"
    }
    let names = cells.map { SessionCell.path($0.number) }
    guard names.count > 1 else { return names.first ?? "nothing" }
    return names.dropLast().joined(separator: ", ") + " and " + names.last!
  }
}
