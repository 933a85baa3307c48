// What layers compute: affine maps, embeddings, normalisation, padding.

extension Operations {
  /// x Wᵀ + b.
  package static func linear(_ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) throws(TensorError) -> Tensor {
    if weight.ndim == 1 {
      let product = try matmul(x, weight)
      return try bias.map { (b) throws(TensorError) in try add(product, b) } ?? product
    }
    guard let bias else { return try matmul(x, t(weight)) }
    if x.ndim == 2 { return try addmm(bias, x, t(weight)) }
    if x.ndim > 0 && bias.ndim == 1 {
      let width = x.shape[x.ndim - 1]
      let rows = try reshape(x, [width == 0 ? 0 : x.count / width, width])
      let product = try addmm(bias, rows, t(weight))
      return try view(product, Array(x.shape.array.dropLast()) + [weight.shape[0]])
    }
    return try add(matmul(x, t(weight)), bias)
  }

  /// Rows of a table; the gradient of the row `padding` stays zero.
  package static func embedding(_ index: Tensor, _ table: Tensor, padding: Int? = nil) throws(TensorError) -> Tensor {
    if table.ndim != 2 { throw .runtime("'weight' must be 2-D") }
    guard index.dtype == .int64 || index.dtype == .int32 else {
      throw .runtime(
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.\(index.dtype.scalarTypeName)Tensor instead (while checking arguments for embedding)"
      )
    }
    let rows = table.shape[0]
    var skipped = padding
    if let p = padding {
      if p >= rows { throw TensorError(.assertion, "Padding_idx must be within num_embeddings") }
      if p < -rows { throw TensorError(.assertion, "Padding_idx must be within num_embeddings") }
      if p < 0 { skipped = p + rows }
    }
    let positions = try index.int64Values()
    for i in positions where i < 0 || i >= rows { throw .index("index out of range in self") }
    let width = table.shape[1]
    let flat = try Tensor(empty: [positions.count, width], table.dtype)
    entryPicks(table, 0, positions).read(table, into: flat)
    let output = flat.alias()
    let shape = try Dims.checked(index.shape.array + [width])
    output.setGeometry(shape, shape.contiguousStrides)
    if Autograd.isRecording(table) {
      Autograd.record("EmbeddingBackward0", [table], output, saving: [index]) { (c) throws(TensorError) in
        var g = try reshape(c.gradient, [positions.count, width])
        if let skipped {
          let mask = try Tensor.make(positions.map { $0 == skipped }, [positions.count, 1], .bool)
          g = try maskedFill(g, mask, .int(0))
        }
        let zeros = try Tensor.filled([rows, width], g.dtype, .int(0))
        return [try indexAdd(zeros, 0, Tensor.vector(positions), g, alpha: .int(1))]
      }
    }
    return output
  }

  /// A new last dimension with one at each class number and zeros elsewhere.
  package static func oneHot(_ x: Tensor, _ classes: Int) throws(TensorError) -> Tensor {
    guard x.dtype == .int64 else { throw .runtime("one_hot is only applicable to index tensor of type LongTensor.") }
    if x.count == 0 {
      if classes <= 0 { throw .runtime("Can not infer total number of classes from empty tensor.") }
      return try Tensor.filled(Dims.checked(x.shape.array + [classes]), .int64, .int(0))
    }
    let values = try x.int64Values()
    if values.contains(where: { $0 < 0 }) { throw .runtime("Class values must be non-negative.") }
    let count = classes == -1 ? values.max()! &+ 1 : classes
    if count < 1 {
      throw .runtime("num_classes should be positive")
    }
    if values.contains(where: { $0 >= count }) { throw .runtime("Class values must be smaller than num_classes.") }
    let output = try Tensor.filled(Dims.checked(x.shape.array + [count]), .int64, .int(0))
    for (i, v) in values.enumerated() { output.pointer(Int.self)[i * count + v] = 1 }
    return output
  }

  // MARK: Normalisation

