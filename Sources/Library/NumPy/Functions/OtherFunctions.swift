import Language
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Choosing, comparing, products, polynomials, settings.
enum OtherFunctions {
  private static func array(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    try NumPyArray.from(value, vm)
  }
  private static func operand(_ value: Value, _ vm: VM) throws(ExceptionObject) -> NumPyArithmetic.Operand {
    if let o = try NumPyArithmetic.operand(value, vm) { return o }
    return .init(tensor: try array(value, vm), weak: nil)
  }

  static func add(to table: MemberTable) {
    addChoosing(to: table)
    addComparing(to: table)
    addProducts(to: table)
    addPolynomials(to: table)
    addQuestions(to: table)
    addSettings(to: table)
  }

  private static func addChoosing(to table: MemberTable) {
    table.native("where(condition, x=0, y=0, /)", "x where the condition holds, else y.") {
      (vm, args) throws(ExceptionObject) in
      let condition = try array(args[0], vm)
      if !args.has(1) { return .makeTuple(NumPyIndexing.positions(condition).map { .object(NDArray($0)) }) }
      guard args.has(2) else { throw .value("either both or neither of x and y should be given") }
      let (x, y) = (try operand(args[1], vm), try operand(args[2], vm))
      let type = try NumPyArithmetic.resultType(x, y)
      guard let inner = NumPyCore.broadcast(x.tensor.shape.array, y.tensor.shape.array),
        let shape = NumPyCore.broadcast(condition.shape.array, inner)
      else {
        throw .value(
          "operands could not be broadcast together with shapes \(NumPyCore.text(condition.shape.array)) \(NumPyCore.text(x.tensor.shape.array)) \(NumPyCore.text(y.tensor.shape.array)) "
        )
      }
      let result = try NumPyCore.checked(shape, type)
      let (c, a, b) = (
        NumPyCore.expand(condition, shape), NumPyCore.expand(x.tensor, shape), NumPyCore.expand(y.tensor, shape)
      )
      var p = result.data
      for ((i, j), k) in zip(zip(c.uncheckedElementIndices(), a.uncheckedElementIndices()), b.uncheckedElementIndices())
      {
        ElementStore.write(c.double(at: i) != 0 ? a.scalar(at: j) : b.scalar(at: k), p, type)
        p += type.size
      }
      return .object(NDArray(result))
    }
    table.native("clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None)", "Within bounds.") {
      (vm, args) throws(ExceptionObject) in
      var x = try operand(args[0], vm)
      for (bound, low) in [(args.given(1) ?? args.given(4), true), (args.given(2) ?? args.given(5), false)] {
        guard let bound else { continue }
        let made = try ElementwiseFunctions.pair(x, operand(bound, vm), real: false) {
          low ? ($0.isNaN ? $0 : max($0, $1)) : ($0.isNaN ? $0 : min($0, $1))
        }
        x = .init(tensor: made, weak: nil)
      }
      return NDArray.result(x.tensor)
    }
    for name in ["round", "around", "round_"] {
      table.native("\(name)(a, decimals=0, out=None)", "Rounded half to even.") { (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        return NDArray.result(NumPyMath.round(t, try NumPyCore.moderate(args.given(1), default: 0)))
      }
    }
    table.native("take(a, indices, axis=None, out=None, mode='raise')", "Elements at positions.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let index = Value.object(NDArray(try array(args[1], vm)))
      guard let axis = args.given(2), let a = try ArgumentConversion.int(axis) else {
        return try NumPyIndexing.get(NDArray(NumPyCore.reshape(t, [t.count])), index, vm)
      }
      let d = try NumPyCore.axis(a, t.ndim)
      let entries = [Value](repeating: .object(SliceObject(.none, .none, .none)), count: d) + [index]
      return try NumPyIndexing.get(NDArray(t), .makeTuple(entries), vm)
    }
    table.native("delete(arr, obj, axis=None)", "Without some elements.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let axis = try NumPyMath.axes(args.given(2), t.ndim, vm)?.first
      let source = axis == nil ? NumPyCore.reshape(t, [t.count]) : t
      let n = source.shape[axis ?? 0]
      let gone = Set(try CreationFunctions.shape(args[1], vm).map { $0 < 0 ? $0 + n : $0 })
      return .object(NDArray(try ShapeFunctions.take(source, (0..<n).filter { !gone.contains($0) }, axis ?? 0)))
    }
    table.native("insert(arr, obj, values, axis=None)", "With an element more.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      if args.given(3) != nil { throw .notImplemented("np.insert along an axis is not available in tnb") }
      let flat = NumPyCore.reshape(t, [t.count])
      let at = try ArgumentConversion.int(args[1]) ?? 0
      let values = NumPyCore.cast(try array(args[2], vm), t.dtype)
      let cut = min(max(at < 0 ? at + t.count : at, 0), t.count)
      let all = Array(0..<t.count)
      return .object(
        NDArray(
          try NumPyJoining.concatenate(
            [
              ShapeFunctions.take(flat, Array(all[..<cut]), 0), NumPyCore.reshape(values, [values.count]),
              ShapeFunctions.take(flat, Array(all[cut...]), 0),
            ], 0)))
    }
    table.native("diff(a, n=1, axis=-1)", "Differences of neighbours.") { (vm, args) throws(ExceptionObject) in
      var t = try array(args[0], vm)
      let n = args.has(1) ? try ArgumentConversion.int(args[1]) ?? 1 : 1
      let axis = try NumPyCore.axis(args.has(2) ? ArgumentConversion.int(args[2]) ?? -1 : -1, t.ndim)
      for _ in 0..<max(0, min(n, t.shape[axis])) where t.shape[axis] > 0 {
        let count = t.shape[axis] - 1
        let (low, high) = (
          try ShapeFunctions.take(t, Array(0..<count), axis),
          try ShapeFunctions.take(t, (0..<count).map { $0 + 1 }, axis)
        )
        t =
          t.dtype == .bool
          ? try NumPyArithmetic.compute(.bitXor, .init(tensor: high, weak: nil), .init(tensor: low, weak: nil), vm)
          : try NumPyArithmetic.compute(.subtract, .init(tensor: high, weak: nil), .init(tensor: low, weak: nil), vm)
      }
      return .object(NDArray(t))
    }
    table.native("pad(array, pad_width, mode='constant', *, constant_values=0)", "With a border.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      if args.has(2), args[2].string != "constant" {
        throw .notImplemented("np.pad with mode='\(args[2].string ?? "")' is not available in tnb")
      }
      let widths = NumPyCore.expand(try array(args[1], vm), [t.ndim, 2])
      let w = NumPyCore.ints(widths)
      for i in w where i < 0 || i > 1 << 28 { throw .value("index can't contain negative values") }
      var shape = t.shape.array
      for d in 0..<t.ndim { shape[d] += w[2 * d] + w[2 * d + 1] }
      let result = try NumPyCore.checked(shape, t.dtype)
      try NumPyCore.assign(result, args.has(3) ? array(args[3], vm) : NumPyCore.zeroDimensional(.int(0), t.dtype))
      var offset = result.offset
      for d in 0..<t.ndim { offset += w[2 * d] * result.strides[d] }
      try NumPyCore.assign(NumPyCore.view(result, t.shape, result.strides, offset), t)
      return .object(NDArray(result))
    }
  }

