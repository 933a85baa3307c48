import CKernels

// Distinct elements, counts and histograms.

extension Operations {
  /// Distinct elements in order, where each element went, and how often each occurs.
  package static func unique(
    _ x: Tensor, consecutive: Bool = false
  ) throws(TensorError) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    let flat = try x.dense()
    let n = flat.count
    var order = Array(0..<n)
    if !consecutive && n > 0 {
      let line = Tensor(
        storage: flat.storage, offset: flat.offset, shape: [n], strides: [1], dtype: x.dtype, isContiguous: true)
      order = try sorted(line, 0, false).1.int64Values()
    }
    var (firsts, counts): ([Int], [Int]) = ([], [])
    var inverse = [Int](repeating: 0, count: n)
    for (k, i) in order.enumerated() {
      let isSame = k > 0 && sameElement(flat, order[k - 1], i)
      if !isSame {
        firsts.append(i)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      inverse[i] = firsts.count - 1
    }
    let values = try Tensor(empty: [firsts.count], x.dtype)
    Picks(middle: firsts).read(flat, into: values)
    if Autograd.isRecording(x) {
      Autograd.record(consecutive ? "UniqueConsecutiveBackward0" : "Unique2Backward0", [x], values) {
        (_) throws(TensorError) in
        throw TensorError(
          .runtime, "the derivative for 'unique\(consecutive ? "_consecutive" : "")' is not implemented.")
      }
    }
    return (values, try Tensor.make(inverse, x.shape, .int64), try Tensor.vector(counts))
  }

  private static func sameElement(_ x: Tensor, _ i: Int, _ j: Int) -> Bool {
    x.dtype.isFloating
      ? x.double(at: x.offset + i) == x.double(at: x.offset + j)
      : x.int(at: x.offset + i) == x.int(at: x.offset + j)
  }

  /// Distinct entries of dimension `dim`.
  package static func unique(
    _ x: Tensor, dim: Int, consecutive: Bool = false
  ) throws(TensorError) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    let d = try Dimension.wrap(dim, x.ndim)
    if x.ndim == 0 {
      return (try x.copied(), try Tensor.vector([0]), try Tensor.vector([1]))
    }
    let rows = try withoutGrad { () throws(TensorError) in try transpose(x.detach(), d, 0).dense() }
    let n = x.shape[d]
    let width = n == 0 ? 0 : rows.count / n
    func compare(_ i: Int, _ j: Int) -> Int {
      for k in 0..<width {
        if x.dtype.isFloating {
          let (a, b) = (rows.double(at: rows.offset + i * width + k), rows.double(at: rows.offset + j * width + k))
          if a != b { return a < b ? -1 : 1 }
        } else {
          let (a, b) = (rows.int(at: rows.offset + i * width + k), rows.int(at: rows.offset + j * width + k))
          if a != b { return a < b ? -1 : 1 }
        }
      }
      return 0
    }
    let order = consecutive ? Array(0..<n) : (0..<n).sorted { compare($0, $1) != 0 ? compare($0, $1) < 0 : $0 < $1 }
    var (firsts, counts): ([Int], [Int]) = ([], [])
    var inverse = [Int](repeating: 0, count: n)
    for (k, i) in order.enumerated() {
      if k == 0 || compare(order[k - 1], i) != 0 {
        firsts.append(i)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      inverse[i] = firsts.count - 1
    }
    let values = try withoutGrad { () throws(TensorError) in try indexSelect(x.detach(), d, Tensor.vector(firsts)) }
    return (values, try Tensor.vector(inverse), try Tensor.vector(counts))
  }

  /// How often each of 0, 1, … occurs, or the sums of the weights of those elements.
  package static func bincount(_ x: Tensor, _ weights: Tensor?, minLength: Int) throws(TensorError) -> Tensor {
    if x.dtype.isFloating || x.dtype == .bool { throw RandomFill.notImplemented("bincount_cpu", x.dtype) }
    if minLength < 0 { throw .runtime("minlength should be >= 0") }
    let values = x.ndim == 1 ? try x.int64Values() : []
    if (x.ndim != 1 && x.count > 0) || values.contains(where: { $0 < 0 }) {
      throw .runtime("bincount only supports 1-d non-negative integral inputs.")
    }
    if let weights, weights.ndim != 1 || weights.count != x.count {
      throw .runtime("weights should be 1-d and have the same length as input")
    }
    let length = Swift.max(minLength, (values.max() ?? -1) &+ 1)
    guard length < 1 << 40, length >= 0 else {
      throw .runtime("maximum value of input overflowed, it should be < \(Int.max) but got \(values.max() ?? 0)")
    }
    guard let weights else {
      let result = try Tensor.filled([length], .int64, .int(0))
      for v in values { result.pointer(Int.self)[v] += 1 }
      return result
    }
    let dtype: DType = weights.dtype == .float32 ? .float32 : .float64
    let result = try Tensor.filled([length], dtype, .int(0))
    let w = try weights.dense(dtype)
    for (i, v) in values.enumerated() {
      if dtype == .float32 {
        result.pointer(Float.self)[v] += w.pointer(Float.self)[i]
      } else {
        result.pointer(Double.self)[v] += w.pointer(Double.self)[i]
      }
    }
    return result
  }

