// Tensors repeated along dimensions, as views where nothing has to be copied.

extension Operations {
  /// Dimensions of size one stretched to `sizes` without copying; -1 keeps a size, new dimensions come in front.
  package static func expand(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    if sizes.count < x.ndim {
      throw .runtime(
        "expand(torch.\(x.dtype.scalarTypeName)Tensor{\(x.shape.description)}, size=\(ShapeInference.listText(sizes))): the number of sizes provided (\(sizes.count)) must be greater or equal to the number of dimensions in the tensor (\(x.ndim))"
      )
    }
    var shape = try Dims.checked(sizes)
    var strides = Dims(repeating: 0, count: shape.count)
    let missing = shape.count - x.ndim
    var i = shape.count - 1
    while i >= 0 {
      let size = i >= missing ? x.shape[i - missing] : 1
      var stride = i >= missing ? x.strides[i - missing] : 0
      var target = shape[i]
      if target == -1 {
        if i < missing {
          throw .runtime(
            "The expanded size of the tensor (\(target)) isn't allowed in a leading, non-existing dimension \(i)")
        }
        target = size
      }
      if size != target {
        if size != 1 || target < 0 {
          throw .runtime(
            "The expanded size of the tensor (\(target)) must match the existing size (\(size)) at non-singleton dimension \(i).  Target sizes: \(ShapeInference.listText(sizes)).  Tensor sizes: \(x.shape.description)"
          )
        }
        stride = 0
      }
      shape[i] = target
      strides[i] = stride
      i -= 1
    }
    return recordView("ExpandBackward0", x, shape, strides, x.offset) { $0 }
  }

  static func expand(_ x: Tensor, to shape: Dims) throws(TensorError) -> Tensor {
    x.shape == shape ? x : try expand(x, shape.array)
  }

