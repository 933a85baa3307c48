/// Decides which comprehensions run in the frame of the function around them.
struct ScopeInliner {
  func decide(_ module: Scope) {
    var pending = [module]
    while let scope = pending.popLast() {
      pending.append(contentsOf: scope.children)
      guard let parent = scope.parent, parent.kind != .class else { continue }
      switch scope.kind {
      case .listComprehension, .setComprehension, .dictComprehension:
        scope.isInlined = captured(from: scope).isDisjoint(with: scope.bound)
      case .module, .function, .lambda, .generator, .class: break
      }
    }
  }

  /// Names that functions inside the scope take from it or from around it. Whether a comprehension in between is inlined makes
  /// no difference: counting its own needs as captures only keeps a nest of comprehensions from being inlined more often.
  private func captured(from scope: Scope) -> Set<String> {
    var names: Set<String> = []
    for child in scope.children {
      switch child.kind {
      case .listComprehension, .setComprehension, .dictComprehension:
        names.formUnion(captured(from: child).subtracting(child.bound))
      case .module, .function, .lambda, .generator, .class: names.formUnion(needed(by: child))
      }
    }
    return names
  }

  /// Names that a scope and those inside it look up outside of it.
  private func needed(by scope: Scope) -> Set<String> {
    var names: Set<String> = []
    for child in scope.children { names.formUnion(needed(by: child)) }
    if scope.kind != .class { names.subtract(scope.bound) }
    for (name, symbol) in scope.symbols where !symbol.isBound || symbol.isNonlocal { names.insert(name) }
    return names
  }
}

extension Scope {
  /// Names the scope itself gives a place.
  fileprivate var bound: Set<String> {
    Set(symbols.filter { $0.value.isBound && !$0.value.isNonlocal && !$0.value.isGlobal }.keys)
  }

  /// The scope in whose frame this one runs: itself unless it is inlined.
  var frameOwner: Scope {
    var scope = self
    while scope.isInlined, let parent = scope.parent { scope = parent }
    return scope
  }
}
