import Tensor

extension VM {
  // MARK: Reading

  package func getAttribute(_ value: Value, _ name: Symbol) throws(ExceptionObject) -> Value {
    if let found = try lookUp(value, name) { return found }
    throw noAttribute(value, name)
  }

  /// nil instead of AttributeError.
  package func attribute(_ value: Value, _ name: Symbol) throws(ExceptionObject) -> Value? {
    do throws(ExceptionObject) {
      return try lookUp(value, name)
    } catch {
      if error.type.isSubtype(of: Types.attributeError) { return nil }
      throw error
    }
  }

  /// The attribute by all rules; nil when there is none.
  private func lookUp(_ value: Value, _ name: Symbol) throws(ExceptionObject) -> Value? {
    switch value {
    case .instance(let i):
      let table = i.type.dispatch
      if table.getattribute != nil || table.getattr != nil { return try hooked(value, i.type, name) }
      return try genericAttribute(value, i.type, name)
    case .object(let o):
      if let type = o as? TypeObject { return try typeAttribute(type, name) }
      if let module = o as? Module { return try moduleAttribute(module, name) }
      if let parent = o as? SuperObject {
        if let found = try parent.attribute(name, self) { return found }
        return nil
      }
      let type = self.type(of: value)
      let table = type.dispatch
      if table.getattribute != nil || table.getattr != nil { return try hooked(value, type, name) }
      if let found = try genericAttribute(value, type, name) { return found }
      // A bound method has its function's attributes.
      if let method = o as? BoundMethod { return try lookUp(method.function, name) }
      return try o.nativeAttribute(name, self)
    case .tensor:
      let type = self.type(of: value)
      let table = type.dispatch
      if table.getattribute != nil || table.getattr != nil { return try hooked(value, type, name) }
      return try genericAttribute(value, type, name)
    default:
      return try genericAttribute(value, type(of: value), name)
    }
  }

  /// `__getattribute__`, then `__getattr__` when that raises AttributeError.
  private func hooked(_ value: Value, _ type: TypeObject, _ name: Symbol) throws(ExceptionObject) -> Value? {
    do throws(ExceptionObject) {
      if let method = type.dispatch.getattribute {
        return try callSpecial(method, value, with: .str(name.str))
      }
      if let found = try genericAttribute(value, type, name) { return found }
    } catch {
      guard type.dispatch.getattr != nil, error.type.isSubtype(of: Types.attributeError) else { throw error }
    }
    guard let method = type.dispatch.getattr else { return nil }
    return try callSpecial(method, value, with: .str(name.str))
  }

  /// What `object.__getattribute__` does: data descriptors of the class, the object's own attributes, the class's others.
  package func genericAttribute(
    _ value: Value, _ type: TypeObject, _ name: Symbol
  ) throws(ExceptionObject) -> Value? {
    guard let found = type.lookup(name) else { return ownAttribute(value, name) }
    if case .function = found {
      return ownAttribute(value, name) ?? .object(BoundMethod(value, found))
    }
    if DescriptorKind(found).isData { return try bind(found, value, type, name) }
    if let own = ownAttribute(value, name) { return own }
    return try bind(found, value, type, name)
  }

  /// An attribute that the object itself holds.
  package func ownAttribute(_ value: Value, _ name: Symbol) -> Value? {
    if case .instance(let i) = value {
      if let slot = i.shape.slot(of: name), !i.slots[slot].isUnbound { return i.slots[slot] }
      if i.dictionary == nil { return nil }
      return i.own(name)
    }
    return attributeStore(value)?[name]
  }

  /// The attributes of an object that is no `Instance`; nil when it has none yet or takes none.
  package func attributeStore(_ value: Value) -> Attributes? {
    switch value {
    case .function(let f): f.attributes
    case .tensor(let t): (t.attachment as? TensorAttachment)?.attributes
    case .object(let o):
      switch o {
      case let e as ExceptionObject: e.attributes
      case let f as NativeFunction: f.attributes
      case let m as Module: m.attributes
      case let t as TypeObject: t.attributes
      default: nil
      }
    default: nil
    }
  }

