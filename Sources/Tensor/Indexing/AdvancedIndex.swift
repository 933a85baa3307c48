import CKernels

/// Index tensors over the leading dimensions of a tensor, brought to one broadcast shape and turned into places.
///
/// NumPy's rule for where the picked dimensions go: in place of the indexed ones when those are next to each other,
/// otherwise in front.
struct AdvancedIndex {
  /// The shape of the picked result.
  let shape: Dims
  let picks: Picks
  /// The integer index tensors by dimension, masks replaced by positions.
  let indices: [Tensor?]
  /// Where the elements of the result lie when the indexed dimensions were moved to the front.
  let isMovedToFront: Bool

  init(_ x: Tensor, _ given: [Tensor?]) throws(TensorError) {
    let expanded = try AdvancedIndex.expandMasks(x, given)
    indices = expanded
    if expanded.count > x.ndim {
      throw .index("too many indices for tensor of dimension \(x.ndim) (got \(expanded.count))")
    }
    var common = Dims()
    var positions: [Int] = []
    for (d, index) in expanded.enumerated() {
      guard let index else { continue }
      positions.append(d)
      guard let joint = AdvancedIndex.joint(common, index.shape) else {
        let shapes = expanded.compactMap { $0?.shape.description }.joined(separator: ", ")
        throw .index("shape mismatch: indexing tensors could not be broadcast together with shapes \(shapes)")
      }
      common = joint
    }
    let isAdjacent = positions.isEmpty || positions[positions.count - 1] - positions[0] == positions.count - 1
    isMovedToFront = !isAdjacent

    let before = isAdjacent ? Array(0..<(positions.first ?? 0)) : []
    let after = (0..<x.ndim).filter { !positions.contains($0) && !before.contains($0) }
    var sizes = before.map { x.shape[$0] }
    sizes += common.array
    sizes += after.map { x.shape[$0] }
    shape = try Dims.checked(sizes)

    var offsets = [Int](repeating: 0, count: common.product)
    for (k, d) in positions.enumerated() {
      let index = try Operations.withoutGrad { () throws(TensorError) in
        try Operations.expand(expanded[d]!, to: common).dense(.int64)
      }
      let size = x.shape[d]
      if size == 0 && !offsets.isEmpty {
        throw .index("index is out of bounds for dimension with size 0")
      }
      let bad = offsets.withUnsafeMutableBufferPointer {
        $0.isEmpty
          ? -1 : tnb_add_index_offsets($0.baseAddress!, index.pointer(Int64.self), $0.count, size, x.strides[d])
      }
      if bad >= 0 { throw Subscript.outOfBounds(index.pointer(Int.self)[bad], k, size) }
    }
    let (inner, innerCount) = Picks.inner(after.map { x.shape[$0] }, after.map { x.strides[$0] })
    picks = Picks(
      outer: Picks.offsets(before.map { x.shape[$0] }, before.map { x.strides[$0] }), middle: offsets, inner: inner,
      innerCount: innerCount)
  }

  private static func joint(_ a: Dims, _ b: Dims) -> Dims? {
    if Dims.canBroadcast(a, to: b) { return b }
    if Dims.canBroadcast(b, to: a) { return a }
    do throws(TensorError) { return try Dims.broadcast(a, b) } catch { return nil }
  }

  /// Masks become one index tensor for each dimension they cover.
  private static func expandMasks(_ x: Tensor, _ given: [Tensor?]) throws(TensorError) -> [Tensor?] {
    var result: [Tensor?] = []
    var d = 0
    while d < given.count {
      guard let index = given[d] else {
        result.append(nil)
        d += 1
        continue
      }
      if Subscript.isMask(index) {
        for k in 0..<index.ndim {
          guard d + k < x.ndim, index.shape[k] == x.shape[d + k] else {
            throw .index(
              "The shape of the mask \(index.shape.description) at index \(k) does not match the shape of the indexed tensor \(x.shape.description) at index \(d + k)"
            )
          }
        }
        result.append(contentsOf: try Operations.nonzeroColumns(index))
        // The caller left a nil for each further dimension of the mask.
        d += Swift.max(index.ndim, 1)
      } else {
        guard index.dtype == .int64 || index.dtype == .int32 else {
          throw .index("tensors used as indices must be long, int, byte or bool tensors")
        }
        result.append(index)
        d += 1
      }
    }
    return result
  }
}
