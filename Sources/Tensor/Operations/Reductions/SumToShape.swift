import CKernels

extension Operations {
  /// Sums the dimensions along which a tensor of `shape` was broadcast to get `x`'s shape (the reverse of `expand`).
  package static func sumToShape(_ x: Tensor, _ shape: Dims) throws(TensorError) -> Tensor {
    if x.shape == shape { return x }
    let missing = x.ndim - shape.count
    if !Autograd.isRecording(x) && (x.dtype == .float32 || x.dtype == .float64) {
      if missing == 1 && x.isContiguous && x.ndim == 2 && x.count < Kernels.fewElements, case let columns = shape[0],
        columns > 1 && columns == x.shape[1]
      {
        // The gradient of a bias.
        let out = try Tensor(empty: shape, x.dtype)
        if tnb_sum_columns(Int32(x.dtype.rawValue), out.data, x.data, x.shape[0], columns) == 0 { return out }
      }
      var mask: UInt32 = 0
      for d in 0..<x.ndim where d < missing || (shape[d - missing] == 1 && x.shape[d] != 1) { mask |= 1 << UInt32(d) }
      return try ReduceKernel.sum.apply(x, mask, into: Tensor(empty: shape, x.dtype))
    }
    var dims: [Int] = []
    for d in 0..<x.ndim where d < missing || (shape[d - missing] == 1 && x.shape[d] != 1) { dims.append(d) }
    let summed = dims.isEmpty ? x : try sum(x, dims, keepdim: true)
    return missing == 0 ? summed : try view(contiguous(summed), shape.array)
  }

  /// Stretches the gradient of a reduction back over the reduced dimensions of `shape`, as a view.
  static func spread(_ g: Tensor, _ shape: Dims, _ mask: UInt32, keepdim: Bool) throws(TensorError) -> Tensor {
    var strides = Dims(repeating: 0, count: shape.count)
    var from = 0
    for d in 0..<shape.count {
      let isReduced = mask >> UInt32(d) & 1 == 1
      if !isReduced {
        strides[d] = g.strides[from]
        from += 1
      } else if keepdim {
        from += 1
      }
    }
    if !Autograd.isRecording(g) {
      return Tensor(
        storage: g.storage, offset: g.offset, shape: shape, strides: strides, dtype: g.dtype,
        isContiguous: Tensor.areContiguous(shape, strides))
    }
    let view = g.makeView(shape: shape, strides: strides, offset: g.offset)
    Autograd.record("ExpandBackward0", [g], view) { (c) throws(TensorError) in
      var dims: [Int] = []
      for d in 0..<shape.count where mask >> UInt32(d) & 1 == 1 { dims.append(d) }
      return [dims.isEmpty ? c.gradient : try sum(c.gradient, dims, keepdim: keepdim)]
    }
    return view
  }

  /// The tensor a reduction's gradient needs with the reduced dimensions present as ones.
  static func withReducedDims(_ x: Tensor, _ dims: ReducedDims) throws(TensorError) -> Tensor {
    x.shape == dims.keptShape ? x : try view(contiguous(x), dims.keptShape.array)
  }
}

/// The node of `sum` and `mean`.
final class SumNode: Node {
  private let isMean: Bool
  private let isFull: Bool
  private let keepdim: Bool
  private let mask: UInt32
  private let shape: Dims

  init(_ x: Tensor, _ dims: ReducedDims, isMean: Bool, isFull: Bool, keepdim: Bool) {
    self.isMean = isMean
    self.isFull = isFull
    self.keepdim = keepdim
    mask = dims.mask
    shape = x.shape
    super.init()
    append(x.gradientLink)
  }

  /// Of the sum of all elements.
  init(full x: Tensor) {
    isMean = false
    isFull = true
    keepdim = false
    mask = (1 << UInt32(x.ndim)) - 1
    shape = x.shape
    super.init()
    append(x.gradientLink)
  }

  override var name: String {
    isMean ? (isFull ? "MeanBackward0" : "MeanBackward1") : (isFull ? "SumBackward0" : "SumBackward1")
  }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard var g = gradient else { return task.deliverNothing(self) }
    if isMean {
      var n = 1
      for d in 0..<shape.count where mask >> UInt32(d) & 1 == 1 { n *= shape[d] }
      g = try Operations.div(g, .int(n))
    }
    let wide =
      isFull && !GradMode.isEnabled
      ? Tensor(
        storage: g.storage, offset: g.offset, shape: shape, strides: Dims(repeating: 0, count: shape.count),
        dtype: g.dtype, isContiguous: shape.product == 1)
      : try Operations.spread(g, shape, mask, keepdim: keepdim)
    if hasExtras { try task.deliver([wide], self) } else { try task.deliver(wide, self, 0) }
  }

  override func releaseSaved() {}
}
