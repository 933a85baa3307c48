import Language

extension FunctionCompiler {
  func block(_ statements: [Statement]) {
    for statement in statements {
      // What nothing can reach makes no code.
      guard flow.isReachable, unit.problem == nil else { return }
      blockSpan = statement.span
      compile(statement)
    }
  }

  func compile(_ statement: Statement) {
    let mark = top
    defer { top = mark }
    let span = statement.span
    switch statement.kind {
    case .expression(let expression): effect(expression)
    case .assign(let targets, let value): assign(targets, value, at: span)
    case .augmentedAssign(let target, let op, let value, _): augmentedAssign(target, op, value, at: span)
    case .annotatedAssign(let target, let annotation, let value):
      annotatedAssign(target, annotation, value, statement)
    case .delete(let targets):
      for target in targets { delete(target) }
    case .pass, .global, .nonlocal: break
    case .break: leaveLoop(isBreak: true, at: span)
    case .continue: leaveLoop(isBreak: false, at: span)
    case .return(let value): `return`(value, at: span)
    case .raise(let exception, let cause): raise(exception, cause, at: span)
    case .assert(let test, let message): assert(test, message, at: span)
    case .import(let aliases): `import`(aliases)
    case .importFrom(let module, let aliases): importFrom(module, aliases, at: span)
    case .if(let test, let body, let otherwise): `if`(test, body, otherwise)
    case .while(let test, let body, let otherwise): `while`(test, body, otherwise, at: span)
    case .for(let target, let iterable, let body, let otherwise):
      `for`(target, iterable, body, otherwise, at: span)
    case .try(let body, let handlers, let otherwise, let finally):
      `try`(body, handlers, otherwise, finally, at: span)
    case .with(let items, let body): with(items[...], body, at: span)
    case .function(let definition): function(definition, statement)
    case .class(let definition): `class`(definition, statement)
    }
  }

  /// `elif` is an `if` alone in the `else`: a chain is compiled in a loop.
  private func `if`(_ test: Expression, _ body: [Statement], _ otherwise: [Statement]) {
    var (test, body, otherwise) = (test, body, otherwise)
    let end = code.makeLabel()
    var after = Flow.unreachable
    while true {
      let next = code.makeLabel()
      let truth = constant(test)?.constantTruth
      jump(unless: test, to: next)
      let skipped = flow
      if truth == false { flow.stop() }
      block(body)
      after.join(flow)
      if flow.isReachable && !otherwise.isEmpty { emitJump(.jump, to: end, at: test.span) }
      flow = skipped
      if truth == true { flow.stop() }
      code.place(next)
      guard otherwise.count == 1, case .if(let nextTest, let nextBody, let nextOtherwise) = otherwise[0].kind,
        flow.isReachable
      else { break }
      (test, body, otherwise) = (nextTest, nextBody, nextOtherwise)
    }
    block(otherwise)
    after.join(flow)
    flow = after
    code.place(end)
  }

  private func `return`(_ value: Expression?, at span: SourceSpan) {
    guard let value, constant(value).map({ !$0.isNone }) ?? true else {
      let suspended = leave(to: 0, at: span)
      emit(.returnNone, at: span)
      resume(suspended)
      return flow.stop()
    }
    // What runs on the way out must not change the value.
    let result = blocks.contains(where: \.runsCode) ? push(value) : operand(value)
    let suspended = leave(to: 0, at: span)
    emit(.returnValue, result, at: span)
    resume(suspended)
    flow.stop()
  }

  private func raise(_ exception: Expression?, _ cause: Expression?, at span: SourceSpan) {
    if let exception {
      let register = operand(exception)
      let second = cause.map { operand($0) } ?? CodeBuilder.absent
      emit(.raise, register, second, at: span)
    } else {
      emit(.reraise, at: span)
    }
    flow.stop()
  }

  private func assert(_ test: Expression, _ message: Expression?, at span: SourceSpan) {
    let passed = code.makeLabel()
    jump(test, when: true, to: passed)
    let after = flow
    let register = message.map { operand($0) } ?? CodeBuilder.absent
    emit(.assertFail, register, at: span)
    flow = after
    code.place(passed)
  }

  private func `import`(_ aliases: [ImportAlias]) {
    for alias in aliases {
      let mark = top
      let register = allocate()
      let path = constantOperand(.text(alias.name), at: alias.span)
      let isTop = alias.alias == nil && alias.name.utf8.contains(UInt8(ascii: "."))
      emit(.importName, register, path, isTop ? 1 : 0, at: alias.span)
      let name = alias.alias ?? String(alias.name.prefix { $0 != "." })
      storeName(name, from: register, at: alias.span)
      top = mark
    }
  }

  private func importFrom(_ module: String, _ aliases: [ImportAlias], at span: SourceSpan) {
    let register = allocate()
    emit(.importName, register, constantOperand(.text(module), at: span), 0, at: span)
    if aliases.isEmpty { return emit(.importStar, register, at: span) }
    let member = allocate()
    for alias in aliases {
      emit(.importFrom, member, register, name(Symbol(alias.name), at: alias.span), at: alias.span)
      storeName(alias.alias ?? alias.name, from: member, at: alias.span)
    }
  }
}
