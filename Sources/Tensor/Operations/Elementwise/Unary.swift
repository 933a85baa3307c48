extension Operations {
  /// `-x`.
  package static func neg(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.dtype == .bool {
      throw .runtime(
        "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
      )
    }
    let out = try UnaryKernel.neg.apply(x, x.dtype)
    if Autograd.isRecording(x) { Autograd.attach(OpNode(UnaryRules.neg, x), out) }
    return out
  }

  /// `1 / x`.
  package static func reciprocal(_ x: Tensor) throws(TensorError) -> Tensor {
    let out = try UnaryKernel.reciprocal.apply(x, Promotion.floating(x.dtype))
    if Autograd.isRecording(x) {
      let node = OpNode(UnaryRules.reciprocal, x)
      Autograd.attach(node, out)
      node.saveOutput(0, out)
    }
    return out
  }
}

enum UnaryRules {
  static let neg = Rule("NegBackward0", unary: { (node, g) throws(TensorError) in try Operations.neg(g) })
  static let reciprocal = Rule(
    "ReciprocalBackward0",
    unary: { (node, g) throws(TensorError) in
      let y = try node.saved(0)
      return try Operations.mul(Operations.neg(g), Operations.mul(y, y))
    })
}
