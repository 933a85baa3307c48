/// Finds CPython's message for a statement that the parser refused.
struct Diagnosis {
  /// What is being parsed.
  enum Start {
    case module
    /// The expression of an f-string's field, in parentheses.
    case field
  }

  var parser: Parser
  let start: Start

  init(_ parser: Parser, as start: Start) {
    self.parser = parser
    self.start = start
  }

  mutating func run() -> SyntaxError {
    parser.unexpected()
  }
}
