import Notebook

/// The session's notebook: its cells in order, those whose changes hold, those that were undone, and those that have not run.
struct Sheet {
  /// The state is what these made, in this order.
  private(set) var done: [SessionCell] = []
  /// They can be done again until a new cell runs.
  private(set) var undone: [SessionCell] = []
  /// Of a notebook that was opened, or left behind by `%goto`.
  private(set) var pending: [SessionCell] = []
  /// Of those that are undone the ones that stay in the notebook when a new cell runs: `%goto` went back over them.
  private var kept = Set<ObjectIdentifier>()
  /// Prose between the cells that are done and those that have not run; behind the last cell when all are done.
  var notes: [NotebookCell] = []
  /// Prose behind the last cell of a notebook that has not run to its end.
  var endNotes: [NotebookCell] = []

  /// All, in the notebook's order.
  var cells: [SessionCell] { done + undone + pending }

  /// `In [number]`, wherever it stands.
  func cell(_ number: Int) -> SessionCell? {
    let cells = cells
    return cells.indices.contains(number - 1) ? cells[number - 1] : nil
  }

  /// A cell ran behind those that are done. What was undone is gone.
  mutating func append(_ cell: SessionCell) {
    let isLast = undone.isEmpty && pending.isEmpty
    settleUndone()
    add(cell)
    // Those behind it have other numbers now.
    if !isLast { renumber() }
  }

  /// The first pending cell ran.
  mutating func appendPending(_ cell: SessionCell) {
    pending.removeFirst()
    add(cell)
  }

  private mutating func add(_ cell: SessionCell) {
    if !notes.isEmpty {
      cell.before = notes + cell.before
      notes = []
    }
    done.append(cell)
    takeEndNotes()
  }

  /// Adds prose behind the cells that are done.
  mutating func add(note: NotebookCell) {
    takeEndNotes()
    notes.append(note)
  }

  private mutating func takeEndNotes() {
    guard pending.isEmpty, undone.isEmpty else { return }
    notes += endNotes
    endNotes = []
  }

  /// Cells that were undone can no longer be done again: they leave the notebook, or wait to be run.
  mutating func settleUndone() {
    guard !undone.isEmpty else { return }
    let staying = undone.filter { kept.contains(ObjectIdentifier($0)) }
    for cell in staying { cell.forgetRun() }
    pending = staying + pending
    undone = []
    kept = []
  }

  /// The last `count` cells are undone; `keeps`: they stay in the notebook.
  mutating func undo(_ count: Int, keeps: Bool) {
    let going = done.suffix(count)
    if keeps { kept.formUnion(going.map { ObjectIdentifier($0) }) }
    undone = going + undone
    done.removeLast(count)
    guard keeps else { return }
    if let next = pending.first { next.before = notes + next.before } else { endNotes = notes + endNotes }
    notes = []
  }

  mutating func redo(_ count: Int) {
    kept.subtract(undone.prefix(count).map { ObjectIdentifier($0) })
    done += undone.prefix(count)
    undone.removeFirst(count)
    takeEndNotes()
  }

  /// Puts other cells in place of those that are done.
  mutating func replaceDone(_ cells: [SessionCell]) {
    done = cells
    renumber()
  }

  mutating func replacePending(_ cells: [SessionCell]) {
    pending = cells
    renumber()
  }

  mutating func renumber() {
    for (i, cell) in cells.enumerated() where cell.number != i + 1 {
      if cell.source.path == SessionCell.path(cell.number) { cell.source.path = SessionCell.path(i + 1) }
      cell.number = i + 1
    }
  }
}
