/// Source bytes to tokens, on demand, by the rules of CPython 3.11's tokenizer.
///
/// The lexer never throws: what it cannot read becomes one `failure` token, after which it gives nothing more. The
/// parser throws the failure only when it gets there, so that an earlier mistake is reported first.
struct Lexer {
  let text: UnsafeBufferPointer<UInt8>
  let source: UInt32
  /// End of the text to read.
  let end: Int
  var position: Int
  /// The error behind the `failure` token.
  var failure: SyntaxError?
  /// The failure is reported even when the parser stumbles before it.
  var failureComesFirst = true

  /// Offsets and bytes of the brackets that are open.
  var brackets: [(offset: Int, byte: UInt8)] = []
  var indents: [(column: Int, alternative: Int)] = [(0, 0)]
  private var isAtLineStart = true
  /// The current line has no token yet.
  private var isLineBlank = true
  private var isFinished = false
  /// Reads the inside of an f-string's braces: as if in parentheses, which the lexer adds.
  private let isField: Bool

  static let maximumBrackets = 200
  static let maximumIndents = 100

  init(_ text: UnsafeBufferPointer<UInt8>, source: UInt32) {
    self.text = text
    self.source = source
    end = text.count
    position = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
    isField = false
  }

  /// A lexer for the expression of an f-string's field; `range` is what stands between the braces.
  init(_ text: UnsafeBufferPointer<UInt8>, source: UInt32, field range: Range<Int>) {
    self.text = text
    self.source = source
    end = range.upperBound
    position = range.lowerBound
    isField = true
    isAtLineStart = false
  }

  /// The byte at an offset; 0 past the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < end ? text[offset] : 0 }

  /// Appends some more tokens, about `count`; none when the text is used up.
  mutating func read(into tokens: inout [Token], count: Int = 512) {
    if isField && tokens.isEmpty {
      tokens.append(Token(kind: .leftParenthesis, level: 0, lo: UInt32(position - 1), hi: UInt32(position)))
      brackets.append((position - 1, 0x28))
    }
    let goal = tokens.count + count
    while tokens.count < goal && !isFinished { readToken(into: &tokens) }
  }

  mutating func fail(_ error: SyntaxError, comesFirst: Bool = true, into tokens: inout [Token]) {
    failure = error
    failureComesFirst = comesFirst
    isFinished = true
    tokens.append(Token(kind: .failure, level: level, lo: error.span.lo, hi: error.span.hi))
  }

  var level: UInt8 { UInt8(truncatingIfNeeded: brackets.count) }

  /// Appends a token from `start` to `position`.
  @inline(__always)
  mutating func add(_ kind: TokenKind, from start: Int, into tokens: inout [Token]) {
    isLineBlank = false
    tokens.append(Token(kind: kind, level: level, lo: UInt32(start), hi: UInt32(position)))
  }

  private mutating func readToken(into tokens: inout [Token]) {
    if isAtLineStart {
      isAtLineStart = false
      isLineBlank = true
      if !readIndentation(into: &tokens) { return }
    }
    while position < end, text[position] == 0x20 || text[position] == 0x09 || text[position] == 0x0C { position += 1 }
    guard position < end else { return finish(into: &tokens) }
    let start = position
    let first = text[position]
    switch Lexer.classes[Int(first)] {
    case .letter: readName(into: &tokens)
    case .digit: readNumber(into: &tokens)
    case .quote: readString(from: start, into: &tokens)
    case .punctuation: readPunctuation(into: &tokens)
    case .comment:
      while position < end, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
    case .newline: readNewline(into: &tokens)
    case .backslash:
      position += 1
      if skipContinuation(into: &tokens), position >= end { failAtContinuedEnd(into: &tokens) }
    case .other:
      position += 1
      if first == 0 {
        fail(SyntaxError("source code cannot contain null bytes", at: span(start, position)), into: &tokens)
      } else if first < 0x20 || first == 0x7F {
        let message = "invalid non-printable character U+\(hexadecimal(UInt32(first)))"
        fail(SyntaxError(message, at: span(start, position)), into: &tokens)
      } else {
        add(.stray, from: start, into: &tokens)
      }
    }
  }

  func span(_ lo: Int, _ hi: Int) -> SourceSpan { SourceSpan(source: source, lo: UInt32(lo), hi: UInt32(hi)) }

  private mutating func readNewline(into tokens: inout [Token]) {
    let start = position
    position += text[position] == 0x0D && byte(position + 1) == 0x0A ? 2 : 1
    if brackets.isEmpty {
      isAtLineStart = true
      if !isLineBlank { tokens.append(Token(kind: .newline, level: 0, lo: UInt32(start), hi: UInt32(position))) }
    }
  }

