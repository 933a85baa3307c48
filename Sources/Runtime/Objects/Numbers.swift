import BigInt

#if canImport(Glibc)
  import Glibc
#endif

/// A number as arithmetic sees it: bool counts as int.
package enum Number {
  case int(Int)
  case big(BigInt)
  case float(Double)

  /// The number in a value, also of a subclass of int or float; nil for anything else.
  @inline(__always) package init?(_ value: Value) {
    switch value {
    case .int(let i): self = .int(i)
    case .float(let d): self = .float(d)
    case .bool(let b): self = .int(b ? 1 : 0)
    case .instance(let i):
      guard let payload = i.payload else { return nil }
      self.init(payload)
    case .object(let o):
      guard let big = o as? BigIntObject else { return nil }
      self = .big(big.value)
    case .unbound, .none, .notImplemented, .ellipsis, .str, .list, .tuple, .dict, .tensor, .function: return nil
    }
  }

  package var isFloat: Bool { if case .float = self { true } else { false } }

  /// As an integer of any size; nil for floats.
  package var integer: BigInt? {
    switch self {
    case .int(let i): BigInt(i)
    case .big(let b): b
    case .float: nil
    }
  }

  /// As a float, rounded to nearest even. Raises OverflowError past its range.
  package func double() throws(ExceptionObject) -> Double {
    switch self {
    case .int(let i): return Double(i)
    case .float(let d): return d
    case .big(let b):
      let d = Numbers.double(b)
      if d.isInfinite { throw .overflow("int too large to convert to float") }
      return d
    }
  }
}

/// Conversions and comparisons between ints of any size and floats, exact where Python's are.
package enum Numbers {
  /// The nearest float, ties to even; infinite past the range.
  package static func double(_ value: BigInt) -> Double {
    let magnitude = value.magnitude
    let bits = magnitude.bitWidth
    var result: Double
    if bits <= 64 {
      result = Double(UInt64(magnitude))
    } else if bits > 1024 {
      result = .infinity
    } else {
      // 64 leading bits with the lowest one sticky: one rounding, by the conversion.
      let shift = bits - 64
      var top = UInt64(magnitude >> shift)
      if magnitude.trailingZeroBitCount < shift { top |= 1 }
      result = scalbn(Double(top), Int32(shift))
    }
    return value.sign == .minus ? -result : result
  }

  /// The integral part of a finite float.
  package static func integer(_ value: Double) -> BigInt {
    let whole = value.rounded(.towardZero)
    if let small = Int(exactly: whole) { return BigInt(small) }
    let exponent = Int(whole.exponent) - 52
    let significand = Int(scalbn(whole.magnitude, Int32(-exponent)))
    let magnitude = BigInt(significand) << exponent
    return whole < 0 ? -magnitude : magnitude
  }

  /// -1, 0, 1 as a <, ==, > b; nil when b is NaN.
  package static func order(_ a: Int, _ b: Double) -> Int? {
    if b.isNaN { return nil }
    if b >= 9_223_372_036_854_775_808 { return -1 }
    if b < -9_223_372_036_854_775_808 { return 1 }
    let whole = Int(b.rounded(.towardZero))
    if a != whole { return a < whole ? -1 : 1 }
    let rest = b - b.rounded(.towardZero)
    return rest > 0 ? -1 : rest < 0 ? 1 : 0
  }

  package static func order(_ a: BigInt, _ b: Double) -> Int? {
    if b.isNaN { return nil }
    if b.isInfinite { return b > 0 ? -1 : 1 }
    let whole = integer(b)
    if a != whole { return a < whole ? -1 : 1 }
    let rest = b - b.rounded(.towardZero)
    return rest > 0 ? -1 : rest < 0 ? 1 : 0
  }

  /// The order of two numbers; nil when one is NaN.
  package static func order(_ a: Number, _ b: Number) -> Int? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y ? -1 : x > y ? 1 : 0
    case (.float(let x), .float(let y)):
      if x.isNaN || y.isNaN { return nil }
      return x < y ? -1 : x > y ? 1 : 0
    case (.int(let x), .float(let y)): return order(x, y)
    case (.float(let x), .int(let y)): return order(y, x).map { -$0 }
    case (.big(let x), .float(let y)): return order(x, y)
    case (.float(let x), .big(let y)): return order(y, x).map { -$0 }
    case (.big(let x), .big(let y)): return x < y ? -1 : x > y ? 1 : 0
    case (.big(let x), .int): return x.sign == .minus ? -1 : 1
    case (.int, .big(let y)): return y.sign == .minus ? 1 : -1
    }
  }

  /// The quotient a / b, correctly rounded. Raises OverflowError when it is past a float's range. `b` is not 0.
  package static func divide(_ a: BigInt, _ b: BigInt) throws(ExceptionObject) -> Double {
    if a.isZero { return 0 }
    let negative = (a.sign == .minus) != (b.sign == .minus)
    let shift = 66 - (a.magnitude.bitWidth - b.magnitude.bitWidth)
    var top = a.magnitude
    var bottom = b.magnitude
    if shift > 0 { top <<= shift } else { bottom <<= -shift }
    let (quotient, remainder) = top.quotientAndRemainder(dividingBy: bottom)
    let sticky = remainder.isZero ? quotient : quotient | 1
    let result = scalbn(double(BigInt(sticky)), Int32(clamping: -shift))
    if result.isInfinite { throw .overflow("integer division result too large for a float") }
    return negative ? -result : result
  }
}
