import BigInt
import Language
import Tensor

extension VM {
  package func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    switch (a, b) {
    case (.int(let x), .int(let y)):
      if let result = try NumberArithmetic.int(op, x, y) { return result }
    case (.float(let x), .float(let y)):
      if let result = try NumberArithmetic.float(op, x, y) { return result }
    case (.instance, _), (_, .instance), (.object, _), (_, .object), (.tensor, _), (_, .tensor):
      return try binaryByType(op, a, b, symbol: op.rawValue)
    default:
      if let result = try nativeBinary(op, a, b) { return result }
    }
    throw unsupported(op.rawValue, a, b)
  }

  package func inplace(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    if case .int(let x) = a, case .int(let y) = b, let result = try NumberArithmetic.int(op, x, y) { return result }
    switch a {
    case .int, .float, .bool, .str, .none, .tuple: break
    case .list(let l):
      if let result = try inplaceList(op, l, b) {
        return result ? a : try binary(op, a, b)
      }
    case .dict(let d):
      if op == .bitOr {
        try update(d, with: b)
        return a
      }
    case .tensor:
      if let method = userMethod(a, op.methodNames.inplace) {
        let result = try callSpecial(method, a, with: b)
        if case .notImplemented = result { break }
        return result
      }
      let result = try TensorHooks.inplace(self, op, a, b)
      if case .notImplemented = result { break }
      return result
    case .instance(let i):
      if let method = i.type.ownMethod(op.methodNames.inplace) {
        let result = try callSpecial(method, a, with: b)
        if case .notImplemented = result { break }
        return result
      }
      // A built-in's own in-place form keeps the instance (`Stack += [1]` stays a Stack).
      if let payload = i.payload, i.type.ownMethod(op.methodNames.forward) == nil {
        switch payload {
        case .list, .dict, .object:
          let result = try inplace(op, payload, b)
          if isIdentical(result, payload) { return a }
          return result
        default: break
        }
      }
    case .object(let o):
      if let method = type(of: a).ownMethod(op.methodNames.inplace) {
        let result = try callSpecial(method, a, with: b)
        if case .notImplemented = result { break }
        return result
      }
      if let list = o as? List, let done = try inplaceList(op, list, b), done { return a }
      if let dict = o as? Dict, op == .bitOr, type(of: a).ownMethod(op.methodNames.forward) == nil {
        try update(dict, with: b)
        return a
      }
      if let set = o as? SetObject, !set.isFrozen, case .object(let other) = b, let right = other as? SetObject,
        try SetOperators.inplace(op, set, right, self)
      {
        return a
      }
      if let result = try o.nativeInplace(op, b, self) { return result }
    case .unbound, .notImplemented, .ellipsis, .function: break
    }
    switch (a, b) {
    case (.instance, _), (_, .instance), (.object, _), (_, .object), (.tensor, _), (_, .tensor):
      return try binaryByType(op, a, b, symbol: op.rawValue + "=")
    default:
      if let result = try nativeBinary(op, a, b) { return result }
      throw unsupported(op.rawValue + "=", a, b)
    }
  }

  /// true: done in place; nil: the operator has no in-place form for lists.
  private func inplaceList(_ op: BinaryOperator, _ l: List, _ b: Value) throws(ExceptionObject) -> Bool? {
    switch op {
    case .add:
      if userReflected(op, b) != nil, try iteratorIfAny(b) == nil { return nil }
      let more = try items(b)
      l.append(contentsOf: more)
      return true
    case .multiply:
      guard let count = try repeatCount(b) else { return nil }
      let copy = l.items
      try Capacity.check(
        copy.count.multipliedReportingOverflow(by: max(count, 1)).overflow ? .max : copy.count * max(count, 0))
      l.replaceAll(count <= 0 ? [] : Sequences.repeated(copy, count))
      return true
    case .subtract, .divide, .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor:
      return nil
    }
  }

  /// `d |= other`: a mapping or pairs.
  private func update(_ d: Dict, with other: Value) throws(ExceptionObject) {
    if let right = other.asDict {
      try d.merge(right, self)
      return
    }
    guard let update = try attribute(.dict(d), Symbol("update")) else { throw unsupported("|=", .dict(d), other) }
    _ = try call(update, [other])
  }

  // MARK: By class

  private func userMethod(_ value: Value, _ name: Symbol) -> Value? {
    switch value {
    case .instance(let i): return i.type.ownMethod(name)
    case .object: return type(of: value).ownMethod(name)
    case .tensor(let t):
      // Tensors' own methods are what `TensorHooks` does; only a subclass written in a cell overrides them.
      guard t.attachment != nil, let found = type(of: value).lookup(name), case .function = found else { return nil }
      return found
    default: return nil
    }
  }

  private func userReflected(_ op: BinaryOperator, _ value: Value) -> Value? {
    userMethod(value, op.methodNames.reflected)
  }

  private func binaryByType(
    _ op: BinaryOperator, _ a: Value, _ b: Value, symbol: String
  ) throws(ExceptionObject) -> Value {
    let names = op.methodNames
    let ta = type(of: a)
    let tb = type(of: b)
    let forward = userMethod(a, names.forward)
    var reflected = ta === tb ? nil : userMethod(b, names.reflected)
    if let method = reflected, tb.isSubtype(of: ta) {
      // A subclass that overrides the reflected method goes first.
      let inherited = ta.ownMethod(names.reflected)
      if inherited == nil || !isIdentical(inherited!, method) {
        reflected = nil
        let result = try callSpecial(method, b, with: a)
        if case .notImplemented = result {} else { return result }
      }
    }
    if let forward, !forward.isNone {
      let result = try callSpecial(forward, a, with: b)
      if case .notImplemented = result {} else { return result }
    }
    // `%` formats before the right operand's `__rmod__` is asked.
    if forward == nil, op == .modulo, case .str(let text) = plain(a), !tb.isSubtype(of: Types.str) || tb === Types.str {
      return try PercentFormat.format(text, b, self)
    }
    // Numbers and tensors know their own kind before the reflected method is asked; sequences come after it, as in CPython.
    let isNumeric = Number(a) != nil && Number(b) != nil
    if forward == nil, isNumeric || reflected == nil, let result = try nativeBinary(op, a, b) { return result }
    if let method = reflected, !method.isNone {
      if forward == nil, case .tensor = a {
        let result = try TensorHooks.binary(self, op, a, b)
        if case .notImplemented = result {} else { return result }
      }
      let result = try callSpecial(method, b, with: a)
      if case .notImplemented = result {} else { return result }
      if forward == nil, !isNumeric, let result = try nativeBinary(op, a, b) { return result }
    }
    throw unsupported(symbol, a, b)
  }

  package func unsupported(_ symbol: String, _ a: Value, _ b: Value) -> ExceptionObject {
    let name = symbol == "**" ? "** or pow()" : symbol
    var message = "unsupported operand type(s) for \(name): '\(typeName(a))' and '\(typeName(b))'"
    if symbol == ">>", let function = a.object as? NativeFunction, function.fullName == "print" {
      message += ". Did you mean \"print(<message>, file=<output_stream>)\"?"
    }
    return .type(message)
  }

  // MARK: Built-in values

  /// nil where the operator does not apply to the pair. Raises what CPython's sequences raise ("can only concatenate …").
  package func nativeBinary(_ op: BinaryOperator, _ a0: Value, _ b0: Value) throws(ExceptionObject) -> Value? {
    let a = plain(a0)
    let b = plain(b0)
    if case .bool(let x) = a, case .bool(let y) = b {
      switch op {
      case .bitAnd: return .bool(x && y)
      case .bitOr: return .bool(x || y)
      case .bitXor: return .bool(x != y)
      case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift: break
      }
    }
    if let x = Number(a), let y = Number(b) { return try NumberArithmetic.binary(op, x, y) }
    switch (a, b) {
    case (.tensor, _), (_, .tensor):
      if case .object(let o) = a, let result = try o.nativeBinary(op, b, reflected: false, self) { return result }
      let result = try TensorHooks.binary(self, op, a, b)
      guard case .notImplemented = result else { return result }
      // Text, lists and tuples have their own `+` and `*`; a tensor of one whole number repeats them.
      return op == .add ? try concatenate(a, b, shown: b0) : op == .multiply ? try multiply(a, b) : nil
    case (.dict(let x), .dict(let y)):
      guard op == .bitOr else { return nil }
      let merged = x.copy()
      try merged.merge(y, self)
      return .dict(merged)
    default: break
    }
    if case .object(let o) = a {
      if let result = try SetOperators.binary(op, o, b, self) { return result }
      if op == .bitOr, let union = typeUnion(a, b) { return union }
      if let result = try o.nativeBinary(op, b, reflected: false, self) { return result }
    }
    if case .object(let o) = b {
      if let result = try o.nativeBinary(op, a, reflected: true, self) { return result }
      if op == .bitOr, let union = typeUnion(a, b) { return union }
    }
    switch op {
    case .add: return try concatenate(a, b, shown: b0)
    case .multiply: return try multiply(a, b)
    case .modulo:
      if case .str(let format) = a { return try PercentFormat.format(format, b0, self) }
      if let format = a.asBytes { return try PercentFormat.format(format, b0, self) }
      return nil
    case .subtract, .divide, .floorDivide, .power, .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor:
      return nil
    }
  }

  private func typeUnion(_ a: Value, _ b: Value) -> Value? {
    func members(_ value: Value) -> [Value]? {
      switch value {
      case .none: return [.object(Types.noneType)]
      case .object(let o):
        if let u = o as? UnionObject { return u.members }
        return o is TypeObject || o is GenericAlias ? [value] : nil
      default: return nil
      }
    }
    guard let left = members(a), let right = members(b) else { return nil }
    if case .none = a, case .none = b { return nil }
    var all: [Value] = []
    for member in left + right where !all.contains(where: { isIdentical($0, member) }) { all.append(member) }
    return all.count == 1 ? all[0] : .object(UnionObject(all))
  }

  private func concatenate(_ a: Value, _ b: Value, shown: Value) throws(ExceptionObject) -> Value? {
    switch a {
    case .str(let x):
      guard case .str(let y) = b else { throw .type("can only concatenate str (not \"\(typeName(shown))\") to str") }
      return .str(x.appending(y))
    case .list(let x):
      guard case .list(let y) = b else { throw .type("can only concatenate list (not \"\(typeName(shown))\") to list") }
      return .list(List(x.items + y.items))
    case .tuple(let x):
      guard case .tuple(let y) = b else {
        throw .type("can only concatenate tuple (not \"\(typeName(shown))\") to tuple")
      }
      return .tuple(Tuple(x.items + y.items))
    case .object(let o):
      guard let x = o as? BytesObject else { return nil }
      guard case .object(let p) = b, let y = p as? BytesObject else {
        throw .type("can't concat \(typeName(shown)) to bytes")
      }
      return .object(BytesObject(x.bytes + y.bytes))
    default: return nil
    }
  }

  private func isSequence(_ value: Value) -> Bool {
    switch value {
    case .str, .list, .tuple: true
    case .object(let o): o is BytesObject
    default: false
    }
  }

  /// The int a sequence is repeated by; nil for what is none.
  private func repeatCount(_ value: Value) throws(ExceptionObject) -> Int? {
    guard let integer = try index(value) else { return nil }
    guard let count = integer.int else { throw .overflow("cannot fit 'int' into an index-sized integer") }
    return count
  }

  private func multiply(_ a: Value, _ b: Value) throws(ExceptionObject) -> Value? {
    if isSequence(a) {
      guard let count = try repeatCount(b) else {
        throw .type("can't multiply sequence by non-int of type '\(typeName(b))'")
      }
      return try Sequences.repeated(a, count)
    }
    if isSequence(b) {
      guard let count = try repeatCount(a) else {
        throw .type("can't multiply sequence by non-int of type '\(typeName(a))'")
      }
      return try Sequences.repeated(b, count)
    }
    return nil
  }

  // MARK: Unary

  package func unary(_ op: UnaryOperator, _ a: Value) throws(ExceptionObject) -> Value {
    if op == .not { return .bool(try !isTrue(a)) }
    let name: Symbol
    switch op {
    case .minus: name = Names.neg
    case .plus: name = Names.pos
    case .invert, .not: name = Names.invert
    }
    if let method = userMethod(a, name) { return try callSpecial(method, a) }
    switch plain(a) {
    case .int(let i):
      switch op {
      case .minus: return i == .min ? BigIntObject.make(-BigInt(i)) : .int(-i)
      case .plus: return .int(i)
      case .invert, .not: return .int(~i)
      }
    case .bool(let b):
      let i = b ? 1 : 0
      switch op {
      case .minus: return .int(-i)
      case .plus: return .int(i)
      case .invert, .not: return .int(~i)
      }
    case .float(let d):
      switch op {
      case .minus: return .float(-d)
      case .plus: return .float(d)
      case .invert, .not: break
      }
    case .tensor(let t): return try TensorHooks.unary(self, op, t)
    case .object(let o):
      if let big = o as? BigIntObject {
        switch op {
        case .minus: return BigIntObject.make(-big.value)
        case .plus: return a
        case .invert, .not: return BigIntObject.make(-big.value - 1)
        }
      }
      if let result = try o.nativeUnary(op, self) { return result }
    default: break
    }
    throw .type("bad operand type for unary \(op.rawValue): '\(typeName(a))'")
  }
}

