extension SetObject {
  /// Methods of `set`, and of `frozenset` without those that change it.
  static func members(frozen: Bool) -> [NativeFunction] {
    Members.list { m in
      combining(&m)
      comparing(&m)
      if !frozen { changing(&m) }
    }
  }

  /// Every item of an iterable goes in.
  package final func update(_ iterable: Value, _ vm: VM) throws(ExceptionObject) {
    if let set = iterable.asSet { return try merge(set, vm) }
    if let dict = iterable.asDict {
      reserveFor(dict.count)
      var position = 0
      while let (key, _) = dict.next(&position) { try add(key, vm) }
      return
    }
    let iterator = try vm.iterator(iterable)
    while let item = try vm.next(iterator) { try add(item, vm) }
  }

  /// Members that are also in the iterable, in CPython's order.
  package final func intersection(_ other: Value, _ vm: VM) throws(ExceptionObject) -> SetObject {
    let result = SetObject(frozen: isFrozen)
    if let set = other.asSet {
      let (small, large) = set.count > count ? (self, set) : (set, self)
      var position = 0
      while let entry = small.nextEntry(&position) {
        if try large.contains(entry, vm) { try result.add(entry.key, hash: entry.hash, vm) }
      }
      return result
    }
    let iterator = try vm.iterator(other)
    while let item = try vm.next(iterator) {
      if try contains(item, vm) { try result.add(item, vm) }
    }
    return result
  }

  package final func difference(_ other: Value, _ vm: VM) throws(ExceptionObject) -> SetObject {
    guard let set = other.asSet, count >> 2 <= set.count else {
      let result = try copy(vm)
      try result.remove(all: other, vm)
      return result
    }
    let result = SetObject(frozen: isFrozen)
    var position = 0
    while let entry = nextEntry(&position) {
      if try !set.contains(entry, vm) { try result.add(entry.key, hash: entry.hash, vm) }
    }
    return result
  }

  package final func symmetricDifference(_ other: Value, _ vm: VM) throws(ExceptionObject) -> SetObject {
    let result = SetObject(frozen: isFrozen)
    try result.update(other, vm)
    try result.toggle(self, vm)
    return result
  }

  package final func union(_ other: Value, _ vm: VM) throws(ExceptionObject) -> SetObject {
    let result = try copy(vm)
    try result.update(other, vm)
    return result
  }

  package final func remove(all other: Value, _ vm: VM) throws(ExceptionObject) {
    if let set = other.asSet {
      if set === self { return removeAll() }
      var position = 0
      while let entry = set.nextEntry(&position) { try remove(entry.key, hash: entry.hash, vm) }
      return
    }
    let iterator = try vm.iterator(other)
    while let item = try vm.next(iterator) { try remove(item, vm) }
  }

  /// Members of `other` go in where they are not there, else out.
  package final func toggle(_ other: SetObject, _ vm: VM) throws(ExceptionObject) {
    if other === self { return removeAll() }
    var position = 0
    while let entry = other.nextEntry(&position) {
      if try !remove(entry.key, hash: entry.hash, vm) { try add(entry.key, hash: entry.hash, vm) }
    }
  }

  /// A set of any iterable's items; the set itself when it is one.
  static func from(_ value: Value, _ vm: VM) throws(ExceptionObject) -> SetObject {
    if let set = value.asSet { return set }
    let set = SetObject()
    try set.update(value, vm)
    return set
  }

  private static func combining(_ m: inout Members) {
    m.add("union(self, *others)", "A set of the members of all.") { (vm, args) throws(ExceptionObject) in
      let result = try Receiver.set(args, "union", vm).copy(vm)
      for other in args[1].asTuple?.items ?? [] { try result.update(other, vm) }
      return .object(result)
    }
    m.add("intersection(self, *others)", "A set of the members common to all.") { (vm, args) throws(ExceptionObject) in
      var result = try Receiver.set(args, "intersection", vm)
      let others = args[1].asTuple?.items ?? []
      if others.isEmpty { return .object(try result.copy(vm)) }
      for other in others { result = try result.intersection(other, vm) }
      return .object(result)
    }
    m.add("difference(self, *others)", "A set of the members that are in none of the others.") {
      (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "difference", vm)
      let others = args[1].asTuple?.items ?? []
      guard let first = others.first else { return .object(try set.copy(vm)) }
      let result = try set.difference(first, vm)
      for other in others.dropFirst() { try result.remove(all: other, vm) }
      return .object(result)
    }
    m.add("symmetric_difference(self, other, /)", "A set of the members that are in exactly one of both.") {
      (vm, args) throws(ExceptionObject) in
      .object(try Receiver.set(args, "symmetric_difference", vm).symmetricDifference(args[1], vm))
    }
    m.add("copy(self, /)", "A shallow copy of the set.") { (vm, args) throws(ExceptionObject) in
      .object(try Receiver.set(args, "copy", vm).copy(vm))
    }
  }

