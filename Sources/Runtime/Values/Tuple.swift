import CKernels

/// `torch.Size` and named tuples are subclasses.
///
/// The items stand in memory of their own, not in an array: most tuples are small, made and dropped at once.
open class Tuple: Object {
  /// For named tuples and `torch.Size`: what repr and attribute access need beyond the class; nil for plain tuples.
  package final var fields: [Symbol]?
  package final let count: Int
  package final let base: UnsafeMutablePointer<Value>

  package init(_ items: [Value]) {
    count = items.count
    let memory = ValueMemory.allocate(items.count)
    items.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { memory.initialize(from: first, count: source.count) }
    }
    base = memory
    super.init()
    family = .container
  }

  /// A copy of `count` values.
  package init(copying from: UnsafeMutablePointer<Value>, count: Int) {
    self.count = count
    base = ValueMemory.allocate(count)
    var i = 0
    while i < count {
      (base + i).initializeCopy(from: from + i)
      i &+= 1
    }
    super.init()
    family = .container
  }

  package init(_ first: Value, _ second: Value) {
    count = 2
    base = ValueMemory.allocate(2)
    base.initialize(to: first)
    (base + 1).initialize(to: second)
    super.init()
    family = .container
  }

  deinit { ValueMemory.release(base, count: count, capacity: count) }

  override func traverse() { Collector.visit(base, count: count) }

  open override var builtinType: TypeObject { Types.tuple }
  nonisolated(unsafe) package static let empty = Tuple([])

  /// The items as an array: a copy.
  package final var items: [Value] { Array(UnsafeBufferPointer(start: base, count: count)) }

  @inline(__always) package final subscript(i: Int) -> Value {
    precondition(i >= 0 && i < count)
    return base[i]
  }

  package final var isEmpty: Bool { count == 0 }
  package final var first: Value? { count > 0 ? base[0] : nil }
}

/// Memory for values of objects: of tuples' items and instances' attributes.
enum ValueMemory {
  /// Room for `count` values; an address that is never read for none.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Value> {
    if count == 0 { return UnsafeMutablePointer(bitPattern: MemoryLayout<Value>.alignment).unsafelyUnwrapped }
    guard let memory = tnb_small_alloc(count * MemoryLayout<Value>.stride) else { fatalError("tnb: out of memory") }
    return memory.bindMemory(to: Value.self, capacity: count)
  }

  /// Levels of objects that are being released inside of each other.
  nonisolated(unsafe) private static var depth = 0
  nonisolated(unsafe) private static var waiting: [Value] = []

  /// Releases values and gives back their memory. A long chain of objects is taken apart level by level: beyond some depth
  /// values wait for the outermost call, so that the native stack does not grow with the chain.
  static func release(_ base: UnsafeMutablePointer<Value>, count: Int, capacity: Int) {
    if capacity == 0 { return }
    if depth < 200 {
      depth &+= 1
      var i = 0
      while i < count {
        if (base + i).isReference { tnb_release((base + i).address) }
        i &+= 1
      }
      depth &-= 1
      if depth == 0 && !waiting.isEmpty { drain() }
    } else {
      for i in 0..<count where (base + i).isReference { waiting.append((base + i).move()) }
    }
    tnb_small_free(base, capacity * MemoryLayout<Value>.stride)
  }

  @inline(never) private static func drain() {
    depth += 1
    while let value = waiting.popLast() { _ = consume value }
    depth -= 1
  }
}
