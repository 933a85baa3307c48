import CKernels

// Tensors made from numbers.

extension Operations {
  /// Zeros; `zeros` words a negative size differently from the other factories.
  package static func zeros(_ shape: Dims, _ dtype: DType) throws(TensorError) -> Tensor {
    if shape.contains(where: { $0 < 0 }) { throw .runtime("zeros: Dimension size must be non-negative.") }
    return try Tensor.filled(shape, dtype, .int(0))
  }

  /// Every element `value`, which must fit the type.
  package static func full(_ shape: Dims, _ value: Scalar, _ dtype: DType) throws(TensorError) -> Tensor {
    try Tensor.filled(shape, dtype, value)
  }

  /// The identity matrix, or one with `m` columns.
  package static func eye(_ n: Int, _ m: Int?, _ dtype: DType) throws(TensorError) -> Tensor {
    if n < 0 { throw .runtime("n must be greater or equal to 0, got \(n)") }
    if let m, m < 0 { throw .runtime("m must be greater or equal to 0, got \(m)") }
    let columns = m ?? n
    let x = try Tensor.filled([n, columns], dtype, .int(0))
    let diagonal = Tensor(
      storage: x.storage, offset: 0, shape: [Swift.min(n, columns)], strides: [columns + 1], dtype: dtype,
      isContiguous: false)
    if diagonal.count > 0 { try Kernels.fill(diagonal, .int(1)) }
    return x
  }

  // MARK: Ranges

  /// `start`, `start + step`, … before `end`; the type is int64 when all three are integers.
  package static func arange(
    _ start: Scalar, _ end: Scalar, _ step: Scalar, _ dtype: DType?
  ) throws(TensorError) -> Tensor {
    var isWhole = true
    for s in [start, end, step] { if case .float = s { isWhole = false } }
    let type = dtype ?? (isWhole ? .int64 : DType.defaultFloat)
    return try range(start, end, step, type, isInclusive: false)
  }

  /// As `arange`, with `end` included (the deprecated `torch.range`).
  package static func inclusiveRange(
    _ start: Scalar, _ end: Scalar, _ step: Scalar, _ dtype: DType?
  ) throws(TensorError) -> Tensor {
    try range(start, end, step, dtype ?? DType.defaultFloat, isInclusive: true)
  }

  private static func range(
    _ start: Scalar, _ end: Scalar, _ step: Scalar, _ dtype: DType, isInclusive: Bool
  ) throws(TensorError) -> Tensor {
    var (s, e, d) = (start.double, end.double, step.double)
    if dtype.isInteger { (s, e, d) = (s.rounded(.towardZero), e.rounded(.towardZero), d.rounded(.towardZero)) }
    if d == 0 {
      if step.double != 0 { throw .value("step must be nonzero") }
      throw .runtime("step must be nonzero")
    }
    guard s.isFinite && e.isFinite else {
      throw .runtime("unsupported range: \(NumberText.general(s)) -> \(NumberText.general(e))")
    }
    if (d > 0 && e < s) || (d < 0 && e > s) || d.isNaN {
      throw .runtime("upper bound and lower bound inconsistent with step sign")
    }
    if case .int(let i) = start, case .int(let j) = end, case .int(let k) = step, dtype.isInteger {
      return try integerRange(i, j, k, dtype, isInclusive)
    }
    let size = isInclusive ? ((e - s) / d).rounded(.down) + 1 : ((e - s) / d).rounded(.up)
    guard let n = Int(exactly: size), n >= 0 else {
      throw .runtime("invalid size, possible overflow?")
    }
    if dtype == .bool && n > 2 {
      throw TensorError(.notImplemented, "\"arange_cpu\" not implemented for 'Bool'")
    }
    if dtype.isInteger {
      return try integerRange(Int(s), Int(e), Int(d), dtype, isInclusive)
    }
    if dtype == .float32 {
      let x = try Tensor(empty: [n], .float32)
      tnb_fill_range_float(x.pointer(Float.self), n, s, d)
      return x
    }
    let x = try Tensor(empty: [n], .float64)
    tnb_fill_range_double(x.pointer(Double.self), n, s, d)
    return dtype == .float64 ? x : try x.copied(to: dtype)
  }

  private static func integerRange(
    _ start: Int, _ end: Int, _ step: Int, _ dtype: DType, _ isInclusive: Bool
  ) throws(TensorError) -> Tensor {
    let (span, overflow) = end.subtractingReportingOverflow(start)
    if overflow { throw .runtime("invalid size, possible overflow?") }
    var n = span / step
    if isInclusive || span % step != 0 { n += 1 }
    let x = try Tensor(empty: [n], .int64)
    let p = x.pointer(Int.self)
    var value = start
    for i in 0..<n {
      p[i] = value
      value &+= step
    }
    return dtype == .int64 ? x : try x.copied(to: dtype)
  }

