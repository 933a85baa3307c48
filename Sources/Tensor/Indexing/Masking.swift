import CKernels

// Elements chosen by a mask.

extension Operations {
  private static func checkMask(_ mask: Tensor, _ name: String) throws(TensorError) {
    guard mask.dtype == .bool else {
      throw .runtime(
        name == "masked_select"
          ? "masked_select: expected BoolTensor for mask"
          : "\(name) only supports boolean masks, but got mask with dtype \(mask.dtype.lowerName)")
    }
  }

  /// The elements under the true entries of `mask`, in order, as a vector.
  package static func maskedSelect(_ x: Tensor, _ mask: Tensor) throws(TensorError) -> Tensor {
    try checkMask(mask, "masked_select")
    let shape = try Dims.broadcast(mask.shape, x.shape)
    let wide = try withoutGrad { () throws(TensorError) in try expand(x.detach(), to: shape) }
    let chosen = try withoutGrad { () throws(TensorError) in try expand(mask, to: shape) }
    let output = try index(wide, [chosen])
    let result = shape.count == 0 ? try reshape(output, [-1]) : output
    if Autograd.isRecording(x) {
      Autograd.record("MaskedSelectBackward0", [x], result, saving: [mask]) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(shape, c.gradient.dtype, .int(0))
        return [try maskedScatter(zeros, c.saved(0), c.gradient)]
      }
    }
    return result
  }

  /// `value` where `mask` is true.
  package static func maskedFill(
    _ x: Tensor, _ mask: Tensor, _ value: Scalar, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    try checkMask(mask, "masked_fill_")
    return try maskedFill(x, mask, Tensor.scalar(value, x.dtype), [], "MaskedFillBackward0", inPlace)
  }

  /// The 0-dimensional tensor `value` where `mask` is true.
  package static func maskedFill(
    _ x: Tensor, _ mask: Tensor, _ value: Tensor, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    try checkMask(mask, "masked_fill_")
    if value.ndim > 0 {
      throw .runtime(
        "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with \(value.ndim) dimension(s).")
    }
    return try maskedFill(x, mask, value, [value], "MaskedFillBackward1", inPlace)
  }

  private static func maskedFill(
    _ x: Tensor, _ mask: Tensor, _ value: Tensor, _ inputs: [Tensor], _ name: String, _ inPlace: Bool
  ) throws(TensorError) -> Tensor {
    let hasValue = !inputs.isEmpty
    let backward: Autograd.Backward = { (c) throws(TensorError) in
      let m = try c.saved(0)
      var result: [Tensor?] = [c.needs(0) ? try maskedFill(c.gradient, m, .int(0)) : nil]
      if hasValue {
        result.append(c.needs(1) ? try sumToShape(maskedSelect(c.gradient, m), Dims()) : nil)
      }
      return result
    }
    if inPlace {
      guard Dims.canBroadcast(mask.shape, to: x.shape) else { throw expandError(mask, to: x.shape) }
      try Autograd.inPlace(
        name, x, inputs, saving: [mask],
        write: { () throws(TensorError) in
          try writeMasked(x, mask, value)
        }, backward)
      return x
    }
    let shape = try Dims.broadcast(mask.shape, x.shape)
    let wide = try withoutGrad { () throws(TensorError) in try expand(x.detach(), to: shape) }
    let output = try wide.copied()
    try writeMasked(output, mask, value)
    if Autograd.isRecording([x] + inputs) {
      Autograd.record(name, [x] + inputs, output, saving: [mask], backward)
    }
    return output
  }

  private static func writeMasked(_ target: Tensor, _ mask: Tensor, _ value: Tensor) throws(TensorError) {
    let element = try value.copied(to: target.dtype)
    var plan = Plan(target.shape)
    plan.add(target)
    plan.add(mask)
    try plan.run(tnb_masked_fill_kernel(target.dtype.size).unsafelyUnwrapped, element.data)
  }

  /// Elements of `source`, one after the other, where `mask` is true.
  package static func maskedScatter(
    _ x: Tensor, _ mask: Tensor, _ source: Tensor, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    guard x.dtype == source.dtype else {
      throw .runtime(
        "masked_scatter: expected self and source to have same dtypes but got\(x.dtype.scalarTypeName) and \(source.dtype.scalarTypeName)"
      )
    }
    guard mask.dtype == .bool else {
      throw .runtime(
        "masked_scatter_ only supports boolean masks, but got mask with dtype \(mask.dtype.scalarTypeName)")
    }
    let shape = inPlace ? x.shape : try Dims.broadcast(x.shape, mask.shape)
    guard Dims.canBroadcast(mask.shape, to: shape) else { throw expandError(mask, to: shape) }
    let sourceShape = source.shape
    let write: (Tensor) throws(TensorError) -> Void = { (target) throws(TensorError) in
      let chosen = try withoutGrad { () throws(TensorError) in try expand(mask, to: shape).dense() }
      let places = try AdvancedIndex(target, [chosen] + [Tensor?](repeating: nil, count: Swift.max(shape.count - 1, 0)))
      let n = places.picks.middle.count
      guard source.count >= n else {
        throw .runtime("Number of elements of source < number of ones in mask")
      }
      if n == 0 { return }
      let flat = try source.dense()
      let part = Tensor(
        storage: flat.storage, offset: flat.offset, shape: [n], strides: [1], dtype: flat.dtype, isContiguous: true)
      places.picks.write(part, into: target, .set)
    }
    let backward: Autograd.Backward = { (c) throws(TensorError) in
      let m = try c.saved(0)
      var other: Tensor?
      if c.needs(1) {
        let picked = try maskedSelect(c.gradient, m)
        let zeros = try Tensor.filled([sourceShape.product], picked.dtype, .int(0))
        let placed = try cat([picked, narrow(zeros, 0, 0, zeros.count - picked.count)])
        other = try reshape(placed, sourceShape)
      }
      return [c.needs(0) ? try maskedFill(c.gradient, m, .int(0)) : nil, other]
    }
    if inPlace {
      try Autograd.inPlace(
        "MaskedScatterBackward0", x, [source], saving: [mask],
        write: { () throws(TensorError) in try write(x) }, backward)
      return x
    }
    let output = try withoutGrad { () throws(TensorError) in try expand(x.detach(), to: shape).copied() }
    try write(output)
    if Autograd.isRecording(x, source) {
      Autograd.record("MaskedScatterBackward0", [x, source], output, saving: [mask], backward)
    }
    return output
  }

  /// The positions of the elements that are not zero: a row for each.
  package static func nonzero(_ x: Tensor) throws(TensorError) -> Tensor {
    let table = try nonzeroTable(x)
    return try withoutGrad { () throws(TensorError) in try transpose(table, 0, 1) }
  }

  /// `nonzero(as_tuple=True)`: one vector of positions a dimension.
  package static func nonzeroTuple(_ x: Tensor) throws(TensorError) -> [Tensor] {
    x.ndim == 0 ? try nonzeroColumns(atLeast1D(x.detach())) : try nonzeroColumns(x)
  }
}

extension DType {
  /// C++'s spelling in a few messages: `long int`, `float`.
  package var lowerName: String {
    switch self {
    case .bool: "bool"
    case .uint8: "unsigned char"
    case .int8: "signed char"
    case .int16: "short int"
    case .int32: "int"
    case .int64: "long int"
    case .float16: "c10::Half"
    case .bfloat16: "c10::BFloat16"
    case .float32: "float"
    case .float64: "double"
    }
  }
}
