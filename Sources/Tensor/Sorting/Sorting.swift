import CKernels

// Order along a dimension.

extension Operations {
  /// Sorted elements and the positions they came from; equal elements keep their order, NaN counts as the largest.
  package static func sort(
    _ x: Tensor, _ dim: Int = -1, descending: Bool = false, isStable: Bool = false
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    let (values, indices) = try sorted(x, d, descending)
    recordSelected(isStable ? "SortBackward1" : "SortBackward0", x, d, values, indices)
    return (values, indices)
  }

  /// Records that `values` holds the elements of `x` at `indices` along `d`, of the same rank.
  private static func recordSelected(_ name: String, _ x: Tensor, _ d: Int, _ values: Tensor, _ indices: Tensor) {
    guard x.dtype.isFloating, Autograd.isRecording(x) else { return }
    let shape = x.shape
    Autograd.record(name, [x], outputs: [values, indices], saving: [indices]) { (c) throws(TensorError) in
      guard let g = c.gradients[0] else { return [nil] }
      if shape.count == 0 { return [g] }
      return [try scatter(Tensor.filled(shape, g.dtype, .int(0)), d, c.saved(0), g)]
    }
  }

  /// `sort` without recording.
  static func sorted(_ x: Tensor, _ d: Int, _ descending: Bool) throws(TensorError) -> (Tensor, Tensor) {
    if x.ndim == 0 {
      return (try x.copied(), try Tensor.scalar(.int(0), .int64))
    }
    return try withoutGrad { () throws(TensorError) in
      let rows = try transpose(x.detach(), d, -1).dense()
      let n = x.shape[d]
      let values = try Tensor(empty: rows.shape, x.dtype)
      let indices = try Tensor(empty: rows.shape, .int64)
      if rows.count > 0 {
        let scratch = try Storage(byteCount: tnb_sort_scratch_bytes(n))
        try Kernels.check(
          tnb_sort_rows(
            rows.data, rows.count / n, n, Int32(x.dtype.rawValue), descending ? 1 : 0, values.data,
            indices.pointer(Int64.self), scratch.bytes))
      }
      if d == x.ndim - 1 { return (values, indices) }
      return (try transpose(values, d, -1).copied(), try transpose(indices, d, -1).copied())
    }
  }

  /// The `k` largest (or smallest) elements along a dimension, and where they are.
  package static func topk(
    _ x: Tensor, _ k: Int, _ dim: Int = -1, largest: Bool = true
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    if x.dtype == .bool { throw .runtime("topk does not support bool dtypes on CPU") }
    let size = x.ndim == 0 ? 1 : x.shape[d]
    if k < 0 || k > size { throw .runtime("selected index k out of range") }
    let (values, indices) = try sorted(x, d, largest)
    if x.ndim == 0 {
      recordSelected("TopkBackward0", x, d, values, indices)
      return (values, indices)
    }
    let top = (try part(values, d, 0, k).copied(), try part(indices, d, 0, k).copied())
    recordSelected("TopkBackward0", x, d, top.0, top.1)
    return top
  }

  /// The `k`-th smallest element along a dimension, counted from one, and where it is.
  package static func kthvalue(
    _ x: Tensor, _ k: Int, _ dim: Int = -1, keepdim: Bool = false
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    let size = x.ndim == 0 ? 1 : x.shape[d]
    if x.dtype == .bool { throw RandomFill.notImplemented("kthvalue_cpu", x.dtype) }
    if size == 0 {
      throw .index("kthvalue(): Expected reduction dim \(d) to have non-zero size.")
    }
    if k < 1 || k > size { throw .runtime("kthvalue(): selected number k out of range for dimension \(d)") }
    return try picked("KthvalueBackward0", x, d, keepdim) { (_, _) in k - 1 }
  }

