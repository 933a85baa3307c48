import CKernels

extension Operations {
  /// The variance over `dims` with `correction` taken off the count (1: unbiased).
  package static func variance(
    _ x: Tensor, _ dims: [Int]? = nil, correction: Double = 1, keepdim: Bool = false
  ) throws(TensorError) -> Tensor {
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let out = try moments(x, reduced, correction, isDeviation: false, "std and var").spread
    if Autograd.isRecording(x) {
      Autograd.record("VarBackward0", [x], out, saving: [x]) { (c) throws(TensorError) in
        [try varianceGradient(c.gradient, c.saved(0), reduced, correction, keepdim: keepdim)]
      }
    }
    return out
  }

  /// The standard deviation.
  package static func deviation(
    _ x: Tensor, _ dims: [Int]? = nil, correction: Double = 1, keepdim: Bool = false
  ) throws(TensorError) -> Tensor {
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let out = try moments(x, reduced, correction, isDeviation: true, "std and var").spread
    if Autograd.isRecording(x) {
      Autograd.record("StdBackward0", [x], out, saving: [x], savesOutput: true) { (c) throws(TensorError) in
        [try deviationGradient(c.gradient, c.saved(0), c.output(), reduced, correction, keepdim: keepdim)]
      }
    }
    return out
  }

  /// Variance (or deviation) and mean together.
  package static func spreadAndMean(
    _ x: Tensor, _ dims: [Int]? = nil, correction: Double = 1, keepdim: Bool = false, isDeviation: Bool
  ) throws(TensorError) -> (Tensor, Tensor) {
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let (spreadOut, meanOut) = try moments(
      x, reduced, correction, isDeviation: isDeviation, "std and var")
    if Autograd.isRecording(x) {
      Autograd.record(
        isDeviation ? "StdMeanBackward0" : "VarMeanBackward0", [x], outputs: [spreadOut, meanOut], saving: [x],
        savesOutputs: true
      ) { (c) throws(TensorError) in
        let x = try c.saved(0)
        var sum: Tensor?
        if let g = c.gradients[0] {
          sum =
            try isDeviation
            ? deviationGradient(g, x, c.output(0), reduced, correction, keepdim: keepdim)
            : varianceGradient(g, x, reduced, correction, keepdim: keepdim)
        }
        if let g = c.gradients[1] {
          let part = try spread(div(g, .int(reduced.count)), x.shape, reduced.mask, keepdim: keepdim)
          sum = try sum.map { (s) throws(TensorError) in try add(s, part) } ?? part
        }
        return [sum]
      }
    }
    return (spreadOut, meanOut)
  }

  /// Computed in double from both passes over the data, then rounded to the input's type.
  private static func moments(
    _ x: Tensor, _ dims: ReducedDims, _ correction: Double, isDeviation: Bool, _ name: String
  ) throws(TensorError) -> (spread: Tensor, mean: Tensor) {
    if !x.dtype.isFloating {
      throw .runtime("\(name) only support floating point and complex dtypes")
    }
    let source = x.dtype == .float32 || x.dtype == .float64 ? x : try x.copied(to: .float32)
    let means = try Tensor(empty: dims.shape, .float64)
    let squares = try Tensor(empty: dims.shape, .float64)
    var r = Kernels.reduction(source, dims.mask, keepsOrder: false)
    try Kernels.check(
      tnb_moments(
        Int32(source.dtype.rawValue), &r, means.pointer(Double.self), squares.pointer(Double.self), source.data))
    let p = squares.pointer(Double.self)
    let divisor = Swift.max(0, Double(dims.count) - correction)
    for i in 0..<squares.count {
      let v = p[i] / divisor
      p[i] = isDeviation ? v.squareRoot() : v
    }
    return (try squares.copied(to: x.dtype), try means.copied(to: x.dtype))
  }

  /// `2 / (n − correction) · g · (x − mean)`.
  private static func varianceGradient(
    _ g: Tensor, _ x: Tensor, _ dims: ReducedDims, _ correction: Double, keepdim: Bool
  ) throws(TensorError) -> Tensor {
    let list = (0..<x.ndim).filter { dims.mask >> UInt32($0) & 1 == 1 }
    let centred = try sub(x, mean(x, list.isEmpty ? nil : list, keepdim: true))
    let scaled = try mul(g, .float(2 / (Double(dims.count) - correction)))
    return try mul(spread(scaled, x.shape, dims.mask, keepdim: keepdim), centred)
  }

  private static func deviationGradient(
    _ g: Tensor, _ x: Tensor, _ y: Tensor, _ dims: ReducedDims, _ correction: Double, keepdim: Bool
  ) throws(TensorError) -> Tensor {
    // d std = d var / (2 std), and nothing where the deviation is zero.
    let perVariance = try choose(compare(.eq, y.detach(), .int(0)), .int(0), div(g, mul(y, .int(2))))
    return try varianceGradient(perVariance, x, dims, correction, keepdim: keepdim)
  }

