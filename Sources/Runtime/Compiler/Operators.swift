import Language

extension FunctionCompiler {
  func unary(_ op: UnaryOperator, _ value: Expression, into target: Int, at span: SourceSpan) {
    let opcode: Opcode
    switch op {
    case .plus: opcode = .pos
    case .minus: opcode = .neg
    case .invert: opcode = .invert
    case .not: opcode = .not
    }
    emit(opcode, target, operand(value, reusing: target), at: span)
  }

  func binary(
    _ left: Expression, _ op: BinaryOperator, _ right: Expression, into target: Int, at span: SourceSpan
  ) {
    if let number = numberOperand(right), let opcode = op.constantOpcode {
      return emit(opcode, target, operand(left, reusing: target), number, at: span)
    }
    let a = operand(left, reusing: target)
    emit(op.opcode, target, a, operand(right), at: span)
  }

  /// The index of a number constant that fits an operand.
  func numberOperand(_ expression: Expression) -> Int? {
    guard let value = constant(expression) else { return nil }
    switch value {
    case .int, .float:
      let index = code.constant(value)
      return index <= CodeBuilder.operandLimit ? index : nil
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .str, .list, .tuple, .dict, .tensor, .function,
      .instance, .object:
      return nil
    }
  }

  /// A comparison as a value; a chain stops at its first false link.
  func compare(
    _ first: Expression, _ rest: [(ComparisonOperator, Expression)], into target: Int, at span: SourceSpan
  ) {
    if rest.count == 1 {
      let a = operand(first, reusing: target)
      return emit(rest[0].0.opcode, target, a, membershipOperand(rest[0].0, rest[0].1), at: span)
    }
    let result = scratch(for: target)
    let end = code.makeLabel()
    var left = operand(first)
    var certain: Flow?
    for (index, (op, expression)) in rest.enumerated() {
      let right = membershipOperand(op, expression)
      if index == 0 { certain = flow }
      emit(op.opcode, result, left, right, at: span)
      if index < rest.count - 1 { emitJump(.jumpIfFalse, result, to: end, at: span) }
      left = right
    }
    if let certain { flow = certain }
    code.place(end)
    if result != target { emit(.move, target, result, at: span) }
  }

  /// The right operand of a comparison: `in [1, 2]` looks in a constant tuple, `in {1, 2}` in a constant frozenset.
  func membershipOperand(_ op: ComparisonOperator, _ expression: Expression) -> Int {
    if op == .in || op == .notIn, let value = constantDisplay(expression) {
      let target = allocate()
      load(value, into: target, at: expression.span)
      return target
    }
    return operand(expression)
  }
}

extension BinaryOperator {
  var opcode: Opcode {
    switch self {
    case .add: return .add
    case .subtract: return .sub
    case .multiply: return .mul
    case .divide: return .div
    case .floorDivide: return .floorDiv
    case .modulo: return .mod
    case .power: return .pow
    case .matmul: return .matmul
    case .leftShift: return .shl
    case .rightShift: return .shr
    case .bitAnd: return .bitAnd
    case .bitOr: return .bitOr
    case .bitXor: return .bitXor
    }
  }

  /// The form whose right operand is a number constant.
  var constantOpcode: Opcode? {
    switch self {
    case .add: return .addK
    case .subtract: return .subK
    case .multiply: return .mulK
    case .divide: return .divK
    case .floorDivide: return .floorDivK
    case .modulo: return .modK
    case .power: return .powK
    case .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor: return nil
    }
  }

  /// The operand of `inplace`.
  var number: Int {
    switch self {
    case .add: return 0
    case .subtract: return 1
    case .multiply: return 2
    case .divide: return 3
    case .floorDivide: return 4
    case .modulo: return 5
    case .power: return 6
    case .matmul: return 7
    case .leftShift: return 8
    case .rightShift: return 9
    case .bitAnd: return 10
    case .bitOr: return 11
    case .bitXor: return 12
    }
  }
}

extension ComparisonOperator {
  var opcode: Opcode {
    switch self {
    case .equal: return .eq
    case .notEqual: return .ne
    case .less: return .lt
    case .lessEqual: return .le
    case .greater: return .gt
    case .greaterEqual: return .ge
    case .is: return .is
    case .isNot: return .isNot
    case .in: return .contains
    case .notIn: return .notContains
    }
  }

  /// The forms that compare and jump: with a register, with a constant.
  var fusedOpcodes: (Opcode, Opcode)? {
    switch self {
    case .equal: return (.jumpIfNotEq, .jumpIfNotEqK)
    case .notEqual: return (.jumpIfNotNe, .jumpIfNotNeK)
    case .less: return (.jumpIfNotLt, .jumpIfNotLtK)
    case .lessEqual: return (.jumpIfNotLe, .jumpIfNotLeK)
    case .greater: return (.jumpIfNotGt, .jumpIfNotGtK)
    case .greaterEqual: return (.jumpIfNotGe, .jumpIfNotGeK)
    case .is, .isNot, .in, .notIn: return nil
    }
  }
}
