import Tensor

extension Instance {
  /// Changes when the class or one of its bases does.
  @inline(__always) var classVersion: UInt32 { customType.unsafelyUnwrapped.version }
}

// The misses of `loadAttr`, `storeAttr` and `loadMethod`: do the whole look-up, and remember what may be remembered.
extension VM {
  @inline(never) func loadAttribute(
    _ target: UnsafeMutablePointer<Value>, _ object: UnsafeMutablePointer<Value>, _ code: Code, name: Int, _ index: Int
  ) throws(ExceptionObject) {
    let symbol = code.names[name]
    if case .instance(let instance) = object.pointee, let type = instance.customType,
      let slot = instance.shape.slot(of: symbol), type.dispatch.getattribute == nil,
      type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true
    {
      let cache = code.cacheBase + index
      cache.pointee.shapeReference = instance.shape
      cache.pointee.typeVersion = type.version
      cache.pointee.slot = Int32(slot)
      target.pointee = instance.slots[slot]
      return
    }
    target.pointee = try getAttribute(object.pointee, symbol)
  }

  @inline(never) func storeAttribute(
    _ object: UnsafeMutablePointer<Value>, _ value: UnsafeMutablePointer<Value>, _ code: Code, name: Int, _ index: Int
  ) throws(ExceptionObject) {
    let symbol = code.names[name]
    if case .instance(let instance) = object.pointee, let type = instance.customType,
      let slot = instance.shape.slot(of: symbol), type.dispatch.setattr == nil,
      type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true
    {
      let cache = code.cacheBase + index
      cache.pointee.shapeReference = instance.shape
      cache.pointee.typeVersion = type.version
      cache.pointee.slot = Int32(slot)
      instance.slots[slot] = value.pointee
      return
    }
    if case .instance(let instance) = object.pointee, let type = instance.customType, instance.dictionary == nil,
      instance.shape.slot(of: symbol) == nil, type.dispatch.setattr == nil, type.slotNames == nil,
      type.lookup(symbol).map({ !mayBeDataDescriptor($0) }) ?? true
    {
      // A new attribute: the next instance that takes this step finds the shape it leads to.
      let cache = code.cacheBase + index
      let next = instance.shape.adding(symbol)
      cache.pointee.shapeReference = instance.shape
      cache.pointee.typeVersion = type.version
      cache.pointee.slot = -1
      cache.pointee.nextShape = next
      instance.shape = next
      instance.slots.append(value.pointee)
      type.slotsExpected = max(type.slotsExpected, instance.slots.count)
      return
    }
    try setAttribute(object.pointee, symbol, value.pointee)
  }

  @inline(never) func loadMethod(
    _ target: UnsafeMutablePointer<Value>, _ object: UnsafeMutablePointer<Value>, _ code: Code, name: Int,
    _ cache: UnsafeMutablePointer<InlineCache>
  ) throws(ExceptionObject) {
    let symbol = code.names[name]
    let receiver = object.pointee
    switch receiver {
    case .instance(let instance):
      if let type = instance.customType, type.dispatch.getattribute == nil, instance.dictionary == nil,
        instance.dictionary == nil,
        instance.shape.slot(of: symbol) == nil,
        let found = type.lookup(symbol), isPlainMethod(found)
      {
        cache.pointee.shapeReference = instance.shape
        cache.pointee.typeVersion = type.version
        cache.pointee.value = found
        target.pointee = found
        (target + 1).pointee = receiver
        return
      }
    case .str, .list, .tuple, .dict, .int, .float, .bool, .tensor:
      let plain: Bool
      if case .tensor(let tensor) = receiver { plain = tensor.attachment == nil } else { plain = true }
      if plain, let found = type(of: receiver).lookup(symbol), isPlainMethod(found) {
        cache.pointee.slot = -2 - Int32(object.tag)
        cache.pointee.value = found
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
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str, .list, .tuple, .dict, .tensor, .function:
      false
    }
  }
}
