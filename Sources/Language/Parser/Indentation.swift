/// The white space that a new line should begin with.
package enum Indentation {
  /// For the line after `text`, which ends before its newline: one step more after `:` and an opening bracket, one less after
  /// a `return`, `pass` …, and where the statement began once a bracket over several lines is closed.
  package static func next(after text: [UInt8]) -> [UInt8] {
    let unit = step(of: text)
    let last = lastLine(of: text)
    let lastIndent = whiteSpace(of: last)
    var tokens: [Token] = []
    var openBracket: Int?
    var isInText = false
    text.withUnsafeBufferPointer { bytes in
      var lexer = Lexer(bytes, source: 0)
      while true {
        let count = tokens.count
        lexer.read(into: &tokens)
        if tokens.count == count { break }
      }
      openBracket = lexer.brackets.last?.offset
      // A string with three quotes that goes on is the one failure whose text reaches the end.
      isInText =
        lexer.failure.map { $0.isIncomplete && lexer.brackets.isEmpty && tokens.last?.kind == .failure } ?? false
    }
    let words = tokens.filter { $0.hi > $0.lo && $0.kind != .newline && $0.kind != .indent && $0.kind != .failure }
    guard let word = words.last else { return lastIndent }
    if let openBracket {
      // Behind the bracket itself a step more than its line; further lines stand where the last one does.
      return Int(word.lo) == openBracket ? lastIndent + unit : lastIndent
    }
    if isInText || isBlank(last) { return lastIndent }
    let first = statementStart(words, in: text)
    let indent = whiteSpace(of: line(around: Int(first.lo), of: text))
    if word.kind == .colon { return indent + unit }
    switch first.kind {
    case .return, .pass, .break, .continue, .raise: return Array(indent.dropLast(min(unit.count, indent.count)))
    default: return indent
    }
  }

  /// One step of indentation as `text` has it: its first indented line's; four spaces where there is none.
  package static func step(of text: [UInt8]) -> [UInt8] {
    for line in text.split(separator: 0x0A) {
      let indent = whiteSpace(of: line)
      if indent.isEmpty || isBlank(line) { continue }
      if indent[0] == 0x09 { return [0x09] }
      return indent.count <= 8 ? indent : Array(repeating: 0x20, count: 4)
    }
    return Array(repeating: 0x20, count: 4)
  }

  /// The first word of the logical line that the last word is in.
  private static func statementStart(_ words: [Token], in text: [UInt8]) -> Token {
    var i = words.count - 1
    while i > 0 {
      let between = text[Int(words[i - 1].hi)..<Int(words[i].lo)]
      // In brackets and after a backslash a line break does not end the statement.
      if words[i].level == 0 || words[i - 1].level == 0, words[i - 1].level == 0, between.contains(0x0A),
        !between.contains(0x5C)
      {
        break
      }
      i -= 1
    }
    return words[i]
  }

  private static func lastLine(of text: [UInt8]) -> ArraySlice<UInt8> {
    text[(text.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...]
  }

  private static func line(around offset: Int, of text: [UInt8]) -> ArraySlice<UInt8> {
    let start = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return text[start..<(text[offset...].firstIndex(of: 0x0A) ?? text.count)]
  }

  private static func whiteSpace(of line: ArraySlice<UInt8>) -> [UInt8] {
    Array(line.prefix { $0 == 0x20 || $0 == 0x09 })
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
