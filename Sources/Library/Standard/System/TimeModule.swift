import CKernels
import Glibc
import Runtime

/// `_time`: what `time` needs from Swift.
enum TimeModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_time", "Clocks and sleeping.")
    clock(m, "time", CLOCK_REALTIME, "Seconds since 1970.")
    clock(m, "perf_counter", CLOCK_MONOTONIC, "Seconds of a clock for measuring.")
    clock(m, "monotonic", CLOCK_MONOTONIC, "Seconds of a clock that never goes back.")
    clock(m, "process_time", CLOCK_PROCESS_CPUTIME_ID, "Seconds of processor time that tnb has used.")
    clock(m, "thread_time", CLOCK_THREAD_CPUTIME_ID, "Seconds of processor time that this thread has used.")
    m.add("sleep(secs, /)", "Waits that many seconds; an interrupt ends it.") { (vm, args) throws(ExceptionObject) in
      guard args[0].asFloat != nil || args[0].asInteger != nil || vm.type(of: args[0]).lookup(Names.index) != nil else {
        throw .type("'\(vm.typeName(args[0]))' object cannot be interpreted as an integer")
      }
      let seconds = try vm.double(args[0])
      if seconds.isNaN { throw .value("Invalid value NaN (not a number)") }
      if seconds < 0 { throw .value("sleep length must be non-negative") }
      if seconds > 9e9 { throw .overflow("timestamp too large to convert to C _PyTime_t") }
      try sleep(seconds, vm)
      return .none
    }
    m.add("strftime(format, t=None, /)", "The time as format says; now without t.") {
      (vm, args) throws(ExceptionObject) in
      guard let format = args[0].string else {
        throw .type("strftime() argument 1 must be str, not \(vm.typeName(args[0]))")
      }
      var parts = tm()
      if let given = args.given(1) {
        parts = try fields(given, vm)
      } else {
        var now = Glibc.time(nil)
        localtime_r(&now, &parts)
      }
      return .text(text(format, parts))
    }
    for (name, local) in [("localtime", true), ("gmtime", false)] {
      m.add(
        "\(name)(seconds=None, /)", "Year, month, day, hour, minute, second, weekday, day of the year, summer time."
      ) {
        (vm, args) throws(ExceptionObject) in
        var seconds = Glibc.time(nil)
        if let given = args.given(0) { seconds = Int(exactly: try vm.double(given).rounded(.down)) ?? 0 }
        var parts = tm()
        if local { localtime_r(&seconds, &parts) } else { gmtime_r(&seconds, &parts) }
        return .makeTuple(
          ([
            Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour), Int(parts.tm_min),
            Int(parts.tm_sec), (Int(parts.tm_wday) + 6) % 7, Int(parts.tm_yday) + 1, Int(parts.tm_isdst),
          ].map { .int($0) }) + [parts.tm_zone.map { .text(String(cString: $0)) } ?? .none, .int(parts.tm_gmtoff)])
      }
    }
    m.add("ctime(seconds=None, /)", "The time as text.") { (vm, args) throws(ExceptionObject) in
      var seconds = Glibc.time(nil)
      if let given = args.given(0) { seconds = Int(exactly: try vm.double(given).rounded(.down)) ?? 0 }
      var parts = tm()
      localtime_r(&seconds, &parts)
      return .text(text("%a %b %e %H:%M:%S %Y", parts))
    }
    m.add("mktime(t, /)", "The seconds since 1970 of a local time.") { (vm, args) throws(ExceptionObject) in
      var parts = try fields(args[0], vm)
      parts.tm_wday = -1
      let seconds = Glibc.mktime(&parts)
      if seconds == -1, parts.tm_wday == -1 { throw .overflow("mktime argument out of range") }
      return .float(Double(seconds))
    }
    zones(m)
    return m.module
  }

  /// The local zone's distance from UTC and names, in winter and in summer.
  private static func zones(_ m: ModuleBuilder) {
    func zone(_ month: Int32) -> tm {
      var now = Glibc.time(nil)
      var parts = tm()
      localtime_r(&now, &parts)
      parts.tm_mon = month
      parts.tm_mday = 1
      parts.tm_isdst = -1
      var seconds = Glibc.mktime(&parts)
      localtime_r(&seconds, &parts)
      return parts
    }
    var (winter, summer) = (zone(0), zone(6))
    if winter.tm_isdst > 0 { swap(&winter, &summer) }
    m.set("timezone", .int(-winter.tm_gmtoff))
    m.set("altzone", .int(-summer.tm_gmtoff))
    m.set("daylight", .int(summer.tm_gmtoff == winter.tm_gmtoff ? 0 : 1))
    m.set("tzname", .makeTuple([winter, summer].map { $0.tm_zone.map { .text(String(cString: $0)) } ?? .none }))
  }

  private static func nanoseconds(_ id: clockid_t) -> Int {
    var t = timespec()
    clock_gettime(id, &t)
    return t.tv_sec * 1_000_000_000 + t.tv_nsec
  }

  private static func clock(_ m: ModuleBuilder, _ name: String, _ id: Int32, _ doc: String) {
    m.add("\(name)()", doc) { (vm, args) throws(ExceptionObject) in .float(Double(nanoseconds(id)) / 1e9) }
    m.add("\(name)_ns()", doc.replacing("Seconds", with: "Nanoseconds")) { (vm, args) throws(ExceptionObject) in
      .int(nanoseconds(id))
    }
  }

  /// In short naps, so that an interrupt is noticed.
  private static func sleep(_ seconds: Double, _ vm: VM) throws(ExceptionObject) {
    let end = nanoseconds(CLOCK_MONOTONIC) + Int(seconds * 1e9)
    while true {
      let left = end - nanoseconds(CLOCK_MONOTONIC)
      if left <= 0 { return }
      var nap = timespec(tv_sec: 0, tv_nsec: min(left, 20_000_000))
      nanosleep(&nap, nil)
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
  }

  private static func fields(_ value: Value, _ vm: VM) throws(ExceptionObject) -> tm {
    let items = try vm.items(value)
    guard items.count >= 9 else { throw .type("strftime(): illegal time tuple argument") }
    var numbers: [Int32] = []
    for item in items { numbers.append(Int32(clamping: try vm.int(item))) }
    var parts = tm()
    parts.tm_year = numbers[0] &- 1900
    parts.tm_mon = numbers[1] &- 1
    parts.tm_mday = numbers[2]
    parts.tm_hour = numbers[3]
    parts.tm_min = numbers[4]
    parts.tm_sec = numbers[5]
    parts.tm_wday = (numbers[6] &+ 1) % 7
    parts.tm_yday = numbers[7] &- 1
    parts.tm_isdst = numbers[8]
    return parts
  }

  private static func text(_ format: String, _ parts: tm) -> String {
    if format.isEmpty { return "" }
    var parts = parts
    var buffer = [CChar](repeating: 0, count: 256 + format.utf8.count * 16)
    let n = Glibc.strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer[..<n].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
