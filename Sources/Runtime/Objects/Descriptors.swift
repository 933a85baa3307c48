import Tensor

/// `property(fget, fset, fdel, doc)`.
package final class PropertyObject: Object {
  package let getter: Value
  package let setter: Value
  package let deleter: Value
  package final var doc: Value
  /// The attribute it was bound to in a class body, for messages.
  package final var name: Symbol?

  package init(getter: Value, setter: Value = .none, deleter: Value = .none, doc: Value = .none) {
    self.getter = getter
    self.setter = setter
    self.deleter = deleter
    self.doc = doc
  }
  public override var builtinType: TypeObject { Types.property }
}

package final class StaticMethodObject: Object {
  package let function: Value
  package init(_ function: Value) { self.function = function }
  public override var builtinType: TypeObject { Types.staticMethod }
}

package final class ClassMethodObject: Object {
  package let function: Value
  package init(_ function: Value) { self.function = function }
  public override var builtinType: TypeObject { Types.classMethod }
}

/// An attribute of a built-in type computed in Swift: `x.shape`, `x.grad`. Without a setter it is read-only.
package final class NativeProperty: Object {
  package let name: Symbol
  package let doc: String
  package let get: (VM, Value) throws(ExceptionObject) -> Value
  package let set: ((VM, Value, Value) throws(ExceptionObject) -> Void)?
  /// For attributes of tensors: the same as `get`, without a look at what the receiver is.
  package final var ofTensor: ((VM, Tensor) throws(ExceptionObject) -> Value)?
  /// What `del` does, where it is allowed.
  package final var delete: ((VM, Value) throws(ExceptionObject) -> Void)?
  /// The type that repr names as the owner, where it is named.
  package final var ownerName: String?

  package init(
    _ name: String, _ doc: String = "", _ get: @escaping (VM, Value) throws(ExceptionObject) -> Value,
    set: ((VM, Value, Value) throws(ExceptionObject) -> Void)? = nil
  ) {
    self.name = Symbol(name)
    self.doc = doc
    self.get = get
    self.set = set
  }
  public override var builtinType: TypeObject { Types.getsetDescriptor }
}

/// The attribute behind one name of `__slots__`.
package final class SlotMember: Object {
  package let name: Symbol
  /// The class that reprs name.
  let owner: String
  package init(_ name: Symbol, of owner: String) {
    self.name = name
    self.owner = owner
  }
  public override var builtinType: TypeObject { Types.memberDescriptor }
}

/// `super()`: attributes of what follows `type` in the mro of the object's class, bound to the object.
package final class SuperObject: Object {
  package let thisClass: TypeObject
  /// An instance, or a class for class methods.
  package let receiver: Value
  package let receiverType: TypeObject
  let receiverIsClass: Bool

  /// Raises TypeError when `receiver` is neither an instance nor a subclass of `type`.
  package init(_ type: TypeObject, _ receiver: Value, _ vm: VM) throws(ExceptionObject) {
    thisClass = type
    self.receiver = receiver
    if case .object(let o) = receiver, let subclass = o as? TypeObject, subclass.isSubtype(of: type) {
      receiverType = subclass
      receiverIsClass = true
    } else {
      receiverType = vm.type(of: receiver)
      receiverIsClass = false
      guard receiverType.isSubtype(of: type) else {
        throw .type("super(type, obj): obj must be an instance or subtype of type")
      }
    }
    super.init()
  }
  public override var builtinType: TypeObject { Types.superType }

  /// nil when no class after `thisClass` has the attribute.
  package func attribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    if name == Names.classOf { return .object(Types.superType) }
    guard let start = receiverType.mro.firstIndex(where: { $0 === thisClass }) else { return nil }
    for type in receiverType.mro[(start + 1)...] {
      guard let found = type.own(name) else { continue }
      if receiverIsClass { return try vm.bindToClass(found, receiverType, name) }
      return try vm.bind(found, receiver, receiverType, name)
    }
    return nil
  }
}

