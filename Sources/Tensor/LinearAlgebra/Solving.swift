// Inverses, determinants and systems of equations.

extension Operations {
  /// The inverse of each matrix; a singular one is an error.
  package static func inverse(_ a: Tensor) throws(TensorError) -> Tensor {
    let (result, info) = try inverseWithInfo(a, "linalg.inv")
    for (i, code) in info.enumerated() where code > 0 {
      throw TensorError(
        .linAlg,
        "linalg.inv: \(Matrices.label(a, i))The diagonal element \(code) is zero, the inversion could not be completed because the input matrix is singular."
      )
    }
    return result
  }

  /// The inverse and LAPACK's codes: the number of the first zero on the diagonal, or 0.
  static func inverseWithInfo(_ a: Tensor, _ name: String) throws(TensorError) -> (Tensor, [Int]) {
    try Matrices.check(a, name)
    let n = a.shape[a.ndim - 1]
    let (lu, pivots, info) = try factorised(a)
    let columns = try Tensor.filled(a.shape, a.dtype, .int(0))
    try withoutGrad { () throws(TensorError) in
      try Kernels.fill(diagonal(columns, -2, -1), .int(1))
    }
    try solveFactorised(lu, pivots, columns, n, n, Matrices.batch(a))
    let output = try Matrices.rowMajor(columns)
    if Autograd.isRecording(a) {
      Autograd.record("LinalgInvExBackward0", [a], output, savesOutput: true) { (c) throws(TensorError) in
        let inverse = try transposed(c.output())
        return [try neg(matmul(inverse, matmul(c.gradient, inverse)))]
      }
    }
    return (output, info)
  }

  /// X with A X = B; B is a vector, or matrices.
  package static func solve(_ a: Tensor, _ b: Tensor, left: Bool = true) throws(TensorError) -> Tensor {
    try Matrices.check(a, "linalg.solve")
    if a.dtype != b.dtype {
      throw .runtime(
        "linalg.solve: Expected A and B to have the same dtype, but found A of type \(a.dtype.scalarTypeName) and B of type \(b.dtype.scalarTypeName) instead"
      )
    }
    if b.ndim == 0 { throw .runtime("linalg.solve: B must have at least 1 dimension") }
    // Batches of vectors have the shape of A without its last dimension.
    let isVector = b.ndim == 1 || (a.ndim - 1 == b.ndim && Array(a.shape.array.dropLast()) == b.shape.array)
    let right = isVector ? try unsqueeze(b, -1) : b
    let n = a.shape[a.ndim - 1]
    let rows = right.shape[right.ndim - (left ? 2 : 1)]
    if rows != n {
      let (p, q) = (right.shape[right.ndim - 2], right.shape[right.ndim - 1])
      throw .runtime(
        "linalg.solve: Incompatible shapes of A and B for the equation \(left ? "AX = B" : "XA = B") (\(n)x\(n) and \(p)x\(q))"
      )
    }
    if !left { return try transposed(solve(transposed(a), transposed(right))) }
    let batch = try Dims.broadcast(Dims(a.shape.array.dropLast(2)), Dims(right.shape.array.dropLast(2)))
    let matrices = try expand(a, batch.array + [n, n])
    let sides = try expand(right, batch.array + [n, right.shape[right.ndim - 1]])
    let output = try withoutGrad { () throws(TensorError) -> Tensor in
      let (lu, pivots, info) = try factorised(matrices)
      if info.contains(where: { $0 > 0 }) {
        let i = info.firstIndex { $0 > 0 }!
        throw TensorError(
          .linAlg,
          "torch.linalg.solve: \(Matrices.label(matrices, i))The solver failed because the input matrix is singular.")
      }
      let columns = try Matrices.columnMajor(sides)
      try solveFactorised(lu, pivots, columns, n, sides.shape[sides.ndim - 1], Matrices.batch(matrices))
      let x = try Matrices.rowMajor(columns)
      return isVector ? try squeeze(x, -1).alias() : x
    }
    if Autograd.isRecording(a, b) {
      Autograd.record("LinalgSolveExBackward0", [a, b], output, saving: [a], savesOutput: true) {
        (c) throws(TensorError) in
        let (a, x) = (try c.saved(0), try c.output())
        let g = isVector ? try unsqueeze(c.gradient, -1) : c.gradient
        let solved = try solve(transposed(a), g)
        let xMatrix = isVector ? try unsqueeze(x, -1) : x
        let forB = isVector ? try squeeze(solved, -1) : solved
        return [c.needs(0) ? try neg(matmul(solved, transposed(xMatrix))) : nil, forB]
      }
    }
    return output
  }

