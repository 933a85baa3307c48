/// Finds CPython's message for a statement that the parser refused.
///
/// Like CPython, it reads the statement twice by the same rules: first to learn which token was the last one looked
/// at, then with the rules that describe mistakes. Text that cannot be read at all comes before either.
struct Diagnosis {
  /// What is being parsed.
  enum Start: String {
    case module = "file"
    /// The expression of an f-string's field, in parentheses.
    case field = "fstring"
  }

  private var recognizer: Recognizer
  private let rule: Int
  private let first: Int
  /// What the parser says without help.
  private let generic: SyntaxError

  init(_ parser: Parser, as start: Start) {
    var parser = parser
    first = parser.statementStart
    generic = parser.unexpected()
    rule = Grammar.python.rule(start.rawValue)
    recognizer = Recognizer(parser, at: first)
  }

  mutating func run() -> SyntaxError {
    var last = first
    do throws(SyntaxError) {
      if try recognizer.match(rule: rule, at: first) != nil { return generic }
      last = recognizer.furthest
      recognizer.forget()
      recognizer.isDiagnostic = true
      _ = try recognizer.match(rule: rule, at: first)
    } catch {
      return completed(error)
    }
    let token = recognizer.isExhausted ? nil : recognizer.parser.tokens[last]
    switch token?.kind {
    case .indent: return marked(SyntaxError(.indentation, "unexpected indent", at: generic.span))
    case .dedent: return marked(SyntaxError(.indentation, "unexpected unindent", at: generic.span))
    default: return completed(token.map { SyntaxError("invalid syntax", at: recognizer.parser.span(of: $0)) } ?? generic)
    }
  }

  /// Reads the rest of the text: where it cannot be read, that is the error to report.
  private mutating func completed(_ error: SyntaxError) -> SyntaxError {
    let parser = recognizer.parser
    if let failure = parser.lexer.failure, failure.message == error.message, failure.span == error.span {
      return failure
    }
    var lexer = parser.lexer
    var tokens = parser.tokens
    var count = -1
    while tokens.count != count {
      count = tokens.count
      lexer.read(into: &tokens)
    }
    guard let failure = lexer.failure else { return marked(error) }
    if lexer.failureComesFirst { return failure }
    if let open = lexer.brackets.last,
      lineNumber(parser.text, at: Int(parser.tokens[recognizer.furthest].lo)) > lineNumber(parser.text, at: open.offset)
    {
      return lexer.neverClosed(open)
    }
    return marked(error)
  }

  /// Notes on an error whether more text could mend it: the parser stumbled over the end.
  private func marked(_ error: SyntaxError) -> SyntaxError {
    var error = error
    let tokens = recognizer.parser.tokens
    let rest = tokens[min(recognizer.furthest, tokens.count - 1)...]
    error.isIncomplete = rest.allSatisfy { $0.kind == .end || $0.kind == .dedent }
    return error
  }
}