  /// Counts in `bins` equal parts of `low...high`; of the data's range when both are equal.
  package static func histogram(
    _ x: Tensor, _ bins: Int, _ low: Double, _ high: Double, _ weights: Tensor? = nil, density: Bool = false
  ) throws(TensorError) -> (counts: Tensor, edges: Tensor) {
    guard x.dtype == .float32 || x.dtype == .float64 else { throw RandomFill.notImplemented("histogram_cpu", x.dtype) }
    if bins <= 0 { throw .runtime("torch.histogram(): bins must be > 0, but got \(bins) for dimension 0") }
    if bins > 1 << 30 { throw .runtime("torch.histogram(): too many bins (\(bins))") }
    let values = try x.elementIndices().map { x.double(at: $0) }
    var (low, high) = (low, high)
    if low == high && !values.isEmpty { (low, high) = (values.min()!, values.max()!) }
    guard low.isFinite && high.isFinite && !values.contains(where: { low == high && $0.isNaN }) else {
      throw .runtime(
        "torch.histogram(): dimension 0's range [\(NumberText.general(low)), \(NumberText.general(high))] is not finite"
      )
    }
    if low > high {
      throw .runtime(
        "torch.histogram(): min should not exceed max, but got min \(NumberText.general(low)) max \(NumberText.general(high)) for dimension 0"
      )
    }
    if low == high {
      low -= 0.5
      high += 0.5
    }
    let edges = try linspace(.float(low), .float(high), bins + 1, x.dtype)
    var counts = [Double](repeating: 0, count: bins)
    let w = try weights.map { (t) throws(TensorError) in try t.dense(.float64) }
    for (i, v) in values.enumerated() where v >= low && v <= high {
      let place = Swift.min(Int((v - low) / (high - low) * Double(bins)), bins - 1)
      counts[place] += w.map { $0.pointer(Double.self)[i] } ?? 1
    }
    if density {
      let total = counts.reduce(0, +) * (high - low) / Double(bins)
      counts = counts.map { $0 / total }
    }
    return (try Tensor.make(counts, [bins], x.dtype), edges)
  }

  /// Counts between given edges.
  package static func histogram(
    _ x: Tensor, edges: Tensor, _ weights: Tensor? = nil, density: Bool = false
  ) throws(TensorError) -> (counts: Tensor, edges: Tensor) {
    guard x.dtype == edges.dtype else {
      throw .runtime(
        "torch.histogram(): input tensor and bins tensor should have the same dtype, but got input with dtype \(x.dtype.lowerName) and bins with dtype \(edges.dtype.lowerName)"
      )
    }
    if edges.ndim != 1 || edges.count < 2 {
      throw .runtime(
        "torch.histogramdd(): bins tensor should have one dimension, but got \(edges.ndim) dimensions in the bins tensor for dimension 0"
      )
    }
    let bounds = try edges.elementIndices().map { edges.double(at: $0) }
    var counts = [Double](repeating: 0, count: bounds.count - 1)
    let w = try weights.map { (t) throws(TensorError) in try t.dense(.float64) }
    for (i, index) in try x.elementIndices().enumerated() {
      let v = x.double(at: index)
      guard v >= bounds[0], v <= bounds[bounds.count - 1] else { continue }
      var place = (bounds.firstIndex { $0 > v } ?? bounds.count) - 1
      place = Swift.min(Swift.max(place, 0), counts.count - 1)
      counts[place] += w.map { $0.pointer(Double.self)[i] } ?? 1
    }
    if density {
      let total = counts.reduce(0, +)
      for i in 0..<counts.count { counts[i] /= total * (bounds[i + 1] - bounds[i]) }
    }
    return (try Tensor.make(counts, [counts.count], x.dtype), try edges.copied())
  }

  // MARK: Searching

