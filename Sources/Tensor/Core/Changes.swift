import CKernels

/// What an undo journal needs to know: what changed in the running cell that was there before it.
///
/// Everything that can change carries the number of the cell in which it was made or last noted. Before a change the number is
/// compared with the running cell's; where they differ, a record of the old contents is taken, once a cell. Without a journal
/// the number is 0 everywhere, so a change costs that comparison and nothing else.
package enum Changes {
  /// The number of the running cell, from 1; 0 while nobody keeps a journal.
  package static var epoch: UInt16 {
    @inline(__always) get { tnb_change_epoch }
    set { tnb_change_epoch = newValue }
  }
  /// What was taken in the running cell, oldest first.
  nonisolated(unsafe) package private(set) static var records: [ChangeRecord] = []
  /// What the running cell looked at that no variable leads to.
  nonisolated(unsafe) private static var reads: [AnyObject] = []
  /// The last number that a cell of any session had.
  nonisolated(unsafe) private static var lastNumber: UInt16 = 0

  /// Bytes that contents of tensors may still take in the running cell.
  nonisolated(unsafe) private static var budget = Int.max

  /// Whether so many bytes may be kept; they are taken from what there is for the cell.
  static func allows(_ byteCount: Int) -> Bool {
    guard byteCount <= budget else { return false }
    budget -= byteCount
    return true
  }

  package static func add(_ record: ChangeRecord) {
    if epoch != 0 { records.append(record) }
  }

  /// The records so far, which the caller takes over.
  package static func take() -> [ChangeRecord] {
    let taken = records
    records = []
    return taken
  }

  /// The cell looks at something that no variable leads to: the state of a random stream, a file, an earlier cell's output.
  package static func noteRead(_ subject: AnyObject) {
    if epoch != 0, reads.last !== subject { reads.append(subject) }
  }

  /// What was read so far, which the caller takes over.
  package static func takeReads() -> [AnyObject] {
    let taken = reads
    reads = []
    return taken
  }

  /// The record that was just taken is of something that begins anew.
  package static func markReset() {
    if epoch != 0 { records.last?.isReset = true }
  }

  /// Begins a cell: what exists now is older than it. False when there are no more numbers to tell cells by; nothing is noted
  /// then.
  ///
  /// `budget`: bytes that the contents of tensors may take which the cell changes.
  package static func begin(budget: Int = .max) -> Bool {
    self.budget = budget
    guard lastNumber < .max else {
      end()
      return false
    }
    lastNumber += 1
    epoch = lastNumber
    Node.firstOfCell = Node.nextSequence
    records = []
    reads = []
    return true
  }

  /// Nobody keeps a journal from here on.
  package static func end() {
    epoch = 0
    Node.firstOfCell = 0
    records = []
    reads = []
  }

  /// Runs `body`, whose changes are no cell's; what it makes counts as having been there before the cell.
  package static func apart<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let number = epoch
    epoch = 0
    defer { epoch = number }
    return try body()
  }
}

/// The contents that something had before a change.
open class ChangeRecord {
  /// What changed; kept alive, so that its identity stays its own.
  package let subject: AnyObject
  /// Memory that the old contents take, about.
  package final var byteCount: Int
  /// The change began by replacing all there was, whatever it was: a random stream that is seeded.
  package final var isReset = false

  package init(_ subject: AnyObject, byteCount: Int) {
    self.subject = subject
    self.byteCount = byteCount
  }

  /// Puts the kept contents in place and keeps those that were there: undoes, and the next time redoes.
  open func swap() {}

  /// Whether the kept contents are known to equal those in place.
  open var isSame: Bool { false }
  /// It is about what only help reads, such as where a gradient came from: no cell depends on it.
  open var isBookkeeping: Bool { false }
  /// What does not come back, in words.
  open var lost: String? { nil }
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

  /// As `willChange`, before a change that replaces everything whatever it was.
  package final func willReset() {
    guard epoch != Changes.epoch else { return }
    noteChange()
    Changes.markReset()
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

  /// Only help reads it: no cell depends on it.
  open var isBookkeeping: Bool { false }

  /// Whether kept contents are known to equal those in place.
  open func isSame(as contents: Any) -> Bool { false }
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

  override var isSame: Bool { changing.isSame(as: contents) }
  override var isBookkeeping: Bool { changing.isBookkeeping }
}
