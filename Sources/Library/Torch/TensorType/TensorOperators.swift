import BigInt
import Language
import Runtime
import Tensor

/// Operators with a tensor on one side.
enum TensorOperators {
  /// An operand of a tensor operator.
  private enum Operand {
    case tensor(Tensor)
    case scalar(Scalar)
  }

  private static func operand(_ value: Value) throws(ExceptionObject) -> Operand? {
    switch value {
    case .tensor(let t): return .tensor(t)
    case .float(let d): return .scalar(.float(d))
    case .int(let i): return .scalar(.int(i))
    case .bool(let b): return .scalar(.bool(b))
    case .object(let o):
      if let n = o as? NumberLike { return .scalar(n.scalar) }
      if let a = o as? ArrayLike { return .tensor(try a.sharedTensor()) }
      if o is BigIntObject { throw .runtime("Overflow when unpacking long") }
      return nil
    case .instance(let i):
      guard let payload = i.payload else { return nil }
      switch payload {
      case .int, .float, .bool: return try operand(payload)
      default: return nil
      }
    default: return nil
    }
  }

  static func binary(_ vm: VM, _ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    guard let x = try operand(a), let y = try operand(b) else { return .notImplemented }
    do throws(TensorError) {
      switch (x, y) {
      case (.tensor(let x), .tensor(let y)): return .tensor(try tensors(op, x, y))
      case (.tensor(let x), .scalar(let y)):
        guard let result = try right(op, x, y) else { return .notImplemented }
        return .tensor(result)
      case (.scalar(let x), .tensor(let y)):
        guard let result = try left(op, x, y) else { return .notImplemented }
        return .tensor(result)
      case (.scalar, .scalar): return .notImplemented
      }
    } catch {
      throw error.exception
    }
  }

  private static func tensors(_ op: BinaryOperator, _ x: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
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

  private static func right(_ op: BinaryOperator, _ x: Tensor, _ y: Scalar) throws(TensorError) -> Tensor? {
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

  private static func left(_ op: BinaryOperator, _ x: Scalar, _ y: Tensor) throws(TensorError) -> Tensor? {
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

  static func inplace(_ vm: VM, _ op: BinaryOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    guard case .tensor(let x) = a, let other = try operand(b) else { return .notImplemented }
    do throws(TensorError) {
      switch other {
      case .tensor(let y):
        switch op {
        case .add: _ = try Operations.addInPlace(x, y)
        case .subtract: _ = try Operations.subInPlace(x, y)
        case .multiply: _ = try Operations.mulInPlace(x, y)
        case .divide: _ = try Operations.divInPlace(x, y)
        case .floorDivide: _ = try Operations.floorDivideInPlace(x, y)
        case .modulo: _ = try Operations.remainderInPlace(x, y)
        case .power: _ = try Operations.powInPlace(x, y)
        case .leftShift: _ = try Operations.shiftLeftInPlace(x, y)
        case .rightShift: _ = try Operations.shiftRightInPlace(x, y)
        case .bitAnd: _ = try Operations.bitAndInPlace(x, y)
        case .bitOr: _ = try Operations.bitOrInPlace(x, y)
        case .bitXor: _ = try Operations.bitXorInPlace(x, y)
        case .matmul: return .notImplemented
        }
      case .scalar(let y):
        switch op {
        case .add: _ = try Operations.addInPlace(x, y)
        case .subtract: _ = try Operations.subInPlace(x, y)
        case .multiply: _ = try Operations.mulInPlace(x, y)
        case .divide: _ = try Operations.divInPlace(x, y)
        case .floorDivide: _ = try Operations.floorDivideInPlace(x, y)
        case .modulo: _ = try Operations.remainderInPlace(x, y)
        case .power: _ = try Operations.powInPlace(x, y)
        case .leftShift: _ = try Operations.shiftLeftInPlace(x, y)
        case .rightShift: _ = try Operations.shiftRightInPlace(x, y)
        case .bitAnd: _ = try Operations.bitAndInPlace(x, y)
        case .bitOr: _ = try Operations.bitOrInPlace(x, y)
        case .bitXor: _ = try Operations.bitXorInPlace(x, y)
        case .matmul: return .notImplemented
        }
      }
    } catch {
      throw error.exception
    }
    return a
  }

  static func unary(_ vm: VM, _ op: UnaryOperator, _ x: Tensor) throws(ExceptionObject) -> Value {
    switch op {
    case .minus: return try tensorResult { () throws(TensorError) in try Operations.neg(x) }
    case .plus: return .tensor(x)
    case .invert:
      if x.dtype.isFloating {
        throw .type("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
      }
      return try tensorResult { () throws(TensorError) in try Operations.invert(x) }
    case .not: return .bool(try !TensorConversions.truth(x))
    }
  }

  static func compare(_ vm: VM, _ op: ComparisonOperator, _ a: Value, _ b: Value) throws(ExceptionObject) -> Value {
    guard let comparison = comparison(op) else { return .notImplemented }
    guard let x = try operand(a), let y = try operand(b) else { return .notImplemented }
    do throws(TensorError) {
      switch (x, y) {
      case (.tensor(let x), .tensor(let y)): return .tensor(try Operations.compare(comparison, x, y))
      case (.tensor(let x), .scalar(let y)): return .tensor(try Operations.compare(comparison, x, y))
      case (.scalar(let x), .tensor(let y)): return .tensor(try Operations.compare(mirrored(comparison), y, x))
      case (.scalar, .scalar): return .notImplemented
      }
    } catch {
      throw error.exception
    }
  }

  private static func comparison(_ op: ComparisonOperator) -> Comparison? {
    switch op {
    case .equal: .eq
    case .notEqual: .ne
    case .less: .lt
    case .lessEqual: .le
    case .greater: .gt
    case .greaterEqual: .ge
    case .is, .isNot, .in, .notIn: nil
    }
  }

  private static func mirrored(_ c: Comparison) -> Comparison {
    switch c {
    case .eq: .eq
    case .ne: .ne
    case .lt: .gt
    case .le: .ge
    case .gt: .lt
    case .ge: .le
    }
  }
}