  private static func comparing(_ m: inout Members) {
    m.add("issubset(self, other, /)", "Whether other contains every member.") { (vm, args) throws(ExceptionObject) in
      .bool(try Receiver.set(args, "issubset", vm).isSubset(of: from(args[1], vm), vm))
    }
    m.add("issuperset(self, other, /)", "Whether this set contains every item of other.") {
      (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "issuperset", vm)
      return .bool(try from(args[1], vm).isSubset(of: set, vm))
    }
    m.add("isdisjoint(self, other, /)", "Whether there is no common member.") { (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "isdisjoint", vm)
      let iterator = try vm.iterator(args[1])
      while let item = try vm.next(iterator) {
        if try set.contains(item, vm) { return .bool(false) }
      }
      return .bool(true)
    }
  }

  private static func changing(_ m: inout Members) {
    m.add("add(self, object, /)", "Adds a member.") { (vm, args) throws(ExceptionObject) in
      try Receiver.set(args, "add", vm).add(args.base + 1, vm)
      return .none
    }
    m.add("remove(self, object, /)", "Removes a member; raises KeyError when it is not there.") {
      (vm, args) throws(ExceptionObject) in
      if try !Receiver.set(args, "remove", vm).remove(args[1], vm) { throw .key(args[1]) }
      return .none
    }
    m.add("discard(self, object, /)", "Removes a member if it is there.") { (vm, args) throws(ExceptionObject) in
      try Receiver.set(args, "discard", vm).remove(args[1], vm)
      return .none
    }
    m.add("pop(self, /)", "Removes some member and gives it.") { (vm, args) throws(ExceptionObject) in
      guard let member = try Receiver.set(args, "pop", vm).pop() else {
        throw .key(.text("pop from an empty set"))
      }
      return member
    }
    m.add("clear(self, /)", "Removes all members.") { (vm, args) throws(ExceptionObject) in
      try Receiver.set(args, "clear", vm).removeAll()
      return .none
    }
    m.add("update(self, *others)", "Adds the items of all others.") { (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "update", vm)
      for other in args[1].asTuple?.items ?? [] { try set.update(other, vm) }
      return .none
    }
    m.add("intersection_update(self, *others)", "Keeps only the members common to all.") {
      (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "intersection_update", vm)
      var result = set
      for other in args[1].asTuple?.items ?? [] { result = try result.intersection(other, vm) }
      if result !== set { set.become(result) }
      return .none
    }
    m.add("difference_update(self, *others)", "Removes the items of all others.") {
      (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "difference_update", vm)
      for other in args[1].asTuple?.items ?? [] { try set.remove(all: other, vm) }
      return .none
    }
    m.add("symmetric_difference_update(self, other, /)", "Keeps the members that are in exactly one of both.") {
      (vm, args) throws(ExceptionObject) in
      let set = try Receiver.set(args, "symmetric_difference_update", vm)
      let other = SetObject()
      try other.update(args[1], vm)
      try set.toggle(other, vm)
      return .none
    }
  }

  static let constructor = NativeFunction("set(iterable=(), /)", "A set of iterable's items.") {
    (vm, args) throws(ExceptionObject) in
    let set = SetObject()
    if args.has(0) { try set.update(args[0], vm) }
    return .object(set)
  }

  static let frozenConstructor = NativeFunction("frozenset(iterable=(), /)", "An immutable set of iterable's items.") {
    (vm, args) throws(ExceptionObject) in
    if args.has(0), case .object(let o) = args[0], let set = o as? SetObject, set.isFrozen, set.customType == nil {
      return args[0]
    }
    let set = SetObject(frozen: true)
    if args.has(0) { try set.update(args[0], vm) }
    return .object(set)
  }
}
