import Language
import Tensor

extension VM {
  /// `class Name(bases, keywords): body` after the body ran into `namespace`.
  package func makeClass(
    _ name: String, bases: [Value], namespace: Attributes, keywords: [(Symbol, Value)], qualifiedName: String,
    module: String
  ) throws(ExceptionObject) -> Value {
    var keywords = keywords
    var parents = try baseClasses(bases, name)
    if !isSame(bases, parents) && namespace[Names.origBases] == nil {
      namespace.set(Names.origBases, .makeTuple(bases))
    }
    var metaclass: TypeObject?
    if let i = keywords.firstIndex(where: { $0.0 == ClassNames.metaclass }) {
      metaclass = try acceptMetaclass(keywords[i].1)
      keywords.remove(at: i)
    }
    let isAbstractBase = metaclass != nil || parents.contains { $0.checksAbstractMethods }
    if parents.isEmpty { parents = [Types.object] }
    let layout = try commonLayout(parents)
    let order = try linearize(name, parents)
    let type = TypeObject(name, module: module, bases: parents, layout: layout, qualifiedName: qualifiedName)
    type.isUserDefined = true
    type.checksAbstractMethods = isAbstractBase
    type.customType = try mostDerivedMetaclass(parents, metaclass)
    if type.customType != nil { type.replacedAttributes = namespace.replaced ?? [] }
    type.setMRO([type] + order)
    var cell: Cell?
    for attribute in namespace.names {
      guard let value = namespace[attribute] else { continue }
      if attribute == Names.classcell {
        if case .object(let o) = value { cell = o as? Cell }
        continue
      }
      if attribute == Names.qualname { continue }
      adopt(value, into: type)
      type.attributes.set(attribute, implicit(attribute, value))
      if attribute == Names.doc { type.doc = value.string }
    }
    if namespace[Names.module] == nil { type.attributes.set(Names.module, .text(module)) }
    if namespace[Names.doc] == nil { type.attributes.set(Names.doc, .none) }
    if namespace[Names.eq] != nil && namespace[Names.hash] == nil { type.attributes.set(Names.hash, .none) }
    try makeSlots(type, namespace)
    // Whatever was looked up while the attributes came in is looked up again.
    type.set(Names.module, type.attributes[Names.module] ?? .text(module))
    cell?.value = .object(type)
    collectAbstractNames(type)
    for attribute in namespace.names {
      guard let value = namespace[attribute] else { continue }
      if case .object(let o) = value, let property = o as? PropertyObject { property.name = property.name ?? attribute }
      switch value {
      case .instance, .object: try setName(value, type, attribute)
      default: break
      }
    }
    for parent in type.mro.dropFirst() {
      if let hook = parent.classHook { try hook(self, type) }
    }
    let receiver = Value.object(type)
    let parent = try SuperObject(type, receiver, self)
    if let hook = try parent.attribute(Names.initSubclass, self) { _ = try call(hook, [], keywords) }
    return receiver
  }

  /// Tells a descriptor the class and the name it stands under.
  private func setName(_ value: Value, _ owner: TypeObject, _ name: Symbol) throws(ExceptionObject) {
    let type = self.type(of: value)
    guard let hook = type.ownMethod(Names.setName) else { return }
    do throws(ExceptionObject) {
      _ = try callSpecial(hook, value, [.object(owner), .str(name.str)])
    } catch {
      let wrapped = ExceptionObject.runtime(
        "Error calling __set_name__ on '\(type.name)' instance '\(name.text)' in '\(owner.name)'")
      wrapped.cause = .object(error)
      throw wrapped
    }
  }

  /// Functions of a class body know their class, for `super()` without arguments.
  package func adopt(_ value: Value, into type: TypeObject) {
    switch value {
    case .function(let f):
      if f.definingClass == nil { f.definingClass = type }
    case .object(let o):
      switch o {
      case let p as PropertyObject:
        adopt(p.getter, into: type)
        adopt(p.setter, into: type)
        adopt(p.deleter, into: type)
      case let s as StaticMethodObject: adopt(s.function, into: type)
      case let c as ClassMethodObject: adopt(c.function, into: type)
      default: break
      }
    default: break
    }
  }

