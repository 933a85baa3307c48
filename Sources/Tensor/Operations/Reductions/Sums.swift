import CKernels

extension Operations {
  /// The sum over `dims` (all when nil or empty); integers and bools are summed as int64.
  package static func sum(
    _ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    if dims == nil, dtype == nil, !keepdim, x.isContiguous, x.dtype == .float32 || x.dtype == .float64,
      case let count = x.count, count > 0 && count <= 4096
    {
      let out = try Tensor(scalar: x.dtype)
      if tnb_sum_dense(Int32(x.dtype.rawValue), out.data, x.data, count) == 0 {
        if Autograd.isRecording(x) { Autograd.attach(SumNode(full: x), out) }
        return out
      }
    }
    let type = dtype ?? (x.dtype.isFloating ? x.dtype : .int64)
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let x = dtype == nil ? x : try cast(x, type)
    let out = try total(x, reduced, type)
    if type.isFloating && Autograd.isRecording(x) {
      Autograd.attach(SumNode(x, reduced, isMean: false, isFull: dims == nil, keepdim: keepdim), out)
    }
    return out
  }

  /// Sums without recording, into `type`.
  static func total(_ x: Tensor, _ dims: ReducedDims, _ type: DType) throws(TensorError) -> Tensor {
    let working: DType
    switch type {
    case .float16, .bfloat16, .float32: working = .float32
    case .float64: working = .float64
    case .bool, .uint8, .int8, .int16, .int32, .int64: working = .int64
    }
    let source = x.dtype == working ? x : try x.copied(to: working)
    let out = try ReduceKernel.sum.apply(source, dims)
    return type == working ? out : try out.copied(to: type)
  }

  /// The mean over `dims` (all when nil or empty) of a floating tensor.
  package static func mean(
    _ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    let type = dtype ?? x.dtype
    if !type.isFloating {
      let label = dtype == nil ? "Input" : "Optional"
      throw .runtime(
        "mean(): could not infer output dtype. \(label) dtype must be either a floating point or complex dtype. Got: \(type.scalarTypeName)"
      )
    }
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let x = try cast(x, type)
    let working: DType = type == .float64 ? .float64 : .float32
    let source = x.dtype == working ? x : try x.copied(to: working)
    let sums = try ReduceKernel.sum.apply(source, reduced)
    _ = try BinaryKernel.div.apply(sums, .int(reduced.count), working, into: sums)
    let out = type == working ? sums : try sums.copied(to: type)
    if Autograd.isRecording(x) {
      Autograd.attach(SumNode(x, reduced, isMean: true, isFull: dims == nil, keepdim: keepdim), out)
    }
    return out
  }

  /// As `sum`, counting NaN as zero.
  package static func nansum(
    _ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    if !x.dtype.isFloating { return try sum(x, dims, keepdim: keepdim, dtype: dtype) }
    let x = dtype == nil ? x : try cast(x, dtype!)
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    let working: DType = x.dtype == .float64 ? .float64 : .float32
    let source = x.dtype == working ? x : try x.copied(to: working)
    let sums = try ReduceKernel.nansum.apply(source, reduced)
    let out = x.dtype == working ? sums : try sums.copied(to: x.dtype)
    if Autograd.isRecording(x) {
      Autograd.record("NansumBackward0", [x], out, saving: [x]) { (c) throws(TensorError) in
        let x = try c.saved(0)
        return [try mul(spread(c.gradient, x.shape, reduced.mask, keepdim: keepdim), logicalNot(isnan(x.detach())))]
      }
    }
    return out
  }

  /// The mean of the elements that are not NaN.
  package static func nanmean(
    _ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    if !x.dtype.isFloating {
      throw .runtime(
        "nanmean(): expected input to have floating point or complex dtype but got \(x.dtype.scalarTypeName)")
    }
    let counts = try sum(logicalNot(isnan(x.detach())), dims, keepdim: keepdim)
    return try div(nansum(x, dims, keepdim: keepdim, dtype: dtype), counts)
  }

