import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// NumPy's legacy `RandomState` stream: MT19937 and the draws built on it, value for value
/// (numpy/random/src/legacy/legacy-distributions.c).
final class LegacyStream: ChangingContents, RandomStream {
  private var key = [UInt32](repeating: 0, count: 624)
  private var position = 624
  private var savedGauss: Double?

  init(seed: UInt32) {
    super.init()
    reseed(seed)
  }

  override var contents: Any {
    get { (key, position, savedGauss) }
    set {
      if let (key, position, gauss) = newValue as? ([UInt32], Int, Double?) {
        (self.key, self.position, savedGauss) = (key, position, gauss)
      }
    }
  }

  override func isSame(as contents: Any) -> Bool {
    (contents as? ([UInt32], Int, Double?)).map { $0 == (key, position, savedGauss) } ?? false
  }

  func reseed(_ seed: UInt32) {
    willReset()
    var s = seed
    for i in 0..<624 {
      key[i] = s
      s = 1_812_433_253 &* (s ^ (s >> 30)) &+ UInt32(i) &+ 1
    }
    position = 624
    savedGauss = nil
  }

  /// The seeding by an array of words (`init_by_array`).
  func reseed(_ words: [UInt32]) {
    reseed(19_650_218)
    var (i, j) = (1, 0)
    for _ in 0..<max(624, words.count) {
      key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) &* 1_664_525)) &+ words[j] &+ UInt32(j)
      i += 1
      j += 1
      if i >= 624 {
        key[0] = key[623]
        i = 1
      }
      if j >= words.count { j = 0 }
    }
    for _ in 0..<623 {
      key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) &* 1_566_083_941)) &- UInt32(i)
      i += 1
      if i >= 624 {
        key[0] = key[623]
        i = 1
      }
    }
    key[0] = 0x8000_0000
    position = 624
  }

  private func refill() {
    for k in 0..<624 {
      let y = (key[k] & 0x8000_0000) | (key[(k + 1) % 624] & 0x7FFF_FFFF)
      key[k] = key[(k + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
    }
    position = 0
  }

  func next32() -> UInt32 {
    willChange()
    if position == 624 { refill() }
    var y = key[position]
    position += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9D2C_5680
    y ^= (y << 15) & 0xEFC6_0000
    return y ^ (y >> 18)
  }

  func next64() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  func double() -> Double {
    let a = Double(next32() >> 5)
    let b = Double(next32() >> 6)
    return (a * 67_108_864 + b) / 9_007_199_254_740_992
  }

  /// Marsaglia's polar method; the second value is kept.
  func gauss() -> Double {
    if let saved = savedGauss {
      willChange()
      savedGauss = nil
      return saved
    }
    while true {
      let x1 = 2 * double() - 1
      let x2 = 2 * double() - 1
      let r2 = x1 * x1 + x2 * x2
      if r2 >= 1 || r2 == 0 { continue }
      let f = sqrt(-2 * log(r2) / r2)
      savedGauss = f * x1
      return f * x2
    }
  }

  /// 0...most, by masking and rejection.
  func interval(_ most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    var mask = most
    for shift in [1, 2, 4, 8, 16, 32] { mask |= mask >> UInt64(shift) }
    while true {
      let value = (most <= 0xFFFF_FFFF ? UInt64(next32()) : next64()) & mask
      if value <= most { return value }
    }
  }

  func wide(_ most: UInt64) -> UInt64 { interval(most) }
  var isLegacy: Bool { true }

  func exponential() -> Double { -log(1 - double()) }

  /// All the stream depends on, for `get_state`.
  var state: ([UInt32], Int, Double?) {
    get { (key, position, savedGauss) }
    set {
      willReset()
      (key, position, savedGauss) = newValue
    }
  }
}
