import Tensor

/// The attributes of classes: `__name__`, `__mro__`, `mro()` …
enum TypeMethods {
  static func install() {
    ObjectModel.whenUsed(Types.type, build)
    ObjectModel.whenUsed(Types.genericAlias, generics)
    Types.genericAlias.construct = NativeFunction("GenericAlias(origin, args, /)", "`origin[args]`, for annotations.") {
      (_, args) throws(ExceptionObject) in
      .object(GenericAlias(args[0], args[1].asTuple?.items ?? [args[1]]))
    }
    ObjectModel.whenUsed(Types.unionType) {
      ObjectModel.property(
        Types.unionType, "__args__",
        { (_, value) throws(ExceptionObject) in
          .makeTuple((value.object as? UnionObject)?.members ?? [])
        })
    }
    for type in [Types.list, Types.dict, Types.tuple, Types.set, Types.frozenset, Types.type] {
      ObjectModel.whenUsed(type) {
        let make = NativeFunction("__class_getitem__(cls, item, /)") { (_, args) throws(ExceptionObject) in
          .object(GenericAlias(args[0], args[1].asTuple?.items ?? [args[1]]))
        }
        type.attributes.set(Names.classGetitem, .object(ClassMethodObject(.object(make))))
      }
    }
  }

  private static func build() {
    let type = Types.type
    property(
      "__name__", { (_, t) throws(ExceptionObject) in .text(t.name) },
      set: { (vm, t, value) throws(ExceptionObject) in
        guard let name = value.string else {
          throw .type("can only assign string to \(t.name).__name__, not '\(vm.typeName(value))'")
        }
        t.name = name
        t.messageName = name
      })
    property(
      "__qualname__", { (_, t) throws(ExceptionObject) in .text(t.qualifiedName) },
      set: { (_, t, value) throws(ExceptionObject) in t.qualifiedName = value.string ?? t.qualifiedName })
    property(
      "__module__", { (_, t) throws(ExceptionObject) in t.attributes[Names.module] ?? .text(t.module) },
      set: { (_, t, value) throws(ExceptionObject) in t.set(Names.module, value) })
    property("__mro__") { (_, t) throws(ExceptionObject) in .makeTuple(t.mro.map { .object($0) }) }
    property("__bases__") { (_, t) throws(ExceptionObject) in .makeTuple(t.bases.map { .object($0) }) }
    property("__base__") { (_, t) throws(ExceptionObject) in t.bases.first.map { .object($0) } ?? .none }
    property("__dict__") { (_, t) throws(ExceptionObject) in
      for name in t.loadableNames?() ?? [] { _ = t.own(Symbol(name)) }
      return .object(MappingProxy(attributes(t)))
    }
    property(
      "__doc__",
      { (_, t) throws(ExceptionObject) in
        if t.isUserDefined, let doc = t.attributes[Names.doc] { return doc }
        return t.doc.map { .text($0) } ?? .none
      },
      set: { (_, t, value) throws(ExceptionObject) in
        t.doc = value.string
        t.set(Names.doc, value)
      })
    property("__abstractmethods__") { (vm, t) throws(ExceptionObject) in
      guard t.checksAbstractMethods else { throw vm.noAttribute(.object(t), Names.abstractmethods) }
      let set = SetObject(frozen: true)
      for name in t.abstractNames { try set.add(.text(name), vm) }
      return .object(set)
    }
    property("__text_signature__") { (_, t) throws(ExceptionObject) in
      t.construct.map { f in f.text.firstIndex(of: "(").map { .text(String(f.text[$0...])) } ?? .none } ?? .none
    }
    property(
      "__annotations__",
      { (_, t) throws(ExceptionObject) in
        if let known = t.attributes[Names.annotations] { return known }
        let made = Value.dict(Dict())
        t.attributes.set(Names.annotations, made)
        return made
      },
      set: { (_, t, value) throws(ExceptionObject) in t.set(Names.annotations, value) })
    ObjectModel.wrapper(type, "mro(self, /)") { (_, args) throws(ExceptionObject) in
      guard let t = args[0].object as? TypeObject else { return .none }
      return .makeList(t.mro.map { .object($0) })
    }
    ObjectModel.wrapper(type, "__subclasses__(self, /)") { (_, args) throws(ExceptionObject) in
      guard let t = args[0].object as? TypeObject else { return .none }
      return .makeList(t.subclasses.map { .object($0) })
    }
    ObjectModel.wrapper(type, "__call__(self, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
      guard let t = args[0].object as? TypeObject else { return .none }
      return try vm.instantiatePlainly(t, args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
    }
    ObjectModel.wrapper(type, "__instancecheck__(self, instance, /)") { (vm, args) throws(ExceptionObject) in
      guard let t = args[0].object as? TypeObject else { return .bool(false) }
      return .bool(vm.isInstance(args[1], t))
    }
    ObjectModel.wrapper(type, "__subclasscheck__(self, subclass, /)") { (_, args) throws(ExceptionObject) in
      guard let t = args[0].object as? TypeObject, let s = args[1].object as? TypeObject else { return .bool(false) }
      return .bool(s.isSubtype(of: t))
    }
  }

  /// A class's own attributes in CPython's order: the module first; `__dict__`, `__weakref__` and a doc that is None last.
  static func attributes(_ t: TypeObject) -> Dict {
    let result = Dict()
    func add(_ name: Symbol) {
      if let value = t.attributes[name] { result.set(name.str, value) }
    }
    guard t.isUserDefined else {
      t.attributes.names.forEach(add)
      return result
    }
    let isUndocumented = t.attributes[Names.doc]?.isNone ?? true
    add(Names.module)
    add(Names.annotations)
    if !isUndocumented { add(Names.doc) }
    let last = [Names.doc, Names.hash]
    for name in t.attributes.names
    where !last.contains(name) || name == Names.hash && t.attributes[name]?.isNone == false {
      add(name)
    }
    if t.slotNames == nil, !t.mro.dropFirst().contains(where: { $0.isUserDefined && $0.slotNames == nil }) {
      for name in [Names.dict, Names.weakref] {
        let descriptor = NativeProperty(name.text, "") { (vm, value) throws(ExceptionObject) in
          try vm.getAttribute(value, name)
        }
        descriptor.ownerName = t.name
        result.set(name.str, .object(descriptor))
      }
    }
    for name in last { add(name) }
    return result
  }

  private static func generics() {
    ObjectModel.property(
      Types.genericAlias, "__origin__",
      { (_, value) throws(ExceptionObject) in
        (value.object as? GenericAlias)?.origin ?? .none
      })
    ObjectModel.property(
      Types.genericAlias, "__args__",
      { (_, value) throws(ExceptionObject) in
        .makeTuple((value.object as? GenericAlias)?.arguments ?? [])
      })
    ObjectModel.method(Types.genericAlias, "__call__(self, /, *args, **kwargs)") {
      (vm, args) throws(ExceptionObject) in
      guard let alias = args[0].object as? GenericAlias else { return .none }
      return try vm.call(alias.origin, args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
    }
  }

  private static func property(
    _ name: String, _ get: @escaping (VM, TypeObject) throws(ExceptionObject) -> Value,
    set: ((VM, TypeObject, Value) throws(ExceptionObject) -> Void)? = nil
  ) {
    var store: ((VM, Value, Value) throws(ExceptionObject) -> Void)?
    if let set {
      store = { (vm, value, new) throws(ExceptionObject) in
        guard let type = value.object as? TypeObject else { return }
        if !type.isUserDefined && type.module == "builtins" {
          throw .type("cannot set '\(name)' attribute of immutable type '\(type.name)'")
        }
        try set(vm, type, new)
      }
    }
    ObjectModel.property(
      Types.type, name,
      { (vm, value) throws(ExceptionObject) in
        guard let type = value.object as? TypeObject else { return .none }
        return try get(vm, type)
      }, set: store)
  }
}
