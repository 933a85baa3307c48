extension Lexer {
  /// Reads a number literal; its value is worked out by the parser.
  mutating func readNumber(into tokens: inout [Token]) {
    let start = position
    if text[position] == 0x30 {
      switch byte(position + 1) | 0x20 {
      case 0x78: return readRadix("hexadecimal", 16, from: start, into: &tokens)
      case 0x6F: return readRadix("octal", 8, from: start, into: &tokens)
      case 0x62: return readRadix("binary", 2, from: start, into: &tokens)
      default: break
      }
    }
    var isInteger = true
    if text[position] != 0x2E, !readDigits(into: &tokens) { return }
    if byte(position) == 0x2E {
      isInteger = false
      position += 1
      if isDigit(byte(position)), !readDigits(into: &tokens) { return }
    }
    if byte(position) | 0x20 == 0x65 {
      let sign = byte(position + 1)
      if isDigit(sign) {
        isInteger = false
        position += 1
        if !readDigits(into: &tokens) { return }
      } else if sign == 0x2B || sign == 0x2D {
        position += 2
        guard isDigit(byte(position)) else { return failNumber("invalid decimal literal", into: &tokens) }
        isInteger = false
        if !readDigits(into: &tokens) { return }
      } else {
        // What starts like an exponent is a name: `1else`.
        if checkEnd("decimal", into: &tokens) { add(.number, from: start, into: &tokens) }
        return
      }
    }
    if byte(position) | 0x20 == 0x6A {
      position += 1
      if !checkEnd("imaginary", into: &tokens) { return }
      return fail(
        SyntaxError("complex literals are not available in tnb", at: span(start, position)), into: &tokens)
    }
    if isInteger, text[start] == 0x30, let zeros = leadingZeros(start..<position) {
      let message =
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
      return fail(SyntaxError(message, at: span(start, zeros)), into: &tokens)
    }
    if checkEnd("decimal", into: &tokens) { add(.number, from: start, into: &tokens) }
  }

  /// Where the zeros before other digits end; nil when there are only zeros.
  private func leadingZeros(_ range: Range<Int>) -> Int? {
    for offset in range where text[offset] != 0x30 && text[offset] != 0x5F { return offset }
    return nil
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Digits with single underscores between them; at least one digit is there.
  private mutating func readDigits(into tokens: inout [Token]) -> Bool {
    while true {
      while isDigit(byte(position)) { position += 1 }
      guard byte(position) == 0x5F else { return true }
      position += 1
      if !isDigit(byte(position)) {
        failNumber("invalid decimal literal", into: &tokens)
        return false
      }
    }
  }

  private mutating func readRadix(_ name: String, _ radix: Int, from start: Int, into tokens: inout [Token]) {
    position += 2
    repeat {
      if byte(position) == 0x5F { position += 1 }
      guard digit(byte(position)) < radix else {
        return failRadix(name, radix, into: &tokens)
      }
      while digit(byte(position)) < radix { position += 1 }
    } while byte(position) == 0x5F
    if radix < 16, isDigit(byte(position)) { return failRadix(name, radix, into: &tokens) }
    if checkEnd(name, into: &tokens) { add(.number, from: start, into: &tokens) }
  }

  private mutating func failRadix(_ name: String, _ radix: Int, into tokens: inout [Token]) {
    let byte = byte(position)
    if radix < 16, isDigit(byte) {
      position += 1
      failNumber("invalid digit '\(Character(Unicode.Scalar(byte)))' in \(name) literal", into: &tokens)
    } else {
      failNumber("invalid \(name) literal", into: &tokens)
    }
  }

  private func digit(_ byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39: return Int(byte) - 0x30
    case 0x41...0x46: return Int(byte) - 0x41 + 10
    case 0x61...0x66: return Int(byte) - 0x61 + 10
    default: return 99
    }
  }

  /// A name must not follow a number, unless it is a keyword that may (`1if x else 2`).
  private mutating func checkEnd(_ kind: String, into tokens: inout [Token]) -> Bool {
    let next = byte(position)
    guard position < end, next < 0x80, Lexer.isWord[Int(next)] else { return true }
    for word in Lexer.wordsAfterNumbers where word.utf8.first == next {
      var matches = true
      for (index, byte) in word.utf8.enumerated() where self.byte(position + index) != byte { matches = false }
      // Of the words with `i` CPython looks at the first two letters only.
      if matches && (next == 0x69 || !Lexer.isWord[Int(byte(position + word.utf8.count))]) { return true }
    }
    failNumber("invalid \(kind) literal", into: &tokens)
    return false
  }

  private static let wordsAfterNumbers = ["and", "else", "for", "if", "in", "is", "or", "not"]

  /// Fails at the last byte read.
  private mutating func failNumber(_ message: String, into tokens: inout [Token]) {
    fail(SyntaxError(message, at: span(position - 1, position)), into: &tokens)
  }
}
