import CKernels

// Special functions, computed in float64 one element after another.

/// A special function of one number, and what its derivative is made of.
enum SpecialFunction: Int32 {
  case gammainc, gammaincc, zeta, ndtri, logNdtr, erfcx, i0e, i1, i1e

  /// Over the elements; of two tensors broadcast against each other.
  func apply(_ x: Tensor, _ y: Tensor? = nil) throws(TensorError) -> Tensor {
    let type = Promotion.floating(y.map { Promotion.result(x, $0) } ?? x.dtype)
    let shape = try y.map { (y) throws(TensorError) in try Dims.broadcast(x.shape, y.shape) } ?? x.shape
    func values(_ t: Tensor) throws(TensorError) -> [Double] {
      try Operations.withoutGrad { () throws(TensorError) in
        try Operations.expand(t.detach(), to: shape).dense(.float64).doubles()
      }
    }
    let a = try values(x)
    let b = try y.map { (y) throws(TensorError) in try values(y) }
    var results: [Double] = []
    results.reserveCapacity(a.count)
    for i in a.indices {
      if i & 4095 == 0 && tnb_interrupt_pending() != 0 { throw Interruption.error() }
      results.append(tnb_special(rawValue, a[i], b?[i] ?? 0))
    }
    return try Tensor.make(results, shape, .float64).copied(to: type)
  }
}

extension Operations {
  private static let sqrtTwoPi = 2.50662827463100050242

  /// A function of one tensor whose gradient is `slope` of the input and the result.
  private static func special(
    _ function: SpecialFunction, _ name: String, _ x: Tensor,
    _ slope: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    let output = try function.apply(x)
    if Autograd.isRecording(x) {
      Autograd.record(name, [x], output, saving: [x], savesOutput: true) { (c) throws(TensorError) in
        [try mul(c.gradient, slope(c.saved(0), c.output()))]
      }
    }
    return output
  }

  /// The modified Bessel function of order 0.
  package static func i0(_ x: Tensor) throws(TensorError) -> Tensor {
    let output = try UnaryKernel.i0.apply(x.detach(), Promotion.floating(x.dtype))
    if Autograd.isRecording(x) {
      Autograd.record("I0Backward0", [x], output, saving: [x]) { (c) throws(TensorError) in
        [try mul(c.gradient, i1(c.saved(0)))]
      }
    }
    return output
  }

  /// e^-|x| I₀(x).
  static func i0e(_ x: Tensor) throws(TensorError) -> Tensor {
    try special(.i0e, "SpecialI0EBackward0", x) { (x, y) throws(TensorError) in try sub(i1e(x), mul(sign(x), y)) }
  }

  /// The modified Bessel function of order 1.
  static func i1(_ x: Tensor) throws(TensorError) -> Tensor {
    try special(.i1, "SpecialI1Backward0", x) { (x, y) throws(TensorError) in
      try choose(compare(.eq, x.detach(), .int(0)), .float(0.5), sub(i0(x), div(y, x)))
    }
  }

  /// e^-|x| I₁(x).
  static func i1e(_ x: Tensor) throws(TensorError) -> Tensor {
    try special(.i1e, "SpecialI1EBackward0", x) { (x, y) throws(TensorError) in
      try choose(
        compare(.eq, x.detach(), .int(0)), .float(0.5), sub(i0e(x), mul(y, add(sign(x), reciprocal(x)))))
    }
  }

  /// Where the normal distribution reaches a probability.
  static func ndtri(_ x: Tensor) throws(TensorError) -> Tensor {
    try special(.ndtri, "SpecialNdtriBackward0", x) { (_, y) throws(TensorError) in
      try mul(exp(mul(square(y), .float(0.5))), .float(sqrtTwoPi))
    }
  }

  /// The logarithm of the normal distribution.
  static func logNdtr(_ x: Tensor) throws(TensorError) -> Tensor {
    try special(.logNdtr, "SpecialLogNdtrBackward0", x) { (x, _) throws(TensorError) in
      try div(.float(2 / sqrtTwoPi), erfcx(mul(x, .float(-0.70710678118654752440))))
    }
  }

