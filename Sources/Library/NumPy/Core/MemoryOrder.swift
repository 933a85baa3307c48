import Runtime
import Tensor

/// What `order=` says: which index runs fastest.
enum MemoryOrder {
  /// `C`, `F`, `A` (by columns where the array is) and `K` (as in memory).
  case rows, columns, either, kept

  static func of(
    _ value: Value?, _ allowed: [String] = ["C", "F", "A", "K"], _ vm: VM
  ) throws(ExceptionObject) -> MemoryOrder {
    guard let value else { return .rows }
    guard let text = value.string else { throw .type("order must be str, not \(vm.typeName(value))") }
    let upper = text.uppercased()
    guard ["C", "F", "A", "K"].contains(upper) else {
      throw .value("order must be one of 'C', 'F', 'A', or 'K' (got '\(text)')")
    }
    guard allowed.contains(upper) else { throw .value("order 'K' is not permitted for reshaping") }
    switch upper {
    case "F": return .columns
    case "A": return .either
    case "K": return .kept
    default: return .rows
    }
  }

  static func of(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> MemoryOrder {
    try of(value, ["C", "F", "A", "K"], vm)
  }

  private static func turned(_ t: Tensor) -> Tensor { NumPyCore.permute(t, (0..<t.ndim).reversed()) }

  /// Whether the elements lie column after column, and not row after row as well.
  static func isByColumns(_ t: Tensor) -> Bool { !t.isContiguous && turned(t).isContiguous }

  /// A view whose elements, row after row, come in the order meant.
  static func rows(of t: Tensor, _ order: MemoryOrder) -> Tensor {
    switch order {
    case .rows: return t
    case .columns: return turned(t)
    case .either: return isByColumns(t) ? turned(t) : t
    case .kept:
      let axes = (0..<t.ndim).sorted { (a, b) in
        let (x, y) = (t.strides[a].magnitude, t.strides[b].magnitude)
        return x == y ? a < b : x > y
      }
      return NumPyCore.permute(t, axes)
    }
  }

  /// A copy laid out in this order; `like` says how where it depends on an array that was there before.
  func laid(_ t: Tensor, like: Tensor? = nil) -> Tensor {
    switch self {
    case .rows: return t
    case .columns: return MemoryOrder.turned(NumPyCore.copy(MemoryOrder.turned(t)))
    case .either, .kept: return like.map(MemoryOrder.isByColumns) ?? false ? MemoryOrder.columns.laid(t) : t
    }
  }
}
