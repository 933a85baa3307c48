import Runtime

/// A regular expression as steps for `RegularMatcher`.
struct RegularProgram {
  enum Step {
    case character(UInt32)
    case set(Int)
    case anyButNewline, any
    /// Goes on at the first place, and at the second where that fails.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case lineStart, lineEnd, textStart, textEnd
    /// `$`: the end, or before a newline there.
    case nearEnd
    case wordBoundary(Bool)
    case group(Int)
    /// A look around from `at` on, its steps up to the place given; `width`: so many characters back.
    case look(end: Int, isNegative: Bool, width: Int?)
    /// Steps whose first match is final (possessive and atomic), up to the place given.
    case atomic(end: Int)
    /// A loop's body may not match nothing again: where it began is kept in a register.
    case mark(Int)
    case moved(Int)
    case match
  }

  struct CharacterSet {
    var ranges: [ClosedRange<UInt32>] = []
    var classes: [RegularClass] = []
    var isNegative = false
  }

  var steps: [Step] = []
  var sets: [CharacterSet] = []
  var groupCount = 0
  var groupNames: [(String, Int)] = []
  var markCount = 0
  var ignoresCase = false
  var isASCII = false

  static let maximumSteps = 100_000
}

/// `\d`, `\W` …
struct RegularClass {
  let kind: UInt8
  let isNegative: Bool

  func contains(_ c: UInt32, isASCII: Bool) -> Bool {
    guard let s = Unicode.Scalar(c) else { return isNegative }
    let found: Bool
    switch kind {
    case UInt8(ascii: "d"): found = isASCII ? (0x30...0x39).contains(c) : CharacterClass.decimalDigit(s) != nil
    case UInt8(ascii: "s"):
      found = isASCII ? c == 0x20 || (0x09...0x0D).contains(c) : CharacterClass.isSpace(s)
    default: found = RegularClass.isWord(c, isASCII: isASCII)
    }
    return found != isNegative
  }

  static func isWord(_ c: UInt32, isASCII: Bool) -> Bool {
    if c < 128 {
      return (0x30...0x39).contains(c) || (0x41...0x5A).contains(c) || (0x61...0x7A).contains(c) || c == 0x5F
    }
    if isASCII { return false }
    guard let s = Unicode.Scalar(c) else { return false }
    return CharacterClass.isAlphanumeric(s)
  }
}
