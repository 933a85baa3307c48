/// The scopes of a module and where every name in them lives, by the rules of CPython 3.11's symtable.
///
/// Class bodies are skipped when an inner function looks outwards; comprehensions are scopes of their own whose
/// first iterable belongs to the scope around; `:=` in a comprehension binds in the function around it.
package struct SymbolTable {
  /// The module's scope. All its names are global.
  package let module: Scope
  private let scopes: [ObjectIdentifier: Scope]
  /// Keeps the nodes alive whose identities are the keys.
  private let tree: Module

  /// Collects and resolves. Throws what CPython finds after parsing: misplaced `return`, `yield`, `break`,
  /// `continue`, `global`, `nonlocal` and starred expressions, repeated parameters and keywords.
  package init(_ tree: Module) throws(SyntaxError) {
    let collector = ScopeCollector()
    try collector.collect(tree)
    try ScopeResolver().resolve(collector.module)
    if let error = collector.misplacement { throw error }
    self.tree = tree
    module = collector.module
    scopes = collector.scopes
  }

  /// The scope a function or class definition opens. Traps for other statements.
  package func scope(of definition: Statement) -> Scope {
    scopes[ObjectIdentifier(definition)]!
  }

  /// The scope a lambda or comprehension opens. Traps for other expressions.
  package func scope(of expression: Expression) -> Scope {
    scopes[ObjectIdentifier(expression)]!
  }
}
