/// Second pass of the symbol table: decides where every collected name lives.
struct ScopeResolver {
  /// Resolves a scope and all scopes inside it. Throws for a `nonlocal` without a binding.
  func resolve(_ module: Scope) throws(SyntaxError) {
    ScopeInliner().decide(module)
    var pending = [module]
    while let scope = pending.popLast() {
      for name in scope.order { try resolve(name, in: scope) }
      pending.append(contentsOf: scope.children.reversed())
    }
    finish(module)
  }

  private func resolve(_ name: String, in scope: Scope) throws(SyntaxError) {
    let symbol = scope.symbols[name]!
    let directive = symbol.directive ?? SourceSpan(lo: 0, hi: 0)
    if symbol.isGlobal {
      if symbol.isNonlocal { throw SyntaxError("name '\(name)' is nonlocal and global", at: directive) }
      scope.symbols[name]!.resolution = .globalExplicit
    } else if symbol.isNonlocal {
      if scope.kind == .module {
        throw SyntaxError("nonlocal declaration not allowed at module level", at: directive)
      }
      guard let owner = owner(of: name, outside: scope) else {
        throw SyntaxError("no binding for nonlocal '\(name)' found", at: directive)
      }
      capture(name, of: owner, in: scope)
    } else if symbol.isBound {
      if scope.kind != .module && symbol.resolution != .cell { scope.symbols[name]!.resolution = .local }
    } else if let owner = owner(of: name, outside: scope) {
      capture(name, of: owner, in: scope)
    }
  }

  /// The enclosing function that binds `name` (or the class body, for `__class__`); nil when it is global.
  private func owner(of name: String, outside scope: Scope) -> Scope? {
    var candidate = scope.parent
    while let outer = candidate {
      switch outer.kind {
      case .module: return nil
      case .class:
        if name == "__class__" { return outer }
      case .function, .lambda, .listComprehension, .setComprehension, .dictComprehension, .generator:
        if let symbol = outer.symbols[name] {
          if symbol.isGlobal { return nil }
          if symbol.isBound && !symbol.isNonlocal { return outer }
        }
      }
      candidate = outer.parent
    }
    return nil
  }

  /// Marks `name` as captured by `scope` and by every scope between it and `owner`.
  private func capture(_ name: String, of owner: Scope, in scope: Scope) {
    // What an inlined comprehension uses, the function around it uses; from itself no one captures.
    if owner.isInlined { return }
    let scope = scope.frameOwner
    if scope === owner { return }
    if scope.symbols[name] == nil { scope.symbols[name] = Symbol() }
    if owner.kind == .class { owner.needsClassCell = true } else { owner.symbols[name]!.resolution = .cell }
    scope.symbols[name]!.resolution = .free
    addFree(name, to: scope)
    var between = scope.parent!
    while between !== owner {
      if between.symbols[name] == nil {
        between.symbols[name] = Symbol(resolution: .free)
      }
      addFree(name, to: between)
      between = between.parent!
    }
  }

  private func addFree(_ name: String, to scope: Scope) {
    if !scope.free.contains(name) { scope.free.append(name) }
  }

  private func finish(_ module: Scope) {
    var pending = [module]
    while let scope = pending.popLast() {
      pending.append(contentsOf: scope.children)
      if scope.kind == .module { continue }
      let parameters = Set(scope.parameters)
      scope.locals = scope.parameters
      for name in scope.order where !parameters.contains(name) {
        switch scope.symbols[name]!.resolution {
        case .local, .cell: scope.locals.append(name)
        case .free, .globalExplicit, .globalImplicit: break
        }
      }
      scope.cells = scope.locals.filter { scope.symbols[$0]!.resolution == .cell }
    }
  }
}
