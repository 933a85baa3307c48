/// A piece of a printed line: white space, a number, or any other text.
enum PrintedToken: Equatable {
  case space(Int)
  /// Digits only, perhaps with a sign. Compared as text: a count, an index or a size is never rounded.
  case integer(String)
  case decimal(PrintedDecimal)
  case text(String)

  /// Splits one line. A number is a word of its own: the digits of `float32`, `2x3` or `AddBackward0` are text.
  static func tokens(of line: String) -> [PrintedToken] {
    let bytes = Array(line.utf8)
    var tokens: [PrintedToken] = []
    var i = 0
    while i < bytes.count {
      let start = i
      if bytes[i] == UInt8(ascii: " ") || bytes[i] == UInt8(ascii: "\t") {
        while i < bytes.count, bytes[i] == UInt8(ascii: " ") || bytes[i] == UInt8(ascii: "\t") { i += 1 }
        tokens.append(.space(i - start))
        continue
      }
      let signed =
        isSign(bytes[i]) && i + 1 < bytes.count && startsNumber(bytes, at: i + 1) && !endsOperand(bytes, before: i)
      if signed || isWordByte(bytes[i]) {
        if signed { i += 1 }
        i = endOfWord(bytes, from: i)
        let word = String(decoding: bytes[start..<i], as: UTF8.self)
        if let number = PrintedDecimal(word) {
          tokens.append(.decimal(number))
        } else if bytes[(signed ? start + 1 : start)..<i].allSatisfy(isDigit) {
          tokens.append(.integer(word))
        } else {
          tokens.append(.text(word))
        }
        continue
      }
      i += 1
      while i < bytes.count, !isWordByte(bytes[i]), !isSign(bytes[i]), bytes[i] != UInt8(ascii: " "),
        bytes[i] != UInt8(ascii: "\t")
      {
        i += 1
      }
      tokens.append(.text(String(decoding: bytes[start..<i], as: UTF8.self)))
    }
    return tokens
  }

  /// A word runs on through letters, digits, `_` and `.`, and through the sign of an exponent.
  private static func endOfWord(_ bytes: [UInt8], from start: Int) -> Int {
    var i = start
    let numeric = startsNumber(bytes, at: start)
    while i < bytes.count {
      if isWordByte(bytes[i]) {
        i += 1
      } else if numeric, isSign(bytes[i]), i > start, bytes[i - 1] | 0x20 == UInt8(ascii: "e"), i + 1 < bytes.count,
        isDigit(bytes[i + 1]), bytes[start..<(i - 1)].allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") })
      {
        i += 1
      } else {
        break
      }
    }
    return i
  }

  private static func startsNumber(_ bytes: [UInt8], at i: Int) -> Bool {
    isDigit(bytes[i]) || (bytes[i] == UInt8(ascii: ".") && i + 1 < bytes.count && isDigit(bytes[i + 1]))
  }

  /// Whether a sign at `i` follows something that it would subtract from.
  private static func endsOperand(_ bytes: [UInt8], before i: Int) -> Bool {
    guard i > 0 else { return false }
    return isWordByte(bytes[i - 1]) || bytes[i - 1] == UInt8(ascii: ")") || bytes[i - 1] == UInt8(ascii: "]")
  }

  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte >= 0x80
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// A printed number with a point or an exponent, and what one unit of its last digit is worth.
struct PrintedDecimal: Equatable {
  let text: String
  let value: Double
  /// 0 for `3.` and `1e-05`, where the last digit is not known to be rounded.
  let lastDigitUnit: Double

  /// nil when `text` is not a number, or is an integer.
  init?(_ text: String) {
    var fraction = 0
    var digits = 0
    var exponent = 0
    var pastPoint = false
    var rest = text.utf8[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
    while let byte = rest.first {
      if byte == UInt8(ascii: ".") {
        guard !pastPoint else { return nil }
        pastPoint = true
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        digits += 1
        if pastPoint { fraction += 1 }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard digits > 0 else { return nil }
    if let byte = rest.first {
      guard byte | 0x20 == UInt8(ascii: "e"), let power = Int(Substring(rest.dropFirst())) else { return nil }
      exponent = power
    } else if !pastPoint {
      return nil
    }
    guard let value = Double(text.hasSuffix(".") ? text + "0" : text) ?? Double(Self.completed(text)) else {
      return nil
    }
    self.text = text
    self.value = value
    // The power is read from text so that it is the double nearest to it.
    lastDigitUnit = fraction == 0 ? 0 : Double("1e\(exponent - fraction)") ?? 0
  }

  /// `3.e5` and `.5` in the form that `Double` reads.
  private static func completed(_ text: String) -> String {
    var result = ""
    var previous: Character = " "
    for character in text {
      if character == ".", !previous.isNumber { result.append("0") }
      if previous == ".", !character.isNumber { result.append("0") }
      result.append(character)
      previous = character
    }
    return result
  }

  /// Whether the two may be prints of one number computed in two orders: a unit in the last printed digit apart (of the
  /// number printed more finely), or 2e-6 of the greater.
  func isClose(to other: PrintedDecimal) -> Bool {
    if value == other.value { return true }
    let difference = abs(value - other.value)
    guard difference.isFinite else { return false }
    if difference <= 2e-6 * max(abs(value), abs(other.value)) { return true }
    // 1.001: the difference of two decimals is not exact in binary.
    return difference <= 1.001 * min(lastDigitUnit, other.lastDigitUnit)
  }
}
