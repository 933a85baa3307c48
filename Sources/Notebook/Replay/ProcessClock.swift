import Glibc

/// What `%time` reads: the clock on the wall, and the processor's time that the process took, in seconds.
package struct ProcessClock {
  package var wall = 0.0
  package var user = 0.0
  package var system = 0.0

  package init() {}

  package static var now: ProcessClock {
    var clock = ProcessClock()
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    clock.user = seconds(usage.ru_utime)
    clock.system = seconds(usage.ru_stime)
    clock.wall = wall
    return clock
  }

  /// The clock on the wall alone, which is cheaper to read.
  package static var wall: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }

  package static func - (a: ProcessClock, b: ProcessClock) -> ProcessClock {
    var clock = ProcessClock()
    clock.wall = a.wall - b.wall
    clock.user = a.user - b.user
    clock.system = a.system - b.system
    return clock
  }
}
