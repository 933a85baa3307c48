/// A word of the source text.
struct Token {
  var kind: TokenKind
  /// Brackets open around the token.
  var level: UInt8
  var lo: UInt32
  var hi: UInt32
}

enum TokenKind: UInt8 {
  case name, number, string
  case newline, indent, dedent, end
  /// The text cannot be read further: the lexer's error is in `Lexer.failure`.
  case failure
  /// A character that belongs to no token, such as `?`.
  case stray

  case `false`, none, `true`, and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`
  case except, finally, `for`, from, global, `if`, `import`, `in`, `is`, lambda, nonlocal, not, or, pass, raise
  case `return`, `try`, `while`, with, yield

  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, semicolon, dot, ellipsis, arrow, at, equal, colonEqual
  case plus, minus, star, slash, doubleSlash, percent, doubleStar, leftShift, rightShift, ampersand, bar, caret, tilde
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual
  case plusEqual, minusEqual, starEqual, slashEqual, doubleSlashEqual, percentEqual, doubleStarEqual, atEqual
  case leftShiftEqual, rightShiftEqual, ampersandEqual, barEqual, caretEqual
}

extension TokenKind {
  /// The keyword whose bytes, first byte lowest, make up `packed`; nil for other names. No keyword is longer than 8.
  static func keyword(packed: UInt64) -> TokenKind? { keywords[packed] }

  private static let keywords: [UInt64: TokenKind] = {
    var table: [UInt64: TokenKind] = [:]
    for (word, kind) in spellings where word.utf8.first! >= 0x41 {
      var packed: UInt64 = 0
      for (index, byte) in word.utf8.enumerated() { packed |= UInt64(byte) << UInt64(8 * index) }
      table[packed] = kind
    }
    return table
  }()

  /// Keywords and operators as written.
  static let spellings: [(String, TokenKind)] = [
    ("False", .false), ("None", .none), ("True", .true), ("and", .and), ("as", .as), ("assert", .assert),
    ("async", .async), ("await", .await), ("break", .break), ("class", .class), ("continue", .continue),
    ("def", .def), ("del", .del), ("elif", .elif), ("else", .else), ("except", .except), ("finally", .finally),
    ("for", .for), ("from", .from), ("global", .global), ("if", .if), ("import", .import), ("in", .in), ("is", .is),
    ("lambda", .lambda), ("nonlocal", .nonlocal), ("not", .not), ("or", .or), ("pass", .pass), ("raise", .raise),
    ("return", .return), ("try", .try), ("while", .while), ("with", .with), ("yield", .yield),
    ("(", .leftParenthesis), (")", .rightParenthesis), ("[", .leftBracket), ("]", .rightBracket),
    ("{", .leftBrace), ("}", .rightBrace), (",", .comma), (":", .colon), (";", .semicolon), (".", .dot),
    ("...", .ellipsis), ("->", .arrow), ("@", .at), ("=", .equal), (":=", .colonEqual),
    ("+", .plus), ("-", .minus), ("*", .star), ("/", .slash), ("//", .doubleSlash), ("%", .percent),
    ("**", .doubleStar), ("<<", .leftShift), (">>", .rightShift), ("&", .ampersand), ("|", .bar), ("^", .caret),
    ("~", .tilde), ("==", .equalEqual), ("!=", .notEqual), ("<", .less), ("<=", .lessEqual), (">", .greater),
    (">=", .greaterEqual), ("+=", .plusEqual), ("-=", .minusEqual), ("*=", .starEqual), ("/=", .slashEqual),
    ("//=", .doubleSlashEqual), ("%=", .percentEqual), ("**=", .doubleStarEqual), ("@=", .atEqual),
    ("<<=", .leftShiftEqual), (">>=", .rightShiftEqual), ("&=", .ampersandEqual), ("|=", .barEqual),
    ("^=", .caretEqual),
  ]
}
