import Glibc

/// SHA-512 (FIPS 180-4), which Python seeds its generator from strings with.
enum SHA512 {
  /// The fractional bits of the cube roots of the first 80 primes.
  private static let constants: [UInt64] = primes(80).map { fractionalRoot($0, cube: true) }
  /// The fractional bits of the square roots of the first 8 primes.
  private static let initial: [UInt64] = primes(8).map { fractionalRoot($0, cube: false) }

  private static func primes(_ count: Int) -> [UInt64] {
    var found: [UInt64] = []
    var n: UInt64 = 2
    while found.count < count {
      if !found.contains(where: { n % $0 == 0 }) { found.append(n) }
      n += 1
    }
    return found
  }

  /// floor(root(n) × 2^64) without its whole part, found bit by bit.
  private static func fractionalRoot(_ n: UInt64, cube: Bool) -> UInt64 {
    // x is the root scaled by 2^64; whole part below 2^5, so x fits in 70 bits, kept as (high, low).
    var x = Wide(0)
    for bit in stride(from: 68, through: 0, by: -1) {
      let candidate = x.setting(bit)
      let power = cube ? candidate.times(candidate).times(candidate) : candidate.times(candidate)
      if power.isAtMost(n, shifted: cube ? 192 : 128) { x = candidate }
    }
    return x.low
  }

  /// An unsigned number of 256 bits, for the roots only.
  private struct Wide {
    var words: [UInt64]
    init(_ low: UInt64) { words = [low, 0, 0, 0] }
    var low: UInt64 { words[0] }

    func setting(_ bit: Int) -> Wide {
      var result = self
      result.words[bit / 64] |= 1 << UInt64(bit % 64)
      return result
    }

    func times(_ other: Wide) -> Wide {
      var result = Wide(0)
      for i in 0..<4 {
        var carry: UInt64 = 0
        for j in 0..<(4 - i) {
          let (high, low) = words[i].multipliedFullWidth(by: other.words[j])
          let (s1, o1) = result.words[i + j].addingReportingOverflow(low)
          let (s2, o2) = s1.addingReportingOverflow(carry)
          result.words[i + j] = s2
          carry = high &+ (o1 ? 1 : 0) &+ (o2 ? 1 : 0)
        }
      }
      return result
    }

    /// self <= n × 2^shift, with shift a multiple of 64.
    func isAtMost(_ n: UInt64, shifted shift: Int) -> Bool {
      var other = Wide(0)
      other.words[shift / 64] = n
      for i in stride(from: 3, through: 0, by: -1) where words[i] != other.words[i] {
        return words[i] < other.words[i]
      }
      return true
    }
  }

  static func digest(_ message: [UInt8]) -> [UInt8] {
    var padded = message + [0x80]
    while padded.count % 128 != 112 { padded.append(0) }
    padded += [UInt8](repeating: 0, count: 8)
    let bits = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    var h = initial
    for start in stride(from: 0, to: padded.count, by: 128) { block(padded[start..<(start + 128)], &h) }
    return h.flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  private static func block(_ bytes: ArraySlice<UInt8>, _ h: inout [UInt64]) {
    func rotate(_ x: UInt64, _ n: UInt64) -> UInt64 { (x >> n) | (x << (64 - n)) }
    var w = [UInt64](repeating: 0, count: 80)
    for t in 0..<16 {
      for k in 0..<8 { w[t] = w[t] << 8 | UInt64(bytes[bytes.startIndex + t * 8 + k]) }
    }
    for t in 16..<80 {
      let s0 = rotate(w[t - 15], 1) ^ rotate(w[t - 15], 8) ^ (w[t - 15] >> 7)
      let s1 = rotate(w[t - 2], 19) ^ rotate(w[t - 2], 61) ^ (w[t - 2] >> 6)
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    var v = h
    for t in 0..<80 {
      let s1 = rotate(v[4], 14) ^ rotate(v[4], 18) ^ rotate(v[4], 41)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let t1 = v[7] &+ s1 &+ choice &+ constants[t] &+ w[t]
      let s0 = rotate(v[0], 28) ^ rotate(v[0], 34) ^ rotate(v[0], 39)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      v = [t1 &+ s0 &+ majority, v[0], v[1], v[2], v[3] &+ t1, v[4], v[5], v[6]]
    }
    for i in 0..<8 { h[i] = h[i] &+ v[i] }
  }
}
