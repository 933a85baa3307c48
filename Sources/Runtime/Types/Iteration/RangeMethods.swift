extension RangeObject {
  static func members() -> [NativeFunction] {
    Members.list { m in
      m.add("index(self, value, /)", "The position of value.") { (vm, args) throws(ExceptionObject) in
        let range = try Receiver.range(args, "index", vm)
        if let i = try range.find(args[1], vm) { return .int(i) }
        throw .value("\(try vm.repr(args[1])) is not in range")
      }
      m.add("count(self, value, /)", "1 when value is in the range, else 0.") { (vm, args) throws(ExceptionObject) in
        .int(try Receiver.range(args, "count", vm).find(args[1], vm) == nil ? 0 : 1)
      }
      m.add("__reversed__(self, /)", "An iterator from the last number to the first.") {
        (vm, args) throws(ExceptionObject) in
        .object(try Receiver.range(args, "__reversed__", vm).reversedIterator)
      }
    }
  }

  static func properties() -> [NativeProperty] {
    func range(_ value: Value) -> RangeObject { value.asRange ?? RangeObject(0, 0, 1)! }
    return [
      NativeProperty("start", "The first number.") { (vm, v) throws(ExceptionObject) in .int(range(v).start) },
      NativeProperty("stop", "The bound, which is not reached.") { (vm, v) throws(ExceptionObject) in
        .int(range(v).stop)
      },
      NativeProperty("step", "The distance between numbers.") { (vm, v) throws(ExceptionObject) in .int(range(v).step)
      },
    ]
  }

  package final var reversedIterator: RangeIterator {
    RangeIterator(from: count > 0 ? self[count - 1] : 0, step: 0 &- step, count: count)
  }

  /// The position of a value; compared by == where it is no int.
  private func find(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int? {
    if let integer = value.asInteger { return integer.int.flatMap { position(of: $0) } }
    if let d = value.asFloat { return Int(exactly: d).flatMap { position(of: $0) } }
    var i = 0
    while i < count {
      if try vm.equal(.int(self[i]), value) { return i }
      i += 1
    }
    return nil
  }

  static let constructor = NativeFunction(
    "range(start, stop=<unset>, step=1, /)", "The ints from start (0 when absent) up to but without stop, by step."
  ) { (vm, args) throws(ExceptionObject) in
    // `range(stop)`: the first parameter is the optional one.
    let given = (0..<3).filter { args.has($0) }.count
    var bounds: [Int] = []
    for i in 0..<given {
      guard let bound = try vm.integer(args[i]).int else {
        throw .notImplemented("range() with bounds past 64 bits is not available in tnb")
      }
      bounds.append(bound)
    }
    let step = given == 3 ? bounds[2] : 1
    if step == 0 { throw .value("range() arg 3 must not be zero") }
    let range = given == 1 ? RangeObject(0, bounds[0], 1) : RangeObject(bounds[0], bounds[1], step)
    guard let range else { throw .notImplemented("range() of more than 2**63 numbers is not available in tnb") }
    return .object(range)
  }
}

extension SliceObject {
  static func members() -> [NativeFunction] {
    Members.list { m in
      m.add("indices(self, len, /)", "start, stop and step against a sequence of len items.") {
        (vm, args) throws(ExceptionObject) in
        guard case .object(let o) = args[0], let slice = o as? SliceObject else {
          throw Receiver.wrong(args[0], "slice", "indices", vm)
        }
        let length = try vm.int(args[1])
        if length < 0 { throw .value("length should not be negative") }
        let (start, stop, step, _) = try slice.indices(length, vm)
        return .makeTuple([.int(start), .int(stop), .int(step)])
      }
    }
  }

  static func properties() -> [NativeProperty] {
    func slice(_ value: Value) -> SliceObject? {
      if case .object(let o) = value { o as? SliceObject } else { nil }
    }
    return [
      NativeProperty("start") { (vm, v) throws(ExceptionObject) in slice(v)?.start ?? .none },
      NativeProperty("stop") { (vm, v) throws(ExceptionObject) in slice(v)?.stop ?? .none },
      NativeProperty("step") { (vm, v) throws(ExceptionObject) in slice(v)?.step ?? .none },
    ]
  }

  static let constructor = NativeFunction(
    "slice(start, stop=<unset>, step=None, /)", "What [start:stop:step] passes."
  ) { (vm, args) throws(ExceptionObject) in
    if !args.has(1) { return .object(SliceObject(.none, args[0], .none)) }
    return .object(SliceObject(args[0], args[1], args.has(2) ? args[2] : .none))
  }
}