  /// e^x² erfc x.
  static func erfcx(_ x: Tensor) throws(TensorError) -> Tensor {
    try special(.erfcx, "SpecialErfcxBackward0", x) { (x, y) throws(TensorError) in
      try sub(mul(mul(x, y), .int(2)), .float(1.12837916709551257390))
    }
  }

  /// The lower incomplete gamma function of `x`, or the `upper` one, as a part of Γ(a).
  static func incompleteGamma(_ a: Tensor, _ x: Tensor, upper: Bool) throws(TensorError) -> Tensor {
    let name = upper ? "igammac" : "igamma"
    guard Promotion.result(a, x).isFloating else { throw RandomFill.notImplemented(name + "_cpu", a.dtype) }
    let output = try (upper ? SpecialFunction.gammaincc : .gammainc).apply(a, x)
    if Autograd.isRecording(a, x) {
      Autograd.record(upper ? "IgammacBackward0" : "IgammaBackward0", [a, x], output, saving: [a, x]) {
        (c) throws(TensorError) in
        if c.needs(0) {
          throw TensorError(.notImplemented, "the derivative for '\(name): input' is not implemented.")
        }
        let (a, x) = (try c.saved(0), try c.saved(1))
        let density = try exp(sub(sub(mul(sub(a, .int(1)), log(x)), x), lgamma(a)))
        return [nil, try mul(c.gradient, upper ? neg(density) : density)]
      }
    }
    return output
  }

  /// Hurwitz's zeta function: Σ (k + q)⁻ˣ. `name`: as the graph shows it, by what is a number.
  static func zeta(_ x: Tensor, _ q: Tensor, _ name: String) throws(TensorError) -> Tensor {
    let output = try SpecialFunction.zeta.apply(x, q)
    if Autograd.isRecording(x, q) {
      Autograd.record(name, [x, q], output, saving: [x, q]) { (c) throws(TensorError) in
        if c.needs(0) {
          throw TensorError(.notImplemented, "the derivative for 'zeta: self' is not implemented.")
        }
        let (x, q) = (try c.saved(0), try c.saved(1))
        return [nil, try mul(c.gradient, mul(neg(x), zeta(add(x, .int(1)), q, name)))]
      }
    }
    return output
  }

  /// The logarithm of the multivariate gamma function of dimension `p`.
  static func mvlgamma(_ x: Tensor, _ p: Int) throws(TensorError) -> Tensor {
    if p < 1 { throw .runtime("p has to be greater than or equal to 1") }
    let x = try cast(x, Promotion.floating(x.dtype))
    let steps = try mul(arange(.int(0), .int(p), .int(1), x.dtype), .float(-0.5))
    return try fusedByReplay("MvlgammaBackward0", [x]) { (t) throws(TensorError) in
      let total = try sum(lgamma(add(unsqueeze(t[0], -1), steps)), [-1])
      return try add(total, .float(Double(p) * Double(p - 1) / 4 * tnbLog(Double.pi)))
    }
  }

  /// Entries of `source` combined with the entries of `x` that `index` names: `prod`, `mean`, `amax` or `amin`.
  static func indexReduce(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, includeSelf: Bool
  ) throws(TensorError) -> Tensor {
    guard ["prod", "mean", "amax", "amin"].contains(reduce) else {
      throw .runtime("index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got \(reduce).")
    }
    let d = try Dimension.wrap(dim, x.ndim)
    let positions = try checkAdded(x, d, index, source, "index_reduce_")
    var column = [Int](repeating: 1, count: source.ndim)
    if !column.isEmpty { column[d] = positions.count }
    let wide = try withoutGrad { () throws(TensorError) in
      try expand(Tensor.make(positions, Dims.checked(column), .int64), to: source.shape)
    }
    return try fusedByReplay("IndexReduceBackward0", [x, source]) { (t) throws(TensorError) in
      try scatterReduce(t[0], d, wide, t[1], reduce, includeSelf: includeSelf)
    }
  }
}
