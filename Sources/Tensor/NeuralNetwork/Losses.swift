// Loss functions.

/// How a loss combines its elements.
enum Reduction {
  case none, mean, sum

  /// PyTorch's names; another is an error.
  init(_ name: String?) throws(TensorError) {
    switch name ?? "mean" {
    case "none": self = .none
    case "mean": self = .mean
    case "sum": self = .sum
    default: throw .value("\(name ?? "") is not a valid value for reduction")
    }
  }

  func apply(_ x: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .none: x
    case .mean: try Operations.mean(x)
    case .sum: try Operations.sum(x)
    }
  }
}

extension Operations {
  /// A loss computed from a few operations, shown in the graph as one node; the gradients run through those operations, and are
  /// nodes of their own where `namesGradient`. `absent` optional inputs behind the others were not given: the node lists them.
  static func fused(
    _ name: String, _ inputs: [Tensor], namesGradient: Bool = false, absent: Int = 0,
    _ formula: @escaping ([Tensor]) throws(TensorError) -> Tensor,
    _ gradient: @escaping (BackwardContext, _ g: Tensor, [Tensor]) throws(TensorError) -> [Tensor?]
  ) throws(TensorError) -> Tensor {
    let output = try withoutGrad { () throws(TensorError) in try formula(inputs.map { $0.detach() }) }
    if Autograd.isRecording(inputs) {
      let count = inputs.count
      let missing = [Tensor?](repeating: nil, count: absent)
      Autograd.record(name, inputs, output, saving: inputs) { (c) throws(TensorError) in
        var saved: [Tensor] = []
        for i in 0..<count { saved.append(try c.saved(i)) }
        guard namesGradient, GradMode.isEnabled else { return try gradient(c, c.gradient, saved) + missing }
        return try Autograd.gradients(ofNode: name, [c.gradient] + saved) { (t) throws(TensorError) in
          try gradient(c, t[0], Array(t.dropFirst()))
        } + missing
      }
      for _ in 0..<absent { output.storedNode?.appendEdge(Edge()) }
    }
    return output
  }

  /// The gradient of the reduced elements: spread over them and divided by their number for the mean.
  private static func spreadGradient(_ g: Tensor, _ count: Int, _ reduction: Reduction) throws(TensorError) -> Tensor {
    reduction == .mean ? try div(g, .int(Swift.max(count, 1))) : g
  }

  /// A loss of two tensors from an elementwise formula and its derivative by the first; the other's is `sign` times it, or
  /// given by `second`.
  private static func pointwise(
    _ name: String, _ x: Tensor, _ y: Tensor, _ reduction: Reduction,
    _ value: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor,
    _ slope: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor,
    second: ((Tensor, Tensor) throws(TensorError) -> Tensor)? = nil
  ) throws(TensorError) -> Tensor {
    let count = try Dims.broadcast(x.shape, y.shape).product
    return try fused(
      name, [x, y], namesGradient: true, { (t) throws(TensorError) in try reduction.apply(value(t[0], t[1])) },
      { (c, g, t) throws(TensorError) in
        let g = try spreadGradient(g, count, reduction)
        var results: [Tensor?] = [nil, nil]
        if c.needs(0) { results[0] = try mul(g, slope(t[0], t[1])) }
        if c.needs(1) {
          if let second {
            results[1] = try mul(g, second(t[0], t[1]))
          } else {
            results[1] = try neg(mul(g, slope(t[0], t[1])))
          }
        }
        return results
      })
  }

  /// (x − y)².
  static func mseLoss(_ x: Tensor, _ y: Tensor, _ reduction: Reduction) throws(TensorError) -> Tensor {
    guard x.dtype.isFloating || y.dtype.isFloating else { throw RandomFill.notImplemented("mse_cpu", x.dtype) }
    return try pointwise(
      "MseLossBackward0", x, y, reduction, { (a, b) throws(TensorError) in try square(sub(a, b)) },
      { (a, b) throws(TensorError) in try mul(sub(a, b), .int(2)) })
  }

  /// |x − y|.
  static func l1Loss(_ x: Tensor, _ y: Tensor, _ reduction: Reduction) throws(TensorError) -> Tensor {
    try reduction.apply(abs(sub(x, y)))
  }

  /// Quadratic below `beta`, linear above.
  static func smoothL1Loss(
    _ x: Tensor, _ y: Tensor, _ reduction: Reduction, beta: Double
  ) throws(TensorError) -> Tensor {
    if beta < 0 { throw .runtime("smooth_l1_loss does not support negative values for beta.") }
    if beta == 0 { return try l1Loss(x, y, reduction) }
    return try pointwise(
      "SmoothL1LossBackward0", x, y, reduction,
      { (a, b) throws(TensorError) in
        let d = try abs(sub(a, b))
        return try choose(
          compare(.lt, d, .float(beta)), mul(square(d), .float(0.5 / beta)), sub(d, .float(0.5 * beta)))
      },
      { (a, b) throws(TensorError) in
        let d = try sub(a, b)
        return try choose(compare(.lt, abs(d), .float(beta)), div(d, .float(beta)), sign(d))
      })
  }

