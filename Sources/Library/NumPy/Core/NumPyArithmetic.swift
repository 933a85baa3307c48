import BigInt
import Language
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Operators of arrays and NumPy scalars, with NumPy 2's promotion: Python numbers do not widen an array's type.
enum NumPyArithmetic {
  /// One side of an operator.
  struct Operand {
    let tensor: Tensor
    /// A Python number, whose type gives way.
    let weak: Scalar?
  }

  /// nil for what arrays do not compute with.
  static func operand(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Operand? {
    switch value {
    case .int(let i): return Operand(tensor: NumPyCore.zeroDimensional(.int(i), .int64), weak: .int(i))
    case .float(let d): return Operand(tensor: NumPyCore.zeroDimensional(.float(d), .float64), weak: .float(d))
    case .bool(let b): return Operand(tensor: NumPyCore.zeroDimensional(.bool(b), .bool), weak: nil)
    case .list, .tuple: return Operand(tensor: try NumPyArray.make(value, dtype: nil, vm), weak: nil)
    case .object(let o):
      if let a = o as? NDArray { return Operand(tensor: a.tensor, weak: nil) }
      if let s = o as? NumPyScalar { return Operand(tensor: s.tensor, weak: nil) }
      if let big = o as? BigIntObject {
        return Operand(tensor: NumPyCore.zeroDimensional(.float(Double(big.value)), .float64), weak: nil)
      }
      return nil
    case .instance(let i):
      guard let payload = i.payload else { return nil }
      return try operand(payload, vm)
    default: return nil
    }
  }

  static func resultType(_ a: Operand, _ b: Operand) throws(ExceptionObject) -> DType {
    switch (a.weak, b.weak) {
    case (nil, nil), (.some, .some): return NumPyArray.promote(a.tensor.dtype, b.tensor.dtype)
    case (nil, let w?): return try weak(a.tensor.dtype, w)
    case (let w?, nil): return try weak(b.tensor.dtype, w)
    }
  }

  private static func weak(_ strong: DType, _ w: Scalar) throws(ExceptionObject) -> DType {
    switch w {
    case .bool: return strong
    case .int(let i):
      if strong == .bool { return .int64 }
      if !strong.isFloating { try checkBounds(i, strong) }
      return strong
    case .float: return strong.isFloating ? strong : .float64
    }
  }

  static func checkBounds(_ i: Int, _ dtype: DType) throws(ExceptionObject) {
    let fits: Bool
    switch dtype {
    case .uint8: fits = UInt8(exactly: i) != nil
    case .int8: fits = Int8(exactly: i) != nil
    case .int16: fits = Int16(exactly: i) != nil
    case .int32: fits = Int32(exactly: i) != nil
    case .bool, .int64, .float16, .bfloat16, .float32, .float64: fits = true
    }
    if !fits { throw .overflow("Python integer \(i) out of bounds for \(dtype.name)") }
  }

  static func name(_ op: BinaryOperator) -> String {
    switch op {
    case .add: "add"
    case .subtract: "subtract"
    case .multiply: "multiply"
    case .divide: "divide"
    case .floorDivide: "floor_divide"
    case .modulo: "remainder"
    case .power: "power"
    case .matmul: "matmul"
    case .leftShift: "left_shift"
    case .rightShift: "right_shift"
    case .bitAnd: "bitwise_and"
    case .bitOr: "bitwise_or"
    case .bitXor: "bitwise_xor"
    }
  }

  /// `a op b`; nil when one side is nothing arrays work with (a tensor takes over then).
  static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    if case .tensor = a { return nil }
    if case .tensor = b { return nil }
    if a.asStr != nil || b.asStr != nil {
      guard op == .add || op == .subtract || op == .multiply else { return nil }
      throw try noLoop(name(op), a, b, vm)
    }
    guard let x = try operand(a, vm), let y = try operand(b, vm) else { return nil }
    return NDArray.result(try compute(op, x, y, vm))
  }

