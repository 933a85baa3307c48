import Language

extension FunctionCompiler {
  /// Calls with more positional arguments than this pass them as a list.
  static let directArgumentLimit = 200

  func call(_ callee: Expression, _ arguments: [Argument], into target: Int, at span: SourceSpan) {
    // The result lands where the callee stood; a temporary on top of the stack can be that place.
    let base = target == top - 1 && isTemporary(target) ? target : allocate()
    if needsSpread(arguments) {
      evaluate(callee, into: base)
      spread(arguments, callee: base)
      emit(.callSpread, base, at: span)
    } else if case .attribute(let object, let name, let nameSpan) = callee.kind {
      let receiver = operand(object, reusing: base)
      let memberSpan = object.span.union(nameSpan)
      _ = allocate()
      emit(.loadMethod, base, receiver, self.name(Symbol(scope.mangle(name)), at: nameSpan), at: memberSpan)
      let (count, keywords) = self.arguments(arguments)
      emit(
        .callMethod, base, count,
        keywords.isEmpty ? CodeBuilder.absent : constantOperand(.makeTuple(keywords), at: span), at: span)
    } else {
      evaluate(callee, into: base)
      let (count, keywords) = self.arguments(arguments)
      if keywords.isEmpty {
        emit(.call, base, count, at: span)
      } else {
        emit(.callKeywords, base, count, constantOperand(.makeTuple(keywords), at: span), at: span)
      }
    }
    if base != target { emit(.move, target, base, at: span) }
  }

  private func needsSpread(_ arguments: [Argument]) -> Bool {
    if arguments.count > FunctionCompiler.directArgumentLimit { return true }
    for argument in arguments {
      switch argument {
      case .starred, .doubleStarred: return true
      case .positional, .keyword: continue
      }
    }
    return false
  }

  /// Evaluates plain arguments into the registers that follow; gives the count of positional ones and the keywords' names.
  private func arguments(_ arguments: [Argument]) -> (Int, [Value]) {
    var count = 0
    var keywords: [Value] = []
    for argument in arguments {
      if case .positional(let value) = argument {
        push(value)
        count += 1
      }
    }
    for argument in arguments {
      if case .keyword(let name, _, let value) = argument {
        push(value)
        keywords.append(.str(Symbol(name).str))
      }
    }
    return (count, keywords)
  }

  /// Builds the list and the dict that `callSpread` takes after the callee.
  private func spread(_ arguments: [Argument], callee: Int) {
    let positional = allocate(2)
    let keywords = positional + 1
    var elements: [Expression] = []
    for argument in arguments {
      switch argument {
      case .positional(let value): elements.append(value)
      case .starred(let value): elements.append(Expression(.starred(value), span: value.span))
      case .keyword, .doubleStarred: continue
      }
    }
    if elements.count == 1, case .starred(let value) = elements[0].kind {
      // The error for what cannot be iterated over names the callee then.
      emit(.buildList, positional, positional, 0, at: value.span)
      let mark = top
      emit(.listExtend, positional, operand(value), callee + 1, at: value.span)
      top = mark
    } else {
      list(elements, into: positional, at: elements.first?.span ?? SourceSpan(lo: 0, hi: 0))
    }
    var isMade = false
    for argument in arguments {
      let mark = top
      switch argument {
      case .positional, .starred: continue
      case .keyword(let name, let nameSpan, let value):
        // A dict of its own: merging is what finds a name given twice.
        let pair = allocate(2)
        load(.str(Symbol(name).str), into: pair, at: nameSpan)
        evaluate(value, into: pair + 1)
        if isMade {
          emit(.buildDict, pair, pair, 1, at: nameSpan)
          emit(.dictMerge, keywords, pair, callee, at: nameSpan)
        } else {
          emit(.buildDict, keywords, pair, 1, at: nameSpan)
        }
      case .doubleStarred(let value):
        if !isMade { emit(.buildDict, keywords, keywords, 0, at: value.span) }
        emit(.dictMerge, keywords, operand(value), callee, at: value.span)
      }
      isMade = true
      top = mark
    }
    if !isMade { emit(.loadNone, keywords, at: SourceSpan(lo: 0, hi: 0)) }
  }
}
