import Runtime

/// `abc`, `collections.abc`, `numbers`: classes that others count as instances of by what they can do.
enum AbstractModules {
  // MARK: abc

  static func makeABC(_ vm: VM) -> Module {
    let m = ModuleBuilder("abc", "Abstract base classes.")
    let meta = TypeObject("ABCMeta", module: "abc", bases: [Types.type], layout: .type)
    m.set("ABCMeta", meta)
    let base = TypeObject("ABC", module: "abc", bases: [Types.object], layout: .instance)
    base.checksAbstractMethods = true
    base.doc = "A base for classes with abstract methods."
    m.set("ABC", base)
    m.add("abstractmethod(funcobj, /)", "Marks a method that subclasses must define.") {
      (vm, args) throws(ExceptionObject) in
      try vm.setAttribute(args[0], Names.isabstractmethod, .bool(true))
      return args[0]
    }
    return m.module
  }

  // MARK: Classes that recognise others

  /// Whether instances of a class count.
  typealias Test = (TypeObject) -> Bool
  nonisolated(unsafe) private static var tests: [ObjectIdentifier: Test] = [:]

  private static let meta: TypeObject = {
    let meta = TypeObject("ABCMeta", module: "abc", bases: [Types.type], layout: .type)
    meta.set(
      Names.instancecheck,
      .object(
        NativeFunction("__instancecheck__(self, instance, /)") { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let type = o as? TypeObject else { return .bool(false) }
          return .bool(matches(vm.type(of: args[1]), type))
        }))
    meta.set(
      Names.subclasscheck,
      .object(
        NativeFunction("__subclasscheck__(self, subclass, /)") { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let type = o as? TypeObject else { return .bool(false) }
          guard case .object(let s) = args[1], let other = s as? TypeObject else {
            throw .type("issubclass() arg 1 must be a class")
          }
          return .bool(matches(other, type))
        }))
    return meta
  }()

  private static func matches(_ type: TypeObject, _ abstract: TypeObject) -> Bool {
    if type.isSubtype(of: abstract) { return true }
    return tests[ObjectIdentifier(abstract)]?(type) ?? false
  }

  /// `os.PathLike`: what has `__fspath__`.
  static func addPathLike(to m: ModuleBuilder) {
    _ = add(m, "PathLike") { $0.lookup(Symbol("__fspath__")) != nil }
  }

  private static func add(_ m: ModuleBuilder, _ name: String, base: TypeObject? = nil, _ test: @escaping Test)
    -> TypeObject
  {
    let type = TypeObject(name, module: m.module.name, bases: [base ?? Types.object], layout: .instance)
    type.customType = meta
    type.checksAbstractMethods = true
    let getItem = NativeFunction("__class_getitem__(cls, item, /)") { (vm, args) throws(ExceptionObject) in
      .object(GenericAlias(args[0], args[1].asTuple?.items ?? [args[1]]))
    }
    type.set(Names.classGetitem, .object(ClassMethodObject(.object(getItem))))
    tests[ObjectIdentifier(type)] = test
    m.set(name, type)
    return type
  }

  private static func has(_ names: Symbol...) -> Test {
    { type in
      names.allSatisfy { name in
        guard let found = type.lookup(name) else { return false }
        return !found.isNone
      }
    }
  }

  private static func among(_ types: TypeObject...) -> Test {
    { type in types.contains { type.isSubtype(of: $0) } }
  }

  /// Iterators that are written in Swift answer `next` without a method of that name.
  private static let nativeIterators: [TypeObject] = [
    Types.listIterator, Types.listReverseIterator, Types.tupleIterator, Types.strIterator, Types.bytesIterator,
    Types.rangeIterator, Types.setIterator, Types.dictKeyIterator, Types.dictValueIterator, Types.dictItemIterator,
    Types.dictReverseKeyIterator, Types.dictReverseValueIterator, Types.dictReverseItemIterator, Types.sequenceIterator,
    Types.callableIterator, Types.enumerate, Types.zip, Types.map, Types.filter, Types.reversed, Types.generator,
  ]

  private static func isIterator(_ type: TypeObject) -> Bool {
    type.module == "itertools" || nativeIterators.contains { $0 === type }
      || (type.lookup(Names.next) != nil && type.lookup(Names.iter) != nil)
  }

  static func makeCollections(_ vm: VM) -> Module {
    let m = ModuleBuilder("collections.abc", "What containers can do, as classes for isinstance.")
    let views: [TypeObject] = [Types.dictKeys, Types.dictValues, Types.dictItems]
    let iterable = add(m, "Iterable") { type in
      isIterator(type) || type.lookup(Names.iter).map { !$0.isNone } ?? false || views.contains { $0 === type }
        || type === DequeObject.type
    }
    _ = add(m, "Iterator", base: iterable, isIterator)
    _ = add(m, "Generator") { $0 === Types.generator }
    _ = add(m, "Reversible", base: iterable) {
      $0.lookup(Names.reversed) != nil || among(Types.list, Types.tuple, Types.str, Types.range, Types.dict)($0)
    }
    let sized = add(m, "Sized") { type in
      type.lookup(Names.len) != nil || views.contains { $0 === type } || type === DequeObject.type
    }
    let container = add(m, "Container") { type in
      type.lookup(Names.contains) != nil || views.contains { $0 === type } || type === DequeObject.type
    }
    _ = add(m, "Hashable") { type in type.lookup(Names.hash).map { !$0.isNone } ?? true }
    _ = add(m, "Callable") { type in
      type.lookup(Names.call) != nil
        || [Types.function, Types.builtinFunction, Types.method, Types.type, Types.methodDescriptor].contains {
          $0 === type
        }
    }
    let collection = add(m, "Collection", base: sized) { type in
      (type.lookup(Names.len) != nil && type.lookup(Names.iter) != nil && type.lookup(Names.contains) != nil)
        || views.contains { $0 === type } || type === DequeObject.type
    }
    _ = container
    let sequence = add(
      m, "Sequence", base: collection,
      among(Types.list, Types.tuple, Types.str, Types.range, Types.bytes, DequeObject.type))
    _ = add(m, "MutableSequence", base: sequence, among(Types.list, DequeObject.type))
    let set = add(m, "Set", base: collection, among(Types.set, Types.frozenset, Types.dictKeys, Types.dictItems))
    _ = add(m, "MutableSet", base: set, among(Types.set))
    let mapping = add(m, "Mapping", base: collection, among(Types.dict))
    _ = add(m, "MutableMapping", base: mapping, among(Types.dict))
    _ = add(m, "MappingView", base: sized, among(Types.dictKeys, Types.dictValues, Types.dictItems))
    _ = add(m, "KeysView", among(Types.dictKeys))
    _ = add(m, "ValuesView", among(Types.dictValues))
    _ = add(m, "ItemsView", among(Types.dictItems))
    _ = add(m, "ByteString", among(Types.bytes))
    return m.module
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
    m.add("set_metaclass(cls, name, methods, /)", "Makes a class an instance of a class of its own.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let type = o as? TypeObject, let methods = args[2].asDict else {
        throw .type("a class and a dict are needed")
      }
      let meta = TypeObject(args[1].string ?? "", module: "enum", bases: [Types.type], layout: .type)
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