/// Repetition of sequences.
enum Sequences {
  static func repeated<T>(_ items: [T], _ count: Int) -> [T] {
    if items.isEmpty { return [] }
    if items.count == 1 { return Array(repeating: items[0], count: count) }
    var result: [T] = []
    result.reserveCapacity(items.count * count)
    for _ in 0..<count { result.append(contentsOf: items) }
    return result
  }

  /// `value` is a str, list, tuple or bytes.
  static func repeated(_ value: Value, _ count: Int) throws(ExceptionObject) -> Value {
    let n = max(count, 0)
    func check(_ length: Int, _ stride: Int) throws(ExceptionObject) {
      let (total, overflow) = length.multipliedReportingOverflow(by: n)
      if overflow { throw .memory() }
      try Capacity.check(total, stride: stride)
    }
    switch value {
    case .str(let s):
      try check(s.bytes.count, 1)
      return .str(s.repeated(n))
    case .list(let l):
      try check(l.count, 16)
      return .list(List(n == 0 ? [] : repeated(l.items, n)))
    case .tuple(let t):
      if n == 1 { return value }
      try check(t.count, 16)
      return .tuple(Tuple(n == 0 ? [] : repeated(t.items, n)))
    case .object(let o):
      let bytes = (o as? BytesObject)?.bytes ?? []
      try check(bytes.count, 1)
      return .object(BytesObject(n == 0 ? [] : repeated(bytes, n)))
    default: return value
    }
  }
}

