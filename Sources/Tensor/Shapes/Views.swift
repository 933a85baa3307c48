import CKernels

// Tensors that show the same storage under another shape. Each records a node whose backward is the inverse view.

extension Operations {
  typealias ViewBackward = (Tensor) throws(TensorError) -> Tensor

  /// A view of `x` with the given geometry, recorded under `name`.
  @inline(__always) static func recordView(
    _ name: String, _ x: Tensor, _ shape: Dims, _ strides: Dims, _ offset: Int, _ backward: @escaping ViewBackward
  ) -> Tensor {
    let view = x.makeView(shape: shape, strides: strides, offset: offset)
    if x.dtype.isFloating && Autograd.isRecording(x) { Autograd.attach(ViewClosureNode(name, x, backward), view) }
    return view
  }

  /// As above, for the views that `ViewNode` knows.
  @inline(__always) static func recordView(
    _ kind: ViewNode.Kind, _ x: Tensor, _ shape: Dims, _ strides: Dims, _ offset: Int, _ first: Int = 0,
    _ second: Int = 0, _ third: Int = 0
  ) -> Tensor {
    let view = x.makeView(shape: shape, strides: strides, offset: offset)
    if x.dtype.isFloating && Autograd.isRecording(x) {
      Autograd.attach(ViewNode(kind, x, first, second, third), view)
    }
    return view
  }

  // MARK: view, reshape

  /// The same elements in another shape, without copying; one size may be -1.
  package static func view(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    let shape = try ShapeInference.resolve(sizes, count: x.count)
    guard let strides = ShapeInference.strides(x, as: shape) else {
      throw .runtime(
        "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead."
      )
    }
    return viewed(x, shape, strides)
  }

  static func viewed(_ x: Tensor, _ shape: Dims, _ strides: Dims, _ kind: ViewNode.Kind = .view) -> Tensor {
    recordView(kind, x, shape, strides, x.offset)
  }

  /// The same elements in another shape: a view where the strides allow, otherwise a copy.
  package static func reshape(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    try reshape(x, ShapeInference.resolve(sizes, count: x.count))
  }

  static func reshape(_ x: Tensor, _ shape: Dims) throws(TensorError) -> Tensor {
    if x.isContiguous { return viewed(x, shape, shape.contiguousStrides) }
    if let strides = ShapeInference.strides(x, as: shape) {
      return viewed(x, shape, strides, .reshapeAlias)
    }
    return unsafeView(try contiguous(x), shape)
  }

  /// A contiguous copy, also of a contiguous tensor.
  static func contiguousClone(_ x: Tensor) throws(TensorError) -> Tensor {
    x.isContiguous ? try clone(x) : try contiguous(x)
  }

  /// A view that nobody else shares with its base: in-place changes need no `CopySlices`.
  static func unsafeView(_ x: Tensor, _ shape: Dims, _ name: String = "UnsafeViewBackward0") -> Tensor {
    let result = Tensor(
      storage: x.storage, offset: x.offset, shape: shape, strides: shape.contiguousStrides, dtype: x.dtype,
      isContiguous: true)
    if Autograd.isRecording(x) {
      let original = x.shape
      Autograd.record(name, [x], result) { (c) throws(TensorError) in [try reshape(c.gradient, original)] }
    }
    return result
  }

  /// The bytes of `x` read as another dtype; where the widths differ the last dimension shrinks or grows.
  package static func view(_ x: Tensor, as dtype: DType) throws(TensorError) -> Tensor {
    if dtype == x.dtype { return viewed(x, x.shape, x.strides) }
    let (from, to) = (x.dtype.size, dtype.size)
    var shape = x.shape
    var strides = x.strides
    var offset = x.offset
    if from != to {
      guard x.ndim > 0 else {
        throw .runtime(
          "self.dim() cannot be 0 to view \(x.dtype.scalarTypeName) as \(dtype.scalarTypeName) (different element sizes)"
        )
      }
      let last = x.ndim - 1
      guard x.strides[last] == 1 else {
        throw .runtime(
          "self.stride(-1) must be 1 to view \(x.dtype.scalarTypeName) as \(dtype.scalarTypeName) (different element sizes), but got \(x.strides[last])"
        )
      }
      if from > to {
        let ratio = from / to
        shape[last] *= ratio
        for i in 0..<last { strides[i] *= ratio }
        offset *= ratio
      } else {
        let ratio = to / from
        guard shape[last] % ratio == 0 else {
          throw .runtime(
            "self.size(-1) must be divisible by \(ratio) to view \(x.dtype.scalarTypeName) as \(dtype.scalarTypeName) (different element sizes), but got \(shape[last])"
          )
        }
        for i in 0..<last where strides[i] % ratio != 0 {
          throw .runtime(
            "self.stride(\(i)) must be divisible by \(ratio) to view \(x.dtype.scalarTypeName) as \(dtype.scalarTypeName) (different element sizes), but got \(strides[i])"
          )
        }
        guard offset % ratio == 0 else {
          throw .runtime(
            "self.storage_offset() must be divisible by \(ratio) to view \(x.dtype.scalarTypeName) as \(dtype.scalarTypeName) (different element sizes), but got \(offset)"
          )
        }
        shape[last] /= ratio
        for i in 0..<last { strides[i] /= ratio }
        offset /= ratio
      }
    }
    return Tensor(
      storage: x.storage, offset: offset, shape: shape, strides: strides, dtype: dtype,
      isContiguous: Tensor.areContiguous(shape, strides))
  }

