/// A text that is not a program: CPython 3.11's error type and message, and where.
package struct SyntaxError: Error {
  package enum Kind: String {
    case syntax = "SyntaxError"
    case indentation = "IndentationError"
    case tab = "TabError"
    case recursion = "RecursionError"
  }
  package var kind: Kind
  package var message: String
  package var span: SourceSpan
  /// The text ends where more is expected (an open bracket, block or triple-quoted string): a shell asks for another line.
  package var isIncomplete: Bool
  /// The message comes from inside an f-string's field and is worded to the end.
  var isFromField = false

  package init(_ message: String, at span: SourceSpan) {
    self.init(.syntax, message, at: span)
  }

  package init(_ kind: Kind, _ message: String, at span: SourceSpan, isIncomplete: Bool = false) {
    self.kind = kind
    self.message = message
    self.span = span
    self.isIncomplete = isIncomplete
  }
}
