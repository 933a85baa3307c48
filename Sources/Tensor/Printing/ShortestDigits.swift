/// The fewest decimal digits that identify a float among those of its type, as NumPy's dragon4 gives them.
struct ShortestDigits {
  /// Significant digits without leading or trailing zeros; `[0]` for zero.
  var digits: [UInt8] = []
  /// The decimal point stands after this many digits; may be zero, negative or beyond the digits.
  var pointPosition = 0
  var isNegative = false

  /// `value` must be finite; `dtype` tells which type's neighbours count.
  init(_ value: Double, _ dtype: DType) {
    let text: String
    switch dtype {
    case .float16:
      // Swift writes all digits of large whole numbers.
      text =
        (1...5).lazy.map { NumberText.fixed(value, precision: $0 - 1, scientific: true) }
        .first { Double($0).map { Float16($0) == Float16(value) } ?? false } ?? Float16(value).description
    case .float32, .bfloat16: text = Float(value).description
    case .bool, .uint8, .int8, .int16, .int32, .int64, .float64: text = value.description
    }
    var exponent = 0
    var sawPoint = false
    var inExponent = false
    var exponentSign = 1
    var whole = 0
    for c in text.utf8 {
      switch c {
      case UInt8(ascii: "-"):
        if inExponent { exponentSign = -1 } else { isNegative = true }
      case UInt8(ascii: "+"): break
      case UInt8(ascii: "."): sawPoint = true
      case UInt8(ascii: "e"): inExponent = true
      default:
        let digit = c - 48
        if inExponent {
          exponent = exponent * 10 + Int(digit)
        } else {
          digits.append(digit)
          if !sawPoint { whole += 1 }
        }
      }
    }
    pointPosition = whole + exponentSign * exponent
    while digits.count > 1, digits[0] == 0 {
      digits.removeFirst()
      pointPosition -= 1
    }
    while digits.count > 1, digits[digits.count - 1] == 0 { digits.removeLast() }
    if digits == [0] { pointPosition = 1 }
  }

  /// Digits before and after the decimal point: `("12", "5")`; the second is empty for whole numbers.
  var positional: (whole: String, fraction: String) {
    var (whole, fraction) = ("", "")
    if pointPosition <= 0 {
      whole = "0"
      fraction = String(repeating: "0", count: -pointPosition)
    }
    for (i, digit) in digits.enumerated() {
      let c = Character(UnicodeScalar(48 + digit))
      if i < pointPosition { whole.append(c) } else { fraction.append(c) }
    }
    if pointPosition > digits.count { whole += String(repeating: "0", count: pointPosition - digits.count) }
    if digits == [0] { fraction = "" }
    return ((isNegative ? "-" : "") + whole, fraction)
  }

  /// The exponent of scientific notation.
  var exponent: Int { digits == [0] ? 0 : pointPosition - 1 }
  /// Digits after the point in scientific notation.
  var scientificFraction: Int { digits.count - 1 }

  /// `1e-05`, `1.5e+20`: as NumPy and Python write a float in scientific notation.
  var scientific: String {
    var text = isNegative ? "-" : ""
    text.append(Character(UnicodeScalar(48 + digits[0])))
    if digits.count > 1 { text += "." + digits.dropFirst().map { String($0) }.joined() }
    let magnitude = exponent.magnitude
    return text + "e" + (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + String(magnitude)
  }
}
