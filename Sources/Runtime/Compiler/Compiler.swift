import Language

/// Syntax tree to register code.
package struct Compiler {
  /// Compiles a cell. Global names get slots in `globals`. When the last statement is an expression that the cell displays
  /// (no trailing `;`, and `displaysLast`), its value goes through the `display` instruction.
  package static func compile(
    _ module: Language.Module, globals: Namespace, displaysLast: Bool
  ) throws(SyntaxError) -> Code {
    throw SyntaxError(.syntax, "the compiler is not written yet", at: SourceSpan(lo: 0, hi: 0))
  }
}
