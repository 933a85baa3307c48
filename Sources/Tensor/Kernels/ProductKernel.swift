import CKernels

/// Matrix products through the C loops.
enum ProductKernel {
  /// The type products of `type` are computed in: float32 for the half types, int64 for integers.
  static func working(_ type: DType) -> DType {
    switch type {
    case .float16, .bfloat16, .float32: .float32
    case .float64: .float64
    case .bool, .uint8, .int8, .int16, .int32, .int64: .int64
    }
  }

  /// `aᵀ b` or `a bᵀ` of matrices that fit, outside the graph and without making the transposed one.
  static func mm(
    _ a: Tensor, transposed aIsTransposed: Bool, _ b: Tensor, transposed bIsTransposed: Bool
  ) throws(TensorError) -> Tensor {
    let type = a.dtype
    let work = working(type)
    let x = type == work ? a : try a.copied(to: work)
    let y = type == work ? b : try b.copied(to: work)
    let first = aIsTransposed ? transposed(x) : matrix(x)
    let second = bIsTransposed ? transposed(y) : matrix(y)
    let (xs, ys) = (x.shapeAddress, y.shapeAddress)
    let (m, k) = aIsTransposed ? (xs.pointee.v.1, xs.pointee.v.0) : (xs.pointee.v.0, xs.pointee.v.1)
    let n = bIsTransposed ? ys.pointee.v.0 : ys.pointee.v.1
    let out = try Tensor(rows: m, columns: n, work)
    try Kernels.check(tnb_gemm(Int32(work.rawValue), m, n, k, 1, first, second, 0, out.data, Swift.max(n, 1)))
    return work == type ? out : try out.copied(to: type)
  }

  @inline(__always) private static func matrix(_ x: Tensor) -> tnb_matrix {
    let strides = x.stridesAddress
    return tnb_matrix(data: UnsafeRawPointer(x.data), rows: strides.pointee.v.0, columns: strides.pointee.v.1)
  }

  @inline(__always) private static func transposed(_ x: Tensor) -> tnb_matrix {
    let strides = x.stridesAddress
    return tnb_matrix(data: UnsafeRawPointer(x.data), rows: strides.pointee.v.1, columns: strides.pointee.v.0)
  }

  private static func matrix(_ x: Tensor, _ row: Int, _ column: Int) -> tnb_matrix {
    tnb_matrix(data: UnsafeRawPointer(x.data), rows: x.strides[row], columns: x.strides[column])
  }

  /// `alpha · a b (+ beta · out)` for 2-D tensors of one type, into the contiguous `out` when given. Shapes were checked.
  static func mm(
    _ a: Tensor, _ b: Tensor, alpha: Double = 1, beta: Double = 0, into out: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    let type = a.dtype
    let work = working(type)
    let x = type == work ? a : try a.copied(to: work)
    let y = type == work ? b : try b.copied(to: work)
    let (m, n, k) = (x.shapeAddress.pointee.v.0, y.shapeAddress.pointee.v.1, x.shapeAddress.pointee.v.1)
    let target: Tensor
    if let out { target = out } else { target = try Tensor(rows: m, columns: n, work) }
    try Kernels.check(
      tnb_gemm(
        Int32(work.rawValue), m, n, k, alpha, matrix(x), matrix(y), beta, target.data, Swift.max(n, 1)))
    return target.dtype == type || out != nil ? target : try target.copied(to: type)
  }

  /// As `mm`, for stacks of matrices.
  static func bmm(
    _ a: Tensor, _ b: Tensor, alpha: Double = 1, beta: Double = 0, into out: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    let type = a.dtype
    let work = working(type)
    let x = type == work ? a : try a.copied(to: work)
    let y = type == work ? b : try b.copied(to: work)
    let (count, m, n, k) = (x.shape[0], x.shape[1], y.shape[2], x.shape[2])
    let target: Tensor
    if let out { target = out } else { target = try Tensor(empty: [count, m, n], work) }
    try Kernels.check(
      tnb_gemm_batch(
        Int32(work.rawValue), count, m, n, k, alpha, matrix(x, 1, 2), x.strides[0], matrix(y, 1, 2), y.strides[0],
        beta, target.data, Swift.max(n, 1), m * n))
    return target.dtype == type || out != nil ? target : try target.copied(to: type)
  }

  /// `a · b` for 1-D tensors of one type and length.
  static func dot(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let work = working(a.dtype)
    let x = a.dtype == work ? a : try a.copied(to: work)
    let y = b.dtype == work ? b : try b.copied(to: work)
    let out = try Tensor(empty: Dims(), work)
    try Kernels.check(
      tnb_dot(Int32(work.rawValue), x.count, x.data, x.strides[0], y.data, y.strides[0], out.data))
    return work == a.dtype ? out : try out.copied(to: a.dtype)
  }
}