  /// (x − mean) / √(variance + eps) over the last dimensions, then scaled and shifted.
  package static func layerNorm(
    _ x: Tensor, _ normalized: [Int], _ weight: Tensor?, _ bias: Tensor?, eps: Double
  ) throws(TensorError) -> Tensor {
    if normalized.isEmpty {
      throw .runtime(
        "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []"
      )
    }
    let n = normalized.count
    if x.ndim < n || Array(x.shape.array.suffix(n)) != normalized {
      let stars = (["*"] + normalized.map(String.init)).joined(separator: ", ")
      throw .runtime(
        "Given normalized_shape=\(ShapeInference.listText(normalized)), expected input with shape [\(stars)], but got input of size\(x.shape.description)"
      )
    }
    for (t, label) in [(weight, "weight"), (bias, "bias")] {
      if let t, t.shape.array != normalized {
        throw .runtime(
          "Expected \(label) to be of same shape as normalized_shape, but got \(label) of shape \(t.shape.description) and normalized_shape = \(ShapeInference.listText(normalized))"
        )
      }
    }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("LayerNormKernelImpl", x.dtype) }
    let dims = Array(x.ndim - n..<x.ndim)
    let inputs = [x] + [weight, bias].compactMap { $0 }
    func formula(_ t: [Tensor]) throws(TensorError) -> Tensor {
      let x = t[0]
      let centred = try sub(x, mean(x, dims, keepdim: true))
      let spread = try add(mean(square(centred), dims, keepdim: true), .float(eps))
      var y = try mul(centred, rsqrt(spread))
      if weight != nil { y = try mul(y, t[1]) }
      if bias != nil { y = try add(y, t[t.count - 1]) }
      return y
    }
    return try fusedByReplay("NativeLayerNormBackward0", inputs, namesGradient: true, absent: 3 - inputs.count, formula)
  }

  /// An operation shown in the graph as one node, whose gradient is that of its formula, recorded again for the purpose.
  static func fusedByReplay(
    _ name: String, _ inputs: [Tensor], namesGradient: Bool = false, absent: Int = 0,
    _ formula: @escaping ([Tensor]) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    try fused(name, inputs, namesGradient: namesGradient, absent: absent, formula) {
      (c, g, saved) throws(TensorError) in
      let isSecondOrder = GradMode.isEnabled
      GradMode.isEnabled = true
      defer { GradMode.isEnabled = isSecondOrder }
      // Fresh leaves, unless this gradient is itself to be differentiated.
      var roots: [Tensor] = []
      for (i, t) in saved.enumerated() {
        if isSecondOrder || !c.needs(i) {
          roots.append(isSecondOrder ? aliasView(t) : t.detach())
          continue
        }
        let leaf = t.detach()
        try leaf.setRequiresGrad(true)
        roots.append(leaf)
      }
      let output = try formula(roots)
      let wanted = roots.indices.filter { c.needs($0) }
      let gradients = try Autograd.grad(
        [output], wanted.map { roots[$0] }, gradients: [g], createGraph: isSecondOrder, allowUnused: true)
      var result = [Tensor?](repeating: nil, count: saved.count)
      for (k, i) in wanted.enumerated() { result[i] = gradients[k] }
      return result
    }
  }

  /// Each channel (dimension 1) normalised over the others: by its own statistics in training, which the running ones
  /// follow, by the running ones otherwise.
  package static func batchNorm(
    _ x: Tensor, _ runningMean: Tensor?, _ runningVariance: Tensor?, _ weight: Tensor?, _ bias: Tensor?,
    training: Bool, momentum: Double, eps: Double
  ) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .runtime("Expected more than 1 dimension for batch_norm input, got \(x.ndim)") }
    let channels = x.shape[1]
    if training && channels > 0 && x.count / channels <= 1 {
      throw .value(
        "Expected more than 1 value per channel when training, got input size torch.Size(\(x.shape.description))")
    }
    for (t, label) in [
      (runningMean, "running_mean"), (runningVariance, "running_var"), (weight, "weight"), (bias, "bias"),
    ] {
      if let t, t.count != channels {
        throw .runtime("\(label) should contain \(channels) elements not \(t.count)")
      }
    }
    if !training && (runningMean == nil || runningVariance == nil) {
      throw .runtime("running_mean must be defined in evaluation mode")
    }
    let dims = (0..<x.ndim).filter { $0 != 1 }
    var shape = [Int](repeating: 1, count: x.ndim)
    shape[1] = channels
    if training, let runningMean, let runningVariance {
      try withoutGrad { () throws(TensorError) in
        let plain = x.detach()
        try blend(runningMean, mean(plain, dims), momentum)
        try blend(runningVariance, variance(plain, dims), momentum)
      }
    }
    let inputs = [x] + [weight, bias].compactMap { $0 }
    let (fixedMean, fixedVariance) =
      training ? (nil, nil) : (try runningMean!.detach().copied(), try runningVariance!.detach().copied())
    func formula(_ t: [Tensor]) throws(TensorError) -> Tensor {
      let x = t[0]
      let centre: Tensor
      let spread: Tensor
      if let fixedMean, let fixedVariance {
        centre = try reshape(fixedMean, shape)
        spread = try reshape(fixedVariance, shape)
      } else {
        centre = try mean(x, dims, keepdim: true)
        spread = try variance(x, dims, correction: 0, keepdim: true)
      }
      var y = try mul(sub(x, centre), rsqrt(add(spread, .float(eps))))
      if weight != nil { y = try mul(y, reshape(t[1], shape)) }
      if bias != nil { y = try add(y, reshape(t[t.count - 1], shape)) }
      return y
    }
    return try fusedByReplay("NativeBatchNormBackward0", inputs, namesGradient: true, absent: 3 - inputs.count, formula)
  }

  /// `running = (1 − momentum) · running + momentum · value`.
  private static func blend(_ running: Tensor, _ value: Tensor, _ momentum: Double) throws(TensorError) {
    let mixed = try add(mul(running.detach(), .float(1 - momentum)), mul(value, .float(momentum)))
    try copyInPlace(running, mixed)
  }

  /// Groups of channels normalised together, per sample.
  package static func groupNorm(
    _ x: Tensor, _ groups: Int, _ weight: Tensor?, _ bias: Tensor?, eps: Double
  ) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .runtime("Expected at least 2 dimensions for input tensor but received \(x.ndim)") }
    let channels = x.shape[1]
    if groups <= 0 || channels % groups != 0 {
      throw .runtime(
        "Expected number of channels in input to be divisible by num_groups, but got input of shape \(x.shape.description) and num_groups=\(groups)"
      )
    }
    let original = x.shape
    var perChannel = [Int](repeating: 1, count: x.ndim)
    perChannel[1] = channels
    let inputs = [x] + [weight, bias].compactMap { $0 }
    func formula(_ t: [Tensor]) throws(TensorError) -> Tensor {
      let rows = try reshape(t[0], [original[0], groups, -1])
      let centred = try sub(rows, mean(rows, [2], keepdim: true))
      let spread = try add(mean(square(centred), [2], keepdim: true), .float(eps))
      var y = try reshape(mul(centred, rsqrt(spread)), original)
      if weight != nil { y = try mul(y, reshape(t[1], perChannel)) }
      if bias != nil { y = try add(y, reshape(t[t.count - 1], perChannel)) }
      return y
    }
    return try fusedByReplay("NativeGroupNormBackward0", inputs, absent: 3 - inputs.count, formula)
  }

  /// x / √(mean x² + eps) over the last dimensions, then scaled.
  package static func rmsNorm(
    _ x: Tensor, _ normalized: [Int], _ weight: Tensor?, eps: Double?
  ) throws(TensorError) -> Tensor {
    let n = normalized.count
    if n == 0 || x.ndim < n || Array(x.shape.array.suffix(n)) != normalized {
      let stars = (["*"] + normalized.map(String.init)).joined(separator: ", ")
      throw .runtime(
        "Given normalized_shape=\(ShapeInference.listText(normalized)), expected input with shape [\(stars)], but got input of size\(x.shape.description)"
      )
    }
    let dims = Array(x.ndim - n..<x.ndim)
    let scale = try rsqrt(add(mean(square(x), dims, keepdim: true), .float(eps ?? FloatInfo(x.dtype).eps)))
    let y = try mul(x, scale)
    return try weight.map { (w) throws(TensorError) in try mul(y, w) } ?? y
  }

  // MARK: Padding

  /// Elements added (or taken off, where negative) at both ends of the last dimensions, the last one first.
  package static func pad(
    _ x: Tensor, _ amounts: [Int], mode: String = "constant", value: Double? = nil
  ) throws(TensorError) -> Tensor {
    if amounts.count % 2 != 0 { throw .runtime("Padding length must be divisible by 2") }
    if amounts.count / 2 > x.ndim {
      throw .runtime(
        "Padding length should be less than or equal to two times the input dimension but got padding length \(amounts.count) and input of dimension \(x.ndim)"
      )
    }
    switch mode {
    case "constant": return try constantPad(x, amounts, value ?? 0)
    case "reflect", "replicate", "circular":
      if let value, value != 0 {
        throw .runtime("Padding mode \"\(mode)\" doesn't take in value argument")
      }
      let count = amounts.count / 2
      let kind = mode == "reflect" ? "Reflection" : mode == "replicate" ? "Replication" : "Circular"
      return try fusedByReplay("\(kind)Pad\(count)DBackward0", [x], namesGradient: mode != "circular") {
        (t) throws(TensorError) in
        var result = t[0]
        for k in 0..<count {
          result = try borderPad(result, x.ndim - 1 - k, amounts[2 * k], amounts[2 * k + 1], mode)
        }
        return result
      }
    default: throw TensorError(.notImplemented, "Unrecognised padding mode \(mode)")
    }
  }

  private static func constantPad(_ x: Tensor, _ amounts: [Int], _ value: Double) throws(TensorError) -> Tensor {
    var shape = x.shape
    for k in 0..<amounts.count / 2 {
      let d = x.ndim - 1 - k
      let size = shape[d] &+ amounts[2 * k] &+ amounts[2 * k + 1]
      if size < 0 || Swift.abs(amounts[2 * k]) > 1 << 40 || Swift.abs(amounts[2 * k + 1]) > 1 << 40 {
        throw .runtime(
          "The input size \(x.shape[d]), plus negative padding \(amounts[2 * k]) and \(amounts[2 * k + 1]) resulted in a negative output size, which is invalid. Check dimension \(d) of your input."
        )
      }
      shape[d] = size
    }
    let output = try Tensor.filled(shape, x.dtype, .float(value))
    // The part of the input that remains, and where it goes.
    var (source, place) = (x.detach(), output.alias())
    for k in 0..<amounts.count / 2 {
      let d = x.ndim - 1 - k
      let (low, high) = (amounts[2 * k], amounts[2 * k + 1])
      let from = Swift.max(-low, 0)
      let length = x.shape[d] - from - Swift.max(-high, 0)
      if length <= 0 {
        source = part(source, d, 0, 0)
        break
      }
      source = part(source, d, from, length)
      place = part(place, d, Swift.max(low, 0), length)
    }
    if source.count > 0 { try Kernels.copy(source, into: place) }
    if Autograd.isRecording(x) {
      Autograd.record("ConstantPadNdBackward0", [x], output) { (c) throws(TensorError) in
        [try constantPad(c.gradient, amounts.map { -$0 }, 0)]
      }
    }
    return output
  }

  private static func borderPad(
    _ x: Tensor, _ d: Int, _ low: Int, _ high: Int, _ mode: String
  ) throws(TensorError) -> Tensor {
    let size = x.shape[d]
    if mode == "reflect" && (low >= size || high >= size) {
      throw .runtime(
        "Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (\(low), \(high)) at dimension \(d) of input \(x.shape.description)"
      )
    }
    if mode == "circular" && (low > size || high > size) {
      throw .runtime("Padding value causes wrapping around more than once.")
    }
    if size + low + high < 0 || low > 1 << 30 || high > 1 << 30 || size == 0 {
      throw .runtime("padding (\(low), \(high)) does not fit dimension \(d) of input \(x.shape.description)")
    }
    var picks: [Int] = []
    for i in -low..<Swift.max(size + high, -low) {
      switch mode {
      case "reflect": picks.append(i < 0 ? -i : i >= size ? 2 * size - 2 - i : i)
      case "replicate": picks.append(Swift.min(Swift.max(i, 0), size - 1))
      default: picks.append(((i % size) + size) % size)
      }
    }
    return try indexSelect(x, d, Tensor.vector(picks))
  }
}