  private func typeAttribute(_ type: TypeObject, _ name: Symbol) throws(ExceptionObject) -> Value? {
    let meta = type.type
    let onMeta = meta.lookup(name)
    if let onMeta, DescriptorKind(onMeta).isData { return try bind(onMeta, .object(type), meta, name) }
    if let found = type.lookup(name) {
      if case .function = found { return found }
      return try bindToClass(found, type, name)
    }
    if let onMeta { return try bind(onMeta, .object(type), meta, name) }
    if let hook = meta.dispatch.getattr { return try callSpecial(hook, .object(type), with: .str(name.str)) }
    return nil
  }

  private func moduleAttribute(_ module: Module, _ name: Symbol) throws(ExceptionObject) -> Value? {
    if let known = module.attribute(name) { return known }
    if let found = try genericAttribute(.object(module), Types.module, name) { return found }
    if let hook = module.attributes[Names.getattr] { return try call(hook, [.str(name.str)]) }
    return nil
  }

  /// The AttributeError for a missing attribute, in CPython's words.
  package func noAttribute(_ value: Value, _ name: Symbol) -> ExceptionObject {
    let text = name.text
    if case .object(let o) = value {
      if let type = o as? TypeObject {
        return attributeError("type object '\(type.name)' has no attribute '\(text)'", value, name)
      }
      if let module = o as? Module {
        return attributeError("module '\(module.name)' has no attribute '\(text)'", value, name)
      }
    }
    return attributeError("'\(typeName(value))' object has no attribute '\(text)'", value, name)
  }

  private func attributeError(_ message: String, _ object: Value, _ name: Symbol) -> ExceptionObject {
    let error = ExceptionObject.attribute(message)
    let attributes = Attributes()
    attributes.set(Symbol("name"), .str(name.str))
    attributes.set(Symbol("obj"), object)
    error.attributes = attributes
    return error
  }

  // MARK: Writing

  package func setAttribute(_ object: Value, _ name: Symbol, _ value: Value) throws(ExceptionObject) {
    let type = self.type(of: object)
    if let method = type.dispatch.setattr {
      _ = try callSpecial(method, object, [.str(name.str), value])
      return
    }
    try genericSetAttribute(object, type, name, value)
  }

  /// What `object.__setattr__` does.
  package func genericSetAttribute(
    _ object: Value, _ type: TypeObject, _ name: Symbol, _ value: Value
  ) throws(ExceptionObject) {
    let found = type.lookup(name)
    if let found, try setThroughDescriptor(found, object, type, name, value) { return }
    switch object {
    case .instance(let i):
      if type.slotNames != nil || type === Types.object { throw slotError(type, name, found) }
      i.setOwn(name, value)
    case .function(let f):
      store(&f.attributes, name, value)
    case .tensor(let t):
      let attachment = TensorAttachment.of(t)
      if attachment.attributes == nil {
        // Older tensors lose the new attributes with an undo; those of a new one go with it.
        var made: Attributes?
        Changes.add(
          ActionRecord(
            attachment,
            undo: {
              made = attachment.attributes
              attachment.attributes = nil
            }, redo: { attachment.attributes = made }))
      }
      store(&attachment.attributes, name, value)
    case .object(let o):
      switch o {
      case let t as TypeObject: try setTypeAttribute(t, name, value)
      case let m as Module: m.attributes.set(name, value)
      case let e as ExceptionObject: store(&e.attributes, name, value)
      default: throw slotError(type, name, found)
      }
    default: throw slotError(type, name, found)
    }
  }

  private func store(_ attributes: inout Attributes?, _ name: Symbol, _ value: Value) {
    if attributes == nil { attributes = Attributes() }
    attributes?.set(name, value)
  }

  private func slotError(_ type: TypeObject, _ name: Symbol, _ found: Value?) -> ExceptionObject {
    found == nil
      ? .attribute("'\(type.messageName)' object has no attribute '\(name.text)'")
      : .attribute("'\(type.messageName)' object attribute '\(name.text)' is read-only")
  }

  private func setTypeAttribute(_ type: TypeObject, _ name: Symbol, _ value: Value) throws(ExceptionObject) {
    if !type.isUserDefined && type.module == "builtins" {
      throw .type("cannot set '\(name.text)' attribute of immutable type '\(type.name)'")
    }
    adopt(value, into: type)
    type.set(name, value)
  }

