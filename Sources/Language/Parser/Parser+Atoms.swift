extension Parser {
  mutating func atom() throws(SyntaxError) -> Expression {
    let token = current
    switch token.kind {
    case .name:
      advance()
      return try node(.name(string(token)), from: token.lo)
    case .number:
      advance()
      return try node(try numberLiteral(token), from: token.lo)
    case .string: return try strings()
    case .true: return try constant(.true)
    case .false: return try constant(.false)
    case .none: return try constant(.none)
    case .ellipsis: return try constant(.ellipsis)
    case .leftParenthesis: return try parenthesis()
    case .leftBracket: return try bracket()
    case .leftBrace: return try brace()
    default: throw unexpected()
    }
  }

  private mutating func constant(_ kind: ExpressionKind) throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    return try node(kind, from: lo)
  }

  /// `( … )`: a group, a tuple or a generator. A group has the span of what it holds.
  private mutating func parenthesis() throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    if accept(.rightParenthesis) { return try node(.tuple([]), from: lo) }
    if kind == .yield {
      let value = try yield()
      try expect(.rightParenthesis)
      return value
    }
    let isStarred = kind == .star
    let first = try element()
    if kind == .for, !isStarred {
      let clauses = try comprehensionClauses()
      try expect(.rightParenthesis)
      return try generator(first, clauses, from: lo)
    }
    if kind == .rightParenthesis, !isStarred {
      advance()
      return first
    }
    guard kind == .comma else { throw unexpected() }
    let elements = try self.elements(after: first, until: .rightParenthesis)
    try expect(.rightParenthesis)
    return try node(.tuple(elements), from: lo, height: highest(elements) + 1)
  }

  /// The elements of a display whose first one was read.
  private mutating func elements(
    after first: Expression, until closing: TokenKind
  ) throws(SyntaxError) -> [Expression] {
    var elements = [first]
    while accept(.comma), kind != closing { elements.append(try element()) }
    return elements
  }

  private mutating func bracket() throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    if accept(.rightBracket) { return try node(.list([]), from: lo) }
    let isStarred = kind == .star
    let first = try element()
    if kind == .for, !isStarred {
      let clauses = try comprehensionClauses()
      try expect(.rightBracket)
      return try node(.listComprehension(first, clauses), from: lo, height: max(first.height, height(clauses)) + 1)
    }
    let elements = try self.elements(after: first, until: .rightBracket)
    try expect(.rightBracket)
    return try node(.list(elements), from: lo, height: highest(elements) + 1)
  }

  private mutating func brace() throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    if accept(.rightBrace) { return try node(.dict([]), from: lo) }
    if kind == .doubleStar { return try dict(from: lo, first: nil) }
    let isStarred = kind == .star
    let isNamed = kind == .name && nextKind() == .colonEqual
    let first = try element()
    if kind == .colon, !isStarred, !isNamed { return try dict(from: lo, first: first) }
    if kind == .for, !isStarred {
      let clauses = try comprehensionClauses()
      try expect(.rightBrace)
      return try node(.setComprehension(first, clauses), from: lo, height: max(first.height, height(clauses)) + 1)
    }
    let elements = try self.elements(after: first, until: .rightBrace)
    try expect(.rightBrace)
    return try node(.set(elements), from: lo, height: highest(elements) + 1)
  }

  /// A dict whose first key was read, or which starts with `**`.
  private mutating func dict(from lo: UInt32, first: Expression?) throws(SyntaxError) -> Expression {
    var items: [(key: Expression?, value: Expression)] = []
    var height: Int32 = 0
    if let first {
      advance()
      let value = try expression()
      height = max(first.height, value.height)
      if kind == .for {
        let clauses = try comprehensionClauses()
        try expect(.rightBrace)
        return try node(
          .dictComprehension(key: first, value: value, clauses), from: lo, height: max(height, self.height(clauses)) + 1
        )
      }
      items.append((first, value))
      if kind == .comma { advance() } else if kind != .rightBrace { throw unexpected() }
    }
    while kind != .rightBrace {
      if accept(.doubleStar) {
        let value = try bitwise()
        height = max(height, value.height)
        items.append((nil, value))
      } else {
        let key = try expression()
        try expect(.colon)
        let value = try expression()
        height = max(height, key.height, value.height)
        items.append((key, value))
      }
      if kind != .comma { break }
      advance()
    }
    try expect(.rightBrace)
    return try node(.dict(items), from: lo, height: height + 1)
  }

  // MARK: Comprehensions

  func height(_ clauses: [ComprehensionClause]) -> Int32 {
    var height: Int32 = 0
    for clause in clauses {
      height = max(height, clause.target.height, clause.iterable.height, highest(clause.conditions))
    }
    return height
  }

  mutating func generator(
    _ element: Expression, _ clauses: [ComprehensionClause], from lo: UInt32
  ) throws(SyntaxError) -> Expression {
    try node(.generator(element, clauses), from: lo, height: max(element.height, height(clauses)) + 1)
  }

  /// `for target in iterable if condition …`, once or more.
  mutating func comprehensionClauses() throws(SyntaxError) -> [ComprehensionClause] {
    var clauses: [ComprehensionClause] = []
    while accept(.for) {
      let target = try targets()
      try expect(.in)
      let iterable = try disjunction()
      var conditions: [Expression] = []
      while accept(.if) { conditions.append(try disjunction()) }
      clauses.append(ComprehensionClause(target: target, iterable: iterable, conditions: conditions))
    }
    if kind == .async, nextKind() == .for { throw unavailable("asynchronous comprehensions are", at: current) }
    return clauses
  }

  mutating func yield() throws(SyntaxError) -> Expression {
    let lo = current.lo
    advance()
    if accept(.from) {
      let value = try expression()
      return try node(.yieldFrom(value), from: lo, height: value.height + 1)
    }
    guard startsExpression else { return try node(.yield(nil), from: lo) }
    let value = try expressions()
    return try node(.yield(value), from: lo, height: value.height + 1)
  }
}