  /// One element of each line, chosen from its sorted values; `choose` gives the place in the sorted line.
  private static func picked(
    _ name: String, _ x: Tensor, _ d: Int, _ keepdim: Bool,
    _ choose: (UnsafePointer<Double>, Int) -> Int
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    if x.ndim == 0 {
      let values = try x.copied()
      let indices = try Tensor.scalar(.int(0), .int64)
      recordSelection(name, x, d, values, indices, keepdim: keepdim)
      return (values, indices)
    }
    let (ordered, places) = try sorted(x, d, false)
    let (lines, positions) = try withoutGrad { () throws(TensorError) in
      (try transpose(ordered, d, -1).dense(), try transpose(places, d, -1).dense())
    }
    let n = x.shape[d]
    let rows = n == 0 ? 0 : lines.count / n
    let keys = try lines.dense(.float64)
    var chosen: [Int] = []
    for r in 0..<rows {
      let at = choose(UnsafePointer(keys.pointer(Double.self)) + r * n, n)
      chosen.append(positions.pointer(Int.self)[r * n + at])
    }
    var shape = x.shape
    shape[d] = 1
    var rowShape = lines.shape
    rowShape[x.ndim - 1] = 1
    let index = try withoutGrad { () throws(TensorError) in
      try transpose(Tensor.make(chosen, rowShape, .int64), d, -1).dense()
    }
    let values = try withoutGrad { () throws(TensorError) in try gather(x.detach(), d, index) }
    if keepdim {
      recordSelection(name, x, d, values, index, keepdim: true)
      return (values, index)
    }
    let (flatValues, flatIndex) = try withoutGrad { () throws(TensorError) in
      (try squeeze(values, d).alias(), try squeeze(index, d).alias())
    }
    recordSelection(name, x, d, flatValues, flatIndex, keepdim: false)
    return (flatValues, flatIndex)
  }

  /// The middle element of each line, the lower of two; NaN wins unless `ignoringNaN`.
  package static func median(
    _ x: Tensor, _ dim: Int, keepdim: Bool = false, ignoringNaN: Bool = false
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    let name = ignoringNaN ? "nanmedian" : "median"
    if x.dtype == .bool { throw RandomFill.notImplemented("median_out", x.dtype) }
    if x.ndim > 0 && x.shape[d] == 0 {
      throw .index("\(name)(): Expected reduction dim \(d) to have non-zero size.")
    }
    return try picked(ignoringNaN ? "NanmedianBackward1" : "MedianBackward1", x, d, keepdim) {
      medianPlace($0, $1, ignoringNaN)
    }
  }

  private static func medianPlace(_ sorted: UnsafePointer<Double>, _ n: Int, _ ignoringNaN: Bool) -> Int {
    var valid = n
    while valid > 0 && sorted[valid - 1].isNaN { valid -= 1 }
    if valid == n { return (n - 1) / 2 }
    if ignoringNaN { return valid == 0 ? 0 : (valid - 1) / 2 }
    return valid
  }

  /// The middle element of all.
  package static func median(_ x: Tensor, ignoringNaN: Bool = false) throws(TensorError) -> Tensor {
    let name = ignoringNaN ? "NanmedianBackward0" : "MedianBackward0"
    if x.dtype == .bool { throw RandomFill.notImplemented("median_cpu", x.dtype) }
    if x.count == 0 {
      if !x.dtype.isFloating { return try Tensor.scalar(.int(Int.min), x.dtype) }
      return try Tensor.scalar(.float(.nan), x.dtype)
    }
    let flat = try withoutGrad { () throws(TensorError) in try reshape(x.detach(), [x.count] as Dims) }
    let (value, index) = try median(flat, 0, ignoringNaN: ignoringNaN)
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record(name, [x], value, saving: [index]) { (c) throws(TensorError) in
        let zeros = try Tensor.filled([shape.product], c.gradient.dtype, .int(0))
        let placed = try scatter(zeros, 0, reshape(c.saved(0), [1] as Dims), reshape(c.gradient, [1] as Dims))
        return [try reshape(placed, shape)]
      }
    }
    return value
  }

  /// The commonest element of each line (the smallest of equally common ones) and its last place.
  package static func mode(
    _ x: Tensor, _ dim: Int = -1, keepdim: Bool = false
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    if x.ndim > 0 && x.shape[d] == 0 {
      throw .index("mode(): Expected reduction dim \(d) to have non-zero size.")
    }
    return try picked("ModeBackward0", x, d, keepdim) { sorted, n in
      var (best, bestLength, start) = (0, 0, 0)
      for i in 0..<n {
        if i > 0 && sorted[i] != sorted[i - 1] { start = i }
        if i - start + 1 > bestLength { (best, bestLength) = (i, i - start + 1) }
      }
      return best
    }
  }
}
