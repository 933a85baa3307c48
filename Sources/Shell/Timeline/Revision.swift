import Library
import Notebook
import Runtime

/// Another notebook than the one that ran: cells changed, taken out, put in. The state goes back to before the first difference;
/// from there the cells run again that would find something other than they found, and the others' changes are done again as
/// they were.
struct Revision {
  enum Step {
    /// As it ran, as long as nothing concerns it.
    case keep(SessionCell)
    /// In place of a cell that ran, or as one that did not.
    case run(SessionCell, replacing: SessionCell?)
    case remove(SessionCell)

    var isKeep: Bool {
      if case .keep = self { true } else { false }
    }
  }

  let session: Session
  let steps: [Step]

  /// What came of it.
  struct Outcome {
    var ran = 0
    var kept = 0
  }

  /// nil when Ctrl-C ended it: everything is as before then.
  func run() -> Outcome? {
    guard let first = steps.firstIndex(where: { !$0.isKeep }) else { return Outcome() }
    session.sheet.settleUndone()
    let before = session.sheet
    let oldCells = before.done
    let isReachable = session.journal.reachable.contains(first)
    let isWhole = oldCells[first...].allSatisfy { $0.run?.changes.lost.isEmpty ?? true }
    let outcome = isReachable && isWhole ? runFrom(first, oldCells) : runAnew()
    if outcome == nil {
      session.sheet = before
      session.sheet.renumber()
      session.setResults(session.sheet.done)
    } else {
      session.timelineChanged()
      session.noteHistory()
    }
    return outcome
  }

  // MARK: From the first difference on

  private func runFrom(_ first: Int, _ oldCells: [SessionCell]) -> Outcome? {
    let journal = session.journal
    guard journal.go(to: first) else { return nil }
    _ = journal.takeUndone()
    var done = Array(oldCells[..<first])
    var outcome = Outcome()
    var differences = Differences(session.interpreter.vm)
    // What is displayed or typed before them is not the same.
    differences.add(Differences.results)

    // `In` and `Out` know the cells that were run, and not those that were kept.
    var resultsAreBehind = true
    func execute(_ cell: SessionCell, _ reason: Differences.Reason?) -> Bool {
      if resultsAreBehind { session.setResults(done) }
      resultsAreBehind = false
      guard session.rerun(cell, number: done.count + 1, reason: reason) else { return false }
      done.append(cell)
      outcome.ran += 1
      return true
    }

    for step in steps[first...] {
      var completed = true
      switch step {
      case .remove(let cell):
        if let changes = cell.run?.changes { differences.drop(changes) }
      case .run(let cell, let old):
        completed = execute(cell, nil)
        guard completed, let changes = cell.run?.changes else { break }
        if let old = old?.run?.changes { differences.replace(old, by: changes) } else { differences.add(changes) }
      case .keep(let cell):
        guard let changes = cell.run?.changes else { break }
        if let reason = differences.reason(for: changes) {
          let again = cell.again()
          completed = execute(again, reason)
          if completed, let new = again.run?.changes { differences.replace(changes, by: new) }
        } else {
          journal.redo(changes)
          differences.keep(changes)
          done.append(cell)
          resultsAreBehind = true
          outcome.kept += 1
        }
      }
      guard completed else {
        restore(first, oldCells)
        return nil
      }
    }
    session.sheet.replaceDone(done)
    return outcome
  }

  private func restore(_ first: Int, _ oldCells: [SessionCell]) {
    let journal = session.journal
    guard journal.go(to: first) else { return }
    _ = journal.takeUndone()
    for cell in oldCells[first...] { if let changes = cell.run?.changes { journal.redo(changes) } }
  }

  // MARK: From the beginning

  /// Everything runs again, in a new interpreter: the history does not reach back far enough, or something does not come back.
  private func runAnew() -> Outcome? {
    let (interpreter, journal) = (session.interpreter, session.journal)
    let state = SharedState(interpreter.vm)
    session.note("(The state from before is not kept: the cells run again.)")
    session.startInterpreter(seed: session.seed)
    var done: [SessionCell] = []
    var outcome = Outcome()
    for step in steps {
      let cell: SessionCell
      var isQuiet = session.isQuiet
      switch step {
      case .remove: continue
      case .run(let given, _): cell = given
      case .keep(let old):
        cell = old.again()
        isQuiet = true
      }
      let wasQuiet = session.isQuiet
      session.isQuiet = isQuiet
      let completed = session.rerun(cell, number: done.count + 1, reason: nil)
      session.isQuiet = wasQuiet
      guard completed else {
        session.restoreInterpreter(interpreter, journal)
        state.restore()
        return nil
      }
      done.append(cell)
      outcome.ran += 1
    }
    session.sheet.replaceDone(done)
    return outcome
  }
}

extension Session {
  /// Runs a cell in place of one that ran before; false when Ctrl-C ended it.
  fileprivate func rerun(_ cell: SessionCell, number: Int, reason: Differences.Reason?) -> Bool {
    cell.number = number
    if cell.source.path.hasPrefix("In [") { cell.source.path = SessionCell.path(number) }
    startLine()
    if let reason { print(palette.paint("\(SessionCell.path(number)) again: \(reason.text)", .quiet) + "\n") }
    if !isQuiet { print(echo(cell, lines: reason == nil ? .max : 3)) }
    let error = execute(cell)
    startLine()
    return cell.run != nil && !(error?.isInterrupt ?? false)
  }
}

extension Differences.Reason {
  /// Why a cell runs again, for its user.
  var text: String {
    switch self {
    case .variable(let name): "\(name) has another value now"
    case .contents(let name): "what \(name) holds has changed"
    case .randomNumbers: "the random numbers before it are others now"
    case .settings: "a setting that holds for all cells has changed"
    case .results: "it uses In, Out or _"
    case .files: "files may have changed"
    case .allVariables: "it looks at all variables"
    case .thing: "something that it changes has changed before"
    }
  }
}
