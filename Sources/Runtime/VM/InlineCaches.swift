import Tensor

// What the VM's loop reads of an instance, without retaining it.
extension Unmanaged<Instance> {
  /// Changes when the class or one of its bases does.
  @inline(__always) var classVersion: UInt32 {
    _withUnsafeGuaranteedRef { $0.customType.unsafelyUnwrapped.version }
  }
  @inline(__always) var classAddress: Unmanaged<TypeObject> {
    _withUnsafeGuaranteedRef { Unmanaged<TypeObject>.passUnretained($0.customType.unsafelyUnwrapped) }
  }
  @inline(__always) var shapeAddress: UnsafeRawPointer {
    _withUnsafeGuaranteedRef { UnsafeRawPointer(Unmanaged<Shape>.passUnretained($0.shape).toOpaque()) }
  }
  @inline(__always) var slots: UnsafeMutablePointer<Value> { _withUnsafeGuaranteedRef { $0.slots } }
}

// The misses of `loadAttr`, `storeAttr` and `loadMethod`: do the whole look-up, and remember what may be remembered.
extension VM {
  @inline(never) func loadAttribute(
    _ target: UnsafeMutablePointer<Value>, _ object: UnsafeMutablePointer<Value>, _ code: Code, name: Int,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) throws(ExceptionObject) {
    if object.tag == ValueLayout.object {
      if moduleAttribute(target, object, code.names[name], cache) { return }
    } else if object.tag == ValueLayout.tensor,
      object.reference(as: Tensor.self)._withUnsafeGuaranteedRef({ $0.attachment == nil })
    {
      if cache.pointee.slot == VM.propertySlot, let property = cache.pointee.owner {
        let property = unsafeDowncast(property, to: NativeProperty.self)
        if let get = property.ofTensor {
          target.pointee = try get(self, object.reference(as: Tensor.self).takeUnretainedValue())
        } else {
          target.pointee = try property.get(self, object.pointee)
        }
        return
      }
      if case .object(let found)? = Types.tensor.lookup(code.names[name]), let property = found as? NativeProperty {
        cache.remember(VM.propertySlot, owner: property)
        target.pointee = try property.get(self, object.pointee)
        return
      }
    }
    let symbol = code.names[name]
    if case .instance(let instance) = object.pointee, let type = instance.customType,
      let slot = instance.shape.slot(of: symbol), type.dispatch.getattribute == nil,
      type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true
    {
      cache.remember(instance, type, slot: slot)
      target.pointee = instance.slots[slot]
      return
    }
    target.pointee = try getAttribute(object.pointee, symbol)
  }

  /// A module's attribute, through the cache; false when the object is no module or has no such attribute yet.
  private func moduleAttribute(
    _ target: UnsafeMutablePointer<Value>, _ object: UnsafeMutablePointer<Value>, _ name: Symbol,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) -> Bool {
    if cache.pointee.slot == VM.moduleSlot, let owner = cache.pointee.owner,
      Unmanaged.passUnretained(owner).toOpaque() == object.reference(as: Object.self).toOpaque(),
      unsafeDowncast(owner, to: Module.self).attributes.version == cache.pointee.typeVersion
    {
      target.pointee = cache.pointee.value
      return true
    }
    guard case .object(let found) = object.pointee, let module = found as? Module, let value = module.attributes[name]
    else { return false }
    cache.remember(VM.moduleSlot, owner: module, version: module.attributes.version, value)
    target.pointee = value
    return true
  }

  /// A plain method of an object that has no attributes of its own (a set, a generator), through the cache; false for others.
  private func objectMethod(
    _ target: UnsafeMutablePointer<Value>, _ object: UnsafeMutablePointer<Value>, _ name: Symbol,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) -> Bool {
    guard case .object(let receiver) = object.pointee else { return false }
    let type = receiver.type
    if !(cache.pointee.slot == VM.methodSlot && cache.pointee.typeVersion == type.version
      && cache.pointee.owner === type)
    {
      switch receiver {
      case is ExceptionObject, is Module, is TypeObject, is SuperObject, is NativeFunction, is BoundMethod: return false
      default: break
      }
      guard type.dispatch.getattribute == nil, let found = type.lookup(name), isPlainMethod(found) else { return false }
      cache.remember(VM.methodSlot, owner: type, version: type.version, found)
    }
    (target + 1).copy(from: object)
    target.copy(from: cache.valueAddress)
    return true
  }

