import Runtime
import Tensor

/// Element access for arrays, as plain Swift numbers in row-major order.
enum NumPyCore {
  static func zeroDimensional(_ s: Scalar, _ dtype: DType) -> Tensor {
    let t = empty([], dtype)
    ElementStore.write(s, t.data, dtype)
    return t
  }

  /// An uninitialised array; sizes are known to be in range.
  static func empty(_ shape: [Int], _ dtype: DType) -> Tensor {
    do throws(TensorError) { return try Tensor(empty: Dims(shape), dtype) } catch { fatalError(error.message) }
  }

  /// As `empty`, for sizes that came from a program.
  static func checked(_ shape: [Int], _ dtype: DType) throws(ExceptionObject) -> Tensor {
    for size in shape where size < 0 { throw .value("negative dimensions are not allowed") }
    try requireRoom(shape)
    if shape.count > Dims.capacity {
      throw .value("arrays of more than \(Dims.capacity) dimensions are not available in tnb")
    }
    return try core { () throws(TensorError) in try Tensor(empty: Dims(shape), dtype) }
  }

  /// Raises before an array is made that memory could not hold: running out of memory would end the process.
  static func requireRoom(_ shape: [Int]) throws(ExceptionObject) {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(size, 0))
      if overflow || product > 1 << 28 || size > 1 << 28 {
        throw .memory("Unable to allocate memory for an array with shape \(NumPyArray.pythonTuple(shape))")
      }
      count = product
    }
    if shape.count > Dims.capacity {
      throw .value("arrays of more than \(Dims.capacity) dimensions are not available in tnb")
    }
  }

  /// Raises for a tensor that is expanded to more elements than an array may have.
  static func requireRoom(for t: Tensor) throws(ExceptionObject) {
    if t.count > t.storage.byteCount / t.dtype.size { try requireRoom(t.shape.array) }
  }

  /// An int that sizes and positions can be computed with; others raise.
  static func moderate(_ value: Value?, default d: Int) throws(ExceptionObject) -> Int {
    guard let value, !value.isUnbound, !value.isNone else { return d }
    guard let i = try ArgumentConversion.int(value) else {
      throw .type("'\(ArgumentConversion.typeName(value))' object cannot be interpreted as an integer")
    }
    if i > 1 << 40 || i < -(1 << 40) { throw .overflow("Python int too large to convert to C int") }
    return i
  }

  static func doubles(_ t: Tensor) -> [Double] {
    if t.isContiguous && t.dtype == .float64 {
      return withExtendedLifetime(t) { Array(UnsafeBufferPointer(start: t.pointer(Double.self), count: t.count)) }
    }
    return t.uncheckedElementIndices().map { t.double(at: $0) }
  }

  static func ints(_ t: Tensor) -> [Int] { t.uncheckedElementIndices().map { t.int(at: $0) } }

  static func make(_ values: [Double], _ shape: [Int], _ dtype: DType = .float64) -> Tensor {
    let t = empty(shape, dtype)
    if dtype == .float64 {
      let p = t.pointer(Double.self)
      for i in 0..<values.count { p[i] = values[i] }
    } else {
      var p = t.data
      for v in values {
        ElementStore.write(.float(v), p, dtype)
        p += dtype.size
      }
    }
    return t
  }

  static func make(_ values: [Int], _ shape: [Int], _ dtype: DType = .int64) -> Tensor {
    let t = empty(shape, dtype)
    if dtype == .int64 {
      let p = t.pointer(Int.self)
      for i in 0..<values.count { p[i] = values[i] }
    } else {
      var p = t.data
      for v in values {
        ElementStore.write(.int(v), p, dtype)
        p += dtype.size
      }
    }
    return t
  }

  static func make(_ values: [Bool], _ shape: [Int]) -> Tensor {
    let t = empty(shape, .bool)
    let p = t.pointer(UInt8.self)
    for i in 0..<values.count { p[i] = values[i] ? 1 : 0 }
    return t
  }

  /// The elements in another type, as `astype`; a copy unless the type is the same.
  static func cast(_ t: Tensor, _ dtype: DType) -> Tensor {
    if t.dtype == dtype { return t }
    return copy(t, dtype)
  }

  static func copy(_ t: Tensor, _ dtype: DType? = nil) -> Tensor {
    do throws(TensorError) { return try TensorData.copy(t, to: dtype ?? t.dtype) } catch { fatalError(error.message) }
  }

  /// The shape both broadcast to; nil when they do not.
  static func broadcast(_ a: [Int], _ b: [Int]) -> [Int]? {
    let n = max(a.count, b.count)
    var result = [Int](repeating: 1, count: n)
    for i in 0..<n {
      let x = i < n - a.count ? 1 : a[i - (n - a.count)]
      let y = i < n - b.count ? 1 : b[i - (n - b.count)]
      if x == y || y == 1 {
        result[i] = x
      } else if x == 1 {
        result[i] = y
      } else {
        return nil
      }
    }
    return result
  }

  /// A view of `t` in a larger shape that it broadcasts to.
  static func expand(_ t: Tensor, _ shape: [Int]) -> Tensor {
    if t.shape.array == shape { return t }
    var strides = Dims(repeating: 0, count: shape.count)
    let lead = shape.count - t.ndim
    for i in 0..<t.ndim where !(t.shape[i] == 1 && shape[i + lead] != 1) { strides[i + lead] = t.strides[i] }
    return view(t, Dims(shape), strides, t.offset)
  }

  static func view(_ t: Tensor, _ shape: Dims, _ strides: Dims, _ offset: Int) -> Tensor {
    Tensor(
      storage: t.storage, offset: offset, shape: shape, strides: strides, dtype: t.dtype,
      isContiguous: Tensor.areContiguous(shape, strides))
  }

  /// The same elements in another shape of the same count: a view where the layout allows, else a copy.
  static func reshape(_ t: Tensor, _ shape: [Int]) -> Tensor {
    let source = t.isContiguous ? t : copy(t)
    let dims = Dims(shape)
    return view(source, dims, dims.contiguousStrides, source.offset)
  }

  static func permute(_ t: Tensor, _ order: [Int]) -> Tensor {
    var shape = Dims(repeating: 0, count: order.count)
    var strides = shape
    for (i, d) in order.enumerated() {
      shape[i] = t.shape[d]
      strides[i] = t.strides[d]
    }
    return view(t, shape, strides, t.offset)
  }

  /// `(2, 3)` or `(2,)`, as NumPy's messages write shapes.
  static func text(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ",") + (shape.count == 1 ? ",)" : ")")
  }

  /// Writes `source`, broadcast and converted, into the elements of `target`.
  static func assign(_ target: Tensor, _ source: Tensor) throws(ExceptionObject) {
    guard broadcast(source.shape.array, target.shape.array) == target.shape.array else {
      throw .value(
        "could not broadcast input array from shape \(text(source.shape.array)) into shape \(text(target.shape.array))")
    }
    let own = source.storage === target.storage ? copy(source) : source
    let expanded = expand(own, target.shape.array)
    target.willChangeElements()
    for (to, from) in zip(target.uncheckedElementIndices(), expanded.uncheckedElementIndices()) {
      ElementStore.write(expanded.scalar(at: from), target.storage.bytes + to * target.dtype.size, target.dtype)
    }
    target.bumpVersion()
  }

  static func axis(_ axis: Int, _ ndim: Int) throws(ExceptionObject) -> Int {
    if axis >= -ndim && axis < ndim { return axis < 0 ? axis + ndim : axis }
    throw .make(NumPyTypes.axisError, "axis \(axis) is out of bounds for array of dimension \(ndim)")
  }
}
