/// Tensors from values that the language collected out of lists and arrays.
extension Tensor {
  /// `values` in row-major order, converted to `dtype`; their count must be that of `shape`.
  package static func make(_ values: [Double], _ shape: Dims, _ dtype: DType) throws(TensorError) -> Tensor {
    try converted(values, .float64, shape, dtype)
  }

  package static func make(_ values: [Int], _ shape: Dims, _ dtype: DType) throws(TensorError) -> Tensor {
    try converted(values, .int64, shape, dtype)
  }

  package static func make(_ values: [Bool], _ shape: Dims, _ dtype: DType) throws(TensorError) -> Tensor {
    try converted(values.map { $0 ? UInt8(1) : 0 }, .bool, shape, dtype)
  }

  private static func converted<T>(
    _ values: [T], _ from: DType, _ shape: Dims, _ dtype: DType
  ) throws(TensorError) -> Tensor {
    _ = try byteCount(shape, dtype)
    guard values.count == shape.product else {
      throw .runtime("shape '\(shape.description)' is invalid for input of size \(values.count)")
    }
    let raw = try Tensor(empty: shape, from)
    values.withUnsafeBytes { if $0.count > 0 { raw.data.copyMemory(from: $0.baseAddress!, byteCount: $0.count) } }
    return from == dtype ? raw : try raw.copied(to: dtype)
  }

  /// As the `requires_grad` option of the factories.
  package func requiringGrad(_ wanted: Bool) throws(TensorError) -> Tensor {
    if !wanted { return self }
    guard dtype.isFloating else {
      throw .runtime("Only Tensors of floating point and complex dtype can require gradients")
    }
    try setRequiresGrad(true)
    return self
  }
}