  // Marks of what a cache holds, beside slots (from 0) and built-in types' tags (from -2 down).
  private static let moduleSlot: Int32 = -100
  private static let propertySlot: Int32 = -101
  private static let methodSlot: Int32 = -103

  @inline(never) func storeAttribute(
    _ object: UnsafeMutablePointer<Value>, _ value: UnsafeMutablePointer<Value>, _ code: Code, name: Int,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) throws(ExceptionObject) {
    let symbol = code.names[name]
    if case .instance(let instance) = object.pointee, let type = instance.customType,
      let slot = instance.shape.slot(of: symbol), type.dispatch.setattr == nil,
      type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true
    {
      cache.remember(instance, type, slot: slot)
      instance.willChange()
      instance.slots[slot] = value.pointee
      return
    }
    if case .instance(let instance) = object.pointee, let type = instance.customType, instance.dictionary == nil,
      instance.slotCount < Instance.mostSlots, instance.shape.slot(of: symbol) == nil, type.dispatch.setattr == nil,
      type.slotNames == nil,
      type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true
    {
      // A new attribute: the next instance that takes this step finds the shape it leads to.
      let next = instance.shape.adding(symbol)
      cache.remember(instance, type, next: next)
      instance.willChange()
      instance.append(value, next)
      type.expectSlots(instance.slotCount)
      return
    }
    try setAttribute(object.pointee, symbol, value.pointee)
  }

  @inline(never) func loadMethod(
    _ target: UnsafeMutablePointer<Value>, _ object: UnsafeMutablePointer<Value>, _ code: Code, name: Int,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) throws(ExceptionObject) {
    let symbol = code.names[name]
    if object.tag == ValueLayout.object {
      if moduleAttribute(target, object, symbol, cache) {
        (target + 1).pointee = .unbound
        return
      }
      if objectMethod(target, object, symbol, cache) { return }
    }
    let receiver = object.pointee
    switch receiver {
    case .instance(let instance):
      if let type = instance.customType, type.dispatch.getattribute == nil, instance.dictionary == nil,
        let slot = instance.shape.slot(of: symbol)
      {
        // A function that stands in an attribute: it is called without the receiver.
        if !instance.slots[slot].isUnbound, type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true {
          cache.remember(instance, type, slot: slot)
          target.pointee = instance.slots[slot]
          (target + 1).setUnbound()
          return
        }
      } else if let type = instance.customType, type.dispatch.getattribute == nil, instance.dictionary == nil,
        let found = type.lookup(symbol), isPlainMethod(found)
      {
        cache.remember(instance, type, found)
        target.pointee = found
        (target + 1).pointee = receiver
        return
      }
    case .str, .list, .tuple, .dict, .int, .float, .bool, .tensor:
      let plain: Bool
      if case .tensor(let tensor) = receiver { plain = tensor.attachment == nil } else { plain = true }
      if plain, let found = type(of: receiver).lookup(symbol), isPlainMethod(found) {
        cache.remember(-2 - Int32(object.tag), found)
        target.pointee = found
        (target + 1).pointee = receiver
        return
      }
    case .unbound, .none, .notImplemented, .ellipsis, .function, .object:
      break
    }
    target.pointee = try getAttribute(receiver, symbol)
    (target + 1).pointee = .unbound
  }

  /// Found on a type, it binds to the instance as first argument.
  func isPlainMethod(_ value: Value) -> Bool {
    switch value {
    case .function: true
    case .object(let object): (object as? NativeFunction)?.isMethod ?? false
    default: false
    }
  }

  /// Whether a class attribute may take precedence over the instance's own; a wrong yes only costs the cache.
  private func mayBeDataDescriptor(_ value: Value) -> Bool {
    switch value {
    case .instance: true
    case .object(let object): !(object is NativeFunction || object is TypeObject)
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .list, .tuple, .dict, .tensor,
      .function:
      false
    }
  }
}
