import CKernels

/// A list. Its items stand in raw memory, so that growing moves bytes and dropping a list of numbers touches no counts.
public final class List: Object {
  package final private(set) var base: UnsafeMutablePointer<Value>
  package final private(set) var count: Int
  private final var capacity: Int

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
      base[i] = newValue
    }
  }

  package final var isEmpty: Bool { count == 0 }

  // MARK: Changing

  @inline(__always) package final func append(_ value: Value) {
    if count == capacity { grow(to: count + 1) }
    (base + count).initialize(to: value)
    count &+= 1
  }

  @inline(__always) final func append(copying value: UnsafeMutablePointer<Value>) {
    if count == capacity { grow(to: count + 1) }
    (base + count).initializeCopy(from: value)
    count &+= 1
  }

  /// Adds copies of values, which may be this list's own.
  final func append(copying from: UnsafeMutablePointer<Value>, count n: Int) {
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
    if count == capacity { grow(to: count + 1) }
    (base + i + 1).moveInitialize(from: base + i, count: count - i)
    (base + i).initialize(to: value)
    count += 1
  }

  @discardableResult
  package final func remove(at i: Int) -> Value {
    precondition(i >= 0 && i < count)
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
    var (i, j) = (0, count - 1)
    while i < j {
      swap(&base[i], &base[j])
      i += 1
      j -= 1
    }
  }

  @inline(never) private func grow(to wanted: Int) {
    // An eighth more than needed, as CPython.
    let room = max(4, wanted + wanted >> 3 + (wanted < 9 ? 3 : 6))
    let memory = ValueMemory.allocate(room)
    memory.moveInitialize(from: base, count: count)
    ValueMemory.release(base, count: 0, capacity: capacity)
    base = memory
    capacity = room
  }
}
