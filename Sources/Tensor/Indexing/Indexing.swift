import CKernels

/// Subscripts: `t[…]` read and assigned.
package enum Indexing {
  /// `x[i]`.
  @inline(__always) package static func get(_ x: Tensor, _ i: Int) throws(TensorError) -> Tensor {
    try Subscript.select(x, 0, i, 0)
  }

  /// `x[i, j]`.
  package static func get(_ x: Tensor, _ i: Int, _ j: Int) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .index("too many indices for tensor of dimension \(x.ndim)") }
    return try Subscript.select(Subscript.select(x, 0, i, 0), 0, j, 1)
  }

  /// `x[indices]`: a view for plain entries, a copy when index tensors or masks take part.
  package static func get(_ x: Tensor, _ indices: [Index]) throws(TensorError) -> Tensor {
    if x.ndim == 0 && indices.count == 1, case .int = indices[0] { throw Subscript.scalarError }
    let sub = try Subscript(x, indices)
    if sub.hasPicks { return try Operations.index(sub.view, sub.picks) }
    return sub.view === x ? Operations.aliasView(x) : sub.view
  }

  /// `x[indices] = value`. The value is broadcast; a number becomes a 0-dimensional tensor of `x`'s dtype.
  package static func set(_ x: Tensor, _ indices: [Index], _ value: Tensor) throws(TensorError) {
    if x.ndim == 0 && indices.count == 1, case .int = indices[0] { throw Subscript.scalarError }
    let sub = try Subscript(x, indices)
    if sub.hasPicks {
      try Operations.indexPutInPlace(sub.view, sub.picks, stripLeadingOnes(value), accumulate: false)
      return
    }
    let target = sub.view === x ? Operations.aliasView(x) : sub.view
    try assign(target, value)
  }

  /// `x[indices] = number`.
  package static func set(_ x: Tensor, _ indices: [Index], _ value: Scalar) throws(TensorError) {
    try set(x, indices, Tensor.scalar(value, x.dtype))
  }

  /// `x[i] = number`, for the commonest assignments.
  package static func set(_ x: Tensor, _ i: Int, _ value: Scalar) throws(TensorError) {
    let target = try get(x, i)
    if !x.requiresGrad && target.ndim == 0 {
      try target.checkInPlace()
      try Kernels.fill(target, value)
      target.bumpVersion()
      return
    }
    try assign(target, Tensor.scalar(value, x.dtype))
  }

  private static func assign(_ target: Tensor, _ value: Tensor) throws(TensorError) {
    let source = try stripLeadingOnes(value)
    if source.ndim > target.ndim {
      _ = try Operations.expand(source, target.shape.array)
    }
    _ = try Operations.copyInPlace(target, source)
  }

  /// A value may have more dimensions than the place it goes to, as long as the leading ones are of size one.
  private static func stripLeadingOnes(_ value: Tensor) throws(TensorError) -> Tensor {
    var leading = 0
    while leading < value.ndim && value.shape[leading] == 1 { leading += 1 }
    if leading == 0 { return value }
    return try Operations.view(value, Array(value.shape.array[leading...]))
  }
}

extension Operations {
  /// A view of all of `x`.
  package static func aliasView(_ x: Tensor) -> Tensor {
    recordView("AliasBackward0", x, x.shape, x.strides, x.offset) { $0 }
  }

  /// The elements that index tensors pick (nil for dimensions taken whole), as a copy.
  package static func index(_ x: Tensor, _ given: [Tensor?]) throws(TensorError) -> Tensor {
    let places = try AdvancedIndex(x, given)
    let output = try Tensor(empty: places.shape, x.dtype)
    places.picks.read(x, into: output)
    if Autograd.isRecording(x) {
      let (shape, isGiven) = (x.shape, places.indices.map { $0 != nil })
      Autograd.record("IndexBackward0", [x], output, saving: places.indices.compactMap { $0 }) {
        (c) throws(TensorError) in
        var indices: [Tensor?] = []
        var next = 0
        for given in isGiven {
          indices.append(given ? try c.saved(next) : nil)
          if given { next += 1 }
        }
        let zeros = try Tensor.filled(shape, c.gradient.dtype, .int(0))
        return [try indexPut(zeros, indices, c.gradient, accumulate: true)]
      }
    }
    return output
  }

