import Language
import Notebook

/// Finds the statement of the cells that ran which gave a variable its value.
///
/// It reads the cells' text: what a value was made by is not kept with the value.
struct BindingSearch {
  struct Binding {
    let cell: SessionCell
    /// Where the statement begins, in the cell's text.
    let offset: Int
    /// What was assigned.
    let value: Expression
    /// It stands under `no_grad` or `inference_mode`.
    let isUnderNoGrad: Bool

    /// `In [3]:2`.
    var place: String { "\(cell.source.path):\(cell.source.line(at: offset).number)" }
    /// Its line.
    var code: String { String(decoding: cell.source.line(at: offset).text, as: UTF8.self).trimmingSpace() }
  }

  /// The last one.
  static func binding(of name: String, in cells: [SessionCell]) -> Binding? {
    for cell in cells.reversed() where cell.source.text.count < 100_000 {
      guard let tree = try? Parser.parse(cell.source.text) else { continue }
      var search = BindingSearch(name: name, cell: cell)
      search.visit(tree.body, isUnderNoGrad: false)
      if let found = search.found { return found }
    }
    return nil
  }

  private let name: String
  private let cell: SessionCell
  private var found: Binding?

  private init(name: String, cell: SessionCell) {
    self.name = name
    self.cell = cell
  }

  private mutating func visit(_ body: [Statement], isUnderNoGrad: Bool) {
    for statement in body {
      switch statement.kind {
      case .assign(let targets, let value):
        if targets.contains(where: binds) { note(value, statement, isUnderNoGrad) }
      case .annotatedAssign(let target, _, let value?):
        if binds(target) { note(value, statement, isUnderNoGrad) }
      case .for(let target, let iterable, let inner, let otherwise):
        if binds(target) { note(iterable, statement, isUnderNoGrad) }
        visit(inner + otherwise, isUnderNoGrad: isUnderNoGrad)
      case .while(_, let inner, let otherwise): visit(inner + otherwise, isUnderNoGrad: isUnderNoGrad)
      case .if(_, let then, let otherwise): visit(then + otherwise, isUnderNoGrad: isUnderNoGrad)
      case .with(let items, let inner):
        visit(inner, isUnderNoGrad: isUnderNoGrad || items.contains { Self.stopsRecording($0.context) })
      case .try(let inner, let handlers, let otherwise, let finally):
        visit(inner + handlers.flatMap(\.body) + otherwise + finally, isUnderNoGrad: isUnderNoGrad)
      case .expression, .augmentedAssign, .annotatedAssign, .delete, .pass, .break, .continue, .return, .raise, .assert,
        .global, .nonlocal, .import, .importFrom, .function, .class:
        break
      }
    }
  }

  private mutating func note(_ value: Expression, _ statement: Statement, _ isUnderNoGrad: Bool) {
    found = Binding(cell: cell, offset: Int(statement.span.lo), value: value, isUnderNoGrad: isUnderNoGrad)
  }

  private func binds(_ target: Expression) -> Bool {
    switch target.kind {
    case .name(let bound): bound == name
    case .tuple(let items), .list(let items): items.contains(where: binds)
    case .starred(let inner): binds(inner)
    default: false
    }
  }

  private static func stopsRecording(_ context: Expression) -> Bool {
    guard case .call(let callee, let arguments) = context.kind else { return false }
    let name: String
    switch callee.kind {
    case .name(let text): name = text
    case .attribute(_, let text, _): name = text
    default: return false
    }
    if name == "set_grad_enabled", case .positional(let mode)? = arguments.first, case .false = mode.kind {
      return true
    }
    return name == "no_grad" || name == "inference_mode"
  }
}

extension Expression {
  /// The names that are read, and the attributes that are asked for, in order.
  func mentions() -> (names: [String], attributes: [String]) {
    var names: [String] = []
    var attributes: [String] = []
    var stack = [self]
    while let next = stack.popLast() {
      if case .name(let name) = next.kind { names.append(name) }
      if case .attribute(_, let name, _) = next.kind { attributes.append(name) }
      stack += next.parts.reversed()
    }
    return (names, attributes)
  }

  /// The expressions that this one is made of.
  var parts: [Expression] {
    switch kind {
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .name, .lambda: return []
    case .formatted(let pieces):
      return pieces.compactMap { if case .value(let value, _, _, _) = $0 { value } else { nil } }
    case .attribute(let object, _, _): return [object]
    case .index(let object, let index): return [object, index]
    case .slice(let a, let b, let c): return [a, b, c].compactMap { $0 }
    case .call(let callee, let arguments):
      return [callee]
        + arguments.map { argument in
          switch argument {
          case .positional(let value), .keyword(_, _, let value), .starred(let value), .doubleStarred(let value): value
          }
        }
    case .unary(_, let operand), .starred(let operand), .named(_, _, let operand), .yieldFrom(let operand):
      return [operand]
    case .binary(let left, _, let right, _): return [left, right]
    case .compare(let first, let rest): return [first] + rest.map { $0.1 }
    case .and(let items), .or(let items), .list(let items), .tuple(let items), .set(let items): return items
    case .conditional(let test, let then, let otherwise): return [test, then, otherwise]
    case .dict(let items): return items.flatMap { [$0.key, $0.value].compactMap { $0 } }
    case .listComprehension(let element, let clauses), .setComprehension(let element, let clauses),
      .generator(let element, let clauses):
      return [element] + clauses.flatMap { [$0.iterable] + $0.conditions }
    case .dictComprehension(let key, let value, let clauses):
      return [key, value] + clauses.flatMap { [$0.iterable] + $0.conditions }
    case .yield(let value): return value.map { [$0] } ?? []
    }
  }
}
