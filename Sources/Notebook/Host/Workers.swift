import CKernels
import Glibc

/// Runs jobs in processes of their own: each starts from the same state, several run at once, and one that crashes or runs out
/// of memory takes no other with it.
package enum Workers {
  /// What a job gives back.
  package struct Report {
    /// For standard output.
    package var text = ""
    /// For standard error.
    package var errors = ""
    /// A part of a file that the command writes.
    package var attachment = ""
    package var numbers: [Int] = []
  }

  /// How a job ended.
  package enum Outcome {
    case report(Report)
    /// The process ended early: of a signal, or with an exit code and no report.
    case crash(signal: Int32?, code: Int32)
  }

  /// As many jobs at once as the process may use processors.
  package static var processorCount: Int { Int(tnb_processor_count()) }

  /// Runs `job` for 0..<count and hands over each outcome in that order. Must be called on a process's only thread.
  package static func run(
    count: Int, atOnce: Int = processorCount, job: (Int) -> Report,
    finished: (Int, Outcome) -> Void
  ) {
    // Ctrl-C reaches the workers, which are in the same process group; they tell.
    let handler = signal(SIGINT, SIG_IGN)
    defer { _ = signal(SIGINT, handler) }
    var running: [Worker] = []
    var outcomes: [Int: Outcome] = [:]
    var started = 0
    var reported = 0
    while reported < count {
      while started < count, running.count < atOnce {
        if let worker = Worker.start(started, others: running, job) {
          running.append(worker)
        } else if running.isEmpty {
          outcomes[started] = .report(job(started))
        } else {
          break
        }
        started += 1
      }
      if !running.isEmpty {
        var descriptors = running.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        if poll(&descriptors, nfds_t(descriptors.count), -1) > 0 {
          for i in running.indices.reversed() where descriptors[i].revents != 0 && !running[i].read() {
            outcomes[running[i].index] = running[i].finish()
            running.remove(at: i)
          }
        }
      }
      while let outcome = outcomes.removeValue(forKey: reported) {
        finished(reported, outcome)
        reported += 1
      }
    }
  }

  private struct Worker {
    let index: Int
    let process: pid_t
    let descriptor: Int32
    var bytes: [UInt8] = []

    /// nil when there is no process or pipe to be had.
    static func start(_ index: Int, others: [Worker], _ job: (Int) -> Report) -> Worker? {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { return nil }
      let process = tnb_fork()
      guard process >= 0 else {
        close(ends[0])
        close(ends[1])
        return nil
      }
      if process == 0 {
        close(ends[0])
        for other in others { close(other.descriptor) }
        _ = writeAll(encode(job(index)), to: ends[1])
        _exit(0)
      }
      close(ends[1])
      return Worker(index: index, process: process, descriptor: ends[0])
    }

    /// False at the end of what the process wrote.
    mutating func read() -> Bool {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[..<count] }
      return count > 0 || (count < 0 && errno == EINTR)
    }

    func finish() -> Outcome {
      close(descriptor)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      if signal != 0 { return .crash(signal: signal, code: 0) }
      return Self.decode(bytes).map { .report($0) } ?? .crash(signal: nil, code: (status >> 8) & 0xFF)
    }

    /// The texts' lengths and the numbers in decimal on the first line, then the texts.
    private static func encode(_ report: Report) -> [UInt8] {
      let texts = [report.text, report.errors, report.attachment]
      let head = (texts.map(\.utf8.count) + report.numbers).map(String.init).joined(separator: " ")
      return Array((head + "\n" + texts.joined()).utf8)
    }

    /// nil for what was cut off.
    private static func decode(_ bytes: [UInt8]) -> Report? {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      let numbers = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
      guard numbers.count >= 3, bytes.count == end + 1 + numbers[..<3].reduce(0, +) else { return nil }
      var rest = bytes[(end + 1)...]
      let texts = numbers[..<3].map { count in
        defer { rest = rest.dropFirst(count) }
        return String(decoding: rest.prefix(count), as: UTF8.self)
      }
      return Report(text: texts[0], errors: texts[1], attachment: texts[2], numbers: Array(numbers[3...]))
    }
  }
}
