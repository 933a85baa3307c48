import Tensor

extension VM {
  /// Calls a class: `__new__`, then `__init__`.
  package func instantiate(
    _ type: TypeObject, _ arguments: [Value], _ keywords: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    if type.customType != nil, let method = type.type.dispatch.call {
      return try call(method, [.object(type)] + arguments, keywords)
    }
    return try instantiatePlainly(type, arguments, keywords)
  }

  /// What `type.__call__` does.
  package func instantiatePlainly(
    _ type: TypeObject, _ arguments: [Value], _ keywords: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    if type === Types.type { return try callType(arguments, keywords) }
    if !type.abstractNames.isEmpty { throw abstractError(type) }
    guard type.isUserDefined else { return try constructBuiltin(type, type, arguments, keywords) }
    let object: Value
    let new = userNew(type)
    if let new {
      object = try call(new, [.object(type)] + arguments, keywords)
      if !isInstance(object, type) { return object }
    } else {
      object = try makeInstance(type, arguments, keywords)
    }
    guard let initializer = userInit(type) else {
      if new == nil, type.layout == .instance, !(arguments.isEmpty && keywords.isEmpty) {
        throw .type("\(type.name)() takes no arguments")
      }
      return object
    }
    let result = try callSpecialWithKeywords(initializer, object, arguments, keywords)
    if !result.isNone { throw .type("__init__() should return None, not '\(typeName(result))'") }
    return object
  }

  private func callSpecialWithKeywords(
    _ method: Value, _ receiver: Value, _ arguments: [Value], _ keywords: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    if isPlainMethod(method) { return try call(method, [receiver] + arguments, keywords) }
    return try call(bind(method, receiver, type(of: receiver), Names.initialize), arguments, keywords)
  }

  private func abstractError(_ type: TypeObject) -> ExceptionObject {
    let names = type.abstractNames
    return .type(
      "Can't instantiate abstract class \(type.name) with abstract method\(names.count > 1 ? "s" : "") "
        + names.joined(separator: ", "))
  }

  /// `__new__` that a class in a cell or a library defines, unbound.
  private func userNew(_ type: TypeObject) -> Value? {
    guard let found = type.ownMethod(Names.new) else { return nil }
    if case .object(let o) = found, let method = o as? StaticMethodObject {
      if case .object(let f) = method.function, let native = f as? NativeFunction, native.isSlotWrapper { return nil }
      return method.function
    }
    return found
  }

  /// `__init__` that a class in a cell or a library defines; the built-in types' own are part of `makeInstance`.
  private func userInit(_ type: TypeObject) -> Value? { type.ownMethod(Names.initialize) }

  /// The new object before `__init__`: what `object.__new__` and the built-in types' `__new__` do for a class in a cell.
  package func makeInstance(
    _ type: TypeObject, _ arguments: [Value], _ keywords: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    if !type.abstractNames.isEmpty { throw abstractError(type) }
    guard let native = type.mro.first(where: { !$0.isUserDefined && $0.layout == type.layout }) else {
      return .instance(Instance(type))
    }
    switch type.layout {
    case .instance: return .instance(Instance(type))
    case .exception:
      guard case .object(let o) = try constructBuiltin(type, native, arguments, keywords) else { return .none }
      o.customType = type
      return .object(o)
    case .tensor:
      let made = try constructBuiltin(type, native, arguments, keywords)
      if let tensor = made.asTensor { TensorAttachment.of(tensor).type = type }
      return made
    case .int, .float, .str, .bytes, .tuple:
      let instance = Instance(type)
      instance.payload = try constructBuiltin(type, native, arguments, keywords)
      return .instance(instance)
    case .list, .dict, .set, .other:
      let instance = Instance(type)
      // An `__init__` in the language decides what the built-in part is made from, by calling `super().__init__`.
      let isDeferred = userInit(type) != nil && native.name != "frozenset"
      instance.payload =
        isDeferred
        ? try constructBuiltin(type, native, [], []) : try constructBuiltin(type, native, arguments, keywords)
      return .instance(instance)
    case .type: throw .notImplemented("metaclasses are not available in tnb")
    }
  }

  /// Makes a value of a built-in type; `type` is what was called, for messages.
  package func constructBuiltin(
    _ type: TypeObject, _ native: TypeObject, _ arguments: [Value], _ keywords: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    if let construct = native.construct { return try call(.object(construct), arguments, keywords) }
    if native.layout == .exception { return try ExceptionAttributes.make(native, for: type, arguments, keywords, self) }
    if native === Types.object {
      if !(arguments.isEmpty && keywords.isEmpty) { throw .type("object() takes no arguments") }
      return .instance(Instance(Types.object))
    }
    if let new = native.own(Names.new) ?? native.lookup(Names.new) {
      if case .object(let o) = new, let f = o as? NativeFunction, !f.isSlotWrapper {
        return try call(new, [.object(type)] + arguments, keywords)
      }
      if case .object(let o) = new, let method = o as? StaticMethodObject, case .function = method.function {
        return try call(method.function, [.object(type)] + arguments, keywords)
      }
    }
    for base in native.mro.dropFirst() where base.construct != nil {
      return try call(.object(base.construct!), arguments, keywords)
    }
    if native.layout == .instance {
      let instance = Value.instance(Instance(native))
      if let initializer = native.ownMethod(Names.initialize) {
        _ = try callSpecialWithKeywords(initializer, instance, arguments, keywords)
      } else if !(arguments.isEmpty && keywords.isEmpty) {
        throw .type("\(native.name)() takes no arguments")
      }
      return instance
    }
    throw .type("cannot create '\(native.messageName)' instances")
  }

  /// `type(x)` and `type(name, bases, dict)`.
  private func callType(_ arguments: [Value], _ keywords: [(Symbol, Value)]) throws(ExceptionObject) -> Value {
    if arguments.count == 1 && keywords.isEmpty { return .object(type(of: arguments[0])) }
    guard arguments.count == 3 else { throw .type("type() takes 1 or 3 arguments") }
    guard let name = arguments[0].string else {
      throw .type("type.__new__() argument 1 must be str, not \(typeName(arguments[0]))")
    }
    guard let bases = arguments[1].asTuple else {
      throw .type("type.__new__() argument 2 must be tuple, not \(typeName(arguments[1]))")
    }
    guard let dict = arguments[2].asDict else {
      throw .type("type.__new__() argument 3 must be dict, not \(typeName(arguments[2]))")
    }
    let namespace = Attributes()
    var position = 0
    while let (key, value) = dict.next(&position) {
      if let text = key.asStr { namespace.set(Symbol(text), value) }
    }
    return try makeClass(
      name, bases: bases.items, namespace: namespace, keywords: keywords, qualifiedName: name,
      module: namespace[Names.module]?.string ?? "__main__")
  }
}
