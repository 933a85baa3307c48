import Language
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// The ufuncs.
enum ElementwiseFunctions {
  static func add(to table: MemberTable) {
    addReal(to: table)
    addExact(to: table)
    addOperators(to: table)
    addPairs(to: table)
    addLogic(to: table)
  }

  private static func real(
    _ table: MemberTable, _ name: String, _ f: @escaping (Double) -> Double, _ g: @escaping (Float) -> Float
  ) {
    table.set(
      name, .object(UFunc(name, 1) { (vm, x) throws(ExceptionObject) in NumPyMath.map(x[0].tensor, f, g) }))
  }

  private static func addReal(to table: MemberTable) {
    real(table, "sqrt", { $0.squareRoot() }, { $0.squareRoot() })
    real(table, "exp", { Glibc.exp($0) }, { Glibc.expf($0) })
    real(table, "exp2", { Glibc.exp2($0) }, { Glibc.exp2f($0) })
    real(table, "expm1", { Glibc.expm1($0) }, { Glibc.expm1f($0) })
    real(table, "log", { Glibc.log($0) }, { Glibc.logf($0) })
    real(table, "log2", { Glibc.log2($0) }, { Glibc.log2f($0) })
    real(table, "log10", { Glibc.log10($0) }, { Glibc.log10f($0) })
    real(table, "log1p", { Glibc.log1p($0) }, { Glibc.log1pf($0) })
    real(table, "sin", { Glibc.sin($0) }, { Glibc.sinf($0) })
    real(table, "cos", { Glibc.cos($0) }, { Glibc.cosf($0) })
    real(table, "tan", { Glibc.tan($0) }, { Glibc.tanf($0) })
    real(table, "arcsin", { Glibc.asin($0) }, { Glibc.asinf($0) })
    real(table, "arccos", { Glibc.acos($0) }, { Glibc.acosf($0) })
    real(table, "arctan", { Glibc.atan($0) }, { Glibc.atanf($0) })
    real(table, "sinh", { Glibc.sinh($0) }, { Glibc.sinhf($0) })
    real(table, "cosh", { Glibc.cosh($0) }, { Glibc.coshf($0) })
    real(table, "tanh", { Glibc.tanh($0) }, { Glibc.tanhf($0) })
    real(table, "arcsinh", { Glibc.asinh($0) }, { Glibc.asinhf($0) })
    real(table, "arccosh", { Glibc.acosh($0) }, { Glibc.acoshf($0) })
    real(table, "arctanh", { Glibc.atanh($0) }, { Glibc.atanhf($0) })
    real(table, "cbrt", { Glibc.cbrt($0) }, { Glibc.cbrtf($0) })
    real(table, "deg2rad", { $0 * (.pi / 180) }, { $0 * (.pi / 180) })
    real(table, "rad2deg", { $0 * (180 / .pi) }, { $0 * (180 / .pi) })
    table.alias("deg2rad", "radians")
    table.alias("rad2deg", "degrees")
    table.alias("arcsin", "asin")
    table.alias("arccos", "acos")
    table.alias("arctan", "atan")
    table.alias("arcsinh", "asinh")
    table.alias("arccosh", "acosh")
    table.alias("arctanh", "atanh")
  }

  /// Functions that keep ints as they are.
  private static func keeping(
    _ table: MemberTable, _ name: String, _ f: @escaping (Double) -> Double, _ i: @escaping (Int) -> Int
  ) {
    table.set(
      name,
      .object(
        UFunc(name, 1) { (vm, x) throws(ExceptionObject) in
          let t = x[0].tensor
          if t.dtype.isFloating { return NumPyMath.map(t, f) }
          return NumPyCore.make(NumPyCore.ints(t).map(i), t.shape.array, t.dtype)
        }))
  }

