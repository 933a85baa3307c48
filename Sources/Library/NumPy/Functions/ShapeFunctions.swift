import Runtime
import Tensor

/// Arrays in other shapes.
enum ShapeFunctions {
  static func reshape(_ t: Tensor, _ sizes: [Int]) throws(ExceptionObject) -> Tensor {
    var shape = sizes
    let unknown = sizes.indices.filter { sizes[$0] == -1 }
    if unknown.count > 1 { throw .value("can only specify one unknown dimension") }
    if sizes.count > Dims.capacity {
      throw .value("arrays of more than \(Dims.capacity) dimensions are not available in tnb")
    }
    var known = 1
    for s in sizes where s != -1 {
      if s < 0 { throw .value("negative dimensions are not allowed") }
      known = known.multipliedReportingOverflow(by: s).partialValue
    }
    // NumPy leaves out the first size where it is the unknown one.
    let shown = (sizes.first == -1 ? sizes.dropFirst() : sizes[...]).map { $0 == -1 ? "newaxis" : String($0) }
    let tail = sizes.count == 1 && shown.count == 1 ? ",)" : ")"
    let failure = ExceptionObject.value(
      "cannot reshape array of size \(t.count) into shape (\(shown.joined(separator: ","))\(tail)")
    if let u = unknown.first {
      guard known != 0, t.count % known == 0 else { throw failure }
      shape[u] = t.count / known
    } else if known != t.count {
      throw failure
    }
    return NumPyCore.reshape(t, shape)
  }

  /// As `reshape`, with elements read and placed in another order.
  static func reshape(_ t: Tensor, _ sizes: [Int], _ order: MemoryOrder) throws(ExceptionObject) -> Tensor {
    guard order == .columns || (order == .either && MemoryOrder.isByColumns(t)) else { return try reshape(t, sizes) }
    let turned = NumPyCore.permute(t, (0..<t.ndim).reversed())
    let made = try reshape(turned, sizes.reversed())
    return NumPyCore.permute(made, (0..<made.ndim).reversed())
  }

  static func diagonal(_ t: Tensor, _ k: Int) -> Tensor {
    let (rows, columns) = (t.shape[0], t.shape[1])
    let n = k >= 0 ? min(rows, columns - k) : min(rows + k, columns)
    let offset = t.offset + (k >= 0 ? k * t.strides[1] : -k * t.strides[0])
    return NumPyCore.view(t, [max(n, 0)], [t.strides[0] + t.strides[1]], offset)
  }

  private static func array(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    try NumPyArray.from(value, vm)
  }

  /// The order of dimensions that `transpose(*axes)` asks for.
  static func order(_ axes: [Value], _ ndim: Int, _ vm: VM) throws(ExceptionObject) -> [Int] {
    var given = axes
    if given.count == 1, let items = ArgumentConversion.sequence(given[0]) { given = items }
    if given.isEmpty || (given.count == 1 && given[0].isNone) { return Array((0..<ndim).reversed()) }
    if given.count != ndim { throw .value("axes don't match array") }
    var result: [Int] = []
    for a in try ArgumentConversion.ints(given) ?? [] { result.append(try NumPyCore.axis(a, ndim)) }
    if Set(result).count != ndim { throw .value("repeated axis in transpose") }
    return result
  }

