import Runtime
import Tensor

/// Subscripts of arrays: views for ints and slices, copies for arrays and masks.
enum NumPyIndexing {
  /// A subscript worked out: a view of the array, and the dimensions of it that index arrays pick from.
  private struct Plan {
    var view: Tensor
    /// Dimension of `view`, and the positions to take there.
    var picks: [(dim: Int, index: Tensor)] = []
    /// Where the picked dimensions go in the result.
    var place = 0
    var isScalar = false
  }

  static func get(_ array: NDArray, _ index: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    let plan = try plan(array.tensor, index, vm)
    if plan.picks.isEmpty {
      if plan.isScalar && plan.view.ndim == 0 {
        return .object(NumPyScalar(plan.view.onlyScalar, plan.view.dtype))
      }
      return NDArray.sharing(plan.view, .object(array))
    }
    let (shape, offsets) = try offsets(plan)
    let result = NumPyCore.empty(shape, plan.view.dtype)
    let size = plan.view.dtype.size
    var p = result.data
    for offset in offsets {
      p.copyMemory(from: plan.view.storage.bytes + offset * size, byteCount: size)
      p += size
    }
    return shape.isEmpty && plan.isScalar ? NDArray.result(result) : .object(NDArray(result))
  }

  static func set(_ array: NDArray, _ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) {
    let plan = try plan(array.tensor, index, vm)
    let source: Tensor
    if case .tensor(let t) = value {
      source = t
    } else if case .object(let o) = value, o is NDArray {
      source = try NumPyArray.from(value, vm)
    } else if case .object(let o) = value, let s = o as? NumPyScalar, s.scalar.double.isFinite {
      source = s.tensor
    } else {
      // Numbers and lists take the array's type, and have to fit it.
      source = try NumPyArray.make(value, dtype: array.tensor.dtype, vm)
    }
    if plan.picks.isEmpty { return try NumPyCore.assign(plan.view, source) }
    let (shape, offsets) = try offsets(plan)
    guard NumPyCore.broadcast(source.shape.array, shape) == shape else {
      throw .value(
        "shape mismatch: value array of shape \(NumPyCore.text(source.shape.array)) could not be broadcast to indexing result of shape \(NumPyCore.text(shape))"
      )
    }
    let expanded = NumPyCore.expand(source.storage === plan.view.storage ? NumPyCore.copy(source) : source, shape)
    plan.view.willChangeElements()
    let size = plan.view.dtype.size
    for (to, from) in zip(offsets, expanded.uncheckedElementIndices()) {
      ElementStore.write(expanded.scalar(at: from), plan.view.storage.bytes + to * size, plan.view.dtype)
    }
    plan.view.bumpVersion()
  }

  // MARK: Working out a subscript

  private static func plan(_ t: Tensor, _ index: Value, _ vm: VM) throws(ExceptionObject) -> Plan {
    if case .int(let i) = index, t.ndim > 0 {
      var plan = Plan(view: try select(t, 0, i, 0))
      plan.isScalar = true
      return plan
    }
    var entries: [Value] = []
    if let tuple = index.asTuple { entries = tuple.items } else { entries = [index] }
    var arrays: [Int: Tensor] = [:]
    var used = 0
    var ellipses = 0
    for (i, entry) in entries.enumerated() {
      switch entry {
      case .none: continue
      case .ellipsis: ellipses += 1
      case .int: used += 1
      default:
        if case .object(let o) = entry, o is SliceObject {
          used += 1
        } else if case .object(let o) = entry, let s = o as? NumPyScalar, s.elementType != .bool {
          used += 1
        } else {
          let made = try indexArray(entry, vm)
          arrays[i] = made
          used += made.dtype == .bool ? made.ndim : 1
        }
      }
    }
    if ellipses > 1 { throw .index("an index can only have a single ellipsis ('...')") }
    if used > t.ndim {
      throw .index("too many indices for array: array is \(t.ndim)-dimensional, but \(used) were indexed")
    }
    return try apply(t, entries, arrays, rest: t.ndim - used, vm)
  }

