import Language

extension FunctionCompiler {
  /// Jumps when the expression is false; falls through when it is true.
  func jump(unless expression: Expression, to label: Label) { jump(expression, when: false, to: label) }

  /// Jumps when the truth of the expression is `wanted`, without making a bool of comparisons, `and`, `or` and `not`.
  func jump(_ expression: Expression, when wanted: Bool, to label: Label) {
    let mark = top
    defer { top = mark }
    let span = expression.span
    if let value = constant(expression), let truth = value.constantTruth {
      if truth == wanted { emitJump(.jump, to: label, at: span) }
      return
    }
    switch expression.kind {
    case .unary(.not, let operand): jump(operand, when: !wanted, to: label)
    case .and(let operands): jump(operands, stopsAt: false, when: wanted, to: label)
    case .or(let operands): jump(operands, stopsAt: true, when: wanted, to: label)
    case .compare(let first, let rest): jump(first, rest, when: wanted, to: label, at: span)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .name, .attribute, .index,
      .slice, .call, .unary, .binary, .conditional, .lambda, .list, .tuple, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      emitJump(wanted ? .jumpIfTrue : .jumpIfFalse, operand(expression), to: label, at: span)
    }
  }

  /// `and` (stopsAt: false) and `or` (stopsAt: true).
  private func jump(_ operands: [Expression], stopsAt: Bool, when wanted: Bool, to label: Label) {
    var certain: Flow?
    let end = code.makeLabel()
    for (index, operand) in operands.enumerated() {
      if index == operands.count - 1 {
        jump(operand, when: wanted, to: label)
      } else {
        jump(operand, when: stopsAt, to: stopsAt == wanted ? label : end)
      }
      if index == 0 { certain = flow }
    }
    if let certain { flow = certain }
    code.place(end)
  }

  /// A comparison, chained or not.
  private func jump(
    _ first: Expression, _ rest: [(ComparisonOperator, Expression)], when wanted: Bool, to label: Label,
    at span: SourceSpan
  ) {
    // A link that fails makes the whole chain false.
    let end = code.makeLabel()
    let failed = wanted ? end : label
    var left = operand(first)
    var certain: Flow?
    for (index, (op, expression)) in rest.enumerated() {
      let isLast = index == rest.count - 1
      if isLast && jumpOnNone(left, op, expression, when: wanted, to: label, at: span) { break }
      if isLast, let (_, opcode) = op.fusedOpcodes, let number = comparableOperand(op, expression) {
        emitTest(opcode, left, number, to: failed, at: span)
        if wanted { emitJump(.jump, to: label, at: span) }
        break
      }
      let right = membershipOperand(op, expression)
      if index == 0 { certain = flow }
      if let (opcode, _) = op.fusedOpcodes {
        emitTest(opcode, left, right, to: failed, at: span)
        if isLast && wanted { emitJump(.jump, to: label, at: span) }
      } else {
        let result = allocate()
        emit(op.opcode, result, left, right, at: span)
        if isLast {
          emitJump(wanted ? .jumpIfTrue : .jumpIfFalse, result, to: label, at: span)
        } else {
          emitJump(.jumpIfFalse, result, to: failed, at: span)
        }
      }
      left = right
    }
    if let certain { flow = certain }
    code.place(end)
  }

  /// `is None` and `is not None`; false when the comparison is another.
  private func jumpOnNone(
    _ left: Int, _ op: ComparisonOperator, _ right: Expression, when wanted: Bool, to label: Label, at span: SourceSpan
  ) -> Bool {
    guard op == .is || op == .isNot, case .none = right.kind else { return false }
    emitJump((op == .is) == wanted ? .jumpIfNone : .jumpIfNotNone, left, to: label, at: span)
    return true
  }

  /// A constant that compare-and-jump takes: a number, or a string to be equal to.
  private func comparableOperand(_ op: ComparisonOperator, _ expression: Expression) -> Int? {
    if op == .equal || op == .notEqual, let value = constant(expression), case .str = value {
      let index = code.constant(value)
      return index <= CodeBuilder.operandLimit ? index : nil
    }
    return numberOperand(expression)
  }
}
