import CKernels
import Tensor

/// Text of floats as CPython writes it.
package enum FloatText {
  /// What `repr(float)` gives: the shortest digits that read back as the same number.
  package static func repr(_ value: Double) -> String {
    if let text = special(value) { return text }
    // Whole numbers below 2^53 are the commonest and need no digit search.
    if value.magnitude < 9_007_199_254_740_992, let whole = Int(exactly: value) {
      if whole == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
      return "\(whole).0"
    }
    return String(decoding: short(value, exponentFrom: 16, addPoint: true, upper: false), as: UTF8.self)
  }

  /// `nan`, `inf` and `-inf`; nil for finite numbers.
  static func special(_ value: Double) -> String? {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return nil
  }

  /// The shortest digits of a finite number without sign, and where the decimal point stands: 0.d₁d₂… × 10^point.
  static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
    if value == 0 { return ([0x30], 1) }
    var digits: [UInt8] = []
    var point = 0
    var exponent = 0
    var seenPoint = false
    var text = value.magnitude.description
    text.withUTF8 { bytes in
      var i = 0
      while i < bytes.count {
        let b = bytes[i]
        if b == 0x2E {
          seenPoint = true
        } else if b == 0x65 {
          var negative = false
          i += 1
          if bytes[i] == 0x2D || bytes[i] == 0x2B {
            negative = bytes[i] == 0x2D
            i += 1
          }
          while i < bytes.count {
            exponent = exponent * 10 + Int(bytes[i] - 0x30)
            i += 1
          }
          if negative { exponent = -exponent }
          break
        } else {
          if !digits.isEmpty || b != 0x30 { digits.append(b) }
          if seenPoint {
            if digits.isEmpty { point -= 1 }
          } else if !digits.isEmpty {
            point += 1
          }
        }
        i += 1
      }
    }
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    return (digits, point + exponent)
  }

  /// Shortest digits, with an exponent when the number is below 1e-4 or its point stands past `exponentFrom`.
  static func short(_ value: Double, exponentFrom: Int, addPoint: Bool, upper: Bool) -> [UInt8] {
    let (digits, point) = shortestDigits(value)
    var out: [UInt8] = value.sign == .minus ? [0x2D] : []
    layout(digits, point: point, exponentFrom: exponentFrom, addPoint: addPoint, upper: upper, into: &out)
    return out
  }

  /// Digits as a fixed or exponent form without trailing zeros.
  private static func layout(
    _ digits: [UInt8], point: Int, exponentFrom: Int, addPoint: Bool, upper: Bool, into out: inout [UInt8]
  ) {
    if point <= -4 || point > exponentFrom {
      out.append(digits[0])
      if digits.count > 1 {
        out.append(0x2E)
        out += digits[1...]
      }
      appendExponent(point - 1, upper: upper, into: &out)
      return
    }
    if point <= 0 {
      out += [0x30, 0x2E]
      out += repeatElement(0x30, count: -point)
      out += digits
    } else if digits.count <= point {
      out += digits
      out += repeatElement(0x30, count: point - digits.count)
      if addPoint { out += [0x2E, 0x30] }
    } else {
      out += digits[..<point]
      out.append(0x2E)
      out += digits[point...]
    }
  }

  private static func appendExponent(_ exponent: Int, upper: Bool, into out: inout [UInt8]) {
    out.append(upper ? 0x45 : 0x65)
    out.append(exponent < 0 ? 0x2D : 0x2B)
    let magnitude = exponent.magnitude
    if magnitude < 10 { out.append(0x30) }
    out += Array(String(magnitude).utf8)
  }

  /// `%.<precision>f` or `%.<precision>e`, rounded exactly.
  package static func printf(
    _ value: Double, precision: Int, scientific: Bool
  ) throws(ExceptionObject) -> [UInt8] {
    if precision > Int(Int32.max) - 400 { throw .value("precision too big") }
    let capacity = precision + 400
    guard MemoryBudget.allows(capacity) else { throw .memory() }
    return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { chars in
        tnb_format_double(chars.baseAddress, capacity, value, Int32(precision), scientific ? 1 : 0)
      }
    }
  }

  /// A finite or special number in one of the styles `e E f F g G`, or `r` (shortest) as of an empty type.
  ///
  /// `alternate` is `#`: always a point, `g` keeps its zeros. `addPoint` is what an empty type asks for: "1.0", and the
  /// exponent form one digit earlier.
  static func styled(
    _ value: Double, style: UInt8, precision: Int, alternate: Bool, addPoint: Bool
  ) throws(ExceptionObject) -> [UInt8] {
    let upper = style == UInt8(ascii: "E") || style == UInt8(ascii: "G") || style == UInt8(ascii: "F")
    if let text = special(value) { return Array((upper ? text.uppercased() : text).utf8) }
    switch style | 0x20 {
    case UInt8(ascii: "f"):
      var out = try printf(value, precision: precision, scientific: false)
      if alternate && precision == 0 { out.append(0x2E) }
      return out
    case UInt8(ascii: "e"):
      var out = try printf(value, precision: precision, scientific: true)
      if alternate && precision == 0, let e = out.lastIndex(of: 0x65) { out.insert(0x2E, at: e) }
      if upper, let e = out.lastIndex(of: 0x65) { out[e] = 0x45 }
      return out
    case UInt8(ascii: "r"):
      return short(value, exponentFrom: 16, addPoint: addPoint, upper: false)
    default:
      return try general(value, precision: max(precision, 1), alternate: alternate, addPoint: addPoint, upper: upper)
    }
  }

  private static func general(
    _ value: Double, precision: Int, alternate: Bool, addPoint: Bool, upper: Bool
  ) throws(ExceptionObject) -> [UInt8] {
    let scientific = try printf(value, precision: precision - 1, scientific: true)
    guard let e = scientific.lastIndex(of: 0x65) else { return scientific }
    let exponent = Int(String(decoding: scientific[(e + 1)...], as: UTF8.self)) ?? 0
    var out: [UInt8] = value.sign == .minus ? [0x2D] : []
    var digits = scientific[..<e].filter { $0 != 0x2E && $0 != 0x2D }
    if alternate {
      let fixed = exponent >= -4 && exponent + 1 <= precision
      if fixed {
        if exponent < 0 {
          out += [0x30, 0x2E]
          out += repeatElement(0x30, count: -exponent - 1)
          out += digits
        } else {
          out += digits[...exponent]
          out.append(0x2E)
          out += digits[(exponent + 1)...]
        }
      } else {
        out.append(digits[0])
        out.append(0x2E)
        out += digits[1...]
        appendExponent(exponent, upper: upper, into: &out)
      }
      return out
    }
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    layout(
      digits, point: exponent + 1, exponentFrom: precision - (addPoint ? 1 : 0), addPoint: addPoint, upper: upper,
      into: &out)
    return out
  }
}
