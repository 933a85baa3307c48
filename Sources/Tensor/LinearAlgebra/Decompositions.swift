// Factorisations of matrices.

extension Operations {
  /// Eigenvalues, rising, and eigenvectors of symmetric matrices, of which one triangle is read.
  package static func eigh(_ a: Tensor, upper: Bool = false, name: String = "linalg.eigh") throws(TensorError) -> (
    Tensor, Tensor
  ) {
    try Matrices.check(a, name)
    let n = a.shape[a.ndim - 1]
    let columns = try Matrices.columnMajor(a)
    let values = try Tensor(empty: Matrices.shape(a, n), a.dtype)
    for i in 0..<Matrices.batch(a) where n > 0 {
      let code = try Lapack.syevd(
        columns.data + i * n * n * a.dtype.size, n, values.data + i * n * a.dtype.size, upper: upper, vectors: true,
        a.dtype)
      if code != 0 {
        throw TensorError(
          .linAlg,
          "\(name): \(Matrices.label(a, i))The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated eigenvalues (error code: \(code))."
        )
      }
    }
    let vectors = try Matrices.rowMajor(columns)
    if Autograd.isRecording(a) {
      Autograd.record("LinalgEighBackward0", [a], outputs: [values, vectors], savesOutputs: true) {
        (c) throws(TensorError) in
        let (l, v) = (try c.output(0), try c.output(1))
        var inner: Tensor?
        if let g = c.gradients[1] {
          // (Vᵀ gV) / (λj − λi), zero on the diagonal.
          let gaps = try sub(unsqueeze(l, -2), unsqueeze(l, -1))
          let safe = try add(gaps, diagEmbed(Tensor.filled(l.shape, l.dtype, .int(1))))
          let product = try matmul(transposed(v), g)
          let cleared = try sub(product, diagEmbed(diagonal(product, -2, -1)))
          inner = try div(cleared, safe)
        }
        if let g = c.gradients[0] {
          let values = try diagEmbed(g)
          inner = try inner.map { (t) throws(TensorError) in try add(t, values) } ?? values
        }
        guard let inner else { return [nil] }
        return [try matmul(matmul(v, inner), transposed(v))]
      }
    }
    return (values, vectors)
  }

  /// Eigenvalues and eigenvectors of a matrix whose eigenvalues are all real; nil where they are not.
  package static func realEig(_ a: Tensor) throws(TensorError) -> (Tensor, Tensor)? {
    try Matrices.check(a, "linalg.eig")
    let n = a.shape[a.ndim - 1]
    let columns = try Matrices.columnMajor(a)
    let vectors = try Matrices.columnMajor(a)
    let values = try Tensor(empty: Matrices.shape(a, n), a.dtype)
    let imaginary = try Tensor.filled(Matrices.shape(a, n), a.dtype, .int(0))
    for i in 0..<Matrices.batch(a) where n > 0 {
      let (matrix, row) = (i * n * n * a.dtype.size, i * n * a.dtype.size)
      let code = try Lapack.geev(
        columns.data + matrix, n, real: values.data + row, imaginary: imaginary.data + row,
        vectors: vectors.data + matrix, a.dtype)
      if code != 0 {
        throw TensorError(.linAlg, "linalg.eig: \(Matrices.label(a, i))The algorithm failed to converge.")
      }
    }
    for i in try imaginary.elementIndices() where imaginary.double(at: i) != 0 { return nil }
    return (values, try Matrices.rowMajor(vectors))
  }

  /// U, the singular values (falling) and Vᵀ.
  package static func svd(_ a: Tensor, full: Bool, name: String = "linalg.svd") throws(TensorError) -> (
    Tensor, Tensor, Tensor
  ) {
    try Matrices.check(a, name, square: false)
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let k = Swift.min(m, n)
    let (uColumns, vRows) = (full ? m : k, full ? n : k)
    let columns = try Matrices.columnMajor(a)
    let u = try Tensor(empty: Matrices.shape(a, uColumns, m), a.dtype)
    let s = try Tensor(empty: Matrices.shape(a, k), a.dtype)
    let vt = try Tensor(empty: Matrices.shape(a, n, vRows), a.dtype)
    let size = a.dtype.size
    for i in 0..<Matrices.batch(a) where k > 0 {
      let code = try Lapack.gesdd(
        columns.data + i * m * n * size, m, n, s.data + i * k * size, u.data + i * uColumns * m * size,
        vt.data + i * n * vRows * size, full: full, a.dtype)
      if code != 0 {
        throw TensorError(
          .linAlg,
          "\(name): \(Matrices.label(a, i))The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated singular values (error code: \(code))."
        )
      }
    }
    let (left, right) = (try Matrices.rowMajor(u), try Matrices.rowMajor(vt))
    if Autograd.isRecording(a) {
      Autograd.record("LinalgSvdBackward0", [a], outputs: [left, s, right], savesOutputs: true) {
        (c) throws(TensorError) in
        if full && m != n && (c.gradients[0] != nil || c.gradients[2] != nil) {
          throw TensorError(
            .runtime,
            "svd_backward: The singular vectors in the complex case are specified up to multiplication by e^{i phi}. With full_matrices=True their gradient is not available."
          )
        }
        return [try svdGradient(c)]
      }
    }
    return (left, s, right)
  }

