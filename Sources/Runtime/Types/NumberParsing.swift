import BigInt
import Glibc

/// Text to numbers and between kinds of numbers, as `int()` and `float()` do it.
package enum NumberParsing {
  /// Nearest double; OverflowError "int too large to convert to float".
  package static func double(_ integer: Integer) throws(ExceptionObject) -> Double {
    switch integer {
    case .small(let i): return Double(i)
    case .big(let b):
      guard let d = double(b) else { throw .overflow("int too large to convert to float") }
      return d
    }
  }

  /// Rounded half to even; nil past the largest double.
  package static func double(_ value: BigInt) -> Double? {
    let magnitude = value.magnitude
    let bits = magnitude.bitWidth
    if bits <= 64 { return Double(sign: value.sign == .minus ? .minus : .plus, exponent: 0, significand: Double(UInt(magnitude))) }
    if bits > 1024 { return nil }
    // 64 leading bits, the last made odd when anything was dropped, round correctly to 53.
    let shift = bits - 64
    var top = UInt(truncatingIfNeeded: magnitude >> shift)
    if magnitude.trailingZeroBitCount < shift { top |= 1 }
    let result = scalbn(Double(top), Int32(shift))
    if result.isInfinite { return nil }
    return value.sign == .minus ? -result : result
  }
}
