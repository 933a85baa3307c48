import Language

/// What a cell reads and what it may change, as far as its text tells.
struct CellEffects {
  let names: GlobalNames
  /// Names whose value it may change without binding them: `w[0] = 1`, `w.add_(1)`, `optimizer.step()`, `train(model)`.
  private(set) var changed: Set<String> = []

  /// nil for text that is no program. `functions` are the names that cells above define as functions.
  init?(_ source: CellSource, functions: Set<String>) {
    guard let tree = try? Parser.parse(source.text), let names = try? GlobalNames(tree) else { return nil }
    self.names = names
    var changed: Set<String> = []
    let own = functions.union(names.deferred.keys)
    func change(_ target: Expression) {
      switch target.kind {
      case .attribute(let object, _, _), .index(let object, _): if let name = Self.base(object) { changed.insert(name) }
      case .tuple(let targets), .list(let targets): targets.forEach(change)
      case .starred(let target): change(target)
      default: break
      }
    }
    tree.walk(
      statement: { statement in
        switch statement.kind {
        case .assign(let targets, _), .delete(let targets): targets.forEach(change)
        case .augmentedAssign(let target, _, _, _), .annotatedAssign(let target, _, _): change(target)
        default: break
        }
      },
      expression: { expression in
        guard case .call(let callee, let arguments) = expression.kind else { return }
        switch callee.kind {
        case .attribute(let object, let method, _):
          if let name = Self.base(object), Self.changes(method) { changed.insert(name) }
        case .name(let name) where own.contains(name):
          for case .positional(let value) in arguments { if let name = Self.base(value) { changed.insert(name) } }
        default: break
        }
      })
    self.changed = changed
  }

  /// `w` of `w.grad[0]`.
  private static func base(_ expression: Expression) -> String? {
    var expression = expression
    while true {
      switch expression.kind {
      case .name(let name): return name
      case .attribute(let object, _, _), .index(let object, _): expression = object
      case .call(let callee, _): expression = callee
      default: return nil
      }
    }
  }

  private static func changes(_ method: String) -> Bool {
    if method.hasSuffix("_") && !method.hasSuffix("__") { return true }
    return [
      "backward", "step", "zero_grad", "load_state_dict", "train", "eval", "fit", "append", "extend", "insert", "pop",
      "popitem", "remove", "discard", "add", "update", "clear", "setdefault", "sort", "reverse", "write", "shuffle",
    ].contains(method)
  }
}
