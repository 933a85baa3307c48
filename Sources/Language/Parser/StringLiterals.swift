/// One string token taken apart.
struct StringLiteral {
  var isRaw = false
  var isBytes = false
  var isFormatted = false
  /// What stands between the quotes.
  var content: Range<Int>

  init(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
    var offset = Int(token.lo)
    prefix: while true {
      switch text[offset] | 0x20 {
      case 0x72: isRaw = true
      case 0x62: isBytes = true
      case 0x66: isFormatted = true
      case 0x75: break
      default: break prefix
      }
      offset += 1
    }
    let quote = text[offset]
    let length = Int(token.hi) - offset
    let isTriple = length >= 6 && text[offset + 1] == quote && text[offset + 2] == quote
    content = isTriple ? offset + 3..<Int(token.hi) - 3 : offset + 1..<Int(token.hi) - 1
  }
}

/// What adjacent string literals add up to.
struct StringBuilder {
  var parts: [FormattedPart] = []
  var pending: [UInt8] = []
  var height: Int32 = 0

  mutating func flush() {
    if pending.isEmpty { return }
    parts.append(.literal(String(decoding: pending, as: UTF8.self)))
    pending.removeAll()
  }
}

extension Parser {
  /// One or more adjacent string literals.
  mutating func strings() throws(SyntaxError) -> Expression {
    let lo = current.lo
    var literals: [StringLiteral] = []
    let first = current
    while kind == .string {
      literals.append(StringLiteral(text, current))
      advance()
    }
    // CPython looks at the token behind before it looks into the literals.
    if kind == .failure { throw unexpected() }
    let isBytes = literals[0].isBytes
    var builder = StringBuilder()
    for literal in literals {
      if literal.isBytes {
        try appendBytes(literal, to: &builder)
      } else if !literal.isFormatted {
        try appendText(literal.content, isRaw: literal.isRaw, to: &builder)
      }
      if literal.isBytes != isBytes {
        throw SyntaxError("cannot mix bytes and nonbytes literals", at: span(from: first.lo))
      }
      if literal.isFormatted {
        var position = literal.content.lowerBound
        try appendFormatted(&position, literal, level: 0, to: &builder)
      }
    }
    if isBytes { return try node(.bytes(builder.pending), from: lo) }
    if literals.contains(where: { $0.isFormatted }) {
      builder.flush()
      return try node(.formatted(builder.parts), from: lo, height: builder.height + 1)
    }
    return try node(.string(String(decoding: builder.pending, as: UTF8.self)), from: lo)
  }

  // MARK: Text

