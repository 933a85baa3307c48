import Glibc

/// Where a command writes: the process's standard output and error, or buffers in a test.
package final class Console {
  /// Collected until `flush`, at most `capacity` bytes.
  private var pending: [UInt8] = []
  private let capacity = 1 << 16
  private let output: Sink
  private let errors: Sink
  /// Write each line at once: somebody is watching.
  private let flushesLines: Bool
  /// The output is a terminal, which acts on control characters.
  private let isTerminal: Bool

  package enum Sink {
    case descriptor(Int32)
    case closure(([UInt8]) -> Void)
  }

  package init(output: Sink, errors: Sink, flushesLines: Bool = false, isTerminal: Bool = false) {
    self.isTerminal = isTerminal
    self.output = output
    self.errors = errors
    self.flushesLines = flushesLines
  }

  /// The process's own.
  package static func standard() -> Console {
    Console(
      output: .descriptor(1), errors: .descriptor(2), flushesLines: isatty(1) == 1, isTerminal: isatty(1) == 1)
  }

  /// Writes text of the program itself. Colours reach a terminal; other control characters are shown.
  package func print(_ text: String) {
    put(isTerminal ? text.showingControls(keepingColours: true) : text)
  }

  /// Writes what a cell printed or displays, byte for byte; on a terminal its control characters are shown, not sent.
  package func printOutput(_ text: String) {
    put(isTerminal ? text.showingControls() : text)
  }

  private func put(_ text: String) {
    pending += text.utf8
    if pending.count >= capacity || (flushesLines && text.utf8.contains(UInt8(ascii: "\n"))) { flush() }
  }

  /// Writes to standard error, after what was printed before.
  package func printError(_ text: String) {
    flush()
    write(Array(text.showingControls(keepingColours: true).utf8), to: errors)
  }

  package func flush() {
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending.removeAll(keepingCapacity: true)
    write(bytes, to: output)
  }

  /// Ends the process when standard output cannot be written: quietly when its reader went away.
  private func write(_ bytes: [UInt8], to sink: Sink) {
    switch sink {
    case .closure(let body): body(bytes)
    case .descriptor(let descriptor):
      guard let failure = writeAll(bytes, to: descriptor) else { return }
      if descriptor == 1, failure != EPIPE {
        _ = writeAll(Array("tnb: cannot write the output: \(message(ofError: failure))\n".utf8), to: 2)
      }
      if descriptor == 1 { exit(ExitStatus.failure.rawValue) }
    }
  }
}

/// What a process says at its end.
package enum ExitStatus: Int32 {
  case success = 0
  /// A cell failed or drifted.
  case failure = 1
  /// Wrong arguments, or a file that cannot be read.
  case usage = 2
  /// Ctrl-C: 128 + SIGINT, as shells have it.
  case interrupted = 130
}