  /// `__new__` is a static method and `__init_subclass__` and `__class_getitem__` class methods without saying so.
  private func implicit(_ name: Symbol, _ value: Value) -> Value {
    guard case .function = value else { return value }
    if name == Names.new { return .object(StaticMethodObject(value)) }
    if name == Names.initSubclass || name == Names.classGetitem { return .object(ClassMethodObject(value)) }
    return value
  }

  private func baseClasses(_ bases: [Value], _ name: String) throws(ExceptionObject) -> [TypeObject] {
    var result: [TypeObject] = []
    for base in bases {
      var base = base
      if case .object(let o) = base, let alias = o as? GenericAlias { base = alias.origin }
      if case .instance(let i) = base, let entries = i.type.lookup(Names.mroEntries) {
        let replaced = try callSpecial(entries, base, [.makeTuple(bases)])
        for value in try items(replaced) { result += try baseClasses([value], name) }
        continue
      }
      guard case .object(let o) = base, let type = o as? TypeObject else {
        throw notAClass(base)
      }
      if !type.isBaseAllowed || ClassNames.finalTypes.contains(type.name) && !type.isUserDefined {
        throw .type("type '\(type.messageName)' is not an acceptable base type")
      }
      result.append(type)
    }
    for (i, type) in result.enumerated() where result[..<i].contains(where: { $0 === type }) {
      throw .type("duplicate base class \(type.name)")
    }
    return result
  }

  private func isSame(_ bases: [Value], _ parents: [TypeObject]) -> Bool {
    bases.count == parents.count && zip(bases, parents).allSatisfy { $0.object === $1 }
  }

  /// The error for a base that is no class: CPython calls the base's own type with the three arguments of a class.
  private func notAClass(_ base: Value) -> ExceptionObject {
    switch base {
    case .int: .type("int() takes at most 2 arguments (3 given)")
    case .bool: .type("bool expected at most 1 argument, got 3")
    case .float: .type("float expected at most 1 argument, got 3")
    case .list: .type("list expected at most 1 argument, got 3")
    case .tuple: .type("tuple expected at most 1 argument, got 3")
    case .dict: .type("dict expected at most 1 argument, got 3")
    case .str: .type("str() argument 'encoding' must be str, not tuple")
    case .none: .type("NoneType takes no arguments")
    case .function: .type("function() argument 'code' must be code, not str")
    default: .type("cannot derive a class from a value of type '\(typeName(base))'")
    }
  }

  /// A class of classes that a class statement may name; nil for `type`.
  private func acceptMetaclass(_ value: Value) throws(ExceptionObject) -> TypeObject? {
    if case .object(let o) = value, let type = o as? TypeObject {
      if type === Types.type { return nil }
      if type.name == "ABCMeta" { return type }
    }
    throw .notImplemented("metaclasses are not available in tnb")
  }

  /// A built-in class of classes (an enum's, `ABCMeta`) is inherited.
  private func mostDerivedMetaclass(
    _ parents: [TypeObject], _ given: TypeObject?
  ) throws(ExceptionObject) -> TypeObject? {
    var result = given
    for candidate in parents.lazy.compactMap(\.customType) {
      guard let winner = result, !candidate.isSubtype(of: winner) else {
        result = candidate
        continue
      }
      guard winner.isSubtype(of: candidate) else {
        throw .type(
          "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of "
            + "all its bases")
      }
    }
    return result
  }

  /// The memory layout that all bases share.
  private func commonLayout(_ bases: [TypeObject]) throws(ExceptionObject) -> TypeObject.Layout {
    var result = TypeObject.Layout.instance
    var solid: TypeObject?
    for base in bases where base.layout != .instance {
      let native = base.mro.first { !$0.isUserDefined }
      if result == .instance {
        result = base.layout
        solid = native
      } else if result != base.layout {
        throw .type("multiple bases have instance lay-out conflict")
      } else if let a = solid, let b = native, result == .other, !a.isSubtype(of: b), !b.isSubtype(of: a) {
        throw .type("multiple bases have instance lay-out conflict")
      }
    }
    return result
  }

