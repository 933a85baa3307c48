// Distances, similarities and normalised vectors.

extension Operations {
  /// The p-norm of `a − b + eps` over the last dimension.
  package static func pairwiseDistance(
    _ a: Tensor, _ b: Tensor, p: Double = 2, eps: Double = 1e-6, keepdim: Bool = false
  ) throws(TensorError) -> Tensor {
    let difference = try add(sub(a, b), .float(eps))
    let last = Swift.max(difference.ndim, 1) - 1
    return try fusedByReplay("NormBackward1", [difference]) { (t) throws(TensorError) in
      try vectorNorm(t[0], p, [last], keepdim: keepdim)
    }
  }

  /// The cosine of the angle between vectors along a dimension.
  package static func cosineSimilarity(
    _ a: Tensor, _ b: Tensor, _ dim: Int = 1, eps: Double = 1e-8
  ) throws(TensorError) -> Tensor {
    let shape = try Dims.broadcast(a.shape, b.shape)
    let type = Promotion.combine(a.dtype, b.dtype)
    if !type.isFloating {
      throw .runtime("expected common dtype to be floating point, yet common dtype is \(type.scalarTypeName)")
    }
    let (x, y) = (try cast(expand(a, to: shape), type), try cast(expand(b, to: shape), type))
    let d = try Dimension.wrap(dim, shape.count)
    func unit(_ t: Tensor) throws(TensorError) -> Tensor {
      try div(t, clamp(vectorNorm(t, 2, [d], keepdim: true), min: .float(eps), max: nil))
    }
    return try sum(mul(unit(x), unit(y)), [d])
  }

  /// Vectors along a dimension divided by their p-norm.
  package static func normalize(_ x: Tensor, p: Double = 2, _ dim: Int = 1, eps: Double = 1e-12) throws(TensorError)
    -> Tensor
  {
    let d = try Dimension.wrap(dim, x.ndim)
    let norm = try clamp(vectorNorm(x, p, [d], keepdim: true), min: .float(eps), max: nil, name: "ClampMinBackward0")
    return try div(x, expand(norm, to: x.shape))
  }

  /// The p-norm distances between the rows of two (batches of) matrices.
  package static func cdist(_ a: Tensor, _ b: Tensor, p: Double = 2) throws(TensorError) -> Tensor {
    if a.ndim < 2 { throw .runtime("cdist only supports at least 2D tensors, X1 got: \(a.ndim)D") }
    if b.ndim < 2 { throw .runtime("cdist only supports at least 2D tensors, X2 got: \(b.ndim)D") }
    for (t, name) in [(a, "X1"), (b, "X2")] where !t.dtype.isFloating {
      throw .runtime("cdist only supports floating-point dtypes, \(name) got: \(t.dtype.scalarTypeName)")
    }
    if p < 0 { throw .runtime("cdist only supports non-negative p values") }
    let (m, n) = (a.shape[a.ndim - 1], b.shape[b.ndim - 1])
    if m != n { throw .runtime("X1 and X2 must have the same number of columns. X1: \(m) X2: \(n)") }
    func distances(_ x: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
      try vectorNorm(sub(unsqueeze(x, -2), unsqueeze(y, -3)), p, [-1])
    }
    let output = try withoutGrad { () throws(TensorError) in try distances(a.detach(), b.detach()) }
    if Autograd.isRecording(a, b) {
      Autograd.record("CdistBackward0", [a, b], output, saving: [a, b]) { (c) throws(TensorError) in
        let (x, y) = (try c.saved(0), try c.saved(1))
        let difference = try sub(unsqueeze(x, -2), unsqueeze(y, -3))
        let slope = try vectorNormSlope(difference, p)
        let flow = try mul(unsqueeze(c.gradient, -1), slope)
        return [try sum(flow, [flow.ndim - 2]), try neg(sum(flow, [flow.ndim - 3]))]
      }
    }
    return output
  }

  /// The derivative of the p-norm over the last dimension by each component; zero where the norm is zero.
  private static func vectorNormSlope(_ x: Tensor, _ p: Double) throws(TensorError) -> Tensor {
    let norm = try vectorNorm(x, p, [-1], keepdim: true)
    let isZero = try compare(.eq, norm, .int(0))
    if p.isInfinite {
      return try mul(sign(x), cast(compare(.eq, abs(x), norm), x.dtype))
    }
    let raw = try div(mul(sign(x), pow(abs(x), .float(p - 1))), pow(norm, .float(p - 1)))
    return try choose(isZero, mul(raw.detach(), .int(0)).filledNaN(), raw)
  }

  /// Entries along `dim` scaled down to a p-norm of at most `limit`.
  package static func renorm(_ x: Tensor, p: Double, _ dim: Int, limit: Double) throws(TensorError) -> Tensor {
    if !(p > 0) { throw .runtime("renorm: non-positive-norm not supported") }
    if limit < 0 { throw .runtime("renorm: expected maxnorm to be >= 0 but got \(NumberText.general(limit))") }
    if x.ndim < 2 { throw .runtime("renorm: input needs at least 2 dimensions, got \(x.ndim) dimensions") }
    let d = try Dimension.wrap(dim, x.ndim)
    let rest = (0..<x.ndim).filter { $0 != d }
    let norm = try vectorNorm(x, p, rest, keepdim: true)
    let factor = try choose(
      compare(.gt, norm, .float(limit)), div(.float(limit), add(norm, .float(1e-7))),
      Tensor.filled(norm.shape, norm.dtype, .int(1)))
    return try mul(x, factor)
  }
}

extension Tensor {
  /// A copy with zero in place of NaN.
  fileprivate func filledNaN() throws(TensorError) -> Tensor {
    try Operations.choose(Operations.isnan(self), .int(0), self)
  }
}
