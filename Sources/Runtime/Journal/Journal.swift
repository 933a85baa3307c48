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
  /// Bytes that the kept contents may take; the oldest cells are forgotten beyond it.
  package var limit: Int
  private var number: UInt16 = 0
  private var isRunning = false
  private var settings: SessionSettings

  package init(_ vm: VM, limit: Int = 1 << 30) {
    self.vm = vm
    self.limit = limit
    settings = SessionSettings(vm)
    Changes.begin(1)
    number = 1
  }

  /// How many cells are done now, counted from the session's start.
  package var position: Int { forgotten + done }
  /// The first position that can be gone back to, and the last that can be gone forward to.
  package var reachable: ClosedRange<Int> { forgotten...(forgotten + cells.count) }

  /// A cell begins. Cells that were undone can no longer be redone.
  package func begin() {
    cells.removeSubrange(done...)
    if number == .max {
      // No more numbers: what carries an old one would look new.
      forgotten += cells.count
      cells = []
      done = 0
      number = 0
      Changes.begin(0)
      return
    }
    number += 1
    _ = Code.takeRun()
    settings = SessionSettings(vm)
    Changes.begin(number)
    isRunning = true
  }

  /// The cell ended, well or not. Gives what it changed, which is kept.
  @discardableResult
  package func end() -> CellChanges {
    if !settings.isSame(as: SessionSettings(vm)) { Changes.add(SettingsRecord(vm, before: settings)) }
    let changes = CellChanges(records: Changes.take(), code: Code.takeRun(), vm)
    isRunning = false
    cells.append(changes)
    done += 1
    return changes
  }

  /// Forgets the oldest cells while the history is larger than its limit; gives how many.
  package func trim() -> Int {
    var total = cells.reduce(0) { $0 + $1.byteCount }
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
    cells.removeSubrange(done...)
    return taken
  }

  /// Does again what a cell changed, as the next cell of the history.
  package func redo(_ changes: CellChanges) {
    changes.redo()
    cells.removeSubrange(done...)
    cells.append(changes)
    done += 1
  }
}

/// What one cell changed, and what it ran.
package final class CellChanges {
  package private(set) var records: [ChangeRecord]
  /// Code that ran: the cell's own and that of functions.
  package let code: [Code]
  /// The variables that got another value.
  package let written: Set<Symbol>
  package let byteCount: Int
  private var isDone = true

  init(records: [ChangeRecord], code: [Code], _ vm: VM) {
    self.code = code
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

  /// The objects, storages and so on that were there before and changed, but for variables.
  package var mutated: [AnyObject] { records.filter { !($0 is NamespaceRecord) }.map(\.subject) }

  /// Kinds of objects whose change does not come back with an undo: `itertools` iterators in the middle of their work.
  package var lost: [String] { records.compactMap { ($0 as? LostRecord).map { $0.object.type.name } } }

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
