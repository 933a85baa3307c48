import Glibc

/// What was typed: in this session, and before it in any other.
///
/// The file is read when something older is first asked for, so that a long history does not delay the first prompt. What
/// other shells write meanwhile stays out of this one's recall; `%history -g` reads it.
package final class History {
  package let file: HistoryFile?
  /// Names the session in the file.
  package let session: String
  /// This session's cells and commands, oldest first; nothing twice in a row.
  package private(set) var own: [String] = []
  /// Why cells are not being kept, if they are not.
  package private(set) var failure: String?
  private var older: HistoryLog?
  /// The file's size when the session began.
  private let limit: Int

  package init(file: HistoryFile?) {
    self.file = file
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    session = String(time.tv_sec * 1000 + time.tv_nsec / 1_000_000, radix: 36) + "-" + String(getpid(), radix: 36)
    var status = stat()
    limit = file.map { stat($0.path, &status) == 0 ? Int(status.st_size) : 0 } ?? 0
  }

  /// Takes note of what was typed as cell `number`.
  package func add(_ text: String, number: Int) {
    guard !text.isEmpty, own.last != text else { return }
    own.append(text)
    guard let file else { return }
    let error = file.append(.init(seconds: time(nil), session: session, number: number, text: text))
    if let error, failure == nil { failure = "\(file.path): \(String(cString: strerror(error)))" }
  }

  /// How many entries can be recalled.
  package var count: Int { own.count + olderLog.count }

  /// The entry `back` steps from the newest, which is 0.
  package func text(back: Int) -> String? {
    guard back >= 0 else { return nil }
    if back < own.count { return own[own.count - 1 - back] }
    let log = olderLog
    let index = log.count - 1 - (back - own.count)
    return index >= 0 ? log.text(index) : nil
  }

  /// The first entry from `back` on, towards older or newer ones, that holds `pattern`.
  package func find(_ pattern: String, from back: Int, older: Bool, ignoringCase: Bool) -> Int? {
    let wanted = Array((ignoringCase ? pattern.lowercased() : pattern).utf8)
    // Beyond ASCII a look at the bytes decides nothing.
    let isPlain = wanted.allSatisfy { $0 < 0x80 }
    let log = olderLog
    var back = back
    while back >= 0, back < own.count + log.count {
      let index = log.count - 1 - (back - own.count)
      if back < own.count || !isPlain || log.mayContain(index, wanted, ignoringCase: ignoringCase),
        let text = text(back: back),
        (ignoringCase ? text.lowercased() : text).contains(pattern: wanted)
      {
        return back
      }
      back += older ? 1 : -1
    }
    return nil
  }

  /// Everything in the file now, other shells' cells too.
  package func all() -> HistoryLog { file?.read() ?? HistoryLog([]) }

  /// The file as it was when the session began.
  package var olderLog: HistoryLog {
    if let older { return older }
    let log: HistoryLog
    if let file, limit > 0, let bytes = try? readPrefix(of: file.path, limit) {
      log = HistoryLog(bytes)
    } else {
      log = HistoryLog([])
    }
    older = log
    return log
  }

  private struct Unreadable: Error {}

  private func readPrefix(of path: String, _ count: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Unreadable() }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = read(descriptor, buffer.baseAddress! + filled, count - filled)
        if got > 0 { filled += got } else if got == 0 || errno != EINTR { break }
      }
    }
  }
}

extension String {
  fileprivate func contains(pattern: [UInt8]) -> Bool {
    ByteSearch.contains(Array(utf8)[...], pattern, ignoringCase: false)
  }
}
