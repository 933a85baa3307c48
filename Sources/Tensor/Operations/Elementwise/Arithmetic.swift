import CKernels

extension Operations {
  // MARK: Addition

  /// `a + b`.
  package static func add(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.add.apply(a, b, Promotion.result(a, b))
    if Autograd.isRecording(a, b) { Autograd.attach(OpNode(Rules.add, a, b), out) }
    return out
  }

  package static func add(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.add.apply(a, b, Promotion.result(a, b))
    if Autograd.isRecording(a) { Autograd.attach(OpNode(Rules.add, a).withNumber(), out) }
    return out
  }

  package static func add(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor { try add(b, a) }

  /// `a + alpha * b`.
  package static func add(_ a: Tensor, _ b: Tensor, alpha: Scalar) throws(TensorError) -> Tensor {
    if alpha == .int(1) { return try add(a, b) }
    let type = Promotion.result(a, b)
    try checkAlpha(alpha, type)
    let out = try scaled(a, b, alpha, type, nil)
    if Autograd.isRecording(a, b) {
      let node = OpNode(Rules.addScaled, a, b)
      node.scalar0 = alpha
      Autograd.attach(node, out)
    }
    return out
  }

  private static func scaled(
    _ a: Tensor, _ b: Tensor, _ alpha: Scalar, _ type: DType, _ output: Tensor?
  ) throws(TensorError) -> Tensor {
    var element = Element(alpha, type == .float16 || type == .bfloat16 ? .float32 : type)
    return try withUnsafePointer(to: &element) { (p) throws(TensorError) in
      let context = UnsafeRawPointer(p)
      if let output { return try BinaryKernel.addScaled.apply(a, b, type, into: output, context: context) }
      return try BinaryKernel.addScaled.apply(a, b, type, context: context)
    }
  }

  private static func checkAlpha(_ alpha: Scalar, _ type: DType) throws(TensorError) {
    if case .bool = alpha, type != .bool { throw .runtime("Boolean alpha only supported for Boolean results.") }
    if case .float = alpha, !type.isFloating {
      throw .runtime("For integral input tensors, argument alpha must not be a floating point number.")
    }
  }

  // MARK: Subtraction

  /// `a - b`.
  package static func sub(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkSubtraction(a.dtype, b.dtype)
    let out = try BinaryKernel.sub.apply(a, b, Promotion.result(a, b))
    if Autograd.isRecording(a, b) { Autograd.attach(OpNode(Rules.sub, a, b), out) }
    return out
  }

  package static func sub(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try checkSubtraction(a.dtype, b.dtype)
    let out = try BinaryKernel.sub.apply(a, b, Promotion.result(a, b))
    if Autograd.isRecording(a) { Autograd.attach(OpNode(Rules.sub, a).withNumber(), out) }
    return out
  }

  /// `1 - x` (`rsub`).
  package static func sub(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkSubtraction(b.dtype, a.dtype)
    let out = try BinaryKernel.sub.apply(a, b, Promotion.result(b, a))
    if Autograd.isRecording(b) { Autograd.attach(OpNode(Rules.rsub, b), out) }
    return out
  }

  /// `a - alpha * b`.
  package static func sub(_ a: Tensor, _ b: Tensor, alpha: Scalar) throws(TensorError) -> Tensor {
    if alpha == .int(1) { return try sub(a, b) }
    try checkSubtraction(a.dtype, b.dtype)
    let type = Promotion.result(a, b)
    try checkAlpha(alpha, type)
    let out = try scaled(a, b, alpha.negated, type, nil)
    if Autograd.isRecording(a, b) {
      let node = OpNode(Rules.subScaled, a, b)
      node.scalar0 = alpha
      Autograd.attach(node, out)
    }
    return out
  }

  private static func checkSubtraction(_ a: DType, _ b: DType) throws(TensorError) {
    if a != .bool && b != .bool { return }
    if a == .bool && b == .bool {
      throw .runtime(
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead."
      )
    }
    throw .runtime(
      "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
    )
  }

  // MARK: Multiplication

  /// `a * b`.
  package static func mul(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.mul.apply(a, b, Promotion.result(a, b))
    if Autograd.isRecording(a, b) {
      let node = OpNode(Rules.mul, a, b)
      if b.requiresGrad { node.save(0, a) }
      if a.requiresGrad { node.save(1, b) }
      Autograd.attach(node, out)
    }
    return out
  }

  package static func mul(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.mul.apply(a, b, Promotion.result(a, b))
    if Autograd.isRecording(a) {
      let node = OpNode(Rules.mulNumber, a).withNumber()
      node.keep(b)
      Autograd.attach(node, out)
    }
    return out
  }

  package static func mul(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor { try mul(b, a) }

  // MARK: Division

  /// `a / b`, always floating point.
  package static func div(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.div.apply(a, b, Promotion.floating(Promotion.result(a, b)))
    if Autograd.isRecording(a, b) {
      let node = OpNode(Rules.div, a, b)
      if b.requiresGrad { node.save(0, a) }
      node.save(1, b)
      Autograd.attach(node, out)
    }
    return out
  }

  package static func div(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.div.apply(a, b, Promotion.floating(Promotion.result(a, b)))
    if Autograd.isRecording(a) {
      let node = OpNode(Rules.divNumber, a).withNumber()
      node.keep(b)
      Autograd.attach(node, out)
    }
    return out
  }

  /// `2 / x`: PyTorch computes `x.reciprocal() * 2`.
  package static func div(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor { try mul(reciprocal(b), a) }

  // MARK: In place

  /// `a += b`.
  package static func addInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.add, a, b, Promotion.result(a, b), Rules.add)
  }

  package static func addInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.add, a, b, Promotion.result(a, b), Rules.add)
  }

  /// `a.add_(b, alpha=…)`.
  package static func addInPlace(_ a: Tensor, _ b: Tensor, alpha: Scalar) throws(TensorError) {
    if alpha == .int(1) { return try addInPlace(a, b) }
    let type = Promotion.result(a, b)
    try checkAlpha(alpha, type)
    try inPlaceScaled(a, b, alpha, alpha, type, Rules.addScaled)
  }

  package static func subInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try checkSubtraction(a.dtype, b.dtype)
    try inPlace(.sub, a, b, Promotion.result(a, b), Rules.sub)
  }

  package static func subInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try checkSubtraction(a.dtype, b.dtype)
    try inPlace(.sub, a, b, Promotion.result(a, b), Rules.sub)
  }

  package static func subInPlace(_ a: Tensor, _ b: Tensor, alpha: Scalar) throws(TensorError) {
    if alpha == .int(1) { return try subInPlace(a, b) }
    try checkSubtraction(a.dtype, b.dtype)
    let type = Promotion.result(a, b)
    try checkAlpha(alpha, type)
    try inPlaceScaled(a, b, alpha.negated, alpha, type, Rules.subScaled)
  }

  private static func inPlaceScaled(
    _ a: Tensor, _ b: Tensor, _ factor: Scalar, _ alpha: Scalar, _ type: DType, _ rule: Rule
  ) throws(TensorError) {
    try prepareInPlace(a, type, Dims.broadcast(a.shape, b.shape))
    var node: OpNode?
    if Autograd.isRecording(a, b) && a.dtype.isFloating {
      node = OpNode(rule, a, b)
      node?.scalar0 = alpha
    }
    _ = try scaled(a, Elementwise.untangled(b, from: a), factor, type, a)
    finishInPlace(a, node)
  }

  package static func mulInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.mul, a, b, Promotion.result(a, b), Rules.mul, savesBoth: true)
  }

  package static func mulInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.mul, a, b, Promotion.result(a, b), Rules.mulNumber)
  }

  package static func divInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.div, a, b, Promotion.floating(Promotion.result(a, b)), Rules.div, savesBoth: true)
  }

  package static func divInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.div, a, b, Promotion.floating(Promotion.result(a, b)), Rules.divNumber)
  }

  // MARK: The steps of an in-place operation

  /// Checks that `a` may be written, can hold `type`, and has the shape the operands broadcast to.
  static func prepareInPlace(_ a: Tensor, _ type: DType, _ shape: Dims) throws(TensorError) {
    if a.shape != shape { throw Elementwise.outputShapeError(a.shape, shape) }
    try a.checkInPlace()
    if !Promotion.canCast(type, to: a.dtype) { throw Promotion.castError(type, a.dtype) }
    try Elementwise.checkNoInternalOverlap(a)
  }

  /// Advances the version and makes `node` the history.
  @inline(__always) static func finishInPlace(_ a: Tensor, _ node: Node?) {
    a.bumpVersion()
    if let node { Autograd.rebase(a, node) }
  }

  /// `savesBoth`: the formula reads the old `a` as saved 0 and `b` as saved 1.
  static func inPlace(
    _ kernel: BinaryKernel, _ a: Tensor, _ b: Tensor, _ type: DType, _ rule: Rule?, savesBoth: Bool = false
  ) throws(TensorError) {
    if a.dtype == type && a.isContiguous && a.hasShape(of: b) && !Autograd.isRecording(a, b) {
      // The commonest case, an update of a weight: nothing can go wrong but what `checkInPlace` finds.
      try a.checkInPlace()
      try kernel.apply(a, Elementwise.untangled(b, from: a), type, into: a)
      return a.bumpVersion()
    }
    try prepareInPlace(a, type, a.shape == b.shape ? a.shape : Dims.broadcast(a.shape, b.shape))
    var node: OpNode?
    if let rule, Autograd.isRecording(a, b), a.dtype.isFloating {
      let made = OpNode(rule, a, b)
      if savesBoth {
        if b.requiresGrad { made.save(0, try clone(a)) }
        made.save(1, b)
      }
      node = made
    }
    try kernel.apply(a, Elementwise.untangled(b, from: a), type, into: a)
    finishInPlace(a, node)
  }

  static func inPlace(
    _ kernel: BinaryKernel, _ a: Tensor, _ b: Scalar, _ type: DType, _ rule: Rule?
  ) throws(TensorError) {
    try prepareInPlace(a, type, a.shape)
    var node: OpNode?
    if let rule, Autograd.isRecording(a), a.dtype.isFloating {
      node = OpNode(rule, a).withNumber()
      node?.keep(b)
    }
    _ = try kernel.apply(a, b, type, into: a)
    finishInPlace(a, node)
  }
}