  private static func close(_ x: Double, _ y: Double, _ rtol: Double, _ atol: Double, _ nan: Bool) -> Bool {
    if x.isNaN || y.isNaN { return nan && x.isNaN && y.isNaN }
    if x.isInfinite || y.isInfinite { return x == y }
    return fabs(x - y) <= atol + rtol * fabs(y)
  }

  private static func addComparing(to table: MemberTable) {
    for name in ["isclose", "allclose"] {
      table.native("\(name)(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", "Whether elements are nearly equal.") {
        (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        guard let shape = NumPyCore.broadcast(a.shape.array, b.shape.array) else {
          throw .value(
            "operands could not be broadcast together with shapes \(NumPyCore.text(a.shape.array)) \(NumPyCore.text(b.shape.array)) "
          )
        }
        try NumPyCore.requireRoom(shape)
        let rtol = args.has(2) ? try CreationFunctions.number(args[2], vm) : 1e-5
        let atol = args.has(3) ? try CreationFunctions.number(args[3], vm) : 1e-8
        let nan = args.has(4) ? try vm.isTrue(args[4]) : false
        let (x, y) = (NumPyCore.doubles(NumPyCore.expand(a, shape)), NumPyCore.doubles(NumPyCore.expand(b, shape)))
        let flags = x.indices.map { close(x[$0], y[$0], rtol, atol, nan) }
        if name == "allclose" { return .bool(flags.allSatisfy { $0 }) }
        return NDArray.result(NumPyCore.make(flags, shape))
      }
    }
    table.native("array_equal(a1, a2, equal_nan=False)", "Whether shapes and elements are equal.") {
      (vm, args) throws(ExceptionObject) in
      let (a, b) = (try array(args[0], vm), try array(args[1], vm))
      return .bool(a.shape == b.shape && NumPyCore.doubles(a) == NumPyCore.doubles(b))
    }
    table.native("isin(element, test_elements)", "Which elements are among others.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let known = Set(NumPyCore.doubles(try array(args[1], vm)))
      return NDArray.result(NumPyCore.make(NumPyCore.doubles(t).map { known.contains($0) }, t.shape.array))
    }
    for (name, keep) in [("intersect1d", true), ("setdiff1d", false)] {
      table.native("\(name)(ar1, ar2)", "Values of both, or of the first only.") { (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), Set(NumPyCore.doubles(try array(args[1], vm))))
        let values = Array(Set(NumPyCore.doubles(a))).filter { b.contains($0) == keep }.sorted()
        return .object(NDArray(NumPyCore.make(values, [values.count], a.dtype)))
      }
    }
  }

