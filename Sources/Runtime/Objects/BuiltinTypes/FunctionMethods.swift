/// The attributes of functions, bound methods, natives and modules.
enum FunctionMethods {
  static func install() {
    ObjectModel.whenUsed(Types.function, functions)
    ObjectModel.whenUsed(Types.method) { methods(Types.method) }
    ObjectModel.whenUsed(Types.builtinFunction) {
      receivers(Types.builtinFunction)
      natives(Types.builtinFunction)
    }
    ObjectModel.whenUsed(Types.methodDescriptor) { natives(Types.methodDescriptor) }
    ObjectModel.whenUsed(Types.module, modules)
    CodeAttributes.install()
    Types.method.construct = NativeFunction("method(function, instance, /)", "A function bound to an object.") {
      (vm, args) throws(ExceptionObject) in
      guard Builtins.isCallable(args[0], vm) else { throw .type("first argument must be callable") }
      if args[1].isNone { throw .type("instance must not be None") }
      return .object(BoundMethod(args[1], args[0]))
    }
  }

  private static func functions() {
    property(
      "__name__", { (_, f) throws(ExceptionObject) in .str(f.name) },
      set: { (_, f, value) throws(ExceptionObject) in
        guard let text = value.asStr else { throw .type("__name__ must be set to a string object") }
        f.name = text
      })
    property(
      "__qualname__", { (_, f) throws(ExceptionObject) in .str(f.qualifiedName) },
      set: { (_, f, value) throws(ExceptionObject) in
        guard let text = value.asStr else { throw .type("__qualname__ must be set to a string object") }
        f.qualifiedName = text
      })
    stored("__doc__") { (f) in f.code.doc.map { .text($0) } ?? .none }
    stored("__module__") { (f) in .text(f.globals.name) }
    property(
      "__annotations__",
      { (_, f) throws(ExceptionObject) in
        if let known = f.attributes?[Names.annotations] { return known }
        let made = Value.dict(Dict())
        keep(f, Names.annotations, made)
        return made
      }, set: { (_, f, value) throws(ExceptionObject) in keep(f, Names.annotations, value) })
    property(
      "__defaults__",
      { (_, f) throws(ExceptionObject) in f.defaults.isEmpty ? .none : .makeTuple(f.defaults) },
      set: { (_, f, value) throws(ExceptionObject) in f.defaults = value.asTuple?.items ?? [] })
    property(
      "__kwdefaults__",
      { (_, f) throws(ExceptionObject) in
        let dict = Dict()
        for (i, value) in f.keywordDefaults.enumerated() where !value.isUnbound {
          dict.set(f.code.localNames[f.code.positionalCount + i].str, value)
        }
        return dict.count == 0 ? .none : .dict(dict)
      })
    property(
      "__closure__",
      { (_, f) throws(ExceptionObject) in
        f.closure.isEmpty ? .none : .makeTuple(f.closure.map { .object($0) })
      })
    property("__code__", { (_, f) throws(ExceptionObject) in .object(f.code) })
    property(
      "__globals__",
      { (_, f) throws(ExceptionObject) in .dict(f.globals.dictionary) })
    property(
      "__dict__",
      { (_, f) throws(ExceptionObject) in
        let dict = Dict()
        let hidden = [Names.annotations, Names.doc, Names.module]
        for name in f.attributes?.names ?? [] where !hidden.contains(name) {
          dict.set(name.str, f.attributes?[name] ?? .none)
        }
        return .dict(dict)
      })
    ObjectModel.wrapper(Types.function, "__get__(self, instance, owner=None, /)") { (_, args) throws(ExceptionObject) in
      args[1].isNone ? args[0] : .object(BoundMethod(args[1], args[0]))
    }
    ObjectModel.wrapper(Types.function, "__call__(self, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
      try vm.call(args[0], args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
    }
  }

  private static func keep(_ f: Function, _ name: Symbol, _ value: Value) {
    if f.attributes == nil { f.attributes = Attributes() }
    f.attributes?.set(name, value)
  }

  private static func property(
    _ name: String, _ get: @escaping (VM, Function) throws(ExceptionObject) -> Value,
    set: ((VM, Function, Value) throws(ExceptionObject) -> Void)? = nil
  ) {
    var store: ((VM, Value, Value) throws(ExceptionObject) -> Void)?
    if let set {
      store = { (vm, value, new) throws(ExceptionObject) in
        if case .function(let f) = value { try set(vm, f, new) }
      }
    }
    ObjectModel.property(
      Types.function, name,
      { (vm, value) throws(ExceptionObject) in
        guard case .function(let f) = value else { return .none }
        return try get(vm, f)
      }, set: store)
  }

  /// An attribute that has a value of its own until it is set.
  private static func stored(_ name: String, _ initial: @escaping (Function) -> Value) {
    let symbol = Symbol(name)
    property(
      name, { (_, f) throws(ExceptionObject) in f.attributes?[symbol] ?? initial(f) },
      set: { (_, f, value) throws(ExceptionObject) in keep(f, symbol, value) })
  }

  private static func receivers(_ type: TypeObject) {
    ObjectModel.property(
      type, "__self__",
      { (vm, value) throws(ExceptionObject) in
        guard let method = value.object as? BoundMethod else {
          if value.object is NativeFunction { return .none }
          throw vm.noAttribute(value, Names.boundSelf)
        }
        return method.receiver
      })
    ObjectModel.property(
      type, "__func__",
      { (vm, value) throws(ExceptionObject) in
        guard let method = value.object as? BoundMethod else { throw vm.noAttribute(value, Names.function) }
        return method.function
      })
  }

  private static func methods(_ type: TypeObject) {
    receivers(type)
    for name in [Names.name, Names.qualname, Names.doc, Names.module, Names.annotations, Names.dict, Names.wrapped] {
      ObjectModel.property(
        Types.method, name.text,
        { (vm, value) throws(ExceptionObject) in
          guard let method = value.object as? BoundMethod else { return .none }
          return try vm.getAttribute(method.function, name)
        })
    }
    ObjectModel.wrapper(Types.method, "__call__(self, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
      try vm.call(args[0], args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
    }
  }

  private static func natives(_ type: TypeObject) {
    native(type, "__name__") { (f, _) in .str(f.name.str) }
    native(type, "__qualname__") { (f, _) in .text(f.qualifiedName ?? f.name.text) }
    native(type, "__doc__") { (f, _) in f.doc.isEmpty ? .none : .text(f.doc) }
    native(type, "__module__") { (f, _) in f.attributes?[Names.module] ?? .text(f.moduleName ?? "builtins") }
    native(type, "__text_signature__") { (f, _) in
      f.text.firstIndex(of: "(").map { .text(String(f.text[$0...])) } ?? .none
    }
    ObjectModel.wrapper(type, "__call__(self, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
      try vm.call(args[0], args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
    }
  }

  private static func native(_ type: TypeObject, _ name: String, _ get: @escaping (NativeFunction, Value) -> Value) {
    ObjectModel.property(
      type, name,
      { (_, value) throws(ExceptionObject) in
        if let f = value.object as? NativeFunction { return get(f, value) }
        if let m = value.object as? BoundMethod, let f = m.function.object as? NativeFunction { return get(f, value) }
        return .none
      })
  }

  private static func modules() {
    ObjectModel.property(
      Types.module, "__name__",
      { (_, value) throws(ExceptionObject) in
        (value.object as? Module).map { .text($0.name) } ?? .none
      })
    ObjectModel.property(
      Types.module, "__doc__",
      { (_, value) throws(ExceptionObject) in
        (value.object as? Module)?.doc.map { .text($0) } ?? .none
      })
    ObjectModel.property(
      Types.module, "__package__",
      { (_, value) throws(ExceptionObject) in
        (value.object as? Module).map { .text($0.name) } ?? .none
      })
  }
}
