import Runtime
import Tensor

/// The autograd side of a tensor: `backward`, hooks, `detach`, `requires_grad_`.
enum TensorAutogradMethods {
  /// Raises RuntimeError where a hook gives back a gradient of another form.
  private static func checkReplacement(
    _ replaced: Tensor, for g: Tensor, _ hook: Value, _ vm: VM
  ) throws(ExceptionObject) {
    if replaced.shape == g.shape && replaced.dtype == g.dtype { return }
    let name = (try vm.attribute(hook, Symbol("__name__")))?.string ?? "<unknown>"
    if replaced.dtype != g.dtype {
      throw .runtime(
        "hook '\(name)' has changed the type of value (was torch.\(g.dtype.scalarTypeName)Tensor got torch.\(replaced.dtype.scalarTypeName)Tensor)"
      )
    }
    throw .runtime("hook '\(name)' has changed the size of value")
  }

  static func add(to table: TypeMemberTable) {
    table.function(
      "backward",
      "(Tensor input, Any? gradient=None, bool? retain_graph=None, bool create_graph=False, Any? inputs=None)",
      "Adds the gradients of this tensor into the `.grad` of the leaves it was computed from.",
      alone: { (vm, t) throws(ExceptionObject) in
        do throws(TensorError) {
          try Autograd.backward(t, gradient: nil, retainGraph: nil, createGraph: false)
        } catch {
          throw error.exception
        }
        return .none
      }
    ) { (vm, t, args) throws(ExceptionObject) in
      let gradients = try AutogradModule.optionalTensors(args.value(1), vm)
      let inputs = try args.value(4).map { (v) throws(ExceptionObject) in try AutogradModule.tensors(v, vm) }
      do throws(TensorError) {
        let (gradient, retainGraph) = (gradients.first ?? nil, args.optionalBool(2))
        let createGraph = args.bool(3, default: false)
        if let inputs {
          try Autograd.backward(
            [t], gradients: [gradient], retainGraph: retainGraph, createGraph: createGraph, inputs: inputs)
        } else {
          try Autograd.backward(t, gradient: gradient, retainGraph: retainGraph, createGraph: createGraph)
        }
      } catch {
        throw error.exception
      }
      return .none
    }
    table.native(
      "register_hook(self, hook)", "Calls the function with each gradient of this tensor; what it returns replaces it."
    ) {
      (vm, t, args) throws(ExceptionObject) in
      let function = args[1]
      let handle = try core { () throws(TensorError) in
        try t.registerHook { [unowned vm] (g) throws(TensorError) in
          do throws(ExceptionObject) {
            switch try vm.call(function, with: .tensor(g)) {
            case .none: return nil
            case .tensor(let replaced):
              try checkReplacement(replaced, for: g, function, vm)
              return replaced
            case let other:
              throw ExceptionObject.type("expected Variable, but hook returned '\(vm.typeName(other))'")
            }
          } catch {
            throw error.asTensorError
          }
        }
      }
      return .object(HandleObject(handle))
    }
    table.native(
      "register_post_accumulate_grad_hook(self, hook)",
      "Calls the function with this leaf after each gradient that was added into its `.grad`."
    ) {
      (vm, t, args) throws(ExceptionObject) in
      let function = args[1]
      let handle = try core { () throws(TensorError) in
        try t.registerPostAccumulateHook { [unowned vm] (leaf) throws(TensorError) in
          do throws(ExceptionObject) {
            _ = try vm.call(function, with: .tensor(leaf))
          } catch {
            throw error.asTensorError
          }
        }
      }
      return .object(HandleObject(handle))
    }
    table.method("retain_grad", "Keeps the gradient though this is no leaf.") { (vm, t) throws(ExceptionObject) in
      try core { () throws(TensorError) in try t.retainGrad() }
      return .none
    }
    table.method("detach", "The same elements, outside the graph.") { (vm, t) throws(ExceptionObject) in
      .tensor(t.detach())
    }
    table.method("detach_", "Takes itself out of the graph.") { (vm, t) throws(ExceptionObject) in
      try core { () throws(TensorError) in try t.detachInPlace() }
      return .tensor(t)
    }
    table.function(
      "requires_grad_", "(Tensor input, bool requires_grad=True)", "Starts or stops recording for this leaf."
    ) {
      (vm, t, args) throws(ExceptionObject) in
      try core { () throws(TensorError) in try t.setRequiresGrad(args.bool(1, default: true)) }
      return .tensor(t)
    }
  }
}