  private static func addProducts(to table: MemberTable) {
    table.native("dot(a, b, out=None)", "The product of vectors and matrices.") { (vm, args) throws(ExceptionObject) in
      NDArray.result(try NumPyLinear.dot(array(args[0], vm), array(args[1], vm), vm))
    }
    table.native("cross(a, b, axis=-1)", "The vector product in three dimensions.") {
      (vm, args) throws(ExceptionObject) in
      let (a, b) = (try operand(args[0], vm), try operand(args[1], vm))
      guard let shape = NumPyCore.broadcast(a.tensor.shape.array, b.tensor.shape.array), shape.last == 3 else {
        throw .value(
          "Both input arrays must be (arrays of) 3-dimensional vectors, but they are \(a.tensor.shape.last ?? 0) and \(b.tensor.shape.last ?? 0) dimensional instead."
        )
      }
      let type = try NumPyArithmetic.resultType(a, b)
      let (x, y) = (
        NumPyCore.doubles(NumPyCore.expand(a.tensor, shape)), NumPyCore.doubles(NumPyCore.expand(b.tensor, shape))
      )
      var values: [Double] = []
      for i in stride(from: 0, to: x.count, by: 3) {
        values += [
          x[i + 1] * y[i + 2] - x[i + 2] * y[i + 1], x[i + 2] * y[i] - x[i] * y[i + 2],
          x[i] * y[i + 1] - x[i + 1] * y[i],
        ]
      }
      return .object(NDArray(NumPyCore.make(values, shape, type)))
    }
    for name in ["inner", "vdot"] {
      table.native("\(name)(a, b, /)", "The inner product.") { (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        if name == "vdot" {
          return NDArray.result(
            try NumPyLinear.dot(NumPyCore.reshape(a, [a.count]), NumPyCore.reshape(b, [b.count]), vm))
        }
        return NDArray.result(try NumPyLinear.dot(a, b.ndim == 2 ? NumPyCore.permute(b, [1, 0]) : b, vm))
      }
    }
    table.native("outer(a, b, out=None)", "All products of two vectors' elements.") {
      (vm, args) throws(ExceptionObject) in
      let (a, b) = (try array(args[0], vm), try array(args[1], vm))
      try NumPyCore.requireRoom([a.count, b.count])
      return .object(
        NDArray(
          try NumPyArithmetic.compute(
            .multiply, .init(tensor: NumPyCore.reshape(a, [a.count, 1]), weak: nil),
            .init(tensor: NumPyCore.reshape(b, [1, b.count]), weak: nil), vm)))
    }
    table.native("einsum(subscripts, *operands)", "Products and sums by index letters.") {
      (vm, args) throws(ExceptionObject) in
      var list: [Value] = [args[0]]
      var type = DType.bool
      var tensors: [Tensor] = []
      for item in args[1].asTuple?.items ?? [] { tensors.append(try array(item, vm)) }
      for t in tensors { type = NumPyArray.promote(type, t.dtype) }
      list += tensors.map { .tensor(NumPyCore.cast($0, type)) }
      guard let einsum = TorchModule.shared.member("einsum") else {
        throw .notImplemented("np.einsum is not available in tnb")
      }
      guard case .tensor(let result) = try vm.call(einsum, list) else { return .none }
      return NDArray.result(result)
    }
    table.native("trace(a, offset=0)", "The sum of a diagonal.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      guard t.ndim == 2 else { throw .value("diag requires an array of at least two dimensions") }
      return NDArray.result(
        NumPyMath.sum(ShapeFunctions.diagonal(t, try NumPyCore.moderate(args.given(1), default: 0)), nil, keep: false))
    }
    table.native("diagonal(a, offset=0)", "A diagonal.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      guard t.ndim == 2 else { throw .value("diag requires an array of at least two dimensions") }
      return .object(NDArray(ShapeFunctions.diagonal(t, try NumPyCore.moderate(args.given(1), default: 0))))
    }
    for name in ["cov", "corrcoef"] {
      table.native("\(name)(m, y=None, rowvar=True)", "Covariances or correlations.") {
        (vm, args) throws(ExceptionObject) in
        var t = try array(args[0], vm)
        if t.ndim == 1 { t = NumPyCore.reshape(t, [1, t.count]) }
        if let y = args.given(1) {
          let other = try array(y, vm)
          t = try NumPyJoining.concatenate([t, NumPyCore.reshape(other, [1, other.count])], 0)
        }
        let (n, m) = (t.shape[0], t.shape[1])
        let x = NumPyCore.doubles(NumPyCore.cast(t, .float64))
        let means = (0..<n).map { i in NumPyMath.pairwise(x[(i * m)..<((i + 1) * m)]) / Double(m) }
        var c = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
          for j in 0..<n {
            var s = 0.0
            for k in 0..<m { s += (x[i * m + k] - means[i]) * (x[j * m + k] - means[j]) }
            c[i * n + j] = s / Double(m - 1)
          }
        }
        if name == "corrcoef" {
          let d = (0..<n).map { sqrt(c[$0 * n + $0]) }
          for i in 0..<n { for j in 0..<n { c[i * n + j] = c[i * n + j] / d[i] / d[j] } }
        }
        return .object(NDArray(n == 1 ? NumPyCore.make(c, []) : NumPyCore.make(c, [n, n])))
      }
    }
    table.native("convolve(a, v, mode='full')", "The convolution of two vectors.") {
      (vm, args) throws(ExceptionObject) in
      let (a, v) = (try array(args[0], vm), try array(args[1], vm))
      let type = NumPyArray.promote(a.dtype, v.dtype)
      let (x, y) = (NumPyCore.doubles(a), NumPyCore.doubles(v))
      if x.isEmpty || y.isEmpty { throw .value("a cannot be empty") }
      var full = [Double](repeating: 0, count: max(x.count + y.count - 1, 0))
      for i in x.indices { for j in y.indices { full[i + j] += x[i] * y[j] } }
      let mode = args.has(2) ? args[2].string ?? "full" : "full"
      let (long, short) = (max(x.count, y.count), min(x.count, y.count))
      if mode == "same" { full = Array(full[((short - 1) / 2)..<((short - 1) / 2 + long)]) }
      if mode == "valid" { full = Array(full[(short - 1)..<long]) }
      return .object(NDArray(NumPyCore.make(full, [full.count], type)))
    }
    table.native("gradient(f, *varargs)", "Derivatives by central differences.") { (vm, args) throws(ExceptionObject) in
      let f = NumPyCore.doubles(NumPyCore.cast(try array(args[0], vm), .float64))
      let h =
        try args[1].asTuple?.first.map { (v) throws(ExceptionObject) in try CreationFunctions.number(v, vm) } ?? 1
      let n = f.count
      if n < 2 {
        throw .value(
          "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required."
        )
      }
      let values = (0..<n).map { i in
        i == 0 ? (f[1] - f[0]) / h : i == n - 1 ? (f[n - 1] - f[n - 2]) / h : (f[i + 1] - f[i - 1]) / (2 * h)
      }
      return .object(NDArray(NumPyCore.make(values, [n])))
    }
    table.native("interp(x, xp, fp, left=None, right=None)", "Values between given points.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let (xp, fp) = (NumPyCore.doubles(try array(args[1], vm)), NumPyCore.doubles(try array(args[2], vm)))
      guard !xp.isEmpty, xp.count == fp.count else { throw .value("fp and xp are not of the same length.") }
      let values = NumPyCore.doubles(t).map { x -> Double in
        if x <= xp[0] { return fp[0] }
        if x >= xp[xp.count - 1] { return fp[fp.count - 1] }
        let j = ReductionFunctions.search(xp, x, right: true) - 1
        return (fp[j + 1] - fp[j]) / (xp[j + 1] - xp[j]) * (x - xp[j]) + fp[j]
      }
      return NDArray.result(NumPyCore.make(values, t.shape.array))
    }
    table.native("trapezoid(y, x=None, dx=1.0)", "The area under points.") { (vm, args) throws(ExceptionObject) in
      let y = NumPyCore.doubles(try array(args[0], vm))
      let dx = args.has(2) ? try CreationFunctions.number(args[2], vm) : 1
      let x =
        try args.given(1).map { (v) throws(ExceptionObject) in NumPyCore.doubles(try array(v, vm)) }
        ?? y.indices.map { Double($0) * dx }
      let parts = y.indices.dropLast().map { (x[$0 + 1] - x[$0]) * (y[$0 + 1] + y[$0]) / 2 }
      return NumPyScalar.make(.float(NumPyMath.pairwise(parts[...])), .float64)
    }
    table.alias("trapezoid", "trapz")
  }

