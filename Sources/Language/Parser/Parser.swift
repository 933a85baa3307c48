// Source text to syntax tree, by recursive descent; binary operators by a table of binding powers.
//
//   module      = statement* END
//   statement   = compound | simple (";" simple)* [";"] NEWLINE
//   simple      = assignment | expressions | "pass" | "break" | "continue" | "return" [expressions]
//               | "raise" [expression ["from" expression]] | "del" targets | "assert" expression ["," expression]
//               | ("global" | "nonlocal") NAME ("," NAME)*
//               | "import" dotted ["as" NAME] ("," …)* | "from" dotted "import" ("*" | names | "(" names ")")
//   assignment  = target ":" expression ["=" right] | (targets "=")+ right | target AUGMENTED right
//   right       = yield | expressions
//   compound    = "if" … | "while" … | "for" … | "try" … | "with" … | [decorators] "def" … | [decorators] "class" …
//   block       = simple … NEWLINE | NEWLINE INDENT statement+ DEDENT
//   expressions = ("*" bitwise | expression) ("," …)* [","]
//   named       = NAME ":=" expression | expression
//   expression  = or ["if" or "else" expression] | "lambda" [parameters] ":" expression
//   or          = and ("or" and)*        and = not ("and" not)*        not = "not" not | comparison
//   comparison  = bitwise (COMPARISON bitwise)*
//   bitwise     = operands joined by | ^ & << >> + - * / // % @, tighter to the right
//   unary       = ("+" | "-" | "~") unary | primary ["**" unary]
//   primary     = atom ("." NAME | "(" arguments ")" | "[" slices "]")*
//   atom        = NAME | NUMBER | STRING+ | "..." | "None" | "True" | "False"
//               | "(" … ")" | "[" … "]" | "{" … "}"
//
// This parser only says whether a text is a program. When it is not, `Diagnosis` reads the failing statement again by
// CPython's rules and finds CPython's message.

