import Runtime
import Tensor

/// `torch.autograd`.
enum AutogradModule {
  static func make() -> Module {
    TorchModule.table("autograd", submodules: ["functional", "graph"]) { table in
      table.set("grad", .object(gradBinder.native(doc: "The gradients of outputs with respect to inputs, as values.")))
      table.set("Function", .object(CustomFunction.type))
      table.set("backward", .object(backwardBinder.native(doc: "Adds gradients into the `.grad` of leaves.")))
      GradModeMembers.add(to: table)
      GradientCheck.add(to: table)
      table.native("Variable(data=None, requires_grad=False, volatile=None)", "The tensor.") {
        (vm, args) throws(ExceptionObject) in
        guard case .tensor(let t) = args[0] else {
          throw .type("Variable data has to be a tensor, but got \(vm.typeName(args[0]))")
        }
        return try CreationMembers.finish(t.alias(), requiresGrad: args.has(1) ? vm.isTrue(args[1]) : false)
      }
      AnomalyMembers.add(to: table)
      table.lazy("function") { .object(functionModule()) }
      table.lazy("grad_mode") { .object(TorchModule.table("autograd.grad_mode") { GradModeMembers.add(to: $0) }) }
      table.lazy("variable") {
        let module = Module("torch.autograd.variable")
        if let variable = table.find("Variable") { module.attributes.set(Symbol("Variable"), variable) }
        return .object(module)
      }
      for name in ["forward_ad", "profiler", "anomaly_mode"] {
        table.set(name, Unavailable.value("torch.autograd." + name))
      }
    }
  }

  private static func functionModule() -> Module {
    TorchModule.table("autograd.function") { table in
      table.set("Function", .object(CustomFunction.type))
      table.set("FunctionCtx", .object(FunctionContext.base))
      table.native("once_differentiable(fn, /)", "A backward that is not itself differentiated.") {
        (vm, args) throws(ExceptionObject) in
        let function = args[0]
        return .object(
          NativeFunction(unbound: "wrapper(*args, **kwargs)") { (vm, base, positional, _) throws(ExceptionObject) in
            let wasEnabled = GradMode.isEnabled
            GradMode.isEnabled = false
            defer { GradMode.isEnabled = wasEnabled }
            return try vm.call(function, (0..<positional).map { base[$0] })
          })
      }
    }
  }

  /// One tensor, or a sequence of them.
  static func tensors(
    _ value: Value, _ vm: VM, otherwise error: ((Value) -> ExceptionObject)? = nil
  ) throws(ExceptionObject) -> [Tensor] {
    if case .tensor(let t) = value { return [t] }
    var result: [Tensor] = []
    for (i, item) in try vm.items(value).enumerated() {
      guard case .tensor(let t) = item else {
        if let error { throw error(item) }
        throw .type("element \(i) of tensors is not a Tensor, but \(vm.typeName(item))")
      }
      result.append(t)
    }
    return result
  }

  /// What `grad` differentiates by.
  private static func differentiated(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [Tensor] {
    let inputs = try tensors(value, vm) { (item) in
      .runtime("all inputs have to be Tensors or GradientEdges, but got \(vm.typeName(item))")
    }
    if inputs.isEmpty { throw .runtime("`inputs` argument to `grad()` cannot be empty.") }
    return inputs
  }

  /// As `tensors`, with None allowed.
  static func optionalTensors(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [Tensor?] {
    guard let value else { return [] }
    if case .tensor(let t) = value { return [t] }
    var result: [Tensor?] = []
    for item in try vm.items(value) {
      switch item {
      case .tensor(let t): result.append(t)
      case .none: result.append(nil)
      default: throw .type("gradients can be either Tensors or None, but got \(vm.typeName(item))")
      }
    }
    return result
  }

  static let gradBinder = OperationBinder(library: "grad", isMethod: false, isPython: true) {
    [
      OperationSchema(
        "(Any outputs, Any inputs, Any? grad_outputs=None, bool? retain_graph=None, bool create_graph=False, bool only_inputs=True, bool? allow_unused=None, bool is_grads_batched=False, bool materialize_grads=False)",
        .library { (vm, args) throws(ExceptionObject) in
          let inputs = try differentiated(CreationMembers.rawValue(args, 1), vm)
          let outputs = try tensors(CreationMembers.rawValue(args, 0), vm) { (_) in
            .make(Types.assertionError, "Expected output to be a torch.Tensor")
          }
          let gradients = try optionalTensors(args.value(2), vm)
          let materializes = args.bool(8, default: false)
          if args.bool(7, default: false) {
            throw .notImplemented("torch.autograd.grad with is_grads_batched=True is not available in tnb")
          }
          let found = try core { () throws(TensorError) in
            let found = try Autograd.grad(
              outputs, inputs, gradients: gradients, retainGraph: args.optionalBool(3),
              createGraph: args.bool(4, default: false), allowUnused: args.optionalBool(6) ?? materializes)
            guard materializes else { return found }
            var filled: [Tensor?] = []
            for (g, input) in zip(found, inputs) {
              filled.append(try g.orZeros(like: input))
            }
            return filled
          }
          return ResultConversion.tuple(found)
        })
    ]
  }

  static let backwardBinder = OperationBinder(library: "backward", isMethod: false, isPython: true) {
    [
      OperationSchema(
        "(Any tensors, Any? grad_tensors=None, bool? retain_graph=None, bool create_graph=False, Any? grad_variables=None, Any? inputs=None)",
        .library { (vm, args) throws(ExceptionObject) in
          let outputs = try tensors(CreationMembers.rawValue(args, 0), vm)
          let gradients = try optionalTensors(args.value(1), vm)
          let inputs = try args.value(5).map { (v) throws(ExceptionObject) in try tensors(v, vm) }
          try core { () throws(TensorError) in
            try Autograd.backward(
              outputs, gradients: gradients, retainGraph: args.optionalBool(2),
              createGraph: args.bool(3, default: false), inputs: inputs)
          }
          return .none
        })
    ]
  }
}

/// `torch.autograd.graph`.
enum GraphMembers {
  static func add(to table: MemberTable) {
    table.set("Node", .object(NodeObject.base))
    for name in ["saved_tensors_hooks", "save_on_cpu", "disable_saved_tensors_hooks", "register_multi_grad_hook"] {
      table.set(name, Unavailable.value("torch.autograd.graph." + name))
    }
  }
}

extension Optional where Wrapped == Tensor {
  /// The gradient, or zeros for one that did not arrive.
  func orZeros(like x: Tensor) throws(TensorError) -> Tensor {
    if let self { return self }
    return try Tensor.filled(x.shape, x.dtype, .int(0))
  }
}
