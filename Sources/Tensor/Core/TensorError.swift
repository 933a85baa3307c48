/// A mistake in a tensor operation: the Python exception it becomes, and PyTorch's message.
package struct TensorError: Error {
  package enum Kind: String {
    case runtime = "RuntimeError"
    case type = "TypeError"
    case value = "ValueError"
    case index = "IndexError"
    case notImplemented = "NotImplementedError"
    case overflow = "OverflowError"
    case zeroDivision = "ZeroDivisionError"
    case attribute = "AttributeError"
    case assertion = "AssertionError"
    case linAlg = "_LinAlgError"
    case memory = "MemoryError"
    case interrupt = "KeyboardInterrupt"
  }
  package var kind: Kind
  package var message: String
  /// The language's own exception, where one passed through the tensor core (raised in a hook or a custom backward).
  package var origin: AnyObject?

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package static func runtime(_ message: String) -> TensorError { TensorError(.runtime, message) }
  package static func index(_ message: String) -> TensorError { TensorError(.index, message) }
  package static func type(_ message: String) -> TensorError { TensorError(.type, message) }
  package static func value(_ message: String) -> TensorError { TensorError(.value, message) }
}
