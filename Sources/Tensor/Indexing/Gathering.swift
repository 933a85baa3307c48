import CKernels

// Elements picked along one dimension.

extension Operations {
  /// Whole entries of dimension `dim`, in the order of `index`.
  package static func indexSelect(_ x: Tensor, _ dim: Int, _ index: Tensor) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    if index.ndim > 1 { throw .index("index_select(): Index is supposed to be a vector") }
    guard index.dtype == .int64 || index.dtype == .int32 else {
      throw .runtime("index_select(): Expected dtype int32 or int64 for index")
    }
    let positions = try index.int64Values()
    if x.ndim == 0 {
      for i in positions where i != 0 && i != -1 { throw .index("index out of range in self") }
      if positions.count != 1 {
        throw .runtime("index_select(): Index to scalar can have only 1 value, got \(positions.count) value(s)")
      }
      return try clone(x)
    }
    let size = x.shape[d]
    for i in positions where i < 0 || i >= size {
      throw d == 1
        ? .runtime("INDICES element is out of DATA bounds, id=\(i) axis_dim=\(size)")
        : .index("index out of range in self")
    }
    var shape = x.shape
    shape[d] = positions.count
    let output = try Tensor(empty: shape, x.dtype)
    entryPicks(x, d, positions).read(x, into: output)
    if Autograd.isRecording(x) {
      let original = x.shape
      Autograd.record("IndexSelectBackward0", [x], output, saving: [index]) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(original, c.gradient.dtype, .int(0))
        return [try indexAdd(zeros, d, c.saved(0), c.gradient, alpha: .int(1))]
      }
    }
    return output
  }

  /// Places of whole entries of dimension `d`.
  static func entryPicks(_ x: Tensor, _ d: Int, _ positions: [Int]) -> Picks {
    let shape = x.shape.array
    let strides = x.strides.array
    let (inner, innerCount) = Picks.inner(Array(shape[(d + 1)...]), Array(strides[(d + 1)...]))
    return Picks(
      outer: Picks.offsets(Array(shape[..<d]), Array(strides[..<d])), middle: positions.map { $0 * strides[d] },
      inner: inner, innerCount: innerCount)
  }

  // MARK: gather and scatter

  /// Places in `x` that `index` names along `dim`; the other coordinates are the index's own.
  private static func alongPicks(
    _ x: Tensor, _ d: Int, _ index: Tensor, _ name: String
  ) throws(TensorError) -> Picks {
    if index.count == 0 { return Picks(middle: []) }
    guard index.dtype == .int64 || index.dtype == .int32 else {
      throw .runtime("\(name)(): Expected dtype int32/int64 for index")
    }
    var offsets = [0]
    for k in 0..<index.ndim {
      let stride = k == d || x.ndim == 0 ? 0 : x.strides[k]
      var next: [Int] = []
      next.reserveCapacity(offsets.count * index.shape[k])
      for base in offsets {
        for i in 0..<index.shape[k] { next.append(base + i * stride) }
      }
      offsets = next
    }
    let dense = try index.dense(.int64)
    let size = x.ndim == 0 ? 1 : x.shape[d]
    let positions = dense.pointer(Int.self)
    for i in 0..<dense.count where positions[i] < 0 || positions[i] >= size {
      throw .runtime("index \(positions[i]) is out of bounds for dimension \(d) with size \(size)")
    }
    let stride = x.ndim == 0 ? 1 : x.strides[d]
    for i in 0..<dense.count { offsets[i] += positions[i] * stride }
    return Picks(middle: offsets)
  }

  private static func checkRanks(_ x: Tensor, _ index: Tensor, _ other: Tensor?, _ name: String) throws(TensorError) {
    if Swift.max(index.ndim, 1) != Swift.max(x.ndim, 1) {
      throw .runtime(
        name == "gather"
          ? "Index tensor must have the same number of dimensions as input tensor"
          : "Index tensor must have the same number of dimensions as self tensor")
    }
    if let other, Swift.max(index.ndim, 1) != Swift.max(other.ndim, 1) {
      throw .runtime("Index tensor must have the same number of dimensions as src tensor")
    }
  }

  /// `x[i][index[i][j]]` and so on: one element for each element of `index`.
  package static func gather(_ x: Tensor, _ dim: Int, _ index: Tensor) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    if index.count > 0 {
      guard index.dtype == .int64 || index.dtype == .int32 else {
        throw .runtime("gather(): Expected dtype int32/int64 for index")
      }
      try checkRanks(x, index, nil, "gather")
      for k in 0..<index.ndim where k != d && index.shape[k] > x.shape[k] {
        throw .runtime(
          "Size does not match at dimension \(k) expected index \(index.shape.description) to be no larger than self \(x.shape.description) apart from dimension \(d)"
        )
      }
    }
    let picks = try alongPicks(x, d, index, "gather")
    let output = try Tensor(empty: index.shape, x.dtype)
    picks.read(x, into: output)
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record("GatherBackward0", [x], output, saving: [index]) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(shape, c.gradient.dtype, .int(0))
        return [try scatterAdd(zeros, d, c.saved(0), c.gradient)]
      }
    }
    return output
  }

  static func checkScatter(
    _ x: Tensor, _ d: Int, _ index: Tensor, _ source: Tensor?, _ name: String
  ) throws(TensorError) {
    if index.count == 0 { return }
    guard index.dtype == .int64 || index.dtype == .int32 else {
      throw .runtime("scatter(): Expected dtype int32/int64 for index")
    }
    if let source, source.dtype != x.dtype {
      throw .runtime("\(name)(): Expected self.dtype to be equal to src.dtype")
    }
    try checkRanks(x, index, nil, name)
    for k in 0..<index.ndim {
      if let source, source.ndim > 0 { _ = try Dimension.wrap(k, source.ndim) }
      let tooLong = k != d && index.shape[k] > x.shape[k]
      if tooLong || (source.map { index.shape[k] > ($0.ndim == 0 ? 1 : $0.shape[k]) } ?? false) {
        let tail = source.map { " and to be no larger size than src \($0.shape.description)" } ?? ""
        throw .runtime(
          "Expected index \(index.shape.description) to be no larger than self \(x.shape.description) apart from dimension \(d)\(tail)"
        )
      }
    }
    try checkRanks(x, index, source, name)
  }

  /// The part of `source` that `index` covers, contiguous.
  private static func covered(_ source: Tensor, _ index: Tensor) throws(TensorError) -> Tensor {
    var part = source
    for k in 0..<index.ndim where source.ndim > 0 && part.shape[k] != index.shape[k] {
      part = Operations.part(part, k, 0, index.shape[k])
    }
    return part.isContiguous ? part : try part.copied()
  }

  static func scatterWrite(
    _ target: Tensor, _ d: Int, _ index: Tensor, _ source: Tensor, _ mode: Picks.Mode, _ name: String
  ) throws(TensorError) {
    if index.count == 0 { return }
    let picks = try alongPicks(target, d, index, name)
    let part = source.ndim == 0 && index.count != 1 ? source : try covered(source, index)
    picks.write(part.storage.root === target.storage.root ? try part.copied() : part, into: target, mode)
  }

  /// What the scatter family has in common: a fresh copy or the tensor itself, written to and recorded.
  static func scattering(
    _ name: String, _ x: Tensor, _ sources: [Tensor], inPlace: Bool, saving: [Tensor],
    _ write: (Tensor) throws(TensorError) -> Void, _ backward: @escaping Autograd.Backward
  ) throws(TensorError) -> Tensor {
    if inPlace {
      try Autograd.inPlace(
        name, x, sources, saving: saving, write: { () throws(TensorError) in try write(x) }, backward)
      return x
    }
    let output = try x.copied()
    try write(output)
    if Autograd.isRecording([x] + sources) {
      Autograd.record(name, [x] + sources, output, saving: saving, backward)
    }
    return output
  }

  /// Elements of `source` written where `index` points along `dim`.
  package static func scatter(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    try checkScatter(x, d, index, source, "scatter")
    return try scattering(
      "ScatterBackward0", x, [source], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in try scatterWrite(t, d, index, source, .set, "scatter") },
      { (c) throws(TensorError) in
        let i = try c.saved(0)
        return [
          c.needs(0) ? try scatter(c.gradient, d, i, .int(0)) : nil, c.needs(1) ? try gather(c.gradient, d, i) : nil,
        ]
      })
  }

  /// A number written where `index` points along `dim`.
  package static func scatter(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ value: Scalar, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    try checkScatter(x, d, index, nil, "scatter")
    let element = try Tensor.scalar(value, x.dtype)
    return try scattering(
      "ScatterBackward1", x, [], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in try scatterWrite(t, d, index, element, .set, "scatter") },
      { (c) throws(TensorError) in [try scatter(c.gradient, d, c.saved(0), .int(0))] })
  }

  /// `scatter` with `reduce='add'` or `'multiply'`; it has no derivative.
  package static func scatter(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, reduce: String, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    let mode: Picks.Mode
    switch reduce {
    case "add": mode = .add
    case "multiply": mode = .multiply
    default: throw .runtime("reduce argument must be either add or multiply.")
    }
    if source.ndim > 0 { try checkScatter(x, d, index, source, "scatter") }
    return try scattering(
      "NotImplemented", x, [], inPlace: inPlace, saving: [],
      { (t) throws(TensorError) in try scatterWrite(t, d, index, source, mode, "scatter") },
      { (_) throws(TensorError) in
        throw TensorError(
          .runtime,
          "derivative for aten::scatter is not implemented")
      })
  }

  /// Elements of `source` added where `index` points along `dim`.
  package static func scatterAdd(
    _ x: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    let d = try Dimension.wrap(dim, x.ndim)
    try checkScatter(x, d, index, source, "scatter")
    return try scattering(
      "ScatterAddBackward0", x, [source], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in try scatterWrite(t, d, index, source, .add, "scatter_add") },
      { (c) throws(TensorError) in
        [c.gradient, c.needs(1) ? try gather(c.gradient, d, c.saved(0)) : nil]
      })
  }

  // MARK: Flat positions

  /// Elements at positions in the flattened tensor.
  package static func take(_ x: Tensor, _ index: Tensor) throws(TensorError) -> Tensor {
    guard index.dtype == .int64 else {
      throw .runtime("take(): Expected a long tensor for index, but got \(index.dtype.scalarTypeName)")
    }
    if x.count == 0 && index.count > 0 {
      throw .index("take(): tried to take from an empty tensor")
    }
    let output = try Tensor(empty: index.shape, x.dtype)
    try flatPicks(x, index, "take").read(x, into: output)
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record("TakeBackward0", [x], output, saving: [index]) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(shape, c.gradient.dtype, .int(0))
        return [try put(zeros, c.saved(0), c.gradient, accumulate: true)]
      }
    }
    return output
  }

  private static func flatPicks(_ x: Tensor, _ index: Tensor, _ name: String) throws(TensorError) -> Picks {
    let n = x.count
    var offsets: [Int] = []
    for i in try index.int64Values() {
      let position = i < 0 ? i &+ n : i
      guard position >= 0 && position < n else {
        throw .index("out of range: tried to access index \(i) on a tensor of \(n) elements.")
      }
      var rest = position
      var offset = 0
      var d = x.ndim - 1
      while d >= 0 {
        offset += rest % x.shape[d] * x.strides[d]
        rest /= x.shape[d]
        d -= 1
      }
      offsets.append(offset)
    }
    return Picks(middle: offsets)
  }

  /// Elements of `source` written, or added, at positions in the flattened tensor.
  package static func put(
    _ x: Tensor, _ index: Tensor, _ source: Tensor, accumulate: Bool, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    guard index.dtype == .int64 else {
      throw .runtime("put_(): Expected a long tensor for index, but got \(index.dtype.scalarTypeName)")
    }
    guard source.dtype == x.dtype else {
      throw .runtime(
        "put_(): self and source expected to have the same dtype, but got self.dtype = \(x.dtype.scalarTypeName) and source.dtype = \(source.dtype.scalarTypeName)"
      )
    }
    guard source.count == index.count else {
      throw .index(
        "put_(): Expected source and index to have the same number of elements, but got source.numel() = \(source.count), index.numel() = \(index.count)"
      )
    }
    let sourceShape = source.shape
    return try scattering(
      "PutBackward0", x, [source], inPlace: inPlace, saving: [index],
      { (t) throws(TensorError) in
        try flatPicks(t, index, "put_").write(source.dense(), into: t, accumulate ? .add : .set)
      },
      { (c) throws(TensorError) in
        let i = try c.saved(0)
        var own: Tensor? = c.gradient
        if c.needs(0) && !accumulate {
          own = try put(c.gradient, i, Tensor.filled(i.shape, c.gradient.dtype, .int(0)), accumulate: false)
        }
        return [own, c.needs(1) ? try reshape(take(c.gradient, i), sourceShape) : nil]
      })
  }

  /// As `gather`, with `index` and `x` broadcast against each other apart from `dim`.
  package static func takeAlongDim(_ x: Tensor, _ index: Tensor, _ dim: Int?) throws(TensorError) -> Tensor {
    guard index.dtype == .int64 else {
      throw .runtime(
        "torch.take_along_dim(): dtype of indices should be Long but got \(index.dtype.scalarTypeName)")
    }
    guard let dim else { return try gather(view(contiguous(x), [-1]), 0, view(contiguous(index), [-1])) }
    if x.ndim != index.ndim {
      throw .runtime(
        "torch.take_along_dim(): input and indices should have the same number of dimensions, but got \(x.ndim) dimensions for input, and \(index.ndim) dimensions for indices"
      )
    }
    let d = try Dimension.wrap(dim, x.ndim)
    var (xShape, indexShape) = (x.shape, index.shape)
    if x.ndim > 0 {
      xShape[d] = 1
      indexShape[d] = 1
    }
    let common = try Dims.broadcast(xShape, indexShape)
    var (a, b) = (common, common)
    if x.ndim > 0 {
      a[d] = x.shape[d]
      b[d] = index.shape[d]
    }
    return try gather(expand(x, a.array), d, remainder(expand(index, b.array), .int(x.ndim == 0 ? 1 : x.shape[d])))
  }
}
