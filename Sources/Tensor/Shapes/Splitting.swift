// One tensor as several views.

extension Operations {
  /// The entries of dimension `dim` as views; writing into them in place is refused while recording.
  package static func unbind(_ x: Tensor, _ dim: Int = 0) throws(TensorError) -> [Tensor] {
    if x.ndim == 0 { throw .index("Dimension specified as 0 but tensor has no dimensions") }
    let d = try Dimension.wrap(dim, x.ndim)
    var shape = x.shape
    var strides = x.strides
    shape.remove(at: d)
    strides.remove(at: d)
    var views: [Tensor] = []
    for i in 0..<x.shape[d] {
      views.append(x.makeView(shape: shape, strides: strides, offset: x.offset + i * x.strides[d]))
    }
    recordMany("UnbindBackward0", x, views) { (c) throws(TensorError) in
      var parts: [Tensor] = []
      for i in 0..<c.node.outputCount { parts.append(try c.gradientOrZeros(i)) }
      return try stack(parts, d)
    }
    return views
  }

  private static func recordMany(
    _ name: String, _ x: Tensor, _ views: [Tensor],
    _ backward: @escaping (BackwardContext) throws(TensorError) -> Tensor
  ) {
    for view in views where view.viewKind == .plain { view.viewKind = .multiOutput }
    if Autograd.isRecording(x) && !views.isEmpty {
      Autograd.record(name, [x], outputs: views) { (c) throws(TensorError) in [try backward(c)] }
    }
  }

  /// Pieces of the given sizes, which must add up to the dimension's.
  package static func splitWithSizes(
    _ x: Tensor, _ sizes: [Int], _ dim: Int = 0, name: String = "SplitWithSizesBackward0"
  ) throws(TensorError) -> [Tensor] {
    if x.ndim == 0 { throw .runtime("split expects at least a 1-dimensional tensor") }
    let d = try Dimension.wrap(dim, x.ndim)
    var total = 0
    for size in sizes {
      if size < 0 {
        throw .runtime(
          "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=\(ShapeInference.listText(sizes))"
        )
      }
      let (sum, overflow) = total.addingReportingOverflow(size)
      total = overflow ? Int.max : sum
    }
    if total != x.shape[d] {
      throw .runtime(
        "split_with_sizes expects split_sizes to sum exactly to \(x.shape[d]) (input tensor's size at dimension \(d)), but got split_sizes=\(ShapeInference.listText(sizes))"
      )
    }
    var views: [Tensor] = []
    var start = 0
    for size in sizes {
      var shape = x.shape
      shape[d] = size
      views.append(x.makeView(shape: shape, strides: x.strides, offset: x.offset + start * x.strides[d]))
      start += size
    }
    recordMany(name, x, views) { (c) throws(TensorError) in
      var parts: [Tensor] = []
      for i in 0..<c.node.outputCount { parts.append(try c.gradientOrZeros(i)) }
      return try cat(parts, d)
    }
    return views
  }

  /// Pieces of `size` entries; the last may be smaller.
  package static func split(_ x: Tensor, _ size: Int, _ dim: Int = 0) throws(TensorError) -> [Tensor] {
    if x.ndim == 0 { throw .runtime("split expects at least a 1-dimensional tensor") }
    if size < 0 {
      throw .runtime("split expects split_size be non-negative, but got split_size=\(size)")
    }
    let d = try Dimension.wrap(dim, x.ndim)
    let total = x.shape[d]
    if size == 0 && total != 0 {
      throw .runtime("split_size can only be 0 if dimension size is 0, but got dimension size of \(total)")
    }
    var sizes: [Int] = []
    var left = total
    repeat {
      sizes.append(Swift.min(size, left))
      left -= sizes[sizes.count - 1]
    } while left > 0
    return try splitWithSizes(x, sizes, dim, name: "SplitBackward0")
  }

  /// At most `chunks` pieces of equal size; the last may be smaller.
  package static func chunk(_ x: Tensor, _ chunks: Int, _ dim: Int = 0) throws(TensorError) -> [Tensor] {
    if x.ndim == 0 { throw .runtime("chunk expects at least a 1-dimensional tensor") }
    if chunks <= 0 { throw .runtime("chunk expects `chunks` to be greater than 0, got: \(chunks)") }
    let d = try Dimension.wrap(dim, x.ndim)
    let total = x.shape[d]
    let size = (total - 1) / chunks + 1
    if total == 0 {
      if chunks > 1 << 20 { throw .runtime("chunk: too many chunks (\(chunks)) of a dimension of size 0") }
      return try splitWithSizes(x, [Int](repeating: 0, count: chunks), dim)
    }
    return try split(x, size, dim)
  }

  /// `sections` pieces whose sizes differ by at most one.
  package static func tensorSplit(_ x: Tensor, sections: Int, _ dim: Int = 0) throws(TensorError) -> [Tensor] {
    if x.ndim == 0 {
      throw .runtime("tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
    }
    let d = try Dimension.wrap(dim, x.ndim)
    if sections <= 0 { throw .runtime("number of sections must be larger than 0, got \(sections)") }
    if sections > 1 << 24 { throw .runtime("tensor_split: too many sections (\(sections))") }
    let (size, extra) = x.shape[d].quotientAndRemainder(dividingBy: sections)
    var result: [Tensor] = []
    var start = 0
    for i in 0..<sections {
      let length = size + (i < extra ? 1 : 0)
      result.append(sliced(x, d, start, start + length, 1))
      start += length
    }
    return result
  }

  /// Pieces between the given indices.
  package static func tensorSplit(_ x: Tensor, indices: [Int], _ dim: Int = 0) throws(TensorError) -> [Tensor] {
    if x.ndim == 0 {
      throw .runtime("tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
    }
    let d = try Dimension.wrap(dim, x.ndim)
    var result: [Tensor] = []
    var start = 0
    for index in indices {
      result.append(sliced(x, d, start, index, 1))
      start = index
    }
    result.append(sliced(x, d, start, nil, 1))
    return result
  }

  /// `hsplit`, `vsplit` and `dsplit`: along dimension 1, 0 and 2, with their checks.
  package static func axisSplit(
    _ x: Tensor, _ name: String, sections: Int?, indices: [Int]
  ) throws(TensorError) -> [Tensor] {
    let needed = name == "hsplit" ? 1 : name == "vsplit" ? 2 : 3
    if x.ndim < needed {
      throw .runtime(
        "torch.\(name) requires a tensor with at least \(needed) dimension, but got a tensor with \(x.ndim) dimensions!"
      )
    }
    let d = name == "hsplit" ? (x.ndim == 1 ? 0 : 1) : name == "vsplit" ? 0 : 2
    guard let sections else { return try tensorSplit(x, indices: indices, d) }
    if sections == 0 || x.shape[d] % sections != 0 {
      throw .runtime(
        "torch.\(name) attempted to split along dimension \(d), but the size of the dimension \(x.shape[d]) is not divisible by the split_size \(sections)!"
      )
    }
    return try tensorSplit(x, sections: sections, d)
  }
}

extension BackwardContext {
  /// The gradient of output `i`, zeros where none arrived.
  func gradientOrZeros(_ i: Int) throws(TensorError) -> Tensor {
    if let g = node.arrived(i) { return g }
    return try zeros(i)
  }
}
