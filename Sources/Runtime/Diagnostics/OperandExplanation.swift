import Language
import Tensor

/// What the operands of a failed tensor operator were, and a change to them that works.
struct OperandExplanation {
  let op: BinaryOperator?
  let left: Operand
  let right: Operand

  /// An operand with its source text, where that is known.
  struct Operand {
    let source: OperandSource?
    let tensor: Tensor?
    let fallback: String

    var name: String { source?.text ?? fallback }
    var tight: String { source?.tight ?? fallback }
  }

  init(_ operands: ExceptionObject.Operands, sources: (OperandSource, OperandSource)?) {
    op = operands.op
    left = Operand(source: sources?.0, tensor: operands.left.asTensor, fallback: "left operand")
    right = Operand(source: sources?.1, tensor: operands.right.asTensor, fallback: "right operand")
  }

  /// `[2, 3]`.
  static func shape(_ tensor: Tensor) -> String {
    "[" + Array(tensor.shape).map { String($0) }.joined(separator: ", ") + "]"
  }

  /// `w: [2, 3]  x: [5, 3]`, then the fix if there is one.
  var hints: [String] {
    guard let a = left.tensor, let b = right.tensor else { return [] }
    let showsTypes = a.dtype != b.dtype
    func note(_ operand: Operand, _ tensor: Tensor) -> String {
      "\(operand.name): \(OperandExplanation.shape(tensor))" + (showsTypes ? " \(tensor.dtype.name)" : "")
    }
    var lines = [note(left, a) + (left.name == right.name ? "" : "  " + note(right, b))]
    if left.source != nil, let fix = fix(a, b) { lines.append("hint: did you mean \(fix)?") }
    return lines
  }

  /// Source text of an operation that works where this one failed.
  private func fix(_ a: Tensor, _ b: Tensor) -> String? {
    guard let op else { return nil }
    switch op {
    case .matmul: return ShapeFixes.matmul(a.shape, b.shape, left, right) ?? typeFix(a, b)
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .bitAnd, .bitOr, .bitXor, .leftShift,
      .rightShift:
      return ShapeFixes.broadcast(a.shape, b.shape, op, left, right)
    }
  }

  /// Matrix products do not promote: one operand takes the floating type of the other.
  private func typeFix(_ a: Tensor, _ b: Tensor) -> String? {
    guard ShapeFixes.matmulShape(Array(a.shape), Array(b.shape)) != nil, a.dtype != b.dtype else { return nil }
    if let method = conversion(a.dtype) { return "\(left.tight) @ \(right.tight).\(method)()" }
    if let method = conversion(b.dtype) { return "\(left.tight).\(method)() @ \(right.tight)" }
    return nil
  }

  /// The method that converts to a floating type.
  private func conversion(_ type: DType) -> String? {
    switch type {
    case .float16: return "half"
    case .bfloat16: return "bfloat16"
    case .float32: return "float"
    case .float64: return "double"
    case .bool, .uint8, .int8, .int16, .int32, .int64: return nil
    }
  }
}
