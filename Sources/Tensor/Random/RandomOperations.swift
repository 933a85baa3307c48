import CKernels

// Random tensors and in-place drawing.

extension Operations {
  /// An in-place random operation: what was there before gets no gradient.
  static func drawInPlace(
    _ name: String, _ x: Tensor, _ draw: () throws(TensorError) -> Void
  ) throws(TensorError) -> Tensor {
    let shape = x.shape
    try Autograd.inPlace(name, x, write: draw) { (c) throws(TensorError) in
      [try Tensor.filled(shape, c.gradient.dtype, .int(0))]
    }
    return x
  }

  /// Uniform in [0, 1).
  package static func rand(_ shape: Dims, _ dtype: DType, _ g: Generator) throws(TensorError) -> Tensor {
    let x = try Tensor(empty: shape, dtype)
    try RandomFill.uniform(x, 0, 1, g)
    return x
  }

  /// Standard normal.
  package static func randn(_ shape: Dims, _ dtype: DType, _ g: Generator) throws(TensorError) -> Tensor {
    try normal(0, 1, shape, dtype, g)
  }

  package static func normal(
    _ mean: Double, _ std: Double, _ shape: Dims, _ dtype: DType, _ g: Generator
  ) throws(TensorError) -> Tensor {
    let x = try Tensor(empty: shape, dtype)
    try RandomFill.normal(x, mean, std, g)
    return x
  }

  /// Integers in `low..<high`.
  package static func randint(
    _ low: Int, _ high: Int, _ shape: Dims, _ dtype: DType, _ g: Generator
  ) throws(TensorError) -> Tensor {
    let x = try Tensor(empty: shape, dtype)
    try RandomFill.integers(x, low, high, g)
    return x
  }

  /// 0, 1, … `n` - 1 in random order.
  package static func randperm(_ n: Int, _ dtype: DType, _ g: Generator) throws(TensorError) -> Tensor {
    if n < 0 { throw .runtime("Trying to create tensor with negative dimension \(n): [\(n)]") }
    if dtype == .uint8 && n > 256 || dtype == .int8 && n > 128 || dtype == .int16 && n > 32_768 {
      throw .runtime("value cannot be converted to type \(dtype.name)_t without overflow")
    }
    let x = try Tensor(empty: [n], .int64)
    tnb_fill_permutation(g.state, x.pointer(Int64.self), n)
    if n > 1 << 16, tnb_interrupt_pending() != 0 { throw Interruption.error() }
    return dtype == .int64 ? x : try x.copied(to: dtype)
  }

  // MARK: normal with tensors

  package static func normal(_ mean: Tensor, _ std: Double, _ g: Generator) throws(TensorError) -> Tensor {
    let result = try withoutGrad { () throws(TensorError) in
      try add(normal(0, std, mean.shape, mean.dtype, g), mean)
    }
    return recordConstant("NormalBackward1", [mean], result)
  }

  package static func normal(_ mean: Double, _ std: Tensor, _ g: Generator) throws(TensorError) -> Tensor {
    try checkDeviations(std)
    let result = try withoutGrad { () throws(TensorError) in
      try add(mul(normal(0, 1, std.shape, std.dtype, g), std), Tensor.scalar(.float(mean), std.dtype))
    }
    return recordConstant("NormalBackward2", [std], result)
  }

  package static func normal(_ mean: Tensor, _ std: Tensor, _ g: Generator) throws(TensorError) -> Tensor {
    try checkDeviations(std)
    let shape = try Dims.broadcast(mean.shape, std.shape)
    let result = try withoutGrad { () throws(TensorError) in
      let drawn = try normal(0, 1, shape, mean.dtype, g)
      return try add(mul(drawn, std), mean)
    }
    return recordConstant("NormalBackward3", [mean, std], result)
  }

  private static func checkDeviations(_ std: Tensor) throws(TensorError) {
    for i in try std.elementIndices() where !(std.double(at: i) >= 0) {
      throw .runtime("normal expects all elements of std >= 0.0")
    }
  }