/// `|`, `&`, `-`, `^` of sets and of dict views.
enum SetOperators {
  static func binary(_ op: BinaryOperator, _ a: Object, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch op {
    case .bitOr, .bitAnd, .subtract, .bitXor: break
    case .add, .multiply, .divide, .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift: return nil
    }
    let left: SetObject
    let right: SetObject
    if let s = a as? SetObject {
      left = s
      guard case .object(let o) = b else { return nil }
      if let other = o as? SetObject {
        right = other
      } else if let view = o as? DictView, view.kind != .values {
        right = try view.asSet(vm)
      } else {
        return nil
      }
    } else if let view = a as? DictView, view.kind != .values {
      left = try view.asSet(vm)
      if case .object(let o) = b, let other = o as? SetObject {
        right = other
      } else {
        right = SetObject()
        try right.update(b, vm)
      }
    } else {
      return nil
    }
    let other = Value.object(right)
    switch op {
    case .bitAnd: return .object(try left.intersection(other, vm))
    case .subtract: return .object(try left.difference(other, vm))
    case .bitOr: return .object(try left.union(other, vm))
    case .bitXor: return .object(try left.symmetricDifference(other, vm))
    case .add, .multiply, .divide, .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift: return nil
    }
  }

  /// False when the operator has no in-place form.
  static func inplace(
    _ op: BinaryOperator, _ a: SetObject, _ b: SetObject, _ vm: VM
  ) throws(ExceptionObject) -> Bool {
    switch op {
    case .bitOr: try a.merge(b, vm)
    case .bitAnd: a.become(try a.intersection(.object(b), vm))
    case .subtract: try a.remove(all: .object(b), vm)
    case .bitXor: try a.toggle(b, vm)
    case .add, .multiply, .divide, .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift: return false
    }
    return true
  }
}
