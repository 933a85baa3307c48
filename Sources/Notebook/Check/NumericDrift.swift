/// How far apart the numbers of two outputs are that are the same text otherwise.
struct NumericDrift {
  /// The greatest difference, as a part of the greater number.
  private(set) var relative = 0.0
  /// The greatest difference in units of the last printed digit.
  private(set) var units = 0.0

  /// nil when anything but printed decimals differs.
  init?(expected: [Record], actual: [Record]) {
    guard expected.count == actual.count else { return nil }
    var differs = false
    for (old, new) in zip(expected, actual) where old != new {
      guard old.kind == .output, new.kind == .output else { return nil }
      let a = PrintedToken.tokens(of: old.text).filter { !$0.isSpace }
      let b = PrintedToken.tokens(of: new.text).filter { !$0.isSpace }
      guard a.count == b.count else { return nil }
      for (x, y) in zip(a, b) where x != y {
        guard case .decimal(let x) = x, case .decimal(let y) = y else { return nil }
        differs = true
        let difference = abs(x.value - y.value)
        guard difference.isFinite else { return nil }
        relative = max(relative, difference == 0 ? 0 : difference / max(abs(x.value), abs(y.value)))
        let unit = min(x.lastDigitUnit, y.lastDigitUnit)
        // Where few digits are printed, the last one is no measure of rounding.
        let isFine = unit > 0 && unit <= 1.001e-4 * max(1, abs(x.value))
        units = max(units, isFine ? difference / unit : .infinity)
      }
    }
    guard differs else { return nil }
  }

  /// Whether the numbers may come of one computation in two orders: rounding grows from step to step, and stays small.
  var isRounding: Bool { relative <= 1e-4 || units <= 2.5 }

  /// `by 3e-6 of their size`.
  var description: String {
    if units <= 2.5 { return "by \(Int(units.rounded())) in the last digit" }
    return "by \(Self.rounded(relative)) of their size"
  }

  private static func rounded(_ value: Double) -> String {
    var exponent = 0
    var digit = value
    while digit > 0, digit < 1 {
      digit *= 10
      exponent += 1
    }
    return "\(Int(digit.rounded()))e-\(exponent)"
  }
}
