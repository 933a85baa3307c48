import Glibc

/// Times for people.
package enum TimeText {
  /// `14:02` of today, `2024-11-25 14:02` of another day.
  package static func when(_ seconds: Int) -> String {
    let day = formatted(seconds, "%Y-%m-%d")
    let clock = formatted(seconds, "%H:%M")
    return day == formatted(time(nil), "%Y-%m-%d") ? clock : "\(day) \(clock)"
  }

  private static func formatted(_ seconds: Int, _ format: String) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    localtime_r(&moment, &parts)
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A length of time as IPython writes it: three digits and a unit.
  package static func span(_ seconds: Double) -> String {
    if seconds >= 60 {
      var parts: [String] = []
      var rest = Int(seconds)
      for (unit, size) in [("d", 86400), ("h", 3600), ("min", 60), ("s", 1)] {
        if rest / size > 0 { parts.append("\(rest / size)\(unit)") }
        rest %= size
      }
      return parts.joined(separator: " ")
    }
    let units = [("s", 1.0), ("ms", 1e3), ("µs", 1e6), ("ns", 1e9)]
    let order = seconds > 0 ? min(max(-Int((log10(seconds) / 3).rounded(.down)), 0), 3) : 3
    return "\(digits(seconds * units[order].1, 3)) \(units[order].0)"
  }

  /// A number in so many digits: `%.3g`.
  static func digits(_ value: Double, _ count: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.\(count)g", $0) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
