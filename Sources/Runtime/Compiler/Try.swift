import Language

extension FunctionCompiler {
  func `try`(
    _ body: [Statement], _ handlers: [ExceptionHandler], _ otherwise: [Statement], _ finally: [Statement],
    at span: SourceSpan
  ) {
    if finally.isEmpty {
      tryExcept(body, handlers, otherwise, at: span)
    } else {
      tryFinally(body, handlers, otherwise, finally, at: span)
    }
  }

  /// The `finally` body stands twice or more: after the normal end, in the handler, and at each way out of the body.
  private func tryFinally(
    _ body: [Statement], _ handlers: [ExceptionHandler], _ otherwise: [Statement], _ finally: [Statement],
    at span: SourceSpan
  ) {
    let exception = allocate()
    let entry = flow
    let region = protect(register: exception)
    enter(.finally(region, finally))
    if handlers.isEmpty {
      block(body)
    } else {
      tryExcept(body, handlers, otherwise, at: span)
    }
    blocks.removeLast()
    finish(region)
    let end = code.makeLabel()
    finallyDepth += 1
    defer { finallyDepth -= 1 }
    if finallyDepth > FunctionCompiler.finallyLimit {
      return unit.refuse("too many statically nested blocks", at: span)
    }
    block(finally)
    if flow.isReachable { emitJump(.jump, to: end, at: span) }
    let after = flow
    flow = entry
    forgetUnset()
    code.place(region.handler)
    handling(exception, at: span) { _ in
      block(finally)
      return flow.isReachable
    }
    flow = after
    code.place(end)
  }

  private func tryExcept(
    _ body: [Statement], _ handlers: [ExceptionHandler], _ otherwise: [Statement], at span: SourceSpan
  ) {
    let mark = top
    defer { top = mark }
    let exception = allocate()
    let entry = flow
    let region = protect(register: exception)
    enter(.guarded(region))
    block(body)
    blocks.removeLast()
    finish(region)
    let end = code.makeLabel()
    block(otherwise)
    var after = flow
    if flow.isReachable { emitJump(.jump, to: end, at: span) }
    flow = entry
    forgetUnset()
    let caught = flow
    code.place(region.handler)
    handling(exception, at: span) { saved in
      for handler in handlers {
        flow = caught
        let next = code.makeLabel()
        if let type = handler.type {
          let mark = top
          emitTest(.jumpIfNotMatch, exception, operand(type), to: next, at: type.span)
          top = mark
        }
        handlerBody(handler, exception, restoring: saved)
        if flow.isReachable {
          emit(.popHandled, saved, at: handler.span)
          emitJump(.jump, to: end, at: handler.span)
        }
        after.join(flow)
        code.place(next)
      }
      return handlers.last?.type != nil
    }
    flow = after
    code.place(end)
  }

  private func handlerBody(_ handler: ExceptionHandler, _ exception: Int, restoring saved: Int) {
    guard let name = handler.name else { return block(handler.body) }
    let second = allocate()
    storeName(name, from: exception, at: handler.span)
    let region = protect(register: second)
    enter(.handlerName(region, name: name, handler.span))
    block(handler.body)
    blocks.removeLast()
    finish(region)
    let done = code.makeLabel()
    if flow.isReachable {
      unsetHandlerName(name, at: handler.span)
      emitJump(.jump, to: done, at: handler.span)
    }
    let after = flow
    code.place(region.handler)
    unsetHandlerName(name, at: handler.span)
    emit(.rethrow, second, at: handler.span)
    flow = after
    code.place(done)
    top = second
  }

  /// `name = None; del name`: no error when the body deleted it.
  func unsetHandlerName(_ name: String, at span: SourceSpan) {
    let mark = top
    if plainRegister(Expression(.name(name), span: span)) == nil {
      let register = allocate()
      emit(.loadNone, register, at: span)
      storeName(name, from: register, at: span)
      deleteName(name, at: span)
    } else if let register = plainRegister(Expression(.name(name), span: span)) {
      emit(.clear, register.number, at: span)
      flow.unassign(register.number)
    }
    top = mark
  }

  /// The code of a handler: the exception in `exception` is the one being handled; should the body raise another, the one
  /// handled before comes back first. The body gets the register that saves that one, and says whether the exception goes on.
  func handling(_ exception: Int, at span: SourceSpan, _ body: (_ saved: Int) -> Bool) {
    let saved = allocate(2)
    emit(.pushHandled, exception, saved, at: span)
    let region = protect(register: saved + 1)
    enter(.handling(region, saved: saved))
    let goesOn = body(saved)
    blocks.removeLast()
    finish(region)
    if goesOn { rethrow(exception, restoring: saved, at: span) }
    code.place(region.handler)
    rethrow(saved + 1, restoring: saved, at: span)
  }

  private func rethrow(_ exception: Int, restoring saved: Int, at span: SourceSpan) {
    emit(.popHandled, saved, at: span)
    emit(.rethrow, exception, at: span)
  }
}