  private static func addPolynomials(to table: MemberTable) {
    table.native("polyfit(x, y, deg)", "The coefficients of a fitted polynomial.") {
      (vm, args) throws(ExceptionObject) in
      let (x, y) = (NumPyCore.doubles(try array(args[0], vm)), NumPyCore.doubles(try array(args[1], vm)))
      guard let degree = try ArgumentConversion.int(args[2]), degree >= 0, degree < 64 else {
        throw .value("expected deg >= 0")
      }
      if x.isEmpty { throw .type("expected non-empty vector for x") }
      if x.count != y.count { throw .type("expected x and y to have same length") }
      var a: [Double] = []
      for v in x { for d in stride(from: degree, through: 0, by: -1) { a.append(pow(v, Double(d))) } }
      let c = NumPyLinear.leastSquares(x.count, degree + 1, a, y, 1)
      return .object(NDArray(NumPyCore.make(c, [degree + 1])))
    }
    table.native("polyval(p, x)", "The value of a polynomial.") { (vm, args) throws(ExceptionObject) in
      try polynomial(NumPyCore.doubles(array(args[0], vm)), args[1], vm)
    }
    table.native("poly1d(c_or_r)", "A polynomial that can be called.") { (vm, args) throws(ExceptionObject) in
      let c = NumPyCore.doubles(try array(args[0], vm))
      return .object(
        NativeFunction("poly1d(x)") { (vm, args) throws(ExceptionObject) in try polynomial(c, args[0], vm) })
    }
    table.native("vectorize(pyfunc, otypes=None)", "A function over arrays.") { (vm, args) throws(ExceptionObject) in
      let f = args[0]
      return .object(
        NativeFunction("vectorized(*args)") { (vm, args) throws(ExceptionObject) in
          var arrays: [Tensor] = []
          for v in args[0].asTuple?.items ?? [] { arrays.append(try array(v, vm)) }
          var shape: [Int] = []
          for a in arrays {
            guard let next = NumPyCore.broadcast(shape, a.shape.array) else {
              throw .value("operands could not be broadcast together")
            }
            shape = next
          }
          let expanded = arrays.map { NumPyCore.expand($0, shape) }
          let indices = expanded.map { $0.uncheckedElementIndices() }
          var results: [Value] = []
          for i in 0..<shape.reduce(1, *) {
            results.append(
              try vm.call(
                f,
                expanded.indices.map {
                  .object(NumPyScalar(expanded[$0].scalar(at: indices[$0][i]), expanded[$0].dtype))
                }))
          }
          return NDArray.result(NumPyCore.reshape(try NumPyArray.make(.makeList(results), dtype: nil, vm), shape))
        })
    }
    table.native("apply_along_axis(func1d, axis, arr)", "A function of each row.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[2], vm)
      let axis = try NumPyCore.axis(ArgumentConversion.int(args[1]) ?? 0, t.ndim)
      let order = (0..<t.ndim).filter { $0 != axis } + [axis]
      let rows = NumPyCore.copy(NumPyCore.permute(t, order))
      let n = t.shape[axis]
      var results: [Value] = []
      for r in 0..<(n == 0 ? 0 : rows.count / n) {
        results.append(
          try vm.call(args[0], with: .object(NDArray(NumPyCore.view(rows, [n], [1], rows.offset + r * n)))))
      }
      let made = try NumPyArray.make(.makeList(results), dtype: nil, vm)
      let outer = order.dropLast().map { t.shape[$0] }
      return NDArray.result(NumPyCore.reshape(made, outer + made.shape.array.dropFirst()))
    }
  }

