import Language
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Matrix products and `np.linalg`.
enum NumPyLinear {
  static func matmul(_ x: Tensor, _ y: Tensor) throws(ExceptionObject) -> Tensor {
    if x.ndim == 0 || y.ndim == 0 {
      throw .value(
        "matmul: Input operand \(x.ndim == 0 ? 0 : 1) does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)"
      )
    }
    let inner = x.shape[x.ndim - 1]
    let other = y.ndim == 1 ? y.shape[0] : y.shape[y.ndim - 2]
    if inner != other {
      throw .value(
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size \(other) is different from \(inner))"
      )
    }
    return try product(x, y)
  }

  /// The tensor core's product in the promoted type.
  private static func product(_ x: Tensor, _ y: Tensor) throws(ExceptionObject) -> Tensor {
    let type = NumPyArray.promote(x.dtype, y.dtype)
    let (a, b) = (NumPyCore.cast(x, type), NumPyCore.cast(y, type))
    let wasEnabled = GradMode.isEnabled
    GradMode.isEnabled = false
    defer { GradMode.isEnabled = wasEnabled }
    return try core { () throws(TensorError) in try Operations.matmul(a, b) }
  }

  static func dot(_ x: Tensor, _ y: Tensor, _ vm: VM) throws(ExceptionObject) -> Tensor {
    if x.ndim == 0 || y.ndim == 0 {
      return try NumPyArithmetic.compute(.multiply, .init(tensor: x, weak: nil), .init(tensor: y, weak: nil), vm)
    }
    let d = y.ndim == 1 ? 0 : y.ndim - 2
    if x.shape[x.ndim - 1] != y.shape[d] {
      throw .value(
        "shapes \(NumPyCore.text(x.shape.array)) and \(NumPyCore.text(y.shape.array)) not aligned: \(x.shape[x.ndim - 1]) (dim \(x.ndim - 1)) != \(y.shape[d]) (dim \(d))"
      )
    }
    if x.ndim > 2 || y.ndim > 2 { throw .notImplemented("np.dot of more than two dimensions is not available in tnb") }
    return try product(x, y)
  }

  // MARK: Square systems

  /// A square matrix of doubles, row by row.
  struct Matrix {
    let n: Int
    var a: [Double]

    init(_ t: Tensor) throws(ExceptionObject) {
      guard t.ndim == 2 else {
        throw .make(
          NumPyTypes.linAlgError,
          "\(t.ndim)-dimensional array given. Array must be at least two-dimensional")
      }
      guard t.shape[0] == t.shape[1] else {
        throw .make(NumPyTypes.linAlgError, "Last 2 dimensions of the array must be square")
      }
      n = t.shape[0]
      a = NumPyCore.doubles(t)
    }

    subscript(i: Int, j: Int) -> Double {
      get { a[i * n + j] }
      set { a[i * n + j] = newValue }
    }
  }

  /// Elimination with partial pivoting; applied to the right-hand sides too. The determinant is the result; nil pivot = singular.
  private static func eliminate(_ m: inout Matrix, _ b: inout [[Double]]) -> Double {
    var det = 1.0
    for k in 0..<m.n {
      var best = k
      for i in k..<m.n where fabs(m[i, k]) > fabs(m[best, k]) { best = i }
      if m[best, k] == 0 { return 0 }
      if best != k {
        for j in 0..<m.n { (m[k, j], m[best, j]) = (m[best, j], m[k, j]) }
        b.swapAt(k, best)
        det = -det
      }
      det *= m[k, k]
      for i in (k + 1)..<max(m.n, k + 1) {
        let f = m[i, k] / m[k, k]
        if f == 0 { continue }
        for j in k..<m.n { m[i, j] -= f * m[k, j] }
        for c in b[i].indices { b[i][c] -= f * b[k][c] }
      }
    }
    for k in stride(from: m.n - 1, through: 0, by: -1) {
      for c in b[k].indices {
        var v = b[k][c]
        for j in (k + 1)..<max(m.n, k + 1) { v -= m[k, j] * b[j][c] }
        b[k][c] = v / m[k, k]
      }
    }
    return det
  }

  private static func type(_ t: Tensor) -> DType { t.dtype == .float32 ? .float32 : .float64 }

  static func determinant(_ t: Tensor) throws(ExceptionObject) -> Tensor {
    var m = try Matrix(t)
    var none = [[Double]](repeating: [], count: m.n)
    return NumPyCore.make([eliminate(&m, &none)], [], type(t))
  }

  static func inverse(_ t: Tensor) throws(ExceptionObject) -> Tensor {
    var m = try Matrix(t)
    var b = (0..<m.n).map { i in (0..<m.n).map { $0 == i ? 1.0 : 0 } }
    if eliminate(&m, &b) == 0 && m.n > 0 { throw .make(NumPyTypes.linAlgError, "Singular matrix") }
    return NumPyCore.make(b.flatMap { $0 }, [m.n, m.n], type(t))
  }

  static func solve(_ t: Tensor, _ right: Tensor) throws(ExceptionObject) -> Tensor {
    var m = try Matrix(t)
    guard right.ndim >= 1, right.shape[0] == m.n else {
      throw .value(
        "solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size \(right.ndim > 0 ? right.shape[0] : 0) is different from \(m.n))"
      )
    }
    let columns = right.ndim == 1 ? 1 : right.shape[1]
    let values = NumPyCore.doubles(right)
    var b = (0..<m.n).map { i in Array(values[(i * columns)..<((i + 1) * columns)]) }
    if eliminate(&m, &b) == 0 && m.n > 0 { throw .make(NumPyTypes.linAlgError, "Singular matrix") }
    return NumPyCore.make(b.flatMap { $0 }, right.shape.array, type(t))
  }

  /// Least squares by Householder reflections; columns are independent for what notebooks fit.
  static func leastSquares(_ rows: Int, _ columns: Int, _ matrix: [Double], _ right: [Double], _ k: Int) -> [Double] {
    var a = matrix
    var b = right
    for c in 0..<min(columns, rows) {
      var norm = 0.0
      for i in c..<rows { norm += a[i * columns + c] * a[i * columns + c] }
      norm = sqrt(norm)
      if norm == 0 { continue }
      let alpha = a[c * columns + c] > 0 ? -norm : norm
      var v = [Double](repeating: 0, count: rows)
      for i in c..<rows { v[i] = a[i * columns + c] }
      v[c] -= alpha
      var vv = 0.0
      for i in c..<rows { vv += v[i] * v[i] }
      if vv == 0 { continue }
      for j in c..<columns {
        var s = 0.0
        for i in c..<rows { s += v[i] * a[i * columns + j] }
        for i in c..<rows { a[i * columns + j] -= 2 * s / vv * v[i] }
      }
      for j in 0..<k {
        var s = 0.0
        for i in c..<rows { s += v[i] * b[i * k + j] }
        for i in c..<rows { b[i * k + j] -= 2 * s / vv * v[i] }
      }
    }
    var x = [Double](repeating: 0, count: columns * k)
    for j in 0..<k {
      for i in stride(from: min(columns, rows) - 1, through: 0, by: -1) {
        var s = b[i * k + j]
        for c in (i + 1)..<max(columns, i + 1) { s -= a[i * columns + c] * x[c * k + j] }
        x[i * k + j] = a[i * columns + i] == 0 ? 0 : s / a[i * columns + i]
      }
    }
    return x
  }

  static func norm(_ t: Tensor, _ order: Value?, _ axes: [Int]?, keep: Bool, _ vm: VM) throws(ExceptionObject) -> Tensor
  {
    let x = NumPyCore.cast(t, t.dtype.isFloating ? t.dtype : .float64)
    let reduced = axes?.count ?? t.ndim
    var p = 2.0
    if let order, order.string == nil, let s = try ArgumentConversion.scalar(order) {
      p = s.double
      if reduced == 2 { throw .notImplemented("matrix norms other than 'fro' are not available in tnb") }
    }
    return NumPyMath.reduceDoubles(x, axes, keep: keep, x.dtype) { row in
      if p == .infinity { return row.map(fabs).max() ?? 0 }
      if p == -.infinity { return row.map(fabs).min() ?? 0 }
      if p == 1 { return row.map(fabs).reduce(0, +) }
      if p == 0 { return Double(row.filter { $0 != 0 }.count) }
      if p == 2 {
        if x.dtype == .float32 { return Double(sqrtf(row.reduce(Float(0)) { $0 + Float($1) * Float($1) })) }
        return sqrt(row.reduce(0) { $0 + $1 * $1 })
      }
      return pow(row.map { pow(fabs($0), p) }.reduce(0, +), 1 / p)
    }
  }
}
