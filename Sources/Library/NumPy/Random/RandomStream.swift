import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Random words, and the numbers that every distribution is made of: the legacy stream's or those of `default_rng`.
protocol RandomStream: AnyObject {
  func next32() -> UInt32
  func next64() -> UInt64
  func double() -> Double
  func gauss() -> Double
  func exponential() -> Double
  /// 0...most from whole words of 32 or 64 bits.
  func wide(_ most: UInt64) -> UInt64
  /// `RandomState`'s formulas, which are kept as they were, rather than the newer ones.
  var isLegacy: Bool { get }
}

extension RandomStream {
  func poisson(_ lambda: Double) -> Int {
    if lambda == 0 { return 0 }
    if lambda >= 10 { return poissonTransformed(lambda) }
    let limit = exp(-lambda)
    var (x, product) = (0, 1.0)
    while true {
      product *= double()
      if product > limit { x += 1 } else { return x }
    }
  }

  /// Hörmann's transformed rejection (PTRS), for larger means.
  private func poissonTransformed(_ lambda: Double) -> Int {
    let slam = sqrt(lambda)
    let loglam = log(lambda)
    let b = 0.931 + 2.53 * slam
    let a = -0.059 + 0.02483 * b
    let invalpha = 1.1239 + 1.1328 / (b - 3.4)
    let vr = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = double() - 0.5
      let v = double()
      let us = 0.5 - fabs(u)
      let k = floor((2 * a / us + b) * u + lambda + 0.43)
      if us >= 0.07 && v <= vr { return Int(exactly: k) ?? Int.max }
      if k < 0 || (us < 0.013 && v > us) { continue }
      if log(v) + log(invalpha) - log(a / (us * us) + b) <= -lambda + k * loglam - lgamma(k + 1) {
        return Int(exactly: k) ?? Int.max
      }
    }
  }

  /// By inversion for a product of trials and probability up to 30, by rejection (BTPE) beyond.
  func binomial(_ n: Int, _ p: Double) -> Int {
    if n == 0 || p == 0 { return 0 }
    if p > 0.5 { return n - binomial(n, 1 - p) }
    if p * Double(n) > 30 { return BinomialRejection(n, p).draw { double() } }
    let q = 1 - p
    let qn = exp(Double(n) * log(q))
    let np = Double(n) * p
    let bound = Int(min(Double(n), np + 10 * sqrt(np * q + 1)))
    var (x, px, u) = (0, qn, double())
    while u > px {
      x += 1
      if x > bound {
        x = 0
        px = qn
        u = double()
      } else {
        u -= px
        px = Double(n - x + 1) * p * px / (Double(x) * q)
      }
    }
    return x
  }
}