  private static func svdGradient(_ c: BackwardContext) throws(TensorError) -> Tensor {
    let k = try c.output(1).shape[c.output(1).ndim - 1]
    let s = try c.output(1)
    let u = try narrow(c.output(0), -1, 0, k)
    let vh = try narrow(c.output(2), -2, 0, k)
    let v = try transposed(vh)
    let gradients = c.gradients
    let squares = try square(s)
    let gaps = try sub(unsqueeze(squares, -2), unsqueeze(squares, -1))
    let safe = try add(gaps, diagEmbed(Tensor.filled(s.shape, s.dtype, .int(1))))
    func skew(_ x: Tensor) throws(TensorError) -> Tensor { try sub(x, transposed(x)) }
    let (row, column) = (try unsqueeze(s, -2), try unsqueeze(s, -1))
    var inner = try gradients[1].map { (g) throws(TensorError) in try diagEmbed(g) }
    func include(_ t: Tensor) throws(TensorError) {
      inner = try inner.map { (x) throws(TensorError) in try add(x, t) } ?? t
    }
    if let g = gradients[0] {
      let gU = try narrow(g, -1, 0, k)
      try include(mul(div(skew(matmul(transposed(u), gU)), safe), row))
    }
    if let g = gradients[2] {
      let gV = try transposed(narrow(g, -2, 0, k))
      try include(mul(column, div(skew(matmul(transposed(v), gV)), safe)))
    }
    if inner == nil { inner = try diagEmbed(mul(s, .int(0))) }
    var result = try matmul(matmul(u, inner!), vh)
    let (m, n) = (u.shape[u.ndim - 2], vh.shape[vh.ndim - 1])
    if m > k, let g = gradients[0] {
      // The part of gU outside the columns of U.
      let scaled = try div(narrow(g, -1, 0, k), row)
      let outside = try sub(scaled, matmul(u, matmul(transposed(u), scaled)))
      result = try add(result, matmul(outside, vh))
    }
    if n > k, let g = gradients[2] {
      let scaled = try div(narrow(g, -2, 0, k), column)
      let outside = try sub(scaled, matmul(matmul(scaled, v), vh))
      result = try add(result, matmul(u, outside))
    }
    return result
  }

  /// The singular values only.
  package static func svdvals(_ a: Tensor) throws(TensorError) -> Tensor {
    let (u, s, vh) = try withoutGrad { () throws(TensorError) in
      try svd(a.detach(), full: false, name: "linalg.svd")
    }
    if Autograd.isRecording(a) {
      Autograd.record("LinalgSvdBackward0", [a], s) { (c) throws(TensorError) in
        [try matmul(mul(u, unsqueeze(c.gradient, -2)), vh)]
      }
    }
    return s
  }

  /// Q with orthonormal columns and an upper-triangular R. `mode` is `reduced`, `complete` or `r`.
  package static func qr(_ a: Tensor, mode: String = "reduced") throws(TensorError) -> (Tensor, Tensor) {
    guard ["reduced", "complete", "r"].contains(mode) else {
      throw .runtime(
        "qr received unrecognized mode '\(mode)' but expected one of 'reduced' (default), 'r', or 'complete'")
    }
    try Matrices.check(a, "linalg.qr", square: false)
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let k = Swift.min(m, n)
    let isComplete = mode == "complete"
    let rows = isComplete ? m : k
    let count = Matrices.batch(a)
    let size = a.dtype.size
    let columns = try Matrices.columnMajor(a)
    let tau = try Tensor.filled([Swift.max(count * k, 1)], a.dtype, .int(0))
    for i in 0..<count where k > 0 {
      try Lapack.geqrf(columns.data + i * m * n * size, m, n, tau.data + i * k * size, a.dtype)
    }
    let packed = try Matrices.rowMajor(columns)
    let r = try withoutGrad { () throws(TensorError) in try narrow(packed, -2, 0, Swift.min(rows, m)).copied() }
    if r.count > 0 { clearTriangle(r, 0, true) }
    guard mode != "r" else {
      return (try Tensor.filled([0], a.dtype, .int(0)), r)
    }
    let width = isComplete ? m : k
    let q = try Tensor.filled(Matrices.shape(a, width, m), a.dtype, .int(0))
    for i in 0..<count where m > 0 && width > 0 {
      let part = q.data + i * width * m * size
      part.copyMemory(from: columns.data + i * m * n * size, byteCount: Swift.min(width, n) * m * size)
      try Lapack.orgqr(part, m, width, k, tau.data + i * k * size, a.dtype)
    }
    let output = try Matrices.rowMajor(q)
    if Autograd.isRecording(a) {
      Autograd.record("LinalgQrBackward0", [a], outputs: [output, r], savesOutputs: true) { (c) throws(TensorError) in
        [try qrGradient(c, m, n, isComplete)]
      }
    }
    return (output, r)
  }

