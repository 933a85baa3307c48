import Runtime
import Tensor

/// `torch.float32`: one object per element type.
package final class DTypeObject: Object {
  let dtype: DType

  private init(_ dtype: DType) { self.dtype = dtype }

  package override var builtinType: TypeObject { TorchTypes.dtype }

  nonisolated(unsafe) private static let all: [DTypeObject] = DType.allCases.map { DTypeObject($0) }

  /// The dtype that a value is.
  static func dtype(_ value: Value) -> DType? {
    if case .object(let o) = value { return (o as? DTypeObject)?.dtype }
    return nil
  }

  static func of(_ dtype: DType) -> Value { .object(all[Int(dtype.rawValue)]) }

  /// The dtype of a name in `torch`: `float32`, or an alias such as `double`.
  static func named(_ name: String) -> DType? {
    switch name {
    case "float": .float32
    case "double": .float64
    case "half": .float16
    case "long": .int64
    case "int": .int32
    case "short": .int16
    default: DType.allCases.first { $0.name == name }
    }
  }

  static let names = DType.allCases.map(\.name) + ["float", "double", "half", "long", "int", "short"]

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "torch." + dtype.name }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "is_floating_point": .bool(dtype.isFloating)
    case "is_complex": .bool(false)
    case "is_signed": .bool(dtype != .bool && dtype != .uint8)
    case "itemsize": .int(dtype.size)
    default: nil
    }
  }
}
