import CKernels

/// `torch.Size` and named tuples are subclasses.
///
/// The items stand in the object itself where they are few, else in memory of their own: most tuples are small, made and
/// dropped at once.
open class Tuple: Object {
  /// For named tuples and `torch.Size`: what repr and attribute access need beyond the class; nil for plain tuples.
  package final var fields: [Symbol]?
  package final let count: Int
  package final private(set) var base: UnsafeMutablePointer<Value>
  private final var own: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  private static let ownItems = 2

  package init(_ items: [Value]) {
    count = items.count
    base = ValueMemory.none
    super.init()
    family = .container
    base = room()
    items.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { base.initialize(from: first, count: source.count) }
    }
  }

  /// A copy of `count` values.
  package init(copying from: UnsafeMutablePointer<Value>, count: Int) {
    self.count = count
    base = ValueMemory.none
    super.init()
    family = .container
    base = room()
    var i = 0
    while i < count {
      (base + i).initializeCopy(from: from + i)
      i &+= 1
    }
  }

  package init(_ first: Value, _ second: Value) {
    count = 2
    base = ValueMemory.none
    super.init()
    family = .container
    base = room()
    base.initialize(to: first)
    (base + 1).initialize(to: second)
  }

  /// Where `count` items go.
  @inline(__always) private func room() -> UnsafeMutablePointer<Value> {
    count > Tuple.ownItems
      ? ValueMemory.allocate(count)
      : withUnsafeMutablePointer(to: &own) { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Value.self) }
  }

  deinit {
    ValueMemory.drop(base, count: count)
    if count > Tuple.ownItems { ValueMemory.free(base, capacity: count) }
  }

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
  /// An address that is never read.
  @inline(__always) static var none: UnsafeMutablePointer<Value> {
    UnsafeMutablePointer(bitPattern: MemoryLayout<Value>.alignment).unsafelyUnwrapped
  }

  /// Room for `count` values; `none` for none.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Value> {
    if count == 0 { return none }
    guard let memory = tnb_small_alloc(count * MemoryLayout<Value>.stride) else { fatalError("tnb: out of memory") }
    return memory.bindMemory(to: Value.self, capacity: count)
  }

  /// Levels of objects that are being released inside of each other.
  nonisolated(unsafe) private static var depth = 0
  nonisolated(unsafe) private static var waiting: [Value] = []

  /// Gives back memory whose values are gone.
  @inline(__always) static func free(_ base: UnsafeMutablePointer<Value>, capacity: Int) {
    if capacity > 0 { tnb_small_free(base, capacity * MemoryLayout<Value>.stride) }
  }

  /// Releases values and gives back their memory.
  static func release(_ base: UnsafeMutablePointer<Value>, count: Int, capacity: Int) {
    drop(base, count: count)
    free(base, capacity: capacity)
  }

  /// Releases values. A long chain of objects is taken apart level by level: beyond some depth values wait for the outermost
  /// call, so that the native stack does not grow with the chain.
  static func drop(_ base: UnsafeMutablePointer<Value>, count: Int) {
    if count == 0 { return }
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
  }

  @inline(never) private static func drain() {
    depth += 1
    while let value = waiting.popLast() { _ = consume value }
    depth -= 1
  }
}
