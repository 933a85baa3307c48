/// Whether a shell should run what was typed or ask for another line.
package enum Completeness: Equatable {
  case complete
  /// More is expected; the next line is best indented by `indent` columns.
  case incomplete(indent: Int)
  /// No further line could make it a program.
  case invalid

  /// Judges lines typed so far, without the newline behind the last one. A block is complete after an empty line.
  package static func of(_ text: [UInt8]) -> Completeness {
    let last = lastLine(text)
    do throws(SyntaxError) {
      let module = try Parser.parse(text)
      guard module.body.last != nil, last.indent > 0, !last.isBlank else { return .complete }
      return .incomplete(indent: last.leavesBlock ? max(0, last.indent - 4) : last.indent)
    } catch {
      guard error.isIncomplete else { return .invalid }
      return .incomplete(indent: last.opens ? last.indent + 4 : last.indent)
    }
  }

  private struct Line {
    var indent = 0
    var isBlank = true
    /// Ends in a colon or an opening bracket.
    var opens = false
    /// Is `return`, `break` … after which a block goes on only in rare cases.
    var leavesBlock = false
  }

  private static func lastLine(_ text: [UInt8]) -> Line {
    var bytes = text[(text.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...]
    while let byte = bytes.last, byte == 0x20 || byte == 0x09 || byte == 0x0D { bytes.removeLast() }
    let code = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    var line = Line()
    line.indent = bytes.count - code.count
    line.isBlank = code.isEmpty
    line.opens = [0x3A, 0x28, 0x5B, 0x7B].contains(code.last ?? 0)
    let word = String(decoding: code.prefix { $0 >= 0x61 && $0 <= 0x7A }, as: UTF8.self)
    line.leavesBlock = ["return", "break", "continue", "pass", "raise"].contains(word)
    return line
  }
}
