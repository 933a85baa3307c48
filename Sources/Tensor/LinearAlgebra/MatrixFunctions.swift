// Norms, ranks, powers, pseudo-inverses.

extension Operations {
  /// The order of a norm, as users name it.
  package enum NormOrder {
    case number(Double)
    case frobenius, nuclear
  }

  /// The norm of matrices over two dimensions.
  package static func matrixNorm(
    _ a: Tensor, _ order: NormOrder = .frobenius, _ dims: [Int] = [-2, -1], keepdim: Bool = false,
    dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    let x = try dtype.map { (t) throws(TensorError) in try cast(a, t) } ?? a
    if x.ndim < 2 { throw .runtime("linalg.matrix_norm: The input tensor A must have at least 2 dimensions.") }
    guard x.dtype.isFloating else {
      throw .runtime(
        "linalg.matrix_norm: Expected a floating point or complex tensor as input. Got \(x.dtype.scalarTypeName)")
    }
    if dims.count != 2 {
      throw .runtime("linalg.matrix_norm: dim must be a 2-tuple. Got \(dims.map(String.init).joined(separator: " "))")
    }
    let (i, j) = (try Dimension.wrap(dims[0], x.ndim), try Dimension.wrap(dims[1], x.ndim))
    if i == j { throw .runtime("linalg.matrix_norm: dims must be different. Got (\(dims[0]), \(dims[1]))") }
    func restored(_ norms: Tensor) throws(TensorError) -> Tensor {
      guard keepdim else { return norms }
      let (low, high) = (Swift.min(i, j), Swift.max(i, j))
      return try unsqueeze(unsqueeze(norms, low), high)
    }
    switch order {
    case .frobenius: return try vectorNorm(x, 2, [i, j], keepdim: keepdim)
    case .nuclear: return try restored(sum(svdvals(movedim(x, [i, j], [-2, -1])), [-1]))
    case .number(let p):
      switch p.magnitude {
      case 2:
        let s = try svdvals(movedim(x, [i, j], [-2, -1]))
        return try restored(p > 0 ? amax(s, [-1]) : amin(s, [-1]))
      case 1, .infinity:
        // Column sums for 1, row sums for infinity.
        let summed = p.magnitude == 1 ? i : j
        let other = p.magnitude == 1 ? j : i
        let sums = try vectorNorm(x, 1, [summed], keepdim: true)
        let result = p > 0 ? try amax(sums, [other], keepdim: true) : try amin(sums, [other], keepdim: true)
        if keepdim { return result }
        return try squeeze(result, [i, j])
      default: throw .runtime("linalg.matrix_norm: Order \(NumberText.general(p)) not supported.")
      }
    }
  }

  /// `torch.linalg.norm`: of vectors or matrices, as order and dimensions say.
  package static func linalgNorm(
    _ a: Tensor, _ order: NormOrder?, _ dims: [Int]?, keepdim: Bool, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    if let dims, dims.count > 2 {
      throw .runtime(
        "linalg.norm: If dim is specified, it must be of length 1 or 2. Got \(ShapeInference.listText(dims))")
    }
    guard let order else {
      return try vectorNorm(a, 2, dims, keepdim: keepdim, dtype: dtype)
    }
    if dims == nil {
      if a.ndim == 2 { return try matrixNorm(a, order, [0, 1], keepdim: keepdim, dtype: dtype) }
      if a.ndim == 1, case .number(let p) = order { return try vectorNorm(a, p, nil, keepdim: keepdim, dtype: dtype) }
      if a.ndim == 1 { return try matrixNorm(a, order, [0, 1], keepdim: keepdim, dtype: dtype) }
      throw .runtime(
        "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got \(a.ndim)D.")
    }
    if dims!.count == 2 { return try matrixNorm(a, order, dims!, keepdim: keepdim, dtype: dtype) }
    guard case .number(let p) = order else {
      throw .runtime("linalg.matrix_norm: dim must be a 2-tuple. Got \(dims!.map(String.init).joined(separator: " "))")
    }
    return try vectorNorm(a, p, dims, keepdim: keepdim, dtype: dtype)
  }

  /// The number of singular values above the tolerance.
  package static func matrixRank(_ a: Tensor, absolute: Double?, relative: Double?, symmetric: Bool) throws(TensorError)
    -> Tensor
  {
    try Matrices.check(a, "linalg.matrix_rank", square: symmetric)
    return try withoutGrad { () throws(TensorError) in
      let s = symmetric ? try abs(eigh(a.detach()).0) : try svdvals(a.detach())
      if s.count == 0 { return try Tensor.filled(Matrices.shape(a), .int64, .int(0)) }
      let limit = try tolerance(a, s, absolute, relative)
      return try sum(cast(compare(.gt, s, limit), .int64), [-1])
    }
  }

