import CKernels
import Glibc
import Tensor

/// What a run gets of the machine: stack, memory, and a way to be stopped.
package enum Machine {
  /// Address space for the interpreter's native stack. Deep recursion in a cell ends in `RecursionError` long before; this is
  /// for native code that recurses over nested values.
  private static let stackBytes = 512 << 20

  /// Runs `body` on a thread with a large stack, with Ctrl-C and the memory limit watched meanwhile.
  ///
  /// `maximumMemory` is in bytes; nil takes 85 % of what the machine has left, shared by as many runs as go on at once.
  package static func run(
    maximumMemory: Int?, atOnce: Int = 1, _ body: @escaping () -> ExitStatus
  ) -> ExitStatus {
    tnb_tune_allocator()
    tnb_handle_signals()
    MemoryBudget.limit = maximumMemory ?? defaultLimit(atOnce: atOnce)
    let job = Job(body)
    let context = Unmanaged.passUnretained(job).toOpaque()
    let error = tnb_run_on_stack(
      stackBytes, { Unmanaged<Job>.fromOpaque($0!).takeUnretainedValue().run() }, { _ in MemoryWatch.tick() }, context,
      50,
      10)
    guard error == 0 else {
      Console.standard().printError("tnb: cannot start a thread: \(message(ofError: error))\n")
      return .failure
    }
    return job.code
  }

  private static func defaultLimit(atOnce: Int) -> Int {
    let available = tnb_available_bytes()
    guard available > 0 else { return .max }
    return tnb_resident_bytes() + available / 100 * 85 / max(atOnce, 1)
  }

  private final class Job {
    private let body: () -> ExitStatus
    private(set) var code = ExitStatus.success

    init(_ body: @escaping () -> ExitStatus) { self.body = body }

    func run() { code = body() }
  }

  /// A size such as `512M`, `2G`, `1.5GiB` or `1000000` in bytes; nil when it is none.
  package static func bytes(ofSize text: String) -> Int? {
    var digits = Substring(text)
    var unit = ""
    while let last = digits.last, last.isLetter {
      unit = last.uppercased() + unit
      digits = digits.dropLast()
    }
    let factor: Double
    switch unit {
    case "", "B": factor = 1
    case "K", "KB", "KIB": factor = 1024
    case "M", "MB", "MIB": factor = 1024 * 1024
    case "G", "GB", "GIB": factor = 1024 * 1024 * 1024
    case "T", "TB", "TIB": factor = 1024 * 1024 * 1024 * 1024
    default: return nil
    }
    guard digits.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }),
      let number = Double(digits),
      let bytes = Int(exactly: (number * factor).rounded()), bytes > 0
    else { return nil }
    return bytes
  }
}

/// What the main thread does while the interpreter's runs. It holds no Swift object, as reference counts are not atomic.
private enum MemoryWatch {
  /// Ticks until the limit is looked at again: memory takes a while to come back after a `MemoryError`.
  nonisolated(unsafe) private static var pause = 0

  /// Raises `MemoryError` in the running cell when the process has passed its limit, `KeyboardInterrupt` when its time is up.
  static func tick() {
    tnb_deadline_tick()
    guard MemoryBudget.limit != .max else { return }
    if pause > 0 {
      pause -= 1
      return
    }
    guard tnb_resident_bytes() > MemoryBudget.limit, tnb_interrupt_pending() == 0 else { return }
    tnb_interrupt_set(2)
    pause = 10
  }
}
