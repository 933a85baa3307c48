import Language
import Notebook

/// The code of a cell as tnb runs it, and as a Python script has it: what is displayed is a call there, a cell that raises
/// stands in a `with` statement, magics are comments.
struct PythonCode {
  /// The names of the helpers of the script's preamble; nil where it has none.
  let display: String?
  let raises: String?

  // MARK: To Python

  /// `expectsError` says that the cell is recorded to raise.
  func exported(_ code: String, expectsError: Bool) -> String {
    let program = withMagicsInComments(code)
    guard let tree = try? Parser.parse(Array(program.utf8)), (try? SymbolTable(tree)) != nil else {
      // What cannot be read cannot be read in pieces either.
      guard expectsError, let raises else { return code }
      return "with \(raises)():\n    exec(\(Self.literal(code)))"
    }
    var result = program
    if let display, let (last, value) = Self.displayed(tree) {
      result = Self.displayed(program, Int(last.span.lo)..<Int(last.span.hi), value, display)
    }
    if expectsError, let raises, !tree.body.isEmpty { result = "with \(raises)():\n" + Self.indented(result) }
    return result
  }

  /// The last statement of a cell, and the expression that it is, where a value may be displayed: `print(x)` has none.
  static func displayed(_ tree: Module) -> (Statement, Expression)? {
    guard !tree.endsInSemicolon, let last = tree.body.last, case .expression(let value) = last.kind else { return nil }
    if case .call(let callee, _) = value.kind, case .name("print") = callee.kind { return nil }
    return (last, value)
  }

  private static func displayed(_ code: String, _ range: Range<Int>, _ value: Expression, _ display: String) -> String {
    let bytes = Array(code.utf8)
    let text = String(decoding: bytes[range], as: UTF8.self)
    // `display((a, b))`: parentheses of its own, which the way back takes off again.
    var needsParentheses = isInParentheses(text)
    if case .tuple = value.kind { needsParentheses = true }
    let shown = needsParentheses ? "\(display)((\(text)))" : "\(display)(\(text))"
    return String(decoding: bytes[..<range.lowerBound], as: UTF8.self) + shown
      + String(decoding: bytes[range.upperBound...], as: UTF8.self)
  }