  /// The C3 order of the bases, without the class itself.
  private func linearize(_ name: String, _ bases: [TypeObject]) throws(ExceptionObject) -> [TypeObject] {
    if bases.count == 1 { return bases[0].mro }
    var lists: [ArraySlice<TypeObject>] = bases.map { $0.mro[...] }
    lists.append(bases[...])
    var result: [TypeObject] = []
    while true {
      lists.removeAll { $0.isEmpty }
      if lists.isEmpty { return result }
      var next: TypeObject?
      for list in lists {
        guard let head = list.first else { continue }
        if !lists.contains(where: { $0.dropFirst().contains { $0 === head } }) {
          next = head
          break
        }
      }
      guard let next else {
        var names: [String] = []
        for list in lists {
          if let head = list.first, !names.contains(head.name) { names.append(head.name) }
        }
        throw .type(
          "Cannot create a consistent method resolution\norder (MRO) for bases \(names.joined(separator: ", "))")
      }
      result.append(next)
      for i in lists.indices where lists[i].first === next { lists[i] = lists[i].dropFirst() }
    }
  }

  private func makeSlots(_ type: TypeObject, _ namespace: Attributes) throws(ExceptionObject) {
    let inherited = type.bases.compactMap { $0.slotNames }
    let basesTakeAny = type.bases.contains { $0.isUserDefined && $0.slotNames == nil }
    guard let declared = namespace[Names.slots] else { return }
    var names: [Symbol] = []
    let values = declared.asStr != nil ? [declared] : try items(declared)
    for value in values {
      guard let text = value.asStr else {
        throw .type("__slots__ items must be strings, not '\(typeName(value))'")
      }
      let symbol = Symbol(text)
      if symbol == Names.dict || symbol == Names.weakref { continue }
      if namespace[symbol] != nil {
        throw .value("'\(symbol.text)' in __slots__ conflicts with class variable")
      }
      names.append(symbol)
      type.attributes.set(symbol, .object(SlotMember(symbol, of: type.name)))
    }
    let givesDict = values.contains { $0.string == "__dict__" }
    if !basesTakeAny && !givesDict { type.slotNames = inherited.flatMap { $0 } + names }
  }

  /// Notes which methods of a class, its own and inherited ones, are abstract.
  package func collectAbstractNames(_ type: TypeObject) {
    guard type.checksAbstractMethods else { return }
    var names: [String] = []
    for name in type.attributes.names {
      if let value = type.attributes[name], isAbstract(value) { names.append(name.text) }
    }
    for base in type.bases {
      for name in base.abstractNames where !names.contains(name) {
        if let value = type.lookup(Symbol(name)), isAbstract(value) { names.append(name) }
      }
    }
    type.abstractNames = names.sorted()
  }

  private func isAbstract(_ value: Value) -> Bool {
    switch value {
    case .function(let f):
      if case .bool(true)? = f.attributes?[Names.isabstractmethod] { return true }
      return false
    case .object(let o):
      switch o {
      case let p as PropertyObject: return isAbstract(p.getter) || isAbstract(p.setter) || isAbstract(p.deleter)
      case let s as StaticMethodObject: return isAbstract(s.function)
      case let c as ClassMethodObject: return isAbstract(c.function)
      default: return false
      }
    default: return false
    }
  }
}

enum ClassNames {
  static let metaclass = Symbol("metaclass")
  /// Built-in types that CPython lets no class derive from.
  static let finalTypes: Set<String> = [
    "bool", "range", "slice", "NoneType", "ellipsis", "NotImplementedType", "function", "method", "generator",
    "builtin_function_or_method", "cell", "dict_keys", "dict_values", "dict_items",
  ]
}
