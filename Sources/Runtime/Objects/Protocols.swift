import Language
import Tensor

// What the VM and the library ask of any value. Each group moves to a file of its own as it is written.

extension VM {
  private func missing(_ what: String) -> ExceptionObject { .notImplemented("\(what) is not written yet") }

  // Types
  package func type(of value: Value) -> TypeObject { Types.object }
  package func isInstance(_ value: Value, _ type: TypeObject) -> Bool { self.type(of: value).isSubtype(of: type) }

  // Text
  package func repr(_ value: Value) throws(ExceptionObject) -> String { throw missing("repr") }
  package func str(_ value: Value) throws(ExceptionObject) -> String { throw missing("str") }
  package func format(_ value: Value, _ spec: String) throws(ExceptionObject) -> String { throw missing("format") }
  /// As IPython shows a cell's value: its pretty printer, 79 columns.
  package func pretty(_ value: Value) throws(ExceptionObject) -> String { throw missing("pretty") }

  // Truth, equality, order
  package func isTrue(_ value: Value) throws(ExceptionObject) -> Bool { throw missing("truth") }
  package func equal(_ a: Value, _ b: Value) throws(ExceptionObject) -> Bool { throw missing("==") }
  package func isIdentical(_ a: Value, _ b: Value) -> Bool { false }
  package func hash(_ value: Value) throws(ExceptionObject) -> Int { throw missing("hash") }
  package func compare(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    throw missing("comparison")
  }
  package func contains(_ container: Value, _ item: Value) throws(ExceptionObject) -> Bool { throw missing("in") }

  // Arithmetic, every type and dunder; the VM calls these when its fast paths do not apply
  package func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    throw missing("arithmetic")
  }
  package func inplace(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    throw missing("arithmetic")
  }
  package func unary(_ op: UnaryOperator, _ a: Value) throws(ExceptionObject) -> Value { throw missing("arithmetic") }

  // Attributes
  package func getAttribute(_ value: Value, _ name: Symbol) throws(ExceptionObject) -> Value {
    throw missing("attribute access")
  }
  /// nil instead of AttributeError.
  package func attribute(_ value: Value, _ name: Symbol) throws(ExceptionObject) -> Value? {
    throw missing("attribute access")
  }
  package func setAttribute(_ object: Value, _ name: Symbol, _ value: Value) throws(ExceptionObject) {
    throw missing("attribute access")
  }
  package func deleteAttribute(_ object: Value, _ name: Symbol) throws(ExceptionObject) {
    throw missing("attribute access")
  }

  // Items and iteration
  package func getItem(_ container: Value, _ index: Value) throws(ExceptionObject) -> Value { throw missing("items") }
  package func setItem(_ container: Value, _ index: Value, _ value: Value) throws(ExceptionObject) {
    throw missing("items")
  }
  package func deleteItem(_ container: Value, _ index: Value) throws(ExceptionObject) { throw missing("items") }
  package func length(_ value: Value) throws(ExceptionObject) -> Int { throw missing("len") }
  /// The iterator of a value; raises TypeError "'int' object is not iterable".
  package func iterator(_ value: Value) throws(ExceptionObject) -> Value { throw missing("iteration") }
  /// The next item, nil at the end (StopIteration is consumed).
  package func next(_ iterator: Value) throws(ExceptionObject) -> Value? { throw missing("iteration") }
  /// All items of an iterable.
  package func items(_ iterable: Value) throws(ExceptionObject) -> [Value] { throw missing("iteration") }

  // Classes
  /// `class Name(bases, keywords): body` after the body ran into `namespace`.
  package func makeClass(
    _ name: String, bases: [Value], namespace: Attributes, keywords: [(Symbol, Value)], qualifiedName: String,
    module: String
  ) throws(ExceptionObject) -> Value { throw missing("class") }
  /// Calls a class: `__new__`, then `__init__`.
  package func instantiate(
    _ type: TypeObject, _ arguments: [Value], _ keywords: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value { throw missing("instantiation") }
}

/// A built-in iterator: zip, enumerate, a list's … The VM's `for` calls `next` directly.
package class IteratorObject: Object {
  /// The next item, or nil at the end; called again after the end it stays at the end.
  package func next(_ vm: VM) throws(ExceptionObject) -> Value? { nil }
  /// How many items are still to come, where that is known.
  package var lengthHint: Int? { nil }
}
