import BigInt
import Glibc

/// Text to numbers and between kinds of numbers, as `int()` and `float()` do it.
package enum NumberParsing {
  /// Nearest double; OverflowError "int too large to convert to float".
  package static func double(_ integer: Integer) throws(ExceptionObject) -> Double {
    switch integer {
    case .small(let i): return Double(i)
    case .big(let b):
      let d = Numbers.double(b)
      if d.isInfinite { throw .overflow("int too large to convert to float") }
      return d
    }
  }

  /// The whole part of a float, cut towards zero.
  package static func truncate(_ value: Double) throws(ExceptionObject) -> Integer {
    let whole = value.rounded(.towardZero)
    if let small = Int(exactly: whole) { return .small(small) }
    if value.isNaN { throw .value("cannot convert float NaN to integer") }
    if value.isInfinite { throw .overflow("cannot convert float infinity to integer") }
    return .big(Numbers.integer(whole))
  }

  /// What `__int__`, `__index__` or `__trunc__` give; nil for types that have none of them.
  package static func viaIntMethods(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Integer? {
    let type = vm.type(of: value)
    for name in [Names.int, Names.index, Names.trunc] where type.lookup(name) != nil {
      let result = try vm.callMethod(value, name)
      if let integer = try vm.index(result) { return integer }
      throw .type("\(name.text) returned non-int (type \(vm.typeName(result)))")
    }
    return nil
  }

  // MARK: int

  /// `int(text, base)`; `shown` is the literal's repr in the message.
  package static func int(
    _ text: Str, base: Int, shown: @autoclosure () -> String
  ) throws(ExceptionObject) -> Value {
    guard let digits = asciiDigits(text) else { throw invalid(base, shown()) }
    var i = 0
    var end = digits.count
    while i < end, isSpace(digits[i]) { i += 1 }
    while end > i, isSpace(digits[end - 1]) { end -= 1 }
    var negative = false
    if i < end, digits[i] == UInt8(ascii: "-") || digits[i] == UInt8(ascii: "+") {
      negative = digits[i] == UInt8(ascii: "-")
      i += 1
    }
    var radix = base
    var prefixed = false
    if end - i >= 2, digits[i] == UInt8(ascii: "0") {
      let found: Int
      switch digits[i + 1] | 0x20 {
      case UInt8(ascii: "x"): found = 16
      case UInt8(ascii: "o"): found = 8
      case UInt8(ascii: "b"): found = 2
      default: found = 0
      }
      if found != 0 && (base == 0 || base == found) {
        radix = found
        i += 2
        prefixed = true
      }
    }
    let leadingZeroRefused = base == 0 && !prefixed
    if radix == 0 { radix = 10 }
    var clean: [UInt8] = []
    clean.reserveCapacity(end - i)
    // One underscore may stand between digits and after a prefix.
    var underscoreAllowed = prefixed
    while i < end {
      let b = digits[i]
      i += 1
      if b == UInt8(ascii: "_") {
        guard underscoreAllowed, i < end else { throw invalid(base, shown()) }
        underscoreAllowed = false
        continue
      }
      guard let digit = digitValue(b), digit < radix else { throw invalid(base, shown()) }
      clean.append(b)
      underscoreAllowed = true
    }
    if clean.isEmpty { throw invalid(base, shown()) }
    if leadingZeroRefused, clean.count > 1, clean[0] == UInt8(ascii: "0"),
      clean.contains(where: { $0 != UInt8(ascii: "0") })
    {
      throw invalid(base, shown())
    }
    let text = String(decoding: clean, as: UTF8.self)
    if let small = Int(text, radix: radix) { return .int(negative ? -small : small) }
    let limit = IntText.maximumDigits
    if limit > 0, clean.count > limit, radix & (radix - 1) != 0 {
      throw .value(
        "Exceeds the limit (\(limit) digits) for integer string conversion: value has \(clean.count) digits; "
          + "use sys.set_int_max_str_digits() to increase the limit")
    }
    let big: BigInt
    if radix == 10 {
      big = BigInt(try BigArithmetic.parse(decimal: clean[...]))
    } else {
      guard let number = BigInt(text, radix: radix) else { throw invalid(base, shown()) }
      big = number
    }
    return BigIntObject.make(negative ? -big : big)
  }

  private static func invalid(_ base: Int, _ shown: String) -> ExceptionObject {
    .value("invalid literal for int() with base \(base): \(String(shown.unicodeScalars.prefix(200)))")
  }

  private static func digitValue(_ b: UInt8) -> Int? {
    switch b {
    case 0x30...0x39: Int(b - 0x30)
    case 0x61...0x7A: Int(b - 0x61) + 10
    case 0x41...0x5A: Int(b - 0x41) + 10
    default: nil
    }
  }

  private static func isSpace(_ b: UInt8) -> Bool {
    b == 0x20 || (0x09...0x0D).contains(b) || (0x1C...0x1F).contains(b)
  }

  /// The text with every Unicode decimal digit as ASCII and every space as a blank; nil when other characters are left.
  private static func asciiDigits(_ text: Str) -> [UInt8]? {
    if text.isASCII { return Array(text.bytes) }
    var out: [UInt8] = []
    for scalar in text.scalars {
      if scalar.isASCII {
        out.append(UInt8(scalar.value))
      } else if let digit = CharacterClass.decimalDigit(scalar) {
        out.append(0x30 + UInt8(digit))
      } else if CharacterClass.isSpace(scalar) {
        out.append(0x20)
      } else {
        return nil
      }
    }
    return out
  }

  // MARK: float

  /// `float(text)`; nil when the text is no number.
  package static func float(_ text: Str) -> Double? {
    guard let all = asciiDigits(text) else { return nil }
    var start = 0
    var end = all.count
    while start < end, isSpace(all[start]) { start += 1 }
    while end > start, isSpace(all[end - 1]) { end -= 1 }
    var clean: [CChar] = []
    clean.reserveCapacity(end - start + 1)
    func isDigit(_ at: Int) -> Bool { at >= start && at < end && (0x30...0x39).contains(all[at]) }
    for i in start..<end {
      let b = all[i]
      if b == UInt8(ascii: "_") {
        guard isDigit(i - 1), isDigit(i + 1) else { return nil }
        continue
      }
      clean.append(CChar(bitPattern: b))
    }
    if clean.isEmpty { return nil }
    if !isDecimalNumber(clean) { return specialFloat(clean) }
    clean.append(0)
    return clean.withUnsafeBufferPointer { strtod($0.baseAddress!, nil) }
  }

  /// `[+-] digits [. digits] [e [+-] digits]` with at least one digit: what strtod may see (it also takes hex).
  private static func isDecimalNumber(_ text: [CChar]) -> Bool {
    var i = 0
    func digits() -> Int {
      let from = i
      while i < text.count, text[i] >= 0x30, text[i] <= 0x39 { i += 1 }
      return i - from
    }
    if text[0] == 0x2B || text[0] == 0x2D { i = 1 }
    var n = digits()
    if i < text.count, text[i] == 0x2E {
      i += 1
      n += digits()
    }
    if n == 0 { return false }
    if i < text.count, text[i] == 0x65 || text[i] == 0x45 {
      i += 1
      if i < text.count, text[i] == 0x2B || text[i] == 0x2D { i += 1 }
      if digits() == 0 { return false }
    }
    return i == text.count
  }

  private static func specialFloat(_ text: [CChar]) -> Double? {
    var word = String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self).lowercased()
    let negative = word.hasPrefix("-")
    if negative || word.hasPrefix("+") { word.removeFirst() }
    switch word {
    case "nan": return .nan
    case "inf", "infinity": return negative ? -.infinity : .infinity
    default: return nil
    }
  }
}
