extension Parser {
  /// Runs `body` one level deeper. Throws when the native stack could run out.
  @inline(__always)
  mutating func deeper(
    _ body: (inout Parser) throws(SyntaxError) -> Expression
  ) throws(SyntaxError) -> Expression {
    depth += 1
    if depth > Parser.maximumHeight { throw tooDeep() }
    let result = try body(&self)
    depth -= 1
    return result
  }

  /// `expressions` in the grammar: one, or a tuple without parentheses.
  mutating func expressions() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let first = try starExpression()
    guard kind == .comma else { return first }
    var elements = [first]
    while accept(.comma), startsExpression { elements.append(try starExpression()) }
    return try node(.tuple(elements), from: lo, height: highest(elements) + 1)
  }

  private mutating func starExpression() throws(SyntaxError) -> Expression {
    kind == .star ? try starred() : try expression()
  }

  /// An element of a display: `*x`, `name := x` or an expression.
  mutating func element() throws(SyntaxError) -> Expression {
    kind == .star ? try starred() : try named()
  }

  private mutating func starred() throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    let value = try bitwise()
    return try node(.starred(value), from: lo, height: value.height + 1)
  }

  /// `name := x` or an expression.
  mutating func named() throws(SyntaxError) -> Expression {
    guard kind == .name, nextKind() == .colonEqual else { return try expression() }
    let token = current
    advance()
    advance()
    let value = try expression()
    return try node(
      .named(string(token), nameSpan: span(of: token), value), from: token.lo, height: value.height + 1)
  }

  mutating func expression() throws(SyntaxError) -> Expression {
    try deeper { (parser) throws(SyntaxError) in
      if parser.kind == .lambda { return try parser.lambda() }
      let lo = parser.current.lo
      let value = try parser.disjunction()
      guard parser.kind == .if else { return value }
      parser.advance()
      let test = try parser.disjunction()
      try parser.expect(.else)
      let otherwise = try parser.expression()
      let height = max(value.height, test.height, otherwise.height) + 1
      return try parser.node(
        .conditional(test: test, then: value, otherwise: otherwise), from: lo, height: height)
    }
  }

  private mutating func lambda() throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    let parameters = try self.parameters(until: .colon, annotated: false)
    try expect(.colon)
    let body = try expression()
    return try node(.lambda(parameters, body: body), from: lo, height: max(body.height, height(parameters)) + 1)
  }

  /// Whether the current token can start an expression or `*x`.
  var startsExpression: Bool {
    switch kind {
    case .name, .number, .string, .false, .none, .true, .await, .lambda, .not, .leftParenthesis, .leftBracket,
      .leftBrace, .ellipsis, .plus, .minus, .tilde, .star:
      return true
    // A failure is reported where the parser wants to read it.
    case .failure: return true
    case .newline, .indent, .dedent, .end, .stray, .and, .as, .assert, .async, .break, .class, .continue, .def, .del,
      .elif, .else, .except, .finally, .for, .from, .global, .if, .import, .in, .is, .nonlocal, .or, .pass, .raise,
      .return, .try, .while, .with, .yield, .rightParenthesis, .rightBracket, .rightBrace, .comma, .colon, .semicolon,
      .dot, .arrow, .at, .equal, .colonEqual, .slash, .doubleSlash, .percent, .doubleStar, .leftShift, .rightShift,
      .ampersand, .bar, .caret, .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .plusEqual,
      .minusEqual, .starEqual, .slashEqual, .doubleSlashEqual, .percentEqual, .doubleStarEqual, .atEqual,
      .leftShiftEqual, .rightShiftEqual, .ampersandEqual, .barEqual, .caretEqual:
      return false
    }
  }

  // MARK: Logic and comparison

  mutating func disjunction() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let first = try conjunction()
    guard kind == .or else { return first }
    var operands = [first]
    while accept(.or) { operands.append(try conjunction()) }
    return try node(.or(operands), from: lo, height: highest(operands) + 1)
  }

  private mutating func conjunction() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let first = try inversion()
    guard kind == .and else { return first }
    var operands = [first]
    while accept(.and) { operands.append(try inversion()) }
    return try node(.and(operands), from: lo, height: highest(operands) + 1)
  }

  private mutating func inversion() throws(SyntaxError) -> Expression {
    guard kind == .not else { return try comparison() }
    return try deeper { (parser) throws(SyntaxError) in
      let lo = parser.current.lo
      parser.advance()
      let operand = try parser.inversion()
      return try parser.node(.unary(.not, operand), from: lo, height: operand.height + 1)
    }
  }

  private mutating func comparison() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let first = try bitwise()
    guard var comparison = comparisonOperator() else { return first }
    var rest: [(ComparisonOperator, Expression)] = []
    var height = first.height
    while true {
      advance()
      if comparison == .notIn { advance() }
      if comparison == .is, accept(.not) { comparison = .isNot }
      let operand = try bitwise()
      height = max(height, operand.height)
      rest.append((comparison, operand))
      guard let next = comparisonOperator() else { break }
      comparison = next
    }
    return try node(.compare(first, rest), from: lo, height: height + 1)
  }

  private mutating func comparisonOperator() -> ComparisonOperator? {
    switch kind {
    case .equalEqual: return .equal
    case .notEqual: return .notEqual
    case .less: return .less
    case .lessEqual: return .lessEqual
    case .greater: return .greater
    case .greaterEqual: return .greaterEqual
    case .is: return .is
    case .in: return .in
    case .not: return nextKind() == .in ? .notIn : nil
    default: return nil
    }
  }

  // MARK: Arithmetic

  /// The operator a token stands for and how tightly it binds; nil for other tokens.
  @inline(__always)
  private func binaryOperator(_ kind: TokenKind) -> (BinaryOperator, power: Int)? {
    switch kind {
    case .bar: return (.bitOr, 1)
    case .caret: return (.bitXor, 2)
    case .ampersand: return (.bitAnd, 3)
    case .leftShift: return (.leftShift, 4)
    case .rightShift: return (.rightShift, 4)
    case .plus: return (.add, 5)
    case .minus: return (.subtract, 5)
    case .star: return (.multiply, 6)
    case .slash: return (.divide, 6)
    case .doubleSlash: return (.floorDivide, 6)
    case .percent: return (.modulo, 6)
    case .at: return (.matmul, 6)
    default: return nil
    }
  }

  /// Operands joined by operators that bind at least as tightly as `minimum`; all are left-associative.
  mutating func bitwise(_ minimum: Int = 1) throws(SyntaxError) -> Expression {
    let lo = current.lo
    var left = try unary()
    while let (sign, power) = binaryOperator(kind), power >= minimum {
      let operatorSpan = span(of: current)
      advance()
      let right = try bitwise(power + 1)
      left = try node(
        .binary(left, sign, right, operatorSpan: operatorSpan), from: lo, height: max(left.height, right.height) + 1)
    }
    return left
  }

  private mutating func unary() throws(SyntaxError) -> Expression {
    let sign: UnaryOperator
    switch kind {
    case .plus: sign = .plus
    case .minus: sign = .minus
    case .tilde: sign = .invert
    default: return try power()
    }
    return try deeper { (parser) throws(SyntaxError) in
      let lo = parser.current.lo
      parser.advance()
      let operand = try parser.unary()
      return try parser.node(.unary(sign, operand), from: lo, height: operand.height + 1)
    }
  }

  private mutating func power() throws(SyntaxError) -> Expression {
    let lo = current.lo
    if kind == .await { throw unavailable("'await' is", at: current) }
    let base = try primary()
    guard kind == .doubleStar else { return base }
    return try deeper { (parser) throws(SyntaxError) in
      let operatorSpan = parser.span(of: parser.current)
      parser.advance()
      let exponent = try parser.unary()
      return try parser.node(
        .binary(base, .power, exponent, operatorSpan: operatorSpan), from: lo,
        height: max(base.height, exponent.height) + 1)
    }
  }

  // MARK: Primaries

  mutating func primary() throws(SyntaxError) -> Expression {
    let lo = current.lo
    var value = try atom()
    while true {
      switch kind {
      case .dot:
        advance()
        let (name, nameSpan) = try expectName()
        value = try node(.attribute(value, name: name, nameSpan: nameSpan), from: lo, height: value.height + 1)
      case .leftParenthesis:
        let (arguments, height) = try self.arguments()
        value = try node(.call(value, arguments), from: lo, height: max(value.height, height) + 1)
      case .leftBracket:
        advance()
        let index = try slices()
        try expect(.rightBracket)
        value = try node(.index(value, index), from: lo, height: max(value.height, index.height) + 1)
      default: return value
      }
    }
  }

  private mutating func slices() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let first = try sliceOrStarred()
    if kind != .comma {
      if case .starred = first.kind, tokens[index].kind == .rightBracket {
        return try node(.tuple([first]), from: lo, height: first.height + 1)
      }
      return first
    }
    var elements = [first]
    while accept(.comma), kind != .rightBracket { elements.append(try sliceOrStarred()) }
    return try node(.tuple(elements), from: lo, height: highest(elements) + 1)
  }

  private mutating func sliceOrStarred() throws(SyntaxError) -> Expression {
    let lo = current.lo
    if accept(.star) {
      let value = try expression()
      return try node(.starred(value), from: lo, height: value.height + 1)
    }
    var lower: Expression?
    if kind != .colon {
      let isNamed = kind == .name && nextKind() == .colonEqual
      let value = try named()
      if kind != .colon || isNamed { return value }
      lower = value
    }
    try expect(.colon)
    let upper = startsSlicePart ? try expression() : nil
    var step: Expression?
    if accept(.colon), startsSlicePart { step = try expression() }
    let height = max(lower?.height ?? 0, upper?.height ?? 0, step?.height ?? 0) + 1
    return try node(.slice(lower, upper, step), from: lo, height: height)
  }

  private var startsSlicePart: Bool { kind != .colon && kind != .comma && kind != .rightBracket }

  /// The arguments of a call, parentheses included, and the greatest height among them. A single generator needs no
  /// parentheses of its own, except in a class definition.
  mutating func arguments(allowsGenerator: Bool = true) throws(SyntaxError) -> ([Argument], height: Int32) {
    let lo = current.lo
    advance()
    var arguments: [Argument] = []
    var height: Int32 = 0
    var hasKeyword = false
    var hasMapping = false
    while kind != .rightParenthesis {
      let value: Expression
      if kind == .star {
        if hasMapping { throw unexpected() }
        advance()
        value = try expression()
        arguments.append(.starred(value))
      } else if accept(.doubleStar) {
        value = try expression()
        arguments.append(.doubleStarred(value))
        (hasKeyword, hasMapping) = (true, true)
      } else if kind == .name, nextKind() == .equal {
        let (name, nameSpan) = try expectName()
        advance()
        value = try expression()
        arguments.append(.keyword(name, nameSpan: nameSpan, value))
        hasKeyword = true
      } else {
        let argument = try named()
        if kind == .for, arguments.isEmpty, allowsGenerator {
          let clauses = try comprehensionClauses()
          try expect(.rightParenthesis)
          return ([.positional(try generator(argument, clauses, from: lo))], argument.height + 1)
        }
        if hasKeyword { throw unexpected() }
        value = argument
        arguments.append(.positional(value))
      }
      height = max(height, value.height)
      if kind != .comma { break }
      advance()
    }
    try expect(.rightParenthesis)
    return (arguments, height)
  }
}
