import CKernels
import Language
import Tensor

extension TensorError {
  /// The Python exception that an operation's error becomes.
  package var exception: ExceptionObject {
    if let origin = origin as? ExceptionObject { return origin }
    let type: TypeObject
    switch kind {
    case .runtime: type = Types.runtimeError
    case .type: type = Types.typeError
    case .value: type = Types.valueError
    case .index: type = Types.indexError
    case .notImplemented: type = Types.notImplementedError
    case .overflow: type = Types.overflowError
    case .zeroDivision: type = Types.zeroDivisionError
    case .attribute: type = Types.attributeError
    case .assertion: type = Types.assertionError
    case .linAlg: type = Types.linAlgError
    case .memory:
      if tnb_interrupt_pending() == 2 { return Interrupts.take() }
      type = Types.memoryError
    case .interrupt: return Interrupts.take()
    }
    return .make(type, message)
  }
}

extension Value {
  /// A Python number as tensors take it: bool, int or float, not of a subclass.
  @inline(__always) package var scalar: Scalar? {
    switch self {
    case .bool(let b): .bool(b)
    case .int(let i): .int(i)
    case .float(let d): .float(d)
    case .unbound, .none, .notImplemented, .ellipsis, .str, .list, .tuple, .dict, .tensor, .function, .instance,
      .object:
      nil
    }
  }
}