/// How an attribute of a class acts when it is asked of an instance.
package enum DescriptorKind {
  /// No descriptor: the value itself.
  case plain
  /// Binds to the instance: a function, or a native whose first parameter is `self`.
  case method
  case staticMethod(StaticMethodObject)
  case classMethod(ClassMethodObject)
  case property(PropertyObject)
  case native(NativeProperty)
  case slot(SlotMember)
  /// A value whose class defines `__get__` (`isData`: or `__set__` or `__delete__`): that class.
  case custom(TypeObject, isData: Bool)

  @inline(__always) package init(_ value: Value) {
    switch value {
    case .function: self = .method
    case .object(let o): self = DescriptorKind(o)
    case .instance(let i): self = DescriptorKind(i.type)
    default: self = .plain
    }
  }

  private init(_ o: Object) {
    switch o {
    case let f as NativeFunction: self = f.isMethod ? .method : .plain
    case let p as PropertyObject: self = .property(p)
    case let p as NativeProperty: self = .native(p)
    case let s as StaticMethodObject: self = .staticMethod(s)
    case let c as ClassMethodObject: self = .classMethod(c)
    case let s as SlotMember: self = .slot(s)
    case is TypeObject, is BoundMethod: self = .plain
    default: self = DescriptorKind(o.type)
    }
  }

  private init(_ type: TypeObject) {
    let isData = type.ownMethod(Names.set) != nil || type.ownMethod(Names.delete) != nil
    self = isData || type.ownMethod(Names.get) != nil ? .custom(type, isData: isData) : .plain
  }

  /// Goes before an attribute of the instance itself.
  package var isData: Bool {
    switch self {
    case .property, .native, .slot: true
    case .custom(_, let isData): isData
    case .plain, .method, .staticMethod, .classMethod: false
    }
  }
}

extension VM {
  /// What a class attribute gives when asked of an instance.
  package func bind(
    _ found: Value, _ receiver: Value, _ type: TypeObject, _ name: Symbol
  ) throws(ExceptionObject) -> Value {
    switch DescriptorKind(found) {
    case .plain: return found
    case .method: return .object(BoundMethod(receiver, found))
    case .staticMethod(let s): return s.function
    case .classMethod(let c): return bindClassMethod(c, type)
    case .property(let p):
      guard !p.getter.isNone else {
        let name = p.name ?? name
        throw .attribute("property '\(name.text)' of '\(type.messageName)' object has no getter")
      }
      return try call(p.getter, [receiver])
    case .native(let p): return try p.get(self, receiver)
    case .slot(let s):
      guard case .instance(let i) = receiver, let value = i.own(s.name) else {
        throw noAttribute(receiver, s.name)
      }
      return value
    case .custom(let d, _):
      guard let get = d.lookup(Names.get) else { return found }
      return try call(get, [found, receiver, .object(type)])
    }
  }

  /// What a class attribute gives when asked of the class.
  package func bindToClass(_ found: Value, _ type: TypeObject, _ name: Symbol) throws(ExceptionObject) -> Value {
    switch DescriptorKind(found) {
    case .plain, .method, .property, .native, .slot: return found
    case .staticMethod(let s): return s.function
    case .classMethod(let c): return bindClassMethod(c, type)
    case .custom(let d, _):
      guard let get = d.lookup(Names.get) else { return found }
      return try call(get, [found, .none, .object(type)])
    }
  }

  private func bindClassMethod(_ method: ClassMethodObject, _ type: TypeObject) -> Value {
    // A class method around a property or another descriptor is past the subset; around anything else it binds the class.
    .object(BoundMethod(.object(type), method.function))
  }

  /// Calls a special method found on `type` for `receiver`.
  package func callSpecial(
    _ method: Value, _ receiver: Value, _ arguments: [Value] = []
  ) throws(ExceptionObject) -> Value {
    if isPlainMethod(method) {
      switch arguments.count {
      case 0: return try call(method, with: receiver)
      case 1: return try call(method, with: receiver, arguments[0])
      default: return try call(method, [receiver] + arguments)
      }
    }
    return try call(bind(method, receiver, type(of: receiver), Names.call), arguments)
  }

  /// As above, with one argument and no array.
  @inline(__always) package func callSpecial(
    _ method: Value, _ receiver: Value, with argument: Value
  ) throws(ExceptionObject) -> Value {
    if isPlainMethod(method) { return try call(method, with: receiver, argument) }
    return try callSpecial(method, receiver, [argument])
  }
}