  /// The determinant of each matrix.
  package static func det(_ a: Tensor) throws(TensorError) -> Tensor {
    try Matrices.check(a, "linalg.det")
    let output = try determinants(a)
    if Autograd.isRecording(a) {
      Autograd.record("LinalgDetBackward0", [a], output, saving: [a], savesOutput: true) { (c) throws(TensorError) in
        let a = try c.saved(0)
        let isSingular = try withoutGrad { () throws(TensorError) in
          try Operations.any(compare(.eq, c.output().detach(), .int(0))).onlyScalar == .bool(true)
        }
        let scale = try unsqueeze(unsqueeze(c.gradient, -1), -1)
        if isSingular { return [try mul(scale, cofactors(a.detach()))] }
        let weight = try unsqueeze(unsqueeze(mul(c.gradient, c.output()), -1), -1)
        return [try mul(weight, transposed(inverse(a)))]
      }
    }
    return output
  }

  /// The products of the pivots with the sign of the row exchanges.
  private static func determinants(_ a: Tensor) throws(TensorError) -> Tensor {
    let n = a.shape[a.ndim - 1]
    let (lu, pivots, _) = try factorised(a)
    var values: [Double] = []
    for i in 0..<Matrices.batch(a) {
      var product = 1.0
      var single: Float = 1
      for k in 0..<n {
        let pivot = lu.double(at: lu.offset + i * n * n + k * n + k)
        product *= pivot
        single *= Float(pivot)
        if Int(pivots[i * n + k]) != k + 1 {
          product = -product
          single = -single
        }
      }
      values.append(a.dtype == .float32 ? Double(single) : product)
    }
    return try Tensor.make(values, Matrices.shape(a), a.dtype)
  }

  /// The matrix of cofactors, from the singular value decomposition: it exists for singular matrices too.
  private static func cofactors(_ a: Tensor) throws(TensorError) -> Tensor {
    try withoutGrad { () throws(TensorError) in
      let (u, s, vh) = try svd(a, full: false)
      let n = s.shape[s.ndim - 1]
      var others: [Tensor] = []
      for i in 0..<n {
        var keep = s
        keep = try indexFill(keep, -1, Tensor.vector([i]), .int(1))
        others.append(try prod(keep, -1))
      }
      let products = try stack(others, -1)
      let sign = try unsqueeze(unsqueeze(mul(determinants(u), determinants(vh)), -1), -1)
      return try mul(matmul(mul(u, unsqueeze(products, -2)), vh), sign)
    }
  }

  /// The determinant's sign and the logarithm of its magnitude.
  package static func slogdet(_ a: Tensor, _ name: String = "linalg.slogdet") throws(TensorError) -> (Tensor, Tensor) {
    try Matrices.check(a, name)
    let (sign, logarithm) = try signAndLog(a)
    if Autograd.isRecording(a) {
      Autograd.record("LinalgSlogdetBackward0", [a], outputs: [sign, logarithm], saving: [a]) {
        (c) throws(TensorError) in
        guard let g = c.gradients[1] else { return [nil] }
        return [try mul(unsqueeze(unsqueeze(g, -1), -1), transposed(inverse(c.saved(0))))]
      }
    }
    return (sign, logarithm)
  }

  private static func signAndLog(_ a: Tensor) throws(TensorError) -> (Tensor, Tensor) {
    let n = a.shape[a.ndim - 1]
    let (lu, pivots, _) = try factorised(a)
    var signs: [Double] = []
    var logarithms: [Double] = []
    for i in 0..<Matrices.batch(a) {
      var sign = 1.0
      var logarithm = 0.0
      for k in 0..<n {
        let pivot = lu.double(at: lu.offset + i * n * n + k * n + k)
        if pivot == 0 { sign *= 0 } else if pivot < 0 { sign = -sign }
        if Int(pivots[i * n + k]) != k + 1 { sign = -sign }
        logarithm += tnbLog(pivot.magnitude)
      }
      signs.append(sign)
      logarithms.append(logarithm)
    }
    let shape = try Matrices.shape(a)
    return (try Tensor.make(signs, shape, a.dtype), try Tensor.make(logarithms, shape, a.dtype))
  }

  /// log det A; NaN where the determinant is negative.
  package static func logdet(_ a: Tensor) throws(TensorError) -> Tensor {
    let (sign, logarithm) = try slogdet(a, "logdet")
    return try choose(compare(.eq, sign, .int(-1)), .float(.nan), logarithm)
  }