  private static func polynomial(_ c: [Double], _ x: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    let t = try array(x, vm)
    let values = NumPyCore.doubles(t).map { v in c.reduce(0) { $0 * v + $1 } }
    return NDArray.result(NumPyCore.make(values, t.shape.array))
  }

  private static func addQuestions(to table: MemberTable) {
    table.native("shape(a)", "The sizes.") { (vm, args) throws(ExceptionObject) in
      .makeTuple(try array(args[0], vm).shape.map { .int($0) })
    }
    table.native("ndim(a)", "The number of dimensions.") { (vm, args) throws(ExceptionObject) in
      .int(try array(args[0], vm).ndim)
    }
    table.native("size(a, axis=None)", "The number of elements.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      guard let axis = args.given(1), let i = try ArgumentConversion.int(axis) else { return .int(t.count) }
      return .int(t.shape[try NumPyCore.axis(i, t.ndim)])
    }
    table.native("isscalar(element)", "Whether it is a number or text.") { (vm, args) throws(ExceptionObject) in
      switch args[0] {
      case .int, .float, .bool, .str: return .bool(true)
      case .object(let o): return .bool(o is NumPyScalar || o is NumPyString)
      default: return .bool(false)
      }
    }
    table.native("result_type(*arrays_and_dtypes)", "The type of a result.") { (vm, args) throws(ExceptionObject) in
      var type: DType?
      for v in args[0].asTuple?.items ?? [] {
        let d: DType
        if let parsed = NumPyDType.parse(v) { d = parsed } else { d = try array(v, vm).dtype }
        type = type.map { NumPyArray.promote($0, d) } ?? d
      }
      return NumPyDType.of(type ?? .float64)
    }
    table.native("promote_types(type1, type2)", "The type that holds both.") { (vm, args) throws(ExceptionObject) in
      NumPyDType.of(NumPyArray.promote(try NumPyDType.require(args[0], vm), try NumPyDType.require(args[1], vm)))
    }
    table.native("issubdtype(arg1, arg2)", "Whether a type is of a kind.") { (vm, args) throws(ExceptionObject) in
      let d = try NumPyDType.require(args[0], vm)
      let type = NumPyTypes.scalar(d)
      if case .object(let o) = args[1], let wanted = o as? TypeObject {
        if wanted === Types.float { return .bool(type === NumPyTypes.float64) }
        if wanted === Types.int { return .bool(type.isSubtype(of: NumPyTypes.signedInteger)) }
        return .bool(type.isSubtype(of: wanted))
      }
      return .bool(NumPyDType.parse(args[1]) == d)
    }
    for (name, isFloat) in [("finfo", true), ("iinfo", false)] {
      table.native("\(name)(dtype)", "The limits of a type.") { (vm, args) throws(ExceptionObject) in
        let d: DType
        if let parsed = NumPyDType.parse(args[0]) { d = parsed } else { d = try array(args[0], vm).dtype }
        guard d.isFloating == isFloat else {
          throw .value("data type \(NumPyTypes.scalar(d).name) not \(isFloat ? "inexact" : "an integer")")
        }
        return .object(NumericLimits(d, numPy: true))
      }
    }
  }

