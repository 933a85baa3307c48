import Runtime
import Tensor

/// `strict=True` of `jacobian` and `hessian`: refuses what is independent of the inputs, where zeros would be given otherwise.
enum Strictness {
  /// The outputs are the function's own.
  case function
  /// The outputs are its Jacobian, of which a Hessian is made.
  case jacobian

  func check(_ outputs: [Tensor], _ leaves: [Tensor]) throws(ExceptionObject) {
    for (i, output) in outputs.enumerated() {
      guard output.requiresGrad else {
        throw .runtime(
          self == .jacobian
            ? Strictness.linear(0)
            : "Output \(i) of the user-provided function does not require gradients. The outputs must be computed in a differentiable manner from the input when running in strict mode."
        )
      }
      let found = try core { () throws(TensorError) in
        try Autograd.grad(
          [output], leaves, gradients: [Tensor.filled(output.shape, output.dtype, .int(1))], retainGraph: true,
          allowUnused: true)
      }
      if let k = found.firstIndex(where: { $0 == nil }) {
        throw .runtime(
          self == .jacobian
            ? Strictness.linear(k)
            : "Output \(i) of the user-provided function is independent of input \(k). This is not allowed in strict mode."
        )
      }
    }
  }

  private static func linear(_ input: Int) -> String {
    "While computing the hessian, found that the jacobian of the user-provided function with respect to input \(input) is independent of the input. This is not allowed in strict mode. You should ensure that your function is twice differentiable and that the jacobian depends on the inputs (this would be violated by a linear function for example)."
  }
}
