import Tensor

/// What the language hangs on a tensor: its class when it is a subclass (`nn.Parameter`), and its own attributes.
package final class TensorAttachment {
  package var type: TypeObject
  package var attributes: Attributes?

  package init(_ type: TypeObject = Types.tensor) { self.type = type }

  /// The attachment of a tensor, made when it has none.
  package static func of(_ tensor: Tensor) -> TensorAttachment {
    if let known = tensor.attachment as? TensorAttachment { return known }
    let made = TensorAttachment()
    tensor.attachment = made
    return made
  }
}

/// `int | str`.
package final class UnionObject: Object {
  package let members: [Value]
  package init(_ members: [Value]) { self.members = members }
  public override var builtinType: TypeObject { Types.unionType }
}

/// `list[int]`: an annotation; called, it is its origin.
package final class GenericAlias: Object {
  package let origin: Value
  package let arguments: [Value]
  package init(_ origin: Value, _ arguments: [Value]) {
    self.origin = origin
    self.arguments = arguments
  }
  public override var builtinType: TypeObject { Types.genericAlias }
}

extension Types {
  nonisolated(unsafe) package static let unionType = TypeObject(
    "UnionType", module: "types", bases: [object], layout: .other)
  nonisolated(unsafe) package static let genericAlias = TypeObject(
    "GenericAlias", module: "types", bases: [object], layout: .other)
  nonisolated(unsafe) package static let getsetDescriptor = TypeObject(
    "getset_descriptor", bases: [object], layout: .other)
  nonisolated(unsafe) package static let memberDescriptor = TypeObject(
    "member_descriptor", bases: [object], layout: .other)
}

extension VM {
  /// The class of a value.
  package func type(of value: Value) -> TypeObject {
    switch value {
    case .instance(let i): return i.customType ?? Types.object
    case .int: return Types.int
    case .float: return Types.float
    case .str: return Types.str
    case .list: return Types.list
    case .tuple: return Types.tuple
    case .dict: return Types.dict
    case .function(let f): return f.customType ?? Types.function
    case .bool: return Types.bool
    case .none, .unbound: return Types.noneType
    case .tensor(let t):
      guard let attachment = t.attachment else { return Types.tensor }
      return (attachment as? TensorAttachment)?.type ?? Types.tensor
    case .object(let o):
      if let custom = o.customType { return custom }
      if let bound = o as? BoundMethod, case .object(let f) = bound.function, f is NativeFunction {
        return Types.builtinFunction
      }
      return o.builtinType
    case .ellipsis: return Types.ellipsisType
    case .notImplemented: return Types.notImplementedType
    }
  }

  /// How messages name a value's class.
  package func typeName(_ value: Value) -> String { type(of: value).messageName }

  package func isInstance(_ value: Value, _ type: TypeObject) -> Bool { self.type(of: value).isSubtype(of: type) }

  /// `isinstance(value, classes)`: a class, a union, or a tuple of them, nested.
  package func isInstance(_ value: Value, ofAny classes: Value) throws(ExceptionObject) -> Bool {
    // As CPython: an object of just that class is an instance of it whatever the class says.
    if case .object(let object) = classes, object === type(of: value) { return true }
    return try matches(
      value, classes, Names.instancecheck, "isinstance() arg 2 must be a type, a tuple of types, or a union"
    ) {
      (vm, type) throws(ExceptionObject) in
      if let check = vm.type(of: .object(type)).ownMethod(Names.instancecheck) {
        return try vm.isTrue(vm.call(check, [.object(type), value]))
      }
      return vm.isInstance(value, type)
    }
  }

  /// `issubclass(type, classes)`.
  package func isSubclass(_ value: Value, ofAny classes: Value) throws(ExceptionObject) -> Bool {
    guard case .object(let o) = value, let type = o as? TypeObject else {
      throw .type("issubclass() arg 1 must be a class")
    }
    return try matches(
      value, classes, Names.subclasscheck, "issubclass() arg 2 must be a class, a tuple of classes, or a union"
    ) {
      (vm, base) throws(ExceptionObject) in
      if let check = vm.type(of: .object(base)).ownMethod(Names.subclasscheck) {
        return try vm.isTrue(vm.call(check, [.object(base), value]))
      }
      return type.isSubtype(of: base)
    }
  }

  /// `test` decides for one class; `hook` is what others that stand for classes decide with (`typing.List`).
  private func matches(
    _ value: Value, _ classes: Value, _ hook: Symbol, _ message: String, depth: Int = 0,
    _ test: (VM, TypeObject) throws(ExceptionObject) -> Bool
  ) throws(ExceptionObject) -> Bool {
    try Interrupts.check()
    if depth > 100 { throw .make(Types.recursionError, "maximum recursion depth exceeded in __instancecheck__") }
    if case .none = classes, depth > 0 { return try test(self, Types.noneType) }
    if let tuple = classes.asTuple {
      for item in tuple.items {
        if case .none = item { throw .type(message) }
        if try matches(value, item, hook, message, depth: depth + 1, test) { return true }
      }
      return false
    }
    guard case .object(let o) = classes else {
      guard case .instance = classes, let method = self.type(of: classes).ownMethod(hook) else { throw .type(message) }
      return try isTrue(callSpecial(method, classes, [value]))
    }
    if let type = o as? TypeObject { return try test(self, type) }
    if let union = o as? UnionObject {
      for item in union.members {
        if try matches(value, item, hook, message, depth: depth + 1, test) { return true }
      }
      return false
    }
    if o is GenericAlias {
      let function = message.prefix { $0 != " " }
      throw .type("\(function) argument 2 cannot be a parameterized generic")
    }
    throw .type(message)
  }

  /// The built-in value inside an instance of a subclass: what native operations work on.
  @inline(__always) package func plain(_ value: Value) -> Value {
    switch value {
    case .instance(let i):
      guard let payload = i.payload else { return value }
      return plainPayload(payload)
    case .object(let o): return o.customType == nil ? value : plainObject(o, value)
    default: return value
    }
  }

  private func plainPayload(_ payload: Value) -> Value { plain(payload) }

  private func plainObject(_ o: Object, _ value: Value) -> Value {
    if let list = o as? List { return .list(list) }
    if let tuple = o as? Tuple { return .tuple(tuple) }
    if let dict = o as? Dict { return .dict(dict) }
    return value
  }
}
