// The largest or mean element of windows, and of equal parts.

import CKernels

extension Operations {
  /// The largest (with its position) or mean element of every window; `x` may lack the batch dimension.
  package static func maxPool(
    _ x: Tensor, _ w: Window, ceiling: Bool, name: String
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let n = w.size.count
    if x.ndim == n + 1 {
      let (v, i) = try maxPool(unsqueeze(x, 0), w, ceiling: ceiling, name: name)
      return (try squeeze(v, 0), try squeeze(i, 0))
    }
    let places = try poolPlaces(x, w, ceiling)
    if x.dtype == .bool { throw RandomFill.notImplemented("max_pool\(n)d", x.dtype) }
    let least = x.dtype.isFloating ? -Double.infinity : Double(IntegerInfo(x.dtype).min)
    let spatialShape = Array(x.shape.array.dropFirst(2))
    let (values, indices) = try withoutGrad { () throws(TensorError) -> (Tensor, Tensor) in
      let source = try padded(x.detach(), w, places, least)
      let area = w.size.reduce(1, *)
      let shape = [x.shape[0], x.shape[1]] + places
      let rows = try reshape(windows(source, w, places), shape + [area])
      let (best, where_) = try extreme(rows, -1, isMin: false)
      return (best, try flatPositions(where_, w, spatialShape, places))
    }
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record(name, [x], values, saving: [indices, x]) { (c) throws(TensorError) in
        try Autograd.gradients(ofNode: name, [c.gradient, c.saved(1)]) { (t) throws(TensorError) in
          let rows = shape[0] * shape[1]
          let flat = try Tensor.filled([rows, spatialShape.reduce(1, *)], t[0].dtype, .int(0))
          let count = places.reduce(1, *)
          let placed = try scatterAdd(flat, 1, reshape(c.saved(0), [rows, count]), reshape(t[0], [rows, count]))
          return [try reshape(placed, shape)]
        }
      }
    }
    return (values, indices)
  }

  /// Positions inside windows as positions in the flattened spatial dimensions of the input.
  private static func flatPositions(
    _ inside: Tensor, _ w: Window, _ shape: [Int], _ places: [Int]
  ) throws(TensorError) -> Tensor {
    let n = w.size.count
    let values = try inside.int64Values()
    let count = places.reduce(1, *)
    var result = [Int](repeating: 0, count: values.count)
    for (k, v) in values.enumerated() {
      var (rest, place) = (v, k % Swift.max(count, 1))
      var (flat, step) = (0, 1)
      for i in (0..<n).reversed() {
        let offset = rest % w.size[i]
        rest /= w.size[i]
        let start = place % places[i]
        place /= places[i]
        flat += (start * w.stride[i] - w.padding[i] + offset * w.dilation[i]) * step
        step *= shape[i]
      }
      result[k] = flat
    }
    return try Tensor.make(result, inside.shape, .int64)
  }

  package static func averagePool(
    _ x: Tensor, _ w: Window, ceiling: Bool, countsPadding: Bool, divisor: Int?, name: String
  ) throws(TensorError) -> Tensor {
    let n = w.size.count
    if x.ndim == n + 1 {
      return try squeeze(
        averagePool(
          unsqueeze(x, 0), w, ceiling: ceiling, countsPadding: countsPadding, divisor: divisor, name: name), 0)
    }
    if let divisor, divisor == 0 { throw .runtime("divisor must be not zero") }
    let places = try poolPlaces(x, w, ceiling)
    guard x.dtype.isFloating || x.dtype == .int64 else {
      throw RandomFill.notImplemented(n == 2 ? "avg_pool2d" : "avg_pool3d_out_frame", x.dtype)
    }
    // How many elements each window counts, per dimension.
    var factor = try Tensor.filled([], .float64, .int(1))
    for i in 0..<n {
      let length = x.shape[2 + i]
      let counts = (0..<places[i]).map { k -> Double in
        let start = k * w.stride[i] - w.padding[i]
        let end = Swift.min(start + w.size[i], length + w.padding[i])
        return Double(countsPadding ? end - start : Swift.min(end, length) - Swift.max(start, 0))
      }
      var shape = Dims(repeating: 1, count: n)
      shape[i] = places[i]
      factor = try mul(factor, Tensor.make(counts, shape, .float64))
    }
    if let divisor { factor = try Tensor.filled([], .float64, .int(divisor)) }
    let scale = try cast(factor, x.dtype)
    let dims = Array(2 + n..<2 + 2 * n)
    return try fusedByReplay(name, [x], namesGradient: true) { (t) throws(TensorError) in
      let source = try padded(t[0], w, places, 0)
      let total = try sum(windows(source, w, places), dims)
      return try x.dtype.isFloating ? div(total, scale) : div(total, scale, rounding: .trunc)
    }
  }

  /// Means over as many equal parts as `sizes` asks for.
  package static func adaptivePool(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    let n = sizes.count
    try checkAdaptive(x, sizes, "avg")
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("adaptive_avg_pool\(n)d", x.dtype) }
    let first = x.ndim - n
    let whole = try Tensor.filled(Dims.checked(Array(x.shape.array.prefix(first)) + sizes), x.dtype, .int(0))
    if sizes.contains(0) { return whole }
    if sizes.allSatisfy({ $0 == 1 }) { return try mean(x, Array(first..<x.ndim), keepdim: true) }
    return try fusedByReplay("AdaptiveAvgPool\(n)DBackward0", [x], namesGradient: true) { (t) throws(TensorError) in
      var result = t[0]
      for i in 0..<n {
        let d = first + i
        var parts: [Tensor] = []
        for part in equalParts(x.shape[d], sizes[i]) {
          if tnb_interrupt_pending() != 0 { throw Interruption.error() }
          parts.append(try mean(narrow(result, d, part.lowerBound, part.count), [d], keepdim: true))
        }
        result = try cat(parts, d)
      }
      return result
    }
  }

  /// The largest elements of as many equal parts as `sizes` asks for, and where they stand in the flattened spatial dimensions.
  package static func adaptiveMaxPool(
    _ x: Tensor, _ sizes: [Int]
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let n = sizes.count
    if n == 1 {
      let (v, i) = try adaptiveMaxPool(unsqueeze(x, -2), [1] + sizes)
      return (try squeeze(v, -2), try squeeze(i, -2))
    }
    try checkAdaptive(x, sizes, "max")
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("adaptive_max_pool\(n)d", x.dtype) }
    let first = x.ndim - n
    let spatialShape = Array(x.shape.array.dropFirst(first))
    _ = try Tensor(empty: Dims.checked(Array(x.shape.array.prefix(first)) + sizes), .int64)
    let area = spatialShape.reduce(1, *)
    let rows = Array(x.shape.array.prefix(first)).reduce(1, *)
    let source = try x.dense(.float64).doubles()
    let parts = (0..<n).map { equalParts(spatialShape[$0], sizes[$0]) }
    let cells = sizes.reduce(1, *)
    var found: [Int] = []
    found.reserveCapacity(rows * cells)
    for row in 0..<rows {
      for cell in 0..<cells {
        var rest = cell
        var ranges: [Range<Int>] = []
        for i in (0..<n).reversed() {
          ranges.insert(parts[i][rest % sizes[i]], at: 0)
          rest /= sizes[i]
        }
        var (best, place) = (-Double.infinity, -1)
        func visit(_ i: Int, _ flat: Int) {
          if i == n {
            let value = source[row * area + flat]
            if place < 0 || value > best || value.isNaN { (best, place) = (value, flat) }
            return
          }
          for k in ranges[i] { visit(i + 1, flat * spatialShape[i] + k) }
        }
        visit(0, 0)
        found.append(Swift.max(place, 0))
      }
    }
    let shape = Array(x.shape.array.prefix(first))
    let indices = try Tensor.make(found, Dims.checked(shape + sizes), .int64)
    let values = try fusedByReplay("AdaptiveMaxPool\(n)DBackward0", [x], namesGradient: true) {
      (t) throws(TensorError) in
      let picked = try gather(reshape(t[0], shape + [area]), -1, reshape(indices, shape + [cells]))
      return try reshape(picked, shape + sizes)
    }
    return (values, indices)
  }

  /// Where `count` parts of a dimension begin and end; they overlap where it does not divide evenly.
  private static func equalParts(_ length: Int, _ count: Int) -> LazyMapSequence<Range<Int>, Range<Int>> {
    (0..<count).lazy.map { k in k * length / count..<((k + 1) * length + count - 1) / count }
  }

  private static func checkAdaptive(_ x: Tensor, _ sizes: [Int], _ kind: String) throws(TensorError) {
    let n = sizes.count
    if x.ndim != n + 1 && x.ndim != n + 2 {
      throw .runtime(
        "adaptive_\(kind)_pool\(n)d(): Expected \(n + 1)D or \(n + 2)D tensor, but got \(x.shape.description)")
    }
    for size in sizes + x.shape.array where Int32(exactly: size) == nil {
      throw .runtime("value cannot be converted to type int without overflow")
    }
    for size in sizes where size < 0 {
      throw .runtime(
        kind == "max"
          ? "Trying to create tensor with negative dimension \(size): \(ShapeInference.listText(Array(x.shape.array.prefix(x.ndim - n)) + sizes))"
          : "adaptive_avg_pool\(n)d: elements of output_size must be greater than or equal to 0 but received {\(sizes.map(String.init).joined(separator: ", "))}"
      )
    }
    for d in x.ndim - n..<x.ndim where x.shape[d] == 0 {
      throw .runtime(
        "adaptive_\(kind)_pool\(n)d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes \(x.shape.description) with dimension \(d) being empty"
      )
    }
  }
}
