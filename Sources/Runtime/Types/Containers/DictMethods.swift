extension Dict {
  static func members() -> [NativeFunction] {
    Members.list { m in
      reading(&m)
      writing(&m)
      viewing(&m)
    }
  }

  private static func reading(_ m: inout Members) {
    m.add("get(self, key, default=None, /)", "The value of key, or default.") { (vm, args) throws(ExceptionObject) in
      let place: UnsafeMutablePointer<Value>?
      if args.base.tag == ValueLayout.dict && (args.base + 1).tag == ValueLayout.str {
        place = args.base.reference(as: Dict.self)._withUnsafeGuaranteedRef { $0.placeText(args.base + 1) }
      } else {
        place = try Receiver.dict(args, "get", vm).place(args.base + 1, vm)
      }
      if let place { return place.pointee }
      return args.has(2) ? args[2] : .none
    }
    m.add("copy(self, /)", "A shallow copy of the dict.") { (vm, args) throws(ExceptionObject) in
      .dict(try Receiver.dict(args, "copy", vm).copy())
    }
  }

  private static func writing(_ m: inout Members) {
    m.add("setdefault(self, key, default=None, /)", "The value of key; default is stored first where there is none.") {
      (vm, args) throws(ExceptionObject) in
      try Receiver.dict(args, "setdefault", vm).setDefault(args[1], args.has(2) ? args[2] : .none, vm)
    }
    m.add("pop(self, key, default=<unset>, /)", "Removes key and gives its value, or default.") {
      (vm, args) throws(ExceptionObject) in
      if let value = try Receiver.dict(args, "pop", vm).remove(args[1], vm) { return value }
      if args.has(2) { return args[2] }
      throw .key(args[1])
    }
    m.add("popitem(self, /)", "Removes the newest entry and gives it as (key, value).") {
      (vm, args) throws(ExceptionObject) in
      guard let (key, value) = try Receiver.dict(args, "popitem", vm).removeLast() else {
        throw .key(.text("popitem(): dictionary is empty"))
      }
      return .makeTuple([key, value])
    }
    m.add("clear(self, /)", "Removes all entries.") { (vm, args) throws(ExceptionObject) in
      try Receiver.dict(args, "clear", vm).removeAll()
      return .none
    }
    m.add("update(self, other=(), /, **kwargs)", "Adds the entries of a mapping or of pairs, and of keywords.") {
      (vm, args) throws(ExceptionObject) in
      let dict = try Receiver.dict(args, "update", vm)
      if args.has(1) { try dict.update(args[1], vm) }
      if args.has(2), case .dict(let keywords) = args[2] { try dict.merge(keywords, vm) }
      return .none
    }
    m.add("fromkeys(iterable, value=None, /)", "A dict with keys from iterable, all with the same value.") {
      (vm, args) throws(ExceptionObject) in
      let dict = Dict()
      let iterator = try vm.iterator(args[0])
      while let key = try vm.next(iterator) { try dict.set(key, args.has(1) ? args[1] : .none, vm) }
      return .dict(dict)
    }
  }

  private static func viewing(_ m: inout Members) {
    m.add("keys(self, /)", "The keys, as a view that follows the dict.") { (vm, args) throws(ExceptionObject) in
      .object(DictView(try Receiver.dict(args, "keys", vm), .keys))
    }
    m.add("values(self, /)", "The values, as a view that follows the dict.") { (vm, args) throws(ExceptionObject) in
      .object(DictView(try Receiver.dict(args, "values", vm), .values))
    }
    m.add("items(self, /)", "The (key, value) pairs, as a view that follows the dict.") {
      (vm, args) throws(ExceptionObject) in
      .object(DictView(try Receiver.dict(args, "items", vm), .items))
    }
    m.add("__reversed__(self, /)", "An iterator over the keys from the newest to the oldest.") {
      (vm, args) throws(ExceptionObject) in
      .object(DictIterator(try Receiver.dict(args, "__reversed__", vm), .keys, reversed: true))
    }
  }

  /// Adds a mapping's entries, or those of an iterable of pairs.
  package final func update(_ other: Value, _ vm: VM) throws(ExceptionObject) {
    if let dict = other.asDict { return try merge(dict, vm) }
    if vm.type(of: other).lookup(Names.keys) != nil {
      let iterator = try vm.iterator(vm.callMethod(other, Names.keys))
      while let key = try vm.next(iterator) { try set(key, vm.getItem(other, key), vm) }
      return
    }
    let iterator = try vm.iterator(other)
    var position = 0
    while let item = try vm.next(iterator) {
      let pair: [Value]
      if case .tuple(let tuple) = item {
        pair = tuple.items
      } else {
        do throws(ExceptionObject) {
          pair = try vm.items(item)
        } catch {
          guard error.type === Types.typeError else { throw error }
          throw .type("cannot convert dictionary update sequence element #\(position) to a sequence")
        }
      }
      guard pair.count == 2 else {
        throw .value("dictionary update sequence element #\(position) has length \(pair.count); 2 is required")
      }
      try set(pair[0], pair[1], vm)
      position += 1
    }
  }

  static let constructor = NativeFunction(
    "dict(mapping_or_iterable=(), /, **kwargs)", "A dict of a mapping's entries or of pairs, and of keywords."
  ) { (vm, args) throws(ExceptionObject) in
    let dict = Dict()
    if args.has(0) { try dict.update(args[0], vm) }
    if args.has(1), case .dict(let keywords) = args[1] { try dict.merge(keywords, vm) }
    return .dict(dict)
  }
}

extension DictView {
  static func members(_ kind: Kind) -> [NativeFunction] {
    Members.list { m in
      if kind != .values {
        m.add("isdisjoint(self, other, /)", "Whether no item is in other.") { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let view = o as? DictView else { return .bool(false) }
          let iterator = try vm.iterator(args[1])
          while let item = try vm.next(iterator) {
            if try view.contains(item, vm) { return .bool(false) }
          }
          return .bool(true)
        }
      }
      m.add("__reversed__(self, /)", "An iterator from the newest entry to the oldest.") {
        (vm, args) throws(ExceptionObject) in
        guard case .object(let o) = args[0], let view = o as? DictView else {
          throw Receiver.wrong(args[0], "dict view", "__reversed__", vm)
        }
        return .object(DictIterator(view.dict, view.kind, reversed: true))
      }
    }
  }
}