  private static func qrGradient(_ c: BackwardContext, _ m: Int, _ n: Int, _ isComplete: Bool) throws(TensorError)
    -> Tensor
  {
    if isComplete && m > n {
      throw .runtime(
        "The QR decomposition is not differentiable when mode='complete' and nrows > ncols")
    }
    if m < n {
      throw .runtime("linalg.qr: the gradient for matrices with more columns than rows is not available in tnb")
    }
    let (q, r) = (try c.output(0), try c.output(1))
    let gradients = c.gradients
    // M = R gRᵀ − gQᵀ Q; A's gradient is (gQ + Q (tril(M) + tril(M, −1)ᵀ)) R⁻ᵀ.
    var middle: Tensor?
    if let gR = gradients[1] { middle = try matmul(r, transposed(gR)) }
    if let gQ = gradients[0] {
      let product = try matmul(transposed(gQ), q)
      if let m = middle { middle = try sub(m, product) } else { middle = try neg(product) }
    }
    guard let middle else { return try mul(q, .int(0)) }
    let symmetric = try add(
      triangle(middle, diagonal: 0, upper: false), transposed(triangle(middle, diagonal: -1, upper: false)))
    var right = try matmul(q, symmetric)
    if let gQ = gradients[0] { right = try add(gQ, right) }
    // X Rᵀ = right.
    return try transposed(solveTriangular(r, transposed(right), upper: true))
  }

  /// P, L and U with A = P L U.
  package static func lu(_ a: Tensor) throws(TensorError) -> (Tensor, Tensor, Tensor) {
    try Matrices.check(a, "linalg.lu", square: false)
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let k = Swift.min(m, n)
    let (columns, pivots, _) = try factorised(a)
    let packed = try Matrices.rowMajor(columns)
    var order: [Int] = []
    for i in 0..<Matrices.batch(a) {
      var rows = Array(0..<m)
      for j in 0..<k { rows.swapAt(j, Int(pivots[i * k + j]) - 1) }
      var inverse = rows
      for (place, row) in rows.enumerated() { inverse[row] = place }
      order += inverse
    }
    let eye = try self.eye(m, nil, a.dtype)
    let p = try reshape(indexSelect(eye, 0, Tensor.vector(order)), Matrices.shape(a, m, m))
    let (l, u) = try withoutGrad { () throws(TensorError) in
      let lower = try narrow(packed, -1, 0, k).copied()
      clearTriangle(lower, -1, false)
      try Kernels.fill(diagonal(lower, -2, -1), .int(1))
      let upper = try narrow(packed, -2, 0, k).copied()
      clearTriangle(upper, 0, true)
      return (lower, upper)
    }
    if Autograd.isRecording(a) {
      Autograd.record("LinalgLuBackward0", [a], outputs: [l, u], saving: [p], savesOutputs: true) {
        (c) throws(TensorError) in
        if m != n {
          throw TensorError(
            .runtime, "linalg.lu: the gradient for matrices that are not square is not available in tnb")
        }
        let (p, l, u) = (try c.saved(0), try c.output(0), try c.output(1))
        var middle: Tensor?
        if let g = c.gradients[0] {
          middle = try triangle(matmul(transposed(l), g), diagonal: -1, upper: false)
        }
        if let g = c.gradients[1] {
          let part = try triangle(matmul(g, transposed(u)), diagonal: 0, upper: true)
          middle = try middle.map { (t) throws(TensorError) in try add(t, part) } ?? part
        }
        guard let middle else { return [nil] }
        let left = try solveTriangular(transposed(l), middle, upper: true, unitDiagonal: true)
        let both = try transposed(solveTriangular(u, transposed(left), upper: true))
        return [try matmul(p, both)]
      }
    }
    return (p, l, u)
  }

  /// LU factors in one matrix and the row exchanges, counted from one.
  package static func luFactor(_ a: Tensor) throws(TensorError) -> (Tensor, Tensor) {
    try Matrices.check(a, "linalg.lu_factor", square: false)
    let (columns, pivots, _) = try factorised(a)
    let k = Swift.min(a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let count = Matrices.batch(a) * k
    return (
      try Matrices.rowMajor(columns),
      try Tensor.make(pivots.prefix(count).map { Int($0) }, Matrices.shape(a, k), .int32)
    )
  }
}
