import Runtime
import Tensor

/// `torch.nn.Parameter`: a tensor that modules register.
enum ParameterType {
  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject("Parameter", module: "torch.nn.parameter", bases: [Types.tensor], layout: .tensor)
    type.construct = NativeFunction(
      "Parameter(data=None, requires_grad=True)", "A tensor that is a parameter of a module."
    ) {
      (vm, args) throws(ExceptionObject) in
      let wantsGrad = args.has(1) ? try vm.isTrue(args[1]) : true
      let source: Tensor
      switch args.given(0) {
      case .tensor(let t)?: source = t
      case nil: source = try core { () throws(TensorError) in try Tensor(empty: [0], DType.defaultFloat) }
      case let other?: throw .attribute("'\(vm.typeName(other))' object has no attribute 'detach'")
      }
      return .tensor(try make(source, requiresGrad: wantsGrad))
    }
    return type
  }()

  /// A parameter over a tensor's memory.
  static func make(_ source: Tensor, requiresGrad: Bool) throws(ExceptionObject) -> Tensor {
    let parameter = source.alias()
    if requiresGrad {
      if !source.dtype.isFloating {
        throw .runtime("Only Tensors of floating point and complex dtype can require gradients")
      }
      try core { () throws(TensorError) in try parameter.setRequiresGrad(true) }
    }
    parameter.attachment = TensorAttachment(type)
    return parameter
  }
}
