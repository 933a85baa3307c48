import Glibc

/// MT19937 with CPython's ways of seeding and drawing.
struct MersenneTwister {
  static let size = 624
  private(set) var state = [UInt32](repeating: 0, count: size)
  private(set) var index = size

  /// Seeds from 32-bit words, the lowest first (`init_by_array` of the authors' reference code).
  init(key: [UInt32]) {
    seed(19_650_218)
    let n = MersenneTwister.size
    var i = 1
    var j = 0
    for _ in 0..<max(n, key.count) {
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_664_525
      state[i] = (state[i] ^ mixed) &+ key[j] &+ UInt32(truncatingIfNeeded: j)
      i += 1
      j += 1
      if i >= n {
        state[0] = state[n - 1]
        i = 1
      }
      if j >= key.count { j = 0 }
    }
    for _ in 0..<(n - 1) {
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_566_083_941
      state[i] = (state[i] ^ mixed) &- UInt32(truncatingIfNeeded: i)
      i += 1
      if i >= n {
        state[0] = state[n - 1]
        i = 1
      }
    }
    state[0] = 0x8000_0000
    index = n
  }

  private mutating func seed(_ s: UInt32) {
    state[0] = s
    for i in 1..<MersenneTwister.size {
      state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i)
    }
  }

  /// Goes back to a state; nil when it is none.
  init?(state: [UInt32], index: Int) {
    guard state.count == MersenneTwister.size, (0...MersenneTwister.size).contains(index) else { return nil }
    self.state = state
    self.index = index
  }

  mutating func next32() -> UInt32 {
    if index >= MersenneTwister.size { refill() }
    var y = state[index]
    index += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9D2C_5680
    y ^= (y << 15) & 0xEFC6_0000
    y ^= y >> 18
    return y
  }

  private mutating func refill() {
    let n = MersenneTwister.size
    let m = 397
    state.withUnsafeMutableBufferPointer { s in
      for k in 0..<n {
        let y = (s[k] & 0x8000_0000) | (s[(k + 1) % n] & 0x7FFF_FFFF)
        s[k] = s[(k + m) % n] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
      }
    }
    index = 0
  }

  /// 53 random bits in [0, 1).
  mutating func nextDouble() -> Double {
    let a = Double(next32() >> 5)
    let b = Double(next32() >> 6)
    return (a * 67_108_864 + b) * (1 / 9_007_199_254_740_992)
  }
}
