/// A Python number as it meets a tensor: its category takes part in type promotion, its width does not.
package enum Scalar: Equatable {
  case bool(Bool)
  case int(Int)
  case float(Double)

  package var double: Double {
    switch self {
    case .bool(let b): b ? 1 : 0
    case .int(let i): Double(i)
    case .float(let d): d
    }
  }

  /// The dtype `torch.tensor(scalar)` would have.
  package var dtype: DType {
    switch self {
    case .bool: .bool
    case .int: .int64
    case .float: DType.defaultFloat
    }
  }
}
