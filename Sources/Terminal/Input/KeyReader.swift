import CKernels
import Glibc

/// Reads keys from the terminal byte by byte: what is typed after the last key of a cell stays for whoever reads next.
final class KeyReader {
  enum Key: Equatable {
    case scalar(UInt32)
    /// A key that sends several characters, from its escape on.
    case sequence([UInt32])
    /// What stood between the marks of a bracketed paste.
    case paste([UInt8])
    case resized
    /// The process was stopped and goes on.
    case continued
    /// SIGINT from elsewhere: the key itself is a character here.
    case interrupted
    case end
  }

  private let descriptor: Int32
  /// Read, and not used yet: what followed an escape or half a character.
  private var ahead: ArraySlice<UInt8> = []

  /// How long a lone escape waits for the rest of a sequence, in milliseconds.
  private static let escapeDelay: Int32 = 40
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether a key can be read at once: then drawing can wait.
  var hasInput: Bool {
    if !ahead.isEmpty { return true }
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) > 0
  }

  /// Forgets interrupts and the like that came while nobody read. An interrupt takes what was typed ahead with it.
  func dropEvents() {
    if tnb_terminal_take_events() & 4 != 0 { ahead = [] }
  }

  /// After a suspension: the signal that ended it may reach its handler, on another thread, a moment later.
  func awaitContinue() {
    for _ in 0..<20 {
      var poll = pollfd(fd: tnb_terminal_event_descriptor(), events: Int16(POLLIN), revents: 0)
      if Glibc.poll(&poll, 1, 10) > 0, tnb_terminal_take_events() & 2 != 0 { return }
    }
  }

  /// The next line without its ending, as a terminal that edits by itself sends it.
  func line() -> Line {
    var bytes: [UInt8] = []
    while true {
      switch byte(waiting: -1) {
      case .byte(0x0A): return .text(bytes)
      case .byte(let byte): bytes.append(byte)
      case .event(.interrupted): return .interrupted
      case .event: break
      case .end, .timeout: return bytes.isEmpty ? .end : .text(bytes)
      }
    }
  }

  enum Line {
    case text([UInt8])
    case interrupted
    case end
  }

  func next() -> Key {
    switch byte(waiting: -1) {
    case .byte(0x1B): return escape()
    case .byte(let first): return .scalar(scalar(from: first))
    case .event(let key): return key
    case .end, .timeout: return .end
    }
  }

  private enum Read {
    case byte(UInt8)
    case timeout
    case event(Key)
    case end
  }

  /// One byte; waits at most `milliseconds`, for ever when negative. Only an endless wait is interrupted by events.
  private func byte(waiting milliseconds: Int32) -> Read {
    if let byte = ahead.popFirst() { return .byte(byte) }
    while true {
      var polls = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: tnb_terminal_event_descriptor(), events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&polls, milliseconds < 0 ? 2 : 1, milliseconds)
      if count == 0 { return .timeout }
      if count < 0 {
        if errno == EINTR { continue }
        return .end
      }
      if polls[1].revents != 0 {
        let events = tnb_terminal_take_events()
        if events & 2 != 0 { return .event(.continued) }
        if events & 4 != 0 { return .event(.interrupted) }
        if events & 1 != 0 { return .event(.resized) }
        continue
      }
      var byte: UInt8 = 0
      let got = read(descriptor, &byte, 1)
      if got == 1 { return .byte(byte) }
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      return .end
    }
  }

  /// A character from its first byte; what is no UTF-8 becomes U+FFFD.
  private func scalar(from first: UInt8) -> UInt32 {
    if first < 0x80 { return UInt32(first) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5 else { return 0xFFFD }
    var bytes = [first]
    while bytes.count < length {
      guard case .byte(let next) = byte(waiting: KeyReader.escapeDelay) else { return 0xFFFD }
      guard next & 0xC0 == 0x80 else {
        ahead = [next] + ahead
        return 0xFFFD
      }
      bytes.append(next)
    }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
  }

  private func escape() -> Key {
    guard case .byte(let second) = byte(waiting: KeyReader.escapeDelay) else { return .sequence([0x1B]) }
    switch second {
    case UInt8(ascii: "["):
      var sequence: [UInt32] = [0x1B, UInt32(second)]
      while sequence.count < 32, case .byte(let next) = byte(waiting: KeyReader.escapeDelay) {
        sequence.append(UInt32(next))
        if (0x40...0x7E).contains(next), !(next == UInt8(ascii: "[") && sequence.count == 3) { break }
      }
      return sequence == KeyReader.pasteStart ? .paste(paste()) : .sequence(sequence)
    case UInt8(ascii: "O"):
      guard case .byte(let third) = byte(waiting: KeyReader.escapeDelay) else { return .sequence([0x1B, 0x4F]) }
      return .sequence([0x1B, 0x4F, UInt32(third)])
    case 0x1B:
      ahead = [second] + ahead
      return .sequence([0x1B])
    default:
      return .sequence([0x1B, scalar(from: second)])
    }
  }

  private static let pasteStart: [UInt32] = "\u{1B}[200~".unicodeScalars.map(\.value)

  /// Reads up to the mark that ends a paste, byte by byte too: what is typed behind it stays with the terminal, which throws it
  /// away when Ctrl-C comes. A terminal that dies in between ends a paste.
  private func paste() -> [UInt8] {
    var bytes = Array(ahead)
    ahead = []
    while !bytes.ends(with: KeyReader.pasteEnd) {
      var next: UInt8 = 0
      let count = read(descriptor, &next, 1)
      if count == 1 {
        bytes.append(next)
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        return bytes
      }
    }
    bytes.removeLast(KeyReader.pasteEnd.count)
    return bytes
  }
}

extension Array where Element == UInt8 {
  fileprivate func ends(with end: [UInt8]) -> Bool { last == end.last && suffix(end.count).elementsEqual(end) }
}
