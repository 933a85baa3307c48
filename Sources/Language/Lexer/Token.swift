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
  static func keyword(packed: UInt64) -> TokenKind? {
    switch packed {
    case 0x65736C6146: return .false  // False
    case 0x656E6F4E: return TokenKind.none  // None
    case 0x65757254: return .true  // True
    case 0x646E61: return .and  // and
    case 0x7361: return .as  // as
    case 0x747265737361: return .assert  // assert
    case 0x636E797361: return .async  // async
    case 0x7469617761: return .await  // await
    case 0x6B61657262: return .break  // break
    case 0x7373616C63: return .class  // class
    case 0x65756E69746E6F63: return .continue  // continue
    case 0x666564: return .def  // def
    case 0x6C6564: return .del  // del
    case 0x66696C65: return .elif  // elif
    case 0x65736C65: return .else  // else
    case 0x747065637865: return .except  // except
    case 0x796C6C616E6966: return .finally  // finally
    case 0x726F66: return .for  // for
    case 0x6D6F7266: return .from  // from
    case 0x6C61626F6C67: return .global  // global
    case 0x6669: return .if  // if
    case 0x74726F706D69: return .import  // import
    case 0x6E69: return .in  // in
    case 0x7369: return .is  // is
    case 0x6164626D616C: return .lambda  // lambda
    case 0x6C61636F6C6E6F6E: return .nonlocal  // nonlocal
    case 0x746F6E: return .not  // not
    case 0x726F: return .or  // or
    case 0x73736170: return .pass  // pass
    case 0x6573696172: return .raise  // raise
    case 0x6E7275746572: return .return  // return
    case 0x797274: return .try  // try
    case 0x656C696877: return .while  // while
    case 0x68746977: return .with  // with
    case 0x646C656979: return .yield  // yield
    default: return nil
    }
  }

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
