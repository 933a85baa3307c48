import CKernels

// Copies with the elements in another order.

extension Operations {
  /// The order of the entries along `dims` reversed.
  package static func flip(_ x: Tensor, _ dims: [Int]) throws(TensorError) -> Tensor {
    let wrapped = try Dimension.wrapAll(dims, x.ndim)
    let output = try Tensor(empty: x.shape, x.dtype)
    if x.count > 0 { try Kernels.copy(reversed(x, wrapped), into: output) }
    if Autograd.isRecording(x) {
      Autograd.record("FlipBackward0", [x], output) { (c) throws(TensorError) in [try flip(c.gradient, wrapped)] }
    }
    return output
  }

  /// `x` read backwards along `dims`: strides that only the copying loop may see.
  private static func reversed(_ x: Tensor, _ dims: [Int]) -> Tensor {
    var strides = x.strides
    var offset = x.offset
    for d in dims where x.ndim > 0 {
      offset += (x.shape[d] - 1) * x.strides[d]
      strides[d] = -strides[d]
    }
    return Tensor(
      storage: x.storage, offset: offset, shape: x.shape, strides: strides, dtype: x.dtype, isContiguous: false)
  }

  package static func fliplr(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .runtime("Input must be >= 2-d.") }
    return try flip(x, [1])
  }

  package static func flipud(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.ndim < 1 { throw .runtime("Input must be >= 1-d.") }
    return try flip(x, [0])
  }

  /// A quarter turn `k` times in the plane of two dimensions.
  package static func rot90(_ x: Tensor, _ k: Int = 1, _ dims: [Int] = [0, 1]) throws(TensorError) -> Tensor {
    if dims.count != 2 {
      throw .runtime("expected total rotation dims == 2, but got dims = \(dims.count)")
    }
    if x.ndim < 2 { throw .runtime("expected total dims >= 2, but got total dims = \(x.ndim)") }
    if dims[0] == dims[1] || Swift.abs(dims[0] - dims[1]) == x.ndim {
      throw .runtime(
        "expected rotation dims to be different, but got dim0 = \(dims[0]) and dim1 = \(dims[1])")
    }
    let a = try Dimension.wrap(dims[0], x.ndim)
    let b = try Dimension.wrap(dims[1], x.ndim)
    let turns = ((k % 4) + 4) % 4
    let output = try withoutGrad { () throws(TensorError) -> Tensor in
      switch turns {
      case 1: try contiguousClone(transpose(flip(x, [b]), a, b))
      case 2: try flip(x, [a, b])
      case 3: try contiguousClone(transpose(flip(x, [a]), a, b))
      default: try contiguousClone(x)
      }
    }
    if Autograd.isRecording(x) {
      Autograd.record("Rot90Backward0", [x], output) { (c) throws(TensorError) in
        [try rot90(c.gradient, -turns, [a, b])]
      }
    }
    return output
  }

  /// Entries moved along dimensions, those that fall off coming back at the other end; without `dims` over the flattened tensor.
  package static func roll(_ x: Tensor, _ shifts: [Int], _ dims: [Int] = []) throws(TensorError) -> Tensor {
    if shifts.isEmpty { throw .runtime("`shifts` required") }
    if dims.isEmpty && shifts.count == 1 {
      let flat = try withoutGrad { () throws(TensorError) in try reshape(x, [-1]) }
      let output = try withoutGrad { () throws(TensorError) in
        try view(try roll(flat, shifts, [0]), x.shape.array)
      }
      return recordRoll(x, output.alias(), shifts, dims)
    }
    if shifts.count != dims.count {
      throw .runtime("shifts and dimensions must align. shifts: \(shifts.count), dims:\(dims.count)")
    }
    var result = x
    for (shift, dim) in zip(shifts, dims) {
      let d = try Dimension.wrap(dim, x.ndim)
      result = try rolled(result, shift, d)
    }
    return recordRoll(x, result, shifts, dims)
  }

  private static func recordRoll(_ x: Tensor, _ output: Tensor, _ shifts: [Int], _ dims: [Int]) -> Tensor {
    if Autograd.isRecording(x) {
      Autograd.record("RollBackward0", [x], output) { (c) throws(TensorError) in
        [try roll(c.gradient, shifts.map { 0 &- $0 }, dims)]
      }
    }
    return output
  }

  private static func rolled(_ x: Tensor, _ shift: Int, _ d: Int) throws(TensorError) -> Tensor {
    let output = try Tensor(empty: x.shape, x.dtype)
    let size = x.ndim == 0 ? 1 : x.shape[d]
    if x.count == 0 { return output }
    if x.ndim == 0 {
      try Kernels.copy(x, into: output)
      return output
    }
    let k = ((shift % size) + size) % size
    try copyPart(x, d, 0, size - k, output, k)
    try copyPart(x, d, size - k, k, output, 0)
    return output
  }

  /// Copies `length` entries of dimension `d` from `from` on to `to` on in `output`.
  static func copyPart(
    _ x: Tensor, _ d: Int, _ from: Int, _ length: Int, _ output: Tensor, _ to: Int
  ) throws(TensorError) {
    if length == 0 { return }
    try Kernels.copy(part(x, d, from, length), into: part(output, d, to, length))
  }

  /// Entries of one dimension as a plain view, outside the graph.
  static func part(_ x: Tensor, _ d: Int, _ start: Int, _ length: Int) -> Tensor {
    var shape = x.shape
    shape[d] = length
    return Tensor(
      storage: x.storage, offset: x.offset + start * x.strides[d], shape: shape, strides: x.strides, dtype: x.dtype,
      isContiguous: Tensor.areContiguous(shape, x.strides))
  }

  // MARK: Triangles

  /// The elements on and below (or, with `upper`, above) a diagonal; the others are zero.
  package static func triangle(_ x: Tensor, diagonal: Int, upper: Bool) throws(TensorError) -> Tensor {
    let name = upper ? "triu" : "tril"
    if x.ndim < 2 { throw .runtime("\(name): input tensor must have at least 2 dimensions") }
    let output = try x.copied()
    clearTriangle(output, diagonal, upper)
    if Autograd.isRecording(x) {
      Autograd.record(upper ? "TriuBackward0" : "TrilBackward0", [x], output) { (c) throws(TensorError) in
        [try triangle(c.gradient, diagonal: diagonal, upper: upper)]
      }
    }
    return output
  }

  /// Zeroes the other triangle of each contiguous matrix.
  static func clearTriangle(_ x: Tensor, _ diagonal: Int, _ upper: Bool) {
    let (rows, columns) = (x.shape[x.ndim - 2], x.shape[x.ndim - 1])
    if x.count == 0 { return }
    tnb_clear_triangle(
      x.data, x.count / (rows * columns), rows, columns, x.dtype.size, Swift.min(Swift.max(diagonal, -rows), columns),
      upper ? 1 : 0)
  }
}
