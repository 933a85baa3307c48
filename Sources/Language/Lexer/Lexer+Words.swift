extension Lexer {
  enum ByteClass: UInt8 {
    case letter, digit, quote, punctuation, comment, newline, backslash, other
  }

  /// What a token that starts with a byte is. Bytes past ASCII start names; `readName` checks them.
  static let classes: [ByteClass] = (0..<256).map { value in
    switch UInt8(value) {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: return .letter
    case 0x30...0x39: return .digit
    case 0x22, 0x27: return .quote
    case 0x23: return .comment
    case 0x0A, 0x0D: return .newline
    case 0x5C: return .backslash
    case 0x21, 0x25, 0x26, 0x28...0x2F, 0x3A...0x3E, 0x40, 0x5B, 0x5D, 0x5E, 0x7B...0x7E: return .punctuation
    default: return .other
    }
  }

  static let isWord: [Bool] = (0..<256).map { classes[$0] == .letter || classes[$0] == .digit }

  mutating func readName(into tokens: inout [Token]) {
    let start = position
    var packed: UInt64 = 0
    var isASCII = true
    while position < end {
      let byte = text[position]
      guard Lexer.isWord[Int(byte)] else { break }
      if byte >= 0x80 { isASCII = false }
      if position - start < 8 { packed |= UInt64(byte) << UInt64(8 * (position - start)) }
      position += 1
    }
    let length = position - start
    if length <= 2, position < end, text[position] == 0x22 || text[position] == 0x27, isStringPrefix(packed) {
      return readString(from: start, into: &tokens)
    }
    if !isASCII, let error = checkIdentifier(start..<position) { return fail(error, into: &tokens) }
    if length <= 8, length >= 2, let keyword = TokenKind.keyword(packed: packed) {
      add(keyword, from: start, into: &tokens)
    } else {
      add(.name, from: start, into: &tokens)
    }
  }

  /// Whether one or two packed letters may stand before a quote: b, r, u, f, br, fr in any order and case.
  private func isStringPrefix(_ packed: UInt64) -> Bool {
    let first = UInt8(packed & 0xFF) | 0x20
    if packed < 0x100 { return first == 0x62 || first == 0x72 || first == 0x75 || first == 0x66 }
    let second = UInt8(packed >> 8 & 0xFF) | 0x20
    return (first == 0x72 && (second == 0x62 || second == 0x66)) || (second == 0x72 && (first == 0x62 || first == 0x66))
  }

  /// The error of a name with letters past ASCII; nil when it is an identifier.
  private func checkIdentifier(_ range: Range<Int>) -> SyntaxError? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (scalar, length) = decodeScalar(text, at: offset, end: end)
      let properties = scalar.properties
      let isStart = scalar == "_" || properties.isXIDStart
      if !(isStart || (offset > range.lowerBound && properties.isXIDContinue)) {
        let code = hexadecimal(scalar.value)
        let message =
          isPrintable(scalar)
          ? "invalid character '\(Character(scalar))' (U+\(code))" : "invalid non-printable character U+\(code)"
        return SyntaxError(message, at: span(offset, offset + length))
      }
      offset += length
    }
    return nil
  }

  /// Reads a string literal whose quote is at `position`; `start` is where its prefix starts.
  mutating func readString(from start: Int, into tokens: inout [Token]) {
    let quote = text[position]
    let isTriple = byte(position + 1) == quote && byte(position + 2) == quote
    position += isTriple ? 3 : 1
    while position < end {
      let byte = text[position]
      if byte == quote {
        if !isTriple {
          position += 1
          return add(.string, from: start, into: &tokens)
        }
        if position + 2 < end, text[position + 1] == quote, text[position + 2] == quote {
          position += 3
          return add(.string, from: start, into: &tokens)
        }
      } else if byte == 0x5C {
        position += 1
        if self.byte(position) == 0x0D && self.byte(position + 1) == 0x0A { position += 1 }
      } else if (byte == 0x0A || byte == 0x0D) && !isTriple {
        break
      } else if byte == 0 {
        return fail(
          SyntaxError("source code cannot contain null bytes", at: span(position, position + 1)), into: &tokens)
      }
      position += 1
    }
    position = min(position, end)
    var line = lineNumber(text, at: position)
    // A newline at the very end closes the last line, it does not start another.
    if position == end, position > 0, text[position - 1] == 0x0A { line -= 1 }
    let kind = isTriple ? "triple-quoted string" : "string"
    let error = SyntaxError(
      .syntax, "unterminated \(kind) literal (detected at line \(line))", at: span(start, min(start + 1, end)),
      isIncomplete: isTriple && !tokens.contains { $0.kind == .failure })
    fail(error, into: &tokens)
  }

  mutating func readPunctuation(into tokens: inout [Token]) {
    let start = position
    let first = text[position]
    let second = byte(position + 1)
    let third = byte(position + 2)
    position += 1
    switch first {
    case 0x28: return open(.leftParenthesis, first, into: &tokens)
    case 0x5B: return open(.leftBracket, first, into: &tokens)
    case 0x7B: return open(.leftBrace, first, into: &tokens)
    case 0x29: return close(.rightParenthesis, first, 0x28, into: &tokens)
    case 0x5D: return close(.rightBracket, first, 0x5B, into: &tokens)
    case 0x7D: return close(.rightBrace, first, 0x7B, into: &tokens)
    case 0x2E where second >= 0x30 && second <= 0x39:
      position = start
      return readNumber(into: &tokens)
    default: break
    }
    let kind: TokenKind
    switch (first, second, third) {
    case (0x2C, _, _): kind = .comma
    case (0x3A, 0x3D, _): kind = .colonEqual
    case (0x3A, _, _): kind = .colon
    case (0x3B, _, _): kind = .semicolon
    case (0x2E, 0x2E, 0x2E): kind = .ellipsis
    case (0x2E, _, _): kind = .dot
    case (0x2D, 0x3E, _): kind = .arrow
    case (0x2D, 0x3D, _): kind = .minusEqual
    case (0x2D, _, _): kind = .minus
    case (0x40, 0x3D, _): kind = .atEqual
    case (0x40, _, _): kind = .at
    case (0x3D, 0x3D, _): kind = .equalEqual
    case (0x3D, _, _): kind = .equal
    case (0x2B, 0x3D, _): kind = .plusEqual
    case (0x2B, _, _): kind = .plus
    case (0x2A, 0x2A, 0x3D): kind = .doubleStarEqual
    case (0x2A, 0x2A, _): kind = .doubleStar
    case (0x2A, 0x3D, _): kind = .starEqual
    case (0x2A, _, _): kind = .star
    case (0x2F, 0x2F, 0x3D): kind = .doubleSlashEqual
    case (0x2F, 0x2F, _): kind = .doubleSlash
    case (0x2F, 0x3D, _): kind = .slashEqual
    case (0x2F, _, _): kind = .slash
    case (0x25, 0x3D, _): kind = .percentEqual
    case (0x25, _, _): kind = .percent
    case (0x3C, 0x3C, 0x3D): kind = .leftShiftEqual
    case (0x3C, 0x3C, _): kind = .leftShift
    case (0x3C, 0x3D, _): kind = .lessEqual
    case (0x3C, 0x3E, _):
      position = start + 2
      return add(.stray, from: start, into: &tokens)
    case (0x3C, _, _): kind = .less
    case (0x3E, 0x3E, 0x3D): kind = .rightShiftEqual
    case (0x3E, 0x3E, _): kind = .rightShift
    case (0x3E, 0x3D, _): kind = .greaterEqual
    case (0x3E, _, _): kind = .greater
    case (0x26, 0x3D, _): kind = .ampersandEqual
    case (0x26, _, _): kind = .ampersand
    case (0x7C, 0x3D, _): kind = .barEqual
    case (0x7C, _, _): kind = .bar
    case (0x5E, 0x3D, _): kind = .caretEqual
    case (0x5E, _, _): kind = .caret
    case (0x7E, _, _): kind = .tilde
    case (0x21, 0x3D, _): kind = .notEqual
    default: kind = .stray
    }
    position = start + kind.operatorLength
    add(kind, from: start, into: &tokens)
  }

  private mutating func open(_ kind: TokenKind, _ byte: UInt8, into tokens: inout [Token]) {
    let start = position - 1
    if brackets.count >= Lexer.maximumBrackets {
      return fail(SyntaxError("too many nested parentheses", at: span(start, position)), into: &tokens)
    }
    brackets.append((start, byte))
    add(kind, from: start, into: &tokens)
  }

  private mutating func close(_ kind: TokenKind, _ byte: UInt8, _ opening: UInt8, into tokens: inout [Token]) {
    let start = position - 1
    let sign = Character(Unicode.Scalar(byte))
    guard let open = brackets.popLast() else {
      return fail(SyntaxError("unmatched '\(sign)'", at: span(start, position)), into: &tokens)
    }
    if open.byte != opening {
      var message =
        "closing parenthesis '\(sign)' does not match opening parenthesis '\(Character(Unicode.Scalar(open.byte)))'"
      let line = lineNumber(text, at: open.offset)
      if line != lineNumber(text, at: start) { message += " on line \(line)" }
      return fail(SyntaxError(message, at: span(start, position)), into: &tokens)
    }
    add(kind, from: start, into: &tokens)
  }
}

extension TokenKind {
  /// Bytes of an operator; 1 for `stray`.
  fileprivate var operatorLength: Int {
    switch self {
    case .ellipsis, .doubleStarEqual, .doubleSlashEqual, .leftShiftEqual, .rightShiftEqual: return 3
    case .colonEqual, .arrow, .minusEqual, .atEqual, .equalEqual, .plusEqual, .doubleStar, .starEqual, .doubleSlash,
      .slashEqual, .percentEqual, .leftShift, .lessEqual, .rightShift, .greaterEqual, .ampersandEqual, .barEqual,
      .caretEqual, .notEqual:
      return 2
    case .name, .number, .string, .newline, .indent, .dedent, .end, .failure, .stray, .false, .none, .true, .and, .as,
      .assert, .async, .await, .break, .class, .continue, .def, .del, .elif, .else, .except, .finally, .for, .from,
      .global, .if, .import, .in, .is, .lambda, .nonlocal, .not, .or, .pass, .raise, .return, .try, .while, .with,
      .yield, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma,
      .colon, .semicolon, .dot, .at, .equal, .plus, .minus, .star, .slash, .percent, .ampersand, .bar, .caret,
      .tilde, .less, .greater:
      return 1
    }
  }
}
