import Language
import Runtime

/// `collections.deque`: a ring of values with an optional greatest length.
package final class DequeObject: Object {
  private var ring: [Value] = []
  private var head = 0
  private(set) var count = 0
  /// Nil: no limit.
  private(set) var maximum: Int?
  /// Changes with every insertion and removal, which iterators notice.
  fileprivate(set) var version = 0

  init(maximum: Int? = nil) { self.maximum = maximum }
  package override var builtinType: TypeObject { DequeObject.type }

  subscript(i: Int) -> Value {
    get { ring[place(i)] }
    set {
      willChange()
      ring[place(i)] = newValue
    }
  }
  private func place(_ i: Int) -> Int {
    let at = head + i
    return at >= ring.count ? at - ring.count : at
  }

  package override var contents: Any? {
    get { (ring, head, count, version) }
    set { if let old = newValue as? ([Value], Int, Int, Int) { (ring, head, count, version) = old } }
  }

  var items: [Value] { (0..<count).map { self[$0] } }

  private func grow() {
    let all = items
    ring = all + [Value](repeating: .unbound, count: max(8, all.count))
    head = 0
  }

  func append(_ value: Value) {
    if maximum == 0 { return }
    if let maximum, count >= maximum { _ = popFirst() }
    willChange()
    if count == ring.count { grow() }
    count += 1
    self[count - 1] = value
    version &+= 1
  }

  func prepend(_ value: Value) {
    if maximum == 0 { return }
    if let maximum, count >= maximum { _ = popLast() }
    willChange()
    if count == ring.count { grow() }
    head = head == 0 ? ring.count - 1 : head - 1
    count += 1
    self[0] = value
    version &+= 1
  }

  func popFirst() -> Value? {
    guard count > 0 else { return nil }
    willChange()
    let value = ring[head]
    ring[head] = .unbound
    head = head + 1 == ring.count ? 0 : head + 1
    count -= 1
    version &+= 1
    return value
  }

  func popLast() -> Value? {
    guard count > 0 else { return nil }
    willChange()
    let value = self[count - 1]
    self[count - 1] = .unbound
    count -= 1
    version &+= 1
    return value
  }

  func replaceAll(_ new: [Value]) {
    willChange()
    ring = new
    head = 0
    count = new.count
    version &+= 1
  }

  func extend(_ iterable: Value, _ vm: VM) throws(ExceptionObject) {
    if case .object(let o) = iterable, o === self {
      for item in items { append(item) }
      return
    }
    let iterator = try vm.iterator(iterable)
    while let item = try vm.next(iterator) { append(item) }
  }

  func copy() -> DequeObject {
    let result = DequeObject(maximum: maximum)
    result.replaceAll(items)
    return result
  }

  // MARK: Protocols

  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { count }
  package override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? {
    .object(DequeIterator(self, reversed: false))
  }
  package override func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    var i = 0
    let began = version
    while i < count {
      if try vm.sameItem(self[i], item) { return true }
      if version != began { throw .runtime("deque mutated during iteration") }
      i += 1
    }
    return false
  }

  private func position(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    guard let integer = try vm.index(index) else {
      throw .type("sequence index must be integer, not '\(vm.typeName(index))'")
    }
    let i = integer.clamped
    let at = i < 0 ? i &+ count : i
    guard at >= 0 && at < count else { throw .index("deque index out of range") }
    return at
  }

  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    self[try position(index, vm)]
  }
  package override func nativeSetItem(_ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    self[try position(index, vm)] = value
    return true
  }
  package override func nativeDeleteItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    var all = items
    all.remove(at: try position(index, vm))
    replaceAll(all)
    return true
  }

  package override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    guard let other = DequeObject.from(other) else { return nil }
    guard count == other.count else { return false }
    for (a, b) in zip(items, other.items) {
      if try !vm.sameItem(a, b) { return false }
    }
    return true
  }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? {
    throw .type("unhashable type: 'collections.deque'")
  }
  package override func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    guard let other = DequeObject.from(other), op != .equal, op != .notEqual else { return nil }
    return try vm.compare(op, .makeList(items), .makeList(other.items))
  }

  package override func nativeBinary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value? {
    switch op {
    case .add:
      guard !reflected else { return nil }
      guard let other = DequeObject.from(other) else {
        throw .type("can only concatenate deque (not \"\(vm.typeName(other))\") to deque")
      }
      let result = copy()
      for item in other.items { result.append(item) }
      return .object(result)
    case .multiply:
      guard let times = try vm.index(other)?.clamped else { return nil }
      let result = DequeObject(maximum: maximum)
      let all = items
      try Capacity.check(all.count.multipliedReportingOverflow(by: max(times, 0)).partialValue)
      for _ in 0..<max(times, 0) {
        for item in all { result.append(item) }
      }
      return .object(result)
    default: return nil
    }
  }
  package override func nativeInplace(_ op: BinaryOperator, _ other: Value, _ vm: VM) throws(ExceptionObject) -> Value?
  {
    guard op == .add else { return nil }
    try extend(other, vm)
    return .object(self)
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    let list = try vm.repr(.makeList(items))
    return "\(type.name)(\(list)\(maximum.map { ", maxlen=\($0)" } ?? ""))"
  }
  package override func nativePretty(_ printer: PrettyPrinter, _ vm: VM) throws(ExceptionObject) -> Bool {
    try printer.callExpression(
      type.name, [.makeList(items)], maximum.map { [("maxlen", .int($0))] } ?? [], vm)
    return true
  }

  static func from(_ value: Value) -> DequeObject? {
    switch value {
    case .object(let o): o as? DequeObject
    case .instance(let i): i.payload.flatMap { from($0) }
    default: nil
    }
  }
}

/// Iterates over a deque in either direction.
package final class DequeIterator: IteratorObject {
  private let deque: DequeObject
  private let reversed: Bool
  private var position = 0
  private let began: Int

  package override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  init(_ deque: DequeObject, reversed: Bool) {
    self.deque = deque
    self.reversed = reversed
    began = deque.version
  }
  package override var builtinType: TypeObject { DequeIterator.type }
  private static let type: TypeObject = {
    let type = TypeObject("_deque_iterator", module: "_collections", bases: [Types.object], layout: .other)
    ProtocolWrappers.iterator(type)
    return type
  }()

  package override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    if deque.version != began { throw .runtime("deque mutated during iteration") }
    guard position < deque.count else { return nil }
    position += 1
    return deque[reversed ? deque.count - position : position - 1]
  }
}
