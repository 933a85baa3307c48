import CKernels

extension Tensor {
  /// A contiguous tensor with every element `value`.
  package static func filled(_ shape: Dims, _ dtype: DType, _ value: Scalar) throws(TensorError) -> Tensor {
    let t = try Tensor(empty: shape, dtype)
    try Kernels.fill(t, value)
    return t
  }

  /// A 0-dim tensor.
  package static func scalar(_ value: Scalar, _ dtype: DType) throws(TensorError) -> Tensor {
    try filled(Dims(), dtype, value)
  }

  /// A contiguous copy outside the graph, converted to `to` when given.
  package func copied(to target: DType? = nil) throws(TensorError) -> Tensor {
    let result = try Tensor(empty: shape, target ?? dtype)
    try Kernels.copy(self, into: result)
    return result
  }

  /// Itself when contiguous, otherwise a contiguous copy; outside the graph. For kernels that need dense input.
  @inline(__always) package func dense() throws(TensorError) -> Tensor { isContiguous ? self : try copied() }

  /// Itself when dense and of type `target`, otherwise such a copy; outside the graph.
  package func dense(_ target: DType) throws(TensorError) -> Tensor {
    isContiguous && dtype == target ? self : try copied(to: target)
  }

  /// Element `i` (in row-major order) as a number; `i` must be in range.
  package func element(_ i: Int) -> Scalar {
    var rest = i
    var place = offset
    var d = shape.count - 1
    while d >= 0 {
      place += rest % shape[d] * strides[d]
      rest /= shape[d]
      d -= 1
    }
    return scalar(at: storage.bytes + place * dtype.size)
  }

  private func scalar(at p: UnsafeRawPointer) -> Scalar {
    switch dtype {
    case .bool: .bool(p.load(as: UInt8.self) != 0)
    case .uint8: .int(Int(p.load(as: UInt8.self)))
    case .int8: .int(Int(p.load(as: Int8.self)))
    case .int16: .int(Int(p.load(as: Int16.self)))
    case .int32: .int(Int(p.load(as: Int32.self)))
    case .int64: .int(p.load(as: Int.self))
    case .float16: .float(Double(tnb_from_float16(p.load(as: UInt16.self))))
    case .bfloat16: .float(Double(tnb_from_bfloat16(p.load(as: UInt16.self))))
    case .float32: .float(Double(p.load(as: Float.self)))
    case .float64: .float(p.load(as: Double.self))
    }
  }

  /// The value of a one-element tensor (`item()`); throws PyTorch's error for other counts.
  package func item() throws(TensorError) -> Scalar {
    if count != 1 { throw .runtime("a Tensor with \(count) elements cannot be converted to Scalar") }
    return scalar(at: data)
  }

  /// An uninitialised tensor of `shape` laid out in memory as this tensor is, where that is a dense permutation of it.
  func emptyLike(_ dtype: DType) throws(TensorError) -> Tensor {
    if isContiguous { return try Tensor(empty: shape, dtype) }
    return try emptyPermuted(dtype)
  }

  @inline(never) private func emptyPermuted(_ dtype: DType) throws(TensorError) -> Tensor {
    let result = try Tensor(empty: shape, dtype)
    // Dimensions by falling stride; dense when each stride is the product of the sizes inside it.
    var order = Dims((0..<ndim))
    for i in 1..<max(ndim, 1) {
      var j = i
      while j > 0 && strides[order[j - 1]] < strides[order[j]] {
        order.swapAt(j - 1, j)
        j -= 1
      }
    }
    var step = 1
    var permuted = shape
    for d in order.reversed() {
      if shape[d] > 1 && strides[d] != step { return result }
      permuted[d] = step
      step *= Swift.max(shape[d], 1)
    }
    result.setGeometry(shape, permuted)
    return result
  }
}
