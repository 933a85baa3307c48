import Language
import Tensor

/// The history of a session's state: what each cell changed, so that it can be undone, redone, and reasoned about.
///
/// While a cell runs, everything that was there before tells before it changes (`Changes`). What it gives is kept cell by cell.
/// `position` says up to which cell the state is; a cell run from there forgets those after it.
package final class Journal {
  private let vm: VM
  /// Of the cells that can be undone and redone, oldest first.
  package private(set) var cells: [CellChanges] = []
  /// Cells before the first of `cells`: too long ago, or dropped for their memory.
  package private(set) var forgotten = 0
  private var done = 0
  /// Bytes that the kept contents take.
  private var total = 0
  /// Bytes that the kept contents may take; the oldest cells are forgotten beyond it.
  package var limit: Int
  private var isRunning = false
  /// There are numbers left to tell cells by.
  private var isNoting: Bool
  private var settings: SessionSettings

  package init(_ vm: VM, limit: Int = 1 << 30) {
    self.vm = vm
    self.limit = limit
    settings = SessionSettings(vm)
    isNoting = Changes.begin()
  }

  /// How many cells are done now, counted from the session's start.
  package var position: Int { forgotten + done }
  /// The first position that can be gone back to, and the last that can be gone forward to.
  package var reachable: ClosedRange<Int> { forgotten...(forgotten + cells.count) }

  /// A cell begins. Cells that were undone can no longer be redone.
  package func begin() {
    forget(from: done)
    _ = Code.takeRun()
    settings = SessionSettings(vm)
    isNoting = Changes.begin(budget: limit)
    isRunning = true
  }

  /// The cell ended, well or not. Gives what it changed, which is kept.
  @discardableResult
  package func end() -> CellChanges {
    if settings != SessionSettings(vm) { Changes.add(SettingsRecord(vm, before: settings)) }
    let changes = CellChanges(records: Changes.take(), reads: Changes.takeReads(), code: Code.takeRun(), vm)
    isRunning = false
    cells.append(changes)
    total += changes.byteCount
    done += 1
    if !isNoting {
      forgotten += done
      forget(from: 0)
      done = 0
    }
    return changes
  }

  /// Runs code that is no cell and leaves no trace: what it changes is undone when `body` has ended.
  package func scratch<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    _ = Code.takeRun()
    settings = SessionSettings(vm)
    guard Changes.begin(budget: limit) else { return try body() }
    defer {
      if settings != SessionSettings(vm) { Changes.add(SettingsRecord(vm, before: settings)) }
      CellChanges(records: Changes.take(), reads: Changes.takeReads(), code: [], vm).undo()
    }
    return try body()
  }

  private func forget(from index: Int) {
    for cell in cells[index...] { total -= cell.byteCount }
    cells.removeSubrange(index...)
  }

  /// Forgets the oldest cells while the history is larger than its limit; gives how many.
  package func trim() -> Int {
    var dropped = 0
    while total > limit, cells.count - dropped > 0, dropped < done {
      total -= cells[dropped].byteCount
      dropped += 1
    }
    if dropped > 0 {
      cells.removeFirst(dropped)
      done -= dropped
      forgotten += dropped
    }
    return dropped
  }

  /// Undoes or redoes cells until as many are done as `position` says; false when that cannot be reached.
  package func go(to position: Int) -> Bool {
    guard reachable.contains(position), !isRunning else { return false }
    let wanted = position - forgotten
    while done > wanted {
      done -= 1
      cells[done].undo()
    }
    while done < wanted {
      cells[done].redo()
      done += 1
    }
    return true
  }

  /// Takes the changes of the cells after `position` off the history, undone, for `Rerun` to put some of them back.
  package func takeUndone() -> [CellChanges] {
    let taken = Array(cells[done...])
    forget(from: done)
    return taken
  }

  /// Does again what a cell changed, as the next cell of the history.
  package func redo(_ changes: CellChanges) {
    changes.redo()
    forget(from: done)
    cells.append(changes)
    total += changes.byteCount
    done += 1
  }
}

/// What one cell changed, and what it ran.
package final class CellChanges {
  package private(set) var records: [ChangeRecord]
  /// Code that ran: the cell's own and that of functions.
  package let code: [Code]
  /// What it looked at that no variable leads to: the state of a random stream, files, earlier cells' outputs.
  package let reads: [AnyObject]
  /// The variables that got another value.
  package let written: Set<Symbol>
  package let byteCount: Int
  private var isDone = true
  /// What `variables` found.
  var knownVariables: (reads: Set<Symbol>, writes: Set<Symbol>)?

  init(records: [ChangeRecord], reads: [AnyObject], code: [Code], _ vm: VM) {
    self.code = code
    self.reads = reads
    var written = Set<Symbol>()
    for record in records {
      guard let namespace = record as? NamespaceRecord else { continue }
      namespace.settle(vm)
      if namespace.namespace === vm.main {
        for change in namespace.changes { written.insert(vm.main.names[change.slot]) }
      }
    }
    self.written = written
    self.records = records
    byteCount = records.reduce(0) { $0 + $1.byteCount }
  }

  /// What happened to the objects, storages and so on that were there before, without variables and what only help reads.
  package func mutations(_ vm: VM) -> [ChangeRecord] {
    records.filter { $0.subject !== vm.main && !$0.isBookkeeping }
  }

  /// What does not come back with an undo, in words: `itertools` iterators in the middle of their work.
  package var lost: [String] { records.compactMap(\.lost) }

  /// The value that the kept half of a changed variable holds: from before the cell when it is done, from after it when it is
  /// undone. nil for a variable that it did not change.
  func kept(_ name: Symbol, _ vm: VM) -> Value? {
    guard written.contains(name), let slot = vm.main.slotOf[name] else { return nil }
    for case let record as NamespaceRecord in records where record.namespace === vm.main {
      if let change = record.changes.first(where: { $0.slot == slot }) { return change.other }
    }
    return nil
  }

  func undo() {
    precondition(isDone)
    for record in records.reversed() { record.swap() }
    isDone = false
  }

  func redo() {
    precondition(!isDone)
    for record in records { record.swap() }
    isDone = true
  }
}
