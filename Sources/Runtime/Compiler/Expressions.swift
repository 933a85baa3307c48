import Language

extension FunctionCompiler {
  /// Compiles an expression; its value ends up in `target`. Keeps the stack of temporaries as it was.
  func evaluate(_ expression: Expression, into target: Int) {
    if let value = constant(expression) { return load(value, into: target, at: expression.span) }
    let mark = top
    defer { top = mark }
    let span = expression.span
    switch expression.kind {
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes:
      preconditionFailure("a literal that is no constant")
    case .formatted(let parts): formatted(parts, into: target, at: span)
    case .name(let name): loadName(name, into: target, at: span)
    case .attribute(let object, let name, _): attribute(object, name, into: target, at: span)
    case .index(let object, let index): item(object, index, into: target, at: span)
    case .slice(let lower, let upper, let step): slice(lower, upper, step, into: target, at: span)
    case .call(let callee, let arguments): call(callee, arguments, into: target, at: span)
    case .unary(let op, let operand): unary(op, operand, into: target, at: span)
    case .binary(let left, let op, let right, _): binary(left, op, right, into: target, at: span)
    case .compare(let first, let rest): compare(first, rest, into: target, at: span)
    case .and(let operands): logical(operands, stopsAt: false, into: target, at: span)
    case .or(let operands): logical(operands, stopsAt: true, into: target, at: span)
    case .conditional(let test, let then, let otherwise): conditional(test, then, otherwise, into: target, at: span)
    case .lambda(let parameters, let body): lambda(parameters, body, expression, into: target)
    case .list(let elements): list(elements, into: target, at: span)
    case .tuple(let elements): tuple(elements, into: target, at: span)
    case .set(let elements): set(elements, into: target, at: span)
    case .dict(let items): dict(items, into: target, at: span)
    case .starred(let value): evaluate(value, into: target)
    case .listComprehension(let element, let clauses):
      comprehension(.list(element), clauses, expression, into: target)
    case .setComprehension(let element, let clauses):
      comprehension(.set(element), clauses, expression, into: target)
    case .dictComprehension(let key, let value, let clauses):
      comprehension(.dict(key: key, value: value), clauses, expression, into: target)
    case .generator(let element, let clauses):
      generator(.generator(element), clauses, expression, into: target)
    case .named(let name, let nameSpan, let value): named(name, nameSpan, value, into: target)
    case .yield(let value): yield(value, into: target, at: span)
    case .yieldFrom(let value): yieldFrom(value, into: target, at: span)
    }
  }

  /// The register an expression's value is in: a local's own, or a temporary – `reusable` when that is one.
  func operand(_ expression: Expression, reusing reusable: Int? = nil) -> Int {
    if case .name(let name) = expression.kind, let register = stableRegister(name, at: expression.span) {
      return register
    }
    let target: Int
    if let reusable, isTemporary(reusable) { target = reusable } else { target = allocate() }
    evaluate(expression, into: target)
    return target
  }

  /// Evaluates into a new temporary on top of the stack.
  @discardableResult
  func push(_ expression: Expression) -> Int {
    let target = allocate()
    evaluate(expression, into: target)
    return target
  }

  /// Evaluates for what it does; the value is dropped.
  func effect(_ expression: Expression) {
    let mark = top
    defer { top = mark }
    if constant(expression) != nil { return }
    if case .name(let name) = expression.kind, stableRegister(name, at: expression.span) != nil { return }
    push(expression)
  }

  /// `target` itself when it may hold an intermediate value, otherwise a new temporary.
  func scratch(for target: Int) -> Int { isTemporary(target) ? target : allocate() }

  // MARK: Attributes and items

  private func attribute(_ object: Expression, _ name: String, into target: Int, at span: SourceSpan) {
    let base = operand(object, reusing: target)
    emit(.loadAttr, target, base, self.name(Symbol(scope.mangle(name)), at: span), at: span)
  }

  private func item(_ object: Expression, _ index: Expression, into target: Int, at span: SourceSpan) {
    let base = operand(object, reusing: target)
    if let value = constant(index), case .int = value {
      let number = code.constant(value)
      if number <= CodeBuilder.operandLimit { return emit(.getItemK, target, base, number, at: span) }
    }
    emit(.getItem, target, base, operand(index), at: span)
  }

  private func slice(
    _ lower: Expression?, _ upper: Expression?, _ step: Expression?, into target: Int, at span: SourceSpan
  ) {
    let first = allocate(3)
    for (offset, bound) in [lower, upper, step].enumerated() {
      if let bound {
        evaluate(bound, into: first + offset)
      } else {
        emit(.loadNone, first + offset, at: span)
      }
    }
    emit(.buildSlice, target, first, at: span)
  }

  // MARK: Choices

  /// `and` and `or`: the first operand whose truth is `stopsAt`, otherwise the last.
  private func logical(_ operands: [Expression], stopsAt: Bool, into target: Int, at span: SourceSpan) {
    let result = scratch(for: target)
    let end = code.makeLabel()
    var certain: Flow?
    for (index, operand) in operands.enumerated() {
      evaluate(operand, into: result)
      if index == 0 { certain = flow }
      if index < operands.count - 1 {
        emitJump(stopsAt ? .jumpIfTrue : .jumpIfFalse, result, to: end, at: operand.span)
      }
    }
    if let certain { flow = certain }
    code.place(end)
    if result != target { emit(.move, target, result, at: span) }
  }

  private func conditional(
    _ test: Expression, _ then: Expression, _ otherwise: Expression, into target: Int, at span: SourceSpan
  ) {
    let alternative = code.makeLabel()
    let end = code.makeLabel()
    jump(unless: test, to: alternative)
    let certain = flow
    evaluate(then, into: target)
    emitJump(.jump, to: end, at: span)
    flow = certain
    code.place(alternative)
    evaluate(otherwise, into: target)
    flow = certain
    code.place(end)
  }

  private func named(_ name: String, _ nameSpan: SourceSpan, _ value: Expression, into target: Int) {
    let result = scratch(for: target)
    evaluate(value, into: result)
    storeName(name, from: result, at: nameSpan)
    if result != target { emit(.move, target, result, at: nameSpan) }
  }

  // MARK: Generators

  private func yield(_ value: Expression?, into target: Int, at span: SourceSpan) {
    let source: Int
    if let value {
      source = operand(value, reusing: target)
    } else {
      source = scratch(for: target)
      emit(.loadNone, source, at: span)
    }
    emit(.yieldValue, target, source, at: span)
  }

  private func yieldFrom(_ value: Expression, into target: Int, at span: SourceSpan) {
    let iterator = allocate()
    emit(.getIter, iterator, operand(value, reusing: iterator), at: value.span)
    let result = scratch(for: target)
    emit(.loadNone, result, at: span)
    emit(.yieldFrom, result, iterator, at: span)
    if result != target { emit(.move, target, result, at: span) }
  }
}
