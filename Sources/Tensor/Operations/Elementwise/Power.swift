extension Operations {
  /// `a ** b` elementwise.
  package static func pow(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let type = Promotion.result(a, b)
    if type == .bool { throw TensorError(.notImplemented, "\"pow\" not implemented for 'Bool'") }
    let out = try BinaryKernel.pow.apply(a, b, type)
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(PowerRules.tensors, a, b)
      node.save(0, a)
      node.save(1, b)
      Autograd.attach(node, out)
      if b.requiresGrad { node.saveOutput(2, out) }
    }
    return out
  }

  /// `a ** 2`.
  package static func pow(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let out = try power(a, b, nil)
    if out.dtype.isFloating && Autograd.isRecording(a) {
      let node = OpNode(PowerRules.number, a)
      node.save(0, a)
      node.scalar0 = b
      Autograd.attach(node, out)
    }
    return out
  }

  /// `2 ** a`.
  package static func pow(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.pow.apply(a, b, Promotion.result(b, a))
    if out.dtype.isFloating && Autograd.isRecording(b) {
      let node = OpNode(PowerRules.base, b)
      node.scalar0 = a
      Autograd.attach(node, out)
      node.saveOutput(0, out)
    }
    return out
  }

  package static func powInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    let type = Promotion.result(a, b)
    try prepareInPlace(a, type, Dims.broadcast(a.shape, b.shape))
    var node: OpNode?
    if a.dtype.isFloating && Autograd.isRecording(a, b) {
      let made = OpNode(PowerRules.tensors, a, b)
      made.save(0, try Operations.clone(a))
      made.save(1, b)
      node = made
    }
    try BinaryKernel.pow.apply(a, Elementwise.untangled(b, from: a), type, into: a)
    finishInPlace(a, node)
    if let node, b.requiresGrad { node.saveOutput(2, a) }
  }

  package static func powInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try prepareInPlace(a, Promotion.result(a, b), a.shape)
    var node: OpNode?
    if a.dtype.isFloating && Autograd.isRecording(a) {
      let made = OpNode(PowerRules.number, a)
      made.save(0, try Operations.clone(a))
      made.scalar0 = b
      node = made
    }
    _ = try power(a, b, a)
    finishInPlace(a, node)
  }

  /// Whole exponents and roots take the short ways that PyTorch takes.
  private static func power(_ a: Tensor, _ b: Scalar, _ output: Tensor?) throws(TensorError) -> Tensor {
    let type = Promotion.result(a, b)
    if type == .bool { throw TensorError(.notImplemented, "\"pow\" not implemented for 'Bool'") }
    if !type.isFloating {
      if case .int(let i) = b, i < 0 { throw .runtime("Integers to negative integer powers are not allowed.") }
      return try BinaryKernel.pow.apply(a, b, type, into: output)
    }
    switch b.double {
    case 2: return try UnaryKernel.square.apply(a, type, into: output)
    case 0.5: return try UnaryKernel.sqrt.apply(a, type, into: output)
    case 1:
      if let output { return output }
      return try a.copied(to: type)
    case 3:
      let square = try UnaryKernel.square.apply(a, type)
      if let output { return try BinaryKernel.mul.apply(square, a, type, into: output) }
      return try BinaryKernel.mul.apply(square, a, type)
    case -1: return try UnaryKernel.reciprocal.apply(a, type, into: output)
    case -0.5: return try UnaryKernel.rsqrt.apply(a, type, into: output)
    case -2: return try UnaryKernel.reciprocal.apply(UnaryKernel.square.apply(a, type), type, into: output)
    default: return try BinaryKernel.pow.apply(a, b, type, into: output)
    }
  }
}

enum PowerRules {
  static let number = Rule("PowBackward0") { (node, g) throws(TensorError) in
    (try slope(g, node.saved(0), node.scalar0), nil, nil)
  }

  /// g · p · xᵖ⁻¹. In a graph of gradients the power is written out also where it is one, so that each derivative has the next.
  static func slope(_ g: Tensor, _ x: Tensor, _ p: Scalar) throws(TensorError) -> Tensor {
    if p.double == 0 { return try Tensor.filled(x.shape, g.dtype, .int(0)) }
    if !Autograd.isRecording(x) {
      if p.double == 1 { return g }
      if p.double == 2 { return try Operations.mul(g, Operations.mul(x, p)) }
    }
    let lower: Scalar =
      switch p {
      case .int(let i): .int(i &- 1)
      case .float(let d): .float(d - 1)
      case .bool: .int(0)
      }
    return try Operations.mul(g, Operations.mul(Operations.pow(x, lower), p))
  }

  static let tensors = Rule("PowBackward1") { (node, g) throws(TensorError) in
    let (x, p) = (try node.saved(0), try node.saved(1))
    var first: Tensor?
    var second: Tensor?
    if node.needs(0) {
      // Where the exponent is zero the slope is zero, also at zero.
      let slope = try Operations.mul(p, Operations.pow(x, Operations.sub(p, .int(1))))
      let isZero = try Operations.compare(.eq, p, .int(0))
      first = try Operations.choose(isZero, .int(0), Operations.mul(g, slope))
    }
    if node.needs(1) {
      let y = try node.saved(2)
      let slope = try Operations.mul(y, Operations.log(x))
      // 0 ** p for p ≥ 0: zero instead of 0 · log 0.
      let isFlat = try Operations.logicalAnd(Operations.compare(.eq, x, .int(0)), Operations.compare(.ge, p, .int(0)))
      second = try Operations.mul(g, Operations.choose(isFlat, .int(0), slope))
    }
    return (first, second, nil)
  }

  static let base = Rule("PowBackward2") { (node, g) throws(TensorError) in
    let y = try node.saved(0)
    let base = node.scalar0.double
    if base == 0 { return (try Tensor.filled(y.shape, g.dtype, .int(0)), nil, nil) }
    return (try Operations.mul(g, Operations.mul(y, .float(Double.naturalLog(base)))), nil, nil)
  }
}
