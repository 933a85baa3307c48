import Runtime

/// `_collections`: what `collections` needs from Swift.
enum CollectionsModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_collections", "What collections needs from Swift.")
    m.set("deque", DequeObject.type)
    m.add("_seal(*classes)", "Gives classes the look that IPython shows them in.") {
      (vm, args) throws(ExceptionObject) in
      for value in args[0].asTuple?.items ?? [] {
        guard case .object(let o) = value, let type = o as? TypeObject else { continue }
        type.prettyHook = { (printer, vm, value) throws(ExceptionObject) in try show(printer, vm, value) }
      }
      return .none
    }
    return m.module
  }

  /// As a call of the class: with the factory and the entries, a list of pairs, or the commonest elements first.
  private static func show(_ printer: PrettyPrinter, _ vm: VM, _ value: Value) throws(ExceptionObject) {
    let type = vm.type(of: value)
    let kind = type.mro.first { $0.module == "collections" }?.name
    var arguments: [Value] = []
    if kind == "UserList" {
      try printer.callExpression(type.name, [vm.getAttribute(value, Symbol("data"))], [], vm)
      return
    }
    guard let dict = value.asDict else { return }
    switch kind {
    case "defaultdict":
      arguments = [try vm.getAttribute(value, Symbol("default_factory")), .dict(dict.copy())]
    case "OrderedDict":
      if dict.count > 0 { arguments = [.makeList(DictView(dict, .items).items)] }
    default:
      if dict.count > 0 {
        let sorted = Dict()
        try sorted.update(vm.callMethod(value, Symbol("most_common")), vm)
        arguments = [.dict(sorted)]
      }
    }
    try printer.callExpression(type.name, arguments, [], vm)
  }
}

extension DequeObject {
  static let type: TypeObject = {
    let type = TypeObject("deque", module: "collections", bases: [Types.object], layout: .other)
    type.messageName = "collections.deque"
    type.doc = "A list with fast appends and pops at both ends."
    type.construct = NativeFunction(
      "deque(iterable=(), maxlen=None)", "A list with fast appends and pops at both ends."
    ) {
      (vm, args) throws(ExceptionObject) in
      var maximum: Int?
      if let limit = args.given(1) {
        guard let integer = limit.asInteger else { throw .type("an integer is required") }
        guard integer.clamped >= 0 else { throw .value("maxlen must be non-negative") }
        maximum = integer.clamped
      }
      let deque = DequeObject(maximum: maximum)
      if args.has(0) { try deque.extend(args[0], vm) }
      return .object(deque)
    }
    for method in ends + others { type.set(method.name, .object(method)) }
    ProtocolWrappers.mutableSequence(type)
    type.set(
      Symbol("maxlen"),
      .object(
        NativeProperty("maxlen", "The greatest length, or None.") { (vm, value) throws(ExceptionObject) in
          DequeObject.from(value)?.maximum.map { .int($0) } ?? .none
        }))
    SlotWrappers.sequence(type)
    return type
  }()

  private static func deque(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> DequeObject {
    guard let deque = from(args[0]) else {
      throw .type("descriptor requires a 'collections.deque' object but received a '\(vm.typeName(args[0]))'")
    }
    return deque
  }

  private static var ends: [NativeFunction] {
    [
      NativeFunction("append(self, x, /)", "Adds x at the right end.") { (vm, args) throws(ExceptionObject) in
        try deque(args, vm).append(args[1])
        return .none
      },
      NativeFunction("appendleft(self, x, /)", "Adds x at the left end.") { (vm, args) throws(ExceptionObject) in
        try deque(args, vm).prepend(args[1])
        return .none
      },
      NativeFunction("pop(self, /)", "Removes the rightmost item and gives it.") { (vm, args) throws(ExceptionObject) in
        guard let value = try deque(args, vm).popLast() else { throw .index("pop from an empty deque") }
        return value
      },
      NativeFunction("popleft(self, /)", "Removes the leftmost item and gives it.") {
        (vm, args) throws(ExceptionObject) in
        guard let value = try deque(args, vm).popFirst() else { throw .index("pop from an empty deque") }
        return value
      },
      NativeFunction("extend(self, iterable, /)", "Adds all items at the right end.") {
        (vm, args) throws(ExceptionObject) in
        try deque(args, vm).extend(args[1], vm)
        return .none
      },
      NativeFunction("extendleft(self, iterable, /)", "Adds all items at the left end, one after the other.") {
        (vm, args) throws(ExceptionObject) in
        let deque = try deque(args, vm)
        for item in try vm.items(args[1]) { deque.prepend(item) }
        return .none
      },
      NativeFunction("rotate(self, n=1, /)", "Moves n items from the right end to the left.") {
        (vm, args) throws(ExceptionObject) in
        let deque = try deque(args, vm)
        let n = args.has(1) ? try vm.integer(args[1]).clamped : 1
        guard deque.count > 1 else { return .none }
        let shift = ((n % deque.count) + deque.count) % deque.count
        let all = deque.items
        deque.replaceAll(Array(all[(all.count - shift)...] + all[..<(all.count - shift)]))
        return .none
      },
    ]
  }

  private static var others: [NativeFunction] {
    [
      NativeFunction("clear(self, /)", "Removes all items.") { (vm, args) throws(ExceptionObject) in
        try deque(args, vm).replaceAll([])
        return .none
      },
      NativeFunction("copy(self, /)", "A shallow copy.") { (vm, args) throws(ExceptionObject) in
        .object(try deque(args, vm).copy())
      },
      NativeFunction("__copy__(self, /)", "A shallow copy.") { (vm, args) throws(ExceptionObject) in
        .object(try deque(args, vm).copy())
      },
      NativeFunction("count(self, value, /)", "How often value occurs.") { (vm, args) throws(ExceptionObject) in
        var n = 0
        for item in try deque(args, vm).items {
          if try vm.sameItem(item, args[1]) { n += 1 }
        }
        return .int(n)
      },
      NativeFunction("index(self, value, /)", "The first index of value.") { (vm, args) throws(ExceptionObject) in
        for (i, item) in try deque(args, vm).items.enumerated() {
          if try vm.sameItem(item, args[1]) { return .int(i) }
        }
        throw .value("\(try vm.repr(args[1])) is not in deque")
      },
      NativeFunction("insert(self, index, value, /)", "Inserts value before index.") {
        (vm, args) throws(ExceptionObject) in
        let deque = try deque(args, vm)
        if let maximum = deque.maximum, deque.count >= maximum { throw .index("deque already at its maximum size") }
        var all = deque.items
        var i = try vm.integer(args[1]).clamped
        if i < 0 { i = max(i + all.count, 0) }
        all.insert(args[2], at: min(i, all.count))
        deque.replaceAll(all)
        return .none
      },
      NativeFunction("remove(self, value, /)", "Removes the first item equal to value.") {
        (vm, args) throws(ExceptionObject) in
        let deque = try deque(args, vm)
        var all = deque.items
        for (i, item) in all.enumerated() {
          guard try vm.sameItem(item, args[1]) else { continue }
          all.remove(at: i)
          deque.replaceAll(all)
          return .none
        }
        throw .value("\(try vm.repr(args[1])) is not in deque")
      },
      NativeFunction("reverse(self, /)", "Reverses the deque in place.") { (vm, args) throws(ExceptionObject) in
        let deque = try deque(args, vm)
        deque.replaceAll(deque.items.reversed())
        return .none
      },
      NativeFunction("__reversed__(self, /)", "An iterator from the right end.") { (vm, args) throws(ExceptionObject) in
        .object(DequeIterator(try deque(args, vm), reversed: true))
      },
    ]
  }
}
