import BigInt
import Language
import Runtime
import Tensor

/// Operators with a tensor on one side: the VM knows those with tensors and plain numbers, here arrays and numbers of other
/// classes are turned into these.
enum TensorOperators {
  static func binary(_ vm: VM, _ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    guard let x = try operand(a), let y = try operand(b) else { return .notImplemented }
    return try vm.tensorBinary(op, x, y) ?? .notImplemented
  }

  static func inplace(_ vm: VM, _ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    guard case .tensor = a, let y = try operand(b) else { return .notImplemented }
    return try vm.tensorInplace(op, a, y) ?? .notImplemented
  }

  static func compare(_ vm: VM, _ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    guard let x = try operand(a), let y = try operand(b) else { return .notImplemented }
    return try vm.tensorCompare(op, x, y) ?? .notImplemented
  }

  static func unary(_ vm: VM, _ op: UnaryOperator, _ x: Tensor) throws(ExceptionObject) -> Value {
    if let result = try vm.tensorUnary(op, x) { return result }
    return .bool(try !TensorConversions.truth(x))
  }

  /// A tensor or a plain number; nil for what tensors do not work with.
  private static func operand(_ value: Value) throws(ExceptionObject) -> Value? {
    switch value {
    case .tensor, .float, .int, .bool: return value
    case .object(let o):
      if let n = o as? NumberLike { return ResultConversion.value(n.scalar) }
      if let a = o as? ArrayLike { return .tensor(try a.sharedTensor()) }
      if o is BigIntObject { throw .runtime("Overflow when unpacking long") }
      return nil
    case .instance(let i):
      guard let payload = i.payload else { return nil }
      switch payload {
      case .int, .float, .bool: return payload
      default: return nil
      }
    default: return nil
    }
  }
}
