extension Operations {
  /// The larger of two, elementwise; NaN wins, ties share the gradient.
  package static func maximum(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try picked(.maximum, a, b, BoundRules.maximum)
  }
  /// The smaller of two, elementwise; NaN wins, ties share the gradient.
  package static func minimum(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try picked(.minimum, a, b, BoundRules.minimum)
  }
  /// As `maximum`, but a number wins over NaN.
  package static func fmax(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try picked(.fmax, a, b, BoundRules.fmax)
  }
  /// As `minimum`, but a number wins over NaN.
  package static func fmin(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try picked(.fmin, a, b, BoundRules.fmin)
  }

  private static func picked(
    _ kernel: BinaryKernel, _ a: Tensor, _ b: Tensor, _ rule: Rule
  ) throws(TensorError) -> Tensor {
    let out = try kernel.apply(a, b, Promotion.result(a, b))
    return recordBoth(out, rule, a, b)
  }

  /// Makes a node that saves both operands.
  static func recordBoth(_ out: Tensor, _ rule: Rule, _ a: Tensor, _ b: Tensor) -> Tensor {
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(rule, a, b)
      node.save(0, a)
      node.save(1, b)
      Autograd.attach(node, out)
    }
    return out
  }

  /// `x` limited to numbers; at least one bound is needed. The gradient passes where nothing was cut.
  package static func clamp(
    _ x: Tensor, min low: Scalar?, max high: Scalar?, name: String = "ClampBackward1"
  ) throws(TensorError) -> Tensor {
    let type = try clampType(x, low, high)
    let source = x.dtype == type ? x : try x.copied(to: type)
    let out = try source.emptyLike(type)
    try Kernels.clamp(source, bound(low, high, isLow: true), bound(low, high, isLow: false), into: out)
    if out.dtype.isFloating && Autograd.isRecording(x) {
      Autograd.record(name, [x], out, saving: [x]) { (c) throws(TensorError) in
        [try clampGradient(c.gradient, c.saved(0), low, high)]
      }
    }
    return out
  }

  private static func clampGradient(
    _ g: Tensor, _ x: Tensor, _ low: Scalar?, _ high: Scalar?
  ) throws(TensorError) -> Tensor {
    let d = x.detach()
    let above = try low.map { (l) throws(TensorError) in try compare(.ge, d, l) }
    let below = try high.map { (h) throws(TensorError) in try compare(.le, d, h) }
    if let above, let below { return try choose(logicalAnd(above, below), g, .int(0)) }
    return try choose(above ?? below!, g, .int(0))
  }

  private static func clampType(_ x: Tensor, _ low: Scalar?, _ high: Scalar?) throws(TensorError) -> DType {
    if low == nil && high == nil {
      throw .runtime("torch.clamp: At least one of 'min' or 'max' must not be None")
    }
    var type = x.dtype
    if let low { type = Promotion.combine(type, Promotion.result(x, low)) }
    if let high { type = Promotion.combine(type, Promotion.result(x, high)) }
    if type == .bool { throw TensorError(.notImplemented, "\"clamp_scalar_cpu\" not implemented for 'Bool'") }
    return type
  }

  /// A NaN bound makes everything NaN, as in PyTorch; a lower bound over the upper gives the upper.
  private static func bound(_ low: Scalar?, _ high: Scalar?, isLow: Bool) -> Scalar? {
    isLow ? low : high
  }

  package static func clampInPlace(
    _ x: Tensor, min low: Scalar?, max high: Scalar?, name: String = "ClampBackward1"
  ) throws(TensorError) {
    let type = try clampType(x, low, high)
    if !Promotion.canCast(type, to: x.dtype) {
      throw .runtime(
        "result type \(type.scalarTypeName) can't be cast to the desired output type \(x.dtype.cppName)")
    }
    let original = Autograd.isRecording(x) ? [try clone(x)] : []
    try Autograd.inPlace(
      name, x, saving: original, write: { () throws(TensorError) in try Kernels.clamp(x, low, high, into: x) }
    ) { (c) throws(TensorError) in [try clampGradient(c.gradient, c.saved(0), low, high)] }
  }

  /// `x` limited by tensors, which broadcast.
  package static func clamp(
    _ x: Tensor, min low: Tensor?, max high: Tensor?, name: String = "ClampBackward0"
  ) throws(TensorError) -> Tensor {
    guard low != nil || high != nil else {
      throw .runtime("torch.clamp: At least one of 'min' or 'max' must not be None")
    }
    let type = Promotion.result([x] + [low, high].compactMap { $0 })
    var out = x.detach()
    if let low { out = try BinaryKernel.maximum.apply(out, low.detach(), type) }
    if let high { out = try BinaryKernel.minimum.apply(out, high.detach(), type) }
    let inputs = [x, low, high].compactMap { $0 }
    if type.isFloating && Autograd.isRecording(inputs) {
      let hasLow = low != nil
      // The place of an absent bound stays among the inputs, as PyTorch lists it.
      Autograd.record(name, inputs, out, saving: inputs) { (c) throws(TensorError) in
        let g = c.gradient
        let x = try c.saved(0).detach()
        let low = try hasLow ? c.saved(1).detach() : nil
        let high = try inputs.count == 3 ? c.saved(2).detach() : hasLow ? nil : c.saved(1).detach()
        let isLow = try low.map { (l) throws(TensorError) in try compare(.lt, x, l) }
        let isHigh = try high.map { (h) throws(TensorError) in
          try compare(.gt, low.map { (l) throws(TensorError) in try maximum(x, l) } ?? x, h)
        }
        let never = try Tensor.scalar(.bool(false), .bool)
        let lowHere = isLow ?? never
        let highHere = isHigh ?? never
        var result: [Tensor?] = [try choose(logicalOr(lowHere, highHere), .int(0), g)]
        if low != nil { result.append(try choose(logicalAnd(lowHere, logicalNot(highHere)), g, .int(0))) }
        if high != nil { result.append(try choose(highHere, g, .int(0))) }
        return result
      }
    }
    return out
  }

  /// NaN, infinity and minus infinity replaced; by default with 0 and the type's extremes.
  package static func nanToNum(
    _ x: Tensor, nan: Double? = nil, posinf: Double? = nil, neginf: Double? = nil
  ) throws(TensorError) -> Tensor {
    if !x.dtype.isFloating { return try clone(x) }
    let top: Double
    switch x.dtype {
    case .float16: top = 65504
    case .bfloat16: top = 3.3895313892515355e38
    case .float32: top = Double(Float.greatestFiniteMagnitude)
    default: top = Double.greatestFiniteMagnitude
    }
    let d = x.detach()
    var out = try choose(isnan(d), .float(nan ?? 0), d)
    out = try choose(isposinf(d), .float(posinf ?? top), out)
    out = try choose(isneginf(d), .float(neginf ?? -top), out)
    if Autograd.isRecording(x) {
      Autograd.record("NanToNumBackward0", [x], out, saving: [x]) { (c) throws(TensorError) in
        [try choose(isfinite(c.saved(0).detach()), c.gradient, .int(0))]
      }
    }
    return out
  }
}

