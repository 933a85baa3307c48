/// `enumerate`, `zip`, `map`, `filter` and `reversed`, which are types.
enum IteratorConstructors {
  static let enumerate = NativeFunction(
    "enumerate(iterable, start=0)", "Pairs of a count, from start, and each item."
  ) { (vm, args) throws(ExceptionObject) in
    let start = args.has(1) ? try vm.integer(args[1]).value : .int(0)
    return .object(EnumerateIterator(try vm.iterator(args[0]), start: start))
  }

  static let zip = NativeFunction(
    "zip(*iterables, strict=False)",
    "Tuples of the items that stand at the same place, until the shortest ends; with strict all must be equally long."
  ) { (vm, args) throws(ExceptionObject) in
    var iterators: [Value] = []
    for iterable in args[0].asTuple?.items ?? [] { iterators.append(try vm.iterator(iterable)) }
    return .object(ZipIterator(iterators, strict: args.has(1) ? try vm.isTrue(args[1]) : false))
  }

  static let map = NativeFunction(
    "map(func, *iterables)", "What func gives for each item, or for the items of several iterables side by side."
  ) { (vm, args) throws(ExceptionObject) in
    let iterables = args[1].asTuple?.items ?? []
    if iterables.isEmpty { throw .type("map() must have at least two arguments.") }
    var iterators: [Value] = []
    for iterable in iterables { iterators.append(try vm.iterator(iterable)) }
    return .object(MapIterator(args[0], iterators))
  }

  static let filter = NativeFunction(
    "filter(function, iterable, /)", "The items for which function gives true; None: those that are true."
  ) { (vm, args) throws(ExceptionObject) in
    .object(FilterIterator(args[0], try vm.iterator(args[1])))
  }

  static let reversed = NativeFunction("reversed(sequence, /)", "The items from the last to the first.") {
    (vm, args) throws(ExceptionObject) in
    let value = args[0]
    if let method = vm.type(of: value).ownMethod(Names.reversed) {
      if method.isNone { throw .type("'\(vm.typeName(value))' object is not reversible") }
      return try vm.callSpecial(method, value)
    }
    switch vm.plain(value) {
    case .list(let list): return .object(ListReverseIterator(list))
    case .dict(let dict): return .object(DictIterator(dict, .keys, reversed: true))
    case .tuple(let tuple): return .object(ReversedIterator(.tuple(tuple), count: tuple.count))
    case .str(let text): return .object(ReversedIterator(.str(text), count: text.count))
    case .object(let o):
      if let range = o as? RangeObject { return .object(range.reversedIterator) }
      if let view = o as? DictView { return .object(DictIterator(view.dict, view.kind, reversed: true)) }
      if let bytes = o as? BytesObject { return .object(ReversedIterator(value, count: bytes.bytes.count)) }
      if o is SetObject { throw .type("'\(vm.typeName(value))' object is not reversible") }
    default: break
    }
    let type = vm.type(of: value)
    guard type.lookup(Names.getitem) != nil, type.lookup(Names.len) != nil else {
      throw .type("'\(vm.typeName(value))' object is not reversible")
    }
    return .object(ReversedIterator(value, count: try vm.length(value)))
  }
}
