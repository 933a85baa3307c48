extension Operations {
  /// Elements of `source` combined where `index` points: `sum`, `prod`, `mean`, `amax` or `amin`.
  package static func scatterReduce(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, _ reduce: String, includeSelf: Bool,
    inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    try checkScatter(x, d, index, source, "scatter")
    let mode: Picks.Mode
    let neutral: Scalar
    switch reduce {
    case "sum", "mean": (mode, neutral) = (.add, .int(0))
    case "prod": (mode, neutral) = (.multiply, .int(1))
    case "amax": (mode, neutral) = (.maximum, x.dtype.isFloating ? .float(-.infinity) : .int(Int.min))
    case "amin": (mode, neutral) = (.minimum, x.dtype.isFloating ? .float(.infinity) : .int(Int.max))
    default: throw .runtime("reduce argument must be either sum, prod, mean, amax or amin, got \(reduce)")
    }
    let write: (Tensor) throws(TensorError) -> Void = { (t) throws(TensorError) in
      if !includeSelf {
        try scatterWrite(t, d, index, limited(neutral, t.dtype), .set, "scatter_reduce")
      }
      try scatterWrite(t, d, index, source, mode, "scatter_reduce")
      if reduce == "mean" {
        let counts = try Tensor.filled(t.shape, t.dtype, includeSelf ? .int(1) : .int(0))
        try scatterWrite(counts, d, index, Tensor.scalar(.int(1), t.dtype), .add, "scatter_reduce")
        try divideByCounts(t, counts)
      }
    }
    // Gradients for the sum; the others follow PyTorch's rules in `ScatterReduceBackward`.
    return try scattering(
      "ScatterReduceBackward0", x, [source], inPlace: inPlace, saving: [index, x, source], write,
      { (c) throws(TensorError) in
        try scatterReduceBackward(c, d, reduce, includeSelf)
      })
  }

  private static func limited(_ value: Scalar, _ dtype: DType) throws(TensorError) -> Tensor {
    guard case .int(let i) = value, i == Int.min || i == Int.max else { return try Tensor.scalar(value, dtype) }
    let info = IntegerInfo(dtype)
    return try Tensor.scalar(.int(i == Int.min ? info.min : info.max), dtype)
  }

  private static func divideByCounts(_ t: Tensor, _ counts: Tensor) throws(TensorError) {
    try withoutGrad { () throws(TensorError) in
      let safe = try choose(compare(.lt, counts, .int(1)), Tensor.scalar(.int(1), counts.dtype), counts)
      let quotient = t.dtype.isFloating ? try div(t.detach(), safe) : try floorDivide(t.detach(), safe)
      try Kernels.copy(quotient, into: t)
    }
  }

  private static func scatterReduceBackward(
    _ c: BackwardContext, _ d: Int, _ reduce: String, _ includeSelf: Bool
  ) throws(TensorError) -> [Tensor?] {
    let (index, x, source, g) = (try c.saved(0), try c.saved(1), try c.saved(2), c.gradient)
    var own: Tensor? = g
    var other: Tensor?
    switch reduce {
    case "sum": other = try gather(g, d, index)
    case "mean":
      let ones = try Tensor.filled(x.shape, g.dtype, includeSelf ? .int(1) : .int(0))
      var counts = try scatterAdd(ones, d, index, Tensor.filled(source.shape, g.dtype, .int(1)))
      counts = try choose(compare(.lt, counts, .int(1)), Tensor.scalar(.int(1), g.dtype), counts)
      own = try div(g, counts)
      other = try gather(own!, d, index)
    case "prod":
      let result = try scatterReduce(x, d, index, source, reduce, includeSelf: includeSelf)
      own = try div(mul(g, result), x)
      other = try div(gather(mul(g, result), d, index), source)
    default:
      let result = try scatterReduce(x, d, index, source, reduce, includeSelf: includeSelf).detach()
      let isOwn = try cast(compare(.eq, x, result), g.dtype)
      let isOther = try cast(compare(.eq, source, gather(result, d, index)), g.dtype)
      let start = includeSelf ? isOwn : try mul(isOwn, .int(0))
      let shares = try scatterAdd(start, d, index, isOther)
      let split = try div(g, choose(compare(.lt, shares, .int(1)), Tensor.scalar(.int(1), g.dtype), shares))
      own = try mul(split, isOwn)
      other = try mul(gather(split, d, index), isOther)
    }
    if !includeSelf { own = try scatter(own!, d, index, .int(0)) }
    return [own, other]
  }
}