  static func add(to table: MemberTable) {
    table.native("reshape(a, /, shape, order='C', *, copy=None)", "The elements in another shape.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let shape = try CreationFunctions.shape(args[1], vm)
      let made = try reshape(t, shape, MemoryOrder.of(args.given(2), ["C", "F", "A"], vm))
      guard let copies = args.given(3) else { return NDArray.sharing(made, args[0]) }
      if try vm.isTrue(copies) { return .object(NDArray(made.storage === t.storage ? NumPyCore.copy(made) : made)) }
      if made.storage !== t.storage { throw .value("Unable to avoid creating a copy while reshaping.") }
      return NDArray.sharing(made, args[0])
    }
    table.native("ravel(a, order='C')", "The elements in one dimension.") { (vm, args) throws(ExceptionObject) in
      let t = MemoryOrder.rows(of: try array(args[0], vm), try MemoryOrder.of(args.given(1), vm))
      return NDArray.sharing(NumPyCore.reshape(t, [t.count]), args[0])
    }
    table.native("transpose(a, axes=None)", "The dimensions in another order.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return .object(NDArray(NumPyCore.permute(t, try order(args.given(1).map { [$0] } ?? [], t.ndim, vm))))
    }
    table.alias("transpose", "permute_dims")
    table.native("swapaxes(a, axis1, axis2)", "Two dimensions swapped.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      var all = Array(0..<t.ndim)
      all.swapAt(
        try NumPyCore.axis(ArgumentConversion.int(args[1]) ?? 0, t.ndim),
        try NumPyCore.axis(ArgumentConversion.int(args[2]) ?? 0, t.ndim))
      return .object(NDArray(NumPyCore.permute(t, all)))
    }
    table.native("squeeze(a, axis=None)", "Without dimensions of size one.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return .object(NDArray(try squeeze(t, NumPyMath.axes(args.given(1), t.ndim, vm))))
    }
    table.native("broadcast_to(array, shape, subok=False)", "A view in a larger shape.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let shape = try CreationFunctions.shape(args[1], vm)
      if let negative = shape.first(where: { $0 < 0 }) {
        _ = negative
        throw .value("all elements of broadcast shape must be non-negative")
      }
      guard NumPyCore.broadcast(t.shape.array, shape) == shape else {
        throw .value(
          "operands could not be broadcast together with remapped shapes [original->remapped]: \(NumPyCore.text(t.shape.array))  and requested shape \(NumPyCore.text(shape))"
        )
      }
      try NumPyCore.requireRoom(shape)
      let view = NDArray(NumPyCore.expand(t, shape))
      view.isWritable = false
      return .object(view)
    }
    for (name, least) in [("atleast_1d", 1), ("atleast_2d", 2)] {
      table.native("\(name)(*arys)", "At least so many dimensions.") { (vm, args) throws(ExceptionObject) in
        var results: [Value] = []
        for item in args[0].asTuple?.items ?? [] {
          let t = try array(item, vm)
          let missing = max(0, least - t.ndim)
          results.append(
            .object(
              NDArray(missing == 0 ? t : NumPyCore.reshape(t, [Int](repeating: 1, count: missing) + t.shape.array))))
        }
        return results.count == 1 ? results[0] : .makeTuple(results)
      }
    }
    addReversals(to: table)
  }

  static func squeeze(_ t: Tensor, _ axes: [Int]?) throws(ExceptionObject) -> Tensor {
    if let axes, axes.contains(where: { t.shape[$0] != 1 }) {
      throw .value("cannot select an axis to squeeze out which has size not equal to one")
    }
    var shape = Dims()
    var strides = Dims()
    for d in 0..<t.ndim where !(axes?.contains(d) ?? (t.shape[d] == 1)) {
      shape.append(t.shape[d])
      strides.append(t.strides[d])
    }
    return NumPyCore.view(t, shape, strides, t.offset)
  }

  private static func reversed(_ t: Tensor, _ axes: [Int]) -> Tensor {
    var strides = t.strides
    var offset = t.offset
    for a in axes where t.shape[a] > 0 {
      offset += (t.shape[a] - 1) * strides[a]
      strides[a] = -strides[a]
    }
    return NumPyCore.view(t, t.shape, strides, offset)
  }

