/// `property`, `staticmethod`, `classmethod` and `super`.
enum DescriptorMethods {
  static func install() {
    constructors()
    ObjectModel.whenUsed(Types.property, properties)
    ObjectModel.whenUsed(Types.staticMethod) {
      wrappers(Types.staticMethod)
      ObjectModel.method(Types.staticMethod, "__call__(self, /, *args, **kwargs)") {
        (vm, args) throws(ExceptionObject) in
        try vm.call(inner(args[0]), args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
      }
    }
    ObjectModel.whenUsed(Types.classMethod) { wrappers(Types.classMethod) }
    ObjectModel.whenUsed(Types.superType, parents)
  }

  private static func constructors() {
    Types.property.construct = NativeFunction(
      "property(fget=None, fset=None, fdel=None, doc=None)",
      "An attribute whose reading, writing and deleting call functions."
    ) { (vm, args) throws(ExceptionObject) in
      let getter = args.given(0) ?? .none
      var doc = args.given(3) ?? .none
      if doc.isNone, !getter.isNone { doc = try vm.attribute(getter, Names.doc) ?? .none }
      return .object(
        PropertyObject(
          getter: getter, setter: args.given(1) ?? .none, deleter: args.given(2) ?? .none, doc: doc))
    }
    Types.staticMethod.construct = NativeFunction(
      "staticmethod(function, /)", "A method without the instance as first argument."
    ) { (_, args) throws(ExceptionObject) in .object(StaticMethodObject(args[0])) }
    Types.classMethod.construct = NativeFunction(
      "classmethod(function, /)", "A method whose first argument is the class."
    ) { (_, args) throws(ExceptionObject) in .object(ClassMethodObject(args[0])) }
    Types.superType.construct = NativeFunction(
      "super(type=None, object_or_type=None, /)", "The attributes that a class inherits, bound to an object."
    ) { (vm, args) throws(ExceptionObject) in
      guard args.has(0) else {
        guard let context = vm.superContext else { throw .runtime("super(): no arguments") }
        if context.receiver.isUnbound { throw .runtime("super(): arg[0] deleted") }
        return .object(try SuperObject(context.type, context.receiver, vm))
      }
      guard case .object(let o) = args[0], let type = o as? TypeObject else {
        throw .type("super() argument 1 must be a type, not \(vm.typeName(args[0]))")
      }
      guard args.has(1) else {
        throw .notImplemented("unbound super objects are not available in tnb: write super(type, object)")
      }
      return .object(try SuperObject(type, args[1], vm))
    }
  }

  private static func properties() {
    let type = Types.property
    func part(_ name: String, _ get: @escaping (PropertyObject) -> Value) {
      ObjectModel.property(
        type, name,
        { (_, value) throws(ExceptionObject) in
          (value.object as? PropertyObject).map(get) ?? .none
        })
    }
    part("fget") { $0.getter }
    part("fset") { $0.setter }
    part("fdel") { $0.deleter }
    ObjectModel.property(
      type, "__doc__", { (_, value) throws(ExceptionObject) in (value.object as? PropertyObject)?.doc ?? .none },
      set: { (_, value, doc) throws(ExceptionObject) in (value.object as? PropertyObject)?.doc = doc })
    func copy(_ name: String, _ make: @escaping (PropertyObject, Value) -> PropertyObject) {
      ObjectModel.method(type, "\(name)(self, function, /)") { (_, args) throws(ExceptionObject) in
        guard let property = args[0].object as? PropertyObject else { return .none }
        let made = make(property, args[1])
        made.name = property.name
        return .object(made)
      }
    }
    copy("getter") { PropertyObject(getter: $1, setter: $0.setter, deleter: $0.deleter, doc: $0.doc) }
    copy("setter") { PropertyObject(getter: $0.getter, setter: $1, deleter: $0.deleter, doc: $0.doc) }
    copy("deleter") { PropertyObject(getter: $0.getter, setter: $0.setter, deleter: $1, doc: $0.doc) }
    ObjectModel.wrapper(type, "__get__(self, instance, owner=None, /)") { (vm, args) throws(ExceptionObject) in
      guard let property = args[0].object as? PropertyObject, !args[1].isNone else { return args[0] }
      return try vm.call(property.getter, [args[1]])
    }
    ObjectModel.wrapper(type, "__set__(self, instance, value, /)") { (vm, args) throws(ExceptionObject) in
      guard let property = args[0].object as? PropertyObject, !property.setter.isNone else {
        throw .attribute("can't set attribute")
      }
      return try vm.call(property.setter, [args[1], args[2]])
    }
  }

  private static func inner(_ value: Value) -> Value {
    switch value.object {
    case let s as StaticMethodObject: s.function
    case let c as ClassMethodObject: c.function
    default: .none
    }
  }

  private static func wrappers(_ type: TypeObject) {
    ObjectModel.property(type, "__func__", { (_, value) throws(ExceptionObject) in inner(value) })
    ObjectModel.property(type, "__wrapped__", { (_, value) throws(ExceptionObject) in inner(value) })
    for name in [Names.name, Names.qualname, Names.doc, Names.module, Names.annotations] {
      ObjectModel.property(
        type, name.text,
        { (vm, value) throws(ExceptionObject) in
          try vm.getAttribute(inner(value), name)
        })
    }
  }

  private static func parents() {
    func part(_ name: String, _ get: @escaping (SuperObject) -> Value) {
      ObjectModel.property(
        Types.superType, name,
        { (_, value) throws(ExceptionObject) in
          (value.object as? SuperObject).map(get) ?? .none
        })
    }
    part("__thisclass__") { .object($0.thisClass) }
    part("__self__") { $0.receiver }
    part("__self_class__") { .object($0.receiverType) }
  }
}
