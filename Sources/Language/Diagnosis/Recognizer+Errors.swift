// What the diagnostic alternatives of the grammar mean.

extension Recognizer {
  private func span(_ tokens: Range<Int>) -> SourceSpan {
    SourceSpan(
      source: parser.source, lo: parser.tokens[tokens.lowerBound].lo, hi: parser.tokens[tokens.upperBound - 1].hi)
  }

  private var lastToken: SourceSpan { parser.span(of: parser.tokens[furthest]) }

  /// The error an action finds; nil when it finds nothing wrong.
  func error(_ action: Grammar.Action, _ captures: Captures, end: Int) -> SyntaxError? {
    switch action {
    case .message(let place, let message): return error(message, place, captures)
    case .custom(let finding): return error(finding, captures, end: end)
    }
  }

  private func error(_ message: String, _ place: Grammar.Place, _ captures: Captures) -> SyntaxError {
    var text = message
    if let range = text.firstOccurrence(of: "{a}") {
      text.replaceSubrange(range, with: expression(captures.a).map(describe) ?? "expression")
    }
    switch place {
    case .a: return SyntaxError(text, at: span(captures.a))
    case .aToB: return SyntaxError(text, at: span(captures.a).union(span(captures.b)))
    case .fromA: return SyntaxError(text, at: span(captures.a).union(lastToken))
    case .lastToken: return SyntaxError(text, at: lastToken)
    case .indentation:
      if let range = text.firstOccurrence(of: "{line}") {
        let line = lineNumber(parser.text, at: Int(parser.tokens[captures.a.lowerBound].lo))
        text.replaceSubrange(range, with: "\(line)")
      }
      return SyntaxError(.indentation, text, at: lastToken)
    }
  }

  private func error(_ finding: Grammar.Finding, _ captures: Captures, end: Int) -> SyntaxError? {
    let a = captures.a
    let range = span(a).union(captures.b.isEmpty ? span(a) : span(captures.b))
    switch finding {
    case .legacy:
      guard isLegacy(a) else { return nil }
      let word = parser.string(parser.tokens[a.lowerBound])
      return SyntaxError("Missing parentheses in call to '\(word)'. Did you mean \(word)(...)?", at: range)
    case .forgottenComma:
      if isLegacy(a) || parser.tokens[end - 1].level == 0 { return nil }
      return SyntaxError("invalid syntax. Perhaps you forgot a comma?", at: range)
    case .target: return targetError(a, "cannot assign to", isFor: false, isDelete: false)
    case .forTarget: return targetError(a, "cannot assign to", isFor: true, isDelete: false)
    case .deleteTarget: return targetError(a, "cannot delete", isFor: false, isDelete: true)
    case .generatorInCall:
      let arguments = split(a).filter { !isKeyword($0) }
      guard arguments.count > 1, let last = arguments.last else { return nil }
      return SyntaxError("Generator expression must be parenthesized", at: span(last).union(span(captures.b)))
    case .positionalAfterKeyword:
      let unpacks = split(a).contains { parser.tokens[$0.lowerBound].kind == .doubleStar }
      return SyntaxError(
        "positional argument follows keyword argument" + (unpacks ? " unpacking" : ""), at: lastToken)
    case .constantKeyword:
      return SyntaxError("cannot assign to \(parser.string(parser.tokens[a.lowerBound]))", at: range)
    case .keyWithoutColon:
      let hi = span(a).hi
      return SyntaxError(
        "':' expected after dictionary key", at: SourceSpan(source: parser.source, lo: hi - 1, hi: hi))
    }
  }

  private func isLegacy(_ tokens: Range<Int>) -> Bool {
    guard tokens.count == 1, parser.tokens[tokens.lowerBound].kind == .name else { return false }
    let word = parser.string(parser.tokens[tokens.lowerBound])
    return word == "print" || word == "exec"
  }

  /// The arguments in a range of tokens: what is between its outermost commas.
  private func split(_ tokens: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = tokens.lowerBound
    var depth = 0
    for index in tokens {
      switch parser.tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .comma where depth == 0:
        if start < index { parts.append(start..<index) }
        start = index + 1
      default: break
      }
    }
    if start < tokens.upperBound { parts.append(start..<tokens.upperBound) }
    return parts
  }

  private func isKeyword(_ argument: Range<Int>) -> Bool {
    if parser.tokens[argument.lowerBound].kind == .doubleStar { return true }
    return argument.count > 1 && parser.tokens[argument.lowerBound + 1].kind == .equal
  }

  // MARK: Targets

  private func targetError(_ tokens: Range<Int>, _ verb: String, isFor: Bool, isDelete: Bool) -> SyntaxError? {
    guard let expression = expression(tokens),
      let target = invalidTarget(expression, isFor: isFor, isDelete: isDelete)
    else { return nil }
    return SyntaxError("\(verb) \(describe(target))", at: target.span)
  }

  /// The first part of an expression that cannot be assigned to or deleted.
  private func invalidTarget(_ expression: Expression, isFor: Bool, isDelete: Bool) -> Expression? {
    switch expression.kind {
    case .name, .attribute, .index: return nil
    case .list(let elements), .tuple(let elements):
      for element in elements {
        if let target = invalidTarget(element, isFor: isFor, isDelete: isDelete) { return target }
      }
      return nil
    case .starred(let value): return isDelete ? expression : invalidTarget(value, isFor: isFor, isDelete: isDelete)
    case .compare(let first, let rest):
      // `a in b` of a `for` was read as a comparison.
      if !isFor { return expression }
      return rest[0].0 == .in ? invalidTarget(first, isFor: isFor, isDelete: isDelete) : nil
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .call, .unary,
      .binary, .and, .or, .conditional, .lambda, .set, .dict, .listComprehension, .setComprehension,
      .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return expression
    }
  }

  /// The tree of a range of tokens that was recognised as some kind of expression.
  private func expression(_ tokens: Range<Int>) -> Expression? {
    for attempt in 0..<5 {
      var reader = Parser(parser.lexer, tokens: parser.tokens, from: tokens.lowerBound)
      do throws(SyntaxError) {
        let result: Expression
        switch attempt {
        case 0: result = try reader.expressions()
        case 1: result = try reader.element()
        case 2: result = try reader.disjunction()
        case 3: result = try reader.bitwise()
        default: result = try reader.primary()
        }
        if reader.index == tokens.upperBound { return result }
      } catch {
        continue
      }
    }
    return nil
  }

  /// CPython's name for a kind of expression.
  private func describe(_ expression: Expression) -> String {
    switch expression.kind {
    case .none: return "None"
    case .true: return "True"
    case .false: return "False"
    case .ellipsis: return "ellipsis"
    case .int, .bigInt, .float, .string, .bytes: return "literal"
    case .formatted: return "f-string expression"
    case .name: return "name"
    case .attribute: return "attribute"
    case .index: return "subscript"
    case .slice: return "slice"
    case .call: return "function call"
    case .unary, .binary, .and, .or: return "expression"
    case .compare: return "comparison"
    case .conditional: return "conditional expression"
    case .lambda: return "lambda"
    case .list: return "list"
    case .tuple: return "tuple"
    case .set: return "set display"
    case .dict: return "dict literal"
    case .starred: return "starred"
    case .listComprehension: return "list comprehension"
    case .setComprehension: return "set comprehension"
    case .dictComprehension: return "dict comprehension"
    case .generator: return "generator expression"
    case .named: return "named expression"
    case .yield, .yieldFrom: return "yield expression"
    }
  }
}

extension String {
  fileprivate func firstOccurrence(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