  /// The `ord` norm of vectors over `dims` (`torch.linalg.vector_norm`, `torch.norm`).
  package static func vectorNorm(
    _ x: Tensor, _ ord: Double = 2, _ dims: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    let x = dtype == nil ? x : try cast(x, dtype!)
    if !x.dtype.isFloating {
      throw .runtime(
        "linalg.vector_norm: Expected a floating point or complex tensor as input. Got \(x.dtype.scalarTypeName)")
    }
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let source = x.dtype == .float32 || x.dtype == .float64 ? x : try x.copied(to: .float32)
    if reduced.count == 0 && (ord < 0 || ord.isInfinite) {
      throw .runtime(
        "linalg.vector_norm cannot compute the \(ord) norm on an empty tensor because the operation does not have an identity"
      )
    }
    let norms = try Tensor(empty: reduced.shape, source.dtype)
    var r = Kernels.reduction(source, reduced.mask, keepsOrder: false)
    let kind: Int
    switch ord {
    case 1: kind = 0
    case 2: kind = 1
    case .infinity: kind = 2
    case -.infinity: kind = 3
    case 0: kind = 4
    default: kind = 5
    }
    try Kernels.check(tnb_norm(Int32(kind), ord, Int32(source.dtype.rawValue), &r, norms.data, source.data))
    let out = source.dtype == x.dtype ? norms : try norms.copied(to: x.dtype)
    if Autograd.isRecording(x) {
      Autograd.record("LinalgVectorNormBackward0", [x], out, saving: [x], savesOutput: true) {
        (c) throws(TensorError) in
        [try normGradient(c.gradient, c.saved(0), c.output(), ord, reduced, keepdim: keepdim)]
      }
    }
    return out
  }

  private static func normGradient(
    _ g: Tensor, _ x: Tensor, _ y: Tensor, _ p: Double, _ dims: ReducedDims, keepdim: Bool
  ) throws(TensorError) -> Tensor {
    func wide(_ t: Tensor) throws(TensorError) -> Tensor { try spread(t, x.shape, dims.mask, keepdim: keepdim) }
    if p == 0 { return try Tensor.filled(x.shape, g.dtype, .int(0)) }
    if p == 1 { return try mul(wide(g), sign(x)) }
    let isZero = try compare(.eq, y.detach(), .int(0))
    if p == 2 {
      // x / ‖x‖, and 0 at 0.
      return try mul(choose(wide(isZero), .int(0), div(x, wide(y))), wide(g))
    }
    if p.isInfinite {
      let size = try abs(x)
      let isExtreme = try compare(.eq, size.detach(), wide(y.detach()))
      let count = try total(isExtreme, dims, .int64)
      return try mul(mul(sign(x), isExtreme), wide(div(g, view(count, g.shape.array))))
    }
    // x · |x|^(p−2) · g / ‖x‖^(p−1)
    let scale = try choose(isZero, .int(0), div(g, pow(y, .float(p - 1))))
    if p < 2 {
      let powers = try mul(sign(x), pow(abs(x), .float(p - 1)))
      return try mul(choose(compare(.eq, x.detach(), .int(0)), .int(0), powers), wide(scale))
    }
    return try mul(mul(x, pow(abs(x), .float(p - 2))), wide(scale))
  }

  /// `log Σ exp x` over `dims`, computed without overflow.
  package static func logsumexp(_ x: Tensor, _ dims: [Int], keepdim: Bool = false) throws(TensorError) -> Tensor {
    let x = x.dtype.isFloating ? x : try cast(x, DType.defaultFloat)
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let list = dims.isEmpty ? Array(0..<x.ndim) : try Dimension.wrapAll(dims, x.ndim)
    let d = x.detach()
    var out: Tensor
    if reduced.count == 0 {
      out = try Tensor.filled(reduced.shape, x.dtype, .float(-.infinity))
    } else {
      let top = try x.ndim == 0 ? d : extremeValues(d, ReducedDims(d.shape, reduced.mask, keepdim: true), isMin: false)
      let finite = try choose(compare(.eq, abs(top), .float(.infinity)), .int(0), top)
      out = try add(log(sum(exp(sub(d, finite)), list.isEmpty ? nil : list, keepdim: true)), finite)
      if !keepdim { out = try view(contiguous(out), reduced.shape.array) }
    }
    if Autograd.isRecording(x) {
      Autograd.record("LogsumexpBackward0", [x], out, saving: [x], savesOutput: true) { (c) throws(TensorError) in
        let x = try c.saved(0)
        let y = try spread(c.output(), x.shape, reduced.mask, keepdim: keepdim)
        return [try mul(spread(c.gradient, x.shape, reduced.mask, keepdim: keepdim), exp(sub(x, y)))]
      }
    }
    return out
  }
}
