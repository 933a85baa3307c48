import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Elementwise functions and reductions, in NumPy's order of summation.
enum NumPyMath {
  /// The type a function of real numbers computes in.
  static func floatType(_ d: DType) -> DType {
    d.isFloating ? d : d.size == 1 ? .float16 : d == .int16 ? .float32 : .float64
  }

  static func map(_ t: Tensor, _ f: (Double) -> Double, _ g: ((Float) -> Float)? = nil) -> Tensor {
    let type = floatType(t.dtype)
    let values = NumPyCore.doubles(NumPyCore.cast(t, type))
    if type == .float32, let g { return NumPyCore.make(values.map { Double(g(Float($0))) }, t.shape.array, type) }
    return NumPyCore.make(values.map(f), t.shape.array, type)
  }

  /// Rounds half to even at a decimal place, as `np.round`.
  static func round(_ t: Tensor, _ decimals: Int) -> Tensor {
    if t.dtype == .bool { return NumPyCore.cast(t, .float16) }
    if !t.dtype.isFloating {
      if decimals >= 0 { return NumPyCore.copy(t) }
      // As NumPy: divided, rounded and multiplied as floating-point numbers.
      let factor = pow(10, Double(min(-decimals, 400)))
      let values = NumPyCore.doubles(t).map { Int(exactly: rint($0 / factor) * factor) ?? 0 }
      return NumPyCore.make(values, t.shape.array, t.dtype)
    }
    if decimals == 0 { return map(t, { rint($0) }, { rintf($0) }) }
    let decimals = max(-400, min(decimals, 400))
    let factor = pow(10, Double(abs(decimals)))
    if t.dtype == .float32 {
      let f = Float(factor)
      return map(
        t, { $0 },
        { decimals > 0 ? rintf($0 * f) / f : rintf($0 / f) * f })
    }
    return map(t, { decimals > 0 ? rint($0 * factor) / factor : rint($0 / factor) * factor })
  }

  // MARK: Reductions

  /// The dimensions to reduce: `axis` as given, or all.
  static func axes(_ value: Value?, _ ndim: Int, _ vm: VM) throws(ExceptionObject) -> [Int]? {
    guard let value else { return nil }
    if let i = try ArgumentConversion.int(value) { return [try NumPyCore.axis(i, ndim)] }
    guard let list = try ArgumentConversion.ints(value) else {
      throw .type("'\(vm.typeName(value))' object cannot be interpreted as an integer")
    }
    var result: [Int] = []
    for i in list {
      let a = try NumPyCore.axis(i, ndim)
      if result.contains(a) { throw .value("duplicate value in 'axis'") }
      result.append(a)
    }
    return result
  }

  /// `t` with the reduced dimensions last, as rows of elements; with the shape that remains, and where sizes of one go for
  /// `keepdims`.
  struct Rows {
    let source: Tensor
    let rowCount: Int
    let rowSize: Int
    let shape: [Int]
    let keptShape: [Int]

    init(_ t: Tensor, _ axes: [Int]?) {
      let reduced = axes ?? Array(0..<t.ndim)
      let kept = (0..<t.ndim).filter { !reduced.contains($0) }
      let ordered = (0..<t.ndim).filter { reduced.contains($0) }
      source = NumPyCore.permute(t, kept + ordered)
      shape = kept.map { t.shape[$0] }
      rowCount = shape.reduce(1, *)
      rowSize = ordered.map { t.shape[$0] }.reduce(1, *)
      keptShape = (0..<t.ndim).map { reduced.contains($0) ? 1 : t.shape[$0] }
    }
  }

  static func reduceDoubles(_ t: Tensor, _ axes: [Int]?, keep: Bool, _ type: DType, _ f: (ArraySlice<Double>) -> Double)
    -> Tensor
  {
    let rows = Rows(t, axes)
    let values = NumPyCore.doubles(rows.source)
    var result: [Double] = []
    result.reserveCapacity(rows.rowCount)
    for r in 0..<rows.rowCount { result.append(f(values[(r * rows.rowSize)..<((r + 1) * rows.rowSize)])) }
    return NumPyCore.make(result, keep ? rows.keptShape : rows.shape, type)
  }

  static func reduceInts(_ t: Tensor, _ axes: [Int]?, keep: Bool, _ type: DType, _ f: (ArraySlice<Int>) -> Int)
    -> Tensor
  {
    let rows = Rows(t, axes)
    let values = NumPyCore.ints(rows.source)
    var result: [Int] = []
    result.reserveCapacity(rows.rowCount)
    for r in 0..<rows.rowCount { result.append(f(values[(r * rows.rowSize)..<((r + 1) * rows.rowSize)])) }
    return NumPyCore.make(result, keep ? rows.keptShape : rows.shape, type)
  }

