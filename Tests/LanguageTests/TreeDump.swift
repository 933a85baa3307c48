@testable import Language

/// A syntax tree as an S-expression, for comparison.
struct TreeDump {
  /// Writes `@lo-hi` behind every node.
  var withSpans = false

  func dump(_ module: Module) -> String {
    module.body.map(dump).joined(separator: "\n") + (module.endsInSemicolon ? ";" : "")
  }

  private func form(_ words: [String]) -> String { "(" + words.filter { !$0.isEmpty }.joined(separator: " ") + ")" }

  private func at(_ span: SourceSpan) -> String { withSpans ? "@\(span.lo)-\(span.hi)" : "" }

  private func list<T>(_ items: [T], _ each: (T) -> String) -> String {
    "[" + items.map(each).joined(separator: " ") + "]"
  }

  func dump(_ body: [Statement]) -> String { list(body, dump) }

  private func optional(_ expression: Expression?) -> String { expression.map(dump) ?? "_" }

  func dump(_ statement: Statement) -> String {
    let at = at(statement.span)
    switch statement.kind {
    case .expression(let value): return dump(value)
    case .assign(let targets, let value): return form(["=" + at, list(targets, dump), dump(value)])
    case .augmentedAssign(let target, let sign, let value, _):
      return form([sign.rawValue + "=" + at, dump(target), dump(value)])
    case .annotatedAssign(let target, let annotation, let value):
      return form([":" + at, dump(target), dump(annotation), optional(value)])
    case .delete(let targets): return form(["del" + at] + targets.map(dump))
    case .pass: return "(pass\(at))"
    case .break: return "(break\(at))"
    case .continue: return "(continue\(at))"
    case .return(let value): return form(["return" + at, optional(value)])
    case .raise(let exception, let cause): return form(["raise" + at, optional(exception), optional(cause)])
    case .assert(let test, let message): return form(["assert" + at, dump(test), optional(message)])
    case .global(let names): return form(["global" + at] + names)
    case .nonlocal(let names): return form(["nonlocal" + at] + names)
    case .import(let aliases): return form(["import" + at] + aliases.map(dump))
    case .importFrom(let module, let aliases):
      return form(["from" + at, module] + (aliases.isEmpty ? ["*"] : aliases.map(dump)))
    case .if(let test, let body, let otherwise): return form(["if" + at, dump(test), dump(body), dump(otherwise)])
    case .while(let test, let body, let otherwise):
      return form(["while" + at, dump(test), dump(body), dump(otherwise)])
    case .for(let target, let iterable, let body, let otherwise):
      return form(["for" + at, dump(target), dump(iterable), dump(body), dump(otherwise)])
    case .try(let body, let handlers, let otherwise, let finally):
      return form(["try" + at, dump(body), list(handlers, dump), dump(otherwise), dump(finally)])
    case .with(let items, let body):
      return form(["with" + at, list(items) { form([dump($0.context), optional($0.target)]) }, dump(body)])
    case .function(let function):
      return form([
        "def" + at, function.name, dump(function.parameters), optional(function.returns), dump(function.body),
        list(function.decorators, dump),
      ])
    case .class(let definition):
      return form([
        "class" + at, definition.name, list(definition.arguments, dump), dump(definition.body),
        list(definition.decorators, dump),
      ])
    }
  }

  private func dump(_ alias: ImportAlias) -> String {
    (alias.alias.map { "\(alias.name)>\($0)" } ?? alias.name) + at(alias.span)
  }

  private func dump(_ handler: ExceptionHandler) -> String {
    form(["except" + at(handler.span), optional(handler.type), handler.name ?? "_", dump(handler.body)])
  }

  private func dump(_ parameters: Parameters) -> String {
    var words = parameters.positionalOnly.map(dump)
    if !words.isEmpty { words.append("/") }
    words += parameters.positional.map(dump)
    if let variadic = parameters.variadic {
      words.append("*" + dump(variadic))
    } else if !parameters.keywordOnly.isEmpty {
      words.append("*")
    }
    words += parameters.keywordOnly.map(dump)
    if let keywords = parameters.keywords { words.append("**" + dump(keywords)) }
    return "<" + words.joined(separator: " ") + ">"
  }

  private func dump(_ parameter: Parameter) -> String {
    var text = parameter.name
    if let annotation = parameter.annotation { text += ":" + dump(annotation) }
    if let value = parameter.defaultValue { text += "=" + dump(value) }
    return text
  }