  private static func addReversals(to table: MemberTable) {
    table.native("flip(m, axis=None)", "The elements in reverse order.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return .object(NDArray(reversed(t, try NumPyMath.axes(args.given(1), t.ndim, vm) ?? Array(0..<t.ndim))))
    }
    for (name, axis) in [("flipud", 0), ("fliplr", 1)] {
      table.native("\(name)(m)", "One dimension in reverse order.") { (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        if t.ndim <= axis { throw .value("Input must be >= \(axis + 1)-d.") }
        return .object(NDArray(reversed(t, [axis])))
      }
    }
    table.native("ix_(*args)", "Index arrays for every pair of positions.") { (vm, args) throws(ExceptionObject) in
      let given = args[0].asTuple?.items ?? []
      var results: [Value] = []
      for (i, item) in given.enumerated() {
        var t = try array(item, vm)
        if t.ndim != 1 { throw .value("Cross index must be 1 dimensional") }
        if t.dtype == .bool { t = NumPyIndexing.positions(t)[0] }
        var shape = [Int](repeating: 1, count: given.count)
        shape[i] = t.count
        results.append(.object(NDArray(NumPyCore.reshape(t.count == 0 ? NumPyCore.cast(t, .int64) : t, shape))))
      }
      return .makeTuple(results)
    }
    table.native("tile(A, reps)", "The array repeated as a whole.") { (vm, args) throws(ExceptionObject) in
      var t = try array(args[0], vm)
      var reps = try CreationFunctions.shape(args[1], vm)
      try NumPyCore.requireRoom(reps.map { _ in 1 })
      while reps.count < t.ndim { reps.insert(1, at: 0) }
      if t.ndim < reps.count {
        t = NumPyCore.reshape(t, [Int](repeating: 1, count: reps.count - t.ndim) + t.shape.array)
      }
      for (d, r) in reps.enumerated() {
        let n = t.shape[d]
        try NumPyCore.requireRoom([n, max(0, r)])
        t = try take(t, (0..<max(0, r)).flatMap { _ in Array(0..<n) }, d)
      }
      return .object(NDArray(NumPyCore.copy(t)))
    }
    table.native("repeat(a, repeats, axis=None)", "Each element repeated.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let axis = try NumPyMath.axes(args.given(2), t.ndim, vm)?.first
      let source = axis == nil ? NumPyCore.reshape(t, [t.count]) : t
      let a = axis ?? 0
      var counts = try CreationFunctions.shape(args[1], vm)
      if counts.count == 1 { counts = [Int](repeating: counts[0], count: source.shape[a]) }
      for c in counts where c > 1 << 28 { throw .memory() }
      if counts.contains(where: { $0 < 0 }) { throw .value("repeats may not contain negative values.") }
      if counts.count != source.shape[a] {
        throw .value("operands could not be broadcast together with shape (\(source.shape[a]),) (\(counts.count),)")
      }
      return .object(
        NDArray(try take(source, counts.enumerated().flatMap { (i, c) in [Int](repeating: i, count: max(0, c)) }, a)))
    }
  }

  /// Elements at positions along a dimension; positions are in range.
  static func take(_ t: Tensor, _ positions: [Int], _ axis: Int) throws(ExceptionObject) -> Tensor {
    var shape = t.shape.array
    let n = shape[axis]
    shape[axis] = positions.count
    let result = try NumPyCore.checked(shape, t.dtype)
    let before = shape[..<axis].reduce(1, *)
    let after = shape[(axis + 1)...].reduce(1, *)
    let source = t.isContiguous ? t : NumPyCore.copy(t)
    let bytes = after * t.dtype.size
    for b in 0..<before {
      for (k, p) in positions.enumerated() {
        (result.data + (b * positions.count + k) * bytes).copyMemory(
          from: source.data + (b * n + p) * bytes, byteCount: bytes)
      }
    }
    return result
  }
}

/// Joining and splitting arrays.
enum NumPyJoining {
  static func concatenate(_ list: [Tensor], _ axis: Int) throws(ExceptionObject) -> Tensor {
    guard let first = list.first else { throw .value("need at least one array to concatenate") }
    if first.ndim == 0 { throw .value("zero-dimensional arrays cannot be concatenated") }
    for (i, t) in list.enumerated() where t.ndim != first.ndim {
      throw .value(
        "all the input arrays must have same number of dimensions, but the array at index 0 has \(first.ndim) dimension(s) and the array at index \(i) has \(t.ndim) dimension(s)"
      )
    }
    let a = try NumPyCore.axis(axis, first.ndim)
    var type = first.dtype
    var shape = first.shape.array
    shape[a] = 0
    for (i, t) in list.enumerated() {
      type = NumPyArray.promote(type, t.dtype)
      for d in 0..<t.ndim where d != a && t.shape[d] != first.shape[d] {
        throw .value(
          "all the input array dimensions except for the concatenation axis must match exactly, but along dimension \(d), the array at index 0 has size \(first.shape[d]) and the array at index \(i) has size \(t.shape[d])"
        )
      }
      shape[a] += t.shape[a]
    }
    let result = try NumPyCore.checked(shape, type)
    var start = 0
    for t in list {
      var part = result.shape
      part[a] = t.shape[a]
      let view = NumPyCore.view(result, part, result.strides, result.offset + start * result.strides[a])
      try NumPyCore.assign(view, t)
      start += t.shape[a]
    }
    return result
  }

