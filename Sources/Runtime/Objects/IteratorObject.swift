/// A built-in iterator: zip, enumerate, a list's … The VM's `for` calls it directly.
open class IteratorObject: Object {
  package override init() {
    super.init()
    family = .iterator
  }

  /// The next item, or nil at the end; called again after the end it stays at the end.
  open func next(_ vm: VM) throws(ExceptionObject) -> Value? { nil }

  /// As `next`, with the item put into a register; false at the end. What loops use; overridden where it saves copies.
  func advance(_ vm: VM, into register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    guard let value = try next(vm) else { return false }
    register.pointee = value
    return true
  }

  /// As `advance` for an item that is a pair, which the loop takes apart at once: its halves go into two registers and no
  /// tuple is made. `.unsupported`: nothing was done, use `advance`.
  func advancePair(
    _ vm: VM, into first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> PairStep { .unsupported }

  open override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    IteratorMethods.method(name).map { .object(BoundMethod(.object(self), .object($0))) }
  }

  /// How many items are still to come, where that is known.
  open var lengthHint: Int? { nil }
}

enum PairStep { case pair, end, unsupported }
