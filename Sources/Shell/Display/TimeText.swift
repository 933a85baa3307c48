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
}
