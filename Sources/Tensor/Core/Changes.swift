/// What an undo journal needs to know: what changed in the running cell that was there before it.
///
/// Everything that can change carries the number of the cell in which it was made or last noted. Before a change the number is
/// compared with the running cell's; where they differ, a record of the old contents is taken, once a cell. Without a journal
/// the number is 0 everywhere, so a change costs that comparison and nothing else.
package enum Changes {
  /// The number of the running cell, from 1; 0 while nobody keeps a journal.
  @exclusivity(unchecked) nonisolated(unsafe) package static var epoch: UInt16 = 0
  /// What was taken in the running cell, oldest first.
  nonisolated(unsafe) package private(set) static var records: [ChangeRecord] = []

  package static func add(_ record: ChangeRecord) {
    if epoch != 0 { records.append(record) }
  }

  /// The records so far, which the caller takes over.
  package static func take() -> [ChangeRecord] {
    let taken = records
    records = []
    return taken
  }

  /// Begins a cell: what exists now is older than it. 0 ends the journal.
  package static func begin(_ number: UInt16) {
    epoch = number
    Node.firstOfCell = number == 0 ? 0 : Node.nextSequence
    records = []
  }
}

/// The contents that something had before a change.
open class ChangeRecord {
  /// What changed; kept alive, so that its identity stays its own.
  package let subject: AnyObject
  /// Memory that the old contents take, about.
  package final var byteCount: Int

  package init(_ subject: AnyObject, byteCount: Int) {
    self.subject = subject
    self.byteCount = byteCount
  }

  /// Puts the kept contents in place and keeps those that were there: undoes, and the next time redoes.
  open func swap() {}
}

/// A change that is taken back, and done again, by a function each.
package final class ActionRecord: ChangeRecord {
  private let undo: () -> Void
  private let redo: () -> Void
  private var isDone = true

  package init(_ subject: AnyObject, undo: @escaping () -> Void, redo: @escaping () -> Void) {
    self.undo = undo
    self.redo = redo
    super.init(subject, byteCount: 64)
  }

  package override func swap() {
    isDone ? undo() : redo()
    isDone.toggle()
  }
}

/// Something small that changes as a whole, such as a random generator: its contents are kept before the first change in a cell.
open class ChangingContents {
  @exclusivity(unchecked) private final var epoch = Changes.epoch

  package init() {}

  /// To be called before a change.
  @inline(__always) package final func willChange() {
    if epoch != Changes.epoch { noteChange() }
  }

  @inline(never) private func noteChange() {
    epoch = Changes.epoch
    Changes.add(ContentsRecord(self))
  }

  /// All there is to bring back.
  open var contents: Any {
    get { () }
    set {}
  }
}

private final class ContentsRecord: ChangeRecord {
  private let changing: ChangingContents
  private var contents: Any

  init(_ changing: ChangingContents) {
    self.changing = changing
    contents = changing.contents
    super.init(changing, byteCount: 2600)
  }

  override func swap() { Swift.swap(&contents, &changing.contents) }
}