  private static func apply(
    _ t: Tensor, _ entries: [Value], _ arrays: [Int: Tensor], rest: Int, _ vm: VM
  ) throws(ExceptionObject) -> Plan {
    var plan = Plan(view: t)
    var dim = 0
    var axis = 0
    var isScalar = true
    var groups: [Int] = []
    for (i, entry) in entries.enumerated() {
      if let array = arrays[i] {
        isScalar = isScalar && array.ndim == 0
        groups.append(i)
        if array.dtype == .bool {
          for (d, positions) in try maskPositions(array, plan.view, dim, axis).enumerated() {
            plan.picks.append((dim + d, positions))
          }
          dim += array.ndim
          axis += array.ndim
        } else {
          plan.picks.append((dim, try wrapped(array, plan.view.shape[dim], axis)))
          dim += 1
          axis += 1
        }
        continue
      }
      switch entry {
      case .none:
        var shape = plan.view.shape
        var strides = plan.view.strides
        if shape.count >= Dims.capacity { throw .index("number of dimensions must be within [0, \(Dims.capacity)]") }
        shape.insert(1, at: dim)
        strides.insert(0, at: dim)
        plan.view = NumPyCore.view(plan.view, shape, strides, plan.view.offset)
        dim += 1
        isScalar = false
      case .ellipsis:
        dim += rest
        axis += rest
        isScalar = false
      default:
        if case .object(let o) = entry, let slice = o as? SliceObject {
          plan.view = try sliced(plan.view, dim, slice, vm)
          dim += 1
          axis += 1
          isScalar = false
        } else if let n = try ArgumentConversion.int(entry) {
          plan.view = try select(plan.view, dim, n, axis)
          axis += 1
        }
      }
    }
    // Index arrays that stand side by side keep their place; otherwise their dimensions come first.
    let adjacent = groups.isEmpty || groups.last! - groups.first! == groups.count - 1
    plan.place = adjacent ? plan.picks.first?.dim ?? 0 : 0
    plan.isScalar = isScalar && dim + 0 == 0 || (isScalar && plan.view.ndim == plan.picks.count)
    return plan
  }

  private static func select(_ t: Tensor, _ dim: Int, _ i: Int, _ axis: Int) throws(ExceptionObject) -> Tensor {
    let size = t.shape[dim]
    let at = i < 0 ? i &+ size : i
    guard at >= 0 && at < size else {
      throw .index("index \(i) is out of bounds for axis \(axis) with size \(size)")
    }
    var shape = t.shape
    var strides = t.strides
    let offset = t.offset + at * strides[dim]
    shape.remove(at: dim)
    strides.remove(at: dim)
    return NumPyCore.view(t, shape, strides, offset)
  }

  private static func sliced(_ t: Tensor, _ dim: Int, _ slice: SliceObject, _ vm: VM) throws(ExceptionObject) -> Tensor
  {
    let size = t.shape[dim]
    let step = max(try bound(slice.step, vm) ?? 1, -Int.max)
    if step == 0 { throw .value("slice step cannot be zero") }
    func clamp(_ v: Int) -> Int {
      let w = v < 0 ? v &+ size : v
      return step > 0 ? min(max(w, 0), size) : min(max(w, -1), size - 1)
    }
    let start = try bound(slice.start, vm).map(clamp) ?? (step > 0 ? 0 : size - 1)
    let stop = try bound(slice.stop, vm).map(clamp) ?? (step > 0 ? size : -1)
    let span = step > 0 ? stop - start : start - stop
    let count = span > 0 ? (span - 1) / abs(step) + 1 : 0
    var shape = t.shape
    var strides = t.strides
    let offset = t.offset + (count > 0 ? start * strides[dim] : 0)
    shape[dim] = count
    strides[dim] = strides[dim].multipliedReportingOverflow(by: step).partialValue
    return NumPyCore.view(t, shape, strides, offset)
  }

