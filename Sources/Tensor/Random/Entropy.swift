import CKernels

/// Where random numbers come from that nobody seeded: `torch.seed()`, `np.random.default_rng()`, `random.Random()`, and the
/// streams that the modules begin with.
///
/// All follow from one seed, so that a notebook that keeps it replays with the same numbers.
package final class Entropy: ChangingContents {
  /// What the system gave this process: 32 bits, since no more of a seed take part in torch's generator.
  package static let processSeed = systemSeed()
  nonisolated(unsafe) package static let shared = Entropy(seed: processSeed)

  /// What the numbers follow from.
  package private(set) var seed: UInt64
  private var state: UInt64
  /// Streams that began with `word(for:index:)`.
  private var streams = Set<ObjectIdentifier>()

  private init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  package override var contents: Any {
    get { (seed, state) }
    set { if let (seed, state) = newValue as? (UInt64, UInt64) { (self.seed, self.state) = (seed, state) } }
  }

  package override func isSame(as contents: Any) -> Bool {
    (contents as? (UInt64, UInt64)).map { $0 == (seed, state) } ?? false
  }

  /// Begins anew.
  package func start(seed: UInt64) {
    willReset()
    self.seed = seed
    state = seed
  }

  /// A seed from the system, that a notebook can write down.
  package static func systemSeed() -> UInt64 { UInt64(tnb_entropy()) }

  /// The next number.
  package func next() -> UInt32 {
    willChange()
    state &+= Entropy.increment
    return Entropy.mixed(state)
  }

  /// A number for a stream that a module begins with: it depends on the stream's name alone, not on what was drawn before.
  package func word(for stream: AnyObject, named name: StaticString, index: Int = 0) -> UInt32 {
    streams.insert(ObjectIdentifier(stream))
    // FNV-1a.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for i in 0..<name.utf8CodeUnitCount { hash = (hash ^ UInt64(name.utf8Start[i])) &* 0x100_0000_01B3 }
    return Entropy.mixed(seed &+ hash &+ UInt64(index) &* Entropy.increment)
  }

  /// Whether what a stream draws follows from the seed as long as nobody seeds it.
  package func feeds(_ stream: AnyObject) -> Bool {
    stream === self || stream === Generator.global || streams.contains(ObjectIdentifier(stream))
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The output function of SplitMix64 (Steele, Lea, Flood 2014), its high half.
  private static func mixed(_ state: UInt64) -> UInt32 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt32(truncatingIfNeeded: (z ^ (z >> 31)) >> 32)
  }
}
