/// Source text to syntax tree.
package struct Parser {
  /// Greatest nesting height of a tree.
  package static let maximumHeight: Int32 = 1000

  /// Parses a cell or a file. Throws CPython 3.11's error for text that is not a program.
  package static func parse(_ text: [UInt8], source: UInt32 = 0) throws(SyntaxError) -> Module {
    throw SyntaxError(.syntax, "the parser is not written yet", at: SourceSpan(source: source, lo: 0, hi: 0))
  }
}