  /// A copy of `x` with `values` written, or added, where the index tensors point.
  package static func indexPut(
    _ x: Tensor, _ given: [Tensor?], _ values: Tensor, accumulate: Bool
  ) throws(TensorError) -> Tensor {
    let output = try x.copied()
    let places = try AdvancedIndex(output, given)
    try write(values, to: places, of: output, accumulate)
    if Autograd.isRecording(x, values) {
      Autograd.record(
        "IndexPutBackward0", [x, values], output, indexPutBackward(places.indices, accumulate))
    }
    return output
  }

  /// Writes, or adds, `values` where the index tensors point.
  package static func indexPutInPlace(
    _ x: Tensor, _ given: [Tensor?], _ values: Tensor, accumulate: Bool
  ) throws(TensorError) {
    let places = try AdvancedIndex(x, given)
    let isFill = values.count == 1 && given.compactMap({ $0 }).allSatisfy { Subscript.isMask($0) }
    let source = isFill && values.dtype != x.dtype ? try values.copied(to: x.dtype) : values
    try Autograd.inPlace(
      "IndexPutBackward0", x, [source],
      write: { () throws(TensorError) in try write(source, to: places, of: x, accumulate) },
      indexPutBackward(places.indices, accumulate))
  }

  private static func indexPutBackward(_ indices: [Tensor?], _ accumulate: Bool) -> Autograd.Backward {
    { (c) throws(TensorError) in
      let g = c.gradient
      var own: Tensor? = g
      if c.needs(0) && !accumulate {
        own = try indexPut(g, indices, Tensor.scalar(.int(0), g.dtype), accumulate: false)
      }
      return [c.needs(0) ? own : nil, c.needs(1) ? try index(g, indices) : nil]
    }
  }

  private static func write(
    _ values: Tensor, to places: AdvancedIndex, of target: Tensor, _ accumulate: Bool
  ) throws(TensorError) {
    if values.dtype != target.dtype {
      throw .runtime(
        "Index put requires the source and destination dtypes match, got \(target.dtype.scalarTypeName) for the destination and \(values.dtype.scalarTypeName) for the source."
      )
    }
    guard Dims.canBroadcast(values.shape, to: places.shape) else {
      throw .runtime(
        "shape mismatch: value tensor of shape \(values.shape.description) cannot be broadcast to indexing result of shape \(places.shape.description)"
      )
    }
    let source =
      values.count == 1
      ? values
      : try withoutGrad { () throws(TensorError) in try expand(values.detach(), to: places.shape).dense() }
    // A value that shares memory with the target is read before anything is written.
    let safe = source.storage.root === target.storage.root ? try source.copied() : source
    places.picks.write(safe, into: target, accumulate ? .add : .set)
  }

  /// The positions of the true (non-zero) elements: one int64 tensor a dimension.
  static func nonzeroColumns(_ mask: Tensor) throws(TensorError) -> [Tensor] {
    let table = try nonzeroTable(mask)
    let n = table.shape[1]
    var result: [Tensor] = []
    for d in 0..<Swift.max(mask.ndim, 1) where d < table.shape[0] {
      result.append(
        Tensor(
          storage: table.storage, offset: d * n, shape: [n], strides: [1], dtype: .int64, isContiguous: true))
    }
    return result
  }

  /// Positions as rows by dimension, columns by element.
  static func nonzeroTable(_ x: Tensor) throws(TensorError) -> Tensor {
    let mask = try x.dense(.bool)
    let n = mask.count
    let bytes = mask.pointer(UInt8.self)
    let found = tnb_nonzero(bytes, n, nil, 0, nil, 0)
    let table = try Tensor(empty: [x.ndim, found], .int64)
    if x.ndim > 0 && found > 0 {
      let shape = x.shape.array
      _ = shape.withUnsafeBufferPointer {
        tnb_nonzero(bytes, n, $0.baseAddress, Int32(x.ndim), table.pointer(Int64.self), found)
      }
    }
    return table
  }
}
