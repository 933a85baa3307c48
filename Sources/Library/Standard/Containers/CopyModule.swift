import Runtime

/// `copy`: shallow and deep copies of anything.
enum CopyModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("copy", "Shallow and deep copies.")
    m.add("copy(x)", "A shallow copy.") { (vm, args) throws(ExceptionObject) in try shallow(args[0], vm) }
    m.add("deepcopy(x, memo=None)", "A copy of x and of everything it refers to.") {
      (vm, args) throws(ExceptionObject) in
      var copier = DeepCopier(vm: vm, memo: args.given(1)?.asDict ?? Dict())
      return try copier.copy(args[0])
    }
    m.set("Error", .object(Types.runtimeError))
    return m.module
  }

  private static func shallow(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    if vm.type(of: value).lookup(Names.copy) != nil { return try vm.callMethod(value, Names.copy) }
    switch value {
    case .list(let list): return .makeList(list.items)
    case .dict(let dict): return .dict(dict.copy())
    case .instance(let instance): return .instance(duplicate(instance, payload: try payload(instance, vm)))
    case .object(let o):
      if let set = o as? SetObject, !set.isFrozen, set.customType == nil { return .object(try set.copy(vm)) }
      return value
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .tuple, .tensor, .function:
      return value
    }
  }

  /// The built-in part of an instance, copied one level deep.
  private static func payload(_ instance: Instance, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard let payload = instance.payload else { return nil }
    return try shallow(payload, vm)
  }

  /// An instance of the same class with the same attributes.
  static func duplicate(_ instance: Instance, payload: Value?) -> Instance {
    let copy = Instance(instance.type)
    copy.copyAttributes(from: instance)
    if let payload { copy.payload = payload }
    return copy
  }
}

/// One `deepcopy`, with what it has copied so far.
struct DeepCopier {
  let vm: VM
  /// Copies by identity of the original, also handed to `__deepcopy__`.
  let memo: Dict
  /// Originals stay alive while their identities are keys.
  private var kept: [Value] = []
  private var depth = 0

  init(vm: VM, memo: Dict) {
    self.vm = vm
    self.memo = memo
  }

  private func key(_ value: Value) -> Value? {
    if case .tensor(let t) = value { return .int(Int(bitPattern: Unmanaged.passUnretained(t).toOpaque())) }
    return value.object.map { .int(Int(bitPattern: Unmanaged.passUnretained($0).toOpaque())) }
  }

  mutating func copy(_ value: Value) throws(ExceptionObject) -> Value {
    switch value {
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .function: return value
    case .list, .tuple, .dict, .tensor, .instance, .object: break
    }
    guard let key = key(value) else { return value }
    if let known = try memo.get(key, vm) { return known }
    if depth > 900 { throw .make(Types.recursionError, "maximum recursion depth exceeded") }
    depth += 1
    defer { depth -= 1 }
    if vm.type(of: value).lookup(Names.deepcopy) != nil {
      let result = try vm.callMethod(value, Names.deepcopy, [.dict(memo)])
      try remember(key, value, result)
      return result
    }
    switch value {
    case .list(let list):
      let result = List([])
      try remember(key, value, .list(result))
      for item in list.items { result.append(try copy(item)) }
      return .list(result)
    case .tuple(let tuple):
      var items: [Value] = []
      var changed = false
      for item in tuple.items {
        let new = try copy(item)
        changed = changed || !vm.isIdentical(new, item)
        items.append(new)
      }
      if let known = try memo.get(key, vm) { return known }
      let result = changed ? Value.makeTuple(items) : value
      try remember(key, value, result)
      return result
    case .dict(let dict):
      let result = Dict()
      try remember(key, value, .dict(result))
      var position = 0
      while let (k, v) = dict.next(&position) { try result.set(copy(k), copy(v), vm) }
      return .dict(result)
    case .instance(let instance): return try copy(instance, key)
    case .object(let o): return try copy(o, value, key)
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .function, .tensor: return value
    }
  }

  private mutating func remember(_ key: Value, _ original: Value, _ copy: Value) throws(ExceptionObject) {
    kept.append(original)
    try memo.set(key, copy, vm)
  }

  private mutating func copy(_ instance: Instance, _ key: Value) throws(ExceptionObject) -> Value {
    let result = CopyModule.duplicate(instance, payload: nil)
    try remember(key, .instance(instance), .instance(result))
    if let payload = instance.payload { result.payload = try copy(payload) }
    for i in 0..<result.slotCount where !result.slots[i].isUnbound { result.slots[i] = try copy(result.slots[i]) }
    if let dictionary = result.dictionary {
      var position = 0
      while let (name, value) = dictionary.next(&position) { try dictionary.set(name, copy(value), vm) }
    }
    return .instance(result)
  }

  private mutating func copy(_ o: Object, _ value: Value, _ key: Value) throws(ExceptionObject) -> Value {
    switch o {
    case let set as SetObject:
      let result = SetObject(frozen: set.isFrozen)
      result.customType = set.customType
      for member in set.members { try result.add(copy(member), vm) }
      try remember(key, value, .object(result))
      return .object(result)
    case let deque as DequeObject:
      let result = DequeObject(maximum: deque.maximum)
      try remember(key, value, .object(result))
      for item in deque.items { result.append(try copy(item)) }
      return .object(result)
    case let method as BoundMethod:
      return .object(BoundMethod(try copy(method.receiver), method.function))
    case is Tuple, is GenericAlias: return value
    default: return value
    }
  }
}
