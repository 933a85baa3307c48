import Runtime
import Tensor

/// A node of the graph, as `grad_fn` shows it. One object per node while somebody holds it.
package final class NodeObject: Object {
  let node: Node
  private var metadata: Dict?

  private init(_ node: Node) {
    self.node = node
    super.init()
    customType = NodeObject.type(node.className, isCustom: node is CustomNode)
  }

  deinit { NodeObject.known[ObjectIdentifier(node)] = nil }

  private struct WeakObject {
    weak var object: NodeObject?
  }
  nonisolated(unsafe) private static var known: [ObjectIdentifier: WeakObject] = [:]
  nonisolated(unsafe) private static var types: [String: TypeObject] = [:]

  static func of(_ node: Node) -> NodeObject {
    if let object = known[ObjectIdentifier(node)]?.object { return object }
    let made = NodeObject(node)
    known[ObjectIdentifier(node)] = WeakObject(object: made)
    return made
  }

  /// `torch.autograd.graph.Node`.
  nonisolated(unsafe) static let base: TypeObject = {
    let type = TypeObject("Node", module: "torch.autograd.graph", bases: [Types.object], layout: .other)
    method(type, "name(self)", "The operation's name.") { (vm, node, args) throws(ExceptionObject) in
      .text(node.node.name)
    }
    method(type, "register_hook(self, fn, /)", "Called with the gradients that leave and those that arrived.") {
      (vm, node, args) throws(ExceptionObject) in
      let function = args[1]
      return .object(
        HandleObject(
          node.node.registerHook { (computed, arrived) throws(TensorError) in
            try gradients(vm, function, [ResultConversion.tuple(computed), ResultConversion.tuple(arrived)])
          }))
    }
    method(type, "register_prehook(self, fn, /)", "Called with the gradients that arrive.") {
      (vm, node, args) throws(ExceptionObject) in
      let function = args[1]
      return .object(
        HandleObject(
          node.node.registerPreHook { (arrived) throws(TensorError) in
            try gradients(vm, function, [ResultConversion.tuple(arrived)])
          }))
    }
    return type
  }()

  /// Calls a hook; nil when it leaves the gradients as they are.
  private static func gradients(
    _ vm: VM, _ function: Value, _ arguments: [Value]
  ) throws(TensorError) -> [Tensor?]? {
    do throws(ExceptionObject) {
      let result = try vm.call(function, arguments)
      switch result {
      case .none: return nil
      case .tensor(let t): return [t]
      default:
        guard let items = ArgumentConversion.sequence(result) else {
          throw ExceptionObject.type("expected tuple, but hook returned '\(vm.typeName(result))'")
        }
        return items.map { $0.asTensor }
      }
    } catch {
      throw error.asTensorError
    }
  }

  private static func method(
    _ type: TypeObject, _ text: String, _ doc: String,
    _ body: @escaping (VM, NodeObject, Arguments) throws(ExceptionObject) -> Value
  ) {
    type.set(
      Symbol(MemberTable.name(of: text)),
      .object(
        NativeFunction(text, doc) { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let node = o as? NodeObject else {
            throw .type("a graph node is required, not '\(vm.typeName(args[0]))'")
          }
          return try body(vm, node, args)
        }))
  }

  private static func type(_ name: String, isCustom: Bool) -> TypeObject {
    let module = isCustom ? "torch.autograd.function" : "builtins"
    let key = module + "." + name
    if let type = types[key] { return type }
    let type = TypeObject(name, module: module, bases: [base], layout: .other)
    types[key] = type
    return type
  }

  package override var builtinType: TypeObject { NodeObject.base }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "next_functions":
      var items: [Value] = []
      for i in 0..<node.inputCount {
        let edge = node.edge(i)
        items.append(
          .makeTuple([edge.node.map { .object(NodeObject.of($0)) } ?? .none, .int(edge.node == nil ? 0 : edge.index)]))
      }
      return .makeTuple(items)
    case "variable": return (node as? AccumulateGrad).map { .tensor($0.variable) }
    case "requires_grad": return .bool(true)
    case "_sequence_nr": return .int(node.sequence)
    case "metadata":
      if metadata == nil { metadata = Dict() }
      return metadata.map { .dict($0) }
    default: return nil
    }
  }
}

/// What `register_hook` returns: takes the hook off again.
package final class HandleObject: Object {
  let handle: HookHandle

  init(_ handle: HookHandle) { self.handle = handle }

  nonisolated(unsafe) private static let type: TypeObject = {
    let type = TypeObject("RemovableHandle", module: "torch.utils.hooks", bases: [Types.object], layout: .other)
    type.set(
      Symbol("remove"),
      .object(
        NativeFunction("remove(self)", "Takes the hook off.") { (vm, args) throws(ExceptionObject) in
          if case .object(let o) = args[0], let h = o as? HandleObject { h.handle.remove() }
          return .none
        }))
    type.set(
      Symbol("__enter__"), .object(NativeFunction("__enter__(self)") { (vm, args) throws(ExceptionObject) in args[0] }))
    type.set(
      Symbol("__exit__"),
      .object(
        NativeFunction("__exit__(self, *args)") { (vm, args) throws(ExceptionObject) in
          if case .object(let o) = args[0], let h = o as? HandleObject { h.handle.remove() }
          return .none
        }))
    return type
  }()
  package override var builtinType: TypeObject { HandleObject.type }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    name.text == "id" ? .int(handle.id) : nil
  }
}