  /// X with A X = B for a triangular A (the other triangle is not read).
  package static func solveTriangular(
    _ a: Tensor, _ b: Tensor, upper: Bool, left: Bool = true, unitDiagonal: Bool = false
  ) throws(TensorError) -> Tensor {
    let name = "linalg.solve_triangular"
    try Matrices.check(a, name)
    if b.ndim < 2 { throw .runtime("\(name): The input tensor B must have at least 2 dimensions.") }
    if !left {
      return try transposed(
        solveTriangular(transposed(a), transposed(b), upper: !upper, unitDiagonal: unitDiagonal))
    }
    let n = a.shape[a.ndim - 1]
    if b.shape[b.ndim - 2] != n {
      throw .runtime(
        "\(name): Incompatible shapes of A and B for the equation AX = B (\(n)x\(n) and \(b.shape[b.ndim - 2])x\(b.shape[b.ndim - 1]))"
      )
    }
    if a.dtype != b.dtype { throw .runtime("Expected all inputs to have same dtype.") }
    let batch = try Dims.broadcast(Dims(a.shape.array.dropLast(2)), Dims(b.shape.array.dropLast(2)))
    let columns = b.shape[b.ndim - 1]
    let output = try withoutGrad { () throws(TensorError) -> Tensor in
      let matrices = try expand(a.detach(), batch.array + [n, n]).dense(.float64)
      let x = try expand(b.detach(), batch.array + [n, columns]).copied(to: .float64)
      substitute(matrices, x, n, columns, upper, unitDiagonal)
      return b.dtype == .float64 ? x : try x.copied(to: b.dtype)
    }
    if Autograd.isRecording(a, b) {
      Autograd.record("LinalgSolveTriangularBackward0", [a, b], output, saving: [a], savesOutput: true) {
        (c) throws(TensorError) in
        let a = try c.saved(0)
        let solved = try solveTriangular(transposed(a), c.gradient, upper: !upper, unitDiagonal: unitDiagonal)
        var forA: Tensor?
        if c.needs(0) {
          let full = try neg(matmul(solved, transposed(c.output())))
          forA = try triangle(full, diagonal: unitDiagonal ? (upper ? 1 : -1) : 0, upper: upper)
        }
        return [forA, solved]
      }
    }
    return output
  }

  /// Forward or backward substitution, in place.
  private static func substitute(
    _ a: Tensor, _ x: Tensor, _ n: Int, _ columns: Int, _ upper: Bool, _ unitDiagonal: Bool
  ) {
    let (p, q) = (a.pointer(Double.self), x.pointer(Double.self))
    for b in 0..<Matrices.batch(a) {
      let (m, v) = (p + b * n * n, q + b * n * columns)
      for step in 0..<n {
        let i = upper ? n - 1 - step : step
        let range = upper ? (i + 1)..<n : 0..<i
        for c in 0..<columns {
          var sum = v[i * columns + c]
          for k in range { sum -= m[i * n + k] * v[k * columns + c] }
          v[i * columns + c] = unitDiagonal ? sum : sum / m[i * n + i]
        }
      }
    }
  }

  /// The lower-triangular L with L Lᵀ = A.
  package static func cholesky(_ a: Tensor, upper: Bool = false) throws(TensorError) -> Tensor {
    let (factor, info) = try choleskyWithInfo(a, upper: upper)
    for (i, code) in info.enumerated() where code > 0 {
      throw TensorError(
        .linAlg,
        "linalg.cholesky: \(Matrices.label(a, i))The factorization could not be completed because the input is not positive-definite (the leading minor of order \(code) is not positive-definite)."
      )
    }
    return factor
  }

  static func choleskyWithInfo(_ a: Tensor, upper: Bool) throws(TensorError) -> (Tensor, [Int]) {
    try Matrices.check(a, "linalg.cholesky")
    let n = a.shape[a.ndim - 1]
    // Only one triangle counts.
    let source = upper ? try withoutGrad { () throws(TensorError) in try transposed(a.detach()) } : a.detach()
    let columns = try Matrices.columnMajor(source)
    var info: [Int] = []
    for i in 0..<Matrices.batch(a) where n > 0 {
      info.append(try Lapack.potrf(columns.data + i * n * n * a.dtype.size, n, a.dtype))
    }
    let lower = try Matrices.rowMajor(columns)
    clearTriangle(lower, 0, false)
    let output = upper ? try withoutGrad { () throws(TensorError) in try transposed(lower).copied() } : lower
    if Autograd.isRecording(a) {
      Autograd.record("LinalgCholeskyExBackward0", [a], output, savesOutput: true) { (c) throws(TensorError) in
        let l = upper ? try transposed(c.output()) : try c.output()
        let g = upper ? try transposed(c.gradient) : c.gradient
        // Φ(Lᵀ g): the lower triangle with half the diagonal.
        let product = try matmul(transposed(l), g)
        let phi = try sub(
          triangle(product, diagonal: 0, upper: false), mul(diagEmbed(diagonal(product, -2, -1)), .float(0.5)))
        let symmetric = try mul(add(phi, transposed(phi)), .float(0.5))
        let half = try solveTriangular(transposed(l), symmetric, upper: true)
        return [try transposed(solveTriangular(transposed(l), transposed(half), upper: true))]
      }
    }
    return (output, info)
  }
}
