/// Notes of where gradients come from, for `%why`. A shell keeps one; elsewhere `current` is nil and nothing is noted.
///
/// In a training loop a note adds to the last entry of a short list, and a reset empties a list without freeing it.
package final class GradientJournal: ChangingContents {
  package static var current: GradientJournal? {
    get { reference?.takeUnretainedValue() }
    set {
      held = newValue
      reference = newValue.map { .passUnretained($0) }
    }
  }

  nonisolated(unsafe) private static var held: GradientJournal?
  @exclusivity(unchecked) nonisolated(unsafe) private static var reference: Unmanaged<GradientJournal>?

  /// Hands over the journal, where there is one, without counting a reference.
  @inline(__always) static func note(_ body: (GradientJournal) -> Void) {
    if let reference { reference._withUnsafeGuaranteedRef(body) }
  }

  /// Where the program is, as a number that its giver can tell the place by; equal for equal places.
  private let place: () -> Int
  /// Where backward ran, and how often.
  @exclusivity(unchecked) package private(set) var backwardCalls = GradientHistory.Counts()
  @exclusivity(unchecked) private var backwardPlace = 0
  /// Every leaf's history, while the leaf lives: to find whose gradient a tensor is.
  @exclusivity(unchecked) private var histories: [Unmanaged<GradientHistory>] = []
  /// Loops reset gradients in one order: the search goes on from the last hit.
  @exclusivity(unchecked) private var lastFound = 0

  package init(place: @escaping () -> Int) {
    self.place = place
    super.init()
  }

  package override var contents: Any {
    get { backwardCalls }
    set { if let counts = newValue as? GradientHistory.Counts { backwardCalls = counts } }
  }

  package override var isBookkeeping: Bool { true }

  /// `backward` begins.
  @inline(never) final func beginBackward() {
    backwardPlace = place()
    willChange()
    backwardCalls.add(backwardPlace)
  }

  /// A gradient was added to the leaf that `meta` belongs to.
  @inline(never) final func accumulated(_ meta: AutogradMeta) {
    let history = meta.history ?? begin(meta)
    history.willChange()
    history.since.add(backwardPlace)
    history.ever.add(backwardPlace)
    history.version = meta.grad?.storage.version ?? 0
  }

  private func begin(_ meta: AutogradMeta) -> GradientHistory {
    // As if it had been there, empty: an undo of the cell goes back to that.
    let history = Changes.apart { GradientHistory(meta, self, index: histories.count) }
    histories.append(.passUnretained(history))
    meta.history = history
    return history
  }

  /// A tensor was set to zero: perhaps a gradient.
  @inline(never) final func zeroed(_ tensor: Tensor) {
    var i = lastFound
    for _ in 0..<histories.count {
      i += 1
      if i >= histories.count { i = 0 }
      guard histories[i]._withUnsafeGuaranteedRef({ $0.isGradient(tensor) }) else { continue }
      lastFound = i
      let place = place()
      return histories[i]._withUnsafeGuaranteedRef { $0.reset(.zeroed, at: place) }
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
package final class GradientHistory: ChangingContents {
  /// How often something happened where.
  package struct Counts {
    // Most have one place: it needs no array.
    private var firstPlace = -1
    private var firstCount = 0
    private var others: [(place: Int, count: Int)] = []

    package var entries: [(place: Int, count: Int)] { isEmpty ? [] : [(firstPlace, firstCount)] + others }
    package var total: Int { entries.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { firstPlace < 0 }

    @inline(__always) mutating func add(_ place: Int) {
      if place == firstPlace {
        firstCount &+= 1
      } else {
        addOther(place)
      }
    }

    @inline(never) private mutating func addOther(_ place: Int) {
      if isEmpty {
        (firstPlace, firstCount) = (place, 1)
      } else if let i = others.lastIndex(where: { $0.place == place }) {
        others[i].count += 1
      } else {
        others.append((place, 1))
      }
    }

    @inline(__always) mutating func clear() {
      firstPlace = -1
      if !others.isEmpty { others = [] }
    }
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
  @exclusivity(unchecked) package fileprivate(set) var since = Counts()
  /// Gradients that were ever added.
  @exclusivity(unchecked) package fileprivate(set) var ever = Counts()
  package private(set) var lastReset: (kind: Reset, place: Int)?
  /// How often the gradient was reset.
  package private(set) var resets = 0
  /// The storage's version after the last note: a later one means that something else changed the gradient.
  @exclusivity(unchecked) fileprivate var version = 0
  fileprivate var index: Int
  // The meta owns this; the journal outlives it, or is gone with what it noted.
  private unowned(unsafe) let meta: AutogradMeta
  private weak var journal: GradientJournal?

  fileprivate init(_ meta: AutogradMeta, _ journal: GradientJournal, index: Int) {
    self.meta = meta
    self.journal = journal
    self.index = index
    super.init()
  }

  package override var contents: Any {
    get { (since, ever, lastReset, resets, version) as Contents }
    set { if let kept = newValue as? Contents { (since, ever, lastReset, resets, version) = kept } }
  }

  private typealias Contents = (Counts, Counts, (kind: Reset, place: Int)?, Int, Int)

  package override var isBookkeeping: Bool { true }

  deinit { journal?.forget(self) }

  @inline(__always) fileprivate func isGradient(_ tensor: Tensor) -> Bool { meta.grad === tensor }

  fileprivate func reset(_ kind: Reset, at place: Int) {
    willChange()
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
