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
    let failure = ExceptionObject.value("cannot reshape array of size \(t.count) into shape \(NumPyCore.text(sizes))")
    if let u = unknown.first {
      guard known != 0, t.count % known == 0 else { throw failure }
      shape[u] = t.count / known
    } else if known != t.count {
      throw failure
    }
    return NumPyCore.reshape(t, shape)
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
    var result: [Int] = []
    for a in try ArgumentConversion.ints(given) ?? [] { result.append(try NumPyCore.axis(a, ndim)) }
    if Set(result).count != ndim || result.count != ndim { throw .value("axes don't match array") }
    return result
  }

  static func add(to table: MemberTable) {
    table.native("reshape(a, shape, order='C')", "The elements in another shape.") {
      (vm, args) throws(ExceptionObject) in
      .object(NDArray(try reshape(array(args[0], vm), CreationFunctions.shape(args[1], vm))))
    }
    table.native("ravel(a, order='C')", "The elements in one dimension.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return .object(NDArray(NumPyCore.reshape(t, [t.count])))
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
    table.native("moveaxis(a, source, destination)", "A dimension moved.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let from = try NumPyCore.axis(ArgumentConversion.int(args[1]) ?? 0, t.ndim)
      let to = try NumPyCore.axis(ArgumentConversion.int(args[2]) ?? 0, t.ndim)
      var all = (0..<t.ndim).filter { $0 != from }
      all.insert(from, at: to)
      return .object(NDArray(NumPyCore.permute(t, all)))
    }
    table.native("expand_dims(a, axis)", "A dimension of size one more.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let axis = try NumPyCore.axis(ArgumentConversion.int(args[1]) ?? 0, t.ndim + 1)
      if t.ndim >= Dims.capacity {
        throw .value("arrays of more than \(Dims.capacity) dimensions are not available in tnb")
      }
      var shape = t.shape
      var strides = t.strides
      shape.insert(1, at: axis)
      strides.insert(0, at: axis)
      return .object(NDArray(NumPyCore.view(t, shape, strides, t.offset)))
    }
    table.native("squeeze(a, axis=None)", "Without dimensions of size one.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return .object(NDArray(try squeeze(t, NumPyMath.axes(args.given(1), t.ndim, vm))))
    }
    table.native("broadcast_to(array, shape, subok=False)", "A view in a larger shape.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let shape = try CreationFunctions.shape(args[1], vm)
      guard NumPyCore.broadcast(t.shape.array, shape) == shape else {
        throw .value(
          "operands could not be broadcast together with remapped shapes [original->remapped]: \(NumPyCore.text(t.shape.array)) and requested shape \(NumPyCore.text(shape))"
        )
      }
      try NumPyCore.requireRoom(shape)
      return .object(NDArray(NumPyCore.expand(t, shape)))
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
    table.native("rot90(m, k=1, axes=(0, 1))", "Turned by quarters.") { (vm, args) throws(ExceptionObject) in
      var t = try array(args[0], vm)
      if t.ndim < 2 { throw .value("Axes=(0, 1) out of range for array of ndim=\(t.ndim).") }
      if args.given(2) != nil { throw .notImplemented("np.rot90 with axes is not available in tnb") }
      let k = try NumPyCore.moderate(args.given(1), default: 1)
      var order = Array(0..<t.ndim)
      order.swapAt(0, 1)
      for _ in 0..<((k % 4 + 4) % 4) { t = reversed(NumPyCore.permute(t, order), [0]) }
      return .object(NDArray(t))
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
    table.native("roll(a, shift, axis=None)", "The elements moved around.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let shift = try NumPyCore.moderate(args[1], default: 0)
      let axis = try NumPyMath.axes(args.given(2), t.ndim, vm)?.first
      let source = axis == nil ? NumPyCore.reshape(t, [t.count]) : t
      let a = axis ?? 0
      let n = source.ndim == 0 ? 1 : source.shape[a]
      if n == 0 { return .object(NDArray(NumPyCore.copy(t))) }
      let order = (0..<n).map { (($0 - shift) % n + n) % n }
      let picked = try take(source, order, a)
      return .object(NDArray(axis == nil ? NumPyCore.reshape(picked, t.shape.array) : picked))
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

  static func add(to table: MemberTable) {
    table.native(
      "concatenate(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')", "Arrays joined along a dimension."
    ) {
      (vm, args) throws(ExceptionObject) in
      let list = try arrays(args[0], vm)
      if args.has(1), args[1].isNone {
        return .object(NDArray(try concatenate(list.map { NumPyCore.reshape($0, [$0.count]) }, 0)))
      }
      return .object(NDArray(try concatenate(list, args.has(1) ? ArgumentConversion.int(args[1]) ?? 0 : 0)))
    }
    table.alias("concatenate", "concat")
    table.native(
      "stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')", "Arrays joined along a new dimension."
    ) {
      (vm, args) throws(ExceptionObject) in
      .object(NDArray(try stack(arrays(args[0], vm), args.has(1) ? ArgumentConversion.int(args[1]) ?? 0 : 0)))
    }
    table.native("vstack(tup, *, dtype=None, casting='same_kind')", "Arrays as rows.") {
      (vm, args) throws(ExceptionObject) in
      let list = try arrays(args[0], vm).map { $0.ndim < 2 ? NumPyCore.reshape($0, [1, $0.count]) : $0 }
      return .object(NDArray(try concatenate(list, 0)))
    }
    table.alias("vstack", "row_stack")
    table.native("hstack(tup, *, dtype=None, casting='same_kind')", "Arrays side by side.") {
      (vm, args) throws(ExceptionObject) in
      let list = try arrays(args[0], vm).map { $0.ndim == 0 ? NumPyCore.reshape($0, [1]) : $0 }
      return .object(NDArray(try concatenate(list, list.first?.ndim == 1 ? 0 : 1)))
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
