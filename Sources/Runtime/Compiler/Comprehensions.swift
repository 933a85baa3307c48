import Language

/// What a comprehension does with each item.
enum ComprehensionResult {
  case list(Expression)
  case set(Expression)
  case dict(key: Expression, value: Expression)
  case generator(Expression)
}

extension FunctionCompiler {
  /// A list, set or dict comprehension.
  func comprehension(
    _ result: ComprehensionResult, _ clauses: [ComprehensionClause], _ expression: Expression, into target: Int
  ) {
    let inner = unit.table.scope(of: expression)
    guard inner.isInlined else { return generator(result, clauses, expression, into: target) }
    let container = scratch(for: target)
    makeContainer(result, into: container, at: expression.span)
    let (iterator, item) = (allocate(), allocate())
    getIterator(of: clauses[0].iterable, into: iterator)
    // From here on names are the comprehension's.
    var frame = InlinedScope(scope: inner)
    for name in inner.locals {
      if case .name(let first) = clauses[0].target.kind, inner.mangle(first) == name {
        frame.registerOf[name] = item
      } else {
        let register = allocate()
        frame.registerOf[name] = register
        if clauses.count > 1 { emit(.clear, register, at: expression.span) }
      }
    }
    let (outerScope, outerFlow) = (scope, flow)
    scope = inner
    inlined.append(frame)
    clause(0, of: clauses, result, iterator, item, container, at: expression.span)
    inlined.removeLast()
    scope = outerScope
    flow = outerFlow
    if container != target { emit(.move, target, container, at: expression.span) }
  }

  private func makeContainer(_ result: ComprehensionResult, into container: Int, at span: SourceSpan) {
    switch result {
    case .list: emit(.buildList, container, container, 0, at: span)
    case .set: emit(.buildSet, container, container, 0, at: span)
    case .dict: emit(.buildDict, container, container, 0, at: span)
    case .generator: break
    }
  }

  /// The loop of one clause, the iterator being ready, and all that is inside it.
  private func clause(
    _ index: Int, of clauses: [ComprehensionClause], _ result: ComprehensionResult, _ iterator: Int, _ item: Int,
    _ container: Int, at span: SourceSpan
  ) {
    let mark = top
    defer { top = mark }
    let head = code.makeLabel()
    let next = code.makeLabel()
    let done = code.makeLabel()
    let clause = clauses[index]
    code.place(head)
    emitJump(.forIter, item, to: done, at: clause.iterable.span)
    assign(clause.target, from: item)
    for condition in clause.conditions { jump(unless: condition, to: next) }
    if index + 1 < clauses.count {
      let inner = allocate(2)
      getIterator(of: clauses[index + 1].iterable, into: inner)
      self.clause(index + 1, of: clauses, result, inner, inner + 1, container, at: span)
    } else {
      collect(result, container, at: span)
    }
    // Failed conditions come here too, not straight to the head: this jump is what polls for interrupts.
    code.place(next)
    emitJump(.jumpBack, to: head, at: clause.iterable.span)
    code.place(done)
  }

  private func collect(_ result: ComprehensionResult, _ container: Int, at span: SourceSpan) {
    switch result {
    case .list(let element): emit(.listAppend, container, operand(element), at: element.span)
    case .set(let element): emit(.setAdd, container, operand(element), at: element.span)
    case .dict(let key, let value):
      let register = operand(key)
      emit(.dictSet, container, register, operand(value), at: key.span)
    case .generator(let element):
      let register = operand(element)
      emit(.yieldValue, allocate(), register, at: element.span)
    }
  }

  /// A generator expression, or a comprehension with captured variables: a function of its first iterator.
  func generator(
    _ result: ComprehensionResult, _ clauses: [ComprehensionClause], _ expression: Expression, into target: Int
  ) {
    let span = expression.span
    let inner = unit.table.scope(of: expression)
    let innerCode = makeCode(.comprehension, inner, at: span) { compiler in
      compiler.comprehensionBody(result, clauses, at: span)
      return compiler.finish(Shape(positional: 1), span: span)
    }
    let base = target == top - 1 && isTemporary(target) ? target : allocate()
    emit(.makeFunction, base, constantOperand(innerCode, at: span), CodeBuilder.absent, at: span)
    let iterator = allocate()
    getIterator(of: clauses[0].iterable, into: iterator)
    emit(.call, base, 1, at: span)
    if base != target { emit(.move, target, base, at: span) }
  }

  private func comprehensionBody(_ result: ComprehensionResult, _ clauses: [ComprehensionClause], at span: SourceSpan) {
    // Register 0 is the iterator passed in, register 1 its item: the first loop variable when that is a plain local.
    addLocal(".0", isHidden: true)
    flow.assign(0)
    var first: String?
    if case .name(let name) = clauses[0].target.kind, functionScope.resolve(name) == .local {
      first = functionScope.mangle(name)
      addLocal(first!)
    } else {
      addLocal(".1", isHidden: true)
    }
    for name in functionScope.locals where name != first { addLocal(name) }
    makeCells(at: span)
    var container = 0
    if case .generator = result {
      emit(.makeGenerator, at: span)
    } else {
      container = allocate()
      makeContainer(result, into: container, at: span)
    }
    clause(0, of: clauses, result, 0, 1, container, at: span)
    if case .generator = result {
      emit(.returnNone, at: span)
    } else {
      emit(.returnValue, container, at: span)
    }
  }
}
