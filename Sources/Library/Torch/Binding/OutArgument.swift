import Runtime
import Tensor

/// `torch.add(a, b, out=c)`: computes, then writes the result into tensors given.
enum OutArgument {
  static func run(
    _ binder: OperationBinder, _ schema: OperationSchema, _ arguments: [OperationArgument], _ out: Value, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var targets: [Tensor] = []
    if case .tensor(let t) = out {
      targets = [t]
    } else if let items = ArgumentConversion.sequence(out) {
      targets = try ArgumentConversion.tensors(items)
    } else {
      throw .type("\(binder.name)(): argument 'out' must be Tensor, not \(ArgumentConversion.typeName(out))")
    }
    if GradMode.isEnabled {
      for argument in arguments {
        if case .tensor(let t) = argument, t.requiresGrad { throw refused(binder.name) }
      }
      for t in targets where t.requiresGrad { throw refused(binder.name) }
    }
    guard case .core(let body) = schema.body else {
      throw .type("\(binder.name)() got an unexpected keyword argument 'out'")
    }
    let result = try core { () throws(TensorError) in try body(OperationArguments(arguments)) }
    switch result {
    case .tensor(let t):
      guard targets.count == 1 else { break }
      try write(t, into: targets[0], vm)
      return .tensor(targets[0])
    case .tuple(let list):
      guard targets.count == list.count else { break }
      for (from, to) in zip(list, targets) { try write(from, into: to, vm) }
      return .makeTuple(targets.map { .tensor($0) })
    case .named(let name, let fields):
      guard targets.count == fields.count else { break }
      for (from, to) in zip(fields, targets) { try write(from.1, into: to, vm) }
      return ResultConversion.value(.named(name + "_out", zip(fields, targets).map { ($0.0.0, $0.1) }))
    case .none, .list, .scalar, .bool, .string, .dtype, .size, .ints: break
    }
    throw .type("\(binder.name)() got an unexpected keyword argument 'out'")
  }

  private static func refused(_ name: String) -> ExceptionObject {
    .runtime(
      "\(name)(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad."
    )
  }

  private static func write(_ result: Tensor, into target: Tensor, _ vm: VM) throws(ExceptionObject) {
    if !canCast(result.dtype, target.dtype) {
      throw .runtime(
        "result type \(result.dtype.scalarTypeName) can't be cast to the desired output type \(target.dtype.scalarTypeName)"
      )
    }
    if target.shape != result.shape {
      // Views elsewhere keep the old memory, as PyTorch's resize does when it must grow.
      let fresh = try core { () throws(TensorError) in try Tensor(empty: result.shape, target.dtype) }
      target.setData(fresh)
    }
    _ = try vm.callMethod(.tensor(target), Symbol("copy_"), [.tensor(result)])
  }

  /// Whether PyTorch's `can_cast` allows it: never float to integer, never a number to bool.
  static func canCast(_ from: DType, _ to: DType) -> Bool {
    if from.isFloating && !to.isFloating { return false }
    if from != .bool && to == .bool { return false }
    return true
  }
}