  private func dump(_ argument: Argument) -> String {
    switch argument {
    case .positional(let value): return dump(value)
    case .keyword(let name, _, let value): return name + "=" + dump(value)
    case .starred(let value): return "*" + dump(value)
    case .doubleStarred(let value): return "**" + dump(value)
    }
  }

  func dump(_ expression: Expression) -> String {
    let at = at(expression.span)
    switch expression.kind {
    case .none: return "None" + at
    case .true: return "True" + at
    case .false: return "False" + at
    case .ellipsis: return "..." + at
    case .int(let value): return "\(value)" + at
    case .bigInt(let digits, let radix): return form(["big" + at, "\(radix)", digits])
    case .float(let value): return withSpans ? "f" + String(value.bitPattern, radix: 16) + at : "\(value)"
    case .string(let text): return quote(text) + at
    case .bytes(let bytes): return "b" + quote(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))) + at
    case .formatted(let parts): return form(["f" + at] + (withSpans ? folded(parts) : parts).map(dump))
    case .name(let name): return name + at
    case .attribute(let object, let name, _): return form(["." + at, dump(object), name])
    case .index(let object, let index): return form(["index" + at, dump(object), dump(index)])
    case .slice(let lower, let upper, let step):
      return form(["slice" + at, optional(lower), optional(upper), optional(step)])
    case .call(let callee, let arguments): return form(["call" + at, dump(callee)] + arguments.map(dump))
    case .unary(let sign, let operand): return form([sign.rawValue + at, dump(operand)])
    case .binary(let left, let sign, let right, _): return form([sign.rawValue + at, dump(left), dump(right)])
    case .compare(let first, let rest):
      return form(["compare" + at, dump(first)] + rest.map { $0.0.rawValue + " " + dump($0.1) })
    case .and(let operands): return form(["and" + at] + operands.map(dump))
    case .or(let operands): return form(["or" + at] + operands.map(dump))
    case .conditional(let test, let then, let otherwise):
      return form(["?" + at, dump(test), dump(then), dump(otherwise)])
    case .lambda(let parameters, let body): return form(["lambda" + at, dump(parameters), dump(body)])
    case .list(let elements): return form(["list" + at] + elements.map(dump))
    case .tuple(let elements): return form(["tuple" + at] + elements.map(dump))
    case .set(let elements): return form(["set" + at] + elements.map(dump))
    case .dict(let items):
      return form(["dict" + at] + items.map { ($0.key.map(dump) ?? "**") + ":" + dump($0.value) })
    case .starred(let value): return form(["*" + at, dump(value)])
    case .listComprehension(let element, let clauses):
      return form(["listcomp" + at, dump(element)] + clauses.map(dump))
    case .setComprehension(let element, let clauses):
      return form(["setcomp" + at, dump(element)] + clauses.map(dump))
    case .dictComprehension(let key, let value, let clauses):
      return form(["dictcomp" + at, dump(key), dump(value)] + clauses.map(dump))
    case .generator(let element, let clauses): return form(["genexp" + at, dump(element)] + clauses.map(dump))
    case .named(let name, _, let value): return form([":=" + at, name, dump(value)])
    case .yield(let value): return form(["yield" + at, optional(value)])
    case .yieldFrom(let value): return form(["yieldfrom" + at, dump(value)])
    }
  }

  /// The parts as Python's `ast` has them: `{x=}` is a literal `x=` and a field.
  private func folded(_ parts: [FormattedPart]) -> [FormattedPart] {
    var result: [FormattedPart] = []
    var literal = ""
    for part in parts {
      switch part {
      case .literal(let text): literal += text
      case .value(let value, let conversion, let spec, let debugText):
        literal += debugText ?? ""
        if !literal.isEmpty { result.append(.literal(literal)) }
        literal = ""
        result.append(.value(value, conversion: conversion, spec: folded(spec), debugText: nil))
      }
    }
    if !literal.isEmpty { result.append(.literal(literal)) }
    return result
  }

  private func dump(_ clause: ComprehensionClause) -> String {
    form(["for", dump(clause.target), dump(clause.iterable)] + clause.conditions.map(dump))
  }

  private func dump(_ part: FormattedPart) -> String {
    switch part {
    case .literal(let text): return quote(text)
    case .value(let value, let conversion, let spec, let debugText):
      return form([
        "field", dump(value), conversion.map { "!\($0)" } ?? "", spec.isEmpty ? "" : list(spec, dump),
        debugText.map { "=" + quote($0) } ?? "",
      ])
    }
  }

  private func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "\u{20}"..."\u{7E}": result.unicodeScalars.append(scalar)
      default: result += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return result + "\""
  }
}