  /// The whole tensor `repeats[i]` times along each dimension; more repeats than dimensions add dimensions in front.
  package static func `repeat`(_ x: Tensor, _ repeats: [Int]) throws(TensorError) -> Tensor {
    if repeats.count < x.ndim {
      throw .runtime(
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor")
    }
    let missing = repeats.count - x.ndim
    var shape = try Dims.checked(repeats)
    var target = shape
    for i in 0..<shape.count {
      shape[i] = i < missing ? 1 : x.shape[i - missing]
      let (size, overflow) = shape[i].multipliedReportingOverflow(by: repeats[i])
      if overflow { throw .runtime("Storage size calculation overflowed with sizes=\(target.description)") }
      target[i] = size
    }
    for i in 0..<shape.count where repeats[i] < 0 {
      throw .runtime("Trying to create tensor with negative dimension \(target[i]): \(target.description)")
    }
    let output = try Tensor(empty: target, x.dtype)
    if output.count > 0 {
      let source = try withoutGrad { () throws(TensorError) in try view(try contiguous(x), shape.array) }
      try copyRepeated(source, repeats, output)
    }
    if Autograd.isRecording(x) {
      let (xShape, padded) = (x.shape, shape)
      Autograd.record("RepeatBackward0", [x], output) { (c) throws(TensorError) in
        var g = c.gradient
        for i in 0..<padded.count where repeats[i] != 1 {
          if repeats[i] == 0 { return [try Tensor.filled(xShape, g.dtype, .int(0))] }
          let split = try unflatten(g, i, [repeats[i], padded[i]])
          var kept = split.shape
          kept[i] = 1
          g = try squeeze(sumToShape(split, kept), i)
        }
        return [try reshape(g, xShape)]
      }
    }
    return output
  }

  /// Fills `output` with copies of `source`, one place of the repeat grid after the other.
  private static func copyRepeated(_ source: Tensor, _ repeats: [Int], _ output: Tensor) throws(TensorError) {
    let n = repeats.count
    var place = [Int](repeating: 0, count: n)
    while true {
      var offset = output.offset
      for i in 0..<n { offset += place[i] * source.shape[i] * output.strides[i] }
      let part = Tensor(
        storage: output.storage, offset: offset, shape: source.shape, strides: output.strides, dtype: output.dtype,
        isContiguous: Tensor.areContiguous(source.shape, output.strides))
      try Kernels.copy(source, into: part)
      var i = n - 1
      while i >= 0 {
        place[i] += 1
        if place[i] < repeats[i] { break }
        place[i] = 0
        i -= 1
      }
      if i < 0 { return }
    }
  }

  /// As `repeat`, with the missing leading counts taken as one.
  package static func tile(_ x: Tensor, _ dims: [Int]) throws(TensorError) -> Tensor {
    try `repeat`(x, [Int](repeating: 1, count: Swift.max(0, x.ndim - dims.count)) + dims)
  }

  /// Each entry along `dim` (of the flattened tensor when nil) `repeats` times.
  package static func repeatInterleave(_ x: Tensor, _ repeats: Int, _ dim: Int?) throws(TensorError) -> Tensor {
    if repeats < 0 { throw .runtime("Repeats must be non-negative") }
    let source = dim == nil ? try view(contiguous(x), [-1]) : x.ndim == 0 ? try reshape(x, [1] as Dims) : x
    let d = try Dimension.wrap(dim ?? 0, source.ndim)
    let stretched = try unsqueeze(source, d + 1)
    var shape = stretched.shape
    shape[d + 1] = repeats
    var result = source.shape
    let (size, overflow) = source.shape[d].multipliedReportingOverflow(by: repeats)
    if overflow { throw .runtime("Storage size calculation overflowed with sizes=\(shape.description)") }
    result[d] = size
    return try reshape(try contiguousClone(expand(stretched, to: shape)), result)
  }

  /// Entry i along `dim` (of the flattened tensor when nil) `repeats[i]` times; one count serves all.
  package static func repeatInterleave(
    _ x: Tensor, _ repeats: Tensor, _ dim: Int?, outputSize: Int? = nil
  ) throws(TensorError) -> Tensor {
    let source = dim == nil ? try flatten(x) : x
    let d = try Dimension.wrap(dim ?? 0, source.ndim)
    if repeats.ndim > 1 { throw .runtime("repeats must be 0-dim or 1-dim tensor") }
    if repeats.dtype != .int64 && repeats.dtype != .int32 {
      throw .runtime("repeats must be int64 or int32 but got \(repeats.dtype.scalarTypeName)")
    }
    let size = source.ndim == 0 ? 1 : source.shape[d]
    let counts = try repeats.elementIndices().map { repeats.int(at: $0) }
    if repeats.ndim == 1 && counts.count != 1 && counts.count != size {
      throw .runtime(
        "repeats must have the same size as input along dim, but got repeats.size(0) = \(counts.count) and input.size(\(d)) = \(size)"
      )
    }
    var picks: [Int] = []
    for i in 0..<size {
      let n = counts.count == 1 ? counts[0] : counts[i]
      if n < 0 { throw .runtime("repeats can not be negative") }
      if picks.count + n > 1 << 40 { throw .runtime("repeat_interleave: the result is too large") }
      picks.append(contentsOf: repeatElement(i, count: n))
    }
    return try indexSelect(source, d, Tensor.vector(picks))
  }

  /// The counts' positions: `[0, 1, 1]` for `[1, 2]`.
  package static func repeatInterleave(counts: Tensor) throws(TensorError) -> Tensor {
    if counts.ndim != 1 { throw .runtime("repeat_interleave only accept 1D vector as repeat") }
    return try repeatInterleave(Tensor.range(counts.count), counts, 0)
  }

  /// Tensors expanded to their common shape.
  package static func broadcastTensors(_ tensors: [Tensor]) throws(TensorError) -> [Tensor] {
    var shape = Dims()
    for x in tensors { shape = try Dims.broadcast(shape, x.shape) }
    var result: [Tensor] = []
    for x in tensors { result.append(try expand(x, to: shape)) }
    return result
  }

  package static func atLeast1D(_ x: Tensor) throws(TensorError) -> Tensor {
    x.ndim == 0 ? try reshape(x, [1] as Dims) : x
  }

  package static func atLeast2D(_ x: Tensor) throws(TensorError) -> Tensor {
    x.ndim == 0 ? try reshape(x, [1, 1] as Dims) : x.ndim == 1 ? try unsqueeze(x, 0) : x
  }

  package static func atLeast3D(_ x: Tensor) throws(TensorError) -> Tensor {
    switch x.ndim {
    case 0: try reshape(x, [1, 1, 1] as Dims)
    case 1: try unsqueeze(unsqueeze(x, 0), -1)
    case 2: try unsqueeze(x, -1)
    default: x
    }
  }
}
