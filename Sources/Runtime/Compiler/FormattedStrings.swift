import Language

extension FunctionCompiler {
  /// An f-string: its parts as strings in neighbouring registers, joined.
  func formatted(_ parts: [FormattedPart], into target: Int, at span: SourceSpan) {
    if parts.isEmpty { return load(.text(""), into: target, at: span) }
    let first = top
    var count = 0
    for part in parts {
      switch part {
      case .literal(let text):
        load(.text(text), into: allocate(), at: span)
        count += 1
      case .value(let value, let conversion, let spec, let debugText):
        if let debugText {
          load(.text(debugText), into: allocate(), at: span)
          count += 1
        }
        // `{x=}` shows the repr unless something else is asked for.
        let isDebugRepr = debugText != nil && conversion == nil && spec.isEmpty
        self.value(value, conversion: isDebugRepr ? "r" : conversion, spec)
        count += 1
      }
    }
    // Also for one part: it may still be an int (see `VM.formatted`).
    emit(.buildString, target, first, count, at: span)
  }

  /// One replacement field, into a new temporary on top of the stack.
  private func value(_ value: Expression, conversion: Character?, _ spec: [FormattedPart]) {
    let target = allocate()
    let mark = top
    defer { top = mark }
    let source = operand(value, reusing: target)
    var format = CodeBuilder.absent
    if !spec.isEmpty {
      format = allocate()
      if spec.count == 1, case .literal(let text) = spec[0] {
        load(.text(text), into: format, at: value.span)
      } else {
        formatted(spec, into: format, at: value.span)
      }
    }
    emit(.format, target, source, format, at: value.span)
    let code: Int
    switch conversion {
    case "s": code = 1
    case "r": code = 2
    case "a": code = 3
    case .none, .some: code = 0
    }
    emit(.extra, code, at: value.span)
  }
}
