import BigInt
import Language
import Runtime
import Tensor

/// One element of an array, or a number made to NumPy's types: `np.float32(0.1)`.
package final class NumPyScalar: Object, NumberLike {
  package let scalar: Scalar
  package let elementType: DType

  init(_ scalar: Scalar, _ dtype: DType) {
    self.scalar = scalar
    elementType = dtype
    super.init()
    customType = NumPyTypes.scalar(dtype)
  }

  /// A number in the given type, rounded or wrapped to it.
  static func make(_ scalar: Scalar, _ dtype: DType) -> Value {
    let t = NumPyCore.zeroDimensional(scalar, dtype)
    return .object(NumPyScalar(t.onlyScalar, dtype))
  }

  /// A 0-dimensional array of it.
  var tensor: Tensor { NumPyCore.zeroDimensional(scalar, elementType) }

  /// The Python number.
  var python: Value { ResultConversion.value(scalar) }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    NumPyText.scalarRepr(scalar, elementType)
  }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? {
    NumPyText.scalarText(scalar, elementType)
  }
  package override func nativeTruth(_ vm: VM) throws(ExceptionObject) -> Bool? { scalar.double != 0 }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? { try vm.hash(python) }
  package override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    switch other {
    case .int, .float, .bool: return try vm.equal(python, other)
    case .object(let o):
      if let n = o as? NumberLike { return try vm.equal(python, ResultConversion.value(n.scalar)) }
      return nil
    default: return nil
    }
  }
  package override func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    try NumPyArithmetic.compare(op, .object(self), other, vm)
  }
  package override func nativeBinary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value? {
    if op == .multiply, let repeated = try repeated(other, vm) { return repeated }
    return try NumPyArithmetic.binary(
      op, reflected ? other : .object(self), reflected ? .object(self) : other, vm)
  }

  /// `[1, 2] * np.int64(2)`: sequences are repeated, not multiplied.
  private func repeated(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard other.asList != nil || other.asTuple != nil || other.asStr != nil else { return nil }
    guard case .int = scalar else {
      if case .bool = scalar { return nil }
      throw .type("can't multiply sequence by non-int of type '\(type.messageName)'")
    }
    return try vm.binary(.multiply, other, python)
  }

  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    let entries = index.asTuple?.items ?? [index]
    guard entries.allSatisfy({ if case .ellipsis = $0 { true } else { $0.isNone } }) else {
      throw .index("invalid index to scalar variable.")
    }
    return try NumPyIndexing.get(NDArray(tensor), index, vm)
  }
  package override func nativeUnary(_ op: UnaryOperator, _ vm: VM) throws(ExceptionObject) -> Value? {
    try NumPyArithmetic.unary(op, tensor, vm)
  }
  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "T": return .object(self)
    case "base": return Value.none
    default: break
    }
    // Everything else is what a 0-dimensional array answers.
    if name.text.hasPrefix("__") { return nil }
    guard let found = try vm.attribute(.object(NDArray(tensor)), name) else { return nil }
    guard case .object(let o) = found, o is BoundMethod else { return found }
    return .object(
      NativeFunction(unbound: "\(name.text)(*args, **kwargs)") {
        (vm, base, positional, keywords) throws(ExceptionObject) in
        var named: [(Symbol, Value)] = []
        for (i, key) in (keywords?.items ?? []).enumerated() {
          if case .str(let s) = key { named.append((Symbol(s), base[positional + i])) }
        }
        let result = try vm.call(found, (0..<positional).map { base[$0] }, named)
        if case .object(let o) = result, let a = o as? NDArray, a.tensor.ndim == 0 { return NDArray.result(a.tensor) }
        return result
      })
  }

  // MARK: The classes

  static func install() {
    for dtype in NumPyTypes.scalarTypes {
      let type = NumPyTypes.scalar(dtype)
      type.construct = NativeFunction("\(type.name)(value=0, /)", "A number of this type, or an array.") {
        (vm, args) throws(ExceptionObject) in
        guard args.has(0) else { return make(.int(0), dtype) }
        return try convert(args[0], dtype, vm)
      }
    }
    for type in [NumPyTypes.number, NumPyTypes.bool] { addMethods(type) }
    addPython(["as_integer_ratio", "hex"], to: NumPyTypes.floating)
    addPython(["bit_count"], to: NumPyTypes.integer)
  }

  private static func convert(_ value: Value, _ dtype: DType, _ vm: VM) throws(ExceptionObject) -> Value {
    if let text = value.string {
      let parsed = try vm.call(.object(dtype.isFloating ? Types.float : Types.int), with: .text(text))
      return try convert(parsed, dtype, vm)
    }
    if case .int(let i) = value { try NumPyArithmetic.checkBounds(i, dtype) }
    if case .float(let d) = value, !d.isFinite, !dtype.isFloating, dtype != .bool {
      throw d.isNaN
        ? .value("cannot convert float NaN to integer") : .overflow("cannot convert float infinity to integer")
    }
    if let s = try ArgumentConversion.scalar(value) { return make(s, dtype) }
    let array = try NumPyArray.make(value, dtype: dtype, vm)
    return NDArray.result(array)
  }

  /// Methods that the Python number of the same value answers.
  private static func addPython(_ names: [String], to type: TypeObject) {
    for name in names {
      type.set(
        Symbol(name),
        .object(
          NativeFunction("\(name)(self)", "As Python's numbers have it.") { (vm, args) throws(ExceptionObject) in
            guard case .object(let o) = args[0], let s = o as? NumPyScalar else { return .none }
            return try vm.callMethod(s.python, Symbol(name))
          }))
    }
  }

  private static func addMethods(_ type: TypeObject) {
    func method(_ text: String, _ body: @escaping (VM, NumPyScalar, Arguments) throws(ExceptionObject) -> Value) {
      type.set(
        Symbol(MemberTable.name(of: text)),
        .object(
          NativeFunction(text) { (vm, args) throws(ExceptionObject) in
            guard case .object(let o) = args[0], let s = o as? NumPyScalar else {
              throw .type("a NumPy scalar is required, not '\(vm.typeName(args[0]))'")
            }
            return try body(vm, s, args)
          }))
    }
    method("__float__(self)") { (vm, s, args) throws(ExceptionObject) in .float(s.scalar.double) }
    method("__int__(self)") { (vm, s, args) throws(ExceptionObject) in
      try vm.call(.object(Types.int), with: s.python)
    }
    method("__index__(self)") { (vm, s, args) throws(ExceptionObject) in
      switch s.scalar {
      case .int(let i): return .int(i)
      case .bool(let b): return .int(b ? 1 : 0)
      case .float: throw .type("'\(s.type.messageName)' object cannot be interpreted as an integer")
      }
    }
    method("__abs__(self)") { (vm, s, args) throws(ExceptionObject) in
      switch s.scalar {
      case .float(let d): make(.float(d.magnitude), s.elementType)
      case .int(let i): make(.int(i < 0 ? 0 &- i : i), s.elementType)
      case .bool: .object(s)
      }
    }
    method("__round__(self, ndigits=None)") { (vm, s, args) throws(ExceptionObject) in
      guard let digits = args.given(1) else {
        if case .float(let d) = s.scalar {
          if d.isNaN { throw .value("cannot convert float NaN to integer") }
          if d.isInfinite { throw .overflow("cannot convert float infinity to integer") }
          return try vm.call(.object(Types.int), with: .float(d.rounded(.toNearestOrEven)))
        }
        return try vm.call(.object(Types.int), with: s.python)
      }
      guard let n = try ArgumentConversion.int(digits) else { throw .type("ndigits must be an int") }
      return NDArray.result(NumPyMath.round(s.tensor, n))
    }
    method("__format__(self, spec, /)") { (vm, s, args) throws(ExceptionObject) in
      .text(try vm.format(s.python, args[1].string ?? ""))
    }
    for name in ["real", "imag"] {
      type.set(
        Symbol(name),
        .object(
          NativeProperty(
            name, "",
            { (vm, value) throws(ExceptionObject) in
              guard case .object(let o) = value, let s = o as? NumPyScalar else { return value }
              return name == "real" ? value : make(.int(0), s.elementType)
            })))
    }
    method("conjugate(self)") { (vm, s, args) throws(ExceptionObject) in .object(s) }
    method("conj(self)") { (vm, s, args) throws(ExceptionObject) in .object(s) }
    method("item(self)") { (vm, s, args) throws(ExceptionObject) in s.python }
    method("tolist(self)") { (vm, s, args) throws(ExceptionObject) in s.python }
    method("is_integer(self)") { (vm, s, args) throws(ExceptionObject) in
      .bool(s.scalar.double == s.scalar.double.rounded())
    }
    method("__divmod__(self, other, /)") { (vm, s, args) throws(ExceptionObject) in
      .makeTuple([try vm.binary(.floorDivide, args[0], args[1]), try vm.binary(.modulo, args[0], args[1])])
    }
  }
}
