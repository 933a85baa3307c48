import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Making arrays.
enum CreationFunctions {
  /// A shape argument: an int or a sequence of ints.
  static func shape(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [Int] {
    if let n = try ArgumentConversion.int(value) { return [n] }
    if let list = try ArgumentConversion.ints(value) { return list }
    if case .object(let o) = value, let a = o as? NDArray { return NumPyCore.ints(a.tensor) }
    if let items = ArgumentConversion.sequence(value),
      let bad = items.first(where: { ((try? ArgumentConversion.int($0)) ?? nil) == nil })
    {
      throw .type("'\(vm.typeName(bad))' object cannot be interpreted as an integer")
    }
    throw .type("'\(vm.typeName(value))' object cannot be interpreted as an integer")
  }

  static func dtype(_ args: Arguments, _ i: Int, _ vm: VM) throws(ExceptionObject) -> DType? {
    guard let value = args.given(i) else { return nil }
    return try NumPyDType.require(value, vm)
  }

  static func filled(_ shape: [Int], _ dtype: DType, _ value: Scalar) throws(ExceptionObject) -> Tensor {
    let t = try NumPyCore.checked(shape, dtype)
    return try core { () throws(TensorError) in
      _ = t
      return try Tensor.filled(Dims(shape), dtype, value)
    }
  }

  static func add(to table: MemberTable) {
    table.native(
      "array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None)", "An array of the data."
    ) {
      (vm, args) throws(ExceptionObject) in
      if let strings = try TextArray.make(args[0], args.given(1), vm) { return .object(strings) }
      let order = try MemoryOrder.of(args.given(3) ?? .text("K"), vm)
      let wanted = try dtype(args, 1, vm)
      if let copy = args.given(2), try !vm.isTrue(copy) {
        if case .object(let o) = args[0], let a = o as? NDArray, wanted == nil || wanted == a.tensor.dtype {
          return args[0]
        }
        throw .value(
          "Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\nFor more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword."
        )
      }
      var t = order.laid(try NumPyArray.make(args[0], dtype: wanted, vm), like: try NumPyArray.existing(args[0]))
      if let n = args.given(5), let least = try ArgumentConversion.int(n), least > t.ndim, least <= Dims.capacity {
        t = NumPyCore.reshape(t, [Int](repeating: 1, count: least - t.ndim) + t.shape.array)
      }
      return .object(NDArray(t))
    }
    table.native("asfortranarray(a, dtype=None)", "The data, column after column in memory.") {
      (vm, args) throws(ExceptionObject) in
      let t = try NumPyArray.make(args[0], dtype: dtype(args, 1, vm), vm)
      return .object(NDArray(MemoryOrder.columns.laid(t)))
    }
    for name in ["asarray", "ascontiguousarray", "asanyarray"] {
      table.native("\(name)(a, dtype=None, order=None)", "The data as an array, copied only where it must be.") {
        (vm, args) throws(ExceptionObject) in
        if let strings = try TextArray.make(args[0], args.given(1), vm) { return .object(strings) }
        let wanted = try dtype(args, 1, vm)
        let order = try MemoryOrder.of(args.given(2), vm)
        if order == .columns { return .object(NDArray(order.laid(try NumPyArray.make(args[0], dtype: wanted, vm)))) }
        if case .object(let o) = args[0], let a = o as? NDArray, wanted == nil || wanted == a.tensor.dtype,
          name != "ascontiguousarray" || a.tensor.isContiguous
        {
          return args[0]
        }
        if case .tensor(let t) = args[0], wanted == nil || wanted == t.dtype {
          return try NumPyLibrary.array(of: t, force: false)
        }
        return .object(NDArray(try NumPyArray.make(args[0], dtype: wanted, vm)))
      }
    }
    table.native("copy(a, order='K', subok=False)", "A copy.") { (vm, args) throws(ExceptionObject) in
      let t = try NumPyArray.from(args[0], vm)
      let order = try MemoryOrder.of(args.given(1) ?? .text("K"), vm)
      return .object(NDArray(order.laid(NumPyCore.copy(t), like: t)))
    }
    addFilled(to: table)
    addRanges(to: table)
    addMatrices(to: table)
  }

  private static func addFilled(to table: MemberTable) {
    for (name, value) in [("zeros", 0), ("ones", 1), ("empty", 0)] {
      table.native("\(name)(shape, dtype=None, order='C', *, like=None)", "An array of \(value)s.") {
        (vm, args) throws(ExceptionObject) in
        if let kind = TextDType.parse(args.given(1)) {
          return .object(try TextArray(filling: shape(args[0], vm), value == 1 ? "1" : "", kind))
        }
        let t = try filled(shape(args[0], vm), dtype(args, 1, vm) ?? .float64, .int(value))
        return .object(NDArray(try MemoryOrder.of(args.given(2), vm).laid(t)))
      }
      table.native(
        "\(name)_like(a, dtype=None, order='K', subok=True, shape=None)", "An array of \(value)s of the same shape."
      ) {
        (vm, args) throws(ExceptionObject) in
        let t = try NumPyArray.from(args[0], vm)
        let sizes = try args.given(4).map { (v) throws(ExceptionObject) in try shape(v, vm) } ?? t.shape.array
        return .object(NDArray(try filled(sizes, dtype(args, 1, vm) ?? t.dtype, .int(value))))
      }
    }
    table.native("full(shape, fill_value, dtype=None, order='C', *, like=None)", "An array of one value.") {
      (vm, args) throws(ExceptionObject) in
      let wanted = try dtype(args, 2, vm)
      let value =
        try wanted == nil
        ? NumPyArray.from(args[1], vm) : NumPyArray.make(args[1], dtype: wanted, vm)
      let t = try NumPyCore.checked(shape(args[0], vm), wanted ?? value.dtype)
      try NumPyCore.assign(t, value)
      return .object(NDArray(try MemoryOrder.of(args.given(3), vm).laid(t)))
    }
    table.native("full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None)", "An array of one value.") {
      (vm, args) throws(ExceptionObject) in
      let like = try NumPyArray.from(args[0], vm)
      let sizes = try args.given(5).map { (v) throws(ExceptionObject) in try shape(v, vm) } ?? like.shape.array
      let type = try dtype(args, 2, vm) ?? like.dtype
      let t = try NumPyCore.checked(sizes, type)
      try NumPyCore.assign(t, NumPyArray.make(args[1], dtype: type, vm))
      return .object(NDArray(t))
    }
  }

  private static func addRanges(to table: MemberTable) {
    table.native("arange(start, stop=None, step=None, dtype=None, *, like=None)", "Numbers at equal steps.") {
      (vm, args) throws(ExceptionObject) in
      try arange(args, vm)
    }
    table.native("_linspace(start, stop, num, endpoint, dtype)", "Numbers at equal distances, between two numbers.") {
      (vm, args) throws(ExceptionObject) in
      let (start, stop) = (try number(args[0], vm), try number(args[1], vm))
      let n = max(0, try NumPyCore.moderate(args[2], default: 50))
      try NumPyCore.requireRoom([n])
      let includesEnd = try vm.isTrue(args[3])
      let parts = includesEnd ? n - 1 : n
      let delta = stop - start
      let step = parts > 0 ? delta / Double(parts) : .nan
      var values = (0..<n).map { i in
        parts > 0 ? (step == 0 ? Double(i) / Double(parts) * delta : Double(i) * step) + start : start
      }
      if includesEnd && n > 1 { values[n - 1] = stop }
      let type = try dtype(args, 4, vm) ?? .float64
      let result =
        type.isFloating
        ? NumPyCore.make(values, [n], type) : NumPyCore.make(values.map { Int(exactly: floor($0)) ?? 0 }, [n], type)
      return .makeTuple([.object(NDArray(result)), NumPyScalar.make(.float(step), .float64)])
    }
  }

  static func number(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Double {
    if let s = try ArgumentConversion.scalar(value) { return s.double }
    if case .object(let o) = value, let a = o as? NDArray, a.tensor.count == 1 { return a.tensor.onlyScalar.double }
    throw .type("must be real number, not \(vm.typeName(value))")
  }

  private static func arange(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    func scalar(_ v: Value) throws(ExceptionObject) -> Scalar {
      if let s = try ArgumentConversion.scalar(v) { return s }
      throw .type("unsupported operand type(s) for -: '\(vm.typeName(v))' and 'int'")
    }
    var (start, stop, step) = (Scalar.int(0), Scalar.int(0), Scalar.int(1))
    if let second = args.given(1) {
      start = try scalar(args[0])
      stop = try scalar(second)
    } else {
      stop = try scalar(args[0])
    }
    if let third = args.given(2) { step = try scalar(third) }
    if step.double == 0 { throw .zeroDivision("division by zero") }
    let wanted = try dtype(args, 3, vm)
    var isFloat = false
    for s in [start, stop, step] { if case .float = s { isFloat = true } }
    let length = ceil((stop.double - start.double) / step.double)
    guard length < 1e9, !length.isNaN else { throw .value("Maximum allowed size exceeded") }
    let n = length > 0 ? Int(length) : 0
    try NumPyCore.requireRoom([n])
    if !isFloat, case .int(let a) = start, case .int(let s) = step {
      return .object(NDArray(NumPyCore.make((0..<n).map { a &+ $0 &* s }, [n], wanted ?? .int64)))
    }
    // As NumPy fills it: the second element fixes the step.
    let delta = (start.double + step.double) - start.double
    return .object(NDArray(NumPyCore.make((0..<n).map { start.double + Double($0) * delta }, [n], wanted ?? .float64)))
  }

  private static func addMatrices(to table: MemberTable) {
    table.native("eye(N, M=None, k=0, dtype=None, order='C', *, like=None)", "Ones on a diagonal.") {
      (vm, args) throws(ExceptionObject) in
      guard let n = try ArgumentConversion.int(args[0]) else {
        throw .type("'\(vm.typeName(args[0]))' object cannot be interpreted as an integer")
      }
      let m = try args.given(1).map { (v) throws(ExceptionObject) in try ArgumentConversion.int(v) ?? n } ?? n
      let k = try NumPyCore.moderate(args.given(2), default: 0)
      let t = try filled([n, m], dtype(args, 3, vm) ?? .float64, .int(0))
      for i in 0..<n where i + k >= 0 && i + k < m {
        ElementStore.write(.int(1), t.data + (i * m + i + k) * t.dtype.size, t.dtype)
      }
      return .object(NDArray(t))
    }
    table.native("identity(n, dtype=None)", "Ones on the diagonal.") { (vm, args) throws(ExceptionObject) in
      guard let n = try ArgumentConversion.int(args[0]) else {
        throw .type("'\(vm.typeName(args[0]))' object cannot be interpreted as an integer")
      }
      let t = try filled([n, n], dtype(args, 1, vm) ?? .float64, .int(0))
      for i in 0..<n { ElementStore.write(.int(1), t.data + (i * n + i) * t.dtype.size, t.dtype) }
      return .object(NDArray(t))
    }
    table.native("diag(v, k=0)", "A diagonal matrix, or the diagonal of one.") { (vm, args) throws(ExceptionObject) in
      let t = try NumPyArray.from(args[0], vm)
      let k = try NumPyCore.moderate(args.given(1), default: 0)
      if t.ndim == 1 {
        let n = t.shape[0] + abs(k)
        let result = try filled([n, n], t.dtype, .int(0))
        for (i, index) in t.uncheckedElementIndices().enumerated() {
          let (r, c) = k >= 0 ? (i, i + k) : (i - k, i)
          ElementStore.write(t.scalar(at: index), result.data + (r * n + c) * t.dtype.size, t.dtype)
        }
        return .object(NDArray(result))
      }
      guard t.ndim == 2 else { throw .value("Input must be 1- or 2-d.") }
      return .object(NDArray(NumPyCore.copy(ShapeFunctions.diagonal(t, k))))
    }
    for (name, isLower) in [("tril", true), ("triu", false)] {
      table.native("\(name)(m, k=0)", "One triangle of a matrix.") { (vm, args) throws(ExceptionObject) in
        let t = NumPyCore.copy(try NumPyArray.from(args[0], vm))
        let k = try NumPyCore.moderate(args.given(1), default: 0)
        guard t.ndim >= 2 else {
          if t.ndim == 0 { throw .type("tri() missing 1 required positional argument: 'N'") }
          // As NumPy: a vector stands for every row of a square matrix.
          let n = t.count
          let square = NumPyCore.copy(NumPyCore.expand(t, [n, n]))
          guard let again = table.find(name) else { return .none }
          return try vm.call(again, [.object(NDArray(square)), .int(k)])
        }
        let (rows, columns) = (t.shape[t.ndim - 2], t.shape[t.ndim - 1])
        for i in 0..<t.count {
          let (r, c) = (i / columns % rows, i % columns)
          if isLower ? c > r + k : c < r + k { ElementStore.write(.int(0), t.data + i * t.dtype.size, t.dtype) }
        }
        return .object(NDArray(t))
      }
    }
    table.native("meshgrid(*xi, copy=True, sparse=False, indexing='xy')", "Coordinate matrices.") {
      (vm, args) throws(ExceptionObject) in
      var axes: [Tensor] = []
      for item in args[0].asTuple?.items ?? [] {
        axes.append(NumPyCore.reshape(try NumPyArray.from(item, vm), [try NumPyArray.from(item, vm).count]))
      }
      let indexing = args.has(3) ? args[3].string ?? "" : "xy"
      guard indexing == "xy" || indexing == "ij" else {
        throw .value("Valid values for `indexing` are 'xy' and 'ij'.")
      }
      let isXY = indexing == "xy"
      let isSparse = args.has(2) ? try vm.isTrue(args[2]) : false
      var shape = axes.map { $0.shape[0] }
      if isXY && shape.count > 1 { shape.swapAt(0, 1) }
      try NumPyCore.requireRoom(shape)
      let grids = axes.enumerated().map { (i, axis) -> Value in
        let d = isXY && axes.count > 1 && i < 2 ? 1 - i : i
        var sizes = [Int](repeating: 1, count: axes.count)
        sizes[d] = axis.shape[0]
        if isSparse { return .object(NDArray(NumPyCore.copy(NumPyCore.reshape(axis, sizes)))) }
        return .object(NDArray(NumPyCore.copy(NumPyCore.expand(NumPyCore.reshape(axis, sizes), shape))))
      }
      return .makeTuple(grids)
    }
  }
}