  static func stack(_ list: [Tensor], _ axis: Int) throws(ExceptionObject) -> Tensor {
    guard let first = list.first else { throw .value("need at least one array to stack") }
    for t in list where t.shape != first.shape { throw .value("all input arrays must have the same shape") }
    let a = try NumPyCore.axis(axis, first.ndim + 1)
    try NumPyCore.requireRoom(first.shape.array + [1])
    var shape = first.shape.array
    shape.insert(1, at: a)
    return try concatenate(list.map { NumPyCore.reshape($0, shape) }, a)
  }

  private static func arrays(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [Tensor] {
    var result: [Tensor] = []
    var items = try NumPyArray.items(value, vm)
    if items == nil { items = try vm.items(value) }
    for item in items ?? [] { result.append(try NumPyArray.from(item, vm)) }
    return result
  }

  private static func axis(_ args: Arguments, _ i: Int, _ vm: VM) throws(ExceptionObject) -> Int {
    guard let given = args.given(i) else { return 0 }
    if let axis = try ArgumentConversion.int(given) { return axis }
    if case .object(let o) = given, o is NDArray {
      throw .type("only integer scalar arrays can be converted to a scalar index")
    }
    throw .type("'\(vm.typeName(given))' object cannot be interpreted as an integer")
  }

  /// The joined array in the type that `dtype` wants, or written into `out`.
  private static func finished(
    _ made: Tensor, _ args: Arguments, dtype: Int, casting: Int, out: Value?, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var made = made
    if let wanted = try CreationFunctions.dtype(args, dtype, vm) {
      let rule = args.given(casting)?.string ?? "same_kind"
      if rule != "unsafe" && !NumPyArithmetic.canCastSameKind(made.dtype, wanted) {
        throw .type(
          "Cannot cast array data from dtype('\(made.dtype.name)') to dtype('\(wanted.name)') according to the rule '\(rule)'"
        )
      }
      made = NumPyCore.cast(made, wanted)
    }
    guard let out else { return .object(NDArray(made)) }
    return try ReductionFunctions.give(made, out, "concatenate")
  }

  static func add(to table: MemberTable) {
    table.native(
      "concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')",
      "Arrays joined along a dimension."
    ) {
      (vm, args) throws(ExceptionObject) in
      var list = try arrays(args[0], vm)
      if args.has(1), args[1].isNone { list = list.map { NumPyCore.reshape($0, [$0.count]) } }
      let made = try concatenate(list, axis(args, 1, vm))
      return try finished(made, args, dtype: 3, casting: 4, out: args.given(2), vm)
    }
    table.alias("concatenate", "concat")
    table.native(
      "stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')", "Arrays joined along a new dimension."
    ) {
      (vm, args) throws(ExceptionObject) in
      let made = try stack(arrays(args[0], vm), axis(args, 1, vm))
      return try finished(made, args, dtype: 3, casting: 4, out: args.given(2), vm)
    }
    for name in ["vstack", "row_stack"] {
      table.native("\(name)(tup, *, dtype=None, casting='same_kind')", "Arrays as rows.") {
        (vm, args) throws(ExceptionObject) in
        let list = try arrays(args[0], vm).map { $0.ndim < 2 ? NumPyCore.reshape($0, [1, $0.count]) : $0 }
        return try finished(concatenate(list, 0), args, dtype: 1, casting: 2, out: nil, vm)
      }
    }
    table.native("hstack(tup, *, dtype=None, casting='same_kind')", "Arrays side by side.") {
      (vm, args) throws(ExceptionObject) in
      let list = try arrays(args[0], vm).map { $0.ndim == 0 ? NumPyCore.reshape($0, [1]) : $0 }
      let made = try concatenate(list, list.first?.ndim == 1 ? 0 : 1)
      return try finished(made, args, dtype: 1, casting: 2, out: nil, vm)
    }
    table.native("column_stack(tup)", "1-D arrays as columns.") { (vm, args) throws(ExceptionObject) in
      let list = try arrays(args[0], vm).map { $0.ndim < 2 ? NumPyCore.reshape($0, [$0.count, 1]) : $0 }
      return .object(NDArray(try concatenate(list, 1)))
    }
    table.native("append(arr, values, axis=None)", "A copy with values at the end.") {
      (vm, args) throws(ExceptionObject) in
      let (a, b) = (try NumPyArray.from(args[0], vm), try NumPyArray.from(args[1], vm))
      guard let axis = args.given(2), let i = try ArgumentConversion.int(axis) else {
        return .object(NDArray(try concatenate([NumPyCore.reshape(a, [a.count]), NumPyCore.reshape(b, [b.count])], 0)))
      }
      return .object(NDArray(try concatenate([a, b], i)))
    }
    for name in ["split", "array_split"] {
      table.native("\(name)(ary, indices_or_sections, axis=0)", "An array cut into parts.") {
        (vm, args) throws(ExceptionObject) in
        let t = try NumPyArray.from(args[0], vm)
        let axis = try NumPyCore.axis(args.has(2) ? ArgumentConversion.int(args[2]) ?? 0 : 0, t.ndim)
        return try split(t, args[1], axis, uneven: name == "array_split", vm)
      }
    }
    for (name, axis) in [("vsplit", 0), ("hsplit", 1)] {
      table.native("\(name)(ary, indices_or_sections)", "An array cut into parts.") {
        (vm, args) throws(ExceptionObject) in
        let t = try NumPyArray.from(args[0], vm)
        return try split(t, args[1], t.ndim == 1 ? 0 : axis, uneven: false, vm)
      }
    }
    table.lazy("c_") { .object(IndexJoiner(columns: true)) }
    table.lazy("r_") { .object(IndexJoiner(columns: false)) }
  }

  private static func split(_ t: Tensor, _ how: Value, _ axis: Int, uneven: Bool, _ vm: VM) throws(ExceptionObject)
    -> Value
  {
    let n = t.shape[axis]
    var cuts: [Int] = [0]
    if let parts = try ArgumentConversion.int(how) {
      if parts <= 0 { throw .value("number sections must be larger than 0.") }
      try NumPyCore.requireRoom([parts])
      if !uneven && n % parts != 0 { throw .value("array split does not result in an equal division") }
      for i in 0..<parts { cuts.append(cuts[i] + n / parts + (i < n % parts ? 1 : 0)) }
    } else {
      for i in try CreationFunctions.shape(how, vm) { cuts.append(min(max(i < 0 ? i + n : i, 0), n)) }
      cuts.append(n)
    }
    var parts: [Value] = []
    for i in 1..<cuts.count {
      var shape = t.shape
      shape[axis] = max(0, cuts[i] - cuts[i - 1])
      parts.append(
        .object(
          NDArray(NumPyCore.view(t, shape, t.strides, t.offset + (shape[axis] > 0 ? cuts[i - 1] : 0) * t.strides[axis]))
        ))
    }
    return .makeList(parts)
  }
}

/// `np.c_[a, b]` and `np.r_[a, b]`.
package final class IndexJoiner: Object {
  let columns: Bool
  init(columns: Bool) { self.columns = columns }

  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    var list: [Tensor] = []
    for item in index.asTuple?.items ?? [index] {
      if case .object(let o) = item, let slice = o as? SliceObject {
        let start = try NumPyCore.moderate(slice.start, default: 0)
        let stop = try NumPyCore.moderate(slice.stop, default: 0)
        let step = max(1, try NumPyCore.moderate(slice.step, default: 1))
        try NumPyCore.requireRoom([max(0, (stop - start) / step)])
        let values = Array(stride(from: start, to: stop, by: step))
        list.append(NumPyCore.make(values, [values.count]))
      } else {
        list.append(try NumPyArray.from(item, vm))
      }
    }
    list = list.map { $0.ndim == 0 ? NumPyCore.reshape($0, [1]) : $0 }
    if !columns { return .object(NDArray(try NumPyJoining.concatenate(list, 0))) }
    list = list.map { $0.ndim == 1 ? NumPyCore.reshape($0, [$0.count, 1]) : $0 }
    return .object(NDArray(try NumPyJoining.concatenate(list, -1)))
  }
}
