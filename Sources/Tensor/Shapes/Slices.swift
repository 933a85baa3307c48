// Parts of a tensor as views.

extension Operations {
  /// The entry `index` of dimension `dim`, which disappears.
  package static func select(_ x: Tensor, _ dim: Int, _ index: Int) throws(TensorError) -> Tensor {
    if x.ndim == 0 { throw .index("select() cannot be applied to a 0-dim tensor.") }
    let d = try Dimension.wrap(dim, x.ndim)
    let size = x.shape[d]
    guard index >= -size && index < size else {
      throw .index(
        "select(): index \(index) out of range for tensor of size \(x.shape.description) at dimension \(d)")
    }
    return selected(x, d, index < 0 ? index + size : index)
  }

  /// As `select`, for a dimension and an index in range.
  @inline(__always) static func selected(_ x: Tensor, _ d: Int, _ index: Int) -> Tensor {
    var shape = x.shape
    var strides = x.strides
    shape.remove(at: d)
    strides.remove(at: d)
    return recordView(.select, x, shape, strides, x.offset + index * x.strides[d], d, index)
  }

  /// `x[start:stop:step]` along `dim`, bounds clamped as Python does.
  package static func slice(
    _ x: Tensor, _ dim: Int, _ start: Int?, _ stop: Int?, _ step: Int = 1
  ) throws(TensorError) -> Tensor {
    if x.ndim == 0 { throw .index("slice() cannot be applied to a 0-dim tensor.") }
    let d = try Dimension.wrap(dim, x.ndim)
    if step <= 0 { throw .runtime("slice step must be positive") }
    return sliced(x, d, start, stop, step)
  }

  static func sliced(_ x: Tensor, _ d: Int, _ start: Int?, _ stop: Int?, _ step: Int) -> Tensor {
    let size = x.shape[d]
    func clamped(_ bound: Int) -> Int { bound < 0 ? Swift.max(bound &+ size, 0) : Swift.min(bound, size) }
    let first = start.map(clamped) ?? 0
    let end = Swift.max(stop.map(clamped) ?? size, first)
    var shape = x.shape
    var strides = x.strides
    let length = end - first
    // Written so that a huge step cannot overflow.
    shape[d] = length == 0 ? 0 : (length - 1) / step + 1
    let (stride, overflow) = strides[d].multipliedReportingOverflow(by: step)
    strides[d] = overflow ? strides[d] : stride
    let start = x.offset + first * x.strides[d]
    if step == 1 { return recordView(.slice, x, shape, strides, start, d, first, end) }
    let original = x.shape
    return recordView("SliceBackward0", x, shape, strides, start) { (g) throws(TensorError) in
      try embed("SliceBackwardBackward0", g, original) { (z) throws(TensorError) in
        try slice(z, d, first, end, step)
      }
    }
  }

  /// `length` entries of dimension `dim` from `start` on.
  package static func narrow(_ x: Tensor, _ dim: Int, _ start: Int, _ length: Int) throws(TensorError) -> Tensor {
    if x.ndim == 0 { throw .runtime("narrow() cannot be applied to a 0-dim tensor.") }
    if length < 0 { throw .runtime("narrow(): length must be non-negative.") }
    let d = try Dimension.wrap(dim, x.ndim)
    let size = x.shape[d]
    guard start >= -size && start <= size else {
      throw .index("start out of range (expected to be in range of [\(-size), \(size)], but got \(start))")
    }
    let first = start < 0 ? start + size : start
    guard first <= size - length else {
      throw .runtime("start (\(first)) + length (\(length)) exceeds dimension size (\(size)).")
    }
    return sliced(x, d, first, first + length, 1)
  }