  private static func addSettings(to table: MemberTable) {
    table.native(
      "set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None)",
      "Sets how arrays print."
    ) { (vm, args) throws(ExceptionObject) in
      try setOptions(args, vm)
      return .none
    }
    table.native("printoptions(*args, **kwargs)", "Print options within a `with` block.") {
      (vm, args) throws(ExceptionObject) in
      let before = NumPyPrintOptions.current
      var named: [(Symbol, Value)] = []
      if let dict = args[1].asDict {
        var position = 0
        while let (key, value) = dict.next(&position) {
          if let s = key.asStr { named.append((Symbol(s), value)) }
        }
      }
      let positional = args[0].asTuple?.items ?? []
      let keywords = named
      guard let set = table.find("set_printoptions") else { return .none }
      return .object(
        ContextObject(
          "printoptions",
          enter: { (vm) throws(ExceptionObject) in
            _ = try vm.call(set, positional, keywords)
            return .none
          }, exit: { (_) throws(ExceptionObject) in NumPyPrintOptions.current = before }))
    }
    for name in ["seterr", "geterr"] { CudaModule.answer(table, name, .dict(Dict())) }
    table.set(
      "errstate",
      .object(
        NativeFunction(unbound: "errstate(**kwargs)") { (_, _, _, _) throws(ExceptionObject) in
          .object(
            ContextObject(
              "errstate", enter: { (_) throws(ExceptionObject) in .none }, exit: { (_) throws(ExceptionObject) in }))
        }))
    table.native(
      "array2string(a, max_line_width=None, precision=None, separator=' ', prefix='', suffix='')", "An array as text."
    ) { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      if t.ndim == 0 { return .text(NumPyText.str(t)) }
      let before = NumPyPrintOptions.current
      defer { NumPyPrintOptions.current = before }
      if let p = args.given(2), let n = try ArgumentConversion.int(p) { NumPyPrintOptions.current.precision = n }
      return .text(NumPyText.string(t, separator: args.has(3) ? args[3].string ?? " " : " "))
    }
    table.native("array_repr(arr)", "") { (vm, args) throws(ExceptionObject) in .text(try vm.repr(args[0])) }
    table.native("array_str(a)", "") { (vm, args) throws(ExceptionObject) in .text(try vm.str(args[0])) }
    for name in [
      "memmap", "fft", "ma", "fromregex", "DataSource",
      "matrix", "rec", "datetime64", "complex128", "complex64", "uint16", "uint32", "uint64", "longdouble", "object_",
      "void",
    ] {
      table.set(name, Unavailable.value("numpy." + name))
    }
  }