  /// The error of a function that is not made for text.
  static func noLoop(_ name: String, _ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> ExceptionObject {
    func shown(_ v: Value) throws(ExceptionObject) -> String {
      if let s = v.asStr { return "<U\(s.count)" }
      if case .object(let o) = v, let texts = o as? TextArray { return "<U\(texts.width)" }
      return try operand(v, vm)?.tensor.dtype.name ?? "O"
    }
    return .make(
      NumPyTypes.ufuncTypeError,
      "ufunc '\(name)' did not contain a loop with signature matching types (dtype('\(try shown(a))'), dtype('\(try shown(b))')) -> None"
    )
  }

  static func compute(_ op: BinaryOperator, _ x: Operand, _ y: Operand, _ vm: VM) throws(ExceptionObject) -> Tensor {
    if op == .matmul { return try NumPyLinear.matmul(x.tensor, y.tensor) }
    let type = try resultType(x, y)
    guard let shape = NumPyCore.broadcast(x.tensor.shape.array, y.tensor.shape.array) else {
      throw .value(
        "operands could not be broadcast together with shapes \(NumPyCore.text(x.tensor.shape.array)) \(NumPyCore.text(y.tensor.shape.array)) "
      )
    }
    try check(op, type)
    try NumPyCore.requireRoom(shape)
    let result = try computed(op, x, y, shape, type)
    if NumPyErrors.raises { try NumPyErrors.check(name(op), [x.tensor, y.tensor], result) }
    return result
  }

  private static func computed(
    _ op: BinaryOperator, _ x: Operand, _ y: Operand, _ shape: [Int], _ type: DType
  ) throws(ExceptionObject) -> Tensor {
    switch op {
    case .add, .subtract, .multiply:
      if type == .bool { return integers(op, x.tensor, y.tensor, shape, .bool) }
      return try kernel(op, x.tensor, y.tensor, type)
    case .divide: return try kernel(op, x.tensor, y.tensor, type.isFloating ? type : .float64)
    case .floorDivide, .modulo, .power:
      if type.isFloating { return floats(op, x.tensor, y.tensor, shape, type) }
      let integer = type == .bool ? .int8 : type
      if op == .power {
        for e in NumPyCore.ints(y.tensor) where e < 0 {
          throw .value("Integers to negative integer powers are not allowed.")
        }
      }
      return integers(op, x.tensor, y.tensor, shape, integer)
    case .leftShift, .rightShift: return integers(op, x.tensor, y.tensor, shape, type == .bool ? .int8 : type)
    case .bitAnd, .bitOr, .bitXor: return integers(op, x.tensor, y.tensor, shape, type)
    case .matmul: return try NumPyLinear.matmul(x.tensor, y.tensor)
    }
  }

  private static func check(_ op: BinaryOperator, _ type: DType) throws(ExceptionObject) {
    switch op {
    case .subtract where type == .bool:
      throw .type(
        "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead."
      )
    case .bitAnd, .bitOr, .bitXor, .leftShift, .rightShift:
      if type.isFloating {
        throw .type(
          "ufunc '\(name(op))' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''"
        )
      }
    default: return
    }
  }

  /// The tensor core's loops, for what they round as NumPy does.
  private static func kernel(_ op: BinaryOperator, _ x: Tensor, _ y: Tensor, _ type: DType) throws(ExceptionObject)
    -> Tensor
  {
    let (a, b) = (NumPyCore.cast(x, type), NumPyCore.cast(y, type))
    let wasEnabled = GradMode.isEnabled
    GradMode.isEnabled = false
    defer { GradMode.isEnabled = wasEnabled }
    return try core { () throws(TensorError) in
      switch op {
      case .add: try Operations.add(a, b)
      case .subtract: try Operations.sub(a, b)
      case .multiply: try Operations.mul(a, b)
      default: try Operations.div(a, b)
      }
    }
  }

  private static func floats(
    _ op: BinaryOperator, _ x: Tensor, _ y: Tensor, _ shape: [Int], _ type: DType
  ) -> Tensor {
    let a = NumPyCore.doubles(NumPyCore.expand(NumPyCore.cast(x, type), shape))
    let b = NumPyCore.doubles(NumPyCore.expand(NumPyCore.cast(y, type), shape))
    var values = [Double](repeating: 0, count: a.count)
    for i in 0..<a.count {
      switch op {
      case .power:
        values[i] = type == .float32 ? Double(powf(Float(a[i]), Float(b[i]))) : pow(a[i], b[i])
      case .modulo: values[i] = divideFloor(a[i], b[i]).1
      default: values[i] = divideFloor(a[i], b[i]).0
      }
    }
    return NumPyCore.make(values, shape, type)
  }

  /// Floor quotient and remainder as NumPy's `npy_divmod`.
  static func divideFloor(_ a: Double, _ b: Double) -> (Double, Double) {
    var mod = fmod(a, b)
    if b == 0 { return (a / b, mod) }
    var div = (a - mod) / b
    if mod != 0 {
      if (b < 0) != (mod < 0) {
        mod += b
        div -= 1
      }
    } else {
      mod = copysign(0, b)
    }
    var floored: Double
    if div != 0 {
      floored = floor(div)
      if div - floored > 0.5 { floored += 1 }
    } else {
      floored = copysign(0, a / b)
    }
    return (floored, mod)
  }

  private static func integers(
    _ op: BinaryOperator, _ x: Tensor, _ y: Tensor, _ shape: [Int], _ type: DType
  ) -> Tensor {
    let a = NumPyCore.ints(NumPyCore.expand(x, shape))
    let b = NumPyCore.ints(NumPyCore.expand(y, shape))
    var values = [Int](repeating: 0, count: a.count)
    for i in 0..<a.count { values[i] = integer(op, a[i], b[i], type) }
    return NumPyCore.make(values, shape, type)
  }

  private static func integer(_ op: BinaryOperator, _ a: Int, _ b: Int, _ type: DType) -> Int {
    switch op {
    case .add: return type == .bool ? a | b : a &+ b
    case .multiply: return type == .bool ? a & b : a &* b
    case .subtract: return a &- b
    case .floorDivide:
      if b == 0 { return 0 }
      if b == -1 { return 0 &- a }
      let q = a / b
      return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q
    case .modulo:
      if b == 0 || b == -1 { return 0 }
      let r = a % b
      return r != 0 && (r < 0) != (b < 0) ? r + b : r
    case .power:
      var (result, base, e) = (1, a, b)
      while e > 0 {
        if e & 1 == 1 { result = result &* base }
        base = base &* base
        e >>= 1
      }
      return result
    case .leftShift: return b >= 64 || b < 0 ? 0 : a << b
    case .rightShift: return b >= 64 || b < 0 ? (a < 0 ? -1 : 0) : a >> b
    case .bitAnd: return a & b
    case .bitOr: return a | b
    case .bitXor: return a ^ b
    case .divide, .matmul: return 0
    }
  }

  // MARK: In place

  static func inplace(_ op: BinaryOperator, _ array: NDArray, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    guard op != .matmul else { return nil }
    if case .tensor = other { return nil }
    guard let y = try operand(other, vm) else { return nil }
    let result = try compute(op, Operand(tensor: array.tensor, weak: nil), y, vm)
    try store(result, into: array.tensor, name(op))
    return .object(array)
  }

  /// Writes a ufunc's result where `out` or an in-place operator wants it.
  static func store(_ result: Tensor, into target: Tensor, _ name: String) throws(ExceptionObject) {
    if !canCastSameKind(result.dtype, target.dtype) {
      throw .make(
        NumPyTypes.ufuncTypeError,
        "Cannot cast ufunc '\(name)' output from dtype('\(result.dtype.name)') to dtype('\(target.dtype.name)') with casting rule 'same_kind'"
      )
    }
    if result.shape.array != target.shape.array
      && NumPyCore.broadcast(result.shape.array, target.shape.array) != target.shape.array
    {
      throw .value(
        "non-broadcastable output operand with shape \(NumPyCore.text(target.shape.array)) doesn't match the broadcast shape \(NumPyCore.text(result.shape.array))"
      )
    }
    try NumPyCore.assign(target, result)
  }

  static func canCastSameKind(_ from: DType, _ to: DType) -> Bool {
    func rank(_ d: DType) -> Int { d == .bool ? 0 : d.isFloating ? 2 : 1 }
    return rank(from) <= rank(to)
  }

  // MARK: Unary and comparison

  static func unary(_ op: UnaryOperator, _ t: Tensor, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch op {
    case .plus: return NDArray.result(NumPyCore.copy(t))
    case .minus:
      if t.dtype == .bool {
        throw .type(
          "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead."
        )
      }
      if t.dtype.isFloating {
        return NDArray.result(NumPyCore.make(NumPyCore.doubles(t).map { -$0 }, t.shape.array, t.dtype))
      }
      return NDArray.result(NumPyCore.make(NumPyCore.ints(t).map { 0 &- $0 }, t.shape.array, t.dtype))
    case .invert:
      if t.dtype.isFloating {
        throw .type(
          "ufunc 'invert' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''"
        )
      }
      let values = NumPyCore.ints(t).map { t.dtype == .bool ? 1 - $0 : ~$0 }
      return NDArray.result(NumPyCore.make(values, t.shape.array, t.dtype))
    case .not: return nil
    }
  }

  /// nil for `in` and `is`, and for what has no order with an array.
  static func compare(_ op: ComparisonOperator, _ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    if case .tensor = b { return nil }
    guard let x = try operand(a, vm) else { return nil }
    guard let y = try operand(b, vm) else {
      switch op {
      case .equal, .notEqual:
        let different = NumPyCore.make(
          [Bool](repeating: op == .notEqual, count: x.tensor.count), x.tensor.shape.array)
        return NDArray.result(different)
      default: return nil
      }
    }
    guard let shape = NumPyCore.broadcast(x.tensor.shape.array, y.tensor.shape.array) else {
      throw .value(
        "operands could not be broadcast together with shapes \(NumPyCore.text(x.tensor.shape.array)) \(NumPyCore.text(y.tensor.shape.array)) "
      )
    }
    try NumPyCore.requireRoom(shape)
    let type = comparisonType(x, y)
    var values: [Bool]
    if type.isFloating {
      let p = NumPyCore.doubles(NumPyCore.expand(NumPyCore.cast(x.tensor, type), shape))
      let q = NumPyCore.doubles(NumPyCore.expand(NumPyCore.cast(y.tensor, type), shape))
      values = p.indices.map { holds(op, p[$0], q[$0]) }
    } else {
      let p = NumPyCore.ints(NumPyCore.expand(x.tensor, shape))
      let q = NumPyCore.ints(NumPyCore.expand(y.tensor, shape))
      values = p.indices.map { holds(op, p[$0], q[$0]) }
    }
    return NDArray.result(NumPyCore.make(values, shape))
  }

  private static func comparisonType(_ x: Operand, _ y: Operand) -> DType {
    if let w = y.weak, x.weak == nil, case .float = w { return x.tensor.dtype.isFloating ? x.tensor.dtype : .float64 }
    if let w = x.weak, y.weak == nil, case .float = w { return y.tensor.dtype.isFloating ? y.tensor.dtype : .float64 }
    if y.weak != nil && x.weak == nil && x.tensor.dtype.isFloating { return x.tensor.dtype }
    if x.weak != nil && y.weak == nil && y.tensor.dtype.isFloating { return y.tensor.dtype }
    return NumPyArray.promote(x.tensor.dtype, y.tensor.dtype)
  }

  private static func holds<T: Comparable>(_ op: ComparisonOperator, _ a: T, _ b: T) -> Bool {
    switch op {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessEqual: a <= b
    case .greater: a > b
    case .greaterEqual: a >= b
    default: false
    }
  }
}