  /// False when the class attribute is no data descriptor.
  private func setThroughDescriptor(
    _ found: Value, _ object: Value, _ type: TypeObject, _ name: Symbol, _ value: Value
  ) throws(ExceptionObject) -> Bool {
    switch DescriptorKind(found) {
    case .plain, .method, .staticMethod, .classMethod: return false
    case .property(let p):
      if p.setter.isNone {
        throw .attribute("property '\((p.name ?? name).text)' of '\(type.messageName)' object has no setter")
      }
      _ = try call(p.setter, [object, value])
    case .native(let p):
      guard let set = p.set else {
        throw .attribute("attribute '\(name.text)' of '\(type.messageName)' objects is not writable")
      }
      try set(self, object, value)
    case .slot(let s):
      guard case .instance(let i) = object else { return false }
      i.setOwn(s.name, value)
    case .custom(let d, let isData):
      guard isData else { return false }
      guard let method = d.lookup(Names.set) else { throw .attribute("__set__") }
      _ = try call(method, [found, object, value])
    }
    return true
  }

  // MARK: Deleting

  package func deleteAttribute(_ object: Value, _ name: Symbol) throws(ExceptionObject) {
    let type = self.type(of: object)
    if let method = type.dispatch.delattr {
      _ = try callSpecial(method, object, with: .str(name.str))
      return
    }
    try genericDeleteAttribute(object, type, name)
  }

  /// What `object.__delattr__` does.
  package func genericDeleteAttribute(
    _ object: Value, _ type: TypeObject, _ name: Symbol
  ) throws(ExceptionObject) {
    if let found = type.lookup(name) {
      switch DescriptorKind(found) {
      case .plain, .method, .staticMethod, .classMethod: break
      case .property(let p):
        if p.deleter.isNone {
          throw .attribute("property '\((p.name ?? name).text)' of '\(type.messageName)' object has no deleter")
        }
        _ = try call(p.deleter, [object])
        return
      case .native(let p):
        if let delete = p.delete { return try delete(self, object) }
        throw .attribute("attribute '\(name.text)' of '\(type.messageName)' objects is not writable")
      case .slot(let s):
        if case .instance(let i) = object, i.removeOwn(s.name) { return }
        throw .attribute(name.text)
      case .custom(let d, let isData):
        if isData {
          guard let method = d.lookup(Names.delete) else { throw .attribute("__delete__") }
          _ = try call(method, [found, object])
          return
        }
      }
    }
    let removed: Bool
    switch object {
    case .instance(let i): removed = i.removeOwn(name)
    case .object(let o):
      if let t = o as? TypeObject {
        if !t.isUserDefined && t.module == "builtins" {
          throw .type("cannot set '\(name.text)' attribute of immutable type '\(t.name)'")
        }
        guard t.attributes[name] != nil else { throw noAttribute(object, name) }
        removed = t.remove(name)
      } else {
        removed = attributeStore(object)?.remove(name) ?? false
      }
    default: removed = attributeStore(object)?.remove(name) ?? false
    }
    if !removed {
      if case .instance = object { throw noAttribute(object, name) }
      throw noAttribute(object, name)
    }
  }

  // MARK: Inline caches

  /// How instances of `type` without an attribute `name` of their own find it, for a cache keyed by `type.version`.
  package func methodLookup(_ type: TypeObject, _ name: Symbol) -> MethodLookup {
    let table = type.dispatch
    if table.getattribute != nil { return .generic }
    guard let found = type.lookup(name) else { return table.getattr != nil ? .generic : .missing }
    switch DescriptorKind(found) {
    case .plain: return .value(found)
    case .method: return .method(found)
    case .native(let property): return .property(property)
    case .property(let property): return .getter(property.getter)
    case .slot, .staticMethod, .classMethod, .custom: return .generic
    }
  }
}

/// What the class of a receiver has under a name. Own attributes of the receiver come first, except before `.property` and
/// `.getter`.
package enum MethodLookup {
  /// Binds the receiver as first argument.
  case method(Value)
  /// A class attribute, given as it is. Not to be kept: assigning other data to it leaves the version as it is.
  case value(Value)
  /// Computed in Swift.
  case property(NativeProperty)
  /// A `property`'s function, called with the receiver.
  case getter(Value)
  /// Only `getAttribute` knows (`__getattr__`, descriptors written in the language, class methods …).
  case generic
  case missing
}