extension OpNode {
  /// Counts a plain number as a second input without a node, as PyTorch lists it.
  @inline(__always) func withNumber() -> OpNode {
    inputCount = 2
    return self
  }
}

extension Scalar {
  var negated: Scalar {
    switch self {
    case .bool(let b): .int(b ? -1 : 0)
    case .int(let i): .int(0 &- i)
    case .float(let d): .float(-d)
    }
  }
}

/// The derivatives of the arithmetic operations.
enum Rules {
  static let add = Rule("AddBackward0") { (node, g) throws(TensorError) in (g, g, nil) }
  static let addScaled = Rule("AddBackward0") { (node, g) throws(TensorError) in
    (g, node.needs(1) ? try Operations.mul(g, node.scalar0) : nil, nil)
  }
  static let sub = Rule("SubBackward0") { (node, g) throws(TensorError) in
    (g, node.needs(1) ? try Operations.neg(g) : nil, nil)
  }
  static let subScaled = Rule("SubBackward0") { (node, g) throws(TensorError) in
    (g, node.needs(1) ? try Operations.mul(g, node.scalar0.negated) : nil, nil)
  }
  static let rsub = Rule("RsubBackward1") { (node, g) throws(TensorError) in (try Operations.neg(g), nil, nil) }
  static let mul = Rule("MulBackward0") { (node, g) throws(TensorError) in
    if node.isSquare && !GradMode.isEnabled && node.needs(0) {
      // Both halves are the same: doubling one gives the same digits as adding two.
      let half = try Operations.mul(g, node.saved(0))
      try Operations.addInPlace(half, half)
      return (half, nil, nil)
    }
    return (
      node.needs(0) ? try Operations.mul(g, node.saved(1)) : nil,
      node.needs(1) ? try Operations.mul(g, node.saved(0)) : nil, nil
    )
  }
  static let mulNumber = Rule("MulBackward0", savesNumber: true) { (node, g) throws(TensorError) in
    (try Operations.mul(g, node.number()), nil, nil)
  }
  static let div = Rule("DivBackward0") { (node, g) throws(TensorError) in
    let b = try node.saved(1)
    return (
      node.needs(0) ? try Operations.div(g, b) : nil,
      node.needs(1)
        ? try Operations.mul(Operations.neg(g), Operations.div(Operations.div(node.saved(0), b), b)) : nil,
      nil
    )
  }
  static let divNumber = Rule("DivBackward0", savesNumber: true) { (node, g) throws(TensorError) in
    (try Operations.div(g, node.number()), nil, nil)
  }
}
