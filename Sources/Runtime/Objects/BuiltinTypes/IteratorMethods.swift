/// `__next__`, `__iter__` and `__length_hint__` of built-in iterators.
enum IteratorMethods {
  static func method(_ name: Symbol) -> NativeFunction? {
    switch name {
    case Names.next: next
    case Names.iter: iter
    case Names.lengthHint: lengthHint
    default: nil
    }
  }

  nonisolated(unsafe) private static let next = made("__next__(self, /)", "Implement next(self).") {
    (vm, args) throws(ExceptionObject) in
    if let item = try vm.next(args[0]) { return item }
    throw ExceptionObject(Types.stopIteration, [])
  }

  nonisolated(unsafe) private static let iter = made("__iter__(self, /)", "Implement iter(self).") {
    (_, args) throws(ExceptionObject) in args[0]
  }

  nonisolated(unsafe) private static let lengthHint = made("__length_hint__(self, /)", "How many items are to come.") {
    (_, args) throws(ExceptionObject) in
    .int((args[0].object as? IteratorObject)?.lengthHint ?? 0)
  }

  private static func made(_ signature: String, _ doc: String, _ body: @escaping NativeBody) -> NativeFunction {
    let function = NativeFunction(signature, doc, body)
    function.isSlotWrapper = true
    return function
  }
}