  /// max(absolute, relative · largest), with PyTorch's default for `relative`.
  private static func tolerance(
    _ a: Tensor, _ s: Tensor, _ absolute: Double?, _ relative: Double?
  ) throws(TensorError) -> Tensor {
    let standard = FloatInfo(a.dtype).eps * Double(Swift.max(a.shape[a.ndim - 2], a.shape[a.ndim - 1]))
    let factor = relative ?? (absolute ?? 0 > 0 ? 0 : standard)
    return try clamp(mul(amax(s, [-1], keepdim: true), .float(factor)), min: .float(absolute ?? 0), max: nil)
  }

  /// The Moore–Penrose inverse; singular values below the tolerance count as zero.
  package static func pinv(
    _ a: Tensor, absolute: Double? = nil, relative: Double? = nil, symmetric: Bool = false
  ) throws(TensorError) -> Tensor {
    try Matrices.check(a, "linalg.pinv", square: symmetric)
    let output = try withoutGrad { () throws(TensorError) -> Tensor in
      if a.count == 0 { return try transposed(a.detach()).copied() }
      let (u, s, vh) = try svd(a.detach(), full: false)
      let limit = try tolerance(a, s, absolute, relative)
      let inverted = try choose(compare(.gt, s, limit), reciprocal(s), .int(0))
      return try matmul(mul(transposed(vh), unsqueeze(inverted, -2)), transposed(u)).alias()
    }
    if Autograd.isRecording(a) {
      Autograd.record("LinalgPinvBackward0", [a], output, saving: [a], savesOutput: true) { (c) throws(TensorError) in
        [try pinvGradient(c.gradient, c.output(), c.saved(0))]
      }
    }
    return output
  }

  static func pinvGradient(_ g: Tensor, _ inverse: Tensor, _ a: Tensor) throws(TensorError) -> Tensor {
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let (inverseT, gT) = (try transposed(inverse), try transposed(g))
    if m <= n {
      let k = try matmul(gT, inverse)
      let kp = try matmul(k, inverseT)
      let first = try neg(transposed(matmul(inverse, k)))
      let third = try matmul(matmul(a, inverse), kp)
      let fourth = try matmul(matmul(inverseT, inverse), sub(gT, matmul(k, a)))
      return try add(sub(add(first, kp), third), fourth)
    }
    let k = try matmul(inverse, gT)
    let pk = try matmul(inverseT, k)
    let first = try neg(transposed(matmul(k, inverse)))
    let second = try matmul(matmul(sub(gT, matmul(a, k)), inverse), inverseT)
    return try sub(add(add(first, second), pk), matmul(matmul(pk, inverse), a))
  }

