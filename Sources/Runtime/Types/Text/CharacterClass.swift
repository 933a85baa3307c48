/// Unicode properties as `str` asks for them.
package enum CharacterClass {
  package static func isSpace(_ s: Unicode.Scalar) -> Bool {
    switch s.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0: true
    case 0..<0x1680: false
    case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  static func isLineBreak(_ s: Unicode.Scalar) -> Bool {
    switch s.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  static func isAlpha(_ s: Unicode.Scalar) -> Bool {
    if s.isASCII { return (0x41...0x5A).contains(s.value) || (0x61...0x7A).contains(s.value) }
    switch s.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  /// The value of a decimal digit of any script.
  package static func decimalDigit(_ s: Unicode.Scalar) -> Int? {
    if s.isASCII { return (0x30...0x39).contains(s.value) ? Int(s.value - 0x30) : nil }
    guard s.properties.generalCategory == .decimalNumber, let value = s.properties.numericValue else { return nil }
    return Int(value)
  }

  static func isDigit(_ s: Unicode.Scalar) -> Bool {
    if decimalDigit(s) != nil { return true }
    return s.properties.numericType == .digit
  }

  static func isNumeric(_ s: Unicode.Scalar) -> Bool { s.properties.numericType != nil }

  package static func isAlphanumeric(_ s: Unicode.Scalar) -> Bool { isAlpha(s) || isDigit(s) || isNumeric(s) }

  static func isUpper(_ s: Unicode.Scalar) -> Bool {
    s.isASCII ? (0x41...0x5A).contains(s.value) : s.properties.isUppercase
  }
  static func isLower(_ s: Unicode.Scalar) -> Bool {
    s.isASCII ? (0x61...0x7A).contains(s.value) : s.properties.isLowercase
  }
  static func isTitle(_ s: Unicode.Scalar) -> Bool {
    !s.isASCII && s.properties.generalCategory == .titlecaseLetter
  }
  static func isCased(_ s: Unicode.Scalar) -> Bool {
    s.isASCII ? isAlpha(s) : s.properties.isCased
  }

  /// What `repr` shows as itself.
  package static func isPrintable(_ s: Unicode.Scalar) -> Bool {
    if s.isASCII { return s.value >= 0x20 && s.value < 0x7F }
    switch s.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  static func isIdentifierStart(_ s: Unicode.Scalar) -> Bool {
    if s.isASCII { return isAlpha(s) || s == "_" }
    return s.properties.isXIDStart
  }
  static func isIdentifierPart(_ s: Unicode.Scalar) -> Bool {
    if s.isASCII { return isIdentifierStart(s) || (0x30...0x39).contains(s.value) }
    return s.properties.isXIDContinue
  }
}
