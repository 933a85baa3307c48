// f-strings by the rules of CPython 3.11: the fields are found by counting brackets and quotes first and read by a
// parser of their own afterwards, so a field cannot hold a backslash, a comment or the quote of its string.

extension Parser {
  /// Appends the parts of an f-string from `position` to the end of the literal or, in a format specification
  /// (`level` > 0), to the `}` that ends it.
  mutating func appendFormatted(
    _ position: inout Int, _ literal: StringLiteral, level: Int, to builder: inout StringBuilder
  ) throws(SyntaxError) {
    let end = literal.content.upperBound
    while true {
      try appendLiteralPart(&position, literal, level: level, to: &builder)
      if position >= end || text[position] == 0x7D { return }
      try appendField(&position, literal, level: level, to: &builder)
    }
  }

  /// Appends text up to the next field.
  private mutating func appendLiteralPart(
    _ position: inout Int, _ literal: StringLiteral, level: Int, to builder: inout StringBuilder
  ) throws(SyntaxError) {
    let end = literal.content.upperBound
    var start = position
    while position < end {
      let byte = text[position]
      if byte == 0x5C && !literal.isRaw && position + 1 < end {
        position += 1
        let escaped = text[position]
        if escaped == 0x4E {
          // `\N{name}`: these braces are no field.
          position += 2
          if position <= end, text[position - 1] == 0x7B {
            while position < end, text[position] != 0x7D { position += 1 }
            position += 1
          }
          position = min(position, end)
        } else if escaped != 0x7B && escaped != 0x7D {
          position += 1
        }
        continue
      }
      guard byte == 0x7B || byte == 0x7D else {
        position += 1
        continue
      }
      if level > 0 { break }
      if position + 1 < end && text[position + 1] == byte {
        // A doubled brace is one brace.
        try appendText(start..<position + 1, isRaw: literal.isRaw, to: &builder)
        position += 2
        start = position
        continue
      }
      if byte == 0x7D { throw fieldError("single '}' is not allowed", position..<position + 1) }
      break
    }
    try appendText(start..<position, isRaw: literal.isRaw, to: &builder)
  }

  private func fieldError(_ message: String, _ range: Range<Int>) -> SyntaxError {
    SyntaxError(
      "f-string: " + message, at: SourceSpan(source: source, lo: UInt32(range.lowerBound), hi: UInt32(range.upperBound))
    )
  }

  // MARK: Fields

  /// Appends the field whose `{` is at `position`.
  private mutating func appendField(
    _ position: inout Int, _ literal: StringLiteral, level: Int, to builder: inout StringBuilder
  ) throws(SyntaxError) {
    let end = literal.content.upperBound
    let brace = position
    if level >= 2 { throw fieldError("expressions nested too deeply", brace..<brace + 1) }
    let start = brace + 1
    position = try fieldEnd(from: start, end: end)
    let unclosed = fieldError("expecting '}'", brace..<min(position, end))
    if position >= end { throw unclosed }
    let value = try fieldExpression(start..<position)

    var debugText: String?
    if text[position] == 0x3D {
      position += 1
      while position < end, isSpace(text[position]) { position += 1 }
      if position >= end { throw unclosed }
      debugText = String(decoding: text[start..<position], as: UTF8.self)
    }
    var conversion: Character?
    if text[position] == 0x21 {
      position += 1
      if position >= end { throw unclosed }
      conversion = try conversionLetter(&position, end: end)
    }
    if position >= end { throw unclosed }
    var spec: [FormattedPart] = []
    var hasSpec = false
    if text[position] == 0x3A {
      hasSpec = true
      position += 1
      if position >= end { throw unclosed }
      var inner = StringBuilder()
      try appendFormatted(&position, literal, level: level + 1, to: &inner)
      inner.flush()
      spec = inner.parts
      builder.height = max(builder.height, inner.height)
    }
    if position >= end || text[position] != 0x7D { throw unclosed }
    position += 1
    if debugText != nil && !hasSpec && conversion == nil { conversion = "r" }
    builder.flush()
    builder.height = max(builder.height, value.height)
    builder.parts.append(.value(value, conversion: conversion, spec: spec, debugText: debugText))
  }

