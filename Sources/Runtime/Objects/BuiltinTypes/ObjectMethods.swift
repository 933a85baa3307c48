import Language
import Tensor

/// The methods of `object`, which every class inherits. They serve all memory layouts, so `int.__new__`, `list.__init__` and
/// `BaseException.__init__` are these too.
enum ObjectMethods {
  static func install() {
    // `object()` takes no attributes; classes decide for themselves.
    Types.object.slotNames = []
    ObjectModel.whenUsed(Types.object, build)
  }

  private static func build() {
    let object = Types.object
    construction(object)
    attributes(object)
    text(object)
    comparison(object)
    ObjectModel.property(
      object, "__class__", { (vm, value) throws(ExceptionObject) in .object(vm.type(of: value)) }, set: setClass)
    ObjectModel.property(object, "__dict__", dictionary)
    ObjectModel.property(
      object, "__doc__",
      { (vm, value) throws(ExceptionObject) in
        vm.type(of: value).doc.map { .text($0) } ?? .none
      })
    ObjectModel.wrapper(object, "__dir__(self, /)") { (vm, args) throws(ExceptionObject) in
      .makeList(vm.directory(args[0]).map { .text($0) })
    }
    ObjectModel.wrapper(object, "__sizeof__(self, /)") { (_, _) throws(ExceptionObject) in .int(16) }
  }

  private static func construction(_ object: TypeObject) {
    ObjectModel.wrapper(object, "__new__(cls, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let type = o as? TypeObject else {
        throw .type("object.__new__(X): X is not a type object (\(vm.typeName(args[0])))")
      }
      let arguments = args[1].asTuple?.items ?? []
      let keywords = pairs(args[2])
      guard type.isUserDefined else { return try vm.constructBuiltin(type, type, arguments, keywords) }
      if type.layout == .instance, !(arguments.isEmpty && keywords.isEmpty) {
        if type.ownMethod(Names.new) != nil {
          throw .type("object.__new__() takes exactly one argument (the type to instantiate)")
        }
        if type.ownMethod(Names.initialize) == nil { throw .type("\(type.name)() takes no arguments") }
      }
      return try vm.makeInstance(type, arguments, keywords)
    }
    ObjectModel.wrapper(object, "__init__(self, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
      let arguments = args[1].asTuple?.items ?? []
      let keywords = pairs(args[2])
      let type = vm.type(of: args[0])
      switch args[0] {
      case .object(let o):
        if let e = o as? ExceptionObject {
          if !keywords.isEmpty { throw .type("\(type.name)() takes no keyword arguments") }
          e.args = arguments
          return .none
        }
      case .instance(let i):
        switch type.layout {
        case .list, .dict, .set, .other:
          if let native = type.mro.first(where: { !$0.isUserDefined }), native.name != "frozenset" {
            if arguments.isEmpty && keywords.isEmpty && i.payload != nil { return .none }
            i.payload = try vm.constructBuiltin(type, native, arguments, keywords)
          }
          return .none
        case .int, .float, .str, .bytes, .tuple: return .none
        case .instance, .exception, .tensor, .type: break
        }
      default: return .none
      }
      if !(arguments.isEmpty && keywords.isEmpty) {
        if type.ownMethod(Names.initialize) != nil {
          throw .type("object.__init__() takes exactly one argument (the instance to initialize)")
        }
        if type.ownMethod(Names.new) == nil { throw .type("\(type.name)() takes no arguments") }
      }
      return .none
    }
    let initSubclass = NativeFunction("__init_subclass__(cls, /, **kwargs)") { (vm, args) throws(ExceptionObject) in
      if let dict = args[1].asDict, dict.count > 0 {
        let name = (args[0].object as? TypeObject)?.name ?? "type"
        throw .type("\(name).__init_subclass__() takes no keyword arguments")
      }
      return .none
    }
    object.attributes.set(Names.initSubclass, .object(ClassMethodObject(.object(initSubclass))))
  }

  static func pairs(_ value: Value) -> [(Symbol, Value)] {
    guard let dict = value.asDict else { return [] }
    var result: [(Symbol, Value)] = []
    var position = 0
    while let (key, value) = dict.next(&position) {
      if let name = key.asStr { result.append((Symbol(name), value)) }
    }
    return result
  }

  private static func attributes(_ object: TypeObject) {
    ObjectModel.wrapper(object, "__getattribute__(self, name, /)") { (vm, args) throws(ExceptionObject) in
      let name = try attributeName(args[1], vm)
      if let found = try vm.genericAttribute(args[0], vm.type(of: args[0]), name) { return found }
      throw vm.noAttribute(args[0], name)
    }
    ObjectModel.wrapper(object, "__setattr__(self, name, value, /)") { (vm, args) throws(ExceptionObject) in
      try vm.genericSetAttribute(args[0], vm.type(of: args[0]), attributeName(args[1], vm), args[2])
      return .none
    }
    ObjectModel.wrapper(object, "__delattr__(self, name, /)") { (vm, args) throws(ExceptionObject) in
      try vm.genericDeleteAttribute(args[0], vm.type(of: args[0]), attributeName(args[1], vm))
      return .none
    }
  }

  private static func attributeName(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Symbol {
    guard let text = value.asStr else {
      throw .type("attribute name must be string, not '\(vm.typeName(value))'")
    }
    return Symbol(text)
  }

  private static func text(_ object: TypeObject) {
    ObjectModel.wrapper(object, "__repr__(self, /)") { (vm, args) throws(ExceptionObject) in
      .text(try vm.nativeRepr(args[0]))
    }
    ObjectModel.wrapper(object, "__str__(self, /)") { (vm, args) throws(ExceptionObject) in
      if let e = args[0].object as? ExceptionObject { return .text(try ExceptionAttributes.text(e, vm)) }
      if let text = args[0].asStr { return .str(text) }
      return .text(try vm.repr(args[0]))
    }
    ObjectModel.wrapper(object, "__format__(self, format_spec, /)") { (vm, args) throws(ExceptionObject) in
      guard let spec = args[1].string else {
        throw .type("__format__() argument must be str, not \(vm.typeName(args[1]))")
      }
      if case .instance(let i) = args[0] {
        if spec.isEmpty { return .text(try vm.str(args[0])) }
        if let payload = i.payload { return .text(try vm.format(payload, spec)) }
        throw .type("unsupported format string passed to \(vm.typeName(args[0])).__format__")
      }
      return .text(try vm.format(args[0], spec))
    }
  }

  private static func comparison(_ object: TypeObject) {
    let operators: [ComparisonOperator] = [.equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual]
    for op in operators {
      ObjectModel.wrapper(object, "\(op.methodNames.forward.text)(self, value, /)") {
        (vm, args) throws(ExceptionObject) in
        if let answer = try vm.nativeCompare(op, args[0], args[1]) { return answer }
        if op == .equal { return vm.isIdentical(args[0], args[1]) ? .bool(true) : .notImplemented }
        if op == .notEqual, vm.isIdentical(args[0], args[1]) { return .bool(false) }
        return .notImplemented
      }
    }
    ObjectModel.wrapper(object, "__hash__(self, /)") { (vm, args) throws(ExceptionObject) in
      if case .instance(let i) = args[0] {
        if let payload = i.payload { return .int(try vm.hash(payload)) }
        return .int(Hashing.identity(i))
      }
      return .int(try vm.hash(args[0]))
    }
  }

  private static func setClass(_ vm: VM, _ value: Value, _ new: Value) throws(ExceptionObject) {
    guard case .object(let o) = new, let type = o as? TypeObject else {
      throw .type("__class__ must be set to a class, not '\(vm.typeName(new))' object")
    }
    guard case .instance(let i) = value, type.isUserDefined, i.type.layout == type.layout else {
      throw .type("__class__ assignment only supported for mutable types or ModuleType subclasses")
    }
    i.willChange()
    if i.dictionary == nil {
      var shape = type.rootShape
      for name in i.shape.names { shape = shape.adding(name) }
      i.shape = shape
    }
    i.customType = type
  }

  private static func dictionary(_ vm: VM, _ value: Value) throws(ExceptionObject) -> Value {
    if case .instance(let i) = value {
      if i.type.slotNames != nil || !i.type.isUserDefined && i.type.layout != .instance {
        throw vm.noAttribute(value, Names.dict)
      }
      return .dict(i.makeDictionary())
    }
    let copy = Dict()
    switch value {
    case .function, .tensor: break
    case .object(let o):
      if let module = o as? Module, let known = module.loadableNames {
        for name in known() where module.attributes[Symbol(name)] == nil { _ = try vm.attribute(value, Symbol(name)) }
      }
      guard o is ExceptionObject || o is Module || o is NativeFunction else { throw vm.noAttribute(value, Names.dict) }
    default: throw vm.noAttribute(value, Names.dict)
    }
    if let store = vm.attributeStore(value) {
      for name in store.names { copy.set(name.str, store[name] ?? .none) }
    }
    return .dict(copy)
  }
}

