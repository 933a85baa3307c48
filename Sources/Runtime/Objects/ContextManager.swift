/// A built-in context manager: `with` enters and leaves it without looking methods up.
open class ContextManager: Object {
  /// What `as` binds.
  open func enter(_ vm: VM) throws(ExceptionObject) -> Value { .none }

  /// True swallows the exception; it is `.none` when the block ended well.
  open func exit(_ vm: VM, _ exception: Value) throws(ExceptionObject) -> Bool { false }
}
