/// The rule by which `tnb check` tells a drift from the noise of another machine.
///
/// Text must be equal, but for an address behind `at`. A number with a point or an exponent may differ by one unit in its last
/// printed digit or by 2e-6 relative; an integer may not differ, and never stands for a decimal. White space must be equal
/// too, unless such a number changed its length: a tensor's columns are as wide as its widest number.
package enum Comparison {
  /// Whether a cell that gave `actual` still does what `expected` records.
  package static func matches(expected: [Record], actual: [Record]) -> Bool {
    if expected == actual { return true }
    guard expected.count == actual.count else { return false }
    var pairs: [(expected: [PrintedToken], actual: [PrintedToken])] = []
    var widthsDiffer = false
    for (old, new) in zip(expected, actual) where old != new {
      guard old.kind == new.kind else { return false }
      let a = PrintedToken.tokens(of: old.text)
      let b = PrintedToken.tokens(of: new.text)
      guard let differs = compare(a.filter { !$0.isSpace }, b.filter { !$0.isSpace }) else { return false }
      widthsDiffer = widthsDiffer || differs
      pairs.append((a, b))
    }
    return widthsDiffer || pairs.allSatisfy { spaces($0.expected) == spaces($0.actual) }
  }

  /// The rule for one line, with white space left out; a diff aligns lines with it.
  package static func matchesLine(expected: Record, actual: Record) -> Bool {
    if expected == actual { return true }
    guard expected.kind == actual.kind else { return false }
    let a = PrintedToken.tokens(of: expected.text).filter { !$0.isSpace }
    let b = PrintedToken.tokens(of: actual.text).filter { !$0.isSpace }
    return compare(a, b) != nil
  }

  /// nil when the tokens differ by more than the rule allows; else whether a number changed its length.
  private static func compare(_ expected: [PrintedToken], _ actual: [PrintedToken]) -> Bool? {
    guard expected.count == actual.count else { return nil }
    var widthsDiffer = false
    for (i, (old, new)) in zip(expected, actual).enumerated() where old != new {
      // `<object at 0x7f12…>`: where an object lies says nothing.
      if i > 0, expected[i - 1] == .text("at"), old.isAddress, new.isAddress { continue }
      guard case .decimal(let a) = old, case .decimal(let b) = new, a.isClose(to: b) else { return nil }
      widthsDiffer = widthsDiffer || a.text.utf8.count != b.text.utf8.count
    }
    return widthsDiffer
  }

  /// The width of the white space before each token and at the end.
  private static func spaces(_ tokens: [PrintedToken]) -> [Int] {
    var widths: [Int] = []
    var width = 0
    for token in tokens {
      if case .space(let count) = token {
        width = count
      } else {
        widths.append(width)
        width = 0
      }
    }
    return widths + [width]
  }
}

extension PrintedToken {
  var isSpace: Bool {
    if case .space = self { return true }
    return false
  }

  fileprivate var isAddress: Bool {
    guard case .text(let text) = self, text.hasPrefix("0x"), text.utf8.count > 6 else { return false }
    return text.dropFirst(2).allSatisfy(\.isHexDigit)
  }
}
