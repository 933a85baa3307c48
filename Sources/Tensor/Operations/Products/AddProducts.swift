extension Operations {
  /// `beta · x + alpha · a b`; `x` broadcasts to the product's shape.
  package static func addmm(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, beta: Scalar = .int(1), alpha: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    if a.ndim != 2 { throw .runtime("mat1 must be a matrix, got \(a.ndim)-D tensor") }
    if b.ndim != 2 { throw .runtime("mat2 must be a matrix, got \(b.ndim)-D tensor") }
    try checkMatrices(a, b)
    try checkAddend(x, a.dtype, [a.shape[0], b.shape[1]])
    let out = try accumulated(x, [a.shape[0], b.shape[1]], a.dtype, beta, alpha) { (into, beta) throws(TensorError) in
      try ProductKernel.mm(a, b, alpha: alpha.double, beta: beta, into: into)
    }
    return recorded(out, ProductRules.addmm, x, a, b, beta, alpha)
  }

  /// `beta · x + alpha · a v`.
  package static func addmv(
    _ x: Tensor, _ a: Tensor, _ v: Tensor, beta: Scalar = .int(1), alpha: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    if a.ndim != 2 || v.ndim != 1 || x.ndim > 1 {
      throw .runtime("vector + matrix @ vector expected, got \(x.ndim), \(a.ndim), \(v.ndim)")
    }
    if a.shape[1] != v.shape[0] || (x.count != 1 && x.count != a.shape[0]) {
      throw .runtime(
        "size mismatch, got input (\(x.count)), mat (\(a.shape[0])x\(a.shape[1])), vec (\(v.shape[0]))")
    }
    if a.dtype != v.dtype || x.dtype != a.dtype {
      throw .runtime(
        "addmv input tensors must have the same dtype, but got \(x.dtype.scalarTypeName), \(a.dtype.scalarTypeName), and \(v.dtype.scalarTypeName)"
      )
    }
    let column = Tensor(
      storage: v.storage, offset: v.offset, shape: [v.shape[0], 1], strides: [v.strides[0], 1], dtype: v.dtype,
      isContiguous: v.isContiguous)
    let wide = try reshapedColumn(x)
    let out = try accumulated(wide, [a.shape[0], 1], a.dtype, beta, alpha) { (into, beta) throws(TensorError) in
      try ProductKernel.mm(a, column, alpha: alpha.double, beta: beta, into: into)
    }
    out.setGeometry([a.shape[0]], [1])
    return recorded(out, ProductRules.addmv, x, a, v, beta, alpha)
  }

  private static func reshapedColumn(_ x: Tensor) throws(TensorError) -> Tensor {
    let d = try x.dense()
    return Tensor(
      storage: d.storage, offset: d.offset, shape: [x.count, 1], strides: [1, 1], dtype: d.dtype, isContiguous: true)
  }

  /// `beta · x + alpha · v1 ⊗ v2`.
  package static func addr(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, beta: Scalar = .int(1), alpha: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    if a.ndim != 1 || b.ndim != 1 {
      throw .runtime(
        "addr: Expected 1-D argument \(a.ndim != 1 ? "vec1" : "vec2"), but got \(a.ndim != 1 ? a.ndim : b.ndim)-D")
    }
    try checkAddend(x, x.dtype, [a.shape[0], b.shape[0]])
    let product = try outer(a.detach(), b.detach())
    let scaledProduct = alpha.double == 1 ? product : try mul(product, alpha)
    let out: Tensor
    if beta.double == 0 {
      out = scaledProduct
    } else {
      out = try add(beta.double == 1 ? x.detach() : mul(x.detach(), beta), scaledProduct)
    }
    return recorded(out, ProductRules.addr, x, a, b, beta, alpha)
  }

  /// `beta · x + alpha · a b` for stacks.
  package static func baddbmm(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, beta: Scalar = .int(1), alpha: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    try checkBatches(a, b)
    let shape: Dims = [a.shape[0], a.shape[1], b.shape[2]]
    try checkAddend(x, a.dtype, shape)
    let out = try accumulated(x, shape, a.dtype, beta, alpha) { (into, beta) throws(TensorError) in
      try ProductKernel.bmm(a, b, alpha: alpha.double, beta: beta, into: into)
    }
    return recorded(out, ProductRules.baddbmm, x, a, b, beta, alpha)
  }

  /// `beta · x + alpha · Σ a[i] b[i]`.
  package static func addbmm(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, beta: Scalar = .int(1), alpha: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    try checkBatches(a, b)
    try checkAddend(x, a.dtype, [a.shape[1], b.shape[2]])
    let product = try sum(ProductKernel.bmm(a, b), [0])
    let scaledProduct = try alpha.double == 1 ? product : mul(product, alpha)
    let out: Tensor
    if beta.double == 0 {
      out = scaledProduct
    } else {
      out = try add(beta.double == 1 ? x.detach() : mul(x.detach(), beta), scaledProduct)
    }
    return recorded(out, ProductRules.addbmm, x, a, b, beta, alpha)
  }

  private static func checkAddend(_ x: Tensor, _ type: DType, _ shape: Dims) throws(TensorError) {
    if x.dtype != type {
      throw .runtime(
        "self and mat2 must have the same dtype, but got \(x.dtype.scalarTypeName) and \(type.scalarTypeName)")
    }
    if !Dims.canBroadcast(x.shape, to: shape) { throw expandError(x, to: shape) }
  }

  /// A fresh tensor holding `x`, to which `product` is added.
  private static func accumulated(
    _ x: Tensor, _ shape: Dims, _ type: DType, _ beta: Scalar, _ alpha: Scalar,
    _ product: (Tensor, Double) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    let work = ProductKernel.working(type)
    let target = try Tensor(empty: shape, work)
    if beta.double != 0 { try Kernels.copy(x, into: target) }
    _ = try product(target, beta.double)
    return work == type ? target : try target.copied(to: type)
  }

  private static func recorded(
    _ out: Tensor, _ rule: Rule, _ x: Tensor, _ a: Tensor, _ b: Tensor, _ beta: Scalar, _ alpha: Scalar
  ) -> Tensor {
    if out.dtype.isFloating && Autograd.isRecording(x, a, b) {
      let node = OpNode(rule, x, a, b)
      node.save(0, a)
      node.save(1, b)
      node.scalar0 = beta
      node.scalar1 = alpha
      Autograd.attach(node, out)
    }
    return out
  }

  /// The product over the last dimensions of both.
  package static func inner(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    if a.ndim == 0 || b.ndim == 0 { return try mul(a, b) }
    if a.shape[a.ndim - 1] != b.shape[b.ndim - 1] {
      throw .runtime(
        "inner() the last dimension must match on both input tensors but got shapes \(a.shape.description) and \(b.shape.description)"
      )
    }
    if a.ndim == 1 && b.ndim == 1 { return try view(dot(a, b), []) }
    return try tensordot(a, b, [a.ndim - 1], [b.ndim - 1])
  }

  /// The product over the paired dimensions `first[i]` of `a` and `second[i]` of `b`.
  package static func tensordot(
    _ a: Tensor, _ b: Tensor, _ first: [Int], _ second: [Int]
  ) throws(TensorError) -> Tensor {
    if first.count != second.count {
      throw .runtime("both dimension lists should have same length")
    }
    if a.dtype != b.dtype { throw .runtime("both inputs should have same dtype") }
    let x = try Dimension.wrapAll(first, a.ndim)
    let y = try Dimension.wrapAll(second, b.ndim)
    var count = 1
    for n in x.indices {
      let (i, j) = (x[n], y[n])
      if a.shape[i] != b.shape[j] {
        throw .runtime(
          "contracted dimensions need to match, but first has size \(a.shape[i]) in dim \(first[n]) and second has size \(b.shape[j]) in dim \(second[n])"
        )
      }
      count *= a.shape[i]
    }
    let restA = (0..<a.ndim).filter { !x.contains($0) }
    let restB = (0..<b.ndim).filter { !y.contains($0) }
    let rows = restA.reduce(1) { $0 * a.shape[$1] }
    let columns = restB.reduce(1) { $0 * b.shape[$1] }
    let left = try reshape(permute(a, restA + x), [rows, count])
    let right = try reshape(permute(b, y + restB), [count, columns])
    return try view(mm(left, right), restA.map { a.shape[$0] } + restB.map { b.shape[$0] })
  }

  /// As `tensordot` over the last `dims` dimensions of `a` and the first of `b`.
  package static func tensordot(_ a: Tensor, _ b: Tensor, _ dims: Int) throws(TensorError) -> Tensor {
    if dims < 0 { throw .runtime("tensordot expects dims >= 0, but got dims=\(dims)") }
    if dims > a.ndim || dims > b.ndim {
      throw .index(
        "Dimension out of range (expected to be in range of [\(-Swift.min(a.ndim, b.ndim)), \(Swift.min(a.ndim, b.ndim) - 1)], but got \(-dims))"
      )
    }
    return try tensordot(a, b, Array(-dims..<0), Array(0..<dims))
  }

  /// The product of several matrices, in the cheapest order; the first and last may be vectors.
  package static func multiDot(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    if tensors.count < 2 {
      throw .runtime("multi_dot(): expected at least 2 tensors but got \(tensors.count)")
    }
    var list = tensors
    let isRow = list[0].ndim == 1
    let isColumn = list[list.count - 1].ndim == 1
    if isRow { list[0] = try unsqueeze(list[0], 0) }
    if isColumn { list[list.count - 1] = try unsqueeze(list[list.count - 1], 1) }
    for (i, t) in list.enumerated() where t.ndim != 2 {
      throw .runtime(
        i == 0 || i == list.count - 1
          ? "multi_dot(): the \(i == 0 ? "first" : "last") tensor must be 1D or 2D but got \(t.ndim)D"
          : "multi_dot(): tensor \(i) must be 2D but got \(t.ndim)D")
    }
    for i in 1..<list.count where list[i - 1].shape[1] != list[i].shape[0] {
      throw .runtime(
        "multi_dot(): tensors \(i - 1) and \(i) with shapes \(tensors[i - 1].shape.description) and \(tensors[i].shape.description) cannot be multiplied"
      )
    }
    let product = try chainProduct(list)
    var shape: [Int] = []
    if !isRow { shape.append(product.shape[0]) }
    if !isColumn { shape.append(product.shape[1]) }
    return try view(product, shape)
  }

  /// The classic dynamic program over split points, then products from the inside out.
  private static func chainProduct(_ list: [Tensor]) throws(TensorError) -> Tensor {
    let n = list.count
    let sizes = list.map { $0.shape[0] } + [list[n - 1].shape[1]]
    var cost = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    var split = [[Int]](repeating: [Int](repeating: 0, count: n), count: n)
    for length in 1..<n {
      for i in 0..<(n - length) {
        let j = i + length
        cost[i][j] = .infinity
        for k in i..<j {
          let c = cost[i][k] + cost[k + 1][j] + Double(sizes[i]) * Double(sizes[k + 1]) * Double(sizes[j + 1])
          if c < cost[i][j] {
            cost[i][j] = c
            split[i][j] = k
          }
        }
      }
    }
    func product(_ i: Int, _ j: Int) throws(TensorError) -> Tensor {
      if i == j { return list[i] }
      return try mm(product(i, split[i][j]), product(split[i][j] + 1, j))
    }
    return try product(0, n - 1)
  }
}
