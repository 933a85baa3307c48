extension Parser {
  /// Decimal digits CPython converts at most.
  private static let maximumDigits = 4300

  /// The value of a number token.
  func numberLiteral(_ token: Token) throws(SyntaxError) -> ExpressionKind {
    if let value = smallInteger(token) { return .int(value) }
    var digits: [UInt8] = []
    digits.reserveCapacity(Int(token.hi - token.lo))
    for offset in Int(token.lo)..<Int(token.hi) where text[offset] != 0x5F { digits.append(text[offset]) }
    if digits.count > 2, digits[0] == 0x30 {
      switch digits[1] | 0x20 {
      case 0x78: return integer(digits[2...], bits: 4)
      case 0x6F: return integer(digits[2...], bits: 3)
      case 0x62: return integer(digits[2...], bits: 1)
      default: break
      }
    }
    var value = 0
    var overflows = false
    for byte in digits {
      guard byte >= 0x30 && byte <= 0x39 else {
        return .float(Double(String(decoding: digits, as: UTF8.self)) ?? .infinity)
      }
      if overflows { continue }
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(Int(byte - 0x30))
      overflows = first || second
      value = sum
    }
    if !overflows { return .int(value) }
    if digits.count > Parser.maximumDigits {
      throw SyntaxError(
        "Exceeds the limit (\(Parser.maximumDigits) digits) for integer string conversion: value has "
          + "\(digits.count) digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for "
          + "huge integer literals to avoid decimal conversion limits.", at: span(of: token))
    }
    return .bigInt(digits: String(decoding: digits, as: UTF8.self), radix: 10)
  }

  /// The value of up to 18 decimal digits; nil for other literals.
  private func smallInteger(_ token: Token) -> Int? {
    guard token.hi - token.lo <= 18 else { return nil }
    var value = 0
    for offset in Int(token.lo)..<Int(token.hi) {
      let digit = text[offset] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  /// An integer in base 2, 8 or 16; past 64 bits its digits in base 16.
  private func integer(_ digits: ArraySlice<UInt8>, bits: Int) -> ExpressionKind {
    let significant = digits.drop { $0 == 0x30 }
    let values = significant.map { (byte: UInt8) -> UInt8 in byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x61 + 10 }
    if values.count * bits < 64 {
      return .int(values.reduce(0) { (result: Int, value: UInt8) -> Int in result << bits | Int(value) })
    }
    var hexadecimal: [UInt8] = []
    var pending = 0
    var count = 0
    for value in values.reversed() {
      pending |= Int(value) << count
      count += bits
      while count >= 4 {
        hexadecimal.append(UInt8(pending & 15))
        pending >>= 4
        count -= 4
      }
    }
    if count > 0 { hexadecimal.append(UInt8(pending)) }
    while hexadecimal.last == 0 { hexadecimal.removeLast() }
    if hexadecimal.count < 16 || (hexadecimal.count == 16 && hexadecimal[15] < 8) {
      return .int(hexadecimal.reversed().reduce(0) { (result: Int, value: UInt8) -> Int in result << 4 | Int(value) })
    }
    let text = hexadecimal.reversed().map { (value: UInt8) -> UInt8 in value < 10 ? value + 0x30 : value - 10 + 0x61 }
    return .bigInt(digits: String(decoding: text, as: UTF8.self), radix: 16)
  }
}
