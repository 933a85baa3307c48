import Runtime
import Tensor

/// The same memory seen in other ways.
enum MemoryViews {
  /// The bytes read as elements of another type, as `array.view(dtype)`.
  static func reinterpreted(_ t: Tensor, _ dtype: DType) throws(ExceptionObject) -> Tensor {
    let (old, new) = (t.dtype.size, dtype.size)
    func made(_ shape: Dims, _ strides: Dims, _ offset: Int) -> Tensor {
      Tensor(
        storage: t.storage, offset: offset, shape: shape, strides: strides, dtype: dtype,
        isContiguous: Tensor.areContiguous(shape, strides))
    }
    if old == new { return made(t.shape, t.strides, t.offset) }
    guard let last = t.shape.array.indices.last else {
      throw .value("Changing the dtype of a 0d array is only supported if the itemsize is unchanged")
    }
    guard t.strides[last] == 1 || t.shape[last] == 1 else {
      throw .value("To change to a dtype of a different size, the last axis must be contiguous")
    }
    let bytes = t.shape[last] * old
    guard bytes % new == 0 else {
      throw .value(
        "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array."
      )
    }
    var (shape, strides) = (t.shape, t.strides)
    shape[last] = bytes / new
    for d in 0..<last {
      guard strides[d] &* old % new == 0 else { throw unaligned }
      strides[d] = strides[d] &* old / new
    }
    strides[last] = 1
    guard t.offset * old % new == 0 else { throw unaligned }
    return made(shape, strides, t.offset * old / new)
  }

  private static var unaligned: ExceptionObject {
    .notImplemented("ndarray.view where elements would not begin at a multiple of their size is not available in tnb")
  }

  /// The bytes that elements lie in: first and one past the last, nil without elements.
  private static func extent(_ t: Tensor) -> Range<Int>? {
    if t.count == 0 { return nil }
    var (low, high) = (t.offset, t.offset)
    for d in 0..<t.ndim {
      let reach = (t.shape[d] - 1) * t.strides[d]
      if reach < 0 { low += reach } else { high += reach }
    }
    return (low * t.dtype.size)..<((high + 1) * t.dtype.size)
  }

  static func add(to table: MemberTable) {
    for name in ["shares_memory", "may_share_memory"] {
      table.native("\(name)(a, b, /, max_work=-1)", "Whether two arrays lie in the same memory.") {
        (vm, args) throws(ExceptionObject) in
        func tensor(_ v: Value) throws(ExceptionObject) -> Tensor? { try NumPyArray.existing(v) }
        guard let a = try tensor(args[0]), let b = try tensor(args[1]), a.storage.bytes == b.storage.bytes,
          let x = extent(a), let y = extent(b), x.overlaps(y)
        else { return .bool(false) }
        if name == "may_share_memory" || x.count > 1 << 24 { return .bool(true) }
        let (p, q) = (a.dtype.size, b.dtype.size)
        let own = Set(a.uncheckedElementIndices().flatMap { i in (0..<p).map { i * p + $0 } })
        return .bool(b.uncheckedElementIndices().contains { i in (0..<q).contains { own.contains(i * q + $0) } })
      }
    }
    table.native("_strided(x, shape, strides)", "A view by sizes and steps in bytes.") {
      (vm, args) throws(ExceptionObject) in
      let t = try NumPyArray.from(args[0], vm)
      let (shape, steps) = (try CreationFunctions.shape(args[1], vm), try CreationFunctions.shape(args[2], vm))
      guard shape.count == steps.count else { throw .value("strides, if given, must be the same length as shape") }
      try NumPyCore.requireRoom(shape)
      if shape.contains(where: { $0 < 0 }) { throw .value("negative dimensions are not allowed") }
      if steps.contains(where: { $0 % t.dtype.size != 0 || $0.magnitude > UInt(max(t.storage.byteCount, 8)) }) {
        throw .notImplemented("as_strided with strides that are no multiple of the itemsize is not available in tnb")
      }
      let view = NumPyCore.view(t, Dims(shape), Dims(steps.map { $0 / t.dtype.size }), t.offset)
      if let reach = extent(view), reach.lowerBound < 0 || reach.upperBound > t.storage.byteCount {
        throw .value("as_strided beyond an array's memory is not available in tnb")
      }
      return NDArray.sharing(view, args[0])
    }
  }
}
