import BigInt

/// Text of ints.
package enum IntText {
  /// Most digits that conversion between int and decimal text takes on, as `sys.get_int_max_str_digits()`.
  nonisolated(unsafe) package static var maximumDigits = standardMaximumDigits
  package static let standardMaximumDigits = 4300

  /// Decimal text. ValueError past `maximumDigits`.
  package static func decimal(_ value: BigInt) throws(ExceptionObject) -> String {
    // A digit holds log2(10) = 3.3219… bits.
    if maximumDigits > 0, Double(value.magnitude.bitWidth) > Double(maximumDigits) * 3.3219281 + 1 { throw tooLong }
    let text = value.description
    if maximumDigits > 0, text.utf8.count - (value.sign == .minus ? 1 : 0) > maximumDigits { throw tooLong }
    return text
  }

  private static var tooLong: ExceptionObject {
    .value(
      "Exceeds the limit (\(maximumDigits) digits) for integer string conversion; "
        + "use sys.set_int_max_str_digits() to increase the limit")
  }

  package static func decimal(_ value: Integer) throws(ExceptionObject) -> String {
    switch value {
    case .small(let i): return String(i)
    case .big(let b): return try decimal(b)
    }
  }

  /// Digits of the magnitude in a base.
  static func digits(_ value: Integer, radix: Int, upper: Bool = false) throws(ExceptionObject) -> String {
    switch value {
    case .small(let i): return String(i.magnitude, radix: radix, uppercase: upper)
    case .big(let b):
      if radix == 10 { return try decimal(BigInt(b.magnitude)) }
      return String(b.magnitude, radix: radix, uppercase: upper)
    }
  }

  /// Characters of the decimal text, with its sign.
  static func length(_ value: Int) -> Int {
    var digits = value.magnitude
    var length = value < 0 ? 2 : 1
    while digits >= 10 {
      length += 1
      digits /= 10
    }
    return length
  }

  /// Writes the decimal text, 20 characters at most; gives its length.
  static func write(_ value: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    let length = length(value)
    var digits = value.magnitude
    var i = length
    repeat {
      i -= 1
      let (quotient, digit) = digits.quotientAndRemainder(dividingBy: 10)
      target[i] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      digits = quotient
    } while digits > 0
    if value < 0 { target[0] = UInt8(ascii: "-") }
    return length
  }

  static func isNegative(_ value: Integer) -> Bool {
    switch value {
    case .small(let i): i < 0
    case .big(let b): b.sign == .minus
    }
  }

  /// `bin`, `oct`, `hex`: sign, prefix and digits.
  package static func prefixed(_ value: Integer, radix: Int, prefix: String) throws(ExceptionObject) -> String {
    (isNegative(value) ? "-" : "") + prefix + (try digits(value, radix: radix))
  }
}