  /// Appends the text a range of source stands for.
  func appendText(_ range: Range<Int>, isRaw: Bool, to builder: inout StringBuilder) throws(SyntaxError) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let start = offset
      while offset < range.upperBound, text[offset] != 0x5C, text[offset] != 0x0D { offset += 1 }
      builder.pending.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<offset]))
      guard offset < range.upperBound else { return }
      if text[offset] == 0x0D {
        builder.pending.append(0x0A)
        offset += offset + 1 < range.upperBound && text[offset + 1] == 0x0A ? 2 : 1
      } else if !isRaw && offset + 1 < range.upperBound {
        offset = try appendEscape(at: offset, range, to: &builder)
      } else {
        builder.pending.append(0x5C)
        offset += 1
      }
    }
  }

  /// Appends what the escape at a backslash stands for; gives the offset behind it.
  private func appendEscape(
    at start: Int, _ range: Range<Int>, to builder: inout StringBuilder
  ) throws(SyntaxError) -> Int {
    let letter = text[start + 1]
    if let simple = simpleEscape(letter) {
      builder.pending.append(simple)
      return start + 2
    }
    switch letter {
    case 0x0A: return start + 2
    case 0x0D: return start + 2 < range.upperBound && text[start + 2] == 0x0A ? start + 3 : start + 2
    case 0x30...0x37:
      let (value, end) = octal(at: start + 1, range)
      builder.pending.append(contentsOf: String(Unicode.Scalar(value) ?? "?").utf8)
      return end
    case 0x78: return try appendCode(at: start, digits: 2, "truncated \\xXX escape", range, to: &builder)
    case 0x75: return try appendCode(at: start, digits: 4, "truncated \\uXXXX escape", range, to: &builder)
    case 0x55: return try appendCode(at: start, digits: 8, "truncated \\UXXXXXXXX escape", range, to: &builder)
    case 0x4E: return try appendNamed(at: start, range, to: &builder)
    default:
      // An unknown escape stays as it is written.
      builder.pending.append(0x5C)
      return start + 1
    }
  }

  private func simpleEscape(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x5C, 0x27, 0x22: return letter
    case 0x61: return 0x07
    case 0x62: return 0x08
    case 0x66: return 0x0C
    case 0x6E: return 0x0A
    case 0x72: return 0x0D
    case 0x74: return 0x09
    case 0x76: return 0x0B
    default: return nil
    }
  }

  /// Up to three octal digits.
  private func octal(at start: Int, _ range: Range<Int>) -> (UInt32, end: Int) {
    var value: UInt32 = 0
    var end = start
    while end < min(start + 3, range.upperBound), text[end] >= 0x30, text[end] <= 0x37 {
      value = value * 8 + UInt32(text[end] - 0x30)
      end += 1
    }
    return (value, end)
  }

  private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: return UInt32(byte) - 0x30
    case 0x41...0x46: return UInt32(byte) - 0x41 + 10
    case 0x61...0x66: return UInt32(byte) - 0x61 + 10
    default: return nil
    }
  }

  private func appendCode(
    at start: Int, digits: Int, _ message: String, _ range: Range<Int>, to builder: inout StringBuilder
  ) throws(SyntaxError) -> Int {
    var value: UInt32 = 0
    for offset in start + 2..<start + 2 + digits {
      guard offset < range.upperBound, let digit = hexadecimalDigit(text[offset]) else {
        throw escapeError(message, start..<offset, in: range)
      }
      value = value << 4 | digit
    }
    let end = start + 2 + digits
    if value > 0x10FFFF { throw escapeError("illegal Unicode character", start..<end, in: range) }
    guard let scalar = Unicode.Scalar(value) else {
      throw SyntaxError(
        "lone surrogates are not available in tnb", at: SourceSpan(source: source, lo: UInt32(start), hi: UInt32(end)))
    }
    builder.pending.append(contentsOf: String(scalar).utf8)
    return end
  }

  /// `\N{NAME}`.
  private func appendNamed(
    at start: Int, _ range: Range<Int>, to builder: inout StringBuilder
  ) throws(SyntaxError) -> Int {
    let malformed = "malformed \\N character escape"
    guard start + 2 < range.upperBound, text[start + 2] == 0x7B else {
      throw escapeError(malformed, start..<start + 2, in: range)
    }
    guard let close = text[start + 3..<range.upperBound].firstIndex(of: 0x7D) else {
      throw escapeError(malformed, start..<range.upperBound, in: range)
    }
    if close == start + 3 { throw escapeError(malformed, start..<close, in: range) }
    let name = String(decoding: text[start + 3..<close], as: UTF8.self)
    guard let scalar = scalar(named: name) else {
      throw escapeError("unknown Unicode character name", start..<close + 1, in: range)
    }
    builder.pending.append(contentsOf: String(scalar).utf8)
    return close + 1
  }

  /// The codec's error for an escape. Its positions count as CPython's decoder sees the literal, where a character
  /// past ASCII is written as a ten-byte escape.
  private func escapeError(_ message: String, _ escape: Range<Int>, in range: Range<Int>) -> SyntaxError {
    var position = 0
    var offset = range.lowerBound
    while offset < escape.lowerBound {
      let byte = text[offset]
      if byte >= 0xC0 {
        position += 10
      } else if byte == 0x5C && offset + 1 < range.upperBound && text[offset + 1] >= 0x80 {
        position += 6
      } else if byte < 0x80 {
        position += 1
      }
      offset += 1
    }
    return SyntaxError(
      "(unicode error) 'unicodeescape' codec can't decode bytes in position \(position)-"
        + "\(position + escape.count - 1): \(message)",
      at: SourceSpan(source: source, lo: UInt32(escape.lowerBound), hi: UInt32(escape.upperBound)))
  }

  // MARK: Bytes

  private func appendBytes(_ literal: StringLiteral, to builder: inout StringBuilder) throws(SyntaxError) {
    let range = literal.content
    if let bad = range.first(where: { text[$0] >= 0x80 }) {
      let length = decodeScalar(text, at: bad, end: range.upperBound).1
      throw SyntaxError(
        "bytes can only contain ASCII literal characters",
        at: SourceSpan(source: source, lo: UInt32(bad), hi: UInt32(bad + length)))
    }
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      if byte == 0x0D {
        builder.pending.append(0x0A)
        offset += offset + 1 < range.upperBound && text[offset + 1] == 0x0A ? 2 : 1
      } else if byte == 0x5C && !literal.isRaw && offset + 1 < range.upperBound {
        offset = try appendByteEscape(at: offset, range, to: &builder)
      } else {
        builder.pending.append(byte)
        offset += 1
      }
    }
  }

  private func appendByteEscape(
    at start: Int, _ range: Range<Int>, to builder: inout StringBuilder
  ) throws(SyntaxError) -> Int {
    let letter = text[start + 1]
    if let simple = simpleEscape(letter) {
      builder.pending.append(simple)
      return start + 2
    }
    switch letter {
    case 0x0A: return start + 2
    case 0x0D: return start + 2 < range.upperBound && text[start + 2] == 0x0A ? start + 3 : start + 2
    case 0x30...0x37:
      let (value, end) = octal(at: start + 1, range)
      builder.pending.append(UInt8(truncatingIfNeeded: value))
      return end
    case 0x78:
      guard start + 3 < range.upperBound, let high = hexadecimalDigit(text[start + 2]),
        let low = hexadecimalDigit(text[start + 3])
      else {
        throw SyntaxError(
          "(value error) invalid \\x escape at position \(start - range.lowerBound)",
          at: SourceSpan(source: source, lo: UInt32(start), hi: UInt32(start + 2)))
      }
      builder.pending.append(UInt8(high << 4 | low))
      return start + 4
    default:
      builder.pending.append(0x5C)
      return start + 1
    }
  }
}

/// The character with a Unicode name or alias, in any case; nil when there is none.
///
/// The standard library has names by character only, so all planes that have named characters are searched.
func scalar(named name: String) -> Unicode.Scalar? {
  let wanted = name.uppercased()
  for plane in [0..<0x32000, 0xE0000..<0xE0200] as [Range<UInt32>] {
    for value in plane {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if scalar.properties.name == wanted || scalar.properties.nameAlias == wanted { return scalar }
    }
  }
  return nil
}