  /// `steps` values from `start` to `end`, both included.
  package static func linspace(
    _ start: Scalar, _ end: Scalar, _ steps: Int, _ dtype: DType?
  ) throws(TensorError) -> Tensor {
    if steps < 0 { throw .runtime("number of steps must be non-negative") }
    let type = dtype ?? DType.defaultFloat
    if type == .float32 {
      let x = try Tensor(empty: [steps], .float32)
      if steps > 0 {
        tnb_fill_linspace_float(x.pointer(Float.self), steps, Float(start.double), Float(end.double))
      }
      return x
    }
    let x = try Tensor(empty: [steps], .float64)
    if steps > 0 { tnb_fill_linspace_double(x.pointer(Double.self), steps, start.double, end.double) }
    return type == .float64 ? x : try x.copied(to: type)
  }

  /// `base` to the power of `steps` exponents from `start` to `end`.
  package static func logspace(
    _ start: Scalar, _ end: Scalar, _ steps: Int, base: Double, _ dtype: DType?
  ) throws(TensorError) -> Tensor {
    if steps < 0 { throw .runtime("number of steps must be non-negative") }
    let type = dtype ?? DType.defaultFloat
    if type == .float32 {
      let x = try Tensor(empty: [steps], .float32)
      if steps > 0 {
        tnb_fill_logspace_float(x.pointer(Float.self), steps, Float(start.double), Float(end.double), base)
      }
      return x
    }
    let x = try Tensor(empty: [steps], .float64)
    if steps > 0 { tnb_fill_logspace_double(x.pointer(Double.self), steps, start.double, end.double, base) }
    return type == .float64 ? x : try x.copied(to: type)
  }

  // MARK: Diagonals and index grids

  /// Vectors along a diagonal of matrices that are zero elsewhere.
  package static func diagEmbed(
    _ x: Tensor, offset: Int = 0, _ dim1: Int = -2, _ dim2: Int = -1
  ) throws(TensorError) -> Tensor {
    let n = x.ndim + 1
    let a = try Dimension.wrap(dim1, n)
    let b = try Dimension.wrap(dim2, n)
    if a == b { throw .runtime("diagonal dimensions cannot be identical \(dim1), \(dim2)") }
    if x.ndim == 0 { throw .index("Dimension out of range (expected to be in range of [-1, 0], but got \(dim1))") }
    guard n <= Dims.capacity, offset.magnitude < 1 << 40 else {
      throw .runtime("diag_embed: the result is too large")
    }
    let size = x.shape[x.ndim - 1] + Swift.abs(offset)
    var rest = Array(x.shape.array.dropLast())
    rest.insert(size, at: Swift.min(a, b))
    rest.insert(size, at: Swift.max(a, b))
    let output = try Tensor.filled(Dims(rest), x.dtype, .int(0))
    let place = try withoutGrad { () throws(TensorError) in try diagonal(output, offset: offset, a, b) }
    try Kernels.copy(x, into: place)
    let result = output.alias()
    if Autograd.isRecording(x) {
      Autograd.record("DiagEmbedBackward0", [x], result) { (c) throws(TensorError) in
        [try diagonal(c.gradient, offset: offset, a, b)]
      }
    }
    return result
  }

  /// A matrix with the vector on its diagonal, or the diagonal of a matrix as a copy.
  package static func diag(_ x: Tensor, _ diagonal: Int = 0) throws(TensorError) -> Tensor {
    switch x.ndim {
    case 1: return try diagEmbed(x, offset: diagonal)
    case 2:
      let view = try withoutGrad { () throws(TensorError) in try Operations.diagonal(x.detach(), offset: diagonal) }
      let output = try view.copied()
      if Autograd.isRecording(x) {
        let shape = x.shape
        Autograd.record("DiagonalBackward0_copy", [x], output) { (c) throws(TensorError) in
          [
            try embed("DiagonalBackwardBackward0", c.gradient, shape) { (z) throws(TensorError) in
              try Operations.diagonal(z, offset: diagonal)
            }
          ]
        }
      }
      return output
    default: throw .runtime("diag(): Supports 1D or 2D tensors. Got \(x.ndim)D")
    }
  }