  /// Dimensions `start...end` as one; `x` itself where that changes nothing.
  package static func flatten(_ x: Tensor, _ start: Int = 0, _ end: Int = -1) throws(TensorError) -> Tensor {
    let first = try Dimension.wrap(start, x.ndim)
    let last = try Dimension.wrap(end, x.ndim)
    if first > last { throw .runtime("flatten() has invalid args: start_dim cannot come after end_dim") }
    if x.ndim == 0 { return try reshape(x, [1] as Dims) }
    if first == last { return x }
    var shape = Dims()
    for i in 0..<first { shape.append(x.shape[i]) }
    var merged = 1
    for i in first...last { merged *= x.shape[i] }
    shape.append(merged)
    for i in (last + 1)..<(x.ndim + 1) where i < x.ndim { shape.append(x.shape[i]) }
    return try reshape(x, shape)
  }

  /// Dimension `dim` split into `sizes`, of which one may be -1.
  package static func unflatten(_ x: Tensor, _ dim: Int, _ sizes: [Int]) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    if sizes.isEmpty { throw .runtime("unflatten: sizes must be non-empty") }
    let size = x.ndim == 0 ? 1 : x.shape[d]
    let parts: Dims
    do throws(TensorError) { parts = try ShapeInference.resolve(sizes, count: size) } catch {
      if sizes.filter({ $0 == -1 }).count > 1 { throw .runtime("only one dimension can be inferred") }
      throw .runtime(
        "unflatten: Provided sizes \(ShapeInference.listText(sizes)) don't multiply up to the size of dim \(d) (\(size)) in the input tensor"
      )
    }
    var all = x.shape.array
    if x.ndim > 0 { all.remove(at: d) }
    all.insert(contentsOf: parts.array, at: d)
    return try view(x, all)
  }

  /// One dimension, contiguous.
  package static func ravel(_ x: Tensor) throws(TensorError) -> Tensor { try view(contiguous(x), [-1]) }

  // MARK: squeeze, unsqueeze

  /// Without the dimensions of size one.
  package static func squeeze(_ x: Tensor) -> Tensor {
    squeezed(x, "SqueezeBackward0") { x.shape[$0] == 1 }
  }

  /// Without dimension `dim` if its size is one.
  package static func squeeze(_ x: Tensor, _ dim: Int) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    return squeezed(x, "SqueezeBackward1") { $0 == d && x.shape[$0] == 1 }
  }

  /// Without those of `dims` whose size is one.
  package static func squeeze(_ x: Tensor, _ dims: [Int]) throws(TensorError) -> Tensor {
    let wrapped = try Dimension.wrapAll(dims, x.ndim)
    return squeezed(x, "SqueezeBackward2") { wrapped.contains($0) && x.shape[$0] == 1 }
  }

  private static func squeezed(_ x: Tensor, _ name: String, _ isDropped: (Int) -> Bool) -> Tensor {
    var shape = Dims()
    var strides = Dims()
    for i in 0..<x.ndim where !isDropped(i) {
      shape.append(x.shape[i])
      strides.append(x.strides[i])
    }
    let original = x.shape
    return recordView(name, x, shape, strides, x.offset) { (g) throws(TensorError) in
      try reshape(g, original)
    }
  }

  /// With a dimension of size one before `dim`.
  package static func unsqueeze(_ x: Tensor, _ dim: Int) throws(TensorError) -> Tensor {
    let n = x.ndim + 1
    guard dim >= -n && dim < n else { throw Dimension.outOfRange(dim, n) }
    guard n <= Dims.capacity else {
      throw .runtime("tensors of more than \(Dims.capacity) dimensions are not available in tnb (got \(n))")
    }
    let d = dim < 0 ? dim + n : dim
    var shape = x.shape
    var strides = x.strides
    strides.insert(d < x.ndim ? x.shape[d] &* x.strides[d] : 1, at: d)
    shape.insert(1, at: d)
    return recordView("UnsqueezeBackward0", x, shape, strides, x.offset) { (g) throws(TensorError) in
      try squeeze(g, d)
    }
  }

  // MARK: Orders of dimensions

  /// Dimensions `a` and `b` exchanged.
  package static func transpose(_ x: Tensor, _ a: Int, _ b: Int) throws(TensorError) -> Tensor {
    try transposed(x, a, b, .transpose)
  }

  private static func transposed(
    _ x: Tensor, _ a: Int, _ b: Int, _ kind: ViewNode.Kind
  ) throws(TensorError) -> Tensor {
    if a == 0 && b == 1 && x.ndim == 2 {
      let (shape, strides) = (x.shapeAddress.pointee.v, x.stridesAddress.pointee.v)
      return recordView(kind, x, Dims(shape.1, shape.0), Dims(strides.1, strides.0), x.offset, 0, 1)
    }
    let i = try Dimension.wrap(a, x.ndim)
    let j = try Dimension.wrap(b, x.ndim)
    var shape = x.shape
    var strides = x.strides
    if x.ndim > 0 {
      shape[i] = x.shape[j]
      shape[j] = x.shape[i]
      strides[i] = x.strides[j]
      strides[j] = x.strides[i]
    }
    return recordView(kind, x, shape, strides, x.offset, i, j)
  }

  /// A matrix transposed; vectors and scalars as they are.
  package static func t(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim > 2 { throw .runtime("t() expects a tensor with <= 2 dimensions, but self is \(x.ndim)D") }
    return try transposed(x, 0, x.ndim < 2 ? 0 : 1, .t)
  }

  /// `.T`: all dimensions in reverse.
  package static func numpyT(_ x: Tensor) throws(TensorError) -> Tensor {
    try permute(x, Array((0..<x.ndim).reversed()))
  }

  /// `.mT`: the last two dimensions exchanged.
  package static func mT(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim < 2 {
      throw .runtime(
        "tensor.mT is only supported on matrices or batches of matrices. Got \(x.ndim)-D tensor.")
    }
    return try transpose(x, -2, -1)
  }

  /// `.H`: a matrix transposed (elements are real).
  package static func matrixH(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim == 0 { return try permute(x, []) }
    if x.ndim != 2 {
      throw .runtime("tensor.H is only supported on matrices (2-D tensors). Got \(x.ndim)-D tensor.")
    }
    return try transpose(x, 0, 1)
  }

  /// Dimensions in the order `dims`.
  package static func permute(_ x: Tensor, _ dims: [Int]) throws(TensorError) -> Tensor {
    if dims.count != x.ndim {
      throw .runtime(
        "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = \(x.ndim) is not equal to len(dims) = \(dims.count)"
      )
    }
    var order: [Int] = []
    var shape = Dims()
    var strides = Dims()
    for dim in dims {
      let d = try Dimension.wrap(dim, x.ndim)
      if order.contains(d) { throw .runtime("permute(): duplicate dims are not allowed.") }
      order.append(d)
      shape.append(x.shape[d])
      strides.append(x.strides[d])
    }
    var inverse = order
    for (i, d) in order.enumerated() { inverse[d] = i }
    return recordView("PermuteBackward0", x, shape, strides, x.offset) { (g) throws(TensorError) in
      try permute(g, inverse)
    }
  }

  /// Dimensions `source` moved to the places `destination`, the others keeping their order.
  package static func movedim(_ x: Tensor, _ source: [Int], _ destination: [Int]) throws(TensorError) -> Tensor {
    if source.count != destination.count {
      throw .runtime(
        "movedim: Invalid source or destination dims: source (\(ShapeInference.listText(source)) dims) should contain the same number of dims as destination (\(ShapeInference.listText(destination)) dims)"
      )
    }
    var from: [Int] = []
    var to: [Int] = []
    for dim in source { from.append(try Dimension.wrap(dim, x.ndim)) }
    for dim in destination { to.append(try Dimension.wrap(dim, x.ndim)) }
    if Set(from).count != from.count {
      throw .runtime("movedim: repeated dim in `source` (\(ShapeInference.listText(source)))")
    }
    if Set(to).count != to.count {
      throw .runtime("movedim: repeated dim in `destination` (\(ShapeInference.listText(destination)))")
    }
    if x.ndim == 0 { return aliasView(x) }
    var order = [Int](repeating: -1, count: x.ndim)
    for (s, d) in zip(from, to) { order[d] = s }
    var rest = (0..<x.ndim).filter { !from.contains($0) }[...]
    for i in 0..<x.ndim where order[i] < 0 { order[i] = rest.removeFirst() }
    return try permute(x, order)
  }
}
