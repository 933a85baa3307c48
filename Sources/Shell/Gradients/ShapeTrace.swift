import Language
import Notebook
import Runtime
import Tensor

/// `%shapes EXPR`: runs an expression once and notes what each of its parts gave.
struct ShapeTrace {
  private let session: Session
  private let expression: ProbedExpression

  init(_ session: Session, _ expression: ProbedExpression) {
    self.session = session
    self.expression = expression
  }

  private final class Notes {
    var steps: [Step] = []
    var indexOf: [Int: Int] = [:]
  }

  private struct Step {
    let part: Expression
    var shape: String
    var times = 1
  }

  func show() {
    let vm = session.interpreter.vm
    let notes = Notes()
    var rewriting = Rewriting()
    let tree = rewriting.wrap(expression.tree)
    let parts = rewriting.parts
    let isWhole = { (part: Expression) in part === expression.tree }
    vm.main[Self.recorder] = .object(
      NativeFunction("record(part, value, /)") { (vm, args) throws(ExceptionObject) in
        guard case .int(let number) = args[0] else { return args[1] }
        let shape = ValueSummary.shapes(args[1], vm) ?? (isWhole(parts[number]) ? vm.type(of: args[1]).name : nil)
        guard let shape else { return args[1] }
        if let index = notes.indexOf[number] {
          notes.steps[index].times += 1
        } else {
          notes.indexOf[number] = notes.steps.count
          notes.steps.append(Step(part: parts[number], shape: shape))
        }
        return args[1]
      })
    defer { vm.main[Self.recorder] = nil }
    var failure: CellError?
    _ = session.probe { () throws(CellError) in
      do throws(CellError) {
        _ = try session.interpreter.value(of: session.interpreter.compile(expression.module(tree)))
      } catch {
        failure = error
      }
    }
    session.print(text(notes.steps))
    if let failure { session.fail(failure, in: expression.text) }
  }

  /// A name that no program can have.
  fileprivate static let recorder = Symbol(".shapes")

  private func text(_ steps: [Step]) -> String {
    var seen: Set<String> = []
    var rows: [(code: String, shape: String)] = []
    for step in steps {
      let code = expression.text(of: step.part).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard seen.insert(code).inserted else { continue }
      rows.append((code, step.shape + (step.times > 1 ? ", \(step.times) times" : "")))
    }
    let longest = rows.map { TextWidth.of($0.code) }.max() ?? 0
    let shapeWidth = rows.map { $0.shape.count }.max() ?? 0
    let column = min(longest, max(session.width - shapeWidth - 2, session.width / 2))
    return rows.map { row in
      let code = CodePainter.paint(row.code, session.palette)
      let space = column - TextWidth.of(row.code)
      // Where both do not fit into a line, the shape stands below.
      let gap = space >= 0 ? String(repeating: " ", count: space + 2) : "\n" + String(repeating: " ", count: column + 2)
      return code + gap + session.palette.paint(row.shape, .number) + "\n"
    }.joined()
  }
}

/// Puts a call around every part of an expression that has a value worth noting.
private struct Rewriting {
  private(set) var parts: [Expression] = []

  /// The part with calls inside, itself noted.
  mutating func wrap(_ part: Expression) -> Expression {
    switch part.kind {
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .slice, .lambda, .starred,
      .yield, .yieldFrom, .generator:
      return inside(part)
    case .name, .attribute, .index, .call, .unary, .binary, .compare, .and, .or, .conditional, .list, .tuple, .set,
      .dict,
      .listComprehension, .setComprehension, .dictComprehension, .named:
      break
    }
    let changed = inside(part)
    parts.append(part)
    let recorder = Expression(.name(ShapeTrace.recorder.text), span: part.span)
    let number = Expression(.int(parts.count - 1), span: part.span)
    return Expression(
      .call(recorder, [.positional(number), .positional(changed)]), span: part.span, height: changed.height + 1)
  }

  /// The part with calls inside.
  private mutating func inside(_ part: Expression) -> Expression {
    let kind: ExpressionKind
    switch part.kind {
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .name, .slice, .lambda,
      .yield, .yieldFrom, .generator, .setComprehension, .dictComprehension, .listComprehension:
      return part
    case .attribute(let object, let name, let nameSpan): kind = .attribute(wrap(object), name: name, nameSpan: nameSpan)
    case .index(let object, let index): kind = .index(wrap(object), index)
    case .call(let callee, let arguments): kind = .call(inside(callee), arguments.map { wrap($0) })
    case .unary(let op, let operand): kind = .unary(op, wrap(operand))
    case .binary(let left, let op, let right, let span):
      let left = wrap(left)
      kind = .binary(left, op, wrap(right), operatorSpan: span)
    case .compare(let first, let rest):
      let first = wrap(first)
      kind = .compare(first, rest.map { ($0.0, wrap($0.1)) })
    case .and(let items): kind = .and(items.map { wrap($0) })
    case .or(let items): kind = .or(items.map { wrap($0) })
    case .conditional(let test, let then, let otherwise):
      let test = wrap(test)
      kind = .conditional(test: test, then: wrap(then), otherwise: wrap(otherwise))
    case .list(let items): kind = .list(items.map { wrap($0) })
    case .tuple(let items): kind = .tuple(items.map { wrap($0) })
    case .set(let items): kind = .set(items.map { wrap($0) })
    case .dict(let items): kind = .dict(items.map { ($0.key, wrap($0.value)) })
    case .starred(let inner): kind = .starred(wrap(inner))
    case .named(let name, let nameSpan, let value): kind = .named(name, nameSpan: nameSpan, wrap(value))
    }
    return Expression(kind, span: part.span, height: part.height)
  }

  private mutating func wrap(_ argument: Argument) -> Argument {
    switch argument {
    case .positional(let value): .positional(wrap(value))
    case .keyword(let name, let nameSpan, let value): .keyword(name, nameSpan: nameSpan, wrap(value))
    case .starred(let value): .starred(wrap(value))
    case .doubleStarred(let value): .doubleStarred(wrap(value))
    }
  }
}
