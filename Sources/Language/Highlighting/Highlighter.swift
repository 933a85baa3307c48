/// Which bytes of a source text are keywords, strings, comments …: for a line editor or a page that shows code in colour.
///
/// Text that is being typed is rarely a program: what follows a mistake is read as far as it can be.
package enum Highlighter {
  package enum Kind: Equatable {
    case keyword
    /// `True`, `False`, `None`.
    case constant
    case number
    case string
    case comment
    /// The name behind `def` or `class`.
    case definition
    /// `@name` before a definition.
    case decorator
    case name
    case symbol
  }

  package struct Span: Equatable {
    package let lo: Int
    package let hi: Int
    package let kind: Kind
  }

  /// Spans in order, without overlap; white space belongs to none.
  package static func spans(of text: [UInt8]) -> [Span] {
    var reader = Reader(text: text)
    while reader.position < text.count { reader.readOn() }
    return reader.spans
  }

  private struct Reader {
    let text: [UInt8]
    var spans: [Span] = []
    var position = 0
    var previous: TokenKind?
    /// The line has no token yet, but perhaps an `@`.
    var decorates = false

    init(text: [UInt8]) { self.text = text }

    /// Reads tokens from `position` to the end or to the first that cannot be read, and steps over that one.
    mutating func readOn() {
      let start = position
      var tokens: [Token] = []
      text[start...].withUnsafeBufferPointer { bytes in
        var lexer = Lexer(bytes, source: 0)
        while true {
          let count = tokens.count
          lexer.read(into: &tokens)
          if tokens.count == count { break }
        }
      }
      for token in tokens where token.kind != .failure && token.hi > token.lo && Int(token.hi) + start <= text.count {
        if Int(token.lo) + start >= position { add(token, offset: start) }
      }
      previous = nil
      skipGap(to: text.count)
      // What stopped the lexer may be readable as a beginning; if that is where it began, it is not.
      if position == start, position < text.count { skipUnreadable() }
    }

    private mutating func add(_ token: Token, offset: Int) {
      let lo = Int(token.lo) + offset
      let hi = Int(token.hi) + offset
      guard token.kind != .newline, token.kind != .indent, token.kind != .dedent, token.kind != .end else {
        if token.kind == .newline {
          skipGap(to: lo)
          position = max(position, hi)
          previous = nil
          decorates = false
        }
        return
      }
      skipGap(to: lo)
      spans.append(Span(lo: lo, hi: hi, kind: kind(of: token.kind)))
      position = hi
      previous = token.kind
    }

    private mutating func kind(of kind: TokenKind) -> Kind {
      if kind == .at, previous == nil {
        decorates = true
        return .decorator
      }
      if decorates, kind == .dot || kind == .name { return .decorator }
      decorates = false
      if kind == .name { return previous == .def || previous == .class ? .definition : .name }
      if kind == .number { return .number }
      if kind == .string { return .string }
      if kind == .true || kind == .false || kind == .none { return .constant }
      return kind.isKeyword ? .keyword : .symbol
    }

    /// White space and comments up to `end`; stops at anything else.
    private mutating func skipGap(to end: Int) {
      while position < end {
        switch text[position] {
        case 0x23:
          let start = position
          while position < end, text[position] != 0x0A { position += 1 }
          spans.append(Span(lo: start, hi: position, kind: .comment))
        case 0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x5C:
          position += 1
        default:
          return
        }
      }
    }

    /// A string that does not end colours the rest of its line, or of the text when it has three quotes; else the next
    /// character is stepped over.
    private mutating func skipUnreadable() {
      let start = position
      while position < text.count, Reader.isLetter(text[position]), position - start < 3 { position += 1 }
      guard position < text.count, text[position] == 0x22 || text[position] == 0x27 else {
        position = start + 1
        while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
        while position < text.count, Reader.isLetter(text[position - 1]), Reader.isLetter(text[position]) {
          position += 1
        }
        return
      }
      let quote = text[position]
      let isLong = position + 2 < text.count && text[position + 1] == quote && text[position + 2] == quote
      while position < text.count, isLong || text[position] != 0x0A { position += 1 }
      spans.append(Span(lo: start, hi: position, kind: .string))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F || byte >= 0x80
    }
  }
}

extension TokenKind {
  /// Any of Python's keywords but `True`, `False` and `None`.
  var isKeyword: Bool { (TokenKind.and.rawValue...TokenKind.yield.rawValue).contains(rawValue) }
}
