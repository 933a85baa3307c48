extension Operations {
  /// The largest (smallest) of all elements. Ties share the gradient.
  package static func extreme(_ x: Tensor, isMin: Bool) throws(TensorError) -> Tensor {
    if x.count == 0 {
      throw .runtime(
        "\(isMin ? "min" : "max")(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument."
      )
    }
    let dims = try ReducedDims(x, nil, keepdim: false)
    let out = try extremeValues(x, dims, isMin: isMin)
    if x.dtype.isFloating && Autograd.isRecording(x) {
      Autograd.record(
        isMin ? "MinBackward1" : "MaxBackward1", [x], out, saving: [x], savesOutput: true
      ) { (c) throws(TensorError) in
        [try shareAmongTies(c.gradient, c.saved(0), c.output(), dims, keepdim: false)]
      }
    }
    return out
  }

  package static func max(_ x: Tensor) throws(TensorError) -> Tensor { try extreme(x, isMin: false) }
  package static func min(_ x: Tensor) throws(TensorError) -> Tensor { try extreme(x, isMin: true) }

  static func extremeValues(_ x: Tensor, _ dims: ReducedDims, isMin: Bool) throws(TensorError) -> Tensor {
    let isHalf = x.dtype == .float16 || x.dtype == .bfloat16
    let out = try (isMin ? ReduceKernel.min : .max).apply(isHalf ? x.copied(to: .float32) : x, dims)
    return isHalf ? try out.copied(to: x.dtype) : out
  }

  /// The gradient of an extreme, spread evenly over the elements equal to it.
  private static func shareAmongTies(
    _ g: Tensor, _ x: Tensor, _ y: Tensor, _ dims: ReducedDims, keepdim: Bool
  ) throws(TensorError) -> Tensor {
    let wideY = try spread(y.detach(), x.shape, dims.mask, keepdim: keepdim)
    let isExtreme = try logicalOr(
      compare(.eq, x.detach(), wideY), logicalAnd(isnan(x.detach()), isnan(wideY)))
    let count = try total(isExtreme, dims, .int64)
    return try mul(spread(div(g, view(count, g.shape.array)), x.shape, dims.mask, keepdim: keepdim), isExtreme)
  }

  /// `amax` / `amin` over `dims` (all when nil or empty). Ties share the gradient.
  package static func amax(_ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false) throws(TensorError) -> Tensor {
    try ampleExtreme(x, dims, keepdim, isMin: false)
  }
  package static func amin(_ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false) throws(TensorError) -> Tensor {
    try ampleExtreme(x, dims, keepdim, isMin: true)
  }

  private static func ampleExtreme(
    _ x: Tensor, _ dims: [Int]?, _ keepdim: Bool, isMin: Bool
  ) throws(TensorError) -> Tensor {
    let reduced = try ReducedDims(x, dims, keepdim: keepdim)
    try requireElements(x, reduced, isMin ? "amin" : "amax", dims)
    let out = try extremeValues(x, reduced, isMin: isMin)
    if x.dtype.isFloating && Autograd.isRecording(x) {
      Autograd.record(
        isMin ? "AminBackward0" : "AmaxBackward0", [x], out, saving: [x], savesOutput: true
      ) { (c) throws(TensorError) in
        [try shareAmongTies(c.gradient, c.saved(0), c.output(), reduced, keepdim: keepdim)]
      }
    }
    return out
  }

  /// The smallest and the largest, along one dimension or of all.
  package static func aminmax(
    _ x: Tensor, _ dim: Int? = nil, keepdim: Bool = false
  ) throws(TensorError) -> (Tensor, Tensor) {
    let reduced = try ReducedDims(x, dim.map { [$0] }, keepdim: keepdim)
    if x.count == 0 && dim == nil {
      throw .runtime("aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.")
    }
    let low = try extremeValues(x, reduced, isMin: true)
    let high = try extremeValues(x, reduced, isMin: false)
    if x.dtype.isFloating && Autograd.isRecording(x) {
      Autograd.record("AminmaxBackward0", [x], outputs: [low, high], saving: [x], savesOutputs: true) {
        (c) throws(TensorError) in
        let x = try c.saved(0)
        var sum: Tensor?
        for i in 0..<2 {
          guard let g = c.gradients[i] else { continue }
          let part = try shareAmongTies(g, x, c.output(i), reduced, keepdim: keepdim)
          sum = try sum.map { (s) throws(TensorError) in try add(s, part) } ?? part
        }
        return [sum]
      }
    }
    return (low, high)
  }

  static func requireElements(
    _ x: Tensor, _ dims: ReducedDims, _ name: String, _ given: [Int]?
  ) throws(TensorError) {
    if dims.count != 0 { return }
    guard let given, !given.isEmpty else {
      throw .runtime(
        "\(name)(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument."
      )
    }
    for d in given where x.ndim > 0 {
      let dim = try Dimension.wrap(d, x.ndim)
      if x.shape[dim] == 0 {
        throw .index("\(name)(): Expected reduction dim \(dim) to have non-zero size.")
      }
    }
  }

  /// Values and places along one dimension. The gradient goes to the chosen element.
  package static func extreme(
    _ x: Tensor, _ dim: Int, keepdim: Bool = false, isMin: Bool
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    let reduced = try ReducedDims(x, [d], keepdim: keepdim)
    try requireElements(x, reduced, isMin ? "min" : "max", [d])
    let (values, indices) = try Kernels.extreme(x, reduced, isMin: isMin)
    let out = values!
    recordSelection(isMin ? "MinBackward0" : "MaxBackward0", x, d, out, indices, keepdim: keepdim)
    return (out, indices)
  }

  /// Records that `values` are the elements of `x` at `indices` along `dim` (max, min, median, mode …).
  static func recordSelection(
    _ name: String, _ x: Tensor, _ dim: Int, _ values: Tensor, _ indices: Tensor, keepdim: Bool
  ) {
    guard x.dtype.isFloating && Autograd.isRecording(x) else { return }
    let shape = x.shape
    Autograd.record(name, [x], outputs: [values, indices], saving: [indices]) { (c) throws(TensorError) in
      guard let g = c.gradients[0] else { return [nil] }
      return [try placeBack(g, c.saved(0), dim, shape, keepdim: keepdim)]
    }
  }

  /// Zeros of `shape` with `g` at `indices` along `dim`.
  static func placeBack(
    _ g: Tensor, _ indices: Tensor, _ dim: Int, _ shape: Dims, keepdim: Bool
  ) throws(TensorError) -> Tensor {
    if shape.count == 0 { return g }
    let zeros = try Tensor.filled(shape, g.dtype, .int(0))
    if keepdim { return try scatter(zeros, dim, indices, g) }
    return try scatter(zeros, dim, unsqueeze(indices, dim), unsqueeze(g, dim))
  }

  /// The place of the largest (smallest) element: in the flattened tensor, or along `dim`.
  package static func argExtreme(
    _ x: Tensor, _ dim: Int?, keepdim: Bool = false, isMin: Bool
  ) throws(TensorError) -> Tensor {
    let name = isMin ? "argmin" : "argmax"
    if x.dtype == .bool { throw .runtime("\(name)(): does not support bool input") }
    let reduced = try ReducedDims(x, dim.map { [$0] }, keepdim: keepdim)
    if x.count == 0 && dim == nil {
      throw .index("\(name)(): Expected reduction dim to be specified for input.numel() == 0.")
    }
    try requireElements(x, reduced, name, dim.map { [$0] })
    return try Kernels.extreme(x, reduced, isMin: isMin, wantsValues: false).indices
  }

  package static func argmax(_ x: Tensor, _ dim: Int? = nil, keepdim: Bool = false) throws(TensorError) -> Tensor {
    try argExtreme(x, dim, keepdim: keepdim, isMin: false)
  }
  package static func argmin(_ x: Tensor, _ dim: Int? = nil, keepdim: Bool = false) throws(TensorError) -> Tensor {
    try argExtreme(x, dim, keepdim: keepdim, isMin: true)
  }
}
