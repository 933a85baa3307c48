/// A built-in iterator: zip, enumerate, a list's … The VM's `for` calls `next` directly.
open class IteratorObject: Object {
  /// The next item, or nil at the end; called again after the end it stays at the end.
  open func next(_ vm: VM) throws(ExceptionObject) -> Value? { nil }
  /// How many items are still to come, where that is known.
  open var lengthHint: Int? { nil }
}
