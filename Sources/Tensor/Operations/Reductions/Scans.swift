import CKernels

extension Operations {
  /// Running sums along `dim`.
  package static func cumsum(_ x: Tensor, _ dim: Int, dtype: DType? = nil) throws(TensorError) -> Tensor {
    let type = dtype ?? (x.dtype.isFloating ? x.dtype : .int64)
    let x = try cast(x, type)
    let d = try Dimension.wrap(dim, x.ndim)
    let out = try scan(x, d, 0, type)
    if type.isFloating && Autograd.isRecording(x) {
      Autograd.record("CumsumBackward0", [x], out) { (c) throws(TensorError) in [try reversedCumsum(c.gradient, d)] }
    }
    return out
  }

  private static func reversedCumsum(_ g: Tensor, _ d: Int) throws(TensorError) -> Tensor {
    if g.ndim == 0 { return g }
    return try flip(cumsum(flip(g, [d]), d), [d])
  }

  /// Running products along `dim`.
  package static func cumprod(_ x: Tensor, _ dim: Int, dtype: DType? = nil) throws(TensorError) -> Tensor {
    let type = dtype ?? (x.dtype.isFloating ? x.dtype : .int64)
    let x = try cast(x, type)
    let d = try Dimension.wrap(dim, x.ndim)
    let out = try scan(x, d, 1, type)
    if type.isFloating && Autograd.isRecording(x) {
      Autograd.record("CumprodBackward0", [x], out, saving: [x], savesOutput: true) { (c) throws(TensorError) in
        [try cumprodGradient(c.gradient, c.saved(0), c.output(), d)]
      }
    }
    return out
  }

  private static func cumprodGradient(_ g: Tensor, _ x: Tensor, _ y: Tensor, _ d: Int) throws(TensorError) -> Tensor {
    if x.ndim == 0 || x.shape[d] <= 1 { return g }
    let hasZero = try any(compare(.eq, x.detach(), .int(0))).item() == .bool(true)
    if !hasZero { return try div(reversedCumsum(mul(g, y), d), x) }
    // Element k gets Σ_{j ≥ k} g_j · Π_{i ≤ j, i ≠ k} x_i.
    var parts: [Tensor] = []
    let n = x.shape[d]
    for k in 0..<n {
      let before = try k == 0 ? nil : prod(narrow(x, d, 0, k), d, keepdim: true)
      var one = x.shape
      one[d] = 1
      let ones = try Tensor.filled(one, x.dtype, .int(1))
      var products = ones
      if k + 1 < n { products = try cat([ones, cumprod(narrow(x, d, k + 1, n - k - 1), d)], d) }
      if let before { products = try mul(products, before) }
      parts.append(try sum(mul(products, narrow(g, d, k, n - k)), [d], keepdim: true))
    }
    return try cat(parts, d)
  }

  /// Running `log Σ exp` along `dim`.
  package static func logcumsumexp(_ x: Tensor, _ dim: Int) throws(TensorError) -> Tensor {
    let x = try cast(x, Promotion.floating(x.dtype))
    let d = try Dimension.wrap(dim, x.ndim)
    let out = try scan(x, d, 2, x.dtype)
    if Autograd.isRecording(x) {
      Autograd.record("LogcumsumexpBackward0", [x], out, saving: [x], savesOutput: true) { (c) throws(TensorError) in
        // Σ_{j ≥ k} g_j · exp(x_k − y_j): in logarithms, once for positive and once for negative gradients.
        let (g, x, y) = (c.gradient, try c.saved(0), try c.output())
        let logs = try log(abs(g))
        let lowest = x.dtype == .float64 ? -Double.greatestFiniteMagnitude : -Double(Float.greatestFiniteMagnitude)
        func part(_ isPositive: Bool) throws(TensorError) -> Tensor {
          let keep = try compare(isPositive ? .gt : .lt, g.detach(), .int(0))
          let terms = try sub(choose(keep, logs, .float(lowest)), y)
          return try exp(add(flip(logcumsumexp(flip(terms, [d]), d), [d]), x))
        }
        if x.ndim == 0 { return [g] }
        return [try sub(part(true), part(false))]
      }
    }
    return out
  }

  private static func scan(_ x: Tensor, _ d: Int, _ operation: Int32, _ type: DType) throws(TensorError) -> Tensor {
    let working: DType = type.isFloating ? (type == .float64 ? .float64 : .float32) : .int64
    let source = x.dtype == working ? x : try x.copied(to: working)
    let out = try Tensor(empty: x.shape, working)
    try alongLines(source, out, d) { (from, to, step, toStep, n) in
      tnb_scan(operation, Int32(working.rawValue), to, toStep, from, step, n)
    }
    return type == working ? out : try out.copied(to: type)
  }

  /// Calls `body` with the addresses and byte steps of each line along `d` of `x` and the contiguous `out`.
  private static func alongLines(
    _ x: Tensor, _ out: Tensor, _ d: Int,
    _ body: (UnsafeMutableRawPointer, UnsafeMutableRawPointer, Int, Int, Int) -> Int32
  ) throws(TensorError) {
    let n = x.ndim == 0 ? 1 : x.shape[d]
    if out.count == 0 { return }
    let size = x.dtype.size
    let lines = out.count / n
    let inner = x.ndim == 0 ? 1 : (d + 1..<x.ndim).reduce(1) { $0 * x.shape[$1] }
    for line in 0..<lines {
      // The line's first element: index `line` over all dimensions but `d`.
      var rest = line
      var from = x.offset
      for k in stride(from: x.ndim - 1, through: 0, by: -1) where k != d {
        from += rest % x.shape[k] * x.strides[k]
        rest /= x.shape[k]
      }
      let to = line / inner * inner * n + line % inner
      let code = body(
        x.storage.bytes + from * size, out.data + to * size, (x.ndim == 0 ? 1 : x.strides[d]) * size, inner * size, n)
      try Kernels.check(code)
      if line & 1023 == 1023 && tnb_interrupt_pending() != 0 { throw Interruption.error() }
    }
  }

  /// Running maxima (minima) along `dim` with their places.
  package static func cumulativeExtreme(
    _ x: Tensor, _ dim: Int, isMin: Bool
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    let isHalf = x.dtype == .float16 || x.dtype == .bfloat16
    let source = isHalf ? try x.copied(to: .float32) : x
    let out = try Tensor(empty: x.shape, source.dtype)
    let indices = try Tensor(empty: x.shape, .int64)
    let type = Int32(source.dtype.rawValue)
    let size = source.dtype.size
    try alongLines(source, out, d) { (from, to, step, toStep, n) in
      let place = (to - out.data) / size * 8
      return tnb_scan_extreme(
        isMin ? 1 : 0, type, to, toStep, (indices.data + place).assumingMemoryBound(to: Int64.self),
        toStep / size * 8, from, step, n)
    }
    let values = isHalf ? try out.copied(to: x.dtype) : out
    if x.dtype.isFloating && Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record(
        isMin ? "CumminBackward0" : "CummaxBackward0", [x], outputs: [values, indices], saving: [indices]
      ) { (c) throws(TensorError) in
        guard let g = c.gradients[0] else { return [nil] }
        if shape.count == 0 { return [g] }
        return [try scatterAdd(Tensor.filled(shape, g.dtype, .int(0)), d, c.saved(0), g)]
      }
    }
    return (values, indices)
  }
}