// Operators between tensors, and between a tensor and a number; nil for any other operand.
extension VM {
  /// target = x op y for a tensor x, without copying the operands' values; false for an operand that is no tensor or number.
  @inline(__always) func tensorArithmetic(
    _ op: BinaryOperator, _ target: UnsafeMutablePointer<Value>, _ x: UnsafeMutablePointer<Value>,
    _ y: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> Bool {
    let tensor = x.reference(as: Tensor.self).takeUnretainedValue()
    let result: Tensor?
    do throws(TensorError) {
      switch y.tag {
      case ValueLayout.tensor:
        result = try tensorBinary(op, tensor, y.reference(as: Tensor.self).takeUnretainedValue())
      case ValueLayout.int, ValueLayout.float, ValueLayout.bool:
        let number: Scalar =
          y.tag == ValueLayout.float
          ? .float(y.floatPayload) : y.tag == ValueLayout.int ? .int(y.intPayload) : .bool(y.boolPayload)
        result = try tensorBinary(op, tensor, number)
      default: return false
      }
    } catch {
      throw operandError(error, op, x.pointee, y.pointee)
    }
    guard let result else { return false }
    target.setObject(result, ValueLayout.tensor)
    return true
  }

  package func tensorBinary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value? {
    do throws(TensorError) {
      if case .tensor(let x) = a {
        if case .tensor(let y) = b { return .tensor(try tensorBinary(op, x, y)) }
        if let y = b.scalar { return try tensorBinary(op, x, y).map { .tensor($0) } }
      } else if case .tensor(let y) = b, let x = a.scalar {
        return try tensorBinary(op, x, y).map { .tensor($0) }
      }
    } catch {
      throw operandError(error, op, a, b)
    }
    return nil
  }

  private func tensorBinary(_ op: BinaryOperator, _ x: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
    switch op {
    case .add: try Operations.add(x, y)
    case .subtract: try Operations.sub(x, y)
    case .multiply: try Operations.mul(x, y)
    case .divide: try Operations.div(x, y)
    case .floorDivide: try Operations.floorDivide(x, y)
    case .modulo: try Operations.remainder(x, y)
    case .power: try Operations.pow(x, y)
    case .matmul: try Operations.matmul(x, y)
    case .leftShift: try Operations.shiftLeft(x, y)
    case .rightShift: try Operations.shiftRight(x, y)
    case .bitAnd: try Operations.bitAnd(x, y)
    case .bitOr: try Operations.bitOr(x, y)
    case .bitXor: try Operations.bitXor(x, y)
    }
  }

  /// nil where a number on the right has no meaning (`t @ 1`).
  private func tensorBinary(_ op: BinaryOperator, _ x: Tensor, _ y: Scalar) throws(TensorError) -> Tensor? {
    switch op {
    case .add: try Operations.add(x, y)
    case .subtract: try Operations.sub(x, y)
    case .multiply: try Operations.mul(x, y)
    case .divide: try Operations.div(x, y)
    case .floorDivide: try Operations.floorDivide(x, y)
    case .modulo: try Operations.remainder(x, y)
    case .power: try Operations.pow(x, y)
    case .matmul: nil
    case .leftShift: try Operations.shiftLeft(x, y)
    case .rightShift: try Operations.shiftRight(x, y)
    case .bitAnd: try Operations.bitAnd(x, y)
    case .bitOr: try Operations.bitOr(x, y)
    case .bitXor: try Operations.bitXor(x, y)
    }
  }

  /// nil where a number on the left has no meaning (`1 @ t`).
  private func tensorBinary(_ op: BinaryOperator, _ x: Scalar, _ y: Tensor) throws(TensorError) -> Tensor? {
    switch op {
    case .add: try Operations.add(x, y)
    case .subtract: try Operations.sub(x, y)
    case .multiply: try Operations.mul(x, y)
    case .divide: try Operations.div(x, y)
    case .floorDivide: try Operations.floorDivide(x, y)
    case .modulo: try Operations.remainder(x, y)
    case .power: try Operations.pow(x, y)
    case .matmul: nil
    case .leftShift: try Operations.shiftLeft(x, y)
    case .rightShift: try Operations.shiftRight(x, y)
    case .bitAnd: try Operations.bitAnd(x, y)
    case .bitOr: try Operations.bitOr(x, y)
    case .bitXor: try Operations.bitXor(x, y)
    }
  }

  /// `a op= b` on a tensor, in place; nil for an operand that is no tensor or number.
  package func tensorInplace(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value? {
    guard case .tensor(let x) = a else { return nil }
    do throws(TensorError) {
      if case .tensor(let y) = b {
        switch op {
        case .add: try Operations.addInPlace(x, y)
        case .subtract: try Operations.subInPlace(x, y)
        case .multiply: try Operations.mulInPlace(x, y)
        case .divide: try Operations.divInPlace(x, y)
        case .floorDivide: try Operations.floorDivideInPlace(x, y)
        case .modulo: try Operations.remainderInPlace(x, y)
        case .power: try Operations.powInPlace(x, y)
        case .leftShift: try Operations.shiftLeftInPlace(x, y)
        case .rightShift: try Operations.shiftRightInPlace(x, y)
        case .bitAnd: try Operations.bitAndInPlace(x, y)
        case .bitOr: try Operations.bitOrInPlace(x, y)
        case .bitXor: try Operations.bitXorInPlace(x, y)
        // `a @= b` gives a new tensor, in PyTorch too.
        case .matmul: return .tensor(try Operations.matmul(x, y))
        }
        return a
      }
      if let y = b.scalar {
        switch op {
        case .add: try Operations.addInPlace(x, y)
        case .subtract: try Operations.subInPlace(x, y)
        case .multiply: try Operations.mulInPlace(x, y)
        case .divide: try Operations.divInPlace(x, y)
        case .floorDivide: try Operations.floorDivideInPlace(x, y)
        case .modulo: try Operations.remainderInPlace(x, y)
        case .power: try Operations.powInPlace(x, y)
        case .leftShift: try Operations.shiftLeftInPlace(x, y)
        case .rightShift: try Operations.shiftRightInPlace(x, y)
        case .bitAnd: try Operations.bitAndInPlace(x, y)
        case .bitOr: try Operations.bitOrInPlace(x, y)
        case .bitXor: try Operations.bitXorInPlace(x, y)
        case .matmul: return nil
        }
        return a
      }
    } catch {
      throw operandError(error, op, a, b)
    }
    return nil
  }

  /// A comparison that gives a tensor of bools; nil when neither side is a tensor or one is no number.
  package func tensorCompare(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value? {
    let comparison: Comparison
    let mirrored: Comparison
    switch op {
    case .equal: (comparison, mirrored) = (.eq, .eq)
    case .notEqual: (comparison, mirrored) = (.ne, .ne)
    case .less: (comparison, mirrored) = (.lt, .gt)
    case .lessEqual: (comparison, mirrored) = (.le, .ge)
    case .greater: (comparison, mirrored) = (.gt, .lt)
    case .greaterEqual: (comparison, mirrored) = (.ge, .le)
    case .is, .isNot, .in, .notIn: return nil
    }
    do throws(TensorError) {
      if case .tensor(let x) = a {
        if case .tensor(let y) = b { return .tensor(try Operations.compare(comparison, x, y)) }
        if let y = b.scalar { return .tensor(try Operations.compare(comparison, x, y)) }
      } else if case .tensor(let y) = b, let x = a.scalar {
        return .tensor(try Operations.compare(mirrored, y, x))
      }
    } catch {
      throw operandError(error, nil, a, b)
    }
    return nil
  }

  package func tensorUnary(_ op: UnaryOperator, _ x: Tensor) throws(ExceptionObject) -> Value? {
    do throws(TensorError) {
      switch op {
      case .plus: return .tensor(x)
      case .minus: return .tensor(try Operations.neg(x))
      case .invert: return .tensor(try Operations.invert(x))
      case .not: return nil
      }
    } catch {
      throw error.exception
    }
  }

  /// The exception, with the operands for whoever explains it.
  private func operandError(_ error: TensorError, _ op: BinaryOperator?, _ a: Value, _ b: Value) -> ExceptionObject {
    let exception = error.exception
    exception.operands = .init(op: op, left: a, right: b)
    return exception
  }
}
