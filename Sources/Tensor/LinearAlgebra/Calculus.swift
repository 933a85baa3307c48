// Differences, integrals and covariances.

extension Operations {
  /// Differences of neighbours along a dimension, taken `n` times.
  package static func diff(
    _ x: Tensor, _ n: Int = 1, _ dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    if x.ndim == 0 { throw .runtime("diff expects input to be at least one-dimensional") }
    if n < 0 { throw .runtime("order must be non-negative but got \(n)") }
    let d = try Dimension.wrap(dim, x.ndim)
    var parts: [Tensor] = []
    if let prepend { parts.append(prepend) }
    parts.append(x)
    if let append { parts.append(append) }
    var result = parts.count > 1 ? try cat(parts, d) : x
    for _ in 0..<Swift.min(n, result.shape[d]) {
      let size = result.shape[d]
      if size == 0 { break }
      let (later, earlier) = (try narrow(result, d, 1, size - 1), try narrow(result, d, 0, size - 1))
      result = result.dtype == .bool ? try logicalXor(later, earlier) : try sub(later, earlier)
    }
    return result
  }

  /// The derivative of samples along dimensions: central differences inside, one-sided ones at the ends.
  package static func gradient(_ x: Tensor, spacing: Double, _ dims: [Int]?, edgeOrder: Int) throws(TensorError)
    -> [Tensor]
  {
    if edgeOrder != 1 && edgeOrder != 2 {
      throw .runtime("torch.gradient only supports edge_order=1 and edge_order=2.")
    }
    var result: [Tensor] = []
    for dim in dims ?? Array(0..<x.ndim) {
      let d = try Dimension.wrap(dim, x.ndim)
      let n = x.shape[d]
      if n < edgeOrder + 1 {
        throw .runtime("torch.gradient expected each dimension size to be at least edge_order+1")
      }
      func at(_ i: Int) throws(TensorError) -> Tensor { try narrow(x, d, i < 0 ? n + i : i, 1) }
      let inner = try div(sub(narrow(x, d, 2, n - 2), narrow(x, d, 0, n - 2)), .float(2 * spacing))
      let (first, last): (Tensor, Tensor)
      if edgeOrder == 1 {
        first = try div(sub(at(1), at(0)), .float(spacing))
        last = try div(sub(at(-1), at(-2)), .float(spacing))
      } else {
        first = try div(
          sub(add(mul(at(0), .float(-1.5)), mul(at(1), .int(2))), mul(at(2), .float(0.5))), .float(spacing))
        last = try div(
          add(sub(mul(at(-1), .float(1.5)), mul(at(-2), .int(2))), mul(at(-3), .float(0.5))), .float(spacing))
      }
      result.append(try cat([first, inner, last], d))
    }
    return result
  }

  /// The area under samples by the trapezoid rule, or the running areas.
  package static func trapezoid(
    _ y: Tensor, _ x: Tensor?, dx: Double, _ dim: Int, cumulative: Bool
  ) throws(TensorError) -> Tensor {
    let name = cumulative ? "cumulative_trapezoid" : "trapezoid"
    if y.ndim == 0 { throw .index("Dimension specified as \(dim) but tensor has no dimensions") }
    let d = try Dimension.wrap(dim, y.ndim)
    let n = y.shape[d]
    if n == 0 {
      var shape = y.shape
      shape.remove(at: d)
      return try Tensor.filled(cumulative ? y.shape : shape, Promotion.floating(y.dtype), .int(0))
    }
    let sums = try add(narrow(y, d, 0, n - 1), narrow(y, d, 1, n - 1))
    guard let x else {
      if cumulative { return try cumsum(mul(sums, .float(dx / 2)), d) }
      // Whole sums less half of both ends.
      let ends = try mul(add(select(y, d, 0), select(y, d, n - 1)), .float(0.5))
      return try mul(sub(sum(y, [d]), ends), .float(dx))
    }
    if x.ndim == 1 && x.shape[0] != n && x.shape[0] != 1 || x.ndim > 1 && x.shape[Swift.min(d, x.ndim - 1)] != n {
      throw .runtime("\(name): There must be one `x` value for each sample point")
    }
    var widths = try diff(x, 1, x.ndim == 1 ? 0 : d)
    if x.ndim == 1 && y.ndim > 1 {
      var shape = [Int](repeating: 1, count: y.ndim)
      shape[d] = n - 1
      widths = try reshape(widths, shape)
    }
    let areas = try mul(sums, widths)
    return cumulative
      ? try div(cumsum(areas, d), .int(2)) : try div(sum(areas, [d]), .int(2))
  }

  /// The covariance matrix of variables in rows.
  package static func cov(
    _ x: Tensor, correction: Int, _ frequencies: Tensor? = nil, _ weights: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    if x.ndim > 2 {
      throw .runtime("cov(): expected input to have two or fewer dimensions but got an input with \(x.ndim) dimensions")
    }
    if x.dtype == .bool { throw .runtime("cov(): bool dtype is not supported for input") }
    let floating = x.dtype.isFloating ? x : try cast(x, DType.defaultFloat)
    let rows = x.ndim < 2 ? try reshape(floating, [1, x.count]) : floating
    let n = rows.shape[1]
    var w: Tensor?
    if let f = frequencies { w = try cast(f, rows.dtype) }
    if let a = weights {
      if let f = w { w = try mul(f, a) } else { w = try cast(a, rows.dtype) }
    }
    var divisor = Double(n - correction)
    let centred: Tensor
    if let w {
      let total = try sum(w)
      let average = try div(sum(mul(rows, w), [1], keepdim: true), total)
      centred = try sub(rows, average)
      let t = total.onlyScalar.double
      if let a = weights, correction != 0 {
        divisor = t - Double(correction) * (try sum(mul(w, a)).onlyScalar.double) / t
      } else {
        divisor = t - Double(correction)
      }
    } else {
      centred = try sub(rows, mean(rows, [1], keepdim: true))
    }
    let other = try w.map { (t) throws(TensorError) in try mul(centred, t) } ?? centred
    let product = try mm(centred, t(other))
    return try squeeze(div(product, .float(Swift.max(divisor, 0))))
  }

  /// The correlation matrix of variables in rows.
  package static func corrcoef(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim > 2 {
      throw .runtime(
        "corrcoef(): expected input to have two or fewer dimensions but got an input with \(x.ndim) dimensions")
    }
    let c = try cov(x, correction: 1)
    if c.ndim == 0 { return try div(c, c) }
    let spread = try sqrt(diagonal(c))
    let scaled = try div(div(c, unsqueeze(spread, 1)), unsqueeze(spread, 0))
    return try clamp(scaled, min: .int(-1), max: .int(1))
  }
}