  private func conversionLetter(_ position: inout Int, end: Int) throws(SyntaxError) -> Character {
    let letter = text[position]
    position += 1
    guard letter == 0x72 || letter == 0x73 || letter == 0x61 else {
      throw fieldError(
        "invalid conversion character: expected 's', 'r', or 'a'", position - 1..<position)
    }
    return Character(Unicode.Scalar(letter))
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  /// `!`, `:`, `}`, `=`, and `<` and `>`, which end a field only as far as they start `<=` and `>=`.
  private func endsField(_ byte: UInt8) -> Bool {
    byte == 0x21 || byte == 0x3A || byte == 0x7D || byte == 0x3D || byte == 0x3C || byte == 0x3E
  }

  /// Where the expression of a field ends: at `!`, `:`, `}` or `=` outside brackets and strings, or at `end`.
  private func fieldEnd(from start: Int, end: Int) throws(SyntaxError) -> Int {
    var position = start
    var quote: UInt8 = 0
    var isTriple = false
    var open: [UInt8] = []
    scan: while position < end {
      let byte = text[position]
      let here = position..<position + 1
      if byte == 0x5C {
        throw SyntaxError(
          "f-string expression part cannot include a backslash",
          at: SourceSpan(source: source, lo: UInt32(position), hi: UInt32(position + 1)))
      }
      if quote != 0 {
        if byte == quote {
          if !isTriple {
            quote = 0
          } else if position + 2 < end, text[position + 1] == quote, text[position + 2] == quote {
            position += 2
            quote = 0
          }
        }
        position += 1
        continue
      }
      if open.isEmpty, endsField(byte) {
        let isPair = position + 1 < end && text[position + 1] == 0x3D
        if isPair && byte != 0x3A && byte != 0x7D {
          position += 1
        } else if byte != 0x3C && byte != 0x3E {
          break scan
        }
        position += 1
        continue
      }
      switch byte {
      case 0x22, 0x27:
        quote = byte
        isTriple = position + 2 < end && text[position + 1] == byte && text[position + 2] == byte
        if isTriple { position += 2 }
      case 0x28, 0x5B, 0x7B:
        if open.count >= Lexer.maximumBrackets { throw fieldError("too many nested parenthesis", here) }
        open.append(byte)
      case 0x23:
        throw SyntaxError(
          "f-string expression part cannot include '#'",
          at: SourceSpan(source: source, lo: UInt32(position), hi: UInt32(position + 1)))
      case 0x29, 0x5D, 0x7D:
        let sign = Character(Unicode.Scalar(byte))
        guard let opening = open.popLast() else { throw fieldError("unmatched '\(sign)'", here) }
        // The closing bracket is one (parentheses) or two (the others) past the opening one.
        if byte &- opening > 2 {
          let opened = Character(Unicode.Scalar(opening))
          throw fieldError(
            "closing parenthesis '\(sign)' does not match opening parenthesis '\(opened)'", here)
        }
      default: break
      }
      position += 1
    }
    if quote != 0 { throw fieldError("unterminated string", start..<end) }
    if let opening = open.last {
      throw fieldError("unmatched '\(Character(Unicode.Scalar(opening)))'", start..<end)
    }
    return position
  }

  /// Parses what stands between the braces of a field.
  private func fieldExpression(_ range: Range<Int>) throws(SyntaxError) -> Expression {
    if text[range].allSatisfy({ isSpace($0) && $0 != 0x0B }) {
      let next = text[range.upperBound]
      let message =
        next == 0x7D
        ? "empty expression not allowed" : "expression required before '\(Character(Unicode.Scalar(next)))'"
      throw fieldError(message, range.lowerBound - 1..<range.upperBound + 1)
    }
    var parser = Parser(Lexer(text, source: source, field: range))
    parser.depth = depth
    do throws(SyntaxError) {
      return try parser.expressions()
    } catch {
      var error = parser.diagnosed(error, as: .field)
      // CPython's tokenizer words its errors itself, the parser puts the prefix before its own.
      let isLexical = parser.lexer.failure.map { $0.message == error.message && $0.span == error.span } ?? false
      if !isLexical && !error.isFromField && error.kind != .recursion { error.message = "f-string: " + error.message }
      error.isFromField = true
      error.isIncomplete = false
      throw error
    }
  }
}
