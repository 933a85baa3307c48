import Language

extension FunctionCompiler {
  /// `a = b = value`.
  func assign(_ targets: [Expression], _ value: Expression, at span: SourceSpan) {
    let mark = top
    defer { top = mark }
    if targets.count == 1 {
      if assignParallel(targets[0], value) { return }
      if let register = plainRegister(targets[0]) {
        evaluate(value, into: register.number)
        return assigned(register.name, register.number)
      }
    }
    let source = operand(value)
    for target in targets { assign(target, from: source) }
  }

  /// Stores the value of a register in a target of any kind.
  func assign(_ target: Expression, from source: Int) {
    let mark = top
    defer { top = mark }
    let span = target.span
    switch target.kind {
    case .name(let name): storeName(name, from: source, at: span)
    case .attribute(let object, let name, _):
      let base = operand(object)
      emit(.storeAttr, base, source, self.name(Symbol(scope.mangle(name)), at: span), at: span)
    case .index(let object, let index):
      let base = operand(object)
      emit(.setItem, base, operand(index), source, at: span)
    case .tuple(let elements), .list(let elements): unpack(elements, from: source, at: span)
    case .starred(let inner): assign(inner, from: source)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .compare, .and, .or, .conditional, .lambda, .set, .dict, .listComprehension, .setComprehension,
      .dictComprehension, .generator, .named, .yield, .yieldFrom:
      preconditionFailure("the parser lets only targets be assigned to")
    }
  }

  /// The register of a target that is a plain local.
  func plainRegister(_ target: Expression) -> (number: Int, name: String)? {
    guard case .name(let written) = target.kind, case (.register(let number), let name) = place(written, isStore: true)
    else { return nil }
    return (number, name)
  }

  /// `a, b = x, y`: no tuple is made. False when the sides do not match.
  private func assignParallel(_ target: Expression, _ value: Expression) -> Bool {
    guard let targets = target.elements, case .tuple(let values) = value.kind, targets.count == values.count,
      targets.count <= FunctionCompiler.chunk, !targets.contains(where: \.isStarred),
      !values.contains(where: \.isStarred)
    else { return false }
    let first = top
    for value in values { push(value) }
    for (index, target) in targets.enumerated() { assign(target, from: first + index) }
    return true
  }

  private func unpack(_ elements: [Expression], from source: Int, at span: SourceSpan) {
    if let star = elements.firstIndex(where: \.isStarred) {
      let after = elements.count - star - 1
      if star > 255 || after > 255 { return unit.tooMany("expressions around a starred target", at: span) }
      let first = allocate(elements.count)
      emit(.unpackStar, source, first, star | after << 8, at: span)
      for (index, element) in elements.enumerated() { assign(element, from: first + index) }
    } else if let first = consecutiveLocals(elements, notAt: source) {
      emit(.unpack, source, first, elements.count, at: span)
      for element in elements {
        if let register = plainRegister(element) { assigned(register.name, register.number) }
      }
    } else {
      if elements.count > CodeBuilder.operandLimit { return unit.tooMany("assignment targets", at: span) }
      let first = allocate(elements.count)
      emit(.unpack, source, first, elements.count, at: span)
      for (index, element) in elements.enumerated() { assign(element, from: first + index) }
    }
  }

  /// The first register when the targets are plain locals in neighbouring registers.
  private func consecutiveLocals(_ elements: [Expression], notAt source: Int) -> Int? {
    var first: Int?
    for (index, element) in elements.enumerated() {
      guard let register = plainRegister(element)?.number, register == (first ?? register) + index else { return nil }
      if register == source { return nil }
      if index == 0 { first = register }
    }
    return first
  }

  /// `target op= value`: the target's parts are evaluated once.
  func augmentedAssign(_ target: Expression, _ op: BinaryOperator, _ value: Expression, at span: SourceSpan) {
    let mark = top
    defer { top = mark }
    switch target.kind {
    case .name(let name):
      if let register = stableRegister(name, at: target.span) {
        return inplace(register, op, value, at: span)
      }
      let result = allocate()
      loadName(name, into: result, at: target.span)
      inplace(result, op, value, at: span)
      storeName(name, from: result, at: target.span)
    case .attribute(let object, let name, _):
      let base = operand(object)
      let result = allocate()
      let number = self.name(Symbol(scope.mangle(name)), at: span)
      emit(.loadAttr, result, base, number, at: target.span)
      inplace(result, op, value, at: span)
      emit(.storeAttr, base, result, number, at: target.span)
    case .index(let object, let index):
      let base = operand(object)
      let key = operand(index)
      let result = allocate()
      emit(.getItem, result, base, key, at: target.span)
      inplace(result, op, value, at: span)
      emit(.setItem, base, key, result, at: target.span)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .compare, .and, .or, .conditional, .lambda, .list, .tuple, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      preconditionFailure("the parser lets only names, attributes and items be augmented")
    }
  }

  private func inplace(_ register: Int, _ op: BinaryOperator, _ value: Expression, at span: SourceSpan) {
    if op == .add || op == .subtract, let number = numberOperand(value) {
      return emit(op == .add ? .inplaceAddK : .inplaceSubK, register, number, at: span)
    }
    emit(.inplace, register, operand(value), op.number, at: span)
  }

  /// `target: annotation = value`.
  func annotatedAssign(_ target: Expression, _ annotation: Expression, _ value: Expression?, _ statement: Statement) {
    let mark = top
    defer { top = mark }
    if let value { assign([target], value, at: statement.span) }
    let isSimple = target.span.lo == statement.span.lo
    if case .name(let name) = target.kind, isSimple {
      // Functions do not evaluate the annotations of their locals.
      guard !functionScope.kind.isFunction else { return }
      let first = allocate(3)
      evaluate(annotation, into: first + 2)
      emit(.loadAnnotations, first, at: target.span)
      load(.str(Symbol(scope.mangle(name)).str), into: first + 1, at: target.span)
      emit(.setItem, first, first + 1, first + 2, at: target.span)
    } else {
      if value == nil { effectOfParts(target) }
      if !functionScope.kind.isFunction { effect(annotation) }
    }
  }

  /// `x.y: int` evaluates `x`.
  private func effectOfParts(_ target: Expression) {
    switch target.kind {
    case .attribute(let object, _, _): effect(object)
    case .index(let object, let index):
      effect(object)
      effect(index)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .name, .slice, .call,
      .unary, .binary, .compare, .and, .or, .conditional, .lambda, .list, .tuple, .set, .dict, .starred,
      .listComprehension, .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      break
    }
  }

  func delete(_ target: Expression) {
    let mark = top
    defer { top = mark }
    let span = target.span
    switch target.kind {
    case .name(let name): deleteName(name, at: span)
    case .attribute(let object, let name, _):
      emit(.deleteAttr, operand(object), 0, self.name(Symbol(scope.mangle(name)), at: span), at: span)
    case .index(let object, let index):
      let base = operand(object)
      emit(.deleteItem, base, operand(index), at: span)
    case .tuple(let elements), .list(let elements):
      for element in elements { delete(element) }
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .compare, .and, .or, .conditional, .lambda, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      preconditionFailure("the parser lets only targets be deleted")
    }
  }
}

extension Expression {
  /// The elements of a tuple or list display.
  var elements: [Expression]? {
    switch kind {
    case .tuple(let elements), .list(let elements): return elements
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .name, .attribute, .index,
      .slice, .call, .unary, .binary, .compare, .and, .or, .conditional, .lambda, .set, .dict, .starred,
      .listComprehension, .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return nil
    }
  }
}
