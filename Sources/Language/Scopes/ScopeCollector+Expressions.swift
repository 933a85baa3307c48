extension ScopeCollector {
  func visit(_ expression: Expression?) throws(SyntaxError) {
    if let expression { try visit(expression) }
  }

  /// An expression that is read.
  func visit(_ expression: Expression) throws(SyntaxError) {
    switch expression.kind {
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes: break
    case .formatted(let parts): try visit(parts)
    case .name(let name): use(name)
    case .attribute(let object, _, _): try visit(object)
    case .index(let object, let index):
      try visit(object)
      try visitElement(index)
    case .slice(let lower, let upper, let step):
      try visit(lower)
      try visit(upper)
      try visit(step)
    case .call(let callee, let arguments):
      try visit(callee)
      try visit(arguments)
    case .unary(_, let operand): try visit(operand)
    case .binary(let left, _, let right, _):
      try visit(left)
      try visit(right)
    case .compare(let first, let rest):
      try visit(first)
      for (_, operand) in rest { try visit(operand) }
    case .and(let operands), .or(let operands):
      for operand in operands { try visit(operand) }
    case .conditional(let test, let then, let otherwise):
      try visit(test)
      try visit(then)
      try visit(otherwise)
    case .lambda(let parameters, let body):
      try visitDefaults(parameters)
      try enter(.lambda, name: "<lambda>", key: ObjectIdentifier(expression)) { (_) throws(SyntaxError) in
        try bindParameters(parameters)
        try visit(body)
      }
    case .list(let elements), .tuple(let elements), .set(let elements):
      for element in elements { try visitElement(element) }
    case .dict(let items):
      for item in items { try visit(item.key) }
      for item in items { try visit(item.value) }
    case .starred(let value):
      misplaced("can't use starred expression here", at: expression.span)
      try visit(value)
    case .listComprehension(let element, let clauses):
      try visit(.listComprehension, "<listcomp>", expression, clauses, element, nil)
    case .setComprehension(let element, let clauses):
      try visit(.setComprehension, "<setcomp>", expression, clauses, element, nil)
    case .dictComprehension(let key, let value, let clauses):
      try visit(.dictComprehension, "<dictcomp>", expression, clauses, key, value)
    case .generator(let element, let clauses):
      try visit(.generator, "<genexpr>", expression, clauses, element, nil)
    case .named(let name, let nameSpan, let value): try visitNamed(name, nameSpan, value, expression)
    case .yield(let value):
      try visit(value)
      try visitYield(expression)
    case .yieldFrom(let value):
      try visit(value)
      try visitYield(expression)
    }
  }

  /// An expression where `*x` is allowed.
  func visitElement(_ element: Expression) throws(SyntaxError) {
    if case .starred(let value) = element.kind { try visit(value) } else { try visit(element) }
  }

  /// An expression that is assigned to or deleted.
  func visitTarget(_ target: Expression) throws(SyntaxError) {
    switch target.kind {
    case .name(let name): try bind(name, at: target.span)
    case .tuple(let elements), .list(let elements):
      var stars = 0
      for element in elements {
        guard case .starred(let inner) = element.kind else {
          try visitTarget(element)
          continue
        }
        stars += 1
        if stars == 2 { misplaced("multiple starred expressions in assignment", at: target.span) }
        try visitTarget(inner)
      }
    case .starred(let inner):
      misplaced("starred assignment target must be in a list or tuple", at: target.span)
      try visitTarget(inner)
    case .attribute, .index: try visit(target)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .compare, .and, .or, .conditional, .lambda, .set, .dict, .listComprehension, .setComprehension,
      .dictComprehension, .generator, .named, .yield, .yieldFrom:
      // The grammar lets none of these be a target.
      try visit(target)
    }
  }

  func visit(_ arguments: [Argument]) throws(SyntaxError) {
    var keywords: Set<String> = []
    for argument in arguments {
      switch argument {
      case .positional(let value), .starred(let value), .doubleStarred(let value): try visit(value)
      case .keyword(let name, let nameSpan, let value):
        if !keywords.insert(name).inserted {
          misplaced("keyword argument repeated: \(name)", at: nameSpan.union(value.span))
        }
        try visit(value)
      }
    }
  }

  private func visit(_ parts: [FormattedPart]) throws(SyntaxError) {
    for part in parts {
      switch part {
      case .literal: break
      case .value(let value, _, let spec, _):
        try visit(value)
        try visit(spec)
      }
    }
  }

  private func visit(
    _ kind: Scope.Kind, _ name: String, _ expression: Expression, _ clauses: [ComprehensionClause],
    _ element: Expression, _ value: Expression?
  ) throws(SyntaxError) {
    try visitIterable(clauses[0].iterable)
    try enter(kind, name: name, key: ObjectIdentifier(expression)) { (_) throws(SyntaxError) in
      for (index, clause) in clauses.enumerated() {
        current.isBindingIterationVariable = true
        try visitTarget(clause.target)
        current.isBindingIterationVariable = false
        if index > 0 { try visitIterable(clause.iterable) }
        for condition in clause.conditions { try visit(condition) }
      }
      try visit(value)
      try visit(element)
    }
  }

  private func visitIterable(_ iterable: Expression) throws(SyntaxError) {
    current.iterableDepth += 1
    try visit(iterable)
    current.iterableDepth -= 1
  }

  private func visitYield(_ expression: Expression) throws(SyntaxError) {
    switch current.kind {
    case .listComprehension: throw SyntaxError("'yield' inside list comprehension", at: expression.span)
    case .setComprehension: throw SyntaxError("'yield' inside set comprehension", at: expression.span)
    case .dictComprehension: throw SyntaxError("'yield' inside dict comprehension", at: expression.span)
    case .generator: throw SyntaxError("'yield' inside generator expression", at: expression.span)
    case .module, .class: misplaced("'yield' outside function", at: expression.span)
    case .function, .lambda: current.isGenerator = true
    }
  }

  private func visitNamed(
    _ name: String, _ nameSpan: SourceSpan, _ value: Expression, _ expression: Expression
  ) throws(SyntaxError) {
    if current.iterableDepth > 0 {
      throw SyntaxError(
        "assignment expression cannot be used in a comprehension iterable expression", at: expression.span)
    }
    if current.kind.isComprehension { try bindAroundComprehension(name, nameSpan, expression) }
    try visit(value)
    try bind(name, at: nameSpan)
    var home = current
    while home.kind.isComprehension { home = home.parent! }
    home.reassigned.insert(home.mangle(name))
  }

  /// `:=` in a comprehension binds in the function (or module) around all comprehensions.
  private func bindAroundComprehension(
    _ name: String, _ nameSpan: SourceSpan, _ expression: Expression
  ) throws(SyntaxError) {
    var scope = current
    while scope.kind.isComprehension {
      if scope.symbols[scope.mangle(name)]?.isIterationVariable == true {
        throw SyntaxError(
          "assignment expression cannot rebind comprehension iteration variable '\(name)'", at: nameSpan)
      }
      scope = scope.parent!
    }
    switch scope.kind {
    case .class:
      throw SyntaxError(
        "assignment expression within a comprehension cannot be used in a class body", at: expression.span)
    case .module: note(name) { $0.isGlobal = true }
    case .function, .lambda:
      let isGlobal = scope.symbols[scope.mangle(name)]?.isGlobal == true
      note(name) {
        if isGlobal { $0.isGlobal = true } else { $0.isNonlocal = true }
        $0.directive = nameSpan
      }
      note(name, in: scope) { $0.isBound = true }
    case .listComprehension, .setComprehension, .dictComprehension, .generator: break
    }
  }
}