extension VM {
  /// What the built-in part of a value shows, whatever its class overrides: `super().__repr__()`.
  package func nativeRepr(_ value: Value) throws(ExceptionObject) -> String {
    switch value {
    case .instance(let i):
      guard let payload = i.payload else { return defaultRepr(value) }
      return try reprPayload(payload, i.type)
    case .object(let o): return try reprObject(o, value)
    default: return try repr(value)
    }
  }

  /// The names that `dir(value)` lists, sorted.
  package func directory(_ value: Value) -> [String] {
    var names: Set<String> = []
    func add(_ type: TypeObject) {
      for ancestor in type.mro {
        // First the names that can be loaded: asking for them may make some.
        for name in ancestor.loadableNames?() ?? [] { names.insert(name) }
        for name in ancestor.attributes.names { names.insert(name.text) }
      }
    }
    switch value {
    case .object(let o):
      if let module = o as? Module {
        for name in module.attributes.names { names.insert(name.text) }
        for name in module.loadableNames?() ?? [] { names.insert(name) }
        return names.sorted()
      }
      if let type = o as? TypeObject {
        add(type)
        return names.sorted()
      }
    case .instance(let i):
      for name in i.ownNames { names.insert(name.text) }
    default: break
    }
    if let store = attributeStore(value) {
      for name in store.names { names.insert(name.text) }
    }
    add(type(of: value))
    return names.sorted()
  }
}
