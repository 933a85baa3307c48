import Language

/// Syntax tree to register code.
///
/// One `FunctionCompiler` makes the code of one scope in a single walk of its tree: names are resolved by the symbol table
/// before, jumps are patched at the end. Only the limits of the instruction format can fail here.
package struct Compiler {
  /// Compiles a cell. Global names get slots in `globals`. When the last statement is an expression that the cell displays
  /// (no trailing `;`, and `displaysLast`), its value goes through the `display` instruction.
  package static func compile(
    _ module: Language.Module, globals: Namespace, displaysLast: Bool, vm: VM
  ) throws(SyntaxError) -> Code {
    let unit = CompilationUnit(table: try Language.SymbolTable(module), globals: globals, vm: vm)
    let code = FunctionCompiler.module(module, in: unit, displaysLast: displaysLast)
    if let problem = unit.problem { throw problem }
    return code
  }
}

/// What the compilers of one module's scopes share.
final class CompilationUnit {
  let table: Language.SymbolTable
  let globals: Namespace
  /// Hashes the members of constant sets.
  let vm: VM
  /// The first limit that was hit; the code made is then not used.
  private(set) var problem: SyntaxError?

  init(table: Language.SymbolTable, globals: Namespace, vm: VM) {
    self.table = table
    self.globals = globals
    self.vm = vm
  }

  /// Notes that something does not fit the instruction format.
  func tooMany(_ what: String, at span: SourceSpan) {
    refuse("too many \(what) in one function for tnb", at: span)
  }

  func refuse(_ message: String, at span: SourceSpan) {
    if problem == nil { problem = SyntaxError(.syntax, message, at: span) }
  }
}
