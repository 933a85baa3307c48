/// Runs a grammar over tokens: backtracking, alternatives in order, with memory where the grammar asks for it.
struct Recognizer {
  /// Rules that may be open at once: CPython's limit, well within the stack the recogniser runs on.
  private static let maximumDepth = 6000
  /// Tokens that may be looked at: a statement longer than this gets the generic message in a moment instead of a
  /// better one in minutes.
  private static let maximumTokens = 50_000

  let grammar = Grammar.python
  var parser: Parser
  /// Whether diagnostic alternatives are tried.
  var isDiagnostic = false
  /// Index of the last token looked at.
  private(set) var furthest: Int
  /// Ends (-1: no match) of remembered rules by rule and start.
  private var memory: [UInt64: Int32] = [:]
  private var depth = 0
  /// The text nests too deeply to be looked into.
  private(set) var isExhausted = false

  /// Index of the first token.
  private let first: Int

  init(_ parser: Parser, at start: Int) {
    self.parser = parser
    first = start
    furthest = start
  }

  mutating func forget() { memory.removeAll() }

  /// The token at an index. Throws where the text cannot be read.
  mutating func token(_ index: Int) throws(SyntaxError) -> Token {
    while index >= parser.tokens.count {
      let count = parser.tokens.count
      parser.lexer.read(into: &parser.tokens)
      if parser.tokens.count == count { return parser.tokens[count - 1] }
    }
    if index > furthest { furthest = index }
    if index - first > Recognizer.maximumTokens { isExhausted = true }
    let token = parser.tokens[index]
    if token.kind == .failure { throw parser.lexer.failure! }
    return token
  }

  /// Where the match of a rule at `start` ends; nil when it does not match. Throws the error that was found.
  mutating func match(rule index: Int, at start: Int) throws(SyntaxError) -> Int? {
    let isRemembered = grammar.rules[index].isRemembered
    let key = UInt64(index) << 32 | UInt64(start)
    if isRemembered, let end = memory[key] { return end < 0 ? nil : Int(end) }
    depth += 1
    defer { depth -= 1 }
    if depth > Recognizer.maximumDepth { isExhausted = true }
    if isExhausted { return nil }
    let outer = isDiagnostic
    if grammar.rules[index].isPlain { isDiagnostic = false }
    let end = try alternatives(index, at: start)
    isDiagnostic = outer
    if isRemembered { memory[key] = Int32(end ?? -1) }
    return end
  }

  private mutating func alternatives(_ index: Int, at start: Int) throws(SyntaxError) -> Int? {
    for alternative in grammar.rules[index].alternatives {
      if alternative.isDiagnostic && !isDiagnostic { continue }
      var captures = Captures()
      var position = start
      var isCommitted = false
      var fits = true
      for pattern in alternative.patterns {
        if case .commit = pattern {
          isCommitted = true
          continue
        }
        guard let end = try match(pattern, at: position, &captures) else {
          fits = false
          break
        }
        position = end
      }
      if fits {
        guard let action = alternative.action else { return position }
        // An action that finds nothing wrong ends the rule: its other alternatives are not tried.
        if let error = self.error(action, captures, end: position) { throw error }
        return nil
      }
      if isCommitted || isExhausted { return nil }
    }
    return nil
  }

  /// Token ranges of what an alternative has named.
  struct Captures {
    var a = 0..<0
    var b = 0..<0
  }

  private mutating func match(
    _ pattern: Grammar.Pattern, at start: Int, _ captures: inout Captures
  ) throws(SyntaxError) -> Int? {
    switch pattern {
    case .token(let kind): return try token(start).kind == kind ? start + 1 : nil
    case .required(let kind, let spelling):
      let found = try token(start)
      if found.kind == kind { return start + 1 }
      throw SyntaxError("expected '\(spelling)'", at: parser.span(of: found))
    case .strings: return try strings(at: start)
    case .softKeyword:
      let found = try token(start)
      guard found.kind == .name else { return nil }
      // CPython compares no more letters than the name has: `c` and `m` count as soft keywords too.
      let word = parser.string(found)
      return ["_", "case", "match"].contains { $0.hasPrefix(word) } ? start + 1 : nil
    case .rule(let rule): return try match(rule: rule, at: start)
    case .optional(let inner): return try match(inner, at: start, &captures) ?? start
    case .repeated(let inner, let atLeastOne):
      var position = start
      while let end = try match(inner, at: position, &captures), end > position { position = end }
      return atLeastOne && position == start ? nil : position
    case .separated(let inner, let separator):
      guard var position = try match(inner, at: start, &captures) else { return nil }
      while let next = try match(separator, at: position, &captures), let end = try match(inner, at: next, &captures) {
        position = end
      }
      return position
    case .ahead(let inner, let expected):
      return try (match(inner, at: start, &captures) != nil) == expected ? start : nil
    case .capture(let name, let inner):
      guard let end = try match(inner, at: start, &captures) else { return nil }
      switch name {
      case .a: captures.a = start..<end
      case .b: captures.b = start..<end
      }
      return end
    case .commit: return start
    }
  }

  private mutating func strings(at start: Int) throws(SyntaxError) -> Int? {
    var end = start
    while try token(end).kind == .string { end += 1 }
    if end == start { return nil }
    var reader = Parser(parser.lexer, tokens: parser.tokens, from: start)
    reader.depth = parser.depth
    _ = try reader.strings()
    return end
  }
}