  /// Windows of `size` entries along `dimension`, `step` apart, as a new last dimension.
  package static func unfold(_ x: Tensor, _ dimension: Int, _ size: Int, _ step: Int) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dimension, x.ndim)
    let available = x.ndim == 0 ? 1 : x.shape[d]
    if size < 0 { throw .runtime("size is \(size) but must be >= 0") }
    if size > available {
      throw .runtime("maximum size for tensor at dimension \(d) is \(available) but size is \(size)")
    }
    if step <= 0 { throw .runtime("step is \(step) but must be > 0") }
    guard x.ndim < Dims.capacity else {
      throw .runtime("tensors of more than \(Dims.capacity) dimensions are not available in tnb (got \(x.ndim + 1))")
    }
    var shape = x.shape
    var strides = x.strides
    shape.append(size)
    strides.append(x.ndim == 0 ? 1 : x.strides[d])
    if x.ndim > 0 {
      shape[d] = (available - size) / step + 1
      strides[d] = x.strides[d] &* step
    }
    let original = x.shape
    return recordView("UnfoldBackward0", x, shape, strides, x.offset) { (g) throws(TensorError) in
      try accumulate("UnfoldBackwardBackward0", g, original) { (z) throws(TensorError) in
        try unfold(z, d, size, step)
      }
    }
  }

  /// A view with any size, stride and offset inside the storage.
  package static func asStrided(
    _ x: Tensor, _ size: [Int], _ stride: [Int], _ offset: Int? = nil
  ) throws(TensorError) -> Tensor {
    if size.count != stride.count {
      throw .runtime("mismatch in length of strides and shape")
    }
    for s in stride where s < 0 {
      throw .runtime(
        "as_strided: Negative strides are not supported at the moment, got strides: \(ShapeInference.listText(stride))")
    }
    let shape = try Dims.checked(size)
    let strides = try Dims.checked(stride)
    let start = offset ?? x.offset
    if start < 0 { throw .runtime("Tensor: invalid storage offset \(start)") }
    _ = try Tensor.byteCount(shape, x.dtype)
    var last = start
    var overflow = false
    for i in 0..<shape.count where shape.product > 0 {
      let (span, o1) = (shape[i] - 1).multipliedReportingOverflow(by: strides[i])
      let (sum, o2) = last.addingReportingOverflow(span)
      last = sum
      overflow = overflow || o1 || o2
    }
    let held = x.storage.byteCount / x.dtype.size
    if shape.product > 0 && (overflow || last >= held) {
      let needed = overflow ? "more" : String((last + 1) * x.dtype.size)
      throw .runtime(
        "setStorage: sizes \(shape.description), strides \(strides.description), storage offset \(start), and itemsize \(x.dtype.size) requiring a storage size of \(needed) are out of bounds for storage of size \(x.storage.byteCount)"
      )
    }
    let (xShape, xStrides, xOffset) = (x.shape, x.strides, x.offset)
    let plain = x.isContiguous
    return recordView("AsStridedBackward0", x, shape, strides, start) { (g) throws(TensorError) in
      if plain {
        return try accumulate("AsStridedBackwardBackward0", g, xShape) { (z) throws(TensorError) in
          try asStrided(z, size, stride, start - xOffset)
        }
      }
      return try asStridedGradient(g, shape, strides, start, xShape, xStrides, xOffset, held)
    }
  }

  /// The gradient of a strided view of a tensor that is itself strided: added up in the geometry of the storage.
  private static func asStridedGradient(
    _ g: Tensor, _ shape: Dims, _ strides: Dims, _ start: Int, _ xShape: Dims, _ xStrides: Dims, _ xOffset: Int,
    _ held: Int
  ) throws(TensorError) -> Tensor {
    let whole = try accumulate("AsStridedBackwardBackward0", g, [held]) { (z) throws(TensorError) in
      try asStrided(z, shape.array, strides.array, start)
    }
    return try asStrided(whole, xShape.array, xStrides.array, xOffset)
  }

  // MARK: diagonal

  /// The entries with equal indices in two dimensions (shifted by `offset`), as a new last dimension.
  package static func diagonal(
    _ x: Tensor, offset: Int = 0, _ dim1: Int = 0, _ dim2: Int = 1, name: String = "DiagonalBackward0"
  ) throws(TensorError) -> Tensor {
    let a = try Dimension.wrap(dim1, x.ndim)
    let b = try Dimension.wrap(dim2, x.ndim)
    if a == b { throw .runtime("diagonal dimensions cannot be identical \(dim1), \(dim2)") }
    let length: Int
    var start = x.offset
    if offset >= 0 {
      length = Swift.max(Swift.min(x.shape[a], x.shape[b] - Swift.min(offset, x.shape[b])), 0)
      if length > 0 { start += offset * x.strides[b] }
    } else {
      let down = offset == Int.min ? Int.max : -offset
      length = Swift.max(Swift.min(x.shape[a] - Swift.min(down, x.shape[a]), x.shape[b]), 0)
      if length > 0 { start += down * x.strides[a] }
    }
    var shape = Dims()
    var strides = Dims()
    for i in 0..<x.ndim where i != a && i != b {
      shape.append(x.shape[i])
      strides.append(x.strides[i])
    }
    shape.append(length)
    strides.append(x.strides[a] + x.strides[b])
    let original = x.shape
    return recordView(name, x, shape, strides, start) { (g) throws(TensorError) in
      try embed("DiagonalBackwardBackward0", g, original) { (z) throws(TensorError) in
        try diagonal(z, offset: offset, a, b)
      }
    }
  }

  // MARK: Gradients of parts

  /// Zeros of `shape` with `g` written into the part that `part` picks; differentiable in `g`.
  static func embed(
    _ name: String, _ g: Tensor, _ shape: Dims, _ part: @escaping ViewBackward
  ) throws(TensorError) -> Tensor {
    let result = try Tensor.filled(shape, g.dtype, .int(0))
    let place = try withoutGrad { () throws(TensorError) in try part(result) }
    try Kernels.copy(g, into: place)
    let output = result.alias()
    if Autograd.isRecording(g) {
      Autograd.record(name, [g], output) { (c) throws(TensorError) in [try part(c.gradient)] }
    }
    return output
  }

  /// As `embed`, for parts that hold an element several times: those are added up.
  static func accumulate(
    _ name: String, _ g: Tensor, _ shape: Dims, _ part: @escaping ViewBackward
  ) throws(TensorError) -> Tensor {
    let result = try Tensor.filled(shape, g.dtype, .int(0))
    let place = try withoutGrad { () throws(TensorError) in try part(result) }
    try Kernels.accumulate(g, into: place)
    if Autograd.isRecording(g) {
      Autograd.record(name, [g], result) { (c) throws(TensorError) in [try part(c.gradient)] }
    }
    return result
  }

  /// Runs `body` without recording.
  static func withoutGrad<T>(_ body: () throws(TensorError) -> T) throws(TensorError) -> T {
    let saved = GradMode.isEnabled
    GradMode.isEnabled = false
    defer { GradMode.isEnabled = saved }
    return try body()
  }
}