  /// Whether a text as a whole stands in one pair of parentheses.
  private static func isInParentheses(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")") else { return false }
    var depth = 0
    for span in Highlighter.spans(of: bytes) where span.kind == .symbol {
      switch bytes[span.lo] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return span.hi == bytes.count }
      default: break
      }
    }
    return false
  }

  // MARK: From Python

  /// The code of which `exported` makes a script's; the script's own where there is none.
  func imported(_ script: String, expectsError: Bool) -> String {
    let code = candidate(script)
    return exported(code, expectsError: expectsError) == script ? code : script
  }

  private func candidate(_ script: String) -> String {
    var code = script
    if let raises {
      let head = "with \(raises)():\n"
      if code.hasPrefix(head) {
        code = String(decoding: Array(code.utf8).dropFirst(head.utf8.count), as: UTF8.self)
        if let text = Self.executed(code) { return text }
        code = Self.unindented(code)
      }
    }
    if let display { code = Self.undisplayed(code, display) }
    return withMagics(code)
  }

  private static func undisplayed(_ code: String, _ display: String) -> String {
    let bytes = Array(code.utf8)
    guard let tree = try? Parser.parse(bytes), !tree.endsInSemicolon, let last = tree.body.last,
      case .expression(let value) = last.kind, case .call(let callee, let arguments) = value.kind,
      case .name(display) = callee.kind, arguments.count == 1
    else { return code }
    let range = Int(last.span.lo)..<Int(last.span.hi)
    let head = display + "("
    guard bytes[range].starts(with: head.utf8), bytes[range].last == UInt8(ascii: ")") else { return code }
    var inner = String(decoding: bytes[(range.lowerBound + head.utf8.count)..<(range.upperBound - 1)], as: UTF8.self)
    if isInParentheses(inner) { inner = String(decoding: Array(inner.utf8).dropFirst().dropLast(), as: UTF8.self) }
    return String(decoding: bytes[..<range.lowerBound], as: UTF8.self) + inner
      + String(decoding: bytes[range.upperBound...], as: UTF8.self)
  }

  // MARK: Indentation

  private static let step = "    "

  /// Every line that is not blank four columns to the right, but for those that begin within a string.
  private static func indented(_ code: String) -> String {
    changingLines(of: code) { step + $0 }
  }

  private static func unindented(_ code: String) -> String {
    changingLines(of: code) { $0.hasPrefix(step) ? String($0.dropFirst(step.count)) : $0 }
  }

  private static func changingLines(of code: String, _ change: (String) -> String) -> String {
    let bytes = Array(code.utf8)
    let strings = Highlighter.spans(of: bytes).filter { $0.kind == .string }
    var result: [String] = []
    var start = 0
    var next = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      while next < strings.count, strings[next].hi <= start { next += 1 }
      let isInString = next < strings.count && strings[next].lo < start
      let text = String(decoding: line, as: UTF8.self)
      result.append(isInString || line.allSatisfy(isPlainSpace) ? text : change(text))
      start += line.count + 1
    }
    return result.joined(separator: "\n")
  }

  // MARK: Text that is no program

  /// A Python string literal of one line.
  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The text of `    exec("…")`; nil for other code.
  private static func executed(_ code: String) -> String? {
    let head = step + "exec(\""
    let bytes = Array(code.utf8)
    guard code.hasPrefix(head), code.hasSuffix("\")"), !bytes.contains(UInt8(ascii: "\n")) else { return nil }
    var text: [UInt8] = []
    var i = head.utf8.count
    while i < bytes.count - 2 {
      var byte = bytes[i]
      if byte == UInt8(ascii: "\"") { return nil }
      if byte == UInt8(ascii: "\\") {
        i += 1
        switch bytes[i] {
        case UInt8(ascii: "n"): byte = UInt8(ascii: "\n")
        case UInt8(ascii: "r"): byte = UInt8(ascii: "\r")
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): byte = bytes[i]
        default: return nil
        }
      }
      text.append(byte)
      i += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Magics

  /// `%matplotlib inline` as `# %matplotlib inline`, as jupytext has it. A comment that says so gets another sign, so that the
  /// way back is one.
  private func withMagicsInComments(_ code: String) -> String {
    guard code.utf8.contains(UInt8(ascii: "%")) else { return code }
    let bytes = Array(code.utf8)
    let talk = LogicalLines.talk(in: bytes, where: ShellTalk.isTalk).map(\.lowerBound).filter {
      ($0 == 0 || bytes[$0 - 1] == UInt8(ascii: "\n")) && ShellTalk.isPreamble(bytes[$0...])
    }
    let program = Self.inserting("# ", at: Set(talk), into: bytes)
    // Only now can comments be told from strings: a magic may hold a quotation mark.
    let made = Set(talk.enumerated().map { $1 + 2 * $0 })
    return String(
      decoding: Self.inserting("# ", at: Set(Self.magicComments(of: program)).subtracting(made), into: program),
      as: UTF8.self)
  }

  private func withMagics(_ script: String) -> String {
    let bytes = Array(script.utf8)
    var result: [UInt8] = []
    var next = 0
    for start in Self.magicComments(of: bytes) {
      result += bytes[next..<start]
      next = start + 2
    }
    return String(decoding: result + bytes[next...], as: UTF8.self)
  }

  /// Where comments begin that hold a magic, at the left margin.
  private static func magicComments(of bytes: [UInt8]) -> [Int] {
    guard bytes.contains(UInt8(ascii: "%")) else { return [] }
    return Highlighter.spans(of: bytes).filter { span in
      guard span.kind == .comment, span.lo == 0 || bytes[span.lo - 1] == UInt8(ascii: "\n") else { return false }
      var rest = bytes[span.lo..<span.hi]
      while rest.starts(with: "# ".utf8) { rest = rest.dropFirst(2) }
      return ShellTalk.isPreamble(rest)
    }.map(\.lo)
  }

  private static func inserting(_ text: String, at starts: Set<Int>, into bytes: [UInt8]) -> [UInt8] {
    guard !starts.isEmpty else { return bytes }
    var result: [UInt8] = []
    for (i, byte) in bytes.enumerated() {
      if starts.contains(i) { result += text.utf8 }
      result.append(byte)
    }
    return result
  }
}
