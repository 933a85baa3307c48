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
    try NumPyArithmetic.binary(
      op, reflected ? other : .object(self), reflected ? .object(self) : other, vm)
  }
  package override func nativeUnary(_ op: UnaryOperator, _ vm: VM) throws(ExceptionObject) -> Value? {
    try NumPyArithmetic.unary(op, tensor, vm)
  }
  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "real": return .object(self)
    case "imag": return NumPyScalar.make(.int(0), elementType)
    case "T", "flat", "base": return .object(self)
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
    addMethods(NumPyTypes.generic)
  }

  private static func convert(_ value: Value, _ dtype: DType, _ vm: VM) throws(ExceptionObject) -> Value {
    if let text = value.string {
      let parsed = try vm.call(.object(dtype.isFloating ? Types.float : Types.int), with: .text(text))
      return try convert(parsed, dtype, vm)
    }
    if case .int(let i) = value { try NumPyArithmetic.checkBounds(i, dtype) }
    if let s = try ArgumentConversion.scalar(value) { return make(s, dtype) }
    let array = try NumPyArray.make(value, dtype: dtype, vm)
    return NDArray.result(array)
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
      guard let digits = args.given(1) else { return try vm.call(vm.getAttribute(s.python, Symbol("__round__"))) }
      guard let n = try ArgumentConversion.int(digits) else { throw .type("ndigits must be an int") }
      return NDArray.result(NumPyMath.round(s.tensor, n))
    }
    method("__format__(self, spec, /)") { (vm, s, args) throws(ExceptionObject) in
      .text(try vm.format(s.python, args[1].string ?? ""))
    }
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

/// A piece of text out of an array: `np.str_('b')`.
package final class NumPyString: Object {
  let text: String

  init(_ text: String) {
    self.text = text
    super.init()
    customType = NumPyTypes.str
  }
  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    "np.str_(\(try vm.repr(.text(text))))"
  }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { text }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? { try vm.hash(.text(text)) }
  package override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    if case .object(let o) = other, let s = o as? NumPyString { return s.text == text }
    return other.string == text
  }
  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { text.unicodeScalars.count }
  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    try vm.attribute(.text(text), name)
  }
}