  /// NumPy's pairwise summation (numpy/_core/src/umath/loops_utils.h): eight partial sums in blocks of up to 128.
  static func pairwise<T: BinaryFloatingPoint>(_ a: ArraySlice<T>) -> T {
    let n = a.count
    let s = a.startIndex
    if n < 8 {
      var sum: T = n == 0 ? 0 : -0.0
      for v in a { sum += v }
      return sum
    }
    if n <= 128 {
      var r = Array(a[s..<(s + 8)])
      var i = 8
      while i < n - n % 8 {
        for k in 0..<8 { r[k] += a[s + i + k] }
        i += 8
      }
      var sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
      while i < n {
        sum += a[s + i]
        i += 1
      }
      return sum
    }
    var half = n / 2
    half -= half % 8
    return pairwise(a[s..<(s + half)]) + pairwise(a[(s + half)...])
  }

  /// Along the last dimension pairwise; along others NumPy adds whole rows one after the other.
  static func sum(_ t: Tensor, _ axes: [Int]?, keep: Bool, dtype: DType? = nil) -> Tensor {
    let type = dtype ?? (t.dtype.isFloating ? t.dtype : t.dtype == .uint8 ? .int64 : .int64)
    if !type.isFloating { return reduceInts(t, axes, keep: keep, type) { $0.reduce(0, &+) } }
    let source = NumPyCore.cast(t, type)
    let isPairwise = axes == nil || axes!.contains(t.ndim - 1) || t.ndim == 1
    return reduceDoubles(source, axes, keep: keep, type) { row in
      if type == .float32 || type == .float16 {
        let floats = row.map { Float($0) }
        return Double(isPairwise ? pairwise(floats[...]) : floats.reduce(0, +))
      }
      return isPairwise ? pairwise(row) : row.reduce(0, +)
    }
  }

  static func mean(_ t: Tensor, _ axes: [Int]?, keep: Bool, dtype: DType? = nil) -> Tensor {
    let type = dtype ?? (t.dtype.isFloating ? t.dtype : .float64)
    let total = sum(NumPyCore.cast(t, type), axes, keep: keep)
    let n = Double(Rows(t, axes).rowSize)
    return map(total, { $0 / n }, { $0 / Float(n) })
  }

  static func variance(_ t: Tensor, _ axes: [Int]?, keep: Bool, ddof: Double, dtype: DType? = nil) -> Tensor {
    let type = dtype ?? (t.dtype.isFloating ? t.dtype : .float64)
    let source = NumPyCore.cast(t, type)
    let center = NumPyCore.expand(mean(source, axes, keep: true), t.shape.array)
    let (x, m) = (NumPyCore.doubles(source), NumPyCore.doubles(center))
    let squares: [Double] = x.indices.map { i in
      if type == .float32 {
        let d = Float(x[i]) - Float(m[i])
        return Double(d * d)
      }
      let d = x[i] - m[i]
      return d * d
    }
    let total = sum(NumPyCore.make(squares, t.shape.array, type), axes, keep: keep)
    let n = max(Double(Rows(t, axes).rowSize) - ddof, 0)
    return map(total, { $0 / n }, { $0 / Float(n) })
  }

  /// Largest or smallest; NaN wins.
  static func extreme(_ t: Tensor, _ axes: [Int]?, keep: Bool, largest: Bool) throws(ExceptionObject) -> Tensor {
    if Rows(t, axes).rowSize == 0 {
      throw .value(
        "zero-size array to reduction operation \(largest ? "maximum" : "minimum") which has no identity")
    }
    if t.dtype.isFloating {
      return reduceDoubles(t, axes, keep: keep, t.dtype) { row in
        var best = row[row.startIndex]
        for v in row {
          if v.isNaN { return v }
          if largest ? v > best : v < best { best = v }
        }
        return best
      }
    }
    return reduceInts(t, axes, keep: keep, t.dtype) { largest ? $0.max()! : $0.min()! }
  }

