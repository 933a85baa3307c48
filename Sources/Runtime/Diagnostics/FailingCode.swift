import Language

/// The user's source text that an error arose in, parsed again.
struct FailingCode {
  /// Whether it stands in a cell outside of functions.
  let isCell: Bool
  /// Whether the user's code failed itself, not library code it called.
  private let isInnermost: Bool
  private let expression: Expression
  private let text: [UInt8]
  /// `a op= b`.
  private let augmented: (op: BinaryOperator, value: Expression)?

  /// nil when the text is unknown, is not an expression or augmented assignment, or is too long to be worth it.
  init?(_ error: ExceptionObject, _ sources: SourceRegistry) {
    guard let entry = error.traceback.first(where: { sources[$0.span.source]?.isLibrary == false }),
      let text = sources.text(of: entry.span), text.count < 2000
    else { return nil }
    isInnermost = error.traceback.first?.span == entry.span
    isCell = entry.function == "<module>"
    // Parentheses let an expression go over several lines.
    let enclosed = [UInt8(ascii: "(")] + text + [UInt8(ascii: ")")]
    if let tree = try? Parser.parse(enclosed), tree.body.count == 1, case .expression(let parsed) = tree.body[0].kind {
      expression = parsed
      augmented = nil
      self.text = enclosed
    } else if let tree = try? Parser.parse(text), tree.body.count == 1,
      case .augmentedAssign(let target, let op, let value, _) = tree.body[0].kind
    {
      expression = target
      augmented = (op, value)
      self.text = text
    } else {
      return nil
    }
  }

  /// The two operands of the binary operator, comparison (`op` nil) or augmented assignment that failed; nil when they
  /// are no short single lines, or when the operator is elsewhere: in a function called from here.
  func operands(of op: BinaryOperator?) -> (OperandSource, OperandSource)? {
    guard isInnermost else { return nil }
    if let augmented { return augmented.op == op ? pair(expression, augmented.value) : nil }
    switch expression.kind {
    case .binary(let left, let sign, let right, _): return sign == op ? pair(left, right) : nil
    case .compare(let left, let rest): return rest.count == 1 && op == nil ? pair(left, rest[0].1) : nil
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .name, .attribute, .index,
      .slice, .call, .unary, .and, .or, .conditional, .lambda, .list, .tuple, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return nil
    }
  }

  private func pair(_ left: Expression, _ right: Expression) -> (OperandSource, OperandSource)? {
    guard let a = source(left), let b = source(right) else { return nil }
    return (a, b)
  }

  private func source(_ operand: Expression) -> OperandSource? {
    let shown = String(decoding: text[Int(operand.span.lo)..<Int(operand.span.hi)], as: UTF8.self)
    guard shown.utf8.count <= 40, !shown.utf8.contains(UInt8(ascii: "\n")) else { return nil }
    switch operand.kind {
    case .name, .attribute, .index, .call: return OperandSource(text: shown, isPrimary: true)
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .unary, .binary,
      .compare, .and, .or, .conditional, .lambda, .list, .tuple, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return OperandSource(text: shown, isPrimary: false)
    }
  }

  /// The names a call, index or attribute reads, in order.
  var names: [String] {
    var found: [String] = []
    func visit(_ expression: Expression) {
      switch expression.kind {
      case .name(let name): if !found.contains(name) { found.append(name) }
      case .attribute(let object, _, _): visit(object)
      case .index(let object, let index):
        visit(object)
        visit(index)
      case .call(let callee, let arguments):
        visit(callee)
        for argument in arguments {
          switch argument {
          case .positional(let value), .keyword(_, _, let value), .starred(let value), .doubleStarred(let value):
            visit(value)
          }
        }
      case .unary(_, let operand): visit(operand)
      case .binary(let left, _, let right, _):
        visit(left)
        visit(right)
      case .list(let elements), .tuple(let elements): elements.forEach(visit)
      case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .compare, .and,
        .or, .conditional, .lambda, .set, .dict, .starred, .listComprehension, .setComprehension, .dictComprehension,
        .generator, .named, .yield, .yieldFrom:
        break
      }
    }
    visit(expression)
    return found
  }
}

/// An operand as it is written.
struct OperandSource {
  let text: String
  /// Binds tighter than any operator.
  let isPrimary: Bool

  /// The text as an operand of a tighter operator.
  var tight: String { isPrimary ? text : "(\(text))" }
}
