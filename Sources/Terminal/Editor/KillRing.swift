/// What was killed last, to be yanked back.
struct KillRing {
  private var entries: [[UInt32]] = []
  /// How far back the entry is that was yanked last.
  private var position = 0
  private static let limit = 60

  /// Keeps a killed text; kills one after another make up one entry.
  mutating func add(_ text: [UInt32], backward: Bool, continuing: Bool) {
    guard !text.isEmpty else { return }
    if continuing, let last = entries.popLast() {
      entries.append(backward ? text + last : last + text)
    } else {
      entries.append(text)
      if entries.count > KillRing.limit { entries.removeFirst() }
    }
    position = 0
  }

  /// The newest entry.
  mutating func yank() -> [UInt32]? {
    position = 0
    return entries.last
  }

  /// The entry before the one that was given last, around the ring.
  mutating func earlier() -> [UInt32]? {
    guard !entries.isEmpty else { return nil }
    position = (position + 1) % entries.count
    return entries[entries.count - 1 - position]
  }
}
