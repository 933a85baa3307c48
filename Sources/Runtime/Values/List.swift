import CKernels
import Tensor

/// A list. Its items stand in raw memory, so that growing moves bytes and dropping a list of numbers touches no counts.
public final class List: Object {
  package final private(set) var base: UnsafeMutablePointer<Value>
  package final fileprivate(set) var count: Int
  fileprivate final var capacity: Int
  /// In this cell items were only added behind those that were there (see `ListRecord`).
  private final var extending: ListRecord?

  /// An empty list with room for `capacity` items.
  package init(capacity: Int = 0) {
    self.capacity = capacity
    count = 0
    base = ValueMemory.allocate(capacity)
    super.init()
    family = .container
  }

  package convenience init(_ items: [Value]) {
    self.init(capacity: items.count)
    items.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { base.initialize(from: first, count: source.count) }
    }
    count = items.count
  }

  /// A copy of `count` values.
  package convenience init(copying from: UnsafeMutablePointer<Value>, count: Int) {
    self.init(capacity: count)
    append(copying: from, count: count)
  }

  deinit { ValueMemory.release(base, count: count, capacity: capacity) }

  public override var builtinType: TypeObject { Types.list }

  override func traverse() { Collector.visit(base, count: count) }
  override func clearReferences() { removeAll() }

  // MARK: Reading

  /// The items as an array: a copy.
  package final var items: [Value] { Array(UnsafeBufferPointer(start: base, count: count)) }

  @inline(__always) package final subscript(i: Int) -> Value {
    get {
      precondition(i >= 0 && i < count)
      return base[i]
    }
    set {
      precondition(i >= 0 && i < count)
      willChangeItems()
      base[i] = newValue
    }
  }

  package final var isEmpty: Bool { count == 0 }

  // MARK: Changing

  /// To be called before items that are there change; before items are added behind them, `willChange` is enough.
  @inline(__always) final func willChangeItems() {
    if epoch != tnb_change_epoch || extending != nil { noteItems() }
  }

  @inline(never) private func noteItems() {
    if epoch != Changes.epoch { noteChange() }
    // The items from before the cell are copied now that they are to change.
    extending?.keepAll()
    extending = nil
  }

  /// Items that are added leave the old ones as they are, so only their number is kept.
  override func changeRecord() -> ChangeRecord? {
    let record = ListRecord(self)
    extending = record
    return record
  }

  /// Puts other items in place and gives back those that were there.
  final func exchange(_ block: inout ValueBlock) {
    let own = ValueBlock(base: base, count: count, capacity: capacity)
    (base, count, capacity) = (block.base, block.count, block.capacity)
    block = own
  }

  @inline(__always) package final func append(_ value: Value) {
    willChange()
    if count == capacity { grow(to: count + 1) }
    (base + count).initialize(to: value)
    count &+= 1
  }

  @inline(__always) final func append(copying value: UnsafeMutablePointer<Value>) {
    willChange()
    if count == capacity { grow(to: count + 1) }
    (base + count).initializeCopy(from: value)
    count &+= 1
  }

  /// Adds copies of values, which may be this list's own.
  final func append(copying from: UnsafeMutablePointer<Value>, count n: Int) {
    willChange()
    let own = from >= base && from < base + count ? from - base : -1
    if count + n > capacity { grow(to: count + n) }
    let source = own >= 0 ? base + own : from
    var i = 0
    while i < n {
      (base + count + i).initializeCopy(from: source + i)
      i &+= 1
    }
    count &+= n
  }

  package final func append(contentsOf values: [Value]) {
    values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { append(copying: UnsafeMutablePointer(mutating: first), count: source.count) }
    }
  }

  package final func insert(_ value: Value, at i: Int) {
    precondition(i >= 0 && i <= count)
    willChangeItems()
    if count == capacity { grow(to: count + 1) }
    (base + i + 1).moveInitialize(from: base + i, count: count - i)
    (base + i).initialize(to: value)
    count += 1
  }

  @discardableResult
  package final func remove(at i: Int) -> Value {
    precondition(i >= 0 && i < count)
    willChangeItems()
    let value = (base + i).move()
    (base + i).moveInitialize(from: base + i + 1, count: count - i - 1)
    count -= 1
    return value
  }

  package final func removeLast() -> Value? { count > 0 ? remove(at: count - 1) : nil }

  /// Removed items are let go of when the list is whole again: their release may run into it.
  package final func removeAll() { _ = takeAll() }

  /// The items, which leave the list.
  package final func takeAll() -> [Value] {
    willChangeItems()
    let taken = Array<Value>(unsafeUninitializedCapacity: count) { buffer, filled in
      if let target = buffer.baseAddress { target.moveInitialize(from: base, count: count) }
      filled = count
    }
    ValueMemory.release(base, count: 0, capacity: capacity)
    base = ValueMemory.allocate(0)
    capacity = 0
    count = 0
    return taken
  }

  package final func replaceAll(_ values: [Value]) {
    let old = takeAll()
    append(contentsOf: values)
    _ = consume old
  }

  package final func replaceSubrange(_ range: Range<Int>, with values: [Value]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    var all = takeAll()
    let removed = Array(all[range])
    all.replaceSubrange(range, with: values)
    append(contentsOf: all)
    _ = consume removed
  }

  package final func reverse() {
    willChangeItems()
    var (i, j) = (0, count - 1)
    while i < j {
      swap(&base[i], &base[j])
      i += 1
      j -= 1
    }
  }

  @inline(never) fileprivate func grow(to wanted: Int) {
    // An eighth more than needed, as CPython.
    let room = max(4, wanted + wanted >> 3 + (wanted < 9 ? 3 : 6))
    let memory = ValueMemory.allocate(room)
    memory.moveInitialize(from: base, count: count)
    ValueMemory.release(base, count: 0, capacity: capacity)
    base = memory
    capacity = room
  }
}

