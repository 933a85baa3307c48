import Language

extension FunctionCompiler {
  /// The code of a cell or library file.
  static func module(_ module: Language.Module, in unit: CompilationUnit, displaysLast: Bool) -> Code {
    let end = module.body.last?.span ?? SourceSpan(lo: 0, hi: 0)
    let span = module.body.first?.span.union(end) ?? end
    return compileFitting { isWide in
      let compiler = FunctionCompiler(unit, .module, unit.table.module, parent: nil, isWide: isWide)
      var body = module.body[...]
      if displaysLast, !module.endsInSemicolon, let last = body.last, case .expression(let value) = last.kind {
        body = body.dropLast()
        compiler.block(Array(body))
        if compiler.flow.isReachable { compiler.emit(.display, compiler.push(value), at: value.span) }
      } else {
        compiler.block(module.body)
      }
      compiler.emit(.returnNone, at: end)
      return compiler.finish(span: span)
    }
  }

  /// Compiles with short compare-and-jumps, and once more with long ones where those do not reach.
  static func compileFitting(_ compile: (_ isWide: Bool) -> Code?) -> Code {
    if let code = compile(false) { return code }
    guard let code = compile(true) else { preconditionFailure("a long jump does not fit") }
    return code
  }

  /// The code of a scope inside this one, as a constant.
  func makeCode(
    _ kind: Code.Kind, _ inner: Scope, at span: SourceSpan, _ body: (FunctionCompiler) -> Code?
  ) -> Value {
    let code = FunctionCompiler.compileFitting { isWide in
      body(FunctionCompiler(unit, kind, inner, parent: self, isWide: isWide))
    }
    return .object(code)
  }

  // MARK: Definitions

  func function(_ definition: FunctionDefinition, _ statement: Statement) {
    let inner = unit.table.scope(of: statement)
    let result = decorated(definition.decorators) { target in
      let code = makeCode(.function, inner, at: statement.span) { compiler in
        compiler.prologue(definition.parameters, at: definition.nameSpan)
        let doc = definition.body.first?.documentation
        compiler.block(doc == nil ? definition.body : Array(definition.body.dropFirst()))
        if compiler.flow.isReachable { compiler.emit(.returnNone, at: definition.body.last?.span ?? statement.span) }
        return compiler.finish(definition.parameters.shape, doc: doc, span: statement.span)
      }
      makeFunction(code, definition.parameters, returns: definition.returns, into: target, at: definition.nameSpan)
    }
    storeName(definition.name, from: result, at: definition.nameSpan)
  }

  func lambda(_ parameters: Parameters, _ body: Expression, _ expression: Expression, into target: Int) {
    let inner = unit.table.scope(of: expression)
    let code = makeCode(.lambda, inner, at: expression.span) { compiler in
      compiler.prologue(parameters, at: expression.span)
      compiler.emit(.returnValue, compiler.operand(body), at: body.span)
      return compiler.finish(parameters.shape, span: expression.span)
    }
    makeFunction(code, parameters, returns: nil, into: target, at: expression.span)
  }

  /// Evaluates decorators, lets `make` put the function or class in a register, and calls the decorators on it.
  func decorated(_ decorators: [Expression], _ make: (Int) -> Void) -> Int {
    let first = top
    for decorator in decorators { push(decorator) }
    let object = allocate()
    make(object)
    for (index, decorator) in decorators.enumerated().reversed() {
      emit(.call, first + index, 1, at: decorator.span)
    }
    return first
  }

  /// Parameters and locals get their registers; captured ones their cells.
  private func prologue(_ parameters: Parameters, at span: SourceSpan) {
    for name in functionScope.parameters {
      flow.assign(localCount)
      addLocal(name)
    }
    let loopVariables = functionScope.loopVariables
    for name in functionScope.locals.dropFirst(functionScope.parameters.count) {
      if loopVariables.contains(name), functionScope.resolve(name) == .local {
        addLocal(".iterator", isHidden: true)
        loopRegisters.insert(localCount)
      }
      addLocal(name)
    }
    makeCells(at: span)
    if functionScope.isGenerator { emit(.makeGenerator, at: span) }
  }

  func makeCells(at span: SourceSpan) {
    for name in functionScope.cells { emit(.makeCell, registerOf[name]!, at: span) }
  }

