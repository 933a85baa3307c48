import Language

/// The special methods that a type's instances answer with, looked up once for the type's current version.
///
/// Entries hold only what the language or a library defines; a built-in type's own wrappers are left out (nil), because
/// the native path answers for them.
package final class DispatchTable {
  package let getattr: Value?
  package let getattribute: Value?
  package let setattr: Value?
  package let delattr: Value?
  package let call: Value?
  package let length: Value?
  package let truth: Value?
  package let getItem: Value?
  package let setItem: Value?
  package let deleteItem: Value?
  package let contains: Value?
  package let iter: Value?
  package let next: Value?
  package let equal: Value?
  package let notEqual: Value?
  package let hash: Value?
  package let repr: Value?
  package let str: Value?
  package let format: Value?
  /// Neither `__eq__` nor `__hash__`.
  let isEqualityIdentity: Bool
  /// `__add__` … written in the language, by `BinaryOperator.index`.
  let forwardFunctions: UnsafeMutablePointer<Unmanaged<Function>?>

  init(_ type: TypeObject) {
    func find(_ name: Symbol) -> Value? { type.ownMethod(name) }
    getattr = find(Names.getattr)
    getattribute = find(Names.getattribute)
    setattr = find(Names.setattr)
    delattr = find(Names.delattr)
    call = find(Names.call)
    length = find(Names.len)
    truth = find(Names.bool)
    getItem = find(Names.getitem)
    setItem = find(Names.setitem)
    deleteItem = find(Names.delitem)
    contains = find(Names.contains)
    iter = find(Names.iter)
    next = find(Names.next)
    equal = find(Names.eq)
    notEqual = find(Names.ne)
    hash = find(Names.hash)
    isEqualityIdentity = equal == nil && hash == nil
    repr = find(Names.repr)
    str = find(Names.str)
    format = find(Names.format)
    forwardFunctions = .allocate(capacity: BinaryOperator.allCases.count)
    for (i, op) in BinaryOperator.allCases.enumerated() {
      var function: Unmanaged<Function>?
      if case .function(let found)? = find(op.methodNames.forward) { function = Unmanaged.passRetained(found) }
      (forwardFunctions + i).initialize(to: function)
    }
  }

  deinit {
    for i in BinaryOperator.allCases.indices { forwardFunctions[i]?.release() }
    forwardFunctions.deallocate()
  }
}

extension TypeObject {
  /// A method found along the mro that is no built-in type's own wrapper.
  package func ownMethod(_ name: Symbol) -> Value? {
    guard let found = lookup(name) else { return nil }
    if case .object(let o) = found, let native = o as? NativeFunction, native.isSlotWrapper { return nil }
    return found
  }
}
