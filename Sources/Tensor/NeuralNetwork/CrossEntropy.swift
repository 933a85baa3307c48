// Losses of class scores.

extension Operations {
  /// −x[target], weighted by class, without the ignored targets. `x` is (classes), (N, classes) or (N, classes, …).
  static func nllLoss(
    _ x: Tensor, _ target: Tensor, _ weight: Tensor?, ignoring ignored: Int, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if x.ndim == 0 { throw .value("Expected 1 or more dimensions (got 0)") }
    if x.ndim == 1 && target.ndim == 1 {
      guard target.count == 1 else {
        throw .value("For 1D input, 1D target must have size 1, but got target size: \(target.count)")
      }
      return try nllLoss(
        x, squeeze(target, 0), weight, ignoring: ignored, reduction)
    }
    let classDim = x.ndim == 1 ? 0 : 1
    if x.ndim > 1 && target.ndim > 0 && x.shape[0] != target.shape[0] {
      throw .value(
        "Expected input batch_size (\(x.shape[0])) to match target batch_size (\(target.shape[0])).")
    }
    if x.ndim <= 2 && target.ndim > 1 {
      throw .runtime("0D or 1D target tensor expected, multi-target not supported")
    }
    guard target.dtype == .int64 || target.dtype == .uint8 else {
      throw .runtime("expected target dtype to be Long or Byte, but got \(target.dtype.scalarTypeName)")
    }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("nll_loss_out_frame", x.dtype) }
    var expected = x.shape
    expected.remove(at: classDim)
    if target.shape != expected {
      if x.ndim <= 2 {
        throw .runtime("size mismatch (got input: \(x.shape.description), target: \(target.shape.description))")
      }
      if target.ndim != x.ndim - 1 {
        throw .runtime(
          "only batches of spatial targets supported (3D tensors) but got targets of dimension: \(target.ndim)")
      }
      throw .runtime("size mismatch (got input: \(x.shape.description) , target: \(target.shape.description)")
    }
    let classes = x.shape[classDim]
    if let weight, weight.ndim != 1 || weight.count != classes {
      throw .runtime(
        "weight tensor should be defined either for all \(classes) classes or no classes but got weight tensor of shape: \(weight.shape.description)"
      )
    }
    if let weight, weight.dtype != x.dtype {
      throw .runtime("expected scalar type \(x.dtype.scalarTypeName) but found \(weight.dtype.scalarTypeName)")
    }
    let labels = try target.int64Values()
    for label in labels where label != ignored && (label < 0 || label >= classes) {
      throw .index("Target \(label) is out of bounds.")
    }
    // Ignored targets pick class 0 with weight zero.
    let index = try Tensor.make(labels.map { $0 == ignored ? 0 : $0 }, target.shape, .int64)
    let classWeights = try weight.map { (w) throws(TensorError) in try w.detach().dense(.float64) }
    var factors = labels.map { $0 == ignored ? 0.0 : 1.0 }
    if let classWeights {
      let values = classWeights.doubles()
      for (i, label) in labels.enumerated() { factors[i] = label == ignored ? 0 : values[label] }
    }
    let scale = try Tensor.make(factors, target.shape, x.dtype)
    let total = factors.reduce(0, +)
    let name = x.ndim > 2 ? "NllLoss2DBackward0" : "NllLossBackward0"
    let output = try withoutGrad { () throws(TensorError) -> Tensor in
      let picked = try squeeze(gather(x.detach(), classDim, unsqueeze(index, classDim)), classDim)
      let losses = try neg(mul(picked, scale))
      switch reduction {
      case .none:
        // Minus zero would print for ignored targets.
        return try add(losses, .int(0)).alias()
      case .sum: return try sum(losses)
      case .mean: return try div(sum(losses), .float(total))
      }
    }
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record(name, [x], output, saving: [x]) { (c) throws(TensorError) in
        try Autograd.gradients(ofNode: name, [c.gradient, c.saved(0)]) { (t) throws(TensorError) in
          let g = try reduction == .mean ? div(t[0], .float(total)) : t[0]
          let perElement = try neg(mul(g, scale))
          let zeros = try Tensor.filled(shape, perElement.dtype, .int(0))
          return [try scatter(zeros, classDim, unsqueeze(index, classDim), unsqueeze(perElement, classDim))]
        }
      }
    }
    return output
  }

  /// Cross entropy of class scores with class numbers, or with probabilities of the scores' own shape.
  static func crossEntropy(
    _ x: Tensor, _ target: Tensor, _ weight: Tensor?, ignoring ignored: Int, smoothing: Double, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if smoothing < 0 || smoothing > 1 {
      throw .runtime("label_smoothing must be between 0.0 and 1.0. Got: \(NumberText.general(smoothing))")
    }
    let classDim = x.ndim == 1 ? 0 : 1
    if x.shape == target.shape {
      return try crossEntropy(x, probabilities: target, weight, ignored, smoothing, reduction, classDim)
    }
    if x.ndim == 0 { throw .runtime("input tensor should be 1D or 2D") }
    let scores = try softmax(x, classDim, logarithmic: true)
    let nll = try nllLoss(scores, target, weight, ignoring: ignored, reduction)
    if smoothing == 0 { return nll }
    // The smoothing part: minus the mean of all classes' logarithms, weighted and reduced in the same way.
    let classes = x.shape[classDim]
    var smooth: Tensor
    var total = Double(target.count)
    let labels = try target.int64Values()
    let isIgnored = try Tensor.make(labels.map { $0 == ignored }, target.shape, .bool)
    if let weight {
      var shape = [Int](repeating: 1, count: x.ndim)
      shape[classDim] = classes
      smooth = try neg(sum(mul(scores, reshape(weight, shape)), [classDim]))
      let values = try weight.detach().dense(.float64).doubles()
      total = labels.reduce(0) { $1 == ignored ? $0 : $0 + values[$1] }
    } else {
      smooth = try neg(sum(scores, [classDim]))
      total = Double(labels.filter { $0 != ignored }.count)
    }
    if labels.contains(ignored) { smooth = try maskedFill(smooth, isIgnored, .int(0)) }
    switch reduction {
    case .none: break
    case .sum: smooth = try sum(smooth)
    case .mean: smooth = try div(sum(smooth), .float(total))
    }
    return try add(mul(nll, .float(1 - smoothing)), mul(smooth, .float(smoothing / Double(classes))))
  }

  /// `x / n` under the name PyTorch's own code leaves in the graph.
  private static func dividedByCount(_ x: Tensor, _ n: Int) throws(TensorError) -> Tensor {
    let output = try withoutGrad { () throws(TensorError) in try div(x.detach(), .int(n)) }
    if Autograd.isRecording(x) {
      Autograd.record("DivBackward1", [x], output) { (c) throws(TensorError) in [try div(c.gradient, .int(n))] }
    }
    return output
  }

  private static func crossEntropy(
    _ x: Tensor, probabilities target: Tensor, _ weight: Tensor?, _ ignored: Int, _ smoothing: Double,
    _ reduction: Reduction, _ classDim: Int
  ) throws(TensorError) -> Tensor {
    if !target.dtype.isFloating {
      throw .runtime(
        "Expected floating point type for target with class probabilities, got \(target.dtype.scalarTypeName)")
    }
    if ignored >= 0 {
      throw .runtime("ignore_index is not supported for floating point target")
    }
    let classes = x.shape[classDim]
    if let weight, weight.ndim != 1 || weight.count != classes {
      throw .runtime(
        "cross_entropy: weight tensor should be defined either for all \(classes) classes or no classes but got weight tensor of shape: \(weight.shape.description)"
      )
    }
    var wanted = target
    if smoothing > 0 {
      wanted = try add(mul(target, .float(1 - smoothing)), .float(smoothing / Double(classes)))
    }
    var terms = try mul(softmax(x, classDim, logarithmic: true), wanted)
    if let weight {
      var shape = [Int](repeating: 1, count: x.ndim)
      shape[classDim] = classes
      terms = try mul(terms, reshape(weight, shape))
    }
    switch reduction {
    case .none: return try neg(sum(terms, [classDim]))
    case .sum: return try neg(sum(terms))
    case .mean: return try dividedByCount(neg(sum(terms)), Swift.max(x.count / Swift.max(classes, 1), 1))
    }
  }
}
