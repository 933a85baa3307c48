import Language
import Tensor

// Operators whose operands the loop's own fast paths do not take.
extension VM {
  /// target = x op y. True: a method in the language was entered and will give the result.
  @inline(never) func arithmetic(
    _ op: BinaryOperator, _ target: UnsafeMutablePointer<Value>, _ x: UnsafeMutablePointer<Value>,
    _ y: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> Bool {
    if let result = mixedFloats(op, x, y) {
      target.setFloat(result)
      return false
    }
    if x.tag == ValueLayout.tensor {
      if try tensorArithmetic(op, target, x, y) { return false }
    } else if y.tag == ValueLayout.tensor, let result = try tensorBinary(op, x.pointee, y.pointee) {
      target.pointee = result
      return false
    }
    if x.tag == ValueLayout.instance, let method = forwardMethod(op, x, y) {
      if try enterOperator(method, x, y, target: target) { return true }
      let result = try call(.function(method.takeUnretainedValue()), with: x.pointee, y.pointee)
      if case .notImplemented = result { throw unsupported(op.rawValue, x.pointee, y.pointee) }
      target.pointee = result
      return false
    }
    target.pointee = try binary(op, x.pointee, y.pointee)
    return false
  }

  /// The operator method in the language that decides alone: the right operand is of the same class or a plain number, so no
  /// reflected method comes before or after it.
  @inline(__always) private func forwardMethod(
    _ op: BinaryOperator, _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>
  ) -> Unmanaged<Function>? {
    let type = x.reference(as: Instance.self).classAddress
    if y.tag == ValueLayout.instance {
      if y.reference(as: Instance.self).classAddress.toOpaque() != type.toOpaque() { return nil }
    } else if y.tag != ValueLayout.int && y.tag != ValueLayout.float {
      return nil
    }
    return type._withUnsafeGuaranteedRef { $0.forwardFunction(op.index) }
  }

  /// target op= y.
  @inline(never) func inplaceArithmetic(
    _ op: BinaryOperator, _ target: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) {
    if let result = mixedFloats(op, target, y) {
      target.setFloat(result)
      return
    }
    if target.tag == ValueLayout.tensor, let result = try tensorInplace(op, target.pointee, y.pointee) {
      target.pointee = result
      return
    }
    target.pointee = try inplace(op, target.pointee, y.pointee)
  }

  /// The result where at least one operand is a float, the other an int that a double holds exactly, and Python's and C's
  /// results agree; also the true division of two such ints.
  @inline(__always) private func mixedFloats(
    _ op: BinaryOperator, _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>
  ) -> Double? {
    guard let a = exactDouble(x), let b = exactDouble(y) else { return nil }
    if x.tag == ValueLayout.int && y.tag == ValueLayout.int {
      return op == .divide && b != 0 ? a / b : nil
    }
    switch op {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return b != 0 ? a / b : nil
    case .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor: return nil
    }
  }

  @inline(__always) private func exactDouble(_ x: UnsafeMutablePointer<Value>) -> Double? {
    if x.tag == ValueLayout.float { return x.floatPayload }
    if x.tag == ValueLayout.int {
      let value = x.intPayload
      if value > -(1 << 53) && value < 1 << 53 { return Double(value) }
    }
    return nil
  }
}