/// Source text to syntax tree.
package struct Parser {
  /// Greatest nesting height of a tree.
  package static let maximumHeight: Int32 = 1000

  let text: UnsafeBufferPointer<UInt8>
  let source: UInt32
  var lexer: Lexer
  var tokens: [Token] = []
  private(set) var index = 0
  /// The token at `index`.
  private(set) var current = Token(kind: .end, level: 0, lo: 0, hi: 0)
  /// End of the token before `index`.
  private(set) var lastEnd: UInt32 = 0
  /// Expressions being parsed around the current one.
  var depth: Int32 = 0
  /// Index of the first token of the top-level statement being parsed.
  var statementStart = 0
  /// The error thrown only says that `current` cannot stand here: worth a diagnosis.
  private(set) var isGeneric = false
  /// The error thrown names something that tnb lacks.
  private(set) var isUnavailable = false

  /// Parses a cell or a file. Throws CPython 3.11's error for text that is not a program; what CPython finds after
  /// parsing (`return` outside a function, …) comes from `SymbolTable`.
  package static func parse(_ text: [UInt8], source: UInt32 = 0) throws(SyntaxError) -> Module {
    try text.withUnsafeBufferPointer { (text) throws(SyntaxError) in
      try checkEncoding(text, source: source)
      var parser = Parser(Lexer(text, source: source))
      do throws(SyntaxError) {
        return try parser.module()
      } catch {
        throw parser.diagnosed(error, as: .module)
      }
    }
  }

  init(_ lexer: Lexer) {
    text = lexer.text
    source = lexer.source
    self.lexer = lexer
    self.lexer.read(into: &tokens)
    current = tokens[0]
  }

  /// A parser that reads tokens again, from `start`.
  init(_ lexer: Lexer, tokens: [Token], from start: Int) {
    text = lexer.text
    source = lexer.source
    self.lexer = lexer
    self.tokens = tokens
    move(to: start)
  }

  /// The better error for one that was thrown while parsing.
  mutating func diagnosed(_ error: SyntaxError, as start: Diagnosis.Start) -> SyntaxError {
    if isUnavailable || error.kind == .recursion { return error }
    if isGeneric { return Diagnosis(self, as: start).run() }
    return Diagnosis.complete(error, lexer, tokens, furthest: index)
  }

  // MARK: Tokens

  @inline(__always)
  var kind: TokenKind { current.kind }

  @inline(__always)
  mutating func advance() {
    lastEnd = current.hi
    index += 1
    if index == tokens.count { lexer.read(into: &tokens) }
    // The last token, `end` or `failure`, is never stepped over by a rule; staying on it keeps mistakes harmless.
    if index == tokens.count { index -= 1 }
    current = tokens[index]
  }

  /// Goes back to a token that was read.
  mutating func move(to index: Int) {
    self.index = index
    current = tokens[index]
    lastEnd = index > 0 ? tokens[index - 1].hi : 0
  }

  /// Forgets what a failed attempt left behind.
  mutating func restore(depth: Int32, isGeneric: Bool) {
    self.depth = depth
    self.isGeneric = isGeneric
  }

  /// The kind of the token after the current one.
  mutating func nextKind() -> TokenKind {
    if index + 1 == tokens.count { lexer.read(into: &tokens) }
    return index + 1 < tokens.count ? tokens[index + 1].kind : .end
  }

  /// Steps over the current token if it is of a kind.
  @inline(__always)
  mutating func accept(_ kind: TokenKind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  @inline(__always)
  mutating func expect(_ kind: TokenKind) throws(SyntaxError) {
    guard current.kind == kind else { throw unexpected() }
    advance()
  }

  /// The error for a current token that cannot stand where it stands.
  mutating func unexpected() -> SyntaxError {
    if current.kind == .failure, let failure = lexer.failure { return failure }
    isGeneric = true
    return SyntaxError("invalid syntax", at: span(of: current))
  }

  /// The error for something Python has and tnb has not.
  mutating func unavailable(_ what: String, at token: Token) -> SyntaxError {
    isUnavailable = true
    return SyntaxError("\(what) not available in tnb", at: span(of: token))
  }

  func span(of token: Token) -> SourceSpan { SourceSpan(source: source, lo: token.lo, hi: token.hi) }

  /// From `lo` to the end of the last token.
  @inline(__always)
  func span(from lo: UInt32) -> SourceSpan { SourceSpan(source: source, lo: lo, hi: lastEnd) }

  func string(_ token: Token) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: text[Int(token.lo)..<Int(token.hi)]), as: UTF8.self)
  }

  mutating func expectName() throws(SyntaxError) -> (String, SourceSpan) {
    guard current.kind == .name else { throw unexpected() }
    let token = current
    advance()
    return (string(token), span(of: token))
  }

  // MARK: Nodes

  /// A node from `lo` to the last token. Throws when the tree grows too high.
  @inline(__always)
  mutating func node(_ kind: ExpressionKind, from lo: UInt32, height: Int32 = 1) throws(SyntaxError) -> Expression {
    if height > Parser.maximumHeight { throw tooDeep() }
    return Expression(kind, span: span(from: lo), height: height)
  }

  func tooDeep() -> SyntaxError {
    SyntaxError(.recursion, "maximum recursion depth exceeded during compilation", at: span(of: current))
  }

  func highest(_ expressions: [Expression]) -> Int32 {
    var height: Int32 = 0
    for expression in expressions { height = max(height, expression.height) }
    return height
  }

  // MARK: Module

  private mutating func module() throws(SyntaxError) -> Module {
    var body: [Statement] = []
    while kind != .end {
      statementStart = index
      try statement(into: &body)
    }
    return Module(body: body, endsInSemicolon: endsInSemicolon)
  }

  private var endsInSemicolon: Bool {
    for token in tokens.reversed() {
      switch token.kind {
      case .end, .newline, .dedent, .indent: continue
      default: return token.kind == .semicolon
      }
    }
    return false
  }

  /// Throws for bytes that are not UTF-8, as CPython words it.
  private static func checkEncoding(_ text: UnsafeBufferPointer<UInt8>, source: UInt32) throws(SyntaxError) {
    guard let bad = firstInvalidUTF8(text) else { return }
    let byte = hexadecimal(UInt32(text[bad.offset])).suffix(2).lowercased()
    throw SyntaxError(
      "(unicode error) 'utf-8' codec can't decode byte 0x\(byte) in position \(bad.offset): \(bad.reason)",
      at: SourceSpan(source: source, lo: UInt32(bad.offset), hi: UInt32(bad.offset + 1)))
  }
}
