import Tensor

extension List {
  /// `items` of this list through its methods; a sort in progress leaves it empty meanwhile.
  static func members() -> [NativeFunction] {
    Members.list { m in
      adding(&m)
      removing(&m)
      searching(&m)
    }
  }

  private static func adding(_ m: inout Members) {
    m.add("append(self, object, /)", "Adds object to the end of the list.") { (vm, args) throws(ExceptionObject) in
      if args.base.tag == ValueLayout.list {
        args.base.reference(as: List.self)._withUnsafeGuaranteedRef { $0.append(copying: args.base + 1) }
      } else {
        try Receiver.list(args, "append", vm).append(copying: args.base + 1)
      }
      return .none
    }
    m.add("extend(self, iterable, /)", "Adds the items of iterable to the end of the list.") {
      (vm, args) throws(ExceptionObject) in
      try Receiver.list(args, "extend", vm).extend(args[1], vm)
      return .none
    }
    m.add("insert(self, index, object, /)", "Inserts object before index.") { (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "insert", vm)
      var i = try vm.int(args[1])
      if i < 0 { i = Swift.max(i + list.count, 0) }
      list.insert(args[2], at: Swift.min(i, list.count))
      return .none
    }
    m.add("copy(self, /)", "A shallow copy of the list.") { (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "copy", vm)
      return .list(List(copying: list.base, count: list.count))
    }
    m.add("reverse(self, /)", "Reverses the list in place.") { (vm, args) throws(ExceptionObject) in
      try Receiver.list(args, "reverse", vm).reverse()
      return .none
    }
    m.add(
      "sort(self, /, *, key=None, reverse=False)",
      "Sorts the list in place, by < of the items or of what key gives for them. The sort is stable."
    ) { (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "sort", vm)
      let reverse = args.has(2) ? try vm.int(args[2]) != 0 : false
      if !args.has(1), try Sorting.sortNumbers(list, reverse: reverse) { return .none }
      let taken = list.takeAll()
      // The items go back in any case; on an error in the order they had.
      let result: [Value]
      do throws(ExceptionObject) {
        result = try Sorting.sort(taken, key: args.given(1), reverse: reverse, vm)
      } catch {
        list.replaceAll(taken)
        throw error
      }
      let modified = !list.isEmpty
      list.replaceAll(result)
      if modified { throw .value("list modified during sort") }
      return .none
    }
  }

  private static func removing(_ m: inout Members) {
    m.add("pop(self, index=-1, /)", "Removes the item at index and gives it.") { (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "pop", vm)
      if !args.has(1) {
        guard let last = list.removeLast() else { throw .index("pop from empty list") }
        return last
      }
      var i = try vm.int(args[1])
      if list.isEmpty { throw .index("pop from empty list") }
      if i < 0 { i += list.count }
      guard i >= 0 && i < list.count else { throw .index("pop index out of range") }
      return list.remove(at: i)
    }
    m.add("remove(self, value, /)", "Removes the first item equal to value.") { (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "remove", vm)
      guard let i = try list.firstIndex(of: args[1], from: 0, to: Int.max, vm) else {
        throw .value("list.remove(x): x not in list")
      }
      if i < list.count { list.remove(at: i) }
      return .none
    }
    m.add("clear(self, /)", "Removes all items.") { (vm, args) throws(ExceptionObject) in
      try Receiver.list(args, "clear", vm).removeAll()
      return .none
    }
  }

  private static func searching(_ m: inout Members) {
    m.add("index(self, value, start=0, stop=9223372036854775807, /)", "The first index of value.") {
      (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "index", vm)
      let start = try Bounds.position(args[2], count: list.count, absent: 0, vm)
      let stop = try Bounds.position(args[3], count: list.count, absent: Int.max, vm)
      guard let i = try list.firstIndex(of: args[1], from: start, to: stop, vm) else {
        throw .value("\(try vm.repr(args[1])) is not in list")
      }
      return .int(i)
    }
    m.add("count(self, value, /)", "How often value occurs.") { (vm, args) throws(ExceptionObject) in
      let list = try Receiver.list(args, "count", vm)
      var n = 0
      var i = 0
      while i < list.count {
        if try SetObject.same(list[i], args[1], vm) { n += 1 }
        i += 1
      }
      return .int(n)
    }
    m.add("__reversed__(self, /)", "An iterator from the last item to the first.") {
      (vm, args) throws(ExceptionObject) in
      .object(ListReverseIterator(try Receiver.list(args, "__reversed__", vm)))
    }
  }

