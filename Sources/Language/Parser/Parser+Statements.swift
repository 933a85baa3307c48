extension Parser {
  /// Parses a compound statement, or a line of simple ones.
  mutating func statement(into body: inout [Statement]) throws(SyntaxError) {
    switch kind {
    case .if, .while, .for, .try, .with, .def, .class, .at, .async: body.append(try compoundStatement())
    case .indent:
      throw unexpected()
    default: try simpleStatements(into: &body)
    }
  }

  /// Simple statements up to the end of the line.
  mutating func simpleStatements(into body: inout [Statement]) throws(SyntaxError) {
    repeat {
      body.append(try simpleStatement())
    } while accept(.semicolon) && kind != .newline
    try expect(.newline)
  }

  private mutating func statement(_ kind: StatementKind, from lo: UInt32) -> Statement {
    Statement(kind, span: span(from: lo))
  }

  private mutating func simpleStatement() throws(SyntaxError) -> Statement {
    let lo = current.lo
    switch kind {
    case .pass:
      advance()
      return statement(.pass, from: lo)
    case .break:
      advance()
      return statement(.break, from: lo)
    case .continue:
      advance()
      return statement(.continue, from: lo)
    case .return:
      advance()
      let value = startsExpression ? try expressions() : nil
      return statement(.return(value), from: lo)
    case .raise: return try raise()
    case .assert:
      advance()
      let test = try expression()
      let message = accept(.comma) ? try expression() : nil
      return statement(.assert(test, message: message), from: lo)
    case .global:
      advance()
      let names = try self.names()
      return statement(.global(names), from: lo)
    case .nonlocal:
      advance()
      let names = try self.names()
      return statement(.nonlocal(names), from: lo)
    case .del: return try delete()
    case .import: return try importModules()
    case .from: return try importNames()
    case .yield:
      let value = try yield()
      if kind == .equal { throw unexpected() }
      return statement(.expression(value), from: lo)
    default: return try expressionOrAssignment()
    }
  }

  private mutating func raise() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    guard startsExpression else { return statement(.raise(nil, cause: nil), from: lo) }
    let exception = try expression()
    let cause = accept(.from) ? try expression() : nil
    return statement(.raise(exception, cause: cause), from: lo)
  }

  private mutating func names() throws(SyntaxError) -> [String] {
    var names = [try expectName().0]
    while accept(.comma) { names.append(try expectName().0) }
    return names
  }

  private mutating func delete() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    var targets: [Expression] = []
    repeat {
      let value = try primary()
      guard isTarget(value, for: .delete) else { throw unexpected() }
      targets.append(value)
    } while accept(.comma) && startsExpression
    guard kind == .newline || kind == .semicolon else { throw unexpected() }
    return statement(.delete(targets), from: lo)
  }

  // MARK: Assignment

  private mutating func expressionOrAssignment() throws(SyntaxError) -> Statement {
    let lo = current.lo
    let startIndex = index
    let first: Expression
    do throws(SyntaxError) {
      first = try expressions()
    } catch {
      throw matchStatement(at: startIndex) ?? error
    }
    if kind == .newline || kind == .semicolon { return statement(.expression(first), from: lo) }
    if kind == .equal {
      var targets = [first]
      while true {
        guard isTarget(targets[targets.count - 1], for: .assign) else { throw unexpected() }
        advance()
        let value = try right()
        if kind != .equal { return statement(.assign(targets, value), from: lo) }
        targets.append(value)
      }
    }
    if let sign = augmentedOperator(kind) {
      guard isSingleTarget(first) else { throw unexpected() }
      let operatorSpan = span(of: current)
      advance()
      let value = try right()
      return statement(.augmentedAssign(first, sign, value, operatorSpan: operatorSpan), from: lo)
    }
    if kind == .colon, isSingleTarget(first), nextKind() != .newline {
      advance()
      let annotation = try expression()
      let value = accept(.equal) ? try right() : nil
      return statement(.annotatedAssign(first, annotation: annotation, value), from: lo)
    }
    let error = unexpected()
    throw matchStatement(at: startIndex) ?? error
  }

  private mutating func right() throws(SyntaxError) -> Expression {
    kind == .yield ? try yield() : try expressions()
  }

  private func isSingleTarget(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name, .attribute, .index: return true
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .compare, .and, .or, .conditional, .lambda, .list, .tuple, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return false
    }
  }

  private func augmentedOperator(_ kind: TokenKind) -> BinaryOperator? {
    switch kind {
    case .plusEqual: return .add
    case .minusEqual: return .subtract
    case .starEqual: return .multiply
    case .slashEqual: return .divide
    case .doubleSlashEqual: return .floorDivide
    case .percentEqual: return .modulo
    case .doubleStarEqual: return .power
    case .atEqual: return .matmul
    case .leftShiftEqual: return .leftShift
    case .rightShiftEqual: return .rightShift
    case .ampersandEqual: return .bitAnd
    case .barEqual: return .bitOr
    case .caretEqual: return .bitXor
    default: return nil
    }
  }

  /// The refusal of a `match` statement, if one starts at a token: `match subject: NEWLINE INDENT case`.
  private mutating func matchStatement(at start: Int) -> SyntaxError? {
    guard tokens[start].kind == .name, string(tokens[start]) == "match" else { return nil }
    var parser = self
    parser.move(to: start + 1)
    do throws(SyntaxError) {
      _ = try parser.expressions()
      for kind in [TokenKind.colon, .newline, .indent] { try parser.expect(kind) }
      guard try parser.expectName().0 == "case" else { return nil }
      return unavailable("match statements are", at: tokens[start])
    } catch {
      return nil
    }
  }

  // MARK: Imports

  private mutating func dottedName() throws(SyntaxError) -> String {
    var name = try expectName().0
    while accept(.dot) { name += "." + (try expectName().0) }
    return name
  }

  private mutating func importModules() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    var aliases: [ImportAlias] = []
    repeat {
      let start = current.lo
      let name = try dottedName()
      let alias = accept(.as) ? try expectName().0 : nil
      aliases.append(ImportAlias(name: name, alias: alias, span: span(from: start)))
    } while accept(.comma)
    return statement(.import(aliases), from: lo)
  }

  private mutating func importNames() throws(SyntaxError) -> Statement {
    let lo = current.lo
    advance()
    if kind == .dot || kind == .ellipsis { throw unavailable("relative imports are", at: current) }
    let module = try dottedName()
    try expect(.import)
    if accept(.star) { return statement(.importFrom(module: module, []), from: lo) }
    let isParenthesised = accept(.leftParenthesis)
    var aliases: [ImportAlias] = []
    repeat {
      let start = current.lo
      let name = try expectName().0
      let alias = accept(.as) ? try expectName().0 : nil
      aliases.append(ImportAlias(name: name, alias: alias, span: span(from: start)))
    } while accept(.comma) && !(isParenthesised && kind == .rightParenthesis)
    if isParenthesised { try expect(.rightParenthesis) }
    return statement(.importFrom(module: module, aliases), from: lo)
  }
}
