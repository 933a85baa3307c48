/// Spreads a seed over as many words as a generator needs (numpy/random/bit_generator.pyx).
struct SeedSequence {
  private var pool = [UInt32](repeating: 0, count: 4)

  init(_ entropy: [UInt32]) {
    var hash: UInt32 = 0x43b0_d7e5
    func mixed(_ value: UInt32) -> UInt32 {
      var v = value ^ hash
      hash = hash &* 0x931e_8875
      v = v &* hash
      return v ^ (v >> 16)
    }
    func mix(_ x: UInt32, _ y: UInt32) -> UInt32 {
      let r = (0xca01_f9dd &* x) &- (0x4973_f715 &* y)
      return r ^ (r >> 16)
    }
    for i in 0..<4 { pool[i] = mixed(i < entropy.count ? entropy[i] : 0) }
    for source in 0..<4 {
      for target in 0..<4 where source != target { pool[target] = mix(pool[target], mixed(pool[source])) }
    }
    if entropy.count > 4 {
      for source in 4..<entropy.count {
        for target in 0..<4 { pool[target] = mix(pool[target], mixed(entropy[source])) }
      }
    }
  }

  func generate(_ count: Int) -> [UInt32] {
    var hash: UInt32 = 0x8b51_f9dd
    return (0..<count).map { i in
      var v = pool[i % 4] ^ hash
      hash = hash &* 0x58f3_8ded
      v = v &* hash
      return v ^ (v >> 16)
    }
  }
}
