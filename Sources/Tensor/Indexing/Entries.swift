// Whole entries of a dimension added, copied, filled.

extension Operations {
  /// The positions that `index` names, all inside `x`; negative ones count from the end where `wrapping`.
  private static func entryPositions(
    _ x: Tensor, _ d: Int, _ index: Tensor, wrapping: Bool = false, _ error: (Int, Int) -> TensorError
  ) throws(TensorError) -> [Int] {
    let size = x.ndim == 0 ? 1 : x.shape[d]
    var positions = try index.int64Values()
    for (k, i) in positions.enumerated() {
      guard i < size, i >= (wrapping ? -size : 0) else { throw error(i, size) }
      if i < 0 { positions[k] = i + size }
    }
    return positions
  }

  private static func sourceOutOfShape(_ x: Tensor, _ source: Tensor) -> TensorError {
    .runtime(
      "source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = \(x.shape.description) source.shape = \(source.shape.description)"
    )
  }

  /// The positions for what adds entries of `source` or combines them, `name` in messages.
  static func checkAdded(
    _ x: Tensor, _ d: Int, _ index: Tensor, _ source: Tensor, _ name: String
  ) throws(TensorError) -> [Int] {
    if index.ndim > 1 {
      throw .index(
        "\(name)(): Index is supposed to be a vector, but got dim: \(index.ndim) with type: \(index.dtype.scalarTypeName) and size: \(index.shape.description)"
      )
    }
    guard index.dtype == .int64 || index.dtype == .int32 else {
      throw .runtime("\(name)(): Expected dtype int32/int64 for index but got: \(index.dtype.scalarTypeName)")
    }
    if source.dtype != x.dtype {
      throw .runtime(
        "\(name)(): self (\(x.dtype.scalarTypeName)) and source (\(source.dtype.scalarTypeName)) must have the same scalar type"
      )
    }
    if d > 0 && d >= source.ndim {
      throw .runtime("\(name)(): Indexing dim \(d) is out of bounds of the source tensor with dim \(source.ndim)")
    }
    if source.ndim == 0 && index.count != 1 {
      throw .index("Dimension specified as \(d) but tensor has no dimensions")
    }
    if source.ndim > 0 && source.shape[d] != index.count {
      throw .runtime(
        "\(name)(): Number of indices (\(index.count)) should be equal to source.size(dim): (\(source.shape[d])), for dim: \(d)"
      )
    }
    if source.ndim != x.ndim { throw sourceOutOfShape(x, source) }
    for k in 0..<x.ndim where k != d && source.shape[k] != x.shape[k] { throw sourceOutOfShape(x, source) }
    let isVector = x.ndim <= 1 || name == "index_reduce_"
    return try entryPositions(x, d, index) { (i, size) in
      isVector
        ? .index("index out of range in self")
        : .runtime("index \(i) is out of bounds for dimension \(d) with size \(size)")
    }
  }

  private static func checkCopied(
    _ x: Tensor, _ d: Int, _ index: Tensor, _ source: Tensor
  ) throws(TensorError) -> [Int] {
    if index.ndim > 1 {
      throw .index("index_copy_(): Index should have dimension 1 or 0 (got \(index.ndim))")
    }
    if source.ndim == 0 && index.count != 1 {
      throw .index("index_copy_(): When source is scalar, index should have one element (got \(index.count))")
    }
    if source.ndim != x.ndim && source.ndim > 0 && x.ndim > 0 {
      throw .index(
        "index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality (\(source.ndim)), destination dimensionality (\(x.ndim))"
      )
    }
    guard index.dtype == .int64 else {
      throw .runtime("index_copy_(): Expected a long tensor for index, but got \(index.dtype.scalarTypeName)")
    }
    if source.dtype != x.dtype {
      throw .runtime(
        "index_copy_(): self and source expected to have the same dtype, but got (self) \(x.dtype.scalarTypeName) and (source) \(source.dtype.scalarTypeName)"
      )
    }
    func slice(_ t: Tensor) -> [Int] {
      var shape = t.shape.array
      if !shape.isEmpty { shape.remove(at: Swift.min(d, shape.count - 1)) }
      return shape
    }
    if slice(x) != slice(source) {
      func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " ") }
      throw .runtime(
        "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: \(text(slice(x))) at dimension \(d) and source slice shape: \(text(slice(source))) at dimension 0."
      )
    }
    if source.ndim > 0 && source.shape[d] != index.count {
      throw .index(
        "index_copy_(): Number of indices (\(index.count)) should be equal to source.size(dim) (\(source.shape[d]))")
    }
    return try entryPositions(x, d, index) { (i, size) in
      .index("index_copy_(): index \(i) is out of bounds for dimension \(d) with size \(size)")
    }
  }

  private static func checkFilled(_ x: Tensor, _ d: Int, _ index: Tensor) throws(TensorError) -> [Int] {
    guard index.dtype == .int64 else { throw .index("index_fill_(): Expected dtype int64 for index.") }
    if index.ndim > 1 { throw .runtime("Index has to be a vector/scalar") }
    return try entryPositions(x, d, index, wrapping: true) { (i, size) in
      .index("index \(i) is out of bounds for dimension \(d) with size \(size)")
    }
  }

  private static func writeEntries(
    _ target: Tensor, _ d: Int, _ positions: [Int], _ source: Tensor, _ mode: Picks.Mode
  ) throws(TensorError) {
    if positions.isEmpty { return }
    let picks = target.ndim == 0 ? Picks(middle: positions.map { _ in 0 }) : entryPicks(target, d, positions)
    let dense = try source.dense()
    picks.write(dense.storage.root === target.storage.root ? try dense.copied() : dense, into: target, mode)
  }

  /// Entries of `source`, times `alpha`, added to the entries of `x` that `index` names.
  package static func indexAdd(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, alpha: Scalar, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    let positions = try checkAdded(x, d, index, source, "index_add_")
    let isScaled = alpha != .int(1)
    return try scattering(
      "IndexAddBackward0", x, [source], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in
        let scaled = try withoutGrad { () throws(TensorError) in isScaled ? try mul(source.detach(), alpha) : source }
        try writeEntries(t, d, positions, scaled, .add)
      },
      { (c) throws(TensorError) in
        var other: Tensor?
        if c.needs(1) {
          other = try indexSelect(c.gradient, d, c.saved(0))
          if isScaled { other = try mul(other!, alpha) }
        }
        return [c.gradient, other]
      })
  }

  /// Entries of `source` in place of the entries of `x` that `index` names.
  package static func indexCopy(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    let positions = try checkCopied(x, d, index, source)
    return try scattering(
      "IndexCopyBackward0", x, [source], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in try writeEntries(t, d, positions, source, .set) },
      { (c) throws(TensorError) in
        let i = try c.saved(0)
        return [
          c.needs(0) ? try indexFill(c.gradient, d, i, .int(0)) : nil,
          c.needs(1) ? try indexSelect(c.gradient, d, i) : nil,
        ]
      })
  }

  /// A number in all the entries of `x` that `index` names.
  package static func indexFill(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ value: Scalar, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    let positions = try checkFilled(x, d, index)
    let element = try Tensor.scalar(value, x.dtype)
    return try scattering(
      "IndexFillBackward0", x, [], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in try writeEntries(t, d, positions, element, .set) },
      { (c) throws(TensorError) in [try indexFill(c.gradient, d, c.saved(0), .int(0))] })
  }
}