  /// The first index in start..<stop of an equal item. The list may change meanwhile.
  package final func firstIndex(
    of value: Value, from start: Int, to stop: Int, _ vm: VM
  ) throws(ExceptionObject) -> Int? {
    var i = start
    while i < stop && i < count {
      if try SetObject.same(self[i], value, vm) { return i }
      i += 1
    }
    return nil
  }

  /// Adds all items of an iterable; of itself: those it had.
  package final func extend(_ iterable: Value, _ vm: VM) throws(ExceptionObject) {
    switch iterable {
    case .list(let other): append(copying: other.base, count: other.count)
    case .tuple(let other): append(copying: other.base, count: other.count)
    default:
      if let known = try vm.knownItems(iterable) {
        append(contentsOf: known)
        return
      }
      let iterator = try vm.iterator(iterable)
      while let item = try vm.next(iterator) { append(item) }
    }
  }

  static let constructor = NativeFunction("list(iterable=(), /)", "A list of iterable's items.") {
    (vm, args) throws(ExceptionObject) in
    if !args.has(0) { return .makeList([]) }
    let list = List([])
    try list.extend(args[0], vm)
    return .list(list)
  }
}

extension VM {
  /// The items of a built-in container that can be had at once; nil for everything else.
  func knownItems(_ value: Value) throws(ExceptionObject) -> [Value]? {
    switch value {
    case .list(let list): return list.items
    case .tuple(let tuple): return tuple.items
    case .dict(let dict): return dict.keys
    case .object(let object):
      switch object {
      case let range as RangeObject:
        guard MemoryBudget.allows(range.count.multipliedReportingOverflow(by: 16).partialValue) || range.count < 1000,
          range.count < Int.max / 32
        else { throw .memory() }
        return (0..<range.count).map { .int(range[$0]) }
      case let set as SetObject where set.customType == nil: return set.members
      case let view as DictView: return view.items
      default: return nil
      }
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .tensor, .function, .instance:
      return nil
    }
  }
}

extension Tuple {
  static func members() -> [NativeFunction] {
    Members.list { m in
      m.add("index(self, value, start=0, stop=9223372036854775807, /)", "The first index of value.") {
        (vm, args) throws(ExceptionObject) in
        let tuple = try Receiver.tuple(args, "index", vm)
        let start = try Bounds.position(args[2], count: tuple.count, absent: 0, vm)
        let stop = try Bounds.position(args[3], count: tuple.count, absent: Int.max, vm)
        var i = start
        while i < stop && i < tuple.count {
          if try SetObject.same(tuple[i], args[1], vm) { return .int(i) }
          i += 1
        }
        throw .value("tuple.index(x): x not in tuple")
      }
      m.add("count(self, value, /)", "How often value occurs.") { (vm, args) throws(ExceptionObject) in
        var n = 0
        for item in try Receiver.tuple(args, "count", vm).items {
          if try SetObject.same(item, args[1], vm) { n += 1 }
        }
        return .int(n)
      }
    }
  }

  static let constructor = NativeFunction("tuple(iterable=(), /)", "A tuple of iterable's items.") {
    (vm, args) throws(ExceptionObject) in
    if !args.has(0) { return .emptyTuple }
    if case .tuple = args[0] { return args[0] }
    let items: [Value]
    if let known = try vm.knownItems(args[0]) { items = known } else { items = try vm.items(args[0]) }
    return items.isEmpty ? .emptyTuple : .makeTuple(items)
  }
}
