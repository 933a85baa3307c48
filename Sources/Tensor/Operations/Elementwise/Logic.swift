extension Operations {
  // MARK: Comparisons

  /// `a == b` and the others: bool tensors.
  package static func compare(_ test: Comparison, _ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try test.kernel.apply(a, b, Promotion.result(a, b))
  }

  package static func compare(_ test: Comparison, _ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try test.kernel.apply(a, b, Promotion.result(a, b))
  }

  /// `a.eq_(b)`: the answer in `a`'s own type.
  package static func compareInPlace(_ test: Comparison, _ a: Tensor, _ b: Tensor) throws(TensorError) {
    try writeInPlace(a, compare(test, a.detach(), b.detach()))
  }

  package static func compareInPlace(_ test: Comparison, _ a: Tensor, _ b: Scalar) throws(TensorError) {
    try writeInPlace(a, compare(test, a.detach(), b))
  }

  /// Stores a result without a gradient into `a`.
  static func writeInPlace(_ a: Tensor, _ result: Tensor) throws(TensorError) {
    if a.shape != result.shape { throw Elementwise.outputShapeError(a.shape, result.shape) }
    try a.checkInPlace()
    if !Promotion.canCast(result.dtype, to: a.dtype) { throw Promotion.castError(result.dtype, a.dtype) }
    var node: OpNode?
    if a.dtype.isFloating && Autograd.isRecording(a) { node = OpNode(LogicRules.flat, a) }
    try Kernels.copy(result, into: a)
    finishInPlace(a, node)
  }

  // MARK: Logic

  package static func logicalAnd(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.logicalAnd.apply(a, b, Promotion.combine(a.dtype, b.dtype))
  }

  package static func logicalOr(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.logicalOr.apply(a, b, Promotion.combine(a.dtype, b.dtype))
  }

  package static func logicalXor(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.logicalXor.apply(a, b, Promotion.combine(a.dtype, b.dtype))
  }

  package static func logicalNot(_ a: Tensor) throws(TensorError) -> Tensor {
    try UnaryKernel.logicalNot.apply(a, a.dtype)
  }

  // MARK: Bits

  package static func bitAnd(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.bitAnd.apply(a, b, Promotion.result(a, b))
  }
  package static func bitAnd(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try BinaryKernel.bitAnd.apply(a, b, Promotion.result(a, b))
  }
  package static func bitAnd(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor { try bitAnd(b, a) }

  package static func bitOr(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.bitOr.apply(a, b, Promotion.result(a, b))
  }
  package static func bitOr(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try BinaryKernel.bitOr.apply(a, b, Promotion.result(a, b))
  }
  package static func bitOr(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor { try bitOr(b, a) }

  package static func bitXor(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.bitXor.apply(a, b, Promotion.result(a, b))
  }
  package static func bitXor(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try BinaryKernel.bitXor.apply(a, b, Promotion.result(a, b))
  }
  package static func bitXor(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor { try bitXor(b, a) }

  /// `a << b`; floats are multiplied by a power of two, as in PyTorch's `__lshift__`.
  package static func shiftLeft(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.shiftLeft.apply(a, b, Promotion.result(a, b))
  }
  package static func shiftLeft(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try BinaryKernel.shiftLeft.apply(a, b, Promotion.result(a, b))
  }
  package static func shiftLeft(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.shiftLeft.apply(a, b, Promotion.result(b, a))
  }

  package static func shiftRight(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.shiftRight.apply(a, b, Promotion.result(a, b))
  }
  package static func shiftRight(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try BinaryKernel.shiftRight.apply(a, b, Promotion.result(a, b))
  }
  package static func shiftRight(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.shiftRight.apply(a, b, Promotion.result(b, a))
  }

  /// `~a`: bits of integers, the opposite of bools.
  package static func invert(_ a: Tensor) throws(TensorError) -> Tensor {
    if a.dtype.isFloating {
      throw .type("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
    }
    return try UnaryKernel.bitNot.apply(a, a.dtype)
  }

  package static func bitAndInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.bitAnd, a, b, Promotion.result(a, b), nil)
  }
  package static func bitAndInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.bitAnd, a, b, Promotion.result(a, b), nil)
  }
  package static func bitOrInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.bitOr, a, b, Promotion.result(a, b), nil)
  }
  package static func bitOrInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.bitOr, a, b, Promotion.result(a, b), nil)
  }
  package static func bitXorInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.bitXor, a, b, Promotion.result(a, b), nil)
  }
  package static func bitXorInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.bitXor, a, b, Promotion.result(a, b), nil)
  }
  package static func shiftLeftInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.shiftLeft, a, b, Promotion.result(a, b), nil)
  }
  package static func shiftLeftInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.shiftLeft, a, b, Promotion.result(a, b), nil)
  }
  package static func shiftRightInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.shiftRight, a, b, Promotion.result(a, b), nil)
  }
  package static func shiftRightInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.shiftRight, a, b, Promotion.result(a, b), nil)
  }

  // MARK: Choice

  /// `torch.where(condition, a, b)`.
  package static func choose(_ condition: Tensor, _ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let type = Promotion.result(a, b)
    let out = try selected(condition, a, b, type)
    if type.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(LogicRules.choice, a, b)
      node.save(0, condition)
      Autograd.attach(node, out)
    }
    return out
  }

  package static func choose(_ condition: Tensor, _ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let type = Promotion.result(a, b)
    let out = try selected(condition, a, Tensor.scalar(b, type), type)
    if type.isFloating && Autograd.isRecording(a) {
      let node = OpNode(LogicRules.choice, a).withNumber()
      node.save(0, condition)
      Autograd.attach(node, out)
    }
    return out
  }

  package static func choose(_ condition: Tensor, _ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    let type = Promotion.result(b, a)
    let out = try selected(condition, Tensor.scalar(a, type), b, type)
    if type.isFloating && Autograd.isRecording(b) {
      let node = OpNode(LogicRules.choiceOther, b)
      node.save(0, condition)
      Autograd.attach(node, out)
    }
    return out
  }

  private static func selected(
    _ condition: Tensor, _ a: Tensor, _ b: Tensor, _ type: DType
  ) throws(TensorError) -> Tensor {
    if condition.dtype != .bool && condition.dtype != .uint8 {
      throw .runtime(
        "where expected condition to be a boolean tensor, but got a tensor with dtype \(condition.dtype.scalarTypeName)"
      )
    }
    let x = a.dtype == type ? a : try a.copied(to: type)
    let y = b.dtype == type ? b : try b.copied(to: type)
    let shape = try Dims.broadcast(Dims.broadcast(condition.shape, x.shape), y.shape)
    let out = try Tensor(empty: shape, type)
    try Kernels.choose(condition, x, y, into: out)
    return out
  }
}

enum LogicRules {
  /// Steps: nothing flows back, but the history goes on.
  static let flat = Rule("EqBackward0") { (node, g) throws(TensorError) in
    (try Tensor.filled(g.shape, g.dtype, .int(0)), nil, nil)
  }
  static let choice = Rule("WhereBackward0") { (node, g) throws(TensorError) in
    let condition = try node.saved(0)
    return (
      node.needs(0) ? try Operations.choose(condition, g, .int(0)) : nil,
      node.needs(1) ? try Operations.choose(condition, .int(0), g) : nil, nil
    )
  }
  static let choiceOther = Rule("WhereBackward0") { (node, g) throws(TensorError) in
    (try Operations.choose(node.saved(0), .int(0), g), nil, nil)
  }
}
