import Language

extension Builtins {
  static func iteration(_ m: inout Members) {
    m.add("len(obj, /)", "The number of items.") { (vm, args) throws(ExceptionObject) in
      switch args[0] {
      case .list(let list): return .int(list.count)
      case .str(let text): return .int(text.count)
      case .tuple(let tuple): return .int(tuple.count)
      case .dict(let dict): return .int(dict.count)
      default: return .int(try vm.length(args[0]))
      }
    }
    m.add(
      "iter(object, sentinel=<unset>, /)", "The iterator of object; or of calls of object until they give sentinel."
    ) {
      (vm, args) throws(ExceptionObject) in
      if !args.has(1) { return try vm.iterator(args[0]) }
      guard isCallable(args[0], vm) else { throw .type("iter(v, w): v must be callable") }
      return .object(CallableIterator(args[0], args[1]))
    }
    m.add("next(iterator, default=<unset>, /)", "The next item; at the end default, or StopIteration.") {
      (vm, args) throws(ExceptionObject) in
      if case .object(let o) = args[0], let iterator = o as? IteratorObject {
        iterator.willChange()
        if let item = try iterator.next(vm) { return item }
        if args.has(1) { return args[1] }
        throw vm.endOfIteration(iterator)
      }
      guard let method = vm.type(of: args[0]).dispatch.next else {
        throw .type("'\(vm.typeName(args[0]))' object is not an iterator")
      }
      do throws(ExceptionObject) {
        return try vm.callSpecial(method, args[0])
      } catch {
        if args.has(1), error.type.isSubtype(of: Types.stopIteration) { return args[1] }
        throw error
      }
    }
    m.add("sorted(iterable, /, *, key=None, reverse=False)", "A new sorted list of the items. The sort is stable.") {
      (vm, args) throws(ExceptionObject) in
      let reverse = args.has(2) ? try vm.int(args[2]) != 0 : false
      return .makeList(try Sorting.sort(allItems(args[0], vm), key: args.given(1), reverse: reverse, vm))
    }
    m.all.last?.keywordOwner = "sort"
    m.add("sum(iterable, /, start=0)", "start plus all items.") { (vm, args) throws(ExceptionObject) in
      try sum(args[0], start: args.has(1) ? args[1] : .int(0), vm)
    }
    m.add("any(iterable, /)", "Whether some item is true.") { (vm, args) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[0])
      while let item = try vm.next(iterator) {
        if try vm.isTrue(item) { return .bool(true) }
      }
      return .bool(false)
    }
    m.add("all(iterable, /)", "Whether all items are true.") { (vm, args) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[0])
      while let item = try vm.next(iterator) {
        if try !vm.isTrue(item) { return .bool(false) }
      }
      return .bool(true)
    }
    m.add(
      "min(*args, key=None, default=<unset>)",
      "The smallest of the arguments, or of one iterable's items; default when that is empty."
    ) { (vm, args) throws(ExceptionObject) in
      try extreme(args, "min", .less, vm)
    }
    m.add(
      "max(*args, key=None, default=<unset>)",
      "The largest of the arguments, or of one iterable's items; default when that is empty."
    ) { (vm, args) throws(ExceptionObject) in
      try extreme(args, "max", .greater, vm)
    }
  }

  static func allItems(_ iterable: Value, _ vm: VM) throws(ExceptionObject) -> [Value] {
    if let known = try vm.knownItems(iterable) { return known }
    return try vm.items(iterable)
  }

  private static func extreme(
    _ args: Arguments, _ name: String, _ op: ComparisonOperator, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let positional = args[0].asTuple?.items ?? []
    if positional.isEmpty { throw .type("\(name) expected at least 1 argument, got 0") }
    let key = args.given(1)
    if positional.count > 1, args.has(2) {
      throw .type("Cannot specify a default for \(name)() with multiple positional arguments")
    }
    let iterator =
      positional.count == 1
      ? try vm.iterator(positional[0]) : .object(ArrayIterator(positional))
    guard var best = try vm.next(iterator) else {
      if args.has(2) { return args[2] }
      throw .value("\(name)() arg is an empty sequence")
    }
    var bestKey = best
    if let key { bestKey = try vm.call(key, [best]) }
    while let item = try vm.next(iterator) {
      var itemKey = item
      if let key { itemKey = try vm.call(key, [item]) }
      let better: Bool
      switch (itemKey, bestKey) {
      case (.int(let x), .int(let y)): better = op == .less ? x < y : x > y
      case (.float(let x), .float(let y)): better = op == .less ? x < y : x > y
      default: better = try vm.isTrue(vm.compare(op, itemKey, bestKey))
      }
      if better {
        best = item
        bestKey = itemKey
      }
    }
    return best
  }

  /// Plain summation from the left, as Python 3.11 does it.
  private static func sum(_ iterable: Value, start: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    if start.asStr != nil { throw .type("sum() can't sum strings [use ''.join(seq) instead]") }
    if start.asBytes != nil { throw .type("sum() can't sum bytes [use b''.join(seq) instead]") }
    if case .list(let list) = iterable, case .int(let first) = start, let total = intSum(list, first) {
      return .int(total)
    }
    var total = start
    let iterator = try vm.iterator(iterable)
    while let item = try vm.next(iterator) {
      switch (total, item) {
      case (.int(let x), .int(let y)):
        let (s, overflow) = x.addingReportingOverflow(y)
        if !overflow {
          total = .int(s)
          continue
        }
      case (.float(let x), .float(let y)):
        total = .float(x + y)
        continue
      case (.float(let x), .int(let y)):
        total = .float(x + Double(y))
        continue
      default: break
      }
      total = try vm.binary(.add, total, item)
    }
    return total
  }

  /// The sum of a list of ints; nil when it holds other values or passes what an Int holds.
  private static func intSum(_ list: List, _ start: Int) -> Int? {
    var total = start
    for i in 0..<list.count {
      let place = list.base + i
      if place.tag != ValueLayout.int { return nil }
      let (sum, overflow) = total.addingReportingOverflow(place.intPayload)
      if overflow { return nil }
      total = sum
    }
    return total
  }

  static func isCallable(_ value: Value, _ vm: VM) -> Bool {
    switch value {
    case .function: return true
    case .object(let o):
      if o is NativeFunction || o is BoundMethod || o is TypeObject { return true }
      return vm.type(of: value).lookup(Names.call) != nil
    case .instance, .tensor: return vm.type(of: value).lookup(Names.call) != nil
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .list, .tuple, .dict: return false
    }
  }
}

extension VM {
  /// StopIteration, with what a generator returned.
  func endOfIteration(_ iterator: IteratorObject) -> ExceptionObject {
    guard let generator = iterator as? GeneratorObject else { return .stopIteration }
    let result = generator.takeResult()
    return ExceptionObject(Types.stopIteration, result.isNone ? [] : [result])
  }
}
