/// What is being typed in colour: code, or talk with the shell.
enum CellPainter {
  static func spans(_ text: [UInt8]) -> [StyledSpan] {
    let start = text.firstIndex { $0 != 0x20 && $0 != 0x0A && $0 != 0x09 } ?? text.count
    guard start < text.count, text[start] == 0x25 || text[start] == 0x21 || text[start] == 0x3F else {
      return CodePainter.spans(text)
    }
    // The name is a command's; what stands behind it in its line may be anything.
    var end = start
    while end < text.count, text[end] != 0x20, text[end] != 0x0A { end += 1 }
    let line = text[end...].firstIndex(of: 0x0A) ?? text.count
    let rest = CodePainter.spans(Array(text[line...])).map {
      StyledSpan(lo: $0.lo + line, hi: $0.hi + line, role: $0.role)
    }
    return [StyledSpan(lo: start, hi: end, role: .command)] + rest
  }
}