  /// Where each value would go in a sorted sequence (the last dimension).
  package static func searchSorted(
    _ sequence: Tensor, _ values: Tensor, right: Bool, dtype: DType = .int64, sorter: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    if sequence.ndim == 0 {
      throw .runtime("torch.searchsorted(): the boundary tensor should have positive dimension")
    }
    if sequence.ndim > 1
      && (values.ndim != sequence.ndim || values.shape.array.dropLast() != sequence.shape.array.dropLast())
    {
      throw .runtime(
        "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor \(sequence.shape.description) and input value tensor \(values.shape.description)"
      )
    }
    let s = try sequence.dense(.float64)
    let v = try values.dense(.float64)
    let order = try sorter.map { (t) throws(TensorError) in try t.dense(.int64) }
    let out = try Tensor(empty: values.shape, .int64)
    let n = sequence.shape[sequence.ndim - 1]
    if let order {
      for i in try order.int64Values() where i < 0 || i >= n {
        throw .runtime("torch.searchsorted(): sorter index out of range")
      }
    }
    let rows = sequence.ndim == 1 ? 1 : s.count / Swift.max(n, 1)
    let perRow = rows == 0 ? 0 : v.count / rows
    let side: Int32 = right ? 1 : 0
    for r in 0..<rows {
      var places: UnsafePointer<Int64>?
      if let order { places = UnsafePointer(order.pointer(Int64.self) + r * n) }
      tnb_search_sorted(
        s.pointer(Double.self) + r * n, n, places, v.pointer(Double.self) + r * perRow, perRow, side,
        out.pointer(Int64.self) + r * perRow)
    }
    return dtype == .int64 ? out : try out.copied(to: dtype)
  }

  /// Whether each element occurs among the test elements.
  package static func isin(_ x: Tensor, _ tests: Tensor, invert: Bool) throws(TensorError) -> Tensor {
    let known = Set(try tests.elementIndices().map { tests.double(at: $0) })
    return try Tensor.make(try x.elementIndices().map { known.contains(x.double(at: $0)) != invert }, x.shape, .bool)
  }

  // MARK: Quantiles

  /// Quantiles over a dimension (all elements when nil), between neighbours as `interpolation` says.
  package static func quantile(
    _ x: Tensor, _ q: Tensor, _ dim: Int?, keepdim: Bool, interpolation: String, ignoringNaN: Bool
  ) throws(TensorError) -> Tensor {
    let name = ignoringNaN ? "nanquantile" : "quantile"
    guard x.dtype == .float32 || x.dtype == .float64 else {
      throw .runtime("\(name)() input tensor must be either float or double dtype")
    }
    if x.count == 0 { throw .runtime("\(name)() input tensor must be non-empty") }
    if q.ndim > 1 { throw .runtime("\(name)() q must be a scalar or 1D tensor") }
    if q.dtype != x.dtype { throw .runtime("\(name)() q tensor must be same dtype as the input tensor") }
    let qs = try q.elementIndices().map { q.double(at: $0) }
    for v in qs where !(v >= 0 && v <= 1) {
      throw .runtime("\(name)() q values must be in the range [0, 1]")
    }
    guard ["linear", "lower", "higher", "midpoint", "nearest"].contains(interpolation) else {
      throw .runtime(
        "\(name)() interpolation must be one of linear, lower, higher, midpoint or nearest, but got \(interpolation)")
    }
    let d = try dim.map { (v) throws(TensorError) in try Dimension.wrap(v, x.ndim) }
    var rows = d == nil || x.ndim == 0 ? try reshape(x, [x.count]) : try movedim(x, [d!], [-1])
    rows = try reshape(rows, [rows.count / Swift.max(rows.shape[rows.ndim - 1], 1), rows.shape[rows.ndim - 1]])
    let ordered = try sort(rows, -1).values
    let n = rows.shape[1]
    let plain = ordered.detach()
    var (low, high, weights): ([Int], [Int], [Double]) = ([], [], [])
    for r in 0..<rows.shape[0] {
      var valid = n
      while valid > 0 && plain.double(at: plain.offset + r * n + valid - 1).isNaN { valid -= 1 }
      for v in qs {
        if valid < n && !ignoringNaN || valid == 0 {
          low.append(n - 1)
          high.append(n - 1)
          weights.append(0)
          continue
        }
        let rank = (x.dtype == .float32 ? Double(Float(v) * Float(valid - 1)) : v * Double(valid - 1))
        var below = rank.rounded(.down)
        var above = rank.rounded(.up)
        var weight = rank - below
        switch interpolation {
        case "lower": (above, weight) = (below, 0)
        case "higher": (below, weight) = (above, 0)
        case "nearest":
          below = rank.rounded(.toNearestOrEven)
          (above, weight) = (below, 0)
        case "midpoint": weight = 0.5
        default: break
        }
        low.append(Int(below))
        high.append(Int(above))
        weights.append(weight)
      }
    }
    let shape: Dims = [rows.shape[0], qs.count]
    let below = try gather(ordered, 1, Tensor.make(low, shape, .int64))
    let above = try gather(ordered, 1, Tensor.make(high, shape, .int64))
    let weight = try Tensor.make(weights, shape, x.dtype)
    var result = try add(below, mul(weight, sub(above, below)))
    // (rows, quantiles) becomes quantiles first, then the remaining dimensions.
    var rest: [Int] = d == nil ? (keepdim ? [Int](repeating: 1, count: x.ndim) : []) : x.shape.array
    if let d, x.ndim > 0 { if keepdim { rest[d] = 1 } else { rest.remove(at: d) } }
    result = try transpose(result, 0, 1)
    return try reshape(result, q.ndim == 0 ? rest : [qs.count] + rest)
  }
}
