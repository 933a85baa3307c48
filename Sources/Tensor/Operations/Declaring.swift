/// Short forms for the declarations of array operations.
typealias OperationCall = (OperationArguments) throws(TensorError) -> OperationResult
typealias Overload = OperationDeclaration.Overload

extension OperationDeclaration.Faces {
  /// `torch.f(x)` and `x.f()`.
  static let both: OperationDeclaration.Faces = [.function, .method]
}

/// A declaration with one signature.
func declare(
  _ name: String, _ faces: OperationDeclaration.Faces, _ signature: String, _ doc: String, _ example: String = "",
  check: GradientCheck? = nil, _ call: @escaping OperationCall
) -> OperationDeclaration {
  OperationDeclaration(
    name, [Overload(signature, call)], faces: faces, doc: doc, example: example, gradientCheck: check)
}

/// A declaration of a function of one tensor.
func declare(
  _ name: String, _ faces: OperationDeclaration.Faces, unary call: @escaping (Tensor) throws(TensorError) -> Tensor,
  _ doc: String, _ example: String = "", check: GradientCheck? = nil
) -> OperationDeclaration {
  let declaration = declare(name, faces, "(Tensor input)", doc, example, check: check) { (a) throws(TensorError) in
    .tensor(try call(a.tensor(0)))
  }
  declaration.unary = call
  return declaration
}

/// A declaration with several signatures.
func declare(
  _ name: String, _ faces: OperationDeclaration.Faces, _ doc: String, _ example: String = "",
  check: GradientCheck? = nil, _ overloads: [Overload]
) -> OperationDeclaration {
  OperationDeclaration(name, overloads, faces: faces, doc: doc, example: example, gradientCheck: check)
}

/// A gradient check of one input of the given shape.
func checkUnary(
  _ shape: [Int], in domain: ClosedRange<Double> = -2...2, _ call: @escaping (Tensor) throws(TensorError) -> Tensor
) -> GradientCheck {
  GradientCheck([
    GradientCheck.Case([shape], in: domain) { (x) throws(TensorError) in try call(x[0]) }
  ])
}

/// A gradient check of several inputs.
func checkMany(
  _ shapes: [[Int]], in domain: ClosedRange<Double> = -2...2,
  _ call: @escaping ([Tensor]) throws(TensorError) -> Tensor
) -> GradientCheck {
  GradientCheck([GradientCheck.Case(shapes, in: domain, call)])
}
