import CKernels

/// Which dimensions a reduction removes, and the shapes that result.
struct ReducedDims {
  /// Bit d is set where dimension d is reduced.
  let mask: UInt32
  /// The result's shape.
  let shape: Dims
  /// The result's shape with `keepdim`.
  let keptShape: Dims
  /// How many elements make one result.
  let count: Int

  /// `dims` nil or empty reduces everything.
  init(_ x: Tensor, _ dims: [Int]?, keepdim: Bool) throws(TensorError) {
    var mask: UInt32 = 0
    if let dims, !dims.isEmpty {
      for d in try Dimension.wrapAll(dims, x.ndim) where x.ndim > 0 { mask |= 1 << UInt32(d) }
    } else {
      mask = (1 << UInt32(x.ndim)) - 1
    }
    self.init(x.shape, mask, keepdim: keepdim)
  }

  init(_ full: Dims, _ mask: UInt32, keepdim: Bool) {
    var shape = Dims()
    var kept = full
    var count = 1
    for d in 0..<full.count {
      if mask >> UInt32(d) & 1 == 1 {
        count *= full[d]
        kept[d] = 1
        if keepdim { shape.append(1) }
      } else {
        shape.append(full[d])
      }
    }
    self.mask = mask
    self.shape = shape
    keptShape = kept
    self.count = count
  }
}

enum ReduceKernel: Int32 {
  case sum, prod, max, min, nansum

  /// Reduces `x`, whose dtype has a loop, into a dense tensor of `dims.shape`.
  func apply(_ x: Tensor, _ dims: ReducedDims, into output: Tensor? = nil) throws(TensorError) -> Tensor {
    let out: Tensor
    if let output { out = output } else { out = try Tensor(empty: dims.shape, x.dtype) }
    return try apply(x, dims.mask, into: out)
  }

  /// As above, for the dimensions in `mask`, into a dense tensor with as many elements as are left.
  func apply(_ x: Tensor, _ mask: UInt32, into out: Tensor) throws(TensorError) -> Tensor {
    var r = Kernels.reduction(x, mask, keepsOrder: false)
    try Kernels.check(tnb_reduce(rawValue, Int32(x.dtype.rawValue), &r, out.data, x.data))
    return out
  }
}

extension Kernels {
  static func reduction(_ x: Tensor, _ mask: UInt32, keepsOrder: Bool) -> tnb_reduction {
    var r = tnb_reduction()
    tnb_reduction_make(&r, x.shapeAddress, x.stridesAddress, x.dtype.size, mask, keepsOrder ? 1 : 0)
    return r
  }

  /// Values (of `x`'s type) and int64 places of the extremes.
  static func extreme(
    _ x: Tensor, _ dims: ReducedDims, isMin: Bool, wantsValues: Bool = true
  ) throws(TensorError) -> (values: Tensor?, indices: Tensor) {
    let isHalf = x.dtype == .float16 || x.dtype == .bfloat16
    let source = isHalf ? try x.copied(to: .float32) : x
    let values = wantsValues ? try Tensor(empty: dims.shape, source.dtype) : nil
    let indices = try Tensor(empty: dims.shape, .int64)
    var r = reduction(source, dims.mask, keepsOrder: true)
    try check(
      tnb_arg_reduce(
        isMin ? 1 : 0, Int32(source.dtype.rawValue), &r, values?.data, indices.pointer(Int64.self), source.data))
    return (isHalf ? try values?.copied(to: x.dtype) : values, indices)
  }
}
