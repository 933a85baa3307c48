import Runtime
import Tensor

/// The members of `torch.Tensor`: made when they are first asked for.
enum TensorType {
  static func install() {
    let type = Types.tensor
    type.loader = { load($0.text) }
    type.loadableNames = { members.names + OperationTable.names(.method) }
    type.construct = NativeFunction(unbound: "Tensor(*args, **kwargs)", "A tensor of the default type.") {
      (vm, base, positional, keywords) throws(ExceptionObject) in
      .tensor(try LegacyTensorType.construct(vm, (0..<positional).map { base[$0] }, DType.defaultFloat))
    }
    TensorHooks.binary = TensorOperators.binary
    TensorHooks.inplace = TensorOperators.inplace
    TensorHooks.unary = TensorOperators.unary
    TensorHooks.compare = TensorOperators.compare
    TensorHooks.isTrue = { (_, t) throws(ExceptionObject) in try TensorConversions.truth(t) }
    TensorHooks.length = { (_, t) throws(ExceptionObject) in try TensorConversions.length(t) }
    TensorHooks.contains = TensorConversions.contains
    TensorHooks.getItem = TensorIndexing.get
    TensorHooks.setItem = TensorIndexing.set
    TensorHooks.iterator = TensorConversions.iterator
    TensorHooks.repr = TensorConversions.repr
    TensorHooks.format = TensorConversions.format
  }

  nonisolated(unsafe) private static let members: TypeMemberTable = {
    let table = TypeMemberTable()
    TensorProperties.add(to: table)
    TensorValueMethods.add(to: table)
    TensorConversionMethods.add(to: table)
    TensorAutogradMethods.add(to: table)
    TensorFactoryMethods.add(to: table)
    TensorSpecialMethods.add(to: table)
    return table
  }()

  private static func load(_ name: String) -> Value? {
    if let value = members.find(name) { return value }
    if let declaration = OperationTable.method(name) {
      return .object(
        OperationBinder(declaration, isMethod: true, isPython: PythonFunctions.methods.contains(name)).native(
          doc: declaration.doc, qualifiedName: "Tensor." + name, shownName: "Tensor." + name))
    }
    return nil
  }
}

/// The members of a built-in type, collected by family files.
final class TypeMemberTable {
  private var values: [String: Value] = [:]

  var names: [String] { Array(values.keys) }
  func find(_ name: String) -> Value? { values[name] }

  /// A method that takes nothing.
  func method(_ name: String, _ doc: String, _ body: @escaping (VM, Tensor) throws(ExceptionObject) -> Value) {
    let function = NativeFunction("\(name)(self)", doc) { (vm, args) throws(ExceptionObject) in
      guard case .tensor(let t) = args[0] else { throw TypeMemberTable.wrongReceiver(name, args[0], vm) }
      return try body(vm, t)
    }
    function.qualifiedName = "TensorBase." + name
    function.ownerName = "torch._C.TensorBase"
    function.shownText = { "Tensor." + name }
    values[name] = .object(function)
  }

  /// A method with a plain Python signature, its first parameter `self`.
  func native(
    _ text: String, _ doc: String, _ body: @escaping (VM, Tensor, Arguments) throws(ExceptionObject) -> Value
  ) {
    let name = MemberTable.name(of: text)
    values[name] = .object(
      NativeFunction(text, doc) { (vm, args) throws(ExceptionObject) in
        guard case .tensor(let t) = args[0] else { throw TypeMemberTable.wrongReceiver(name, args[0], vm) }
        return try body(vm, t, args)
      })
  }

  /// A method that takes anything; bound by its body.
  func unbound(
    _ name: String, _ doc: String,
    _ body: @escaping (VM, Tensor, [Value], [(Symbol, Value)]) throws(ExceptionObject) -> Value
  ) {
    values[name] = .object(
      NativeFunction(unbound: "\(name)(self, *args, **kwargs)", doc) {
        (vm, base, positional, keywords) throws(ExceptionObject) in
        guard positional > 0, case .tensor(let t) = base[0] else {
          throw TypeMemberTable.wrongReceiver(name, positional > 0 ? base[0] : .none, vm)
        }
        var named: [(Symbol, Value)] = []
        for (i, key) in (keywords?.items ?? []).enumerated() {
          if case .str(let s) = key { named.append((Symbol(s), base[positional + i])) }
        }
        return try body(vm, t, (1..<positional).map { base[$0] }, named)
      })
  }

  /// A method bound and complaining as torch's own: the signature begins with `Tensor input`. `alone` does the same as the body
  /// for a call without arguments.
  func function(
    _ name: String, _ signature: String, _ doc: String,
    alone: ((VM, Tensor) throws(ExceptionObject) -> Value)? = nil,
    _ body: @escaping (VM, Tensor, OperationArguments) throws(ExceptionObject) -> Value
  ) {
    values[name] = .object(
      OperationBinder(library: name, isMethod: true, alone: alone) {
        [
          OperationSchema(
            signature,
            .library { (vm, args) throws(ExceptionObject) in
              try body(vm, core { () throws(TensorError) in try args.tensor(0) }, args)
            })
        ]
      }.native(doc: doc))
  }

  func property(
    _ name: String, _ doc: String, _ get: @escaping (VM, Tensor) throws(ExceptionObject) -> Value,
    set: ((VM, Tensor, Value) throws(ExceptionObject) -> Void)? = nil,
    delete: ((VM, Tensor) throws(ExceptionObject) -> Void)? = nil
  ) {
    let property = NativeProperty(
      name, doc,
      { (vm, receiver) throws(ExceptionObject) in
        guard case .tensor(let t) = receiver else { throw TypeMemberTable.wrongReceiver(name, receiver, vm) }
        return try get(vm, t)
      },
      set: { (vm, receiver, value) throws(ExceptionObject) in
        guard case .tensor(let t) = receiver else { throw TypeMemberTable.wrongReceiver(name, receiver, vm) }
        guard let set else {
          throw .attribute("attribute '\(name)' of 'torch._C.TensorBase' objects is not writable")
        }
        try set(vm, t, value)
      })
    property.ofTensor = get
    if let delete {
      property.delete = { (vm, receiver) throws(ExceptionObject) in
        guard case .tensor(let t) = receiver else { throw TypeMemberTable.wrongReceiver(name, receiver, vm) }
        try delete(vm, t)
      }
    }
    property.ownerName = "torch._C.TensorBase"
    values[name] = .object(property)
  }

  func alias(_ name: String, _ others: String...) {
    for other in others { values[other] = values[name] }
  }

  private static func wrongReceiver(_ name: String, _ value: Value, _ vm: VM) -> ExceptionObject {
    .type("descriptor '\(name)' for 'torch._C.TensorBase' objects doesn't apply to a '\(vm.typeName(value))' object")
  }
}
