import Language
import Tensor

/// What generic operations do with tensors, set by the library that knows their operations.
package enum TensorHooks {
  /// `a op b` where one is a tensor; `.notImplemented` when the other operand is none a tensor works with.
  nonisolated(unsafe) package static var binary: (VM, BinaryOperator, Value, Value) throws(ExceptionObject) -> Value = {
    (_, _, _, _) throws(ExceptionObject) in
    throw unavailable
  }
  /// `a op= b` in place where `a` is a tensor; `.notImplemented`: falls back to `a op b`.
  nonisolated(unsafe) package static var inplace: (VM, BinaryOperator, Value, Value) throws(ExceptionObject) -> Value =
    { (_, _, _, _) throws(ExceptionObject) in
      .notImplemented
    }
  nonisolated(unsafe) package static var unary: (VM, UnaryOperator, Tensor) throws(ExceptionObject) -> Value = {
    (_, _, _) throws(ExceptionObject) in throw unavailable
  }
  /// `a op b` elementwise for ==, !=, <, <=, >, >= where one is a tensor.
  nonisolated(unsafe) package static var compare:
    (VM, ComparisonOperator, Value, Value) throws(ExceptionObject) -> Value = { (_, _, _, _) throws(ExceptionObject) in
      throw unavailable
    }
  nonisolated(unsafe) package static var isTrue: (VM, Tensor) throws(ExceptionObject) -> Bool = {
    (_, _) throws(ExceptionObject) in throw unavailable
  }
  nonisolated(unsafe) package static var length: (VM, Tensor) throws(ExceptionObject) -> Int = {
    (_, _) throws(ExceptionObject) in throw unavailable
  }
  nonisolated(unsafe) package static var contains: (VM, Tensor, Value) throws(ExceptionObject) -> Bool = {
    (_, _, _) throws(ExceptionObject) in throw unavailable
  }
  nonisolated(unsafe) package static var getItem: (VM, Tensor, Value) throws(ExceptionObject) -> Value = {
    (_, _, _) throws(ExceptionObject) in throw unavailable
  }
  nonisolated(unsafe) package static var setItem: (VM, Tensor, Value, Value) throws(ExceptionObject) -> Void = {
    (_, _, _, _) throws(ExceptionObject) in throw unavailable
  }
  nonisolated(unsafe) package static var iterator: (VM, Tensor) throws(ExceptionObject) -> Value = {
    (_, _) throws(ExceptionObject) in throw unavailable
  }
  nonisolated(unsafe) package static var repr: (VM, Tensor) throws(ExceptionObject) -> String = {
    (_, _) throws(ExceptionObject) in throw unavailable
  }
  /// `format(tensor, spec)`.
  nonisolated(unsafe) package static var format: (VM, Tensor, String) throws(ExceptionObject) -> String = {
    (_, _, _) throws(ExceptionObject) in throw unavailable
  }

  private static var unavailable: ExceptionObject { .notImplemented("tensor operations are not loaded") }
}