  /// A result that draws from its inputs, which get gradients of zero.
  private static func recordConstant(_ name: String, _ inputs: [Tensor], _ result: Tensor) -> Tensor {
    if Autograd.isRecording(inputs) {
      let shapes = inputs.map(\.shape)
      Autograd.record(name, inputs, result) { (c) throws(TensorError) in
        var zeros: [Tensor?] = []
        for shape in shapes { zeros.append(try Tensor.filled(shape, c.gradient.dtype, .int(0))) }
        return zeros
      }
    }
    return result
  }

  // MARK: Bernoulli, Poisson

  /// One with probability p, for each element of `p`.
  package static func bernoulli(_ p: Tensor, _ g: Generator) throws(TensorError) -> Tensor {
    guard p.dtype.isFloating else { throw RandomFill.notImplemented("bernoulli_tensor_cpu_p_", p.dtype) }
    let result = try p.emptyLike(p.dtype)
    try drawBernoulli(result, p, g)
    return recordConstant("BernoulliBackward0", [p], result)
  }

  /// One with probability `p` everywhere, in the form of `x`.
  package static func bernoulli(like x: Tensor, _ p: Double, _ g: Generator) throws(TensorError) -> Tensor {
    let result = try x.emptyLike(x.dtype)
    try drawBernoulli(result, p, g)
    return recordConstant("BernoulliBackward0", [x], result)
  }

  static func drawBernoulli(_ x: Tensor, _ p: Double, _ g: Generator) throws(TensorError) {
    guard p >= 0 && p <= 1 else {
      throw .runtime("bernoulli_ expects p to be in [0, 1], but got p=\(NumberText.general(p))")
    }
    try RandomFill.fill(x) { tnb_fill_bernoulli(g.state, $0, $1, $2, p) }
  }

  static func drawBernoulli(_ x: Tensor, _ p: Tensor, _ g: Generator) throws(TensorError) {
    guard p.dtype.isFloating else { throw RandomFill.notImplemented("bernoulli_tensor_cpu_p_", p.dtype) }
    guard Dims.canBroadcast(p.shape, to: x.shape) else { throw expandError(p, to: x.shape) }
    let wide = try withoutGrad { () throws(TensorError) in try expand(p.detach(), to: x.shape) }
    let isDouble = p.dtype == .float64
    let ordered = x.isContiguous ? wide : RandomFill.permuted(wide, RandomFill.memoryOrder(x))
    let chances = try ordered.dense(isDouble ? .float64 : .float32)
    var isValid = true
    try RandomFill.fill(x, inPieces: false) {
      isValid = tnb_fill_bernoulli_each(g.state, $0, $1, $2, chances.data, isDouble)
    }
    if !isValid {
      throw .runtime(
        "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)"
      )
    }
  }

  /// A Poisson draw for each rate.
  package static func poisson(_ rates: Tensor, _ g: Generator) throws(TensorError) -> Tensor {
    guard rates.dtype.isFloating else { throw RandomFill.notImplemented("poisson_cpu", rates.dtype) }
    let wide = try rates.dense(.float64)
    for i in 0..<wide.count where !(wide.pointer(Double.self)[i] >= 0) {
      throw .runtime("invalid Poisson rate, expected rate to be non-negative")
    }
    let drawn = try Tensor(empty: rates.shape, .float64)
    tnb_fill_poisson(g.state, drawn.pointer(Double.self), wide.pointer(Double.self), wide.count)
    let result = rates.dtype == .float64 ? drawn : try drawn.copied(to: rates.dtype)
    return recordConstant("PoissonBackward0", [rates], result)
  }

  // MARK: multinomial

