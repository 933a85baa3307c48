import Language

/// Compiles one module, function, class body, lambda or generator expression.
///
/// Registers: parameters, other locals, then a stack of temporaries that grows and shrinks with the expression tree. An
/// expression is compiled `into` a register; that register is written by the last instruction only when it is a local, so
/// an exception leaves locals as they were. Comprehensions whose variables nobody captures run inside the enclosing frame,
/// their variables being temporaries.
final class FunctionCompiler {
  let unit: CompilationUnit
  let parent: FunctionCompiler?
  let kind: Code.Kind
  let functionScope: Scope
  /// The scope names are looked up from: `functionScope`, or an inlined comprehension inside it.
  var scope: Scope
  var code = CodeBuilder()
  /// Variables of inlined comprehensions, innermost last.
  var inlined: [InlinedScope] = []
  /// Registers of locals by mangled name.
  private(set) var registerOf: [String: Int] = [:]
  private(set) var localNames: [Symbol] = []
  private var freeIndex: [String: Int] = [:]
  /// Loop variables with an iterator register right before them that no loop around uses.
  var loopRegisters: Set<Int> = []
  /// The first register that is not a named local.
  private(set) var localCount = 0
  var top = 0
  private var registerCount = 0
  var flow = Flow()
  /// Loops and protected regions around the current statement, innermost last.
  var blocks: [Block] = []
  /// `finally` bodies around the current statement.
  var finallyDepth = 0
  /// The statement compiled last, for limits.
  var blockSpan = SourceSpan(lo: 0, hi: 0)
  /// Compare-and-jump instructions reach 16 bits; in longer code a jump follows them.
  let isWide: Bool

  init(_ unit: CompilationUnit, _ kind: Code.Kind, _ scope: Scope, parent: FunctionCompiler?, isWide: Bool) {
    self.unit = unit
    self.kind = kind
    self.functionScope = scope
    self.scope = scope
    self.parent = parent
    self.isWide = isWide
    for (index, name) in scope.free.enumerated() { freeIndex[name] = index }
  }

  // MARK: Registers

  /// A fresh temporary on top of the stack.
  func allocate(_ count: Int = 1) -> Int {
    let register = top
    top += count
    if top > registerCount {
      registerCount = top
      if top > CodeBuilder.operandLimit { unit.tooMany("registers", at: blockSpan) }
    }
    return register
  }

  /// Whether a register may hold intermediate results: no named local, no variable of an inlined comprehension.
  func isTemporary(_ register: Int) -> Bool { register >= localCount }

  /// Gives a local its register; all locals come before the first temporary.
  func addLocal(_ name: String, isHidden: Bool = false) {
    if !isHidden { registerOf[name] = localCount }
    localNames.append(Symbol(name))
    localCount += 1
    top = localCount
    registerCount = max(registerCount, top)
    if top > CodeBuilder.operandLimit { unit.tooMany("local variables", at: blockSpan) }
  }

  /// Where an inner function finds a variable it captures.
  func captureSource(_ name: String) -> Code.Capture {
    if let register = registerOf[name] { return .register(register) }
    guard let index = freeIndex[name] else { preconditionFailure("captured name without a home") }
    return .closure(index)
  }

  func closureIndex(_ name: String) -> Int? { freeIndex[name] }

  // MARK: Instructions

  func emit(_ op: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, at span: SourceSpan) {
    if code.count >= CodeBuilder.instructionLimit { return unit.tooMany("instructions", at: span) }
    code.append(Instruction(op, a, b, c), span)
  }

  func emit(_ op: Opcode, _ a: Int, bc: Int, at span: SourceSpan) {
    if code.count >= CodeBuilder.instructionLimit { return unit.tooMany("instructions", at: span) }
    code.append(Instruction(op, a, bc: bc), span)
  }

  /// An instruction whose bc is a jump target.
  func emitJump(_ op: Opcode, _ a: Int = 0, to label: Label, at span: SourceSpan) {
    emit(op, a, bc: 0, at: span)
    code.jumps(to: label, isRelative: false)
  }

  /// An instruction that jumps by signed c when its test fails.
  func emitTest(_ op: Opcode, _ a: Int, _ b: Int, to label: Label, at span: SourceSpan) {
    if isWide {
      // The test skips the jump over the far jump.
      emit(op, a, b, 1, at: span)
      let passed = code.makeLabel()
      emitJump(.jump, to: passed, at: span)
      emitJump(.jump, to: label, at: span)
      code.place(passed)
    } else {
      emit(op, a, b, 0, at: span)
      code.jumps(to: label, isRelative: true)
    }
  }

  /// The number of a name as a 16-bit operand.
  func name(_ symbol: Symbol, at span: SourceSpan) -> Int {
    let index = code.name(symbol)
    if index > CodeBuilder.operandLimit { unit.tooMany("names", at: span) }
    return index
  }

  /// The number of a constant as a 16-bit operand.
  func constantOperand(_ value: Value, at span: SourceSpan) -> Int {
    let index = code.constant(value)
    if index > CodeBuilder.operandLimit { unit.tooMany("constants", at: span) }
    return index
  }

  func load(_ value: Value, into register: Int, at span: SourceSpan) {
    switch value {
    case .none: emit(.loadNone, register, at: span)
    case .bool(let b): emit(.loadBool, register, b ? 1 : 0, at: span)
    case .int(let i) where Int32(exactly: i) != nil: emit(.loadInt, register, bc: i, at: span)
    case .unbound, .notImplemented, .ellipsis, .int, .float, .str, .list, .tuple, .dict, .tensor, .function, .instance,
      .object:
      emit(.loadConst, register, bc: code.constant(value), at: span)
    }
  }

  // MARK: Finishing

  /// What a code object says about its parameters.
  struct Shape {
    var positionalOnly = 0
    var positional = 0
    var keywordOnly = 0
    var hasVariadic = false
    var hasKeywords = false
  }

  /// The code, or nil when a compare-and-jump does not reach its target.
  func finish(_ shape: Shape = Shape(), doc: String? = nil, span: SourceSpan) -> Code? {
    if unit.problem == nil {
      guard code.patch() else { return nil }
    }
    return Code(
      kind: kind, name: Symbol(functionScope.name), qualifiedName: functionScope.qualifiedName,
      instructions: code.instructions, spans: code.spans, constants: code.constants, names: code.names,
      registerCount: registerCount, positionalOnlyCount: shape.positionalOnly, positionalCount: shape.positional,
      keywordOnlyCount: shape.keywordOnly, hasVariadic: shape.hasVariadic, hasKeywords: shape.hasKeywords,
      isGenerator: functionScope.isGenerator || functionScope.kind == .generator, localNames: localNames,
      freeNames: functionScope.free.map { Symbol($0) },
      captures: parent.map { parent in functionScope.free.map { parent.captureSource($0) } } ?? [],
      handlers: code.handlers, doc: doc, definitionSpan: span)
  }
}

/// The variables of a comprehension that runs inside the enclosing frame.
struct InlinedScope {
  let scope: Scope
  /// By mangled name.
  var registerOf: [String: Int] = [:]
  /// Variables that certainly have a value.
  var assigned: Set<String> = []
}
