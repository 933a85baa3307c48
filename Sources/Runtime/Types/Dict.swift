/// A dictionary in insertion order, keyed by any hashable value.
package final class Dict: Object {
  package override init() {}
  package override var builtinType: TypeObject { Types.dict }

  private var keys: [Value] = []
  private var items: [Value] = []

  package final var count: Int { keys.count }

  /// Entries ever removed or inserted out of place; iteration compares it ("changed size during iteration" uses `count`).
  package final var position: Int { keys.count }

  /// The value of a key, nil when absent. Raises for unhashable keys.
  package final func get(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    throw .notImplemented("dict is not written yet")
  }
  package final func set(_ key: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) {
    throw .notImplemented("dict is not written yet")
  }
  /// The removed value, nil when absent.
  package final func remove(_ key: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    throw .notImplemented("dict is not written yet")
  }
  /// String keys need no calls into the language, so these cannot raise.
  package final func get(_ key: Str) -> Value? { nil }
  package final func set(_ key: Str, _ value: Value) {}
  package final func remove(_ key: Str) -> Value? { nil }
  /// The next entry at or after `position`, which advances past it; nil at the end. Starts from 0.
  package final func next(_ position: inout Int) -> (key: Value, value: Value)? { nil }
  package final func removeAll() {}
  package final func copy() -> Dict { Dict() }
}