  /// `draws` categories per row, drawn in proportion to the row's weights.
  package static func multinomial(
    _ weights: Tensor, _ draws: Int, replacement: Bool, _ g: Generator
  ) throws(TensorError) -> Tensor {
    guard weights.ndim == 1 || weights.ndim == 2 else { throw .runtime("prob_dist must be 1 or 2 dim") }
    guard weights.dtype.isFloating else {
      throw .runtime(
        "multinomial only supports floating-point dtypes for input, got: \(weights.dtype.scalarTypeName)")
    }
    if draws <= 0 { throw .runtime("cannot sample n_sample <= 0 samples") }
    let categories = weights.shape[weights.ndim - 1]
    if !replacement && draws > categories {
      throw .runtime("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
    }
    if categories == 0 { throw .runtime("invalid multinomial distribution (sum of probabilities <= 0)") }
    let rows = weights.ndim == 2 ? weights.shape[0] : 1
    let dense = try weights.dense(.float64)
    let p = dense.pointer(Double.self)
    for row in 0..<rows {
      var total = 0.0
      for i in 0..<categories {
        let value = p[row * categories + i]
        guard value >= 0, value.isFinite else {
          throw .runtime("probability tensor contains either `inf`, `nan` or element < 0")
        }
        total += value
      }
      if !(total > 0) { throw .runtime("invalid multinomial distribution (sum of probabilities <= 0)") }
    }
    let result = try Tensor(empty: weights.ndim == 2 ? [rows, draws] : [draws], .int64)
    let out = result.pointer(Int64.self)
    let isSingle = weights.dtype != .float64
    if replacement && draws > 1 {
      for row in 0..<rows {
        let cumulative = cumulated(p + row * categories, categories, isSingle)
        tnb_fill_multinomial(g.state, out + row * draws, draws, cumulative, categories)
        if tnb_interrupt_pending() != 0 { throw Interruption.error() }
      }
      return result
    }
    // The largest of p / q with q exponential: a draw without replacement.
    let q = try Tensor(empty: weights.shape, weights.dtype)
    tnb_fill_exponential(g.state, q.data, q.count, Int32(q.dtype.rawValue), 1)
    let scores = try withoutGrad { () throws(TensorError) in try div(weights.detach(), q).dense(.float64) }
    let s = scores.pointer(Double.self)
    for row in 0..<rows {
      let base = s + row * categories
      let order = (0..<categories).sorted { base[$0] != base[$1] ? base[$0] > base[$1] : $0 < $1 }
      for k in 0..<draws { out[row * draws + k] = Int64(order[k]) }
    }
    return result
  }

  /// Running sums in the weights' own precision, scaled to end in one.
  private static func cumulated(_ p: UnsafePointer<Double>, _ n: Int, _ isSingle: Bool) -> [Double] {
    var sums: [Double] = []
    if isSingle {
      var total: Float = 0
      var running: [Float] = []
      for i in 0..<n {
        total += Float(p[i])
        running.append(total)
      }
      sums = running.map { Double($0 / total) }
    } else {
      var total = 0.0
      for i in 0..<n {
        total += p[i]
        sums.append(total)
      }
      sums = sums.map { $0 / total }
    }
    sums[n - 1] = 1
    return sums
  }

  // MARK: dropout

  /// Elements zeroed with probability `p`, the others scaled by 1 / (1 - p).
  package static func dropout(
    _ x: Tensor, _ p: Double, training: Bool, inPlace: Bool = false, _ g: Generator = .global
  ) throws(TensorError) -> Tensor {
    guard p >= 0 && p <= 1 else {
      throw .value("dropout probability has to be between 0 and 1, but got \(pythonText(p))")
    }
    if p == 0 || !training || x.count == 0 { return x }
    if p == 1 {
      let zero = try Tensor.scalar(.int(0), x.dtype)
      if inPlace {
        try mulInPlace(x, zero)
        return x
      }
      return try mul(x, zero)
    }
    guard x.dtype.isFloating else {
      throw .runtime("result type Float can't be cast to the desired output type \(x.dtype.scalarTypeName)")
    }
    let noise = try x.emptyLike(x.dtype)
    try drawBernoulli(noise, 1 - p, g)
    let scale = try withoutGrad { () throws(TensorError) in try div(noise, .float(1 - p)) }
    if inPlace {
      try mulInPlace(x, scale)
      return x
    }
    return try mul(x, scale)
  }

  /// Python's `str` of a float.
  static func pythonText(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e16 ? "\(value)" : "\(value)"
  }
}
