import CKernels

extension Operations {
  /// `a + weight · (b − a)`.
  package static func lerp(_ a: Tensor, _ b: Tensor, _ weight: Scalar) throws(TensorError) -> Tensor {
    try sameType(a, b, "end")
    let w = try Tensor.scalar(weight, a.dtype == .float64 ? .float64 : .float32)
    let out = try Kernels.ternary(2, a, b, w, .int(1), a.dtype, "lerp_kernel_scalar")
    if Autograd.isRecording(a, b) {
      let node = OpNode(MixingRules.lerpNumber, a, b)
      node.scalar0 = weight
      Autograd.attach(node, out)
    }
    return out
  }

  package static func lerp(_ a: Tensor, _ b: Tensor, _ weight: Tensor) throws(TensorError) -> Tensor {
    try sameType(a, b, "end")
    try sameType(a, weight, "weight")
    let out = try Kernels.ternary(2, a, b, weight, .int(1), a.dtype, "lerp_kernel_tensor")
    if Autograd.isRecording(a, b, weight) {
      let node = OpNode(MixingRules.lerp, a, b, weight)
      node.save(0, a)
      node.save(1, b)
      node.save(2, weight)
      Autograd.attach(node, out)
    }
    return out
  }

  private static func sameType(_ a: Tensor, _ b: Tensor, _ name: String) throws(TensorError) {
    if a.dtype != b.dtype {
      throw .runtime("expected dtype \(a.dtype.cppName) for `\(name)` but got dtype \(b.dtype.cppName)")
    }
  }

  /// `x + value · a · b`.
  package static func addcmul(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, value: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    let type = Promotion.result([x, a, b])
    let out = try Kernels.ternary(0, x, a, b, value, type, "addcmul_cpu_out")
    return recorded(out, MixingRules.addcmul, x, a, b, value)
  }

  /// `x + value · a / b`.
  package static func addcdiv(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, value: Scalar = .int(1)
  ) throws(TensorError) -> Tensor {
    try refuseIntegers(a, b)
    let type = Promotion.result([x, a, b])
    let out = try Kernels.ternary(1, x, a, b, value, type, "addcdiv_cpu_out")
    return recorded(out, MixingRules.addcdiv, x, a, b, value)
  }

  private static func refuseIntegers(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    if a.dtype.isFloating || b.dtype.isFloating { return }
    throw .runtime(
      "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes."
    )
  }

  private static func recorded(
    _ out: Tensor, _ rule: Rule, _ x: Tensor, _ a: Tensor, _ b: Tensor, _ value: Scalar
  ) -> Tensor {
    if out.dtype.isFloating && Autograd.isRecording(x, a, b) { Autograd.attach(mixingNode(rule, x, a, b, value), out) }
    return out
  }

  private static func mixingNode(_ rule: Rule, _ x: Tensor, _ a: Tensor, _ b: Tensor, _ value: Scalar) -> OpNode {
    let node = OpNode(rule, x, a, b)
    node.save(0, a)
    node.save(1, b)
    node.scalar0 = value
    return node
  }

  package static func addcmulInPlace(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, value: Scalar = .int(1)
  ) throws(TensorError) {
    try mixInPlace(0, x, a, b, value, MixingRules.addcmul, "addcmul_cpu_out")
  }

  package static func addcdivInPlace(
    _ x: Tensor, _ a: Tensor, _ b: Tensor, value: Scalar = .int(1)
  ) throws(TensorError) {
    try refuseIntegers(a, b)
    try mixInPlace(1, x, a, b, value, MixingRules.addcdiv, "addcdiv_cpu_out")
  }

  private static func mixInPlace(
    _ operation: Int32, _ x: Tensor, _ a: Tensor, _ b: Tensor, _ value: Scalar, _ rule: Rule, _ name: String
  ) throws(TensorError) {
    let type = Promotion.result([x, a, b])
    try prepareInPlace(x, type, Dims.broadcast(Dims.broadcast(x.shape, a.shape), b.shape))
    let node = x.dtype.isFloating && Autograd.isRecording(x, a, b) ? mixingNode(rule, x, a, b, value) : nil
    _ = try Kernels.ternary(
      operation, x, Elementwise.untangled(a, from: x), Elementwise.untangled(b, from: x), value, type, name, into: x)
    finishInPlace(x, node)
  }

  package static func lerpInPlace(_ a: Tensor, _ b: Tensor, _ weight: Scalar) throws(TensorError) {
    try sameType(a, b, "end")
    try prepareInPlace(a, a.dtype, Dims.broadcast(a.shape, b.shape))
    var node: OpNode?
    if Autograd.isRecording(a, b) {
      node = OpNode(MixingRules.lerpNumber, a, b)
      node?.scalar0 = weight
    }
    let w = try Tensor.scalar(weight, a.dtype == .float64 ? .float64 : .float32)
    _ = try Kernels.ternary(
      2, a, Elementwise.untangled(b, from: a), w, .int(1), a.dtype, "lerp_kernel_scalar", into: a)
    finishInPlace(a, node)
  }

  package static func lerpInPlace(_ a: Tensor, _ b: Tensor, _ weight: Tensor) throws(TensorError) {
    try writeRecorded(a, lerp(a, b, weight))
  }

  /// Replaces `x`'s elements by those of a recorded result, whose history becomes `x`'s. For in-place forms of
  /// operations whose formulas need the old value anyway.
  static func writeRecorded(_ x: Tensor, _ result: Tensor) throws(TensorError) {
    if x.shape != result.shape { throw Elementwise.outputShapeError(x.shape, result.shape) }
    if !Promotion.canCast(result.dtype, to: x.dtype) { throw Promotion.castError(result.dtype, x.dtype) }
    try x.checkInPlace()
    try Elementwise.checkNoInternalOverlap(x)
    let node = result.storedNode
    if node == nil || x.viewBase != nil { return try copyInPlace(x, result) }
    try Kernels.copy(result, into: x)
    finishInPlace(x, node)
  }
}

enum MixingRules {
  typealias O = Operations

  static let lerpNumber = Rule("LerpBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try O.mul(g, .float(1 - node.scalar0.double)) : nil,
      node.needs(1) ? try O.mul(g, node.scalar0) : nil, nil
    )
  }
  static let lerp = Rule("LerpBackward1") { (node, g) throws(TensorError) in
    let w = try node.saved(2)
    return (
      node.needs(0) ? try O.mul(g, O.sub(.int(1), w)) : nil,
      node.needs(1) ? try O.mul(g, w) : nil,
      node.needs(2) ? try O.mul(g, O.sub(node.saved(1), node.saved(0))) : nil
    )
  }
  static let addcmul = Rule("AddcmulBackward0") { (node, g) throws(TensorError) in
    let scaled = try node.scalar0.double == 1 ? g : O.mul(g, node.scalar0)
    return (
      g,
      node.needs(1) ? try O.mul(scaled, node.saved(1)) : nil,
      node.needs(2) ? try O.mul(scaled, node.saved(0)) : nil
    )
  }
  static let addcdiv = Rule("AddcdivBackward0") { (node, g) throws(TensorError) in
    let scaled = try node.scalar0.double == 1 ? g : O.mul(g, node.scalar0)
    let b = try node.saved(1)
    return (
      g,
      node.needs(1) ? try O.div(scaled, b) : nil,
      node.needs(2) ? try O.neg(O.mul(scaled, O.div(node.saved(0), O.mul(b, b)))) : nil
    )
  }
}
