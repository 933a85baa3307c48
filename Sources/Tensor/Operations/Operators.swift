/// Typed entry points for the language's operators; declarations call the same functions.
///
/// Every function records a graph where one is wanted. `Scalar` operands stand for Python numbers.
///
///     a + b    add(a, b)            add(a, 1)            add(1, b)
///     a - b    sub(a, b)            sub(a, 1)            sub(1, b)
///     a * b    mul(a, b)            mul(a, 2)            mul(2, b)
///     a / b    div(a, b)            div(a, 2)            div(2, b)
///     a // b   floorDivide …        a % b   remainder …  a ** b   pow …
///     a @ b    matmul(a, b)
///     a & b    bitAnd …             a | b   bitOr …      a ^ b    bitXor …
///     a << b   shiftLeft …          a >> b  shiftRight …
///     a == b   compare(.eq, a, b)   compare(.eq, a, 1)   (1 < a is compare(.gt, a, 1))
///     -a       neg(a)               ~a      invert(a)    abs(a)   abs(a)
///     a += b   addInPlace(a, b)     subInPlace mulInPlace divInPlace floorDivideInPlace remainderInPlace powInPlace
///              bitAndInPlace bitOrInPlace bitXorInPlace shiftLeftInPlace shiftRightInPlace, with a Tensor or a Scalar
///     a[i] = b copyInPlace(view, b), fillInPlace(view, 1)
package enum Operations {}

/// The comparison operators.
package enum Comparison {
  case eq, ne, lt, le, gt, ge

  var kernel: BinaryKernel {
    switch self {
    case .eq: .eq
    case .ne: .ne
    case .lt: .lt
    case .le: .le
    case .gt: .gt
    case .ge: .ge
    }
  }
}
