import Runtime
import Tensor

/// What one run of a custom function remembers between forward and backward.
final class FunctionState: Object {
  var needsGrad: [Bool] = []
  var materializesGrads = true
  var dirty: [Tensor] = []
  var nonDifferentiable: [Tensor] = []
  private var pending: [Tensor?] = []
  private var saved: [SavedTensor?] = []
  private weak var node: Node?
  private var isReleased = false
  private var isFinished = false

  func save(_ tensors: [Tensor?]) { pending = tensors }

  /// After forward: keeps the saved tensors with their versions. Outputs are kept as aliases, or the node would own itself.
  func finish(outputs: [Tensor?], node: Node?) {
    self.node = node
    isFinished = true
    guard node != nil else { return }
    saved = pending.map { tensor in
      guard let tensor else { return nil }
      if let i = outputs.firstIndex(where: { $0 === tensor }) { return SavedTensor(output: tensor, i) }
      return SavedTensor(tensor)
    }
    pending = []
    dirty = []
    nonDifferentiable = []
  }

  func release() {
    // What a function without saved tensors computes may be run again.
    isReleased = !saved.isEmpty
    saved = []
  }

  func tensors() throws(ExceptionObject) -> Value {
    if isReleased {
      throw .runtime(
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward."
      )
    }
    guard let node else { return ResultConversion.tuple(pending) }
    var items: [Value] = []
    for tensor in saved {
      guard let tensor else {
        items.append(.none)
        continue
      }
      items.append(try tensorResult { () throws(TensorError) in try tensor.unpack(node) })
    }
    return .makeTuple(items)
  }
}

extension Instance {
  private static let stateName = Symbol("_state")

  func setState(_ state: FunctionState) { setOwn(Instance.stateName, .object(state)) }

  var functionState: FunctionState? {
    if case .object(let o)? = own(Instance.stateName) { return o as? FunctionState }
    return nil
  }
}

/// The `ctx` of custom functions.
enum FunctionContext {
  nonisolated(unsafe) private static var types: [String: TypeObject] = [:]

  static func type(_ name: String) -> TypeObject {
    if let type = types[name] { return type }
    let type = TypeObject(name, module: "torch.autograd.function", bases: [base], layout: .instance)
    types[name] = type
    return type
  }

  nonisolated(unsafe) static let base: TypeObject = {
    let type = TypeObject("FunctionCtx", module: "torch.autograd.function", bases: [Types.object], layout: .instance)
    method(type, "save_for_backward(self, *tensors)", "Keeps tensors for backward.") {
      (vm, state, args) throws(ExceptionObject) in
      var tensors: [Tensor?] = []
      for item in args[1].asTuple?.items ?? [] {
        switch item {
        case .tensor(let t): tensors.append(t)
        case .none: tensors.append(nil)
        default:
          throw .type(
            "save_for_backward can only save variables, but argument \(tensors.count) is of type \(vm.typeName(item))")
        }
      }
      state.save(tensors)
      return .none
    }
    method(type, "mark_dirty(self, *args)", "Inputs that forward changed in place.") {
      (vm, state, args) throws(ExceptionObject) in
      state.dirty = (args[1].asTuple?.items ?? []).compactMap { $0.asTensor }
      return .none
    }
    method(type, "mark_non_differentiable(self, *args)", "Outputs without gradient.") {
      (vm, state, args) throws(ExceptionObject) in
      state.nonDifferentiable = (args[1].asTuple?.items ?? []).compactMap { $0.asTensor }
      return .none
    }
    method(type, "set_materialize_grads(self, value)", "Whether missing gradients arrive as zeros.") {
      (vm, state, args) throws(ExceptionObject) in
      state.materializesGrads = try vm.isTrue(args[1])
      return .none
    }
    property(type, "saved_tensors") { (state) throws(ExceptionObject) in try state.tensors() }
    property(type, "needs_input_grad") { (state) throws(ExceptionObject) in
      .makeTuple(state.needsGrad.map { .bool($0) })
    }
    return type
  }()

  private static func state(_ value: Value) throws(ExceptionObject) -> FunctionState {
    if case .instance(let i) = value, let state = i.functionState { return state }
    throw .runtime("this is no context of a running function")
  }

  private static func method(
    _ type: TypeObject, _ text: String, _ doc: String,
    _ body: @escaping (VM, FunctionState, Arguments) throws(ExceptionObject) -> Value
  ) {
    type.set(
      Symbol(MemberTable.name(of: text)),
      .object(
        NativeFunction(text, doc) { (vm, args) throws(ExceptionObject) in try body(vm, state(args[0]), args) }))
  }

  private static func property(
    _ type: TypeObject, _ name: String, _ get: @escaping (FunctionState) throws(ExceptionObject) -> Value
  ) {
    type.set(
      Symbol(name),
      .object(NativeProperty(name, "", { (vm, receiver) throws(ExceptionObject) in try get(state(receiver)) })))
  }
}
