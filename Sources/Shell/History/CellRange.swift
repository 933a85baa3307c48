/// Which cells a command means, in IPython's notation: `4`, `4-6`, `~1/3-5` of the session before, `~2/` all of one.
package struct CellRange: Equatable {
  /// 0 is this session, 1 the one before.
  package var sessionsBack: Int
  /// nil is all.
  package var numbers: ClosedRange<Int>?

  /// Reads ranges separated by white space or commas.
  package static func parse(_ words: [String]) throws(CommandError) -> [CellRange] {
    var ranges: [CellRange] = []
    for word in words.flatMap({ $0.split(separator: ",").map(String.init) }) {
      guard let range = CellRange(word) else {
        throw CommandError("\(word) is no range of cells; write 3, 4-6 or ~1/2-5")
      }
      ranges.append(range)
    }
    return ranges
  }

  package init?(_ text: String) {
    var rest = text[...]
    sessionsBack = 0
    if let slash = rest.firstIndex(of: "/") {
      guard rest.hasPrefix("~"), let back = Int(rest[..<slash].dropFirst()), back >= 0 else { return nil }
      sessionsBack = back
      rest = rest[rest.index(after: slash)...]
      if rest.isEmpty { return }
    }
    let parts = rest.split(separator: "-", omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      guard let number = Int(parts[0]), number > 0 else { return nil }
      numbers = number...number
    case 2:
      guard let first = Int(parts[0]), let last = parts[1].isEmpty ? Int.max : Int(parts[1]), first > 0, first <= last
      else { return nil }
      numbers = first...last
    default: return nil
    }
  }
}
