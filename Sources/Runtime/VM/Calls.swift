extension VM {
  /// Calls anything callable.
  package func call(
    _ function: Value, _ arguments: [Value] = [], _ keywords: [(Symbol, Value)] = []
  ) throws(ExceptionObject) -> Value {
    throw .notImplemented("calls are not written yet")
  }

  /// Calls a method by name; raises AttributeError when there is none.
  package func callMethod(
    _ receiver: Value, _ name: Symbol, _ arguments: [Value] = []
  ) throws(ExceptionObject) -> Value {
    try call(getAttribute(receiver, name), arguments)
  }
}
