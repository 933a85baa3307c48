import Language

/// Iterates over a list, which may grow or shrink meanwhile.
package final class ListIterator: IteratorObject {
  final var list: List?
  final var position = 0

  package init(_ list: List) {
    self.list = list
    super.init()
    family = .listIterator
  }
  public override var builtinType: TypeObject { Types.listIterator }

  /// The next item in its place; nil at the end.
  @inline(__always) final func step() -> UnsafeMutablePointer<Value>? {
    guard let list, position < list.count else { return nil }
    position &+= 1
    return list.base + (position &- 1)
  }

  public override var contents: Any? {
    get { (list, position) }
    set { if let old = newValue as? (List?, Int) { (list, position) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let list else { return nil }
    if position < list.count {
      let item = list[position]
      position += 1
      return item
    }
    self.list = nil
    return nil
  }

  override func advance(_ vm: VM, into register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    guard let item = step() else {
      list = nil
      return false
    }
    register.copy(from: item)
    return true
  }
  public override var lengthHint: Int? { list.map { Swift.max($0.count - position, 0) } ?? 0 }
}

/// `reversed(list)`.
package final class ListReverseIterator: IteratorObject {
  private var list: List?
  private var position: Int

  package init(_ list: List) {
    self.list = list
    position = list.count - 1
  }
  public override var builtinType: TypeObject { Types.listReverseIterator }

  public override var contents: Any? {
    get { (list, position) }
    set { if let old = newValue as? (List?, Int) { (list, position) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let list else { return nil }
    if position >= 0 && position < list.count {
      let item = list[position]
      position -= 1
      return item
    }
    self.list = nil
    return nil
  }

  override func advance(_ vm: VM, into register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    guard let list, position >= 0 && position < list.count else {
      list = nil
      return false
    }
    register.copy(from: list.base + position)
    position &-= 1
    return true
  }
  public override var lengthHint: Int? { list == nil ? 0 : position + 1 }
}

/// Iterates over a tuple.
package final class TupleIterator: IteratorObject {
  private let tuple: Tuple
  private var position = 0

  package init(_ tuple: Tuple) {
    self.tuple = tuple
    super.init()
    family = .tupleIterator
  }
  public override var builtinType: TypeObject { Types.tupleIterator }

  public override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    step()?.pointee
  }

  /// The next item in its place; nil at the end.
  @inline(__always) final func step() -> UnsafeMutablePointer<Value>? {
    guard position < tuple.count else { return nil }
    position &+= 1
    return tuple.base + (position &- 1)
  }

  override func advance(_ vm: VM, into register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    guard let item = step() else { return false }
    register.copy(from: item)
    return true
  }
  public override var lengthHint: Int? { tuple.count - position }
}

/// Iterates over values that do not change and are an array already.
package final class ArrayIterator: IteratorObject {
  private let items: [Value]
  private var position = 0
  private let iteratorType: TypeObject

  package init(_ items: [Value], type: TypeObject = Types.tupleIterator) {
    self.items = items
    iteratorType = type
  }
  public override var builtinType: TypeObject { iteratorType }

  public override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard position < items.count else { return nil }
    position += 1
    return items[position - 1]
  }
  public override var lengthHint: Int? { items.count - position }
}

/// Iterates over a string's code points.
package final class StrIterator: IteratorObject {
  private let text: Str
  private var position = 0

  package init(_ text: Str) { self.text = text }
  public override var builtinType: TypeObject { Types.strIterator }

  public override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    let bytes = text.bytes
    guard position < bytes.count else { return nil }
    let first = bytes[position]
    if first < 0x80 {
      position += 1
      return .str(Str.ascii(first))
    }
    let length = Str.sequenceLength(first)
    let end = Swift.min(position + length, bytes.count)
    defer { position = end }
    return .str(Str(bytes: Array(bytes[position..<end]), count: 1))
  }
}

/// Iterates over bytes as ints.
package final class BytesIterator: IteratorObject {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }
  public override var builtinType: TypeObject { Types.bytesIterator }

  public override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard position < bytes.count else { return nil }
    position += 1
    return .int(Int(bytes[position - 1]))
  }
  public override var lengthHint: Int? { bytes.count - position }
}

