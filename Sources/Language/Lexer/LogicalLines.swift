/// The lines of a text at which a statement may begin: not within brackets or a string, nor behind a backslash.
package enum LogicalLines {
  /// The lines among them that are no code but talk with a shell, such as `%matplotlib inline`, in order; as ranges of bytes,
  /// without the line's end. `isTalk` is given a line without its indentation.
  ///
  /// What such a line holds is not read as code: a quote in it opens no string.
  package static func talk(in text: [UInt8], where isTalk: (ArraySlice<UInt8>) -> Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < text.count {
      guard let next = nextTalk(in: text, from: start, where: isTalk, into: &found) else { break }
      start = next
    }
    return found
  }

  /// Reads from the beginning of a line to the first that is talk, or that cannot be read, and gives where to go on.
  private static func nextTalk(
    in text: [UInt8], from start: Int, where isTalk: (ArraySlice<UInt8>) -> Bool, into found: inout [Range<Int>]
  ) -> Int? {
    text[start...].withUnsafeBufferPointer { bytes in
      var lexer = Lexer(bytes, source: 0)
      var tokens: [Token] = []
      var isAtStart = true
      while true {
        tokens.removeAll(keepingCapacity: true)
        // Behind a line that is talk a new reader begins: what this one read ahead is lost.
        lexer.read(into: &tokens, count: 32)
        if tokens.isEmpty { return nil }
        for token in tokens {
          if token.kind == .end { return nil }
          if token.kind == .newline {
            isAtStart = true
            continue
          }
          if token.kind == .dedent || token.kind == .indent { continue }
          let position = min(start + Int(token.lo), text.count)
          if isAtStart {
            isAtStart = false
            let line = range(ofLineAt: position, in: text)
            if isTalk(text[position..<max(position, line.upperBound)]) {
              found.append(position..<line.upperBound)
              return line.upperBound + 1
            }
          }
          if token.kind == .failure {
            // A new reader takes any indentation for its first.
            let line = range(ofLineAt: position, in: text)
            return line.lowerBound > start ? line.lowerBound : line.upperBound + 1
          }
        }
      }
    }
  }

  private static func range(ofLineAt position: Int, in text: [UInt8]) -> Range<Int> {
    let start = text[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = text[position...].firstIndex(of: 0x0A) ?? text.count
    return start..<end
  }
}
