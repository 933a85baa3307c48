extension Module {
  /// Calls `statement` and `expression` with every statement and expression of the tree, each before what it holds. Long chains
  /// and deep nesting need no native stack.
  package func walk(
    statement: (Statement) -> Void = { _ in }, expression: (Expression) -> Void = { _ in }
  ) {
    var walk = TreeWalk()
    walk.push(body)
    while let node = walk.pending.popLast() {
      switch node {
      case .statement(let node):
        statement(node)
        walk.pushParts(of: node)
      case .expression(let node):
        expression(node)
        walk.pushParts(of: node)
      }
    }
  }
}

/// The nodes that are still to be visited, the next one last.
private struct TreeWalk {
  enum Node {
    case statement(Statement)
    case expression(Expression)
  }

  var pending: [Node] = []

  mutating func push(_ statements: [Statement]) {
    for statement in statements.reversed() { pending.append(.statement(statement)) }
  }
  mutating func push(_ expressions: [Expression]) { for e in expressions.reversed() { pending.append(.expression(e)) } }
  mutating func push(_ expressions: Expression?...) { push(expressions.compactMap(\.self)) }

  mutating func pushParts(of statement: Statement) {
    switch statement.kind {
    case .expression(let value): push(value)
    case .assign(let targets, let value): push(targets + [value])
    case .augmentedAssign(let target, _, let value, _): push(target, value)
    case .annotatedAssign(let target, let annotation, let value): push(target, annotation, value)
    case .delete(let targets): push(targets)
    case .pass, .break, .continue, .global, .nonlocal, .import, .importFrom: break
    case .return(let value): push(value)
    case .raise(let value, let cause): push(value, cause)
    case .assert(let test, let message): push(test, message)
    case .if(let test, let body, let otherwise), .while(let test, let body, let otherwise):
      push(otherwise)
      push(body)
      push(test)
    case .for(let target, let iterable, let body, let otherwise):
      push(otherwise)
      push(body)
      push(iterable, target)
    case .try(let body, let handlers, let otherwise, let finally):
      push(finally)
      push(otherwise)
      for handler in handlers.reversed() {
        push(handler.body)
        push(handler.type)
      }
      push(body)
    case .with(let items, let body):
      push(body)
      push(items.flatMap { [$0.context, $0.target].compactMap(\.self) })
    case .function(let function):
      push(function.body)
      push(function.returns)
      push(Self.parts(of: function.parameters))
      push(function.decorators)
    case .class(let definition):
      push(definition.body)
      push(definition.arguments)
      push(definition.decorators)
    }
  }

  mutating func pushParts(of expression: Expression) {
    switch expression.kind {
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .name: break
    case .formatted(let parts): push(parts)
    case .attribute(let object, _, _): push(object)
    case .index(let object, let index): push(object, index)
    case .slice(let lower, let upper, let step): push(lower, upper, step)
    case .call(let callee, let arguments):
      push(arguments)
      push(callee)
    case .unary(_, let operand), .starred(let operand), .named(_, _, let operand), .yieldFrom(let operand):
      push(operand)
    case .binary(let left, _, let right, _): push(left, right)
    case .compare(let first, let rest): push([first] + rest.map(\.1))
    case .and(let operands), .or(let operands), .list(let operands), .tuple(let operands), .set(let operands):
      push(operands)
    case .conditional(let test, let then, let otherwise): push(then, test, otherwise)
    case .lambda(let parameters, let body): push(Self.parts(of: parameters) + [body])
    case .dict(let items): push(items.flatMap { [$0.key, $0.value].compactMap(\.self) })
    case .listComprehension(let element, let clauses), .setComprehension(let element, let clauses),
      .generator(let element, let clauses):
      push([element] + Self.parts(of: clauses))
    case .dictComprehension(let key, let value, let clauses): push([key, value] + Self.parts(of: clauses))
    case .yield(let value): push(value)
    }
  }

  private mutating func push(_ arguments: [Argument]) {
    push(
      arguments.map {
        switch $0 {
        case .positional(let value), .keyword(_, _, let value), .starred(let value), .doubleStarred(let value): value
        }
      })
  }

  private mutating func push(_ parts: [FormattedPart]) {
    for case .value(let value, _, let spec, _) in parts.reversed() {
      push(spec)
      push(value)
    }
  }

  private static func parts(of clauses: [ComprehensionClause]) -> [Expression] {
    clauses.flatMap { [$0.target, $0.iterable] + $0.conditions }
  }

  private static func parts(of parameters: Parameters) -> [Expression] {
    let all =
      parameters.positionalOnly + parameters.positional + [parameters.variadic].compactMap(\.self)
      + parameters.keywordOnly + [parameters.keywords].compactMap(\.self)
    return all.flatMap { [$0.annotation, $0.defaultValue].compactMap(\.self) }
  }
}
