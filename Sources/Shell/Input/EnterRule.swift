import Language

/// Whether Enter runs a cell, by IPython's rules.
enum EnterRule {
  static func action(_ text: String, cursor: Int) -> EnterAction {
    let bytes = Array(text.utf8)
    let before = Array(bytes.prefix(cursor))
    let after = bytes.dropFirst(cursor)
    let isOneLine = !bytes.contains(0x0A)
    // Enter in the middle of a cell only parts a line.
    guard isOneLine || after.allSatisfy(isSpace) || !after.contains(0x0A) else { return newLine(before) }
    if let action = talk(text, before) { return action }
    switch Completeness.of(isOneLine ? bytes : before) {
    case .complete, .invalid: return .run
    case .incomplete: return newLine(isOneLine && after.allSatisfy(isSpace) ? bytes : before)
    }
  }

  /// A command is a line. Below `%%name` stands a cell that an empty line ends; below other commands stands code as ever. nil
  /// for code.
  private static func talk(_ text: String, _ before: [UInt8]) -> EnterAction? {
    guard ShellLine.isTalk(text) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if text.drop(while: \.isWhitespace).hasPrefix("%%") {
      return lines.count > 1 && lines.last!.allSatisfy(\.isWhitespace) ? .run : newLine(before)
    }
    let code = lines.drop { $0.allSatisfy(\.isWhitespace) || ShellLine.isTalk(String($0)) }.joined(separator: "\n")
    return Completeness.of(Array(code.utf8)) == .incomplete ? newLine(before) : .run
  }

  private static func newLine(_ before: [UInt8]) -> EnterAction {
    .newLine(indent: String(decoding: Indentation.next(after: before), as: UTF8.self))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }
}
