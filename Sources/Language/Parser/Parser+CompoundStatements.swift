extension Parser {
  mutating func compoundStatement() throws(SyntaxError) -> Statement {
    switch kind {
    case .if: return try ifStatement()
    case .while: return try whileStatement()
    case .for: return try forStatement()
    case .try: return try tryStatement()
    case .with: return try withStatement()
    case .def, .class, .at: return try definition()
    case .async:
      switch nextKind() {
      case .def: throw unavailable("async functions are", at: current)
      case .for: throw unavailable("'async for' is", at: current)
      case .with: throw unavailable("'async with' is", at: current)
      default: throw unexpected()
      }
    default: throw unexpected()
    }
  }

  private mutating func block() throws(SyntaxError) -> [Statement] {
    var body: [Statement] = []
    guard accept(.newline) else {
      try simpleStatements(into: &body)
      return body
    }
    try expect(.indent)
    repeat { try statement(into: &body) } while kind != .dedent && kind != .end
    try expect(.dedent)
    return body
  }

  private mutating func colonBlock() throws(SyntaxError) -> [Statement] {
    try expect(.colon)
    return try block()
  }

  private mutating func elseBlock() throws(SyntaxError) -> [Statement] {
    accept(.else) ? try colonBlock() : []
  }

  /// From `lo` to the end of the last statement of a body: the newline and dedents after it do not belong to it.
  private func statement(_ kind: StatementKind, from lo: UInt32, _ bodies: [Statement]...) -> Statement {
    var hi = lo
    for body in bodies { if let last = body.last { hi = max(hi, last.span.hi) } }
    return Statement(kind, span: SourceSpan(source: source, lo: lo, hi: hi))
  }

  /// `if` and its `elif`s, in a loop, then folded from the last to the first.
  private mutating func ifStatement() throws(SyntaxError) -> Statement {
    var clauses: [(lo: UInt32, test: Expression, body: [Statement])] = []
    repeat {
      let lo = current.lo
      advance()
      let test = try named()
      clauses.append((lo, test, try colonBlock()))
    } while kind == .elif
    var otherwise = try elseBlock()
    for clause in clauses.reversed() {
      otherwise = [
        statement(.if(clause.test, clause.body, otherwise: otherwise), from: clause.lo, clause.body, otherwise)
      ]
    }
    return otherwise[0]
  }

  private mutating func whileStatement() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    let test = try named()
    let body = try colonBlock()
    let otherwise = try elseBlock()
    return statement(.while(test, body, otherwise: otherwise), from: lo, body, otherwise)
  }

  private mutating func forStatement() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    let target = try targets()
    try expect(.in)
    let iterable = try expressions()
    let body = try colonBlock()
    let otherwise = try elseBlock()
    return statement(
      .for(target: target, iterable: iterable, body, otherwise: otherwise), from: lo, body, otherwise)
  }

  private mutating func tryStatement() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    let body = try colonBlock()
    var handlers: [ExceptionHandler] = []
    while kind == .except { handlers.append(try handler()) }
    let otherwise = handlers.isEmpty ? [] : try elseBlock()
    let finally = accept(.finally) ? try colonBlock() : []
    if handlers.isEmpty && finally.isEmpty { throw unexpected() }
    return statement(
      .try(body, handlers: handlers, otherwise: otherwise, finally: finally), from: lo, handlers.last?.body ?? [],
      otherwise, finally)
  }

  private mutating func handler() throws(SyntaxError) -> ExceptionHandler {
    let lo = current.lo
    advance()
    if kind == .star { throw unavailable("'except*' is", at: current) }
    let type = kind == .colon ? nil : try expression()
    let name = type != nil && accept(.as) ? try expectName().0 : nil
    let body = try colonBlock()
    return ExceptionHandler(
      type: type, name: name, body: body, span: SourceSpan(source: source, lo: lo, hi: body.last?.span.hi ?? lastEnd))
  }

  // MARK: with

  private mutating func withStatement() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    let start = index
    var items = kind == .leftParenthesis ? parenthesisedItems() : nil
    if items == nil {
      move(to: start)
      items = [try withItem()]
      while accept(.comma) { items!.append(try withItem()) }
    }
    let body = try colonBlock()
    return statement(.with(items!, body), from: lo, body)
  }

  /// `(item, item as target):`; nil when the parenthesis turns out to be the start of an expression.
  private mutating func parenthesisedItems() -> [WithItem]? {
    let outer = (depth, isGeneric)
    do throws(SyntaxError) {
      advance()
      var items: [WithItem] = []
      repeat { items.append(try withItem()) } while accept(.comma) && kind != .rightParenthesis
      try expect(.rightParenthesis)
      return kind == .colon ? items : nil
    } catch {
      restore(depth: outer.0, isGeneric: outer.1)
      return nil
    }
  }

  private mutating func withItem() throws(SyntaxError) -> WithItem {
    let context = try expression()
    guard accept(.as) else { return WithItem(context: context, target: nil) }
    let target = try self.target()
    guard kind == .comma || kind == .rightParenthesis || kind == .colon else { throw unexpected() }
    return WithItem(context: context, target: target)
  }

  // MARK: Definitions

  private mutating func definition() throws(SyntaxError) -> Statement {
    let lo = current.lo
    var decorators: [Expression] = []
    while accept(.at) {
      decorators.append(try named())
      try expect(.newline)
    }
    switch kind {
    case .def: return try function(decorators, from: decorators.isEmpty ? lo : current.lo)
    case .class: return try classDefinition(decorators, from: decorators.isEmpty ? lo : current.lo)
    case .async: return try compoundStatement()
    default: throw unexpected()
    }
  }

  private mutating func function(_ decorators: [Expression], from lo: UInt32) throws(SyntaxError) -> Statement {
    advance()
    let (name, nameSpan) = try expectName()
    try expect(.leftParenthesis)
    let parameters = try self.parameters(until: .rightParenthesis, annotated: true)
    advance()
    let returns = accept(.arrow) ? try expression() : nil
    let body = try colonBlock()
    let definition = FunctionDefinition(
      name: name, nameSpan: nameSpan, parameters: parameters, returns: returns, body: body, decorators: decorators)
    return statement(.function(definition), from: lo, body)
  }

  private mutating func classDefinition(
    _ decorators: [Expression], from lo: UInt32
  ) throws(SyntaxError) -> Statement {
    advance()
    let (name, nameSpan) = try expectName()
    let arguments = kind == .leftParenthesis ? try self.arguments(allowsGenerator: false).0 : []
    let body = try colonBlock()
    let definition = ClassDefinition(
      name: name, nameSpan: nameSpan, arguments: arguments, body: body, decorators: decorators)
    return statement(.class(definition), from: lo, body)
  }
}
