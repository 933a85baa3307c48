/// A built-in context manager: `with` enters and leaves it without looking methods up.
open class ContextManager: Object {
  package override init() {
    super.init()
    family = .contextManager
  }

  /// The manager in a register's value, unless a class in a cell derives from it.
  static func of(_ value: Value) -> ContextManager? {
    guard case .object(let object) = value, object.family == .contextManager else { return nil }
    return unsafeDowncast(object, to: ContextManager.self)
  }

  /// What `as` binds.
  open func enter(_ vm: VM) throws(ExceptionObject) -> Value { .none }

  /// True swallows the exception; it is `.none` when the block ended well.
  open func exit(_ vm: VM, _ exception: Value) throws(ExceptionObject) -> Bool { false }
}