  private static func addExact(to table: MemberTable) {
    keeping(table, "floor", { Glibc.floor($0) }, { $0 })
    keeping(table, "ceil", { Glibc.ceil($0) }, { $0 })
    keeping(table, "trunc", { Glibc.trunc($0) }, { $0 })
    real(table, "rint", { Glibc.rint($0) }, { Glibc.rintf($0) })
    keeping(table, "absolute", { $0.magnitude }, { $0 < 0 ? 0 &- $0 : $0 })
    table.alias("absolute", "abs")
    real(table, "fabs", { $0.magnitude }, { $0.magnitude })
    keeping(table, "sign", { $0.isNaN ? $0 : $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, { $0.signum() })
    keeping(table, "square", { $0 * $0 }, { $0 &* $0 })
    keeping(table, "positive", { $0 }, { $0 })
    keeping(table, "reciprocal", { 1 / $0 }, { $0 == 0 ? 0 : 1 / $0 })
    table.set(
      "negative",
      .object(
        UFunc("negative", 1) { (vm, x) throws(ExceptionObject) in
          guard let v = try NumPyArithmetic.unary(.minus, x[0].tensor, vm) else { return x[0].tensor }
          return try NumPyArray.from(v, vm)
        }))
  }

  private static func addOperators(to table: MemberTable) {
    let operators: [BinaryOperator] = [
      .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift, .bitAnd,
      .bitOr, .bitXor,
    ]
    for op in operators {
      let name = NumPyArithmetic.name(op)
      table.set(
        name,
        .object(
          UFunc(name, 2) { (vm, x) throws(ExceptionObject) in try NumPyArithmetic.compute(op, x[0], x[1], vm) }))
    }
    table.alias("divide", "true_divide")
    table.alias("remainder", "mod")
    table.alias("power", "pow")
    let comparisons: [(String, ComparisonOperator)] = [
      ("equal", .equal), ("not_equal", .notEqual), ("less", .less), ("less_equal", .lessEqual), ("greater", .greater),
      ("greater_equal", .greaterEqual),
    ]
    for (name, op) in comparisons {
      table.set(
        name,
        .object(
          UFunc(name, 2) { (vm, x) throws(ExceptionObject) in
            let right: Value = x[1].weak.map { ResultConversion.value($0) } ?? .object(NDArray(x[1].tensor))
            guard let answer = try NumPyArithmetic.compare(op, .object(NDArray(x[0].tensor)), right, vm) else {
              return x[0].tensor
            }
            return try NumPyArray.from(answer, vm)
          }))
    }
  }

  /// A function of two real numbers, in the promoted type.
  static func pair(
    _ x: NumPyArithmetic.Operand, _ y: NumPyArithmetic.Operand, real: Bool, _ f: (Double, Double) -> Double
  ) throws(ExceptionObject) -> Tensor {
    var type = try NumPyArithmetic.resultType(x, y)
    if real { type = NumPyMath.floatType(type) }
    guard let shape = NumPyCore.broadcast(x.tensor.shape.array, y.tensor.shape.array) else {
      throw .value(
        "operands could not be broadcast together with shapes \(NumPyCore.text(x.tensor.shape.array)) \(NumPyCore.text(y.tensor.shape.array)) "
      )
    }
    try NumPyCore.requireRoom(shape)
    let a = NumPyCore.doubles(NumPyCore.expand(NumPyCore.cast(x.tensor, type), shape))
    let b = NumPyCore.doubles(NumPyCore.expand(NumPyCore.cast(y.tensor, type), shape))
    let values = a.indices.map { f(a[$0], b[$0]) }
    return NumPyCore.make(values, shape, type)
  }

  private static func pairs(_ table: MemberTable, _ name: String, real: Bool, _ f: @escaping (Double, Double) -> Double)
  {
    table.set(
      name, .object(UFunc(name, 2) { (vm, x) throws(ExceptionObject) in try pair(x[0], x[1], real: real, f) }))
  }

  private static func addPairs(to table: MemberTable) {
    pairs(table, "maximum", real: false) { $0.isNaN ? $0 : $1.isNaN ? $1 : max($0, $1) }
    pairs(table, "minimum", real: false) { $0.isNaN ? $0 : $1.isNaN ? $1 : min($0, $1) }
    pairs(table, "fmax", real: false) { fmax($0, $1) }
    pairs(table, "fmin", real: false) { fmin($0, $1) }
    pairs(table, "arctan2", real: true) { atan2($0, $1) }
    pairs(table, "hypot", real: true) { hypot($0, $1) }
    pairs(table, "copysign", real: true) { copysign($0, $1) }
    pairs(table, "fmod", real: false) { fmod($0, $1) }
    pairs(table, "logaddexp", real: true) { a, b in
      let m = max(a, b)
      return m == -.infinity ? m : m + log1p(exp(-fabs(a - b)))
    }
    pairs(table, "heaviside", real: true) { $0 == 0 ? $1 : $0 < 0 ? 0 : 1 }
    table.alias("arctan2", "atan2")
    pairs(table, "gcd", real: false) { a, b in
      var (x, y) = (fabs(a), fabs(b))
      while y != 0 { (x, y) = (y, fmod(x, y)) }
      return x
    }
  }

  private static func test(_ table: MemberTable, _ name: String, _ f: @escaping (Double) -> Bool) {
    table.set(
      name,
      .object(
        UFunc(name, 1) { (vm, x) throws(ExceptionObject) in
          NumPyCore.make(NumPyCore.doubles(x[0].tensor).map(f), x[0].tensor.shape.array)
        }))
  }

  private static func addLogic(to table: MemberTable) {
    test(table, "isnan") { $0.isNaN }
    test(table, "isinf") { $0.isInfinite }
    test(table, "isfinite") { $0.isFinite }
    test(table, "isposinf") { $0 == .infinity }
    test(table, "isneginf") { $0 == -.infinity }
    test(table, "signbit") { $0.sign == .minus }
    test(table, "logical_not") { $0 == 0 }
    func logic(_ name: String, _ f: @escaping (Bool, Bool) -> Bool) {
      table.set(
        name,
        .object(
          UFunc(name, 2) { (vm, x) throws(ExceptionObject) in
            let made = try pair(x[0], x[1], real: false) { f($0 != 0, $1 != 0) ? 1 : 0 }
            return NumPyCore.cast(made, .bool)
          }))
    }
    logic("logical_and") { $0 && $1 }
    logic("logical_or") { $0 || $1 }
    logic("logical_xor") { $0 != $1 }
    table.set(
      "invert",
      .object(
        UFunc("invert", 1) { (vm, x) throws(ExceptionObject) in
          guard let v = try NumPyArithmetic.unary(.invert, x[0].tensor, vm) else { return x[0].tensor }
          return try NumPyArray.from(v, vm)
        }))
    table.alias("invert", "bitwise_not", "bitwise_invert")
    table.alias("left_shift", "bitwise_left_shift")
    table.alias("right_shift", "bitwise_right_shift")
  }
}