  /// Evaluates defaults and annotations, then makes the function.
  private func makeFunction(
    _ code: Value, _ parameters: Parameters, returns: Expression?, into target: Int, at span: SourceSpan
  ) {
    let mark = top
    defer { top = mark }
    let number = constantOperand(code, at: span)
    let defaults = (parameters.positionalOnly + parameters.positional).compactMap(\.defaultValue)
    let keywordDefaults = parameters.keywordOnly.filter { $0.defaultValue != nil }
    let annotations = parameters.annotations(returns: returns)
    if defaults.isEmpty && keywordDefaults.isEmpty && annotations.isEmpty {
      return emit(.makeFunction, target, number, CodeBuilder.absent, at: span)
    }
    let first = allocate(3)
    if let values = defaults.isEmpty ? Value.none : constantTuple(defaults) {
      load(values, into: first, at: span)
    } else {
      tuple(defaults, into: first, at: span)
    }
    pairs(keywordDefaults.map { ($0.name, $0.span, $0.defaultValue!) }, into: first + 1, at: span)
    pairs(annotations, into: first + 2, at: span)
    emit(.makeFunction, target, number, first, at: span)
  }

  /// A dict from names to values, None when there are none.
  private func pairs(_ entries: [(String, SourceSpan, Expression)], into target: Int, at span: SourceSpan) {
    if entries.isEmpty { return emit(.loadNone, target, at: span) }
    let items: [(key: Expression?, value: Expression)] = entries.map { name, span, value in
      (key: Expression(.string(scope.mangle(name)), span: span), value: value)
    }
    dict(items, into: target, at: span)
  }

  // MARK: Classes

  func `class`(_ definition: ClassDefinition, _ statement: Statement) {
    let inner = unit.table.scope(of: statement)
    let span = definition.nameSpan
    let result = decorated(definition.decorators) { target in
      let mark = top
      let base = allocate(3)
      let code = makeCode(.classBody, inner, at: span) { compiler in
        compiler.classBody(definition.body, at: span)
        return compiler.finish(doc: definition.body.first?.documentation, span: statement.span)
      }
      emit(.makeFunction, base, constantOperand(code, at: span), CodeBuilder.absent, at: span)
      classArguments(definition.arguments, base, at: span)
      emit(.buildClass, base, name(Symbol(definition.name), at: span), at: span)
      emit(.move, target, base, at: span)
      top = mark
    }
    storeName(definition.name, from: result, at: span)
  }

  private func classArguments(_ arguments: [Argument], _ base: Int, at span: SourceSpan) {
    var bases: [Expression] = []
    var keywords: [(key: Expression?, value: Expression)] = []
    for argument in arguments {
      switch argument {
      case .positional(let value): bases.append(value)
      case .starred(let value): bases.append(Expression(.starred(value), span: value.span))
      case .keyword(let name, let nameSpan, let value):
        keywords.append((Expression(.string(name), span: nameSpan), value))
      case .doubleStarred(let value): keywords.append((nil, value))
      }
    }
    if bases.isEmpty {
      load(.emptyTuple, into: base + 1, at: span)
    } else {
      tuple(bases, into: base + 1, at: span)
    }
    if keywords.isEmpty {
      emit(.loadNone, base + 2, at: span)
    } else {
      dict(keywords, into: base + 2, at: span)
    }
  }

  /// Names go to the namespace the VM gives the frame. The body returns the cell of `__class__` for the class to be put in.
  private func classBody(_ body: [Statement], at span: SourceSpan) {
    if functionScope.needsClassCell {
      addLocal("__class__")
      emit(.makeCell, 0, at: span)
    }
    block(body.first?.documentation == nil ? body : Array(body.dropFirst()))
    if functionScope.needsClassCell {
      emit(.returnValue, 0, at: span)
    } else {
      emit(.returnNone, at: span)
    }
  }
}

extension Statement {
  /// The text of a string that stands alone: documentation when it comes first.
  var documentation: String? {
    guard case .expression(let expression) = kind, case .string(let text) = expression.kind else { return nil }
    return text
  }
}

extension Parameters {
  var shape: FunctionCompiler.Shape {
    FunctionCompiler.Shape(
      positionalOnly: positionalOnly.count, positional: positionalOnly.count + positional.count,
      keywordOnly: keywordOnly.count, hasVariadic: variadic != nil, hasKeywords: keywords != nil)
  }

  /// Annotated parameters and `return`, in the order CPython keeps.
  func annotations(returns: Expression?) -> [(String, SourceSpan, Expression)] {
    var result: [(String, SourceSpan, Expression)] = []
    for parameter in positionalOnly + positional + [variadic].compactMap({ $0 }) + keywordOnly
      + [keywords].compactMap({ $0 })
    {
      if let annotation = parameter.annotation { result.append((parameter.name, parameter.span, annotation)) }
    }
    if let returns { result.append(("return", returns.span, returns)) }
    return result
  }
}
