import Language
import Tensor

/// Small changes to two operands, tried on their shapes only; the first that works is offered.
enum ShapeFixes {
  typealias Operand = OperandExplanation.Operand

  /// For `a @ b`: transposing an operand, or swapping them.
  static func matmul(_ a: Dims, _ b: Dims, _ left: Operand, _ right: Operand) -> String? {
    let (x, y) = (Array(a), Array(b))
    guard matmulShape(x, y) == nil else { return nil }
    if let t = transposed(y), matmulShape(x, t) != nil { return "\(left.tight) @ \(right.tight)\(suffix(y))" }
    if let t = transposed(x), matmulShape(t, y) != nil { return "\(left.tight)\(suffix(x)) @ \(right.tight)" }
    if matmulShape(y, x) != nil { return "\(right.tight) @ \(left.tight)" }
    if x.isEmpty || y.isEmpty { return "\(left.tight) * \(right.tight)" }
    return nil
  }

  /// For elementwise operators: a transpose, a new dimension, or a matrix product where `*` was written. The result must
  /// have the shape of an operand, so that no outer product is offered.
  static func broadcast(
    _ a: Dims, _ b: Dims, _ op: BinaryOperator, _ left: Operand, _ right: Operand
  ) -> String? {
    let (x, y) = (Array(a), Array(b))
    guard broadcastShape(x, y) == nil else { return nil }
    func works(_ x: [Int], _ y: [Int]) -> Bool {
      guard let result = broadcastShape(x, y) else { return false }
      return result == x || result == y
    }
    let sign = op.rawValue
    for k in stride(from: y.count, to: 0, by: -1) where y.count < x.count {
      if works(x, Array(y[..<k]) + [1] + Array(y[k...])) {
        return "\(left.tight) \(sign) \(right.tight).unsqueeze(\(k == y.count ? -1 : k))"
      }
    }
    for k in stride(from: x.count, to: 0, by: -1) where x.count < y.count {
      if works(Array(x[..<k]) + [1] + Array(x[k...]), y) {
        return "\(left.tight).unsqueeze(\(k == x.count ? -1 : k)) \(sign) \(right.tight)"
      }
    }
    if op == .multiply, x.count >= 2 || y.count >= 2, matmulShape(x, y) != nil {
      return "\(left.tight) @ \(right.tight)"
    }
    if let t = transposed(y), works(x, t) { return "\(left.tight) \(sign) \(right.tight)\(suffix(y))" }
    if let t = transposed(x), works(t, y) { return "\(left.tight)\(suffix(x)) \(sign) \(right.tight)" }
    return nil
  }

  // MARK: Shapes

  /// The shape of a matrix product by torch.matmul's rules; nil when the sizes do not fit.
  static func matmulShape(_ a: [Int], _ b: [Int]) -> [Int]? {
    guard let inner = a.last, !b.isEmpty else { return nil }
    let rows = b.count == 1 ? b[0] : b[b.count - 2]
    guard inner == rows, let batch = broadcastShape(Array(a.dropLast(2)), Array(b.dropLast(2))) else { return nil }
    return batch + (a.count > 1 ? [a[a.count - 2]] : []) + (b.count > 1 ? [b[b.count - 1]] : [])
  }

  /// The common shape, nil when there is none.
  static func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
    var result: [Int] = []
    for i in 0..<max(a.count, b.count) {
      let x = i < a.count ? a[a.count - 1 - i] : 1
      let y = i < b.count ? b[b.count - 1 - i] : 1
      guard x == y || x == 1 || y == 1 else { return nil }
      result.append(x == 1 ? y : x)
    }
    return result.reversed()
  }

  private static func transposed(_ shape: [Int]) -> [Int]? {
    guard shape.count >= 2 else { return nil }
    return shape.dropLast(2) + [shape[shape.count - 1], shape[shape.count - 2]]
  }

  /// What transposes the last two dimensions: `.T` is for matrices only.
  private static func suffix(_ shape: [Int]) -> String { shape.count == 2 ? ".T" : ".mT" }
}
