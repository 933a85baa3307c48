/// Batches of matrices as LAPACK takes them, and the checks all linear algebra shares.
enum Matrices {
  /// PyTorch's checks on the argument `A`; `square` also asks for equal sides.
  static func check(_ a: Tensor, _ name: String, square: Bool = true) throws(TensorError) {
    if a.ndim < 2 { throw .runtime("\(name): The input tensor A must have at least 2 dimensions.") }
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    if square && m != n {
      throw .runtime("\(name): A must be batches of square matrices, but they are \(m) by \(n) matrices")
    }
    guard a.dtype.isFloating else {
      throw .runtime(
        "\(name): Expected a floating point or complex tensor as input. Got \(a.dtype.scalarTypeName)")
    }
    guard a.dtype == .float32 || a.dtype == .float64 else {
      throw .runtime("\(name): Low precision dtypes not supported. Got \(a.dtype.scalarTypeName)")
    }
  }

  /// A fresh copy whose memory holds each matrix column by column.
  static func columnMajor(_ a: Tensor) throws(TensorError) -> Tensor {
    try Operations.withoutGrad { () throws(TensorError) in try Operations.transpose(a.detach(), -2, -1).copied() }
  }

  /// The matrices back from column-major memory.
  static func rowMajor(_ columns: Tensor) throws(TensorError) -> Tensor {
    try Operations.withoutGrad { () throws(TensorError) in try Operations.transpose(columns, -2, -1).copied() }
  }

  /// The number of matrices in a batch.
  static func batch(_ a: Tensor) -> Int { a.shape.array.dropLast(2).reduce(1, *) }

  /// The shape of a batch without the matrix dimensions, followed by others.
  static func shape(_ a: Tensor, _ tail: Int...) throws(TensorError) -> Dims {
    try Dims.checked(Array(a.shape.array.dropLast(2)) + tail)
  }

  /// `(Batch element 1): ` for batches, nothing for a single matrix.
  static func label(_ a: Tensor, _ i: Int) -> String { a.ndim > 2 ? "(Batch element \(i)): " : "" }
}

extension Operations {
  /// Aᵀ of matrices.
  static func transposed(_ x: Tensor) throws(TensorError) -> Tensor { try transpose(x, -2, -1) }

  /// An LU factorisation of every matrix: column-major factors, pivots, and LAPACK's `info`.
  static func factorised(_ a: Tensor) throws(TensorError) -> (lu: Tensor, pivots: [Int32], info: [Int]) {
    let lu = try Matrices.columnMajor(a)
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let k = Swift.min(m, n)
    let count = Matrices.batch(a)
    var pivots = [Int32](repeating: 0, count: Swift.max(count * k, 1))
    var info: [Int] = []
    for i in 0..<count where m * n > 0 {
      var failure: TensorError?
      var code = 0
      pivots.withUnsafeMutableBufferPointer { p in
        do throws(TensorError) {
          code = try Lapack.getrf(lu.data + i * m * n * a.dtype.size, m, n, p.baseAddress! + i * k, a.dtype)
        } catch { failure = error }
      }
      if let failure { throw failure }
      info.append(code)
    }
    return (lu, pivots, info)
  }

  /// X with A X = B from a factorisation of A, B given column-major.
  static func solveFactorised(
    _ lu: Tensor, _ pivots: [Int32], _ b: Tensor, _ n: Int, _ columns: Int, _ count: Int
  ) throws(TensorError) {
    var pivots = pivots
    for i in 0..<count where n > 0 && columns > 0 {
      var failure: TensorError?
      pivots.withUnsafeMutableBufferPointer { p in
        do throws(TensorError) {
          try Lapack.getrs(
            lu.data + i * n * n * lu.dtype.size, n, p.baseAddress! + i * n, b.data + i * n * columns * b.dtype.size,
            columns, transposed: false, lu.dtype)
        } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }
}