enum BoundRules {
  typealias O = Operations

  /// The winner takes the gradient; equals share it.
  private static func shared(_ name: String, _ wins: Comparison) -> Rule {
    Rule(name) { (node, g) throws(TensorError) in
      let (a, b) = (try node.saved(0).detach(), try node.saved(1).detach())
      let half = try O.div(g, .int(2))
      let tie = try O.compare(.eq, a, b)
      let first = try O.compare(wins, a, b)
      return (
        node.needs(0) ? try O.choose(tie, half, O.choose(first, g, .int(0))) : nil,
        node.needs(1) ? try O.choose(tie, half, O.choose(first, .int(0), g)) : nil, nil
      )
    }
  }

  static let maximum = shared("MaximumBackward0", .gt)
  static let minimum = shared("MinimumBackward0", .lt)

  /// The first operand takes the gradient where it wins or the other is NaN.
  private static func sided(_ name: String, _ wins: Comparison) -> Rule {
    Rule(name) { (node, g) throws(TensorError) in
      let (a, b) = (try node.saved(0).detach(), try node.saved(1).detach())
      let first = try O.logicalOr(O.compare(wins, a, b), O.isnan(b))
      return (
        node.needs(0) ? try O.choose(first, g, .int(0)) : nil,
        node.needs(1) ? try O.choose(first, .int(0), g) : nil, nil
      )
    }
  }

  static let fmax = sided("FmaxBackward0", .ge)
  static let fmin = sided("FminBackward0", .le)
}