  /// The least-squares solution of A X = B, and the rank of A.
  ///
  /// Residuals are given only where a `driver` that computes them is named, as in PyTorch.
  package static func lstsq(
    _ a: Tensor, _ b: Tensor, driver: String? = nil
  ) throws(TensorError) -> (solution: Tensor, residuals: Tensor, rank: Tensor) {
    if let driver, !["gels", "gelsy", "gelsd", "gelss"].contains(driver) {
      throw .runtime(
        "torch.linalg.lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)")
    }
    let wantsResiduals = driver != nil && driver != "gelsy"
    if a.ndim < 2 { throw .runtime("torch.linalg.lstsq: input must have at least 2 dimensions.") }
    if b.ndim < 1 { throw .runtime("torch.linalg.lstsq: other must have at least 1 dimension.") }
    try Matrices.check(a, "linalg.lstsq", square: false)
    if a.dtype != b.dtype {
      throw .runtime(
        "torch.linalg.lstsq: Expected input and other to have the same dtype, but got input's dtype \(a.dtype.scalarTypeName) and other's dtype \(b.dtype.scalarTypeName)"
      )
    }
    let isVector = a.ndim - 1 == b.ndim && Array(a.shape.array.dropLast()) == b.shape.array
    let sides = isVector ? try unsqueeze(b, -1) : b
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    if sides.ndim < 2 || sides.shape[sides.ndim - 2] != m {
      throw .runtime("torch.linalg.lstsq: input.size(-2) should match other.size(-\(isVector ? 1 : 2))")
    }
    let (solution, residuals, rank) = try withoutGrad { () throws(TensorError) -> (Tensor, Tensor, Tensor) in
      let inverse = try pinv(a.detach())
      let x = try matmul(inverse, sides.detach())
      let rank = try matrixRank(a, absolute: nil, relative: nil, symmetric: false)
      var residuals = try Tensor.filled([0], a.dtype, .int(0))
      let isFull = try all(compare(.eq, rank, .int(n))).onlyScalar == .bool(true)
      if wantsResiduals && m > n && isFull && a.ndim == 2 {
        residuals = try sum(square(sub(matmul(a.detach(), x), sides.detach())), [-2])
      }
      return ((isVector ? try squeeze(x, -1) : x).alias(), residuals, rank)
    }
    if Autograd.isRecording(a, b) {
      Autograd.record("LinalgLstsqBackward0", [a, b], solution, saving: [a, b]) { (c) throws(TensorError) in
        let (a, b) = (try c.saved(0), try c.saved(1))
        let g = isVector ? try unsqueeze(c.gradient, -1) : c.gradient
        let right = isVector ? try unsqueeze(b, -1) : b
        let inverse = try pinv(a)
        let forA = c.needs(0) ? try pinvGradient(matmul(g, transposed(right)), inverse, a) : nil
        let forB = try matmul(transposed(inverse), g)
        return [forA, isVector ? try squeeze(forB, -1) : forB]
      }
    }
    return (solution, residuals, rank)
  }

  /// A times itself; negative powers go through the inverse.
  package static func matrixPower(_ a: Tensor, _ n: Int) throws(TensorError) -> Tensor {
    try checkSquare(a, "linalg.matrix_power")
    if n == 0 {
      let size = a.shape[a.ndim - 1]
      return try expand(eye(size, nil, a.dtype), to: a.shape).copied()
    }
    guard n != Int.min else { throw .runtime("linalg.matrix_power: the exponent is out of range") }
    var base = n < 0 ? try inverse(a) : a
    var left = Swift.abs(n)
    if left == 1 { return n < 0 ? base : try clone(base) }
    if left == 2 { return try matmul(base, base) }
    if left == 3 { return try matmul(matmul(base, base), base) }
    var result: Tensor?
    while left > 0 {
      if left & 1 == 1 { result = try result.map { (r) throws(TensorError) in try matmul(r, base) } ?? base }
      left >>= 1
      if left > 0 { base = try matmul(base, base) }
    }
    return result!
  }

  private static func checkSquare(_ a: Tensor, _ name: String) throws(TensorError) {
    if a.ndim < 2 { throw .runtime("\(name): The input tensor A must have at least 2 dimensions.") }
    let (m, n) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    if m != n { throw .runtime("\(name): A must be batches of square matrices, but they are \(m) by \(n) matrices") }
  }

  /// The matrix exponential: Taylor's series after scaling, then squaring.
  package static func matrixExp(_ a: Tensor) throws(TensorError) -> Tensor {
    try Matrices.check(a, "linalg.matrix_exp")
    let output = try withoutGrad { () throws(TensorError) in try exponential(a.detach()) }
    if Autograd.isRecording(a) {
      let n = a.shape[a.ndim - 1]
      Autograd.record("LinalgMatrixExpBackward0", [a], output, saving: [a]) { (c) throws(TensorError) in
        // exp of [[Aᵀ, G], [0, Aᵀ]] holds the gradient in its upper right block.
        let transposedA = try transposed(c.saved(0))
        let top = try cat([transposedA, c.gradient], -1)
        let bottom = try cat([mul(transposedA, .int(0)), transposedA], -1)
        let whole = try matrixExp(cat([top, bottom], -2))
        return [try narrow(narrow(whole, -2, 0, n), -1, n, n)]
      }
    }
    return output
  }

  private static func exponential(_ a: Tensor) throws(TensorError) -> Tensor {
    if a.count == 0 { return try a.copied() }
    let wide = try a.copied(to: .float64)
    var norm = 0.0
    for index in try matrixNorm(wide, .number(1)).dense().doubles() { norm = Swift.max(norm, index) }
    var halvings = 0
    while norm > 0.5 && halvings < 2000 {
      norm /= 2
      halvings += 1
    }
    let scaled = try mul(wide, .float(Double(sign: .plus, exponent: -halvings, significand: 1)))
    let n = a.shape[a.ndim - 1]
    var result = try expand(eye(n, nil, .float64), to: a.shape).copied()
    var term = result
    for k in 1...20 {
      term = try div(matmul(term, scaled), .int(k))
      result = try add(result, term)
    }
    for _ in 0..<halvings { result = try matmul(result, result) }
    return a.dtype == .float64 ? result.alias() : try result.copied(to: a.dtype)
  }

