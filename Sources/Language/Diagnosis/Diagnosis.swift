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

  /// The error to report. Rules nest some thirty deep per bracket, so they run on a stack of their own.
  func run() -> SyntaxError {
    var result = generic
    _ = withDeepStack {
      var diagnosis = self
      result = diagnosis.diagnose()
    }
    return result
  }

  private mutating func diagnose() -> SyntaxError {
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
    case .indent: return SyntaxError(.indentation, "unexpected indent", at: generic.span)
    case .dedent: return SyntaxError(.indentation, "unexpected unindent", at: generic.span)
    default:
      return completed(token.map { SyntaxError("invalid syntax", at: recognizer.parser.span(of: $0)) } ?? generic)
    }
  }

  private func completed(_ error: SyntaxError) -> SyntaxError {
    let parser = recognizer.parser
    return Diagnosis.complete(error, parser.lexer, parser.tokens, furthest: recognizer.furthest)
  }

  /// Reads the rest of the text: where it cannot be read, that is the error to report.
  static func complete(_ error: SyntaxError, _ lexer: Lexer, _ tokens: [Token], furthest: Int) -> SyntaxError {
    if let failure = lexer.failure, failure.message == error.message, failure.span == error.span { return failure }
    let line = lineNumber(lexer.text, at: Int(tokens[furthest].lo))
    var lexer = lexer
    var tokens = tokens
    var count = -1
    while tokens.count != count {
      count = tokens.count
      lexer.read(into: &tokens)
    }
    if let failure = lexer.failure {
      if lexer.failureComesFirst { return failure }
      if let open = lexer.brackets.last, line > lineNumber(lexer.text, at: open.offset) {
        return lexer.neverClosed(open)
      }
    }
    // More text could mend it if the parser stumbled over the end.
    var error = error
    error.isIncomplete = tokens[furthest...].allSatisfy { $0.kind == .end || $0.kind == .dedent }
    return error
  }
}
