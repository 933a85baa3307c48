/// Expected against actual records, as the lines of a small diff.
package struct RecordDiff {
  package enum Line: Equatable {
    case same(Record)
    case expected(Record)
    case got(Record)
  }

  package let lines: [Line]

  /// Aligns the two by their longest common run of lines that match; long records are compared position by position.
  package init(expected: [Record], actual: [Record]) {
    guard expected.count * actual.count <= 250_000 else {
      lines = Self.positional(expected, actual)
      return
    }
    // common[i][j]: how many lines match between expected[i...] and actual[j...].
    var common = Array(repeating: Array(repeating: 0, count: actual.count + 1), count: expected.count + 1)
    for i in expected.indices.reversed() {
      for j in actual.indices.reversed() {
        common[i][j] =
          Comparison.matchesLine(expected: expected[i], actual: actual[j])
          ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var result: [Line] = []
    var i = 0
    var j = 0
    while i < expected.count || j < actual.count {
      if i < expected.count, j < actual.count, Comparison.matchesLine(expected: expected[i], actual: actual[j]) {
        result.append(.same(actual[j]))
        i += 1
        j += 1
      } else if j == actual.count || (i < expected.count && common[i + 1][j] >= common[i][j + 1]) {
        result.append(.expected(expected[i]))
        i += 1
      } else {
        result.append(.got(actual[j]))
        j += 1
      }
    }
    // Only white space differs, which the line by line rule forgives and the whole does not: show every line.
    lines =
      result.contains { if case .same = $0 { return false } else { return true } }
      ? result : Self.positional(expected, actual)
  }

  private static func positional(_ expected: [Record], _ actual: [Record]) -> [Line] {
    var result: [Line] = []
    for i in 0..<max(expected.count, actual.count) {
      if i < expected.count, i < actual.count, expected[i] == actual[i] {
        result.append(.same(actual[i]))
        continue
      }
      if i < expected.count { result.append(.expected(expected[i])) }
      if i < actual.count { result.append(.got(actual[i])) }
    }
    return result
  }

  /// One text line a diff line, `-` for what was expected and `+` for what came, with at most two lines of agreement
  /// around each difference.
  package func rendered(indent: String) -> String {
    let context = 2
    var shown = Array(repeating: false, count: lines.count)
    for (i, line) in lines.enumerated() {
      if case .same = line { continue }
      for k in max(0, i - context)...min(lines.count - 1, i + context) { shown[k] = true }
    }
    var text = ""
    var skipping = false
    for (i, line) in lines.enumerated() {
      guard shown[i] else {
        if !skipping { text += "\(indent)  ...\n" }
        skipping = true
        continue
      }
      skipping = false
      switch line {
      case .same(let record): text += "\(indent)  \(record.line.showingControls())\n"
      case .expected(let record): text += "\(indent)- \(record.line.showingControls())\n"
      case .got(let record): text += "\(indent)+ \(record.line.showingControls())\n"
      }
    }
    return text
  }
}
