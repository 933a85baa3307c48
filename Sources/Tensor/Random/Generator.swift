import CKernels

/// PyTorch's CPU random generator (MT19937): the same seed gives the same numbers, value for value.
///
/// Beside the twister's words it keeps the second value of a Box–Muller pair, which survives across calls and dtypes.
package final class Generator: ChangingContents {
  /// The seed of a new `torch.Generator()`.
  package static let defaultSeed: UInt64 = 67_280_421_310_721
  /// The generator that `torch.manual_seed` seeds; until then it starts from the process's seed.
  nonisolated(unsafe) package static var global = Generator(seed: Entropy.processSeed)

  private let words: UnsafeMutablePointer<tnb_generator>

  /// The state, for what draws from it or sets it.
  @inline(__always) package var state: UnsafeMutablePointer<tnb_generator> {
    willChange()
    return words
  }

  package override var contents: Any {
    get { words.pointee }
    set { if let state = newValue as? tnb_generator { words.pointee = state } }
  }

  package override func isSame(as contents: Any) -> Bool {
    (contents as? tnb_generator).map { Snapshot(state: $0) == Snapshot(state: words.pointee) } ?? false
  }

  /// What `initial_seed()` gives.
  package var seed: UInt64 { words.pointee.seed }

  package init(seed: UInt64 = Generator.defaultSeed) {
    words = .allocate(capacity: 1)
    words.initialize(to: tnb_generator())
    tnb_generator_seed(words, seed)
  }

  deinit { words.deallocate() }

  /// Restarts the stream, as `manual_seed`: only the low 32 bits choose it.
  package func manualSeed(_ seed: UInt64) {
    willReset()
    tnb_generator_seed(words, seed)
  }

  /// Restarts from a seed that nobody chose, as `torch.seed()`, and gives it.
  package func seedFromEntropy() -> UInt64 {
    let seed = UInt64(Entropy.shared.next())
    manualSeed(seed)
    return seed
  }

  package func random32() -> UInt32 { tnb_random32(state) }
  package func random64() -> UInt64 { tnb_random64(state) }
  /// 53 random bits in [0, 1).
  package func randomDouble() -> Double { tnb_random_double(state) }

  /// All that the stream depends on; taking and restoring it costs a copy of 2.5 KB.
  package struct Snapshot: Equatable {
    fileprivate let state: tnb_generator

    package static func == (a: Snapshot, b: Snapshot) -> Bool {
      // Up to the last member: what fills the struct up is not kept by a copy.
      let count = MemoryLayout<tnb_generator>.offset(of: \.has_cached_normal)! + 1
      return withUnsafeBytes(of: a.state) { a in
        withUnsafeBytes(of: b.state) { b in a.prefix(count).elementsEqual(b.prefix(count)) }
      }
    }
  }

  package var snapshot: Snapshot {
    get { Snapshot(state: words.pointee) }
    set { state.pointee = newValue.state }
  }

  /// The bytes of `torch.get_rng_state()`, a uint8 tensor of 5056 elements.
  package func stateTensor() throws(TensorError) -> Tensor {
    Changes.noteRead(self)
    let bytes = try Tensor(empty: [Int(tnb_generator_state_bytes)], .uint8)
    tnb_generator_save(words, bytes.pointer(UInt8.self))
    return bytes
  }

  /// Takes a state made by `stateTensor()`; another tensor is refused with PyTorch's words.
  package func restore(fromStateTensor tensor: Tensor) throws(TensorError) {
    guard tensor.dtype == .uint8 else { throw .type("RNG state must be a torch.ByteTensor") }
    guard tensor.count == Int(tnb_generator_state_bytes) else {
      throw .runtime(
        "Expected a CPUGeneratorImplState of size \(tnb_generator_state_bytes) but found the input RNG state size to be \(tensor.count)"
      )
    }
    guard tensor.isContiguous else { throw .runtime("RNG state must be contiguous") }
    willReset()
    guard tnb_generator_load(words, tensor.pointer(UInt8.self)) else {
      throw .runtime("Invalid mt19937 state")
    }
  }
}