  static func argExtreme(_ t: Tensor, _ axis: Int?, keep: Bool, largest: Bool) throws(ExceptionObject) -> Tensor {
    let axes = axis.map { [$0] }
    let rows = Rows(t, axes)
    if rows.rowSize == 0 {
      throw .value("attempt to get \(largest ? "argmax" : "argmin") of an empty sequence")
    }
    let values = NumPyCore.doubles(rows.source)
    var result: [Int] = []
    for r in 0..<rows.rowCount {
      let row = values[(r * rows.rowSize)..<((r + 1) * rows.rowSize)]
      var at = row.startIndex
      for i in row.indices {
        if row[at].isNaN { break }
        if row[i].isNaN || (largest ? row[i] > row[at] : row[i] < row[at]) { at = i }
      }
      result.append(at - row.startIndex)
    }
    return NumPyCore.make(result, keep ? rows.keptShape : rows.shape)
  }

  static func product(_ t: Tensor, _ axes: [Int]?, keep: Bool, dtype: DType? = nil) -> Tensor {
    let type = dtype ?? (t.dtype.isFloating ? t.dtype : .int64)
    if !type.isFloating { return reduceInts(t, axes, keep: keep, type) { $0.reduce(1, &*) } }
    return reduceDoubles(NumPyCore.cast(t, type), axes, keep: keep, type) { row in
      type == .float32 ? Double(row.reduce(Float(1)) { $0 * Float($1) }) : row.reduce(1, *)
    }
  }

  static func truth(_ t: Tensor, _ axes: [Int]?, keep: Bool, all: Bool) -> Tensor {
    let rows = Rows(t, axes)
    let values = NumPyCore.doubles(rows.source)
    var result: [Bool] = []
    for r in 0..<rows.rowCount {
      let row = values[(r * rows.rowSize)..<((r + 1) * rows.rowSize)]
      result.append(all ? row.allSatisfy { $0 != 0 } : row.contains { $0 != 0 })
    }
    return NumPyCore.make(result, keep ? rows.keptShape : rows.shape)
  }

  /// Running sums or products along a dimension, or over all elements.
  static func cumulative(_ t: Tensor, _ axis: Int?, product: Bool) -> Tensor {
    guard let axis else { return cumulative(NumPyCore.reshape(t, [t.count]), 0, product: product) }
    let order = (0..<t.ndim).filter { $0 != axis } + [axis]
    let source = NumPyCore.permute(t, order)
    let n = t.shape[axis]
    let moved: Tensor
    if t.dtype.isFloating {
      var values = NumPyCore.doubles(source)
      for i in values.indices where n > 0 && i % n != 0 {
        let v = product ? values[i - 1] * values[i] : values[i - 1] + values[i]
        values[i] = t.dtype == .float32 ? Double(Float(v)) : v
      }
      moved = NumPyCore.make(values, source.shape.array, t.dtype)
    } else {
      var values = NumPyCore.ints(source)
      for i in values.indices where n > 0 && i % n != 0 {
        values[i] = product ? values[i - 1] &* values[i] : values[i - 1] &+ values[i]
      }
      moved = NumPyCore.make(values, source.shape.array, .int64)
    }
    var back = [Int](repeating: 0, count: t.ndim)
    for (i, d) in order.enumerated() { back[d] = i }
    return NumPyCore.copy(NumPyCore.permute(moved, back))
  }

  /// Ascending order with NaN last; stable.
  static func order(_ values: ArraySlice<Double>) -> [Int] {
    let base = values.startIndex
    return (0..<values.count).sorted { i, j in
      let (a, b) = (values[base + i], values[base + j])
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? i < j : b.isNaN }
      return a == b ? i < j : a < b
    }
  }

  /// Sorted values, or the order that sorts, along a dimension.
  static func sorted(_ t: Tensor, _ axis: Int, indices: Bool) -> Tensor {
    let order = (0..<t.ndim).filter { $0 != axis } + [axis]
    let source = NumPyCore.permute(t, order)
    let n = t.shape[axis]
    let keys = NumPyCore.doubles(source)
    let places = source.uncheckedElementIndices()
    let moved = NumPyCore.empty(source.shape.array, indices ? .int64 : t.dtype)
    var p = moved.data
    let rows = n == 0 ? 0 : keys.count / n
    for r in 0..<rows {
      for i in NumPyMath.order(keys[(r * n)..<((r + 1) * n)]) {
        if indices {
          p.storeBytes(of: i, as: Int.self)
        } else {
          p.copyMemory(from: t.storage.bytes + places[r * n + i] * t.dtype.size, byteCount: t.dtype.size)
        }
        p += moved.dtype.size
      }
    }
    var back = [Int](repeating: 0, count: t.ndim)
    for (i, d) in order.enumerated() { back[d] = i }
    return NumPyCore.copy(NumPyCore.permute(moved, back))
  }
}