/// The items of a list from before a change: how many there were, and the items themselves once they were to change.
final class ListRecord: ChangeRecord {
  private let list: List
  /// While nil, the list's first `count` items are the old ones.
  private var items: ValueBlock?
  private let count: Int
  /// When only items were added: those, while they are taken back.
  private var added: ValueBlock?

  init(_ list: List) {
    self.list = list
    count = list.count
    super.init(list, byteCount: 64)
  }

  deinit {
    items?.free()
    added?.free()
  }

  func keepAll() {
    items = ValueBlock(copying: list.base, count: count)
    byteCount += count * MemoryLayout<Value>.stride
  }

  override func swap() {
    if var items {
      list.exchange(&items)
      self.items = items
    } else if let added {
      list.attach(added)
      self.added = nil
    } else {
      added = list.detach(after: count)
    }
  }
}

extension List {
  /// Takes the items after the first `kept` off, as a block.
  fileprivate func detach(after kept: Int) -> ValueBlock {
    let block = ValueBlock(copying: base + kept, count: count - kept)
    (base + kept).release(count: count - kept)
    count = kept
    return block
  }

  /// Adds a block's items, which it gives up.
  fileprivate func attach(_ block: ValueBlock) {
    if count + block.count > capacity { grow(to: count + block.count) }
    (base + count).moveInitialize(from: block.base, count: block.count)
    count += block.count
    ValueMemory.release(block.base, count: 0, capacity: block.capacity)
  }
}

// What the VM's loop does with lists and tuples, without retaining them.
extension Unmanaged<List> {
  /// Where the item at an index stands, negative ones from the end; nil beyond.
  @inline(__always) func item(at k: Int) -> UnsafeMutablePointer<Value>? {
    let n = _withUnsafeGuaranteedRef { $0.count }
    let index = k < 0 ? k &+ n : k
    return UInt(bitPattern: index) < UInt(bitPattern: n) ? _withUnsafeGuaranteedRef { $0.base } + index : nil
  }

  /// For a list that is being made: nobody has to know.
  @inline(__always) func appendNew(copying value: UnsafeMutablePointer<Value>) {
    let n = _withUnsafeGuaranteedRef { $0.count }
    if n == _withUnsafeGuaranteedRef({ $0.capacity }) { _withUnsafeGuaranteedRef { $0.grow(to: n + 1) } }
    (_withUnsafeGuaranteedRef { $0.base } + n).initializeCopy(from: value)
    _withUnsafeGuaranteedRef { $0.count = n &+ 1 }
  }
}

extension Unmanaged<Tuple> {
  /// Where the item at an index stands, negative ones from the end; nil beyond.
  @inline(__always) func item(at k: Int) -> UnsafeMutablePointer<Value>? {
    let n = _withUnsafeGuaranteedRef { $0.count }
    let index = k < 0 ? k &+ n : k
    return UInt(bitPattern: index) < UInt(bitPattern: n) ? _withUnsafeGuaranteedRef { $0.base } + index : nil
  }
}