  /// The product of all elements, or along one dimension; integers as int64.
  package static func prod(
    _ x: Tensor, _ dim: Int? = nil, keepdim: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    let type = dtype ?? (x.dtype.isFloating ? x.dtype : .int64)
    let reduced = try ReducedDims(x, dim.map { [$0] }, keepdim: keepdim)
    let x = try cast(x, type)
    let working: DType = type.isFloating ? (type == .float64 ? .float64 : .float32) : .int64
    let source = x.dtype == working ? x : try x.copied(to: working)
    let products = try ReduceKernel.prod.apply(source, reduced)
    let out = type == working ? products : try products.copied(to: type)
    if type.isFloating && Autograd.isRecording(x) {
      Autograd.record(
        dim == nil ? "ProdBackward0" : "ProdBackward1", [x], out, saving: [x], savesOutput: true
      ) { (c) throws(TensorError) in
        [try productGradient(c.gradient, c.saved(0), c.output(), reduced, dim, keepdim: keepdim)]
      }
    }
    return out
  }

  /// `g · (y / x)` where no element is zero; otherwise products of all other elements, from both ends.
  private static func productGradient(
    _ g: Tensor, _ x: Tensor, _ y: Tensor, _ dims: ReducedDims, _ dim: Int?, keepdim: Bool
  ) throws(TensorError) -> Tensor {
    let hasZero = try any(compare(.eq, x.detach(), .int(0))).item() == .bool(true)
    let wide = try spread(g, x.shape, dims.mask, keepdim: keepdim)
    if !hasZero {
      return try mul(wide, div(spread(y, x.shape, dims.mask, keepdim: keepdim), x))
    }
    if x.ndim == 0 { return g }
    guard let dim else {
      let flat = try reshape(x, [-1])
      return try mul(wide, view(othersProduct(flat, 0), x.shape.array))
    }
    return try mul(wide, othersProduct(x, Dimension.wrap(dim, x.ndim)))
  }

  /// For each element the product of all others along `dim`.
  static func othersProduct(_ x: Tensor, _ dim: Int) throws(TensorError) -> Tensor {
    let n = x.shape[dim]
    if n == 1 { return try Tensor.filled(x.shape, x.dtype, .int(1)) }
    var one = x.shape
    one[dim] = 1
    let ones = try Tensor.filled(one, x.dtype, .int(1))
    let before = try cumprod(cat([ones, narrow(x, dim, 0, n - 1)], dim), dim)
    let reversed = try flip(narrow(x, dim, 1, n - 1), [dim])
    let after = try flip(cumprod(cat([ones, reversed], dim), dim), [dim])
    return try mul(before, after)
  }

  /// Whether any element is true.
  package static func any(_ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false) throws(TensorError) -> Tensor {
    try truth(.max, x, dims, keepdim, start: false)
  }

  /// Whether all elements are true.
  package static func all(_ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false) throws(TensorError) -> Tensor {
    try truth(.min, x, dims, keepdim, start: true)
  }

  private static func truth(
    _ kernel: ReduceKernel, _ x: Tensor, _ dims: [Int]?, _ keepdim: Bool, start: Bool
  ) throws(TensorError) -> Tensor {
    let type: DType = x.dtype == .uint8 ? .uint8 : .bool
    // Unlike in sums, no dimensions are none here.
    if let dims, dims.isEmpty { return try x.copied(to: .bool).copied(to: type) }
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    if reduced.count == 0 { return try Tensor.filled(reduced.shape, type, .bool(start)) }
    let flags = x.dtype == .bool ? x : try x.copied(to: .bool)
    let out = try kernel.apply(flags, reduced)
    return type == .bool ? out : try out.copied(to: type)
  }

  /// How many elements are not zero, as int64.
  package static func countNonzero(_ x: Tensor, _ dims: [Int]? = nil) throws(TensorError) -> Tensor {
    try sum(x.dtype == .bool ? x.detach() : compare(.ne, x.detach(), .int(0)), dims)
  }
}
