import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// NumPy's `default_rng`: PCG64 (XSL-RR on 128 bits) seeded through a SeedSequence, with the ziggurat for normals.
final class PermutedStream: ChangingContents, RandomStream {
  private var state: UInt128
  private var increment: UInt128
  private var spare: UInt32?

  private static let multiplier = UInt128(2_549_297_995_355_413_924) << 64 | UInt128(4_865_540_595_714_422_341)

  init(entropy: [UInt32]) {
    let words = SeedSequence(entropy).generate(8)
    func quad(_ i: Int) -> UInt128 {
      let a = UInt128(words[i]) | UInt128(words[i + 1]) << 32
      let b = UInt128(words[i + 2]) | UInt128(words[i + 3]) << 32
      return a << 64 | b
    }
    let (seed, sequence) = (quad(0), quad(4))
    increment = sequence << 1 | 1
    state = 0
    super.init()
    step()
    state = state &+ seed
    step()
  }

  override var contents: Any {
    get { (state, increment, spare) }
    set { if let (a, b, c) = newValue as? (UInt128, UInt128, UInt32?) { (state, increment, spare) = (a, b, c) } }
  }

  private func step() { state = state &* PermutedStream.multiplier &+ increment }

  func next64() -> UInt64 {
    willChange()
    step()
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let rotation = UInt64(truncatingIfNeeded: state >> 122)
    return folded >> rotation | folded << ((64 &- rotation) & 63)
  }

  func next32() -> UInt32 {
    if let kept = spare {
      willChange()
      spare = nil
      return kept
    }
    let value = next64()
    spare = UInt32(truncatingIfNeeded: value >> 32)
    return UInt32(truncatingIfNeeded: value)
  }

  func double() -> Double { Double(next64() >> 11) * (1.0 / 9_007_199_254_740_992) }

  /// 0...most, by Lemire's multiplication.
  func bounded(_ most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    if most <= 0xFFFF_FFFF {
      if most == 0xFFFF_FFFF { return UInt64(next32()) }
      let range = UInt32(most + 1)
      var m = UInt64(next32()) * UInt64(range)
      var left = UInt32(truncatingIfNeeded: m)
      if left < range {
        let threshold = (UInt32.max - UInt32(most)) % range
        while left < threshold {
          m = UInt64(next32()) * UInt64(range)
          left = UInt32(truncatingIfNeeded: m)
        }
      }
      return m >> 32
    }
    if most == UInt64.max { return next64() }
    let range = most + 1
    var (high, low) = next64().multipliedFullWidth(by: range)
    if low < range {
      let threshold = (UInt64.max - most) % range
      while low < threshold { (high, low) = next64().multipliedFullWidth(by: range) }
    }
    return high
  }

  /// 0...most, by masking and rejection: what shuffling draws.
  func interval(_ most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    var mask = most
    for shift in [1, 2, 4, 8, 16, 32] { mask |= mask >> UInt64(shift) }
    while true {
      let value = (most <= 0xFFFF_FFFF ? UInt64(next32()) : next64()) & mask
      if value <= most { return value }
    }
  }

  /// Different positions below `n`: Floyd's algorithm, or the tail of a shuffle where many of many are wanted.
  func sample(_ n: Int, _ wanted: Int, shuffled: Bool) -> [Int] {
    var places: [Int] = []
    if n > 10_000 && wanted > n / (shuffled ? 50 : 20) {
      places = Array(0..<n)
      var i = n - 1
      while i >= max(n - wanted, 1) {
        places.swapAt(i, Int(bounded(UInt64(i))))
        i -= 1
      }
      return Array(places.suffix(wanted))
    }
    var seen = Set<Int>()
    for j in (n - wanted)..<n {
      let value = Int(bounded(UInt64(j)))
      places.append(seen.insert(value).inserted ? value : j)
      if places[places.count - 1] == j { seen.insert(j) }
    }
    if shuffled {
      for i in stride(from: wanted - 1, to: 0, by: -1) { places.swapAt(i, Int(bounded(UInt64(i)))) }
    }
    return places
  }

  func wide(_ most: UInt64) -> UInt64 { bounded(most) }
  var isLegacy: Bool { false }

  func float() -> Float { Float(next32() >> 8) * (1 / 16_777_216) }

  func exponential() -> Double {
    while true {
      var r = next64() >> 3
      let index = Int(r & 0xFF)
      r >>= 8
      let x = Double(r) * ExponentialZiggurat.w[index]
      if r < ExponentialZiggurat.k[index] { return x }
      if index == 0 { return ExponentialZiggurat.r - log1p(-double()) }
      let (f, g) = (ExponentialZiggurat.f[index - 1], ExponentialZiggurat.f[index])
      if (f - g) * double() + g < exp(-x) { return x }
    }
  }

  /// Single precision, of half as many bits.
  func floatGauss() -> Float {
    while true {
      let r = next32()
      let index = Int(r & 0xFF)
      let magnitude = (r >> 9) & 0x007F_FFFF
      var x = Float(magnitude) * Float(Ziggurat.w[index] * 536_870_912)
      if (r >> 8) & 1 == 1 { x = -x }
      if magnitude < UInt32(Ziggurat.k[index] >> 29) { return x }
      if index == 0 {
        while true {
          let xx = -(1 / Float(Ziggurat.r)) * log1pf(-float())
          let yy = -log1pf(-float())
          if yy + yy > xx * xx {
            let far = Float(Ziggurat.r) + xx
            return (magnitude >> 8) & 1 == 1 ? -far : far
          }
        }
      }
      let (f, g) = (Float(Ziggurat.f[index - 1]), Float(Ziggurat.f[index]))
      if (f - g) * float() + g < expf(-0.5 * x * x) { return x }
    }
  }

  func gauss() -> Double {
    while true {
      var r = next64()
      let index = Int(r & 0xFF)
      r >>= 8
      let sign = r & 1
      let magnitude = (r >> 1) & 0x000F_FFFF_FFFF_FFFF
      var x = Double(magnitude) * Ziggurat.w[index]
      if sign == 1 { x = -x }
      if magnitude < Ziggurat.k[index] { return x }
      if index == 0 {
        while true {
          let xx = -(1 / Ziggurat.r) * log1p(-double())
          let yy = -log1p(-double())
          if yy + yy > xx * xx { return (magnitude >> 8) & 1 == 1 ? -(Ziggurat.r + xx) : Ziggurat.r + xx }
        }
      }
      if (Ziggurat.f[index - 1] - Ziggurat.f[index]) * double() + Ziggurat.f[index] < exp(-0.5 * x * x) { return x }
    }
  }
}
