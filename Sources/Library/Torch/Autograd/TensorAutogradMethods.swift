import Runtime
import Tensor

/// The autograd side of a tensor: `backward`, hooks, `detach`, `requires_grad_`.
enum TensorAutogradMethods {
  static func add(to table: TypeMemberTable) {
    table.function(
      "backward",
      "(Tensor input, Tensor? gradient=None, bool? retain_graph=None, bool create_graph=False, Any? inputs=None)",
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
      let inputs = try args.value(4).map { (v) throws(ExceptionObject) in try AutogradModule.tensors(v, vm) }
      do throws(TensorError) {
        let (gradient, retainGraph) = (args.optionalTensor(1), args.optionalBool(2))
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
            case .tensor(let replaced): return replaced
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
