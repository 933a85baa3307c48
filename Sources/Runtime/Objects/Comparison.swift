import BigInt
import Language
import Tensor

extension VM {
  /// `a == b` as a truth value.
  package func equal(_ a: Value, _ b: Value) throws(ExceptionObject) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x == y
    case (.str(let x), .str(let y)): return x === y || x.hasSameBytes(as: y)
    case (.float(let x), .float(let y)): return x == y
    case (.none, .none): return true
    default:
      let answer = try compare(.equal, a, b)
      if case .bool(let b) = answer { return b }
      return try isTrue(answer)
    }
  }

  /// As containers compare items: the same object is equal to itself.
  @inline(__always) package func sameItem(_ a: Value, _ b: Value) throws(ExceptionObject) -> Bool {
    if isIdentical(a, b) { return true }
    return try equal(a, b)
  }

  package func compare(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    switch op {
    case .is: return .bool(isIdentical(a, b))
    case .isNot: return .bool(!isIdentical(a, b))
    case .in: return .bool(try contains(b, a))
    case .notIn: return .bool(try !contains(b, a))
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual: break
    }
    switch (a, b) {
    case (.int(let x), .int(let y)): return .bool(holds(op, x < y ? -1 : x > y ? 1 : 0))
    case (.str(let x), .str(let y)): return .bool(compareText(op, x, y))
    case (.instance, _), (_, .instance), (.object, _), (_, .object), (.tensor, _), (_, .tensor):
      return try compareByType(op, a, b)
    default:
      if let answer = try nativeCompare(op, a, b) { return answer }
      return try incomparable(op, a, b)
    }
  }

  private func holds(_ op: ComparisonOperator, _ order: Int) -> Bool {
    switch op {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessEqual: order <= 0
    case .greater: order > 0
    case .greaterEqual: order >= 0
    case .is, .isNot, .in, .notIn: false
    }
  }

  private func compareText(_ op: ComparisonOperator, _ x: Str, _ y: Str) -> Bool {
    if op == .equal { return x === y || x.hasSameBytes(as: y) }
    if op == .notEqual { return x !== y && !x.hasSameBytes(as: y) }
    return holds(op, x.order(y))
  }

  private func incomparable(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    if op == .equal { return .bool(isIdentical(a, b)) }
    if op == .notEqual { return .bool(!isIdentical(a, b)) }
    throw .type(
      "'\(op.rawValue)' not supported between instances of '\(typeName(a))' and '\(typeName(b))'")
  }

  // MARK: By class

  private func compareByType(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    let ta = type(of: a)
    let tb = type(of: b)
    var triedReflected = false
    if ta !== tb && tb.isUserDefined && tb.isSubtype(of: ta) {
      triedReflected = true
      if let answer = try compareByMethod(op.mirrored, tb, b, a) { return answer }
    }
    if let answer = try compareByMethod(op, ta, a, b) { return answer }
    if !triedReflected, let answer = try compareByMethod(op.mirrored, tb, b, a) { return answer }
    if let answer = try nativeCompare(op, a, b) { return answer }
    return try incomparable(op, a, b)
  }

  /// nil when there is no such method or it returns NotImplemented.
  private func compareByMethod(
    _ op: ComparisonOperator, _ type: TypeObject, _ receiver: Value, _ other: Value
  ) throws(ExceptionObject) -> Value? {
    let table = type.dispatch
    var method: Value?
    var inverted = false
    switch op {
    case .equal: method = table.equal
    case .notEqual:
      method = table.notEqual
      if method == nil, !type.hasNativeInequality {
        method = table.equal
        inverted = true
      }
    default: method = type.ownMethod(op.methodNames.forward)
    }
    guard let method else { return nil }
    if case .tensor = receiver {
      guard case .function = method else { return nil }
    }
    if case .none = method { return nil }
    let answer = try callSpecial(method, receiver, with: other)
    if case .notImplemented = answer { return nil }
    return inverted ? .bool(try !isTrue(answer)) : answer
  }

  // MARK: Built-in values

  /// nil where the built-in types of the two cannot be compared.
  package func nativeCompare(_ op: ComparisonOperator, _ a0: Value, _ b0: Value) throws(ExceptionObject) -> Value? {
    let a = plain(a0)
    let b = plain(b0)
    if let x = Number(a), let y = Number(b) {
      guard let order = Numbers.order(x, y) else { return .bool(op == .notEqual) }
      return .bool(holds(op, order))
    }
    switch (a, b) {
    case (.str(let x), .str(let y)): return .bool(compareText(op, x, y))
    case (.list(let x), .list(let y)):
      return try NativeDepth.deeper(" in comparison") { () throws(ExceptionObject) in
        try compareSequences(op, { x.count }, { x[$0] }, { y.count }, { y[$0] })
      }
    case (.tuple(let x), .tuple(let y)):
      return try NativeDepth.deeper(" in comparison") { () throws(ExceptionObject) in
        try compareSequences(op, { x.count }, { x[$0] }, { y.count }, { y[$0] })
      }
    case (.dict(let x), .dict(let y)):
      guard op == .equal || op == .notEqual else { return nil }
      let same = try NativeDepth.deeper(" in comparison") { () throws(ExceptionObject) in try x.isEqual(y, self) }
      return .bool(same == (op == .equal))
    case (.tensor, _), (_, .tensor):
      if case .object(let o) = a, let answer = try o.nativeCompare(op, b, self) { return answer }
      let answer = try TensorHooks.compare(self, op, a, b)
      if case .notImplemented = answer { return nil }
      return answer
    case (.object(let x), _): return try nativeCompareObject(op, x, a, b)
    case (_, .object(let y)): return try y.nativeCompare(op.mirrored, a, self)
    default: return nil
    }
  }

  private func compareSequences(
    _ op: ComparisonOperator, _ countA: () -> Int, _ a: (Int) -> Value, _ countB: () -> Int, _ b: (Int) -> Value
  ) throws(ExceptionObject) -> Value {
    if countA() != countB() {
      if op == .equal { return .bool(false) }
      if op == .notEqual { return .bool(true) }
    }
    var i = 0
    while i < countA() && i < countB() {
      try Interrupts.check(every: i)
      let (x, y) = (a(i), b(i))
      if try !sameItem(x, y) {
        if op == .equal { return .bool(false) }
        if op == .notEqual { return .bool(true) }
        return try compare(op, x, y)
      }
      i += 1
    }
    let (m, n) = (countA(), countB())
    return .bool(holds(op, m < n ? -1 : m > n ? 1 : 0))
  }

  private func nativeCompareObject(
    _ op: ComparisonOperator, _ x: Object, _ a: Value, _ b: Value
  ) throws(ExceptionObject) -> Value? {
    let isEquality = op == .equal || op == .notEqual
    if case .object(let y) = b {
      switch (x, y) {
      case (let x as SetObject, let y as SetObject): return .bool(try compareSets(op, x, y))
      case (let x as DictView, _):
        guard x.kind != .values, let right = try asSet(y) else { break }
        return .bool(try compareSets(op, x.asSet(self), right))
      case (let x as SetObject, let y as DictView):
        guard y.kind != .values else { break }
        return .bool(try compareSets(op, x, y.asSet(self)))
      case (let x as RangeObject, let y as RangeObject):
        return isEquality ? .bool(x.isEqual(y) == (op == .equal)) : nil
      case (let x as BytesObject, let y as BytesObject):
        if isEquality { return .bool((x.bytes == y.bytes) == (op == .equal)) }
        return .bool(holds(op, x.bytes == y.bytes ? 0 : x.bytes.lexicographicallyPrecedes(y.bytes) ? -1 : 1))
      case (let x as SliceObject, let y as SliceObject):
        return try compare(op, .makeTuple([x.start, x.stop, x.step]), .makeTuple([y.start, y.stop, y.step]))
      case (let x as BoundMethod, let y as BoundMethod):
        guard isEquality else { return nil }
        let same = isIdentical(x.receiver, y.receiver) && isIdentical(x.function, y.function)
        return .bool(same == (op == .equal))
      case (let x as GenericAlias, let y as GenericAlias):
        guard isEquality else { return nil }
        let same = isIdentical(x.origin, y.origin) && x.arguments.count == y.arguments.count
        guard same else { return .bool(op == .notEqual) }
        return try compare(op, .makeTuple(x.arguments), .makeTuple(y.arguments))
      case (let x as UnionObject, let y as UnionObject):
        guard isEquality else { return nil }
        guard x.members.count == y.members.count else { return .bool(op == .notEqual) }
        for member in x.members {
          var found = false
          for other in y.members where try equal(member, other) { found = true }
          if !found { return .bool(op == .notEqual) }
        }
        return .bool(op == .equal)
      default: break
      }
    }
    if let answer = try x.nativeCompare(op, b, self) { return answer }
    if isEquality, let answer = try x.nativeEqual(b, self) { return .bool(answer == (op == .equal)) }
    if case .object(let y) = b {
      if let answer = try y.nativeCompare(op.mirrored, a, self) { return answer }
      if isEquality, let answer = try y.nativeEqual(a, self) { return .bool(answer == (op == .equal)) }
    }
    return nil
  }

  private func asSet(_ o: Object) throws(ExceptionObject) -> SetObject? {
    if let s = o as? SetObject { return s }
    if let v = o as? DictView, v.kind != .values { return try v.asSet(self) }
    return nil
  }

  private func compareSets(_ op: ComparisonOperator, _ x: SetObject, _ y: SetObject) throws(ExceptionObject) -> Bool {
    switch op {
    case .equal: return try x.isEqual(y, self)
    case .notEqual: return try !x.isEqual(y, self)
    case .lessEqual: return try x.isSubset(of: y, self)
    case .less: return x.count < y.count ? try x.isSubset(of: y, self) : false
    case .greaterEqual: return try y.isSubset(of: x, self)
    case .greater: return y.count < x.count ? try y.isSubset(of: x, self) : false
    case .is, .isNot, .in, .notIn: return false
    }
  }
}

extension TypeObject {
  /// Whether it derives from a built-in type with a `__ne__` of its own, which does not ask `__eq__`.
  fileprivate var hasNativeInequality: Bool {
    switch layout {
    case .int, .float, .str, .bytes, .list, .tuple, .dict, .set: true
    case .instance, .exception, .tensor, .type, .other: false
    }
  }
}