/// Iterates over a set's members in the order of its table.
package final class SetIterator: IteratorObject {
  private var set: SetObject?
  private var position = 0
  private let expected: Int

  package init(_ set: SetObject) {
    self.set = set
    expected = set.count
  }
  public override var builtinType: TypeObject { Types.setIterator }

  public override var contents: Any? {
    get { (set, position) }
    set { if let old = newValue as? (SetObject?, Int) { (set, position) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let set else { return nil }
    if set.count != expected { throw .runtime("Set changed size during iteration") }
    if let member = set.next(&position) { return member }
    self.set = nil
    return nil
  }
}

/// Iterates by `__getitem__` from 0 until IndexError, the old sequence protocol.
package final class SequenceIterator: IteratorObject {
  private var sequence: Value?
  private var position = 0

  package init(_ sequence: Value) { self.sequence = sequence }
  public override var builtinType: TypeObject { Types.sequenceIterator }

  public override var contents: Any? {
    get { (sequence, position) }
    set { if let old = newValue as? (Value?, Int) { (sequence, position) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let sequence else { return nil }
    do throws(ExceptionObject) {
      let item = try vm.getItem(sequence, .int(position))
      position += 1
      return item
    } catch {
      guard error.type.isSubtype(of: Types.indexError) || error.type.isSubtype(of: Types.stopIteration) else {
        throw error
      }
      self.sequence = nil
      return nil
    }
  }
}

/// `reversed(x)` of anything with `__len__` and `__getitem__`.
package final class ReversedIterator: IteratorObject {
  private var sequence: Value?
  private var position: Int

  package init(_ sequence: Value, count: Int) {
    self.sequence = sequence
    position = count - 1
  }
  public override var builtinType: TypeObject { Types.reversed }

  public override var contents: Any? {
    get { (sequence, position) }
    set { if let old = newValue as? (Value?, Int) { (sequence, position) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let sequence, position >= 0 else { return nil }
    do throws(ExceptionObject) {
      let item = try vm.getItem(sequence, .int(position))
      position -= 1
      return item
    } catch {
      guard error.type.isSubtype(of: Types.indexError) || error.type.isSubtype(of: Types.stopIteration) else {
        throw error
      }
      self.sequence = nil
      return nil
    }
  }
}

/// `iter(callable, sentinel)`.
package final class CallableIterator: IteratorObject {
  private var function: Value?
  private let sentinel: Value

  package init(_ function: Value, _ sentinel: Value) {
    self.function = function
    self.sentinel = sentinel
  }
  public override var builtinType: TypeObject { Types.callableIterator }

  public override var contents: Any? {
    get { function }
    set { if let old = newValue as? Value? { function = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let function else { return nil }
    let value: Value
    do throws(ExceptionObject) {
      value = try vm.call(function)
    } catch {
      guard error.type.isSubtype(of: Types.stopIteration) else { throw error }
      self.function = nil
      return nil
    }
    if vm.isIdentical(value, sentinel) {
      self.function = nil
      return nil
    }
    if try vm.equal(value, sentinel) {
      self.function = nil
      return nil
    }
    return value
  }
}

/// `enumerate(iterable, start)`.
package final class EnumerateIterator: IteratorObject {
  private let iterator: Value
  private var position: Value

  package init(_ iterator: Value, start: Value) {
    self.iterator = iterator
    position = start
  }
  public override var builtinType: TypeObject { Types.enumerate }

  public override var contents: Any? {
    get { position }
    set { if let old = newValue as? Value { position = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let item = try vm.next(iterator) else { return nil }
    let index = position
    if case .int(let i) = position, i < Int.max {
      position = .int(i + 1)
    } else {
      position = try vm.binary(.add, position, .int(1))
    }
    return .tuple(Tuple(index, item))
  }

  override func advancePair(
    _ vm: VM, into first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> PairStep {
    guard case .int(let i) = position, i < Int.max, case .object(let object) = iterator, object.family.isIterator
    else { return .unsupported }
    object.willChange()
    guard try unsafeDowncast(object, to: IteratorObject.self).advance(vm, into: second) else { return .end }
    first.setInt(i)
    position = .int(i &+ 1)
    return .pair
  }
}

/// `zip(*iterables, strict)`.
package final class ZipIterator: IteratorObject {
  private let iterators: [Value]
  private let strict: Bool
  private var done = false
  /// The iterators where they are two built-in ones, which `iterators` keeps.
  private let pair: (Unmanaged<IteratorObject>, Unmanaged<IteratorObject>)?

  package init(_ iterators: [Value], strict: Bool) {
    self.iterators = iterators
    self.strict = strict
    if iterators.count == 2, !strict, case .object(let a) = iterators[0], a.family.isIterator,
      case .object(let b) = iterators[1], b.family.isIterator
    {
      pair = (
        .passUnretained(unsafeDowncast(a, to: IteratorObject.self)),
        .passUnretained(unsafeDowncast(b, to: IteratorObject.self))
      )
    } else {
      pair = nil
    }
  }
  public override var builtinType: TypeObject { Types.zip }

  public override var contents: Any? {
    get { done }
    set { if let old = newValue as? Bool { done = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    if done || iterators.isEmpty { return nil }
    var row: [Value] = []
    row.reserveCapacity(iterators.count)
    for i in 0..<iterators.count {
      guard let item = try vm.next(iterators[i]) else {
        done = true
        if strict { try checkEnds(i, vm) }
        return nil
      }
      row.append(item)
    }
    return .tuple(Tuple(row))
  }

  override func advancePair(
    _ vm: VM, into first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> PairStep {
    guard let pair, !done else { return .unsupported }
    let (a, b) = (pair.0.takeUnretainedValue(), pair.1.takeUnretainedValue())
    // The first half is kept aside: where the second ends, the loop's variables stay as they are.
    var item = Value.none
    a.willChange()
    b.willChange()
    guard try a.advance(vm, into: &item), try b.advance(vm, into: second) else {
      done = true
      return .end
    }
    first.move(from: &item)
    return .pair
  }

  /// The iterable at `i` ended; with `strict` all must.
  private func checkEnds(_ i: Int, _ vm: VM) throws(ExceptionObject) {
    func others(_ n: Int) -> String { n == 1 ? " 1" : "s 1-\(n)" }
    if i > 0 {
      throw .value("zip() argument \(i + 1) is shorter than argument\(others(i))")
    }
    for j in 1..<Swift.max(iterators.count, 1) {
      if try vm.next(iterators[j]) != nil {
        throw .value("zip() argument \(j + 1) is longer than argument\(others(j))")
      }
    }
  }
}

/// `map(function, *iterables)`.
package final class MapIterator: IteratorObject {
  private let function: Value
  private let iterators: [Value]

  package init(_ function: Value, _ iterators: [Value]) {
    self.function = function
    self.iterators = iterators
  }
  public override var builtinType: TypeObject { Types.map }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    if iterators.count == 1 {
      guard let item = try vm.next(iterators[0]) else { return nil }
      return try vm.call(function, [item])
    }
    var arguments: [Value] = []
    for iterator in iterators {
      guard let item = try vm.next(iterator) else { return nil }
      arguments.append(item)
    }
    return try vm.call(function, arguments)
  }
}

/// `filter(function or None, iterable)`.
package final class FilterIterator: IteratorObject {
  private let function: Value
  private let iterator: Value

  package init(_ function: Value, _ iterator: Value) {
    self.function = function
    self.iterator = iterator
  }
  public override var builtinType: TypeObject { Types.filter }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    while let item = try vm.next(iterator) {
      let keep = function.isNone ? try vm.isTrue(item) : try vm.isTrue(vm.call(function, [item]))
      if keep { return item }
    }
    return nil
  }
}