  /// Quadratic below `delta`, linear above, with slope `delta`.
  static func huberLoss(_ x: Tensor, _ y: Tensor, _ reduction: Reduction, delta: Double) throws(TensorError) -> Tensor {
    if !(delta > 0) { throw .runtime("huber_loss does not support non-positive values for delta.") }
    return try pointwise(
      "HuberLossBackward0", x, y, reduction,
      { (a, b) throws(TensorError) in
        let d = try abs(sub(a, b))
        return try choose(
          compare(.le, d, .float(delta)), mul(square(d), .float(0.5)),
          mul(sub(d, .float(0.5 * delta)), .float(delta)))
      },
      { (a, b) throws(TensorError) in
        let d = try sub(a, b)
        return try choose(compare(.le, abs(d), .float(delta)), d, mul(sign(d), .float(delta)))
      })
  }

  // MARK: Binary cross entropy

  /// −(y log p + (1 − y) log(1 − p)), logarithms not below −100.
  static func binaryCrossEntropy(
    _ p: Tensor, _ y: Tensor, _ weight: Tensor?, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if p.shape != y.shape {
      throw .value(
        "Using a target size (torch.Size(\(y.shape.description))) that is different to the input size (torch.Size(\(p.shape.description))) is deprecated. Please ensure they have the same size."
      )
    }
    if p.dtype != y.dtype {
      throw .runtime("Found dtype \(y.dtype.scalarTypeName) but expected \(p.dtype.scalarTypeName)")
    }
    guard p.dtype.isFloating else { throw RandomFill.notImplemented("binary_cross_entropy", p.dtype) }
    if let weight {
      let shown = "torch.Size(\(weight.shape.description))"
      let shape = try ShapeInference.broadcast(weight.shape.array, into: y.shape.array, argument: 1, shown: shown)
      if shape != y.shape.array {
        throw .runtime(
          "output with shape \(y.shape.description) doesn't match the broadcast shape \(ShapeInference.listText(shape))"
        )
      }
    }
    let plain = p.detach()
    for v in try plain.dense(.float64).doubles() where !(v >= 0 && v <= 1) {
      throw .runtime("all elements of input should be between 0 and 1")
    }
    for v in try y.detach().dense(.float64).doubles() where !(v >= 0 && v <= 1) {
      throw .runtime("all elements of target should be between 0 and 1")
    }
    let count = p.count
    func weighted(_ t: Tensor) throws(TensorError) -> Tensor {
      guard let weight else { return t }
      return try mul(t, weight)
    }
    return try fused(
      "BinaryCrossEntropyBackward0", [p, y], namesGradient: true,
      { (t) throws(TensorError) in
        let (p, y) = (t[0], t[1])
        let right = try clamp(log(p), min: .int(-100), max: nil)
        let wrong = try clamp(log1p(neg(p)), min: .int(-100), max: nil)
        return try reduction.apply(weighted(sub(mul(sub(y, .int(1)), wrong), mul(y, right))))
      },
      { (c, g, t) throws(TensorError) in
        let (p, y) = (t[0], t[1])
        let g = try weighted(spreadGradient(g, count, reduction))
        var results: [Tensor?] = [nil, nil]
        if c.needs(0) {
          let denominator = try clamp(mul(sub(.int(1), p), p), min: .float(1e-12), max: nil)
          results[0] = try div(mul(g, sub(p, y)), denominator)
        }
        if c.needs(1) { results[1] = try mul(g, sub(log1p(neg(p)), log(p))) }
        return results
      })
  }

