import Runtime

/// `abc`, `numbers`: classes that others count as instances of by what they can do.
enum AbstractModules {
  // MARK: abc

  static func makeABC(_ vm: VM) -> Module {
    let m = ModuleBuilder("abc", "Abstract base classes.")
    m.set("ABCMeta", AbstractMeta.type)
    m.set("ABC", base)
    m.add("abstractmethod(funcobj, /)", "Marks a method that subclasses must define.") {
      (vm, args) throws(ExceptionObject) in
      try vm.setAttribute(args[0], Names.isabstractmethod, .bool(true))
      return args[0]
    }
    for (name, wrapper) in [
      ("abstractproperty", Types.property), ("abstractclassmethod", Types.classMethod),
      ("abstractstaticmethod", Types.staticMethod),
    ] {
      m.add("\(name)(callable, /)", "\(wrapper.name) of a method that subclasses must define.") {
        (vm, args) throws(ExceptionObject) in
        try vm.setAttribute(args[0], Names.isabstractmethod, .bool(true))
        return try vm.call(.object(wrapper), [args[0]])
      }
    }
    m.add("update_abstractmethods(cls, /)", "Looks anew which methods of a class are abstract.") {
      (vm, args) throws(ExceptionObject) in
      if case .object(let o) = args[0], let type = o as? TypeObject { vm.collectAbstractNames(type) }
      return args[0]
    }
    return m.module
  }

  private static let base: TypeObject = {
    let base = TypeObject("ABC", module: "abc", bases: [Types.object], layout: .instance)
    base.customType = AbstractMeta.type
    base.checksAbstractMethods = true
    base.doc = "A base for classes with abstract methods."
    return base
  }()

  /// `_library`: what modules written in the language need from Swift.
  static func makeSupport(_ vm: VM) -> Module {
    let m = ModuleBuilder("_library", "What modules written in the language need from Swift.")
    m.add("has_methods(cls, *names)", "True where a class has all these methods, otherwise NotImplemented.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let type = o as? TypeObject else { return .notImplemented }
      for name in args[1].asTuple?.items ?? [] {
        guard let text = name.asStr, let found = type.lookup(Symbol(text)), !found.isNone else {
          return .notImplemented
        }
      }
      return .bool(true)
    }
    m.add("global_value(name, /)", "What a name stands for in the cells.") { (vm, args) throws(ExceptionObject) in
      let name = Symbol(args[0].string ?? "")
      if let value = vm.main[name] ?? vm.builtins[name] ?? vm.main.fallback?(name) { return value }
      throw .name("name '\(name.text)' is not defined")
    }
    m.add("show_with_module(*classes)", "Lets messages name classes with their module, as those of CPython's in C.") {
      (vm, args) throws(ExceptionObject) in
      for value in args[0].asTuple?.items ?? [] {
        guard case .object(let o) = value, let type = o as? TypeObject else { continue }
        type.messageName = "\(type.module).\(type.qualifiedName)"
      }
      return .none
    }
    return m.module
  }

  // MARK: Classes that recognise others

  /// `os.PathLike`: what has `__fspath__`.
  static func addPathLike(to m: ModuleBuilder) {
    _ = add(m, "PathLike") { $0.lookup(Symbol("__fspath__")) != nil }
  }

  private static func add(
    _ m: ModuleBuilder, _ name: String, base: TypeObject? = nil, _ test: @escaping AbstractMeta.Test
  ) -> TypeObject {
    let type = TypeObject(name, module: m.module.name, bases: [base ?? Types.object], layout: .instance)
    type.customType = AbstractMeta.type
    type.checksAbstractMethods = true
    let getItem = NativeFunction("__class_getitem__(cls, item, /)") { (vm, args) throws(ExceptionObject) in
      .object(GenericAlias(args[0], args[1].asTuple?.items ?? [args[1]]))
    }
    type.set(Names.classGetitem, .object(ClassMethodObject(.object(getItem))))
    AbstractMeta.tests[ObjectIdentifier(type)] = test
    m.set(name, type)
    return type
  }

  private static func among(_ types: TypeObject...) -> AbstractMeta.Test {
    { type in types.contains { type.isSubtype(of: $0) } }
  }

  static func makeNumbers(_ vm: VM) -> Module {
    let m = ModuleBuilder("numbers", "Kinds of numbers, as classes for isinstance.")
    func isFraction(_ type: TypeObject) -> Bool {
      type.mro.contains { $0.name == "Fraction" && $0.module == "fractions" }
    }
    let number = add(m, "Number") { among(Types.int, Types.float)($0) || isFraction($0) }
    let complex = add(m, "Complex", base: number) { among(Types.int, Types.float)($0) || isFraction($0) }
    let real = add(m, "Real", base: complex) { among(Types.int, Types.float)($0) || isFraction($0) }
    let rational = add(m, "Rational", base: real) { among(Types.int)($0) || isFraction($0) }
    _ = add(m, "Integral", base: rational, among(Types.int))
    return m.module
  }

  // MARK: enum

  /// `_enum`: gives a class a class of its own, whose methods come from a dict. Only the library uses it.
  static func makeEnumSupport(_ vm: VM) -> Module {
    let m = ModuleBuilder("_enum", "What enum needs from Swift.")
    m.add("set_metaclass(cls, name, methods, base=type, /)", "Makes a class an instance of a class of its own.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let type = o as? TypeObject, let methods = args[2].asDict else {
        throw .type("a class and a dict are needed")
      }
      let base = args.given(3)?.object as? TypeObject ?? Types.type
      let meta = TypeObject(args[1].string ?? "", module: type.module, bases: [base], layout: .type)
      var position = 0
      while let (name, method) = methods.next(&position) {
        if let text = name.asStr { meta.set(Symbol(text), method) }
      }
      type.customType = meta
      return .object(meta)
    }
    m.add("replaced(cls, /)", "Pairs of the names that the class body gave a value twice and their first values.") {
      (vm, args) throws(ExceptionObject) in
      let type = args[0].object as? TypeObject
      return .makeList((type?.replacedAttributes ?? []).map { .makeTuple([.str($0.name.str), $0.value]) })
    }
    return m.module
  }
}