  /// Row and column numbers of a triangle's elements.
  package static func triangleIndices(
    _ rows: Int, _ columns: Int, _ offset: Int, upper: Bool, _ dtype: DType
  ) throws(TensorError) -> Tensor {
    if rows < 0 { throw .runtime("row must be non-negative, got\(rows)") }
    if columns < 0 { throw .runtime("col must be non-negative, got\(columns)") }
    guard dtype == .int64 || dtype == .int32 else {
      throw TensorError(
        .notImplemented, "\"\(upper ? "triu" : "tril")_indices\" not implemented for '\(dtype.scalarTypeName)'")
    }
    if rows > 1 << 20 || columns > 1 << 20 { throw .runtime("the index grid is too large") }
    var (r, c): ([Int], [Int]) = ([], [])
    for i in 0..<rows {
      let bound = offset > columns ? columns : offset < -rows ? -rows : offset
      let from = upper ? Swift.max(0, i + bound) : 0
      let to = upper ? columns : Swift.min(columns, i + bound + 1)
      for j in from..<Swift.max(from, to) {
        r.append(i)
        c.append(j)
      }
    }
    return try Tensor.make(r + c, [2, r.count], dtype)
  }

  /// Coordinates of a grid: for each vector, its values repeated along the other dimensions.
  package static func meshgrid(_ tensors: [Tensor], indexing: String?) throws(TensorError) -> [Tensor] {
    if tensors.isEmpty { throw .runtime("meshgrid expects a non-empty TensorList") }
    for x in tensors {
      if x.ndim > 1 {
        if x.dtype != tensors[0].dtype { throw .runtime("meshgrid expects all tensors to have the same dtype") }
        throw .runtime(
          "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: \(x.ndim)D")
      }
      if x.dtype != tensors[0].dtype { throw .runtime("meshgrid expects all tensors to have the same dtype") }
    }
    let style = indexing ?? "ij"
    guard style == "ij" || style == "xy" else {
      throw .runtime("torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: \(style)")
    }
    var parts = tensors
    let isSwapped = style == "xy" && parts.count >= 2
    if isSwapped { parts.swapAt(0, 1) }
    let sizes = try Dims.checked(parts.map(\.count))
    var grids: [Tensor] = []
    for (i, x) in parts.enumerated() {
      var shape = Dims(repeating: 1, count: parts.count)
      shape[i] = sizes[i]
      grids.append(try expand(view(x, shape.array), sizes.array))
    }
    if isSwapped { grids.swapAt(0, 1) }
    return grids
  }

  /// All combinations of one element from each vector, as rows.
  package static func cartesianProduct(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    for x in tensors where x.ndim != 1 {
      throw .runtime("Expect a 1D vector, but got shape \(x.shape.description)")
    }
    if tensors.count == 1 { return tensors[0] }
    var columns: [Tensor] = []
    for grid in try meshgrid(tensors, indexing: "ij") { columns.append(try flatten(grid)) }
    return try stack(columns, 1)
  }

  /// All ways to choose `r` elements of a vector, as rows.
  package static func combinations(_ x: Tensor, _ r: Int, replacement: Bool) throws(TensorError) -> Tensor {
    if x.ndim != 1 { throw .runtime("Expect a 1D vector, but got shape \(x.shape.description)") }
    if r < 0 { throw .runtime("Expect a non-negative number, but got \(r)") }
    if r == 0 { return try Tensor.filled([0], x.dtype, .int(0)) }
    let n = x.count
    var rows: [[Int]] = [[]]
    for _ in 0..<r {
      var next: [[Int]] = []
      for row in rows {
        let from = row.last.map { replacement ? $0 : $0 + 1 } ?? 0
        for i in from..<Swift.max(from, n) { next.append(row + [i]) }
        if next.count > 1 << 24 { throw .runtime("combinations: the result is too large") }
      }
      rows = next
    }
    let index = try Tensor.make(rows.flatMap { $0 }, [rows.count, r], .int64)
    return try take(x, index)
  }

  /// Powers of a vector's elements as columns, the highest first unless `increasing`.
  package static func vander(_ x: Tensor, _ n: Int?, increasing: Bool) throws(TensorError) -> Tensor {
    if x.ndim != 1 { throw .runtime("x must be a one-dimensional tensor.") }
    let columns = n ?? x.count
    if columns < 0 { throw .runtime("N must be non-negative.") }
    let dtype: DType = x.dtype.isFloating ? x.dtype : .int64
    if columns == 0 { return try Tensor.filled([x.count, 0], dtype, .int(0)) }
    let base = try cast(x, dtype)
    var parts = [try Tensor.filled(x.shape, dtype, .int(1))]
    for _ in 1..<columns where parts.count < columns { parts.append(try mul(parts[parts.count - 1], base)) }
    let result = try stack(parts, 1)
    return increasing ? result : try flip(result, [1])
  }
}