  private static func setOptions(_ args: Arguments, _ vm: VM) throws(ExceptionObject) {
    var o = NumPyPrintOptions.current
    if let v = args.given(0), let n = try ArgumentConversion.int(v) { o.precision = max(0, min(n, 64)) }
    if let v = args.given(1), let n = try ArgumentConversion.scalar(v) { o.threshold = n.double }
    if let v = args.given(2), let n = try ArgumentConversion.int(v) { o.edgeItems = max(1, n) }
    if let v = args.given(3), let n = try ArgumentConversion.int(v) { o.lineWidth = n }
    if let v = args.given(4) { o.suppress = try vm.isTrue(v) }
    if let v = args.given(5)?.string { o.nanText = v }
    if let v = args.given(6)?.string { o.infinityText = v }
    if args.given(7) != nil { throw .notImplemented("np.set_printoptions(formatter=…) is not available in tnb") }
    if let v = args.given(8)?.string { o.sign = v }
    if let v = args.given(9)?.string { o.floatMode = v }
    NumPyPrintOptions.current = o
  }
}

/// `np.linalg`.
enum NumPyLinalgModule {
  static func make() -> Runtime.Module {
    NumPyLibrary.table("linalg") { table in
      func array(_ v: Value, _ vm: VM) throws(ExceptionObject) -> Tensor { try NumPyArray.from(v, vm) }
      table.lazy("LinAlgError") { .object(NumPyTypes.linAlgError) }
      table.native("inv(a)", "The inverse.") { (vm, args) throws(ExceptionObject) in
        .object(NDArray(try NumPyLinear.inverse(array(args[0], vm))))
      }
      table.native("det(a)", "The determinant.") { (vm, args) throws(ExceptionObject) in
        NDArray.result(try NumPyLinear.determinant(array(args[0], vm)))
      }
      table.native("solve(a, b)", "The solution of a x = b.") { (vm, args) throws(ExceptionObject) in
        .object(NDArray(try NumPyLinear.solve(array(args[0], vm), array(args[1], vm))))
      }
      table.native("norm(x, ord=None, axis=None, keepdims=False)", "The length.") {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        return NDArray.result(
          try NumPyLinear.norm(
            t, args.given(1), NumPyMath.axes(args.given(2), t.ndim, vm), keep: args.has(3) ? vm.isTrue(args[3]) : false,
            vm))
      }
      table.native("lstsq(a, b, rcond=None)", "Least squares.") { (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        guard a.ndim == 2 else {
          throw .make(NumPyTypes.linAlgError, "\(a.ndim)-dimensional array given. Array must be two-dimensional")
        }
        let k = b.ndim == 1 ? 1 : b.shape[1]
        let (m, n) = (a.shape[0], a.shape[1])
        let (av, bv) = (NumPyCore.doubles(a), NumPyCore.doubles(b))
        let x = NumPyLinear.leastSquares(m, n, av, bv, k)
        var residuals = [Double](repeating: 0, count: k)
        for i in 0..<m {
          for j in 0..<k {
            var r = bv[i * k + j]
            for c in 0..<n { r -= av[i * n + c] * x[c * k + j] }
            residuals[j] += r * r
          }
        }
        let singular = try torch("linalg", "svdvals", [a])
        return .makeTuple([
          .object(NDArray(NumPyCore.make(x, b.ndim == 1 ? [n] : [n, k]))),
          .object(NDArray(NumPyCore.make(m > n ? residuals : [], [m > n ? k : 0]))), .int(min(m, n)), singular,
        ])
        func torch(_ m: String, _ name: String, _ list: [Tensor]) throws(ExceptionObject) -> Value {
          try viaTorch(name, list, vm)
        }
      }
      for name in ["eig", "eigvals"] {
        table.native("\(name)(a)", "Eigenvalues, where they are real.") { (vm, args) throws(ExceptionObject) in
          let t = try array(args[0], vm)
          if t.ndim < 2 {
            throw .make(
              NumPyTypes.linAlgError, "\(t.ndim)-dimensional array given. Array must be at least two-dimensional")
          }
          if t.shape[t.ndim - 1] != t.shape[t.ndim - 2] {
            throw .make(NumPyTypes.linAlgError, "Last 2 dimensions of the array must be square")
          }
          let x = NumPyCore.cast(t, t.dtype.isFloating ? t.dtype : .float64)
          if NumPyCore.doubles(x).contains(where: { !$0.isFinite }) {
            throw .make(NumPyTypes.linAlgError, "Array must not contain infs or NaNs")
          }
          guard let (values, vectors) = try core({ () throws(TensorError) in try Operations.realEig(x) }) else {
            throw .notImplemented("np.linalg.\(name) of a matrix with complex eigenvalues is not available in tnb")
          }
          if name == "eigvals" { return .object(NDArray(values)) }
          return try named(name, [.object(NDArray(values)), .object(NDArray(vectors))], vm)
        }
      }
      for name in [
        "eigh", "eigvalsh", "svd", "qr", "cholesky", "pinv", "matrix_rank", "matrix_power", "cond", "slogdet",
      ] {
        table.set(
          name,
          .object(
            NativeFunction(unbound: "\(name)(a)") { (vm, base, positional, keywords) throws(ExceptionObject) in
              guard positional >= 1 else { throw .type("\(name)() missing 1 required positional argument: 'a'") }
              let t = try array(base[0], vm)
              let x = NumPyCore.cast(t, t.dtype.isFloating ? t.dtype : .float64)
              return try viaTorch(
                name, [x], vm, rest: (1..<max(positional, 1)).map { base[$0] }, keywords: keywords,
                values: base + positional)
            }))
      }
    }
  }

  /// Several results as NumPy names them: `EighResult(eigenvalues=…, eigenvectors=…)`.
  private static func named(_ name: String, _ values: [Value], _ vm: VM) throws(ExceptionObject) -> Value {
    let make = try vm.getAttribute(vm.importedModule("_numpy"), Symbol("_result"))
    return try vm.call(make, [.text(name)] + values)
  }

  /// The tensor core's decompositions.
  private static func viaTorch(
    _ name: String, _ list: [Tensor], _ vm: VM, rest: [Value] = [], keywords: Tuple? = nil,
    values: UnsafeMutablePointer<Value>? = nil
  ) throws(ExceptionObject) -> Value {
    var named: [(Symbol, Value)] = []
    var name = name
    for (i, key) in (keywords?.items ?? []).enumerated() {
      guard case .str(let s) = key, let values else { continue }
      if name == "svd" && s.string == "compute_uv" {
        if try !vm.isTrue(values[i]) { name = "svdvals" }
      } else {
        named.append((Symbol(s), values[i]))
      }
    }
    guard let linalg = TorchModule.submodule("linalg"), let f = linalg.member(name) else {
      throw .notImplemented("np.linalg.\(name) is not available in tnb")
    }
    func convert(_ v: Value) -> Value {
      if case .tensor(let t) = v { return NDArray.result(t) }
      if let items = v.asTuple?.items { return .makeTuple(items.map { convert($0) }) }
      return v
    }
    do throws(ExceptionObject) {
      let result = convert(try vm.call(f, list.map { .tensor($0) } + rest, named))
      return try result.asTuple.map { (t) throws(ExceptionObject) in try self.named(name, t.items, vm) } ?? result
    } catch {
      if error.type === Types.linAlgError {
        throw .make(
          NumPyTypes.linAlgError, name == "cholesky" ? "Matrix is not positive definite" : try vm.str(.object(error)))
      }
      throw error
    }
  }
}
