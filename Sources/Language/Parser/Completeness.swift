/// Whether a shell should run what was typed or ask for another line.
package enum Completeness: Equatable {
  case complete
  /// More is expected; `Indentation` says where the next line begins.
  case incomplete
  /// No further line could make it a program.
  case invalid

  /// Judges lines typed so far, without the newline behind the last one. A block is complete after an empty line.
  package static func of(_ text: [UInt8]) -> Completeness {
    do throws(SyntaxError) {
      let module = try Parser.parse(text)
      guard module.body.last != nil, isIndented(text) else { return .complete }
      return .incomplete
    } catch {
      return error.isIncomplete ? .incomplete : .invalid
    }
  }

  /// Whether the last line is inside a block: indented, and not blank.
  private static func isIndented(_ text: [UInt8]) -> Bool {
    let line = text[(text.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...]
    let code = line.drop { $0 == 0x20 || $0 == 0x09 }
    return code.count < line.count && !code.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