  /// `binary_cross_entropy` of σ(x), computed without forming σ.
  static func binaryCrossEntropyWithLogits(
    _ x: Tensor, _ y: Tensor, _ weight: Tensor?, _ positiveWeight: Tensor?, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if x.shape != y.shape {
      throw .value(
        "Target size (torch.Size(\(y.shape.description))) must be the same as input size (torch.Size(\(x.shape.description)))"
      )
    }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("log_sigmoid_cpu", x.dtype) }
    guard y.dtype.isFloating else {
      throw .runtime(
        "result type \(x.dtype.scalarTypeName) can't be cast to the desired output type \(y.dtype.scalarTypeName)")
    }
    let count = x.count
    func weighted(_ t: Tensor) throws(TensorError) -> Tensor {
      guard let weight else { return t }
      return try mul(t, weight)
    }
    /// 1 + (w − 1) y, the weight of the logarithm.
    func scale(_ y: Tensor) throws(TensorError) -> Tensor? {
      try positiveWeight.map { (w) throws(TensorError) in try add(mul(sub(w, .int(1)), y), .int(1)) }
    }
    return try fused(
      "BinaryCrossEntropyWithLogitsBackward0", [x, y],
      { (t) throws(TensorError) in
        let (x, y) = (t[0], t[1])
        var tail = try logSigmoid(x)
        if let s = try scale(y) { tail = try mul(tail, s) }
        return try reduction.apply(weighted(sub(mul(sub(.int(1), y), x), tail)))
      },
      { (c, g, t) throws(TensorError) in
        let (x, y) = (t[0], t[1])
        let g = try weighted(spreadGradient(g, count, reduction))
        var results: [Tensor?] = [nil, nil]
        if c.needs(0) {
          if let s = try scale(y) {
            // d/dx [(1 − y) x − s logσ(x)] = (1 − y) − s (1 − σ(x)).
            results[0] = try mul(g, sub(sub(.int(1), y), mul(s, sub(.int(1), sigmoid(x)))))
          } else {
            results[0] = try mul(g, sub(sigmoid(x), y))
          }
        }
        if c.needs(1) {
          if let w = positiveWeight {
            results[1] = try mul(g, neg(add(x, mul(sub(w, .int(1)), logSigmoid(x)))))
          } else {
            results[1] = try neg(mul(g, x))
          }
        }
        return results
      })
  }

  // MARK: Divergences and others, composed

  /// `reduction`: nil for the sum by the size of the batch.
  static func klDivergence(
    _ x: Tensor, _ y: Tensor, _ reduction: Reduction?, logTarget: Bool
  ) throws(TensorError) -> Tensor {
    let loss =
      logTarget ? try mul(exp(y), sub(y, x)) : try sub(xlogy(y, y), mul(y, x))
    if let reduction { return try reduction.apply(loss) }
    return x.ndim == 0 ? try sum(loss) : try div(sum(loss), .int(x.shape[0]))
  }

  static func poissonLoss(
    _ x: Tensor, _ y: Tensor, logInput: Bool, full: Bool, eps: Double, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    var loss =
      logInput ? try sub(exp(x), mul(y, x)) : try sub(x, mul(y, log(add(x, .float(eps)))))
    if full {
      let stirling = try add(sub(mul(y, log(y)), y), mul(log(mul(y, .float(2 * Double.pi))), .float(0.5)))
      loss = try add(loss, maskedFill(stirling, compare(.le, y, .int(1)), .int(0)))
    }
    return try reduction.apply(loss)
  }

  static func gaussianLoss(
    _ x: Tensor, _ y: Tensor, _ variance: Tensor, full: Bool, eps: Double, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    var variance = variance
    if variance.shape != x.shape {
      if Array(x.shape.array.dropLast()) == variance.shape.array {
        variance = try unsqueeze(variance, -1)
      } else if !(x.ndim == variance.ndim && Array(x.shape.array.dropLast()) == Array(variance.shape.array.dropLast())
        && variance.shape.array.last == 1)
      {
        throw .value("var is of incorrect size")
      }
    }
    for v in try variance.detach().dense(.float64).doubles() where v < 0 {
      throw .value("var has negative entry/entries")
    }
    let limited = try add(
      clamp(variance.detach(), min: .float(eps), max: nil), sub(variance, variance.detach()))
    var loss = try mul(add(log(limited), div(square(sub(x, y)), limited)), .float(0.5))
    if full { loss = try add(loss, .float(0.918938533204672741780)) }
    return try reduction.apply(loss)
  }

  static func hingeEmbeddingLoss(
    _ x: Tensor, _ y: Tensor, margin: Double, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    let clipped = try clamp(sub(.float(margin), x), min: .int(0), max: nil, name: "ClampMinBackward0")
    let negative = try choose(compare(.ne, y, .int(1)), clipped, .int(0))
    let positive = try choose(compare(.ne, y, .int(-1)), x, .int(0))
    return try reduction.apply(add(negative, positive))
  }

  static func marginRankingLoss(
    _ a: Tensor, _ b: Tensor, _ y: Tensor, margin: Double, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if a.ndim != y.ndim || b.ndim != y.ndim {
      throw .runtime(
        "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: torch.Size(\(a.shape.description)), input2: torch.Size(\(b.shape.description)), target: torch.Size(\(y.shape.description)) "
      )
    }
    let value = try add(mul(neg(y), sub(a, b)), .float(margin))
    return try reduction.apply(clamp(value, min: .int(0), max: nil, name: "ClampMinBackward0"))
  }

  static func softMarginLoss(_ x: Tensor, _ y: Tensor, _ reduction: Reduction) throws(TensorError) -> Tensor {
    try pointwise(
      "SoftMarginLossBackward0", x, y, reduction,
      { (a, b) throws(TensorError) in try log1p(exp(neg(mul(a, b)))) },
      { (a, b) throws(TensorError) in try neg(mul(b, sigmoid(neg(mul(a, b))))) },
      second: { (a, b) throws(TensorError) in try neg(mul(a, sigmoid(neg(mul(a, b))))) })
  }

  static func cosineEmbeddingLoss(
    _ a: Tensor, _ b: Tensor, _ y: Tensor, margin: Double, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if y.ndim == 1 && a.ndim != 2 {
      throw .runtime(
        "1D target tensor expects 2D input tensors, but found inputs with sizes \(a.shape.description) and \(b.shape.description)."
      )
    }
    let similarity = try cosineSimilarity(a, b, a.ndim > 1 ? 1 : 0, eps: 1e-8)
    let positive = try choose(compare(.eq, y, .int(1)), sub(.int(1), similarity), .int(0))
    let excess = try clamp(sub(similarity, .float(margin)), min: .int(0), max: nil, name: "ClampMinBackward0")
    return try reduction.apply(add(positive, choose(compare(.eq, y, .int(-1)), excess, .int(0))))
  }

  static func tripletMarginLoss(
    _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, margin: Double, p: Double, eps: Double, swap: Bool,
    _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if margin <= 0 { throw .value("margin must be greater than 0, got \(NumberText.general(margin))") }
    if anchor.ndim != positive.ndim || positive.ndim != negative.ndim {
      throw .runtime(
        "The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor \(anchor.ndim)D, positive \(positive.ndim)D, and negative \(negative.ndim)D inputs"
      )
    }
    let near = try pairwiseDistance(anchor, positive, p: p, eps: eps)
    var far = try pairwiseDistance(anchor, negative, p: p, eps: eps)
    if swap { far = try minimum(far, pairwiseDistance(positive, negative, p: p, eps: eps)) }
    let value = try sub(add(near, .float(margin)), far)
    return try reduction.apply(clamp(value, min: .int(0), max: nil, name: "ClampMinBackward0"))
  }

  static func multiLabelSoftMarginLoss(
    _ x: Tensor, _ y: Tensor, _ weight: Tensor?, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    var loss = try neg(add(mul(y, logSigmoid(x)), mul(sub(.int(1), y), logSigmoid(neg(x)))))
    if let weight { loss = try mul(loss, weight) }
    return try reduction.apply(div(sum(loss, [x.ndim - 1]), .int(x.shape[Swift.max(x.ndim - 1, 0)])))
  }

  static func multiMarginLoss(
    _ x: Tensor, _ y: Tensor, p: Int, margin: Double, _ weight: Tensor?, _ reduction: Reduction
  ) throws(TensorError) -> Tensor {
    if p != 1 && p != 2 { throw .value("only p == 1 and p == 2 supported") }
    let isSingle = x.ndim == 1
    if !isSingle && (y.ndim != 1 || y.count != x.shape[0]) {
      throw .runtime(
        "multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples (batch size). Expected target size [\(x.shape[0])], but got \(y.shape.description). Input has shape \(x.shape.description)."
      )
    }
    let classes = x.shape[isSingle ? 0 : 1]
    let index = try reshape(y, [isSingle ? 1 : x.shape[0], 1])
    for i in try index.int64Values() where i < 0 || i >= classes { throw .runtime("target out of range") }
    return try fusedByReplay("MultiMarginLossBackward0", [x]) { (t) throws(TensorError) in
      let rows = isSingle ? try unsqueeze(t[0], 0) : t[0]
      var value = try clamp(
        add(sub(rows, gather(rows, 1, index)), .float(margin)), min: .int(0), max: nil)
      if p == 2 { value = try square(value) }
      if let weight { value = try mul(value, indexSelect(weight, 0, reshape(index, [-1])).unsqueezed()) }
      value = try scatter(value, 1, index, .int(0))
      let perRow = try div(sum(value, [1]), .int(classes))
      return try reduction.apply(isSingle ? squeeze(perRow, 0) : perRow)
    }
  }
}

extension Tensor {
  /// The elements of a contiguous float64 tensor, copied: the tensor may be a temporary.
  func doubles() -> [Double] {
    withExtendedLifetime(self) { Array(UnsafeBufferPointer(start: pointer(Double.self), count: count)) }
  }

  fileprivate func unsqueezed() throws(TensorError) -> Tensor { try Operations.unsqueeze(self, 1) }
}
