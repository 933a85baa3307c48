import Language

/// Lines that begin with `%`, `!` or `?`: orders to a shell, and no code.
package enum ShellTalk {
  /// The magics that notebooks begin with and that change nothing a cell computes; a replay passes them over.
  private static let preamble: Set<String> = ["matplotlib", "load_ext", "reload_ext", "config", "autoreload"]

  /// Whether a line, without its indentation, is talk.
  package static func isTalk(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    return first == UInt8(ascii: "%") || first == UInt8(ascii: "!") || first == UInt8(ascii: "?")
  }

  /// Whether a line is one of those that are passed over, such as `%matplotlib inline`.
  package static func isPreamble(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.first == UInt8(ascii: "%") else { return false }
    let name = line.dropFirst().prefix { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
    return preamble.contains(String(decoding: name, as: UTF8.self))
  }

  /// The lines of a cell that a replay passes over, as ranges of bytes. They stand at the left margin.
  static func preambleLines(of text: [UInt8]) -> [Range<Int>] {
    guard text.first == UInt8(ascii: "%") || text.contains(UInt8(ascii: "%")) else { return [] }
    let margins = [0] + text.indices.filter { text[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    guard margins.contains(where: { isPreamble(text[$0...]) }) else { return [] }
    return LogicalLines.talk(in: text, where: isTalk).filter {
      ($0.lowerBound == 0 || text[$0.lowerBound - 1] == UInt8(ascii: "\n")) && isPreamble(text[$0])
    }
  }

  /// What to say of a cell that is no program because line `line` is talk, and where; nil when that is not the reason.
  static func mistake(in text: [UInt8], line: Range<Int>) -> (message: String, range: Range<Int>)? {
    if let talk = LogicalLines.talk(in: text, where: isTalk).first(where: { line.contains($0.lowerBound) }) {
      let mark = Character(Unicode.Scalar(text[talk.lowerBound]))
      return ("a line that begins with \(mark) is talk with the shell, not code", talk)
    }
    let shown = trimmingSpace(text[line])
    guard shown.last == UInt8(ascii: "?"), !shown.contains(UInt8(ascii: "#")) else { return nil }
    return ("a line that ends in ? is talk with the shell, not code", shown.indices)
  }
}
