import BigInt
import Language

#if canImport(Glibc)
  import Glibc
#endif

/// Arithmetic of ints of any size and floats.
package enum NumberArithmetic {
  /// Bits that the result of a power, product or shift may have: a million digits.
  package static let bitLimit = 1 << 22

  /// nil when the operator does not apply to the pair (`1.5 & 2`).
  package static func binary(_ op: BinaryOperator, _ a: Number, _ b: Number) throws(ExceptionObject) -> Value? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return try int(op, x, y)
    case (.float(let x), .float(let y)): return try float(op, x, y)
    case (.float(let x), _): return isFloatOperator(op) ? try float(op, x, b.double()) : nil
    case (_, .float(let y)): return isFloatOperator(op) ? try float(op, a.double(), y) : nil
    case (.big, _), (_, .big): return try big(op, a.integer!, b.integer!)
    }
  }

  private static func isFloatOperator(_ op: BinaryOperator) -> Bool {
    switch op {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power: true
    case .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor: false
    }
  }

  // MARK: int

  static func int(_ op: BinaryOperator, _ x: Int, _ y: Int) throws(ExceptionObject) -> Value? {
    switch op {
    case .add:
      let (r, o) = x.addingReportingOverflow(y)
      return o ? BigIntObject.make(BigInt(x) + BigInt(y)) : .int(r)
    case .subtract:
      let (r, o) = x.subtractingReportingOverflow(y)
      return o ? BigIntObject.make(BigInt(x) - BigInt(y)) : .int(r)
    case .multiply:
      let (r, o) = x.multipliedReportingOverflow(by: y)
      return o ? BigIntObject.make(BigInt(x) * BigInt(y)) : .int(r)
    case .divide:
      if y == 0 { throw .zeroDivision("division by zero") }
      let exact = 1 << 53
      if x.magnitude <= exact && y.magnitude <= exact { return .float(Double(x) / Double(y)) }
      return .float(try Numbers.divide(BigInt(x), BigInt(y)))
    case .floorDivide:
      if y == 0 { throw .zeroDivision("integer division or modulo by zero") }
      let (q, o) = x.dividedReportingOverflow(by: y)
      if o { return BigIntObject.make(-BigInt(x)) }
      return .int(q &* y != x && (x < 0) != (y < 0) ? q - 1 : q)
    case .modulo:
      if y == 0 { throw .zeroDivision("integer modulo by zero") }
      if y == -1 { return .int(0) }
      let r = x % y
      return .int(r != 0 && (r < 0) != (y < 0) ? r + y : r)
    case .power: return try power(x, y)
    case .leftShift: return try shiftLeft(x, y)
    case .rightShift:
      if y < 0 { throw .value("negative shift count") }
      return .int(y > 63 ? (x < 0 ? -1 : 0) : x >> y)
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .matmul: return nil
    }
  }

  private static func shiftLeft(_ x: Int, _ y: Int) throws(ExceptionObject) -> Value {
    if y < 0 { throw .value("negative shift count") }
    if x == 0 { return .int(0) }
    if y < 63 && x.magnitude.leadingZeroBitCount > y + 1 { return .int(x << y) }
    try checkBits(Double(y) + 64)
    return BigIntObject.make(BigInt(x) << y)
  }

  private static func power(_ x: Int, _ y: Int) throws(ExceptionObject) -> Value {
    if y < 0 { return .float(try floatPower(Double(x), Double(y))) }
    var result = 1
    var base = x
    var exponent = y
    while true {
      if exponent & 1 == 1 {
        let (r, o) = result.multipliedReportingOverflow(by: base)
        if o { return try bigPower(BigInt(x), y) }
        result = r
      }
      exponent >>= 1
      if exponent == 0 { return .int(result) }
      let (b, o) = base.multipliedReportingOverflow(by: base)
      if o { return try bigPower(BigInt(x), y) }
      base = b
    }
  }

  static func bigPower(_ x: BigInt, _ y: Int) throws(ExceptionObject) -> Value {
    let bits = x.magnitude.bitWidth
    if bits > 1 { try checkBits(Double(bits - 1) * Double(y)) }
    let zeros = x.isZero ? 0 : x.magnitude.trailingZeroBitCount
    if zeros == bits - 1 && !x.isZero {
      let magnitude = BigInt(1) << (zeros * y)
      return BigIntObject.make(x.sign == .minus && y & 1 == 1 ? -magnitude : magnitude)
    }
    return BigIntObject.make(try BigArithmetic.power(x, y))
  }

  static func checkBits(_ bits: Double) throws(ExceptionObject) {
    if bits > Double(bitLimit) {
      throw .memory(
        "the result would be an int of about \(Int(exactly: bits.rounded(.down)) ?? .max) bits; tnb's limit is \(bitLimit)"
      )
    }
  }

  // MARK: big

  static func big(_ op: BinaryOperator, _ x: BigInt, _ y: BigInt) throws(ExceptionObject) -> Value? {
    switch op {
    case .add: return BigIntObject.make(x + y)
    case .subtract: return BigIntObject.make(x - y)
    case .multiply:
      try checkBits(Double(x.magnitude.bitWidth) + Double(y.magnitude.bitWidth))
      return BigIntObject.make(try BigArithmetic.multiply(x, y))
    case .divide:
      if y.isZero { throw .zeroDivision("division by zero") }
      return .float(try Numbers.divide(x, y))
    case .floorDivide:
      if y.isZero { throw .zeroDivision("integer division or modulo by zero") }
      return BigIntObject.make(try floorDivide(x, y).quotient)
    case .modulo:
      if y.isZero { throw .zeroDivision("integer modulo by zero") }
      return BigIntObject.make(try floorDivide(x, y).remainder)
    case .power:
      if y.sign == .minus && !y.isZero {
        return .float(try floatPower(Number.big(x).double(), Number.big(y).double()))
      }
      guard let exponent = Int(exactly: y) else {
        if x.magnitude <= 1 {
          return .int(x.isZero ? 0 : x.sign == .minus && y.magnitude[bitAt: 0] ? -1 : 1)
        }
        throw .memory("the result of ** would be an int with more than 2**63 bits")
      }
      return try bigPower(x, exponent)
    case .leftShift:
      if y.sign == .minus && !y.isZero { throw .value("negative shift count") }
      if x.isZero { return .int(0) }
      guard let count = Int(exactly: y) else { throw .overflow("too many digits in integer") }
      try checkBits(Double(x.magnitude.bitWidth) + Double(count))
      return BigIntObject.make(x << count)
    case .rightShift:
      if y.sign == .minus && !y.isZero { throw .value("negative shift count") }
      guard let count = Int(exactly: y), count <= x.magnitude.bitWidth else {
        return .int(x.sign == .minus ? -1 : 0)
      }
      if x.sign == .plus { return BigIntObject.make(BigInt(x.magnitude >> count)) }
      return BigIntObject.make(-BigInt((x.magnitude + (BigUInt(1) << count) - 1) >> count))
    case .bitAnd: return BigIntObject.make(x & y)
    case .bitOr: return BigIntObject.make(x | y)
    case .bitXor: return BigIntObject.make(x ^ y)
    case .matmul: return nil
    }
  }

  /// Rounds to minus infinity; the remainder has the divisor's sign.
  package static func floorDivide(_ x: BigInt, _ y: BigInt) throws(ExceptionObject) -> (
    quotient: BigInt, remainder: BigInt
  ) {
    let (q, r) = try BigArithmetic.divide(x, y)
    if !r.isZero && (r.sign == .minus) != (y.sign == .minus) { return (q - 1, r + y) }
    return (q, r)
  }

  // MARK: float

  static func float(_ op: BinaryOperator, _ x: Double, _ y: Double) throws(ExceptionObject) -> Value? {
    switch op {
    case .add: return .float(x + y)
    case .subtract: return .float(x - y)
    case .multiply: return .float(x * y)
    case .divide:
      if y == 0 { throw .zeroDivision("float division by zero") }
      return .float(x / y)
    case .floorDivide:
      if y == 0 { throw .zeroDivision("float floor division by zero") }
      return .float(floatDivMod(x, y).0)
    case .modulo:
      if y == 0 { throw .zeroDivision("float modulo") }
      return .float(floatDivMod(x, y).1)
    case .power: return .float(try floatPower(x, y))
    case .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor: return nil
    }
  }

  /// Floor quotient and remainder, as Objects/floatobject.c's `_float_div_mod`. `y` is not 0.
  package static func floatDivMod(_ x: Double, _ y: Double) -> (Double, Double) {
    var mod = fmod(x, y)
    var div = (x - mod) / y
    if mod != 0 {
      if (y < 0) != (mod < 0) {
        mod += y
        div -= 1
      }
    } else {
      mod = y.sign == .minus ? -0.0 : 0.0
    }
    var floored: Double
    if div != 0 {
      floored = div.rounded(.down)
      if div - floored > 0.5 { floored += 1 }
    } else {
      floored = x / y < 0 || (x / y == 0 && (x / y).sign == .minus) ? -0.0 : 0.0
    }
    return (floored, mod)
  }

  package static func floatPower(_ x: Double, _ y: Double) throws(ExceptionObject) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x == 0 && y < 0 { throw .zeroDivision("0.0 cannot be raised to a negative power") }
    if x < 0 && x.isFinite && y.isFinite && y != y.rounded() {
      throw .notImplemented("complex numbers are not available in tnb (a negative number to a fractional power)")
    }
    let result = pow(x, y)
    if result.isInfinite && x.isFinite && y.isFinite {
      throw ExceptionObject(Types.overflowError, [.int(34), .text("Numerical result out of range")])
    }
    return result
  }

  // MARK: unary and three-argument pow

  package static func negate(_ a: Number) -> Value {
    switch a {
    case .int(let i): i == .min ? BigIntObject.make(-BigInt(i)) : .int(-i)
    case .big(let b): BigIntObject.make(-b)
    case .float(let d): .float(-d)
    }
  }

  /// `pow(x, y, m)` for ints.
  package static func power(_ x: BigInt, _ y: BigInt, modulo m: BigInt) throws(ExceptionObject) -> Value {
    if m.isZero { throw .value("pow() 3rd argument cannot be 0") }
    var base = x
    var exponent = y
    let modulus = BigInt(m.magnitude)
    if y.sign == .minus && !y.isZero {
      let start = try floorDivide(x, modulus).remainder.magnitude
      guard let inverse = try BigArithmetic.inverse(start, modulo: m.magnitude) else {
        throw .value("base is not invertible for the given modulus")
      }
      base = BigInt(inverse)
      exponent = -y
    }
    let start = try floorDivide(base, modulus).remainder.magnitude
    let result = try BigArithmetic.power(start, exponent.magnitude, modulo: m.magnitude)
    return BigIntObject.make(try floorDivide(BigInt(result), m).remainder)
  }
}
