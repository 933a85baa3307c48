import Runtime
import Tensor

/// `torch.autograd.Function`: operations whose forward and backward are written in the language.
enum CustomFunction {
  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject(
      "Function", module: "torch.autograd.function", bases: [FunctionContext.base], layout: .instance)
    type.set(
      Symbol("apply"),
      .object(
        ClassMethodObject(
          .object(
            NativeFunction(unbound: "apply(*args, **kwargs)", "Runs the operation.") {
              (vm, base, positional, keywords) throws(ExceptionObject) in
              guard positional > 0, case .object(let o) = base[0], let cls = o as? TypeObject else {
                throw .type("apply() must be called on a Function class")
              }
              var named: [(Symbol, Value)] = []
              for (i, key) in (keywords?.items ?? []).enumerated() {
                if case .str(let s) = key { named.append((Symbol(s), base[positional + i])) }
              }
              return try apply(vm, cls, (1..<positional).map { base[$0] }, named)
            }))))
    type.set(
      Symbol("__call__"),
      .object(
        NativeFunction(unbound: "__call__(self, *args, **kwargs)") { (_, _, _, _) throws(ExceptionObject) in
          throw .runtime(
            "Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd function with static forward method. (Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
          )
        }))
    for name in ["forward", "backward"] {
      let message =
        name == "forward"
        ? "You must implement the forward function for custom autograd.Function."
        : "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward mode AD."
      type.set(
        Symbol(name),
        .object(
          StaticMethodObject(
            .object(
              NativeFunction(unbound: "\(name)(*args, **kwargs)") { (_, _, _, _) throws(ExceptionObject) in
                throw .notImplemented(message)
              }))))
    }
    return type
  }()

  private static func apply(
    _ vm: VM, _ cls: TypeObject, _ arguments: [Value], _ named: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    let name = cls.name + "Backward"
    let state = FunctionState()
    let context = Instance(FunctionContext.type(name))
    context.setState(state)
    let inputs = arguments.map { $0.asTensor }
    let isRecording = GradMode.isEnabled && inputs.contains { $0?.requiresGrad ?? false }
    state.needsGrad = inputs.map { isRecording && ($0?.requiresGrad ?? false) }

    let result = try forward(vm, cls, .instance(context), arguments, named)
    var outputs: [Value]
    var isTuple = true
    if let items = result.asTuple?.items ?? result.asList?.items {
      outputs = items
    } else {
      outputs = [result]
      isTuple = false
    }
    for (i, output) in outputs.enumerated() {
      guard case .tensor(let t) = output else { continue }
      // An input that is returned as it came becomes a tensor of its own, unless it was changed in place.
      if inputs.contains(where: { $0 === t }) && !state.dirty.contains(where: { $0 === t }) {
        outputs[i] = .tensor(t.alias())
      }
    }
    guard isRecording else {
      state.finish(outputs: [], node: nil)
      return isTuple ? .makeTuple(outputs) : outputs[0]
    }
    let node = makeNode(vm, cls, name, .instance(context), state, inputs)
    attach(node, outputs, state)
    state.finish(outputs: outputs.map { $0.asTensor }, node: node)
    return isTuple ? .makeTuple(outputs) : outputs[0]
  }

  /// Runs `forward` (and `setup_context` where the class has one) without recording.
  private static func forward(
    _ vm: VM, _ cls: TypeObject, _ context: Value, _ arguments: [Value], _ named: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    let wasEnabled = GradMode.isEnabled
    GradMode.isEnabled = false
    defer { GradMode.isEnabled = wasEnabled }
    let forward = try vm.getAttribute(.object(cls), Symbol("forward"))
    if let setup = try vm.attribute(.object(cls), Symbol("setup_context")) {
      let result = try vm.call(forward, arguments, named)
      _ = try vm.call(setup, [context, .makeTuple(arguments), result])
      return result
    }
    return try vm.call(forward, [context] + arguments, named)
  }

  private static func attach(_ node: CustomNode, _ outputs: [Value], _ state: FunctionState) {
    // Outputs that are no tensors, or are marked as not differentiable, keep their place through a stand-in.
    var tensors: [Tensor] = []
    for output in outputs {
      guard case .tensor(let t) = output else {
        tensors.append(TensorData.zeroDimensional(.int(0)))
        continue
      }
      tensors.append(state.nonDifferentiable.contains { $0 === t } ? t.alias() : t)
    }
    Autograd.attach(node, outputs: tensors)
  }

  private static func makeNode(
    _ vm: VM, _ cls: TypeObject, _ name: String, _ context: Value, _ state: FunctionState, _ inputs: [Tensor?]
  ) -> CustomNode {
    weak var weakNode: CustomNode?
    let isTensor = inputs.map { $0 != nil }
    let node = CustomNode(
      name, inputs: inputs,
      backward: { [unowned vm] (gradients) throws(TensorError) in
        do throws(ExceptionObject) {
          return try backward(vm, cls, name, context, state, gradients, weakNode, isTensor)
        } catch {
          throw error.asTensorError
        }
      }, release: { state.release() })
    weakNode = node
    return node
  }

  private static func backward(
    _ vm: VM, _ cls: TypeObject, _ name: String, _ context: Value, _ state: FunctionState, _ gradients: [Tensor?],
    _ node: CustomNode?, _ isTensor: [Bool]
  ) throws(ExceptionObject) -> [Tensor?] {
    var arguments: [Value] = [context]
    for (i, g) in gradients.enumerated() {
      if let g {
        arguments.append(.tensor(g))
      } else if state.materializesGrads, let meta = node?.metaOfOutput(i) {
        arguments.append(
          try tensorResult { () throws(TensorError) in try Tensor.filled(meta.shape, meta.dtype, .int(0)) })
      } else {
        arguments.append(.none)
      }
    }
    let result = try vm.call(vm.getAttribute(.object(cls), Symbol("backward")), arguments)
    var items = result.asTuple?.items ?? [result]
    while items.count > isTensor.count, case .none? = items.last { items.removeLast() }
    if items.count != isTensor.count {
      throw .runtime(
        "function \(name) returned an incorrect number of gradients (expected \(isTensor.count), got \(items.count))")
    }
    var found: [Tensor?] = []
    for (i, item) in items.enumerated() {
      switch item {
      case .none: found.append(nil)
      case .tensor(let t):
        if !isTensor[i] {
          throw .runtime(
            "function \(name) returned a gradient different from None at position \(i + 1), but the corresponding forward input was not a Variable"
          )
        }
        found.append(state.needsGrad[i] ? t : nil)
      default: throw .runtime("expected Variable or None (got \(vm.typeName(item)))")
      }
    }
    return found
  }
}