  /// The condition number: the product of the norms of A and its inverse.
  package static func cond(_ a: Tensor, _ order: NormOrder?) throws(TensorError) -> Tensor {
    try Matrices.check(a, "linalg.cond", square: false)
    let isSpectral: Bool
    var isInverted = false
    switch order {
    case nil: isSpectral = true
    case .number(let p):
      isSpectral = p.magnitude == 2
      isInverted = p == -2
    case .frobenius, .nuclear: isSpectral = false
    }
    if isSpectral {
      let s = try svdvals(a)
      let k = s.shape[s.ndim - 1]
      let ratio = try div(narrow(s, -1, 0, 1), narrow(s, -1, k - 1, 1))
      return try squeeze(isInverted ? reciprocal(ratio) : ratio, -1)
    }
    try Matrices.check(a, "linalg.cond")
    let (inverse, info) = try inverseWithInfo(a, "linalg.cond")
    let product = try mul(matrixNorm(a, order!), matrixNorm(inverse, order!))
    if !info.contains(where: { $0 > 0 }) { return product }
    return try choose(
      Tensor.make(info.map { $0 > 0 }, Matrices.shape(a), .bool), .float(.infinity), product)
  }

  // MARK: Products

  /// The cross product of vectors of three components along a dimension.
  package static func cross(_ a: Tensor, _ b: Tensor, _ dim: Int) throws(TensorError) -> Tensor {
    if a.ndim != b.ndim {
      throw .runtime("linalg.cross: inputs must have the same number of dimensions.")
    }
    let d = try Dimension.wrap(dim, a.ndim)
    if a.ndim == 0 || a.shape[d] != 3 || b.shape[d] != 3 {
      throw .runtime(
        "linalg.cross: inputs dimension \(dim) must have length 3. Got \(a.ndim == 0 ? 1 : a.shape[d]) and \(b.ndim == 0 ? 1 : b.shape[d])"
      )
    }
    let shape = try Dims.broadcast(a.shape, b.shape)
    let output = try withoutGrad { () throws(TensorError) in
      let (x, y) = (try expand(a.detach(), to: shape), try expand(b.detach(), to: shape))
      return try sub(mul(roll(x, [-1], [d]), roll(y, [1], [d])), mul(roll(x, [1], [d]), roll(y, [-1], [d]))).alias()
    }
    if Autograd.isRecording(a, b) {
      Autograd.record("LinalgCrossBackward0", [a, b], output, saving: [a, b]) { (c) throws(TensorError) in
        [
          c.needs(0) ? try cross(c.saved(1), c.gradient, d) : nil,
          c.needs(1) ? try cross(c.gradient, c.saved(0), d) : nil,
        ]
      }
    }
    return output
  }

  /// The Kronecker product.
  package static func kron(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let n = Swift.max(a.ndim, b.ndim)
    guard 2 * n <= Dims.capacity else {
      throw .runtime("kron of tensors of more than \(Dims.capacity / 2) dimensions is not available in tnb")
    }
    func padded(_ x: Tensor) -> [Int] { [Int](repeating: 1, count: n - x.ndim) + x.shape.array }
    let (p, q) = (padded(a), padded(b))
    var (left, right, result): ([Int], [Int], [Int]) = ([], [], [])
    for i in 0..<n {
      left += [p[i], 1]
      right += [1, q[i]]
      result.append(p[i] * q[i])
    }
    let product = try mul(reshape(a, left), reshape(b, right))
    return unsafeView(try contiguous(product), try Dims.checked(result))
  }

  /// The sum of a matrix's diagonal.
  package static func trace(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim != 2 { throw .runtime("trace: expected a matrix, but got tensor with dim \(x.ndim)") }
    if x.dtype == .bool { throw RandomFill.notImplemented("trace", x.dtype) }
    let output = try withoutGrad { () throws(TensorError) in try sum(diagonal(x.detach())).alias() }
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record("TraceBackward0", [x], output) { (c) throws(TensorError) in
        let eye = try self.eye(shape[0], shape[1], c.gradient.dtype)
        return [try mul(eye, c.gradient)]
      }
    }
    return output
  }
}
