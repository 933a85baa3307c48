import Language

extension FunctionCompiler {
  /// `with a as x, b as y:` nests its items.
  func with(_ items: ArraySlice<WithItem>, _ body: [Statement], at span: SourceSpan) {
    guard let item = items.first else { return block(body) }
    let mark = top
    defer { top = mark }
    // The value of `__enter__`, the bound `__exit__`, the exception.
    let value = allocate(3)
    let (exit, exception) = (value + 1, value + 2)
    let manager = item.context.span
    emit(.withEnter, value, operand(item.context, reusing: value), at: manager)
    let entry = flow
    let region = protect(register: exception)
    enter(.with(region, exit: exit, manager))
    if let target = item.target { assign(target, from: value) }
    with(items.dropFirst(), body, at: span)
    blocks.removeLast()
    finish(region)
    let end = code.makeLabel()
    var after = flow
    if flow.isReachable {
      exitNormally(exit, at: manager)
      emitJump(.jump, to: end, at: span)
    }
    code.place(region.handler)
    flow = entry
    forgetUnset()
    let caught = flow
    let swallowed = code.makeLabel()
    var restoring = 0
    handling(exception, at: manager) { saved in
      restoring = saved
      let answer = allocate()
      emit(.withExit, answer, exit, exception, at: manager)
      emitJump(.jumpIfTrue, answer, to: swallowed, at: manager)
      return true
    }
    code.place(swallowed)
    emit(.popHandled, restoring, at: manager)
    after.join(caught)
    flow = after
    code.place(end)
  }

  /// Calls `__exit__(None, None, None)`.
  func exitNormally(_ exit: Int, at span: SourceSpan) {
    let mark = top
    let answer = allocate()
    emit(.loadNone, answer, at: span)
    emit(.withExit, answer, exit, answer, at: span)
    top = mark
  }
}
