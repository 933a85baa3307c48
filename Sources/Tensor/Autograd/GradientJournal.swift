/// Notes of where gradients come from, for `%why`. A shell keeps one; elsewhere `current` is nil and nothing is noted.
///
/// In a training loop a note adds to the last entry of a short list, and a reset empties a list without freeing it.
package final class GradientJournal {
  @exclusivity(unchecked) nonisolated(unsafe) package static var current: GradientJournal?

  /// Where the program is, as a number that its giver can tell the place by; equal for equal places.
  private let place: () -> Int
  /// Where backward ran, and how often.
  package private(set) var backwardCalls = GradientHistory.Counts()
  private var backwardPlace = 0
  /// Every leaf's history, while the leaf lives: to find whose gradient a tensor is.
  private var histories: [Unmanaged<GradientHistory>] = []
  /// Loops reset gradients in one order: the search goes on from the last hit.
  private var lastFound = 0

  package init(place: @escaping () -> Int) { self.place = place }

  /// `backward` begins.
  @inline(never) final func beginBackward() {
    backwardPlace = place()
    backwardCalls.add(backwardPlace)
  }

  /// A gradient was added to the leaf that `meta` belongs to.
  @inline(never) final func accumulated(_ meta: AutogradMeta) {
    let history = meta.history ?? begin(meta)
    history.since.add(backwardPlace)
    history.ever.add(backwardPlace)
    history.version = meta.grad?.storage.version ?? 0
  }

  private func begin(_ meta: AutogradMeta) -> GradientHistory {
    let history = GradientHistory(meta, self, index: histories.count)
    histories.append(.passUnretained(history))
    meta.history = history
    return history
  }

  /// A tensor was set to zero: perhaps a gradient.
  @inline(never) final func zeroed(_ tensor: Tensor) {
    for step in 0..<histories.count {
      let i = (lastFound + 1 + step) % histories.count
      let isHit = histories[i]._withUnsafeGuaranteedRef { history -> Bool in
        guard history.gradient === tensor else { return false }
        history.reset(.zeroed, at: place())
        return true
      }
      if isHit {
        lastFound = i
        return
      }
    }
  }

  /// `.grad` of a leaf was set.
  @inline(never) final func assigned(_ meta: AutogradMeta, isNone: Bool) {
    (meta.history ?? begin(meta)).reset(isNone ? .setToNone : .assigned, at: place())
  }

  /// The history's leaf is gone.
  fileprivate func forget(_ history: GradientHistory) {
    let last = histories.removeLast()
    guard history.index < histories.count else { return }
    histories[history.index] = last
    last._withUnsafeGuaranteedRef { $0.index = history.index }
  }
}

/// What happened to the gradient of one leaf.
package final class GradientHistory {
  /// How often something happened where.
  package struct Counts {
    package private(set) var entries: [(place: Int, count: Int)] = []

    package var total: Int { entries.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { entries.isEmpty }

    @inline(__always) mutating func add(_ place: Int) {
      for i in entries.indices.reversed() where entries[i].place == place {
        entries[i].count += 1
        return
      }
      entries.append((place, 1))
    }

    mutating func clear() { entries.removeAll(keepingCapacity: true) }
  }

  package enum Reset {
    /// `w.grad.zero_()`.
    case zeroed
    /// `w.grad = None`, `optimizer.zero_grad()`.
    case setToNone
    /// `w.grad = g`.
    case assigned
  }

  /// Gradients that were added since the last reset.
  package fileprivate(set) var since = Counts()
  /// Gradients that were ever added.
  package fileprivate(set) var ever = Counts()
  package private(set) var lastReset: (kind: Reset, place: Int)?
  /// How often the gradient was reset.
  package private(set) var resets = 0
  /// The storage's version after the last note: a later one means that something else changed the gradient.
  fileprivate var version = 0
  fileprivate var index: Int
  // The meta owns this; the journal outlives it, or is gone with what it noted.
  private unowned(unsafe) let meta: AutogradMeta
  private weak var journal: GradientJournal?

  fileprivate init(_ meta: AutogradMeta, _ journal: GradientJournal, index: Int) {
    self.meta = meta
    self.journal = journal
    self.index = index
  }

  deinit { journal?.forget(self) }

  fileprivate var gradient: Tensor? { meta.grad }

  fileprivate func reset(_ kind: Reset, at place: Int) {
    lastReset = (kind, place)
    resets += 1
    since.clear()
    version = meta.grad?.storage.version ?? 0
  }

  /// Whether the gradient was changed in place by something that is not noted: clipped, scaled.
  package var wasChangedInPlace: Bool { meta.grad.map { $0.storage.version != version } ?? false }
}

extension Tensor {
  /// What is known of where `.grad` comes from; nil where nothing was noted.
  package var gradientHistory: GradientHistory? { meta?.history }
}
