import Runtime
import Tensor

/// `np.dtype('float32')`.
package final class NumPyDType: Object {
  let dtype: DType

  private init(_ dtype: DType) {
    self.dtype = dtype
    super.init()
    customType = NumPyTypes.dtype
  }

  nonisolated(unsafe) private static let all: [NumPyDType] = DType.allCases.map { NumPyDType($0) }
  static func of(_ dtype: DType) -> Value { .object(all[Int(dtype.rawValue)]) }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "dtype('\(dtype.name)')" }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { dtype.name }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? { Int(dtype.rawValue) + 7919 }
  package override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    guard let d = NumPyDType.parse(other) else { return false }
    return d == dtype
  }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "name": return .text(dtype.name)
    case "itemsize": return .int(dtype.size)
    case "kind": return .text(dtype == .bool ? "b" : dtype.isFloating ? "f" : dtype == .uint8 ? "u" : "i")
    case "char": return .text(character)
    case "num":
      let numbers: [DType: Int] = [
        .bool: 0, .int8: 1, .uint8: 2, .int16: 3, .int32: 5, .int64: 7, .float16: 23, .float32: 11,
      ]
      return .int(numbers[dtype] ?? 12)
    case "alignment": return .int(dtype.size)
    case "byteorder": return .text(dtype.size == 1 ? "|" : "=")
    case "names", "fields", "subdtype", "metadata": return Value.none
    case "shape": return .emptyTuple
    case "ndim": return .int(0)
    case "isnative": return .bool(true)
    case "hasobject": return .bool(false)
    case "type": return .object(NumPyTypes.scalar(dtype))
    case "str":
      return .text(
        (dtype.size == 1 ? "|" : "<") + (dtype == .bool ? "b" : dtype.isFloating ? "f" : dtype == .uint8 ? "u" : "i")
          + "\(dtype.size)")
    default: return nil
    }
  }

  private var character: String {
    switch dtype {
    case .bool: "?"
    case .uint8: "B"
    case .int8: "b"
    case .int16: "h"
    case .int32: "i"
    case .int64: "l"
    case .float16, .bfloat16: "e"
    case .float32: "f"
    case .float64: "d"
    }
  }

  /// The element type that a `dtype=` argument means; nil when it means none.
  static func parse(_ value: Value) -> DType? {
    if let text = value.string { return named(text) }
    guard case .object(let o) = value else { return nil }
    if let d = o as? NumPyDType { return d.dtype }
    if let d = o as? DTypeObject { return d.dtype == .bfloat16 ? nil : d.dtype }
    if o === Types.float || o === NumPyTypes.floating { return .float64 }
    if o === Types.int || o === NumPyTypes.integer { return .int64 }
    if o === Types.bool { return .bool }
    return NumPyTypes.scalarTypes.first { NumPyTypes.scalar($0) === o }
  }

  /// Whether `dtype=` names a type of NumPy's, whose single draws are NumPy's scalars; with Python's `int` they are ints.
  static func isNumPyScalar(_ value: Value?) -> Bool {
    guard case .object(let o)? = value else { return value != nil }
    return o !== Types.int && o !== Types.bool
  }

  private static func named(_ text: String) -> DType? {
    switch text {
    case "float", "f8", "<f8", "d", "double": .float64
    case "f4", "<f4", "f", "single": .float32
    case "f2", "<f2", "e", "half": .float16
    case "int", "i8", "<i8", "l", "q", "long": .int64
    case "i4", "<i4", "i", "intc": .int32
    case "i2", "<i2", "h", "short": .int16
    case "i1", "b", "byte": .int8
    case "u1", "B", "ubyte": .uint8
    case "?", "bool_": .bool
    default: DType.allCases.first { $0.name == text && $0 != .bfloat16 }
    }
  }

  /// As `parse`, with NumPy's error.
  static func require(_ value: Value, _ vm: VM) throws(ExceptionObject) -> DType {
    if let d = parse(value) { return d }
    if let text = value.string { throw .type("data type '\(text)' not understood") }
    throw .type("Cannot interpret '\(try vm.repr(value))' as a data type")
  }

  static func install() {
    NumPyTypes.dtype.construct = NativeFunction("dtype(dtype)", "An element type.") {
      (vm, args) throws(ExceptionObject) in
      if let texts = TextDType.parse(args[0]) { return .object(texts) }
      return of(try require(args[0], vm))
    }
  }
}
