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
    if type == .bool {
      // Whether any pair is true: counted, then read as true or false.
      return NumPyCore.cast(try product(NumPyCore.cast(x, .int64), NumPyCore.cast(y, .int64)), .bool)
    }
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
    if x.ndim <= 2 && y.ndim <= 2 { return try product(x, y) }
    // The summed dimension last and first, all others as rows and columns.
    let inner = x.shape[x.ndim - 1]
    let kept = (0..<y.ndim).filter { $0 != d }
    let shape = Array(x.shape.array.dropLast()) + kept.map { y.shape[$0] }
    try NumPyCore.requireRoom(shape)
    let rows = NumPyCore.reshape(x, [x.shape.array.dropLast().reduce(1, *), inner])
    let columns = NumPyCore.reshape(NumPyCore.permute(y, [d] + kept), [inner, kept.map { y.shape[$0] }.reduce(1, *)])
    return NumPyCore.reshape(try product(rows, columns), shape)
  }

  /// A function of matrices or vectors over all that arrays of more dimensions hold.
  static func each(
    _ arrays: [Tensor], ranks: [Int], _ body: ([Tensor]) throws(ExceptionObject) -> Tensor
  ) throws(ExceptionObject) -> Tensor {
    var outer: [Int] = []
    for (t, rank) in zip(arrays, ranks) where t.ndim > rank {
      guard let next = NumPyCore.broadcast(outer, Array(t.shape.array.dropLast(rank))) else {
        throw .value("operands could not be broadcast together")
      }
      outer = next
    }
    if outer.isEmpty { return try body(arrays) }
    try NumPyCore.requireRoom(outer)
    let rows = zip(arrays, ranks).map { (t, rank) -> Tensor in
      let inner = Array(t.shape.array.suffix(rank))
      let wide = NumPyCore.expand(t, (t.ndim > rank ? outer : []) + inner)
      return t.ndim > rank ? NumPyCore.reshape(wide, [outer.reduce(1, *)] + inner) : t
    }
    var results: [Tensor] = []
    for i in 0..<outer.reduce(1, *) {
      let parts = zip(rows, zip(arrays, ranks)).map { (row, given) -> Tensor in
        guard given.0.ndim > given.1 else { return row }
        let inner = Dims(Array(row.shape.array.dropFirst()))
        return NumPyCore.view(row, inner, Dims(Array(row.strides.array.dropFirst())), row.offset + i * row.strides[0])
      }
      results.append(try body(parts))
    }
    if results.isEmpty { return try CreationFunctions.filled(arrays[arrays.count - 1].shape.array, .float64, .int(0)) }
    let made = try NumPyJoining.stack(results, 0)
    return NumPyCore.reshape(made, outer + made.shape.array.dropFirst())
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
        "solve\(right.ndim == 1 ? "1" : ""): Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),\(right.ndim == 1 ? "(m)->(m)" : "(m,n)->(m,n)") (size \(right.ndim > 0 ? right.shape[0] : 0) is different from \(m.n))"
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
}