  /// Steps over the end of line after a backslash. False when something else follows.
  private mutating func skipContinuation(into tokens: inout [Token]) -> Bool {
    if byte(position) == 0x0D && position < end {
      position += byte(position + 1) == 0x0A ? 2 : 1
    } else if position < end && text[position] == 0x0A {
      position += 1
    } else if position == end {
      failAtContinuedEnd(into: &tokens)
      return false
    } else {
      let where_ = span(position, position + 1)
      fail(
        SyntaxError("unexpected character after line continuation character", at: where_), comesFirst: false,
        into: &tokens)
      return false
    }
    return true
  }

  private mutating func failAtContinuedEnd(into tokens: inout [Token]) {
    if isFinished { return }
    if let open = brackets.last, !isField { return fail(neverClosed(open), comesFirst: false, into: &tokens) }
    let error = SyntaxError(.syntax, "unexpected EOF while parsing", at: span(end - 1, end), isIncomplete: true)
    fail(error, comesFirst: false, into: &tokens)
  }

  private mutating func finish(into tokens: inout [Token]) {
    if isField {
      brackets.removeAll()
      tokens.append(Token(kind: .rightParenthesis, level: 0, lo: UInt32(end), hi: UInt32(end + 1)))
    } else if let open = brackets.last {
      return fail(neverClosed(open), comesFirst: false, into: &tokens)
    }
    if !isLineBlank { tokens.append(Token(kind: .newline, level: 0, lo: UInt32(end), hi: UInt32(end))) }
    while indents.count > 1 {
      indents.removeLast()
      tokens.append(Token(kind: .dedent, level: 0, lo: UInt32(end), hi: UInt32(end)))
    }
    tokens.append(Token(kind: .end, level: 0, lo: UInt32(end), hi: UInt32(end)))
    isFinished = true
  }

  func neverClosed(_ open: (offset: Int, byte: UInt8)) -> SyntaxError {
    let message = "'\(Character(Unicode.Scalar(open.byte)))' was never closed"
    return SyntaxError(.syntax, message, at: span(open.offset, open.offset + 1), isIncomplete: true)
  }

  // MARK: Indentation

  /// Measures the line's indentation and emits indents and dedents. False when the line is blank or unreadable.
  private mutating func readIndentation(into tokens: inout [Token]) -> Bool {
    var column = 0
    var alternative = 0
    var continued = 0
    let start = position
    measure: while position < end {
      switch text[position] {
      case 0x20:
        column += 1
        alternative += 1
      case 0x09:
        // Tabs reach to the next multiple of eight; counting them as one as well tells whether a mix is consistent.
        column = (column / 8 + 1) * 8
        alternative += 1
      case 0x0C:
        column = 0
        alternative = 0
      case 0x5C:
        // Indentation cannot be split over lines: what stands before the first backslash counts.
        continued = continued > 0 ? continued : column
        position += 1
        if !skipContinuation(into: &tokens) { return false }
        if position >= end { failAtContinuedEnd(into: &tokens) }
        if isFinished { return false }
        continue measure
      default: break measure
      }
      position += 1
    }
    guard position < end else { return true }
    let first = text[position]
    if first == 0x23 || first == 0x0A || first == 0x0D { return true }
    if continued > 0 { (column, alternative) = (continued, continued) }
    return indent(to: column, alternative, from: start, into: &tokens)
  }

  private mutating func indent(
    to column: Int, _ alternative: Int, from start: Int, into tokens: inout [Token]
  ) -> Bool {
    let current = indents[indents.count - 1]
    let here = span(start, position)
    if column == current.column {
      if alternative == current.alternative { return true }
    } else if column > current.column {
      if indents.count >= Lexer.maximumIndents {
        fail(SyntaxError(.indentation, "too many levels of indentation", at: here), comesFirst: false, into: &tokens)
        return false
      }
      if alternative > current.alternative {
        indents.append((column, alternative))
        tokens.append(Token(kind: .indent, level: 0, lo: UInt32(start), hi: UInt32(position)))
        return true
      }
    } else {
      var depth = indents.count - 1
      while depth > 0, column < indents[depth].column { depth -= 1 }
      if column != indents[depth].column {
        let message = "unindent does not match any outer indentation level"
        fail(SyntaxError(.indentation, message, at: here), comesFirst: false, into: &tokens)
        return false
      }
      if alternative == indents[depth].alternative {
        let dedent = Token(kind: .dedent, level: 0, lo: UInt32(position), hi: UInt32(position))
        for _ in depth..<indents.count - 1 { tokens.append(dedent) }
        indents.removeLast(indents.count - 1 - depth)
        return true
      }
    }
    fail(
      SyntaxError(.tab, "inconsistent use of tabs and spaces in indentation", at: here), comesFirst: false,
      into: &tokens)
    return false
  }
}
