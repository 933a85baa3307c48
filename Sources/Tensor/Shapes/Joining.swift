// Several tensors as one.

extension Operations {
  /// Tensors one after the other along `dim`; tensors of shape (0,) are skipped, as PyTorch does.
  package static func cat(_ tensors: [Tensor], _ dim: Int = 0) throws(TensorError) -> Tensor {
    guard let first = tensors.first else {
      throw .value("torch.cat(): expected a non-empty list of Tensors")
    }
    for (i, x) in tensors.enumerated() where x.ndim == 0 {
      throw .runtime("zero-dimensional tensor (at position \(i)) cannot be concatenated")
    }
    func isSkipped(_ x: Tensor) -> Bool { x.ndim == 1 && x.shape[0] == 0 }
    let model = tensors.first { !isSkipped($0) } ?? first
    let d = try Dimension.wrap(dim, model.ndim)
    var dtype = first.dtype
    var total = 0
    for (i, x) in tensors.enumerated() {
      dtype = Promotion.combine(dtype, x.dtype)
      if isSkipped(x) { continue }
      if x.ndim != model.ndim {
        throw .runtime("Tensors must have same number of dimensions: got \(model.ndim) and \(x.ndim)")
      }
      for k in 0..<x.ndim where k != d && x.shape[k] != model.shape[k] {
        throw .runtime(
          "Sizes of tensors must match except in dimension \(d). Expected size \(model.shape[k]) but got size \(x.shape[k]) for tensor number \(i) in the list."
        )
      }
      total += x.shape[d]
    }
    var shape = model.shape
    shape[d] = isSkipped(model) ? 0 : total
    let output = try Tensor(empty: shape, dtype)
    var start = 0
    for x in tensors where !isSkipped(x) {
      if x.count > 0 { try Kernels.copy(x, into: part(output, d, start, x.shape[d])) }
      start += x.shape[d]
    }
    if Autograd.isRecording(tensors) {
      let sizes = tensors.map { isSkipped($0) ? -1 : $0.shape[d] }
      Autograd.record("CatBackward0", tensors, output) { (c) throws(TensorError) in
        var result: [Tensor?] = []
        var start = 0
        for (i, size) in sizes.enumerated() {
          if size < 0 {
            result.append(try Tensor.filled([0], c.gradient.dtype, .int(0)))
            continue
          }
          result.append(c.needs(i) ? try narrow(c.gradient, d, start, size) : nil)
          start += size
        }
        return result
      }
    }
    return output
  }

  /// Tensors of one shape as the entries of a new dimension.
  package static func stack(_ tensors: [Tensor], _ dim: Int = 0) throws(TensorError) -> Tensor {
    guard let first = tensors.first else { throw .runtime("stack expects a non-empty TensorList") }
    let d = try Dimension.wrap(dim, first.ndim + 1)
    var dtype = first.dtype
    for (i, x) in tensors.enumerated() {
      if x.shape != first.shape {
        throw .runtime(
          "stack expects each tensor to be equal size, but got \(first.shape.description) at entry 0 and \(x.shape.description) at entry \(i)"
        )
      }
      dtype = Promotion.combine(dtype, x.dtype)
    }
    guard first.ndim < Dims.capacity else {
      throw .runtime(
        "tensors of more than \(Dims.capacity) dimensions are not available in tnb (got \(first.ndim + 1))")
    }
    var shape = first.shape
    shape.insert(tensors.count, at: d)
    let output = try Tensor(empty: shape, dtype)
    if output.count > 0 {
      for (i, x) in tensors.enumerated() {
        var strides = output.strides
        strides.remove(at: d)
        let place = Tensor(
          storage: output.storage, offset: i * output.strides[d], shape: x.shape, strides: strides, dtype: dtype,
          isContiguous: Tensor.areContiguous(x.shape, strides))
        try Kernels.copy(x, into: place)
      }
    }
    if Autograd.isRecording(tensors) {
      let n = tensors.count
      Autograd.record("StackBackward0", tensors, output) { (c) throws(TensorError) in
        var result: [Tensor?] = []
        for i in 0..<n { result.append(c.needs(i) ? try select(c.gradient, d, i) : nil) }
        return result
      }
    }
    return output
  }

  private static func mapped(
    _ tensors: [Tensor], _ body: (Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> [Tensor] {
    var result: [Tensor] = []
    for x in tensors { result.append(try body(x)) }
    return result
  }

  private static func checkNotEmpty(_ tensors: [Tensor], _ name: String) throws(TensorError) {
    if tensors.isEmpty { throw .runtime("\(name) expects a non-empty TensorList") }
  }

  /// Side by side: along dimension 1, vectors along 0.
  package static func hstack(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    try checkNotEmpty(tensors, "hstack")
    let parts = try mapped(tensors, atLeast1D)
    return try cat(parts, parts[0].ndim == 1 ? 0 : 1)
  }

  /// On top of each other, vectors as rows.
  package static func vstack(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    try checkNotEmpty(tensors, "vstack")
    return try cat(mapped(tensors, atLeast2D), 0)
  }

  /// Behind each other: along dimension 2.
  package static func dstack(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    try checkNotEmpty(tensors, "dstack")
    return try cat(mapped(tensors, atLeast3D), 2)
  }

  /// Vectors as columns beside matrices.
  package static func columnStack(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    try checkNotEmpty(tensors, "column_stack")
    return try hstack(
      mapped(tensors) { (x) throws(TensorError) in x.ndim <= 1 ? try reshape(x, [x.count, 1] as Dims) : x })
  }

  /// Matrices along the diagonal of one matrix.
  package static func blockDiag(_ tensors: [Tensor]) throws(TensorError) -> Tensor {
    var dtype = tensors.first?.dtype ?? DType.defaultFloat
    var blocks: [Tensor] = []
    var (rows, columns) = (0, 0)
    for (i, x) in tensors.enumerated() {
      if x.ndim > 2 {
        throw .runtime(
          "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input \(i) has \(x.ndim) dimensions")
      }
      dtype = Promotion.combine(dtype, x.dtype)
      let block = try withoutGrad { () throws(TensorError) in try atLeast2D(x) }
      blocks.append(block)
      rows += block.shape[0]
      columns += block.shape[1]
    }
    if tensors.isEmpty { return try Tensor.filled([1, 0], dtype, .int(0)) }
    let output = try Tensor.filled([rows, columns], dtype, .int(0))
    var places: [(Int, Int)] = []
    var (row, column) = (0, 0)
    for block in blocks {
      places.append((row, column))
      if block.count > 0 {
        try Kernels.copy(block, into: part(part(output, 0, row, block.shape[0]), 1, column, block.shape[1]))
      }
      row += block.shape[0]
      column += block.shape[1]
    }
    if Autograd.isRecording(tensors) {
      let shapes = tensors.map(\.shape)
      let sizes = blocks.map(\.shape)
      Autograd.record("BlockDiagBackward0", tensors, output) { (c) throws(TensorError) in
        var result: [Tensor?] = []
        for i in 0..<shapes.count {
          let rows = try narrow(c.gradient, 0, places[i].0, sizes[i][0])
          result.append(try reshape(narrow(rows, 1, places[i].1, sizes[i][1]), shapes[i]))
        }
        return result
      }
    }
    return output
  }
}
