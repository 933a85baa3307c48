import Notebook
import Runtime

/// Changing the notebook: afterwards it is what a fresh run of it would be.
extension Session {
  /// Gives a cell another text. It and what depends on it run again, unless it has not run or is to be run later.
  func edit(_ cell: SessionCell, to text: String, runs: Bool) throws(CommandError) {
    let text = text.droppingBlankEnd()
    guard !text.trimmingSpace().isEmpty else { throw CommandError("an empty cell: %drop \(cell.number) takes it out") }
    if text == cell.edit ?? cell.text, cell.edit == nil || !runs { return note("\(cell.title) is unchanged.") }
    do throws(CellError) {
      _ = try interpreter.prepare(SessionCell(number: cell.number, typed: text).source)
    } catch {
      // It is no program: nothing changes, and the text is not lost.
      fail(error, in: text)
      history.add("%%edit \(cell.number)\n\(text)", number: nextNumber)
      return
    }
    if cell.run == nil {
      sheet.replacePending(sheet.pending.map { $0 === cell ? $0.again(text) : $0 })
      isModified = true
      return note("\(cell.title) has another text now; %goto \(cell.number) runs it.")
    }
    guard runs else {
      cell.edit = text == cell.text ? nil : text
      isModified = true
      return note("\(cell.title) runs with its new text at the next %rerun.")
    }
    rerun { $0 === cell ? text : $0.edit }
  }

  /// Runs cells again: those for which `text` gives the text with which they are to run, and those that depend on them.
  func rerun(_ text: (SessionCell) -> String?) {
    let steps = cells.map { cell in
      text(cell).map { Revision.Step.run(cell.again($0), replacing: cell) } ?? .keep(cell)
    }
    revise(steps)
  }

  /// Puts other cells in place of those that are done, and says what ran.
  func revise(_ steps: [Revision.Step]) {
    guard let outcome = Revision(session: self, steps: steps).run() else {
      failed = true
      return note("Interrupted: everything is as it was before.")
    }
    let waiting = sheet.pending.count
    let pending = waiting == 0 ? "" : "; \(waiting) \(waiting == 1 ? "has" : "have") not run"
    switch (outcome.ran, outcome.kept) {
    case (0, 0): break
    case (let ran, 0): note("\(ran) \(ran == 1 ? "cell" : "cells") ran\(pending).")
    case (0, let kept): note("No cell depends on it: \(kept) kept what they gave\(pending).")
    case (let ran, let kept):
      note(
        "\(ran) \(ran == 1 ? "cell" : "cells") ran; \(kept) after that did not depend on it and kept what \(kept == 1 ? "it" : "they") gave\(pending)."
      )
    }
    // Errors of cells were shown where they ran.
    failed = false
  }

  /// Takes cells out of the notebook. Prose before them stays.
  func drop(_ dropped: [SessionCell]) {
    let gone = Set(dropped.map { ObjectIdentifier($0) })
    func isGone(_ cell: SessionCell) -> Bool { gone.contains(ObjectIdentifier(cell)) }
    let wereDone = cells.contains(where: isGone)
    sheet.passNotesOn { isGone($0) }
    sheet.replacePending(sheet.pending.filter { !isGone($0) })
    isModified = true
    if wereDone {
      revise(cells.map { isGone($0) ? .remove($0) : .keep($0) })
    }
  }

  /// Makes a cell the one with number `target`.
  func move(_ cell: SessionCell, to target: Int) throws(CommandError) {
    let isDone = cell.number <= cells.count
    let range = isDone ? 1...max(cells.count, 1) : (cells.count + 1)...max(sheet.cells.count, 1)
    guard range.contains(target) else {
      throw CommandError(
        isDone
          ? "cell \(cell.number) has run; it can become one of 1 to \(range.upperBound)"
          : "cell \(cell.number) has not run; it can become one of \(range.lowerBound) to \(range.upperBound)")
    }
    guard target != cell.number else { return note("\(cell.title) stands there already.") }
    isModified = true
    guard isDone else {
      var pending = sheet.pending.filter { $0 !== cell }
      pending.insert(cell, at: target - cells.count - 1)
      return sheet.replacePending(pending)
    }
    var others = cells.filter { $0 !== cell }.map { Revision.Step.keep($0) }
    let again = Revision.Step.run(cell.again(), replacing: nil)
    // Where it was, it runs no more.
    if target > cell.number {
      others.insert(again, at: target - 1)
      others.insert(.remove(cell), at: cell.number - 1)
    } else {
      others.insert(.remove(cell), at: cell.number - 1)
      others.insert(again, at: target - 1)
    }
    revise(others)
  }
}

extension Sheet {
  /// Prose before cells that leave goes to the cell behind them.
  mutating func passNotesOn(_ leaves: (SessionCell) -> Bool) {
    var carried: [NotebookCell] = []
    for cell in cells {
      if leaves(cell) {
        carried += cell.before
        cell.before = []
      } else if !carried.isEmpty {
        cell.before = carried + cell.before
        carried = []
      }
    }
    if pending.isEmpty { notes = carried + notes } else { endNotes = carried + endNotes }
  }
}
