/// Element types. The raw value is also the row of the C kernel tables.
package enum DType: UInt8, CaseIterable, Sendable {
  case bool, uint8, int8, int16, int32, int64, float16, bfloat16, float32, float64

  /// Bytes per element.
  @inline(__always) package var size: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .int16, .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  @inline(__always) package var isFloating: Bool { rawValue >= DType.float16.rawValue }
  @inline(__always) package var isInteger: Bool { !isFloating && self != .bool }

  /// `float32`, as in `torch.float32`.
  package var name: String {
    switch self {
    case .bool: "bool"
    case .uint8: "uint8"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .float16: "float16"
    case .bfloat16: "bfloat16"
    case .float32: "float32"
    case .float64: "float64"
    }
  }

  /// The name PyTorch's messages use: `Float`, `Long`, `Bool` …
  package var scalarTypeName: String {
    switch self {
    case .bool: "Bool"
    case .uint8: "Byte"
    case .int8: "Char"
    case .int16: "Short"
    case .int32: "Int"
    case .int64: "Long"
    case .float16: "Half"
    case .bfloat16: "BFloat16"
    case .float32: "Float"
    case .float64: "Double"
    }
  }

  /// What `torch.get_default_dtype()` gives; float32 until `set_default_dtype`.
  nonisolated(unsafe) package static var defaultFloat: DType = .float32
}
