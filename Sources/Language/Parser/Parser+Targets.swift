extension Parser {
  enum TargetUse {
    case assign, delete
  }

  /// Targets before `in`: one, or a tuple without parentheses.
  mutating func targets() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let first = try target()
    guard kind == .comma else { return first }
    var elements = [first]
    while accept(.comma), startsExpression { elements.append(try target()) }
    return try node(.tuple(elements), from: lo, height: highest(elements) + 1)
  }

  /// One target, possibly starred.
  mutating func target() throws(SyntaxError) -> Expression {
    let lo = current.lo
    let isStarred = accept(.star)
    let value = try primary()
    guard isTarget(value, for: .assign) else { throw unexpected() }
    if !isStarred { return value }
    return try node(.starred(value), from: lo, height: value.height + 1)
  }

  /// Whether the grammar lets an expression be assigned to or deleted.
  func isTarget(_ expression: Expression, for use: TargetUse) -> Bool {
    switch expression.kind {
    case .name, .attribute, .index: return true
    case .tuple(let elements), .list(let elements):
      return elements.allSatisfy { isTarget($0, for: use) }
    case .starred(let value):
      if case .starred = value.kind { return false }
      return use == .assign && isTarget(value, for: use)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .compare, .and, .or, .conditional, .lambda, .set, .dict, .listComprehension, .setComprehension,
      .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return false
    }
  }

  // MARK: Parameters

  func height(_ parameters: Parameters) -> Int32 {
    var height: Int32 = 0
    for list in [parameters.positionalOnly, parameters.positional, parameters.keywordOnly] {
      for parameter in list {
        height = max(height, parameter.defaultValue?.height ?? 0, parameter.annotation?.height ?? 0)
      }
    }
    return max(height, parameters.variadic?.annotation?.height ?? 0, parameters.keywords?.annotation?.height ?? 0)
  }

  /// Parameters of a function or lambda, up to `closing`, which stays.
  mutating func parameters(until closing: TokenKind, annotated: Bool) throws(SyntaxError) -> Parameters {
    var result = Parameters()
    var hasDefault = false
    var hasSlash = false
    var hasStar = false
    while kind != closing {
      switch kind {
      case .slash:
        if hasSlash || hasStar || result.positional.isEmpty { throw unexpected() }
        hasSlash = true
        advance()
        (result.positionalOnly, result.positional) = (result.positional, [])
      case .star:
        if hasStar { throw unexpected() }
        hasStar = true
        advance()
        if kind == .comma {
          // Something by name must follow a bare star.
          if nextKind() != .name { throw unexpected() }
        } else {
          result.variadic = try parameter(annotated: annotated, starAnnotation: true)
        }
      case .doubleStar:
        advance()
        result.keywords = try parameter(annotated: annotated)
        if kind == .comma { advance() }
        if kind != closing { throw unexpected() }
        return result
      default:
        var parameter = try self.parameter(annotated: annotated)
        if accept(.equal) {
          parameter.defaultValue = try expression()
          hasDefault = true
        } else if hasDefault && !hasStar {
          throw unexpected()
        }
        if hasStar { result.keywordOnly.append(parameter) } else { result.positional.append(parameter) }
      }
      if kind != .comma { break }
      advance()
    }
    if kind != closing { throw unexpected() }
    return result
  }

  private mutating func parameter(
    annotated: Bool, starAnnotation: Bool = false
  ) throws(SyntaxError) -> Parameter {
    let (name, nameSpan) = try expectName()
    var parameter = Parameter(name: name, span: nameSpan)
    if annotated, accept(.colon) {
      parameter.annotation = starAnnotation && kind == .star ? try element() : try expression()
    }
    return parameter
  }
}
