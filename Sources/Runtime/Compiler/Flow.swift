/// Which locals certainly have a value at a point of the code, and whether the point can be reached.
struct Flow {
  private(set) var isReachable = true
  private var words: [UInt64] = []

  mutating func assign(_ register: Int) {
    let word = register >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(register & 63)
  }

  func isAssigned(_ register: Int) -> Bool {
    let word = register >> 6
    return word < words.count && words[word] & 1 << UInt64(register & 63) != 0
  }

  mutating func unassign(_ register: Int) {
    let word = register >> 6
    if word < words.count { words[word] &= ~(1 << UInt64(register & 63)) }
  }

  /// After `return`, `raise`, `break`, `continue`.
  mutating func stop() { isReachable = false }

  /// Two paths join: what both assign stays assigned; a path that cannot be taken does not count.
  mutating func join(_ other: Flow) {
    guard other.isReachable else { return }
    guard isReachable else {
      self = other
      return
    }
    if words.count > other.words.count { words.removeLast(words.count - other.words.count) }
    for i in words.indices { words[i] &= other.words[i] }
  }

  /// A path that cannot be taken: the neutral element of `join`.
  static var unreachable: Flow {
    var flow = Flow()
    flow.isReachable = false
    return flow
  }
}
