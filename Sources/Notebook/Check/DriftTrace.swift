import Language

/// Which of a notebook's failing cells came first, and which only follow.
struct DriftTrace {
  /// A cell that fails for no cell above it, as far as names and the random stream tell, and those that fail after it and use
  /// what it made. Indices count the cells that ran.
  struct Root: Equatable {
    let cell: Int
    var followers: [Int] = []
  }

  private(set) var roots: [Root] = []

  init(_ results: [Replay.Result], fails: (Int) -> Bool) {
    /// The roots that a name's value comes of.
    var taint: [String: Set<Int>] = [:]
    /// The names that a name's value was computed from.
    var origins: [String: Set<String>] = [:]
    /// What the functions defined so far read when they are called.
    var deferred: [String: Set<String>] = [:]
    var randomTaint: Set<Int> = []
    for (i, result) in results.enumerated() {
      guard let effects = CellEffects(result.source, functions: Set(deferred.keys)) else {
        if fails(i) { roots.append(Root(cell: i)) }
        continue
      }
      deferred.merge(effects.names.deferred) { $1 }
      let read = GlobalNames.closure(effects.names.mentioned, through: deferred)
      var reasons = read.reduce(into: Set<Int>()) { $0.formUnion(taint[$1] ?? []) }
      if result.drewRandomNumbers { reasons.formUnion(randomTaint) }
      if fails(i) {
        // Failing cells are few or nearly all; the first roots are the ones to look at.
        if reasons.isEmpty || roots.isEmpty {
          roots.append(Root(cell: i))
          reasons = [roots.count - 1]
        } else {
          for root in reasons { roots[root].followers.append(i) }
        }
      }
      let from = read.reduce(into: read) { $0.formUnion(origins[$1] ?? []) }
      for name in effects.names.bound {
        // A function that is defined does not use what it names before it is called.
        taint[name] = effects.names.deferred[name] == nil || fails(i) ? reasons : []
        origins[name] = from.subtracting([name])
      }
      guard !reasons.isEmpty else { continue }
      if result.drewRandomNumbers { randomTaint.formUnion(reasons) }
      for name in effects.changed {
        for other in (origins[name] ?? []).union([name]) where !effects.names.bound.contains(other) {
          taint[other, default: []].formUnion(reasons)
        }
      }
    }
  }
}
