/// What a cell does with global names: which it binds, which it reads, and which the functions it defines will read.
package struct GlobalNames {
  /// Bound at module level, or by a function that declares them `global`.
  package private(set) var bound: Set<String> = []
  /// Read while the cell runs: outside functions, in order of first mention.
  package private(set) var used: [String] = []
  /// Read inside the functions that it defines, by the name of the function or of the class whose method it is; every function
  /// and class has its entry.
  package private(set) var deferred: [String: Set<String>] = [:]

  /// Throws what is wrong with the names, as `SymbolTable` does.
  package init(_ tree: Module) throws(SyntaxError) {
    let module = try SymbolTable(tree).module
    for name in module.order {
      if module.symbols[name]!.isBound { bound.insert(name) }
      if module.symbols[name]!.isUsed { used.append(name) }
    }
    var seen = Set(used)
    for child in module.children {
      if child.kind == .function || child.kind == .class { deferred[child.name] = deferred[child.name] ?? [] }
      collect(child, owner: child.name, seen: &seen)
    }
  }

  /// Everything that the cell or a function of it reads.
  package var mentioned: Set<String> { deferred.values.reduce(Set(used)) { $0.union($1) } }

  /// The names, and those that functions among them read; `deferred` says which these are, by the functions' names.
  package static func closure(_ names: Set<String>, through deferred: [String: Set<String>]) -> Set<String> {
    var result = names
    var pending = Array(names)
    while let name = pending.popLast() {
      for other in deferred[name] ?? [] where result.insert(other).inserted { pending.append(other) }
    }
    return result
  }

  private mutating func collect(_ scope: Scope, owner: String, seen: inout Set<String>) {
    let isDeferred = scope.kind == .function
    var pending = [scope]
    while let scope = pending.popLast() {
      for name in scope.order {
        let symbol = scope.symbols[name]!
        guard symbol.resolution == .globalExplicit || symbol.resolution == .globalImplicit else { continue }
        // A class body binds in its own namespace.
        if symbol.isBound, symbol.isGlobal || scope.kind.isComprehension { bound.insert(name) }
        guard symbol.isUsed else { continue }
        if isDeferred {
          deferred[owner, default: []].insert(name)
        } else if seen.insert(name).inserted {
          used.append(name)
        }
      }
      for child in scope.children {
        if !isDeferred, child.kind == .function {
          collect(child, owner: owner, seen: &seen)
        } else {
          pending.append(child)
        }
      }
    }
  }
}
