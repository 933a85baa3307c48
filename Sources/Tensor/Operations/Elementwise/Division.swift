/// How `div` rounds: `rounding_mode=`.
package enum Rounding {
  case floor, trunc

  /// From the language's string; throws PyTorch's error for others.
  package init(_ name: String) throws(TensorError) {
    switch name {
    case "floor": self = .floor
    case "trunc": self = .trunc
    default: throw .runtime("div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '\(name)'")
    }
  }
}

extension Operations {
  /// `torch.div(a, b, rounding_mode=…)`.
  package static func div(_ a: Tensor, _ b: Tensor, rounding: Rounding) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, rounding == .floor ? "div_floor_cpu" : "div_trunc_cpu")
    let out = try (rounding == .floor ? BinaryKernel.floorDivide : .truncDivide).apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      Autograd.attach(OpNode(DivisionRules.rounded, a, b), out)
    }
    return out
  }

  package static func div(_ a: Tensor, _ b: Scalar, rounding: Rounding) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, rounding == .floor ? "div_floor_cpu" : "div_trunc_cpu")
    let out = try (rounding == .floor ? BinaryKernel.floorDivide : .truncDivide).apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a) {
      Autograd.attach(OpNode(DivisionRules.rounded, a).withNumber(), out)
    }
    return out
  }

  private static func checkNotBool(_ a: DType, _ b: DType, _ name: String) throws(TensorError) {
    if a == .bool && b == .bool { throw TensorError(.notImplemented, "\"\(name)\" not implemented for 'Bool'") }
  }

  /// `a // b`: rounds towards minus infinity.
  package static func floorDivide(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "div_floor_cpu")
    let out = try BinaryKernel.floorDivide.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      Autograd.attach(UnderivedNode("floor_divide", [a, b]), out)
    }
    return out
  }

  package static func floorDivide(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "div_floor_cpu")
    let out = try BinaryKernel.floorDivide.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a) { Autograd.attach(UnderivedNode("floor_divide", [a]), out) }
    return out
  }

  package static func floorDivide(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "div_floor_cpu")
    let out = try BinaryKernel.floorDivide.apply(a, b, Promotion.result(b, a))
    if out.dtype.isFloating && Autograd.isRecording(b) { Autograd.attach(UnderivedNode("floor_divide", [b]), out) }
    return out
  }

  /// `a % b`: the sign of the result is the divisor's.
  package static func remainder(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "remainder_cpu")
    let out = try BinaryKernel.remainder.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(DivisionRules.remainder, a, b)
      if b.requiresGrad {
        node.save(0, a)
        node.save(1, b)
      }
      Autograd.attach(node, out)
    }
    return out
  }

  package static func remainder(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "remainder_cpu")
    let out = try BinaryKernel.remainder.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a) {
      Autograd.attach(OpNode(DivisionRules.remainderNumber, a), out)
    }
    return out
  }

  package static func remainder(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "remainder_cpu")
    let out = try BinaryKernel.remainder.apply(a, b, Promotion.result(b, a))
    if out.dtype.isFloating && Autograd.isRecording(b) { Autograd.attach(UnderivedNode("remainder", [b]), out) }
    return out
  }

  /// `torch.fmod(a, b)`: the sign of the result is the dividend's.
  package static func fmod(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "fmod_cpu")
    let out = try BinaryKernel.fmod.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(DivisionRules.fmod, a, b)
      if b.requiresGrad {
        node.save(0, a)
        node.save(1, b)
      }
      Autograd.attach(node, out)
    }
    return out
  }

  package static func fmod(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    try checkNotBool(a.dtype, b.dtype, "fmod_cpu")
    let out = try BinaryKernel.fmod.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a) { Autograd.attach(OpNode(DivisionRules.fmodNumber, a), out) }
    return out
  }

  package static func floorDivideInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.floorDivide, a, b, Promotion.result(a, b), DivisionRules.rounded)
  }

  package static func floorDivideInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.floorDivide, a, b, Promotion.result(a, b), DivisionRules.rounded)
  }

  package static func remainderInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.remainder, a, b, Promotion.result(a, b), DivisionRules.remainder, savesBoth: true)
  }

  package static func remainderInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.remainder, a, b, Promotion.result(a, b), DivisionRules.remainderNumber)
  }

  package static func fmodInPlace(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    try inPlace(.fmod, a, b, Promotion.result(a, b), DivisionRules.fmod, savesBoth: true)
  }

  package static func fmodInPlace(_ a: Tensor, _ b: Scalar) throws(TensorError) {
    try inPlace(.fmod, a, b, Promotion.result(a, b), DivisionRules.fmodNumber)
  }

  /// `a.div_(b, rounding_mode=…)`.
  package static func divInPlace(_ a: Tensor, _ b: Tensor, rounding: Rounding) throws(TensorError) {
    try inPlace(
      rounding == .floor ? .floorDivide : .truncDivide, a, b, Promotion.result(a, b), DivisionRules.rounded)
  }

  package static func divInPlace(_ a: Tensor, _ b: Scalar, rounding: Rounding) throws(TensorError) {
    try inPlace(
      rounding == .floor ? .floorDivide : .truncDivide, a, b, Promotion.result(a, b), DivisionRules.rounded)
  }
}

enum DivisionRules {
  /// Rounded quotients are steps: zero gradients.
  static let rounded = Rule("DivBackward2") { (node, g) throws(TensorError) in
    let zero = try Tensor.filled(g.shape, g.dtype, .int(0))
    return (node.needs(0) ? zero : nil, node.needs(1) ? zero : nil, nil)
  }
  static let remainder = Rule("RemainderBackward1") { (node, g) throws(TensorError) in
    (
      g,
      node.needs(1)
        ? try Operations.mul(
          Operations.neg(g), Operations.div(node.saved(0).detach(), node.saved(1).detach(), rounding: .floor)) : nil,
      nil
    )
  }
  static let remainderNumber = Rule("RemainderBackward0") { (node, g) throws(TensorError) in (g, nil, nil) }
  static let fmod = Rule("FmodBackward1") { (node, g) throws(TensorError) in
    (
      g,
      node.needs(1)
        ? try Operations.mul(
          Operations.neg(g), Operations.div(node.saved(0).detach(), node.saved(1).detach(), rounding: .trunc)) : nil,
      nil
    )
  }
  static let fmodNumber = Rule("FmodBackward0") { (node, g) throws(TensorError) in (g, nil, nil) }
}

/// The node of an operation that PyTorch has no derivative for: backward through it is an error.
final class UnderivedNode: Node {
  private let operation: String

  init(_ operation: String, _ inputs: [Tensor]) {
    self.operation = operation
    super.init()
    for input in inputs { appendEdge(input.gradientEdge) }
  }

  override var name: String { "torch::autograd::NotImplemented" }

  override func run(_ task: GraphTask) throws(TensorError) {
    throw .runtime("derivative for aten::\(operation) is not implemented")
  }
}
