extension OperationTable {
  /// Writing into a part of a tensor's copy, and filling diagonals.
  static func partDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "select_scatter", .both, "(Tensor input, Tensor src, int dim, int index)",
        "A copy with `src` as entry `index` of dimension `dim`.", "zeros(2, 2).select_scatter(ones(2), 0, 1)",
        check: checkMany([[3, 2], [2]]) { (x) throws(TensorError) in
          try Operations.replacingPart("SelectScatterBackward0", x[0], x[1]) { (t) throws(TensorError) in
            try Operations.select(t, 0, 1)
          }
        }
      ) { (a) throws(TensorError) in
        let (dim, index) = (a.int(2, default: 0), a.int(3, default: 0))
        return .tensor(
          try Operations.replacingPart("SelectScatterBackward0", a.tensor(0), a.tensor(1)) { (t) throws(TensorError) in
            try Operations.select(t, dim, index)
          })
      })
    list.append(
      declare(
        "slice_scatter", .both,
        "(Tensor input, Tensor src, int dim=0, int? start=None, int? end=None, int step=1)",
        "A copy with `src` in place of a slice.", "zeros(3).slice_scatter(ones(2), 0, 1)"
      ) { (a) throws(TensorError) in
        let (dim, start, end, step) = (a.int(2, default: 0), a.int(3), a.int(4), a.int(5, default: 1))
        return .tensor(
          try Operations.replacingPart("SliceScatterBackward0", a.tensor(0), a.tensor(1)) { (t) throws(TensorError) in
            try Operations.slice(t, dim, start, end, step)
          })
      })
    list.append(
      declare(
        "diagonal_scatter", .both, "(Tensor input, Tensor src, int offset=0, int dim1=0, int dim2=1)",
        "A copy with `src` as its diagonal.", "zeros(2, 2).diagonal_scatter(ones(2))"
      ) { (a) throws(TensorError) in
        let (offset, i, j) = (a.int(2, default: 0), a.int(3, default: 0), a.int(4, default: 1))
        return .tensor(
          try Operations.replacingPart("DiagonalScatterBackward0", a.tensor(0), a.tensor(1)) {
            (t) throws(TensorError) in try Operations.diagonal(t, offset: offset, i, j)
          })
      })
    list.append(
      declare(
        "fill_diagonal_", .method, "(Tensor input, Scalar fill_value, bool wrap=False)",
        "Writes a value on the diagonal.", "zeros(2, 2).fill_diagonal_(5)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.fillDiagonal(a.tensor(0), a.scalar(1, default: .int(0)), wrap: a.bool(2, default: false)))
      })
    list.append(
      declare(
        "unravel_index", .function, "(Tensor indices, int[] shape)",
        "Multi-indices of positions in a flattened tensor.",
        "unravel_index(tensor([5]), (2, 3))"
      ) { (a) throws(TensorError) in
        var rest = try a.tensor(0)
        var result: [Tensor] = []
        for size in (a.ints(1) ?? []).reversed() {
          if size <= 0 { throw .value("'shape' must contain only positive sizes") }
          result.insert(try Operations.remainder(rest, .int(size)), at: 0)
          rest = try Operations.floorDivide(rest, .int(size))
        }
        return .tuple(result)
      })
    return list
  }
}

extension Operations {
  /// A copy of `x` with `source` in the part that `part` picks.
  static func replacingPart(
    _ name: String, _ x: Tensor, _ source: Tensor, _ part: @escaping ViewBackward
  ) throws(TensorError) -> Tensor {
    let output = try x.copied()
    let place = try withoutGrad { () throws(TensorError) in try part(output) }
    if place.shape != source.shape {
      throw .runtime(
        "expected src to have a size equal to the slice of self. src size = \(source.shape.description), slice size = \(place.shape.description)"
      )
    }
    try Kernels.copy(source, into: place)
    let result = output.alias()
    if Autograd.isRecording(x, source) {
      let (shape, dtype) = (source.shape, x.dtype)
      Autograd.record(name, [x, source], result) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(shape, dtype, .int(0))
        return [
          c.needs(0) ? try replacingPart(name, c.gradient, zeros, part) : nil, c.needs(1) ? try part(c.gradient) : nil,
        ]
      }
    }
    return result
  }

  /// Writes a value on the diagonal of a matrix (repeated down a tall one when `wrap`), or of a cube.
  package static func fillDiagonal(_ x: Tensor, _ value: Scalar, wrap: Bool) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .runtime("dimensions must larger than 1") }
    if x.ndim > 2, x.shape.contains(where: { $0 != x.shape[0] }) {
      throw .runtime("all dimensions of input must be of equal length")
    }
    let step = x.strides.reduce(0, +)
    let length = x.shape.min() ?? 0
    var spans = [(x.offset, length)]
    if wrap && x.ndim == 2 && x.shape[0] > x.shape[1] + 1 {
      let (rows, columns) = (x.shape[0], x.shape[1])
      spans = []
      var start = 0
      while start < rows {
        spans.append((x.offset + start * x.strides[0], Swift.min(columns, rows - start)))
        start += columns + 1
      }
    }
    for (offset, count) in spans {
      _ = try fillInPlace(asStrided(x, [count], [step], offset), value)
    }
    return x
  }
}