  private static func bound(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int? {
    if case .none = value { return nil }
    if let i = try ArgumentConversion.int(value) { return i }
    if case .bool(let b) = value { return b ? 1 : 0 }
    throw .type("slice indices must be integers or None or have an __index__ method")
  }

  private static func indexArray(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    switch value {
    case .bool(let b): return NumPyCore.zeroDimensional(.bool(b), .bool)
    case .float, .str, .dict, .function: throw refused
    default: break
    }
    let array: Tensor
    if case .tensor(let t) = value { array = t } else { array = try NumPyArray.from(value, vm) }
    if array.dtype.isFloating {
      if array.count == 0 { return NumPyCore.cast(array, .int64) }
      throw refused
    }
    return array
  }

  private static var refused: ExceptionObject {
    .index(
      "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices"
    )
  }

  private static func wrapped(_ index: Tensor, _ size: Int, _ axis: Int) throws(ExceptionObject) -> Tensor {
    var values = NumPyCore.ints(index)
    for (k, i) in values.enumerated() {
      let at = i < 0 ? i &+ size : i
      guard at >= 0 && at < size else {
        throw .index("index \(i) is out of bounds for axis \(axis) with size \(size)")
      }
      values[k] = at
    }
    return NumPyCore.make(values, index.shape.array)
  }

  /// The positions where a mask is true, one array a dimension of the mask.
  private static func maskPositions(
    _ mask: Tensor, _ view: Tensor, _ dim: Int, _ axis: Int
  ) throws(ExceptionObject) -> [Tensor] {
    for d in 0..<mask.ndim where mask.shape[d] != view.shape[dim + d] {
      throw .index(
        "boolean index did not match indexed array along axis \(axis + d); size of axis is \(view.shape[dim + d]) but size of corresponding boolean axis is \(mask.shape[d])"
      )
    }
    return positions(mask)
  }

  /// `np.nonzero`.
  static func positions(_ mask: Tensor) -> [Tensor] {
    var found = [[Int]](repeating: [], count: mask.ndim)
    var place = [Int](repeating: 0, count: mask.ndim)
    for index in mask.uncheckedElementIndices() {
      if mask.double(at: index) != 0 {
        for d in 0..<mask.ndim { found[d].append(place[d]) }
      }
      var d = mask.ndim - 1
      while d >= 0 {
        place[d] += 1
        if place[d] < mask.shape[d] { break }
        place[d] = 0
        d -= 1
      }
    }
    return found.map { NumPyCore.make($0, [$0.count]) }
  }

  /// The result's shape, and the storage index of each of its elements.
  private static func offsets(_ plan: Plan) throws(ExceptionObject) -> ([Int], [Int]) {
    var common: [Int] = []
    for (_, index) in plan.picks {
      guard let next = NumPyCore.broadcast(common, index.shape.array) else {
        throw .index(
          "shape mismatch: indexing arrays could not be broadcast together with shapes "
            + plan.picks.map { NumPyCore.text($0.index.shape.array) }.joined(separator: " ") + " ")
      }
      common = next
    }
    let pickedDims = Set(plan.picks.map { $0.dim })
    try NumPyCore.requireRoom(common)
    let rest = (0..<plan.view.ndim).filter { d in !plan.picks.contains { $0.dim == d } }.map { plan.view.shape[$0] }
    try NumPyCore.requireRoom(common + rest)
    var picked = [Int](repeating: plan.view.offset, count: common.reduce(1, *))
    for (dim, index) in plan.picks {
      let values = NumPyCore.ints(NumPyCore.expand(index, common))
      for (k, v) in values.enumerated() { picked[k] += v * plan.view.strides[dim] }
    }
    var before: [Int] = []
    var after: [Int] = []
    for d in 0..<plan.view.ndim where !pickedDims.contains(d) {
      if d < plan.place { before.append(d) } else { after.append(d) }
    }
    func spread(_ dims: [Int]) -> [Int] {
      var result = [0]
      for d in dims {
        result = result.flatMap { base in (0..<plan.view.shape[d]).map { base + $0 * plan.view.strides[d] } }
      }
      return result
    }
    let (outer, inner) = (spread(before), spread(after))
    var all: [Int] = []
    all.reserveCapacity(outer.count * picked.count * inner.count)
    for o in outer {
      for p in picked {
        for i in inner { all.append(o + p + i) }
      }
    }
    return (before.map { plan.view.shape[$0] } + common + after.map { plan.view.shape[$0] }, all)
  }
}
