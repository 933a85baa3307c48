import Language

extension FunctionCompiler {
  func `while`(_ test: Expression, _ body: [Statement], _ otherwise: [Statement], at span: SourceSpan) {
    let head = code.makeLabel()
    let exhausted = code.makeLabel()
    let truth = constant(test)?.constantTruth
    let loop = Loop(breakLabel: code.makeLabel(), continueLabel: head, iterator: nil)
    code.place(head)
    forgetUnset()
    if truth != true { jump(unless: test, to: exhausted) }
    var after = flow
    if truth == true { after.stop() }
    if truth == false { flow.stop() }
    enter(.loop(loop))
    block(body)
    blocks.removeLast()
    if flow.isReachable { emitJump(.jumpBack, to: head, at: test.span) }
    code.place(exhausted)
    flow = after
    block(otherwise)
    flow.join(loop.broken)
    code.place(loop.breakLabel)
  }

  func `for`(
    _ target: Expression, _ iterable: Expression, _ body: [Statement], _ otherwise: [Statement], at span: SourceSpan
  ) {
    let head = code.makeLabel()
    let exhausted = code.makeLabel()
    // The loop variable itself takes the items when the register before it is free for the iterator.
    var direct: (number: Int, name: String)?
    if let register = plainRegister(target), loopRegisters.remove(register.number) != nil { direct = register }
    let iterator = direct.map { $0.number - 1 } ?? allocate(2)
    let item = iterator + 1
    let mark = top
    getIterator(of: iterable, into: iterator)
    top = mark
    let loop = Loop(breakLabel: code.makeLabel(), continueLabel: head, iterator: iterator)
    code.place(head)
    forgetUnset()
    emitJump(.forIter, item, to: exhausted, at: iterable.span)
    let after = flow
    if let direct {
      assigned(direct.name, direct.number)
    } else {
      assign(target, from: item)
    }
    enter(.loop(loop))
    block(body)
    blocks.removeLast()
    if flow.isReachable { emitJump(.jumpBack, to: head, at: iterable.span) }
    if let direct { loopRegisters.insert(direct.number) }
    code.place(exhausted)
    flow = after
    block(otherwise)
    flow.join(loop.broken)
    code.place(loop.breakLabel)
  }

  /// What a `for` goes through.
  func getIterator(of iterable: Expression, into iterator: Int) {
    var source = iterator
    if case .set = iterable.kind, let value = constantDisplay(iterable) {
      load(value, into: iterator, at: iterable.span)
    } else {
      source = operand(iterable, reusing: iterator)
    }
    emit(.getIter, iterator, source, at: iterable.span)
  }

  /// `break` and `continue`.
  func leaveLoop(isBreak: Bool, at span: SourceSpan) {
    var depth = blocks.count - 1
    while depth >= 0 {
      if case .loop(let loop) = blocks[depth] {
        let suspended = leave(to: depth + 1, at: span)
        if isBreak {
          if let iterator = loop.iterator { emit(.clear, iterator, at: span) }
          emitJump(.jump, to: loop.breakLabel, at: span)
          loop.broken.join(flow)
        } else {
          emitJump(.jumpBack, to: loop.continueLabel, at: span)
        }
        resume(suspended)
        return flow.stop()
      }
      depth -= 1
    }
    preconditionFailure("the symbol table refuses break and continue outside loops")
  }
}

/// A loop that statements may leave.
final class Loop {
  let breakLabel: Label
  let continueLabel: Label
  /// Register of a `for` loop's iterator, let go of by `break`.
  let iterator: Int?
  /// The locals that have a value at every `break`.
  var broken = Flow.unreachable

  init(breakLabel: Label, continueLabel: Label, iterator: Int?) {
    self.breakLabel = breakLabel
    self.continueLabel = continueLabel
    self.iterator = iterator
  }
}
