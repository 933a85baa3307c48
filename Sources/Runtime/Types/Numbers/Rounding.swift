import BigInt
import Glibc

/// `round(number, ndigits)`: half to even, exact in decimal.
package enum Rounding {
  /// A float to `digits` decimals.
  package static func float(_ value: Double, digits: Int) throws(ExceptionObject) -> Double {
    if !value.isFinite || value == 0 { return value }
    // Past these a double has no such digit, or is below half of it.
    if digits > 323 { return value }
    if digits < -308 { return value.sign == .minus ? -0.0 : 0.0 }
    if digits >= 0 {
      var text = try FloatText.printf(value, precision: digits, scientific: false).map { CChar(bitPattern: $0) }
      text.append(0)
      return text.withUnsafeBufferPointer { strtod($0.baseAddress!, nil) }
    }
    // Left of the point: the integral part rounds exactly, the fraction only breaks ties.
    let whole = value.rounded(.towardZero)
    let unit = BigInt(10).power(-digits)
    let magnitude = Numbers.integer(whole.magnitude)
    let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: unit)
    let twice = remainder * 2
    let hasFraction = whole != value
    let up = twice > unit || (twice == unit && (hasFraction || quotient.magnitude[bitAt: 0]))
    let result = Numbers.double((up ? quotient + 1 : quotient) * unit)
    if result.isInfinite { throw .overflow("rounded value too large to represent") }
    return value < 0 ? -result : result
  }

  /// A float to the nearest int, ties to even.
  package static func toInt(_ value: Double) throws(ExceptionObject) -> Value {
    try NumberParsing.truncate(value.rounded(.toNearestOrEven)).value
  }

  /// An int to a multiple of 10^-digits.
  package static func int(_ value: Integer, digits: Int) throws(ExceptionObject) -> Value {
    if digits >= 0 { return value.value }
    let big = value.bigInt
    // More zeros than the number has digits.
    if digits < -(big.magnitude.bitWidth / 3 + 2) { return .int(0) }
    let unit = BigInt(10).power(-digits)
    let (quotient, remainder) = BigInt(big.magnitude).quotientAndRemainder(dividingBy: unit)
    let twice = remainder * 2
    let up = twice > unit || (twice == unit && quotient.magnitude[bitAt: 0])
    let magnitude = (up ? quotient + 1 : quotient) * unit
    return BigIntObject.make(big.sign == .minus ? -magnitude : magnitude)
  }
}
