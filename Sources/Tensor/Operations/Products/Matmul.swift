import CKernels

extension DType {
  /// The C++ name that some of PyTorch's messages use.
  var cppName: String {
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

extension Operations {
  /// `a @ b`: dot, matrix–vector, matrix–matrix and batched products by the numbers of dimensions; batch dimensions
  /// broadcast.
  package static func matmul(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    switch (a.ndim, b.ndim) {
    case (2, 2): return try mm(a, b)
    case (1, 1): return try dot(a, b)
    case (2, 1): return try mv(a, b)
    case (1, 2):
      let row = try mm(unsqueeze(a, 0), b)
      return squeezedFront(row)
    case (0, _), (_, 0):
      throw .runtime(
        "both arguments to matmul need to be at least 1D, but they are \(a.ndim)D and \(b.ndim)D")
    default: return try batchedMatmul(a, b)
    }
  }

  /// Drops the leading dimension of size one, in PyTorch a `squeeze_`.
  private static func squeezedFront(_ x: Tensor) -> Tensor {
    let out = Tensor(
      storage: x.storage, offset: x.offset, shape: [x.shape[1]], strides: [x.strides[1]], dtype: x.dtype,
      isContiguous: x.isContiguous)
    if Autograd.isRecording(x) {
      Autograd.record("SqueezeBackward4", [x], out) { (c) throws(TensorError) in [try unsqueeze(c.gradient, 0)] }
    }
    return out
  }

  /// A reshape that is not a view: nothing else refers to `x`.
  static func unfoldedView(_ x: Tensor, _ shape: Dims) throws(TensorError) -> Tensor {
    let x = try contiguous(x)
    let out = Tensor(
      storage: x.storage, offset: x.offset, shape: shape, strides: shape.contiguousStrides, dtype: x.dtype,
      isContiguous: true)
    if Autograd.isRecording(x) {
      let from = x.shape.array
      Autograd.record("UnsafeViewBackward0", [x], out) { (c) throws(TensorError) in [try reshape(c.gradient, from)] }
    }
    return out
  }

  private static func batchedMatmul(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    // A stack times one matrix or vector is a single product with the stack folded into rows.
    if a.ndim >= 3 && b.ndim <= 2 { return try folded(a, b) }
    if a.ndim <= 2 && b.ndim >= 3 {
      // (bᵀ aᵀ)ᵀ
      let flipped = try transpose(b, b.ndim - 2, b.ndim - 1)
      let product = try folded(flipped, a.ndim == 2 ? t(a) : a)
      if a.ndim == 1 { return product }
      return try clonedDense(transpose(product, product.ndim - 2, product.ndim - 1))
    }
    let (n, k) = (a.shape[a.ndim - 2], a.shape[a.ndim - 1])
    let p = b.shape[b.ndim - 1]
    let batch = try Dims.broadcast(Dims(a.shape.array.dropLast(2)), Dims(b.shape.array.dropLast(2)))
    let x = try reshape(expand(a, batch.array + [n, k]), [batch.product, n, k])
    let y = try reshape(expand(b, batch.array + [b.shape[b.ndim - 2], p]), [batch.product, b.shape[b.ndim - 2], p])
    return try unfoldedView(bmm(x, y), Dims(batch.array + [n, p]))
  }

  private static func clonedDense(_ x: Tensor) throws(TensorError) -> Tensor {
    let out = try x.copied()
    if Autograd.isRecording(x) { Autograd.attach(OpNode(CopyRules.clone, x), out) }
    return out
  }

  private static func folded(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let k = a.shape[a.ndim - 1]
    let rows = a.shape.array.dropLast().reduce(1, *)
    let flat = try reshape(a, [rows, k])
    var shape = Dims(a.shape.array.dropLast())
    if b.ndim == 1 { return try unfoldedView(mv(flat, b), shape) }
    shape.append(b.shape[1])
    return try unfoldedView(mm(flat, b), shape)
  }

  /// The product of two matrices.
  package static func mm(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    if a.ndim != 2 { throw .runtime("self must be a matrix") }
    if b.ndim != 2 { throw .runtime("mat2 must be a matrix") }
    try checkMatrices(a, b)
    let out = try ProductKernel.mm(a, b)
    if a.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(ProductRules.mm, a, b)
      if b.requiresGrad { node.save(0, a) }
      if a.requiresGrad { node.save(1, b) }
      Autograd.attach(node, out)
    }
    return out
  }

  static func checkMatrices(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    if a.shapeAddress.pointee.v.1 != b.shapeAddress.pointee.v.0 {
      throw .runtime(
        "mat1 and mat2 shapes cannot be multiplied (\(a.shape[0])x\(a.shape[1]) and \(b.shape[0])x\(b.shape[1]))")
    }
    if a.dtype != b.dtype {
      throw .runtime("expected m1 and m2 to have the same dtype, but got: \(a.dtype.cppName) != \(b.dtype.cppName)")
    }
    if a.dtype == .bool {
      throw TensorError(.notImplemented, "\"addmm_impl_cpu_\" not implemented for 'Bool'")
    }
  }

  /// A matrix times a vector.
  package static func mv(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    if a.ndim != 2 || b.ndim != 1 {
      throw .runtime("vector + matrix @ vector expected, got 1, \(a.ndim), \(b.ndim)")
    }
    if a.shape[1] != b.shape[0] {
      throw .runtime(
        "size mismatch, got input (\(a.shape[0])), mat (\(a.shape[0])x\(a.shape[1])), vec (\(b.shape[0]))")
    }
    if a.dtype != b.dtype {
      throw .runtime(
        "addmv input tensors must have the same dtype, but got \(b.dtype.scalarTypeName), \(a.dtype.scalarTypeName), and \(b.dtype.scalarTypeName)"
      )
    }
    if a.dtype == .bool { throw TensorError(.notImplemented, "\"addmv_impl_cpu\" not implemented for 'Bool'") }
    let out = try mvValues(a, b)
    if a.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(ProductRules.mv, a, b)
      if b.requiresGrad { node.save(0, a) }
      if a.requiresGrad { node.save(1, b) }
      Autograd.attach(node, out)
    }
    return out
  }

  private static func mvValues(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let column = Tensor(
      storage: b.storage, offset: b.offset, shape: [b.shape[0], 1], strides: [b.strides[0], 1], dtype: b.dtype,
      isContiguous: b.isContiguous)
    let product = try ProductKernel.mm(a, column)
    product.setGeometry([a.shape[0]], [1])
    return product
  }

  /// The product of two vectors.
  package static func dot(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try dot(a, b, ProductRules.dot)
  }

  /// As `dot`, for real vectors.
  package static func vdot(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try dot(a, b, ProductRules.vdot)
  }

  private static func dot(_ a: Tensor, _ b: Tensor, _ rule: Rule) throws(TensorError) -> Tensor {
    if a.ndim != 1 || b.ndim != 1 {
      throw .runtime("1D tensors expected, but got \(a.ndim)D and \(b.ndim)D tensors")
    }
    if a.dtype != b.dtype {
      throw .runtime(
        "dot : expected both vectors to have same dtype, but found \(a.dtype.scalarTypeName) and \(b.dtype.scalarTypeName)"
      )
    }
    if a.shape != b.shape {
      throw .runtime(
        "inconsistent tensor size, expected tensor [\(a.count)] and src [\(b.count)] to have the same number of elements, but got \(a.count) and \(b.count) elements respectively"
      )
    }
    if a.dtype == .bool { throw TensorError(.notImplemented, "\"dot\" not implemented for 'Bool'") }
    let out = try ProductKernel.dot(a, b)
    if a.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(rule, a, b)
      if b.requiresGrad { node.save(0, a) }
      if a.requiresGrad { node.save(1, b) }
      Autograd.attach(node, out)
    }
    return out
  }

  /// Products of two stacks of matrices.
  package static func bmm(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try checkBatches(a, b)
    let out = try ProductKernel.bmm(a, b)
    if a.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(ProductRules.bmm, a, b)
      if b.requiresGrad { node.save(0, a) }
      if a.requiresGrad { node.save(1, b) }
      Autograd.attach(node, out)
    }
    return out
  }

  static func checkBatches(_ a: Tensor, _ b: Tensor) throws(TensorError) {
    if a.ndim != 3 { throw .runtime("batch1 must be a 3D tensor") }
    if b.ndim != 3 { throw .runtime("batch2 must be a 3D tensor") }
    if a.shape[0] != b.shape[0] || a.shape[2] != b.shape[1] {
      throw .runtime(
        "Expected size for first two dimensions of batch2 tensor to be: [\(a.shape[0]), \(a.shape[2])] but got: [\(b.shape[0]), \(b.shape[1])]."
      )
    }
    if a.dtype != b.dtype {
      throw .runtime(
        "expected scalar type \(a.dtype.scalarTypeName) but found \(b.dtype.scalarTypeName)")
    }
    if a.dtype == .bool { throw TensorError(.notImplemented, "\"bmm\" not implemented for 'Bool'") }
  }

  /// All products of the elements of two vectors.
  package static func outer(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    if a.ndim != 1 { throw .runtime("outer: Expected 1-D argument self, but got \(a.ndim)-D") }
    if b.ndim != 1 { throw .runtime("outer: Expected 1-D argument vec2, but got \(b.ndim)-D") }
    return try mul(reshape(a, [a.count, 1]), b)
  }
}

enum ProductRules {
  typealias O = Operations

  static let mm = Rule("MmBackward0") { (node, g) throws(TensorError) in
    if !GradMode.isEnabled {
      return (
        node.needs(0) ? try ProductKernel.mm(g, transposed: false, node.saved(1), transposed: true) : nil,
        node.needs(1) ? try ProductKernel.mm(node.saved(0), transposed: true, g, transposed: false) : nil, nil
      )
    }
    return (
      node.needs(0) ? try O.mm(g, O.transpose(node.saved(1), 0, 1)) : nil,
      node.needs(1) ? try O.mm(O.transpose(node.saved(0), 0, 1), g) : nil, nil
    )
  }
  static let mv = Rule("MvBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try O.outer(g, node.saved(1)) : nil,
      node.needs(1) ? try O.mv(O.transpose(node.saved(0), 0, 1), g) : nil, nil
    )
  }
  static let dot = Rule("DotBackward0", dotGradients)
  static let vdot = Rule("VdotBackward0", dotGradients)

  private static func dotGradients(
    _ node: OpNode, _ g: Tensor
  ) throws(TensorError) -> (Tensor?, Tensor?, Tensor?) {
    (
      node.needs(0) ? try O.mul(g, node.saved(1)) : nil,
      node.needs(1) ? try O.mul(g, node.saved(0)) : nil, nil
    )
  }

  static let bmm = Rule("BmmBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try O.bmm(g, O.transpose(node.saved(1), 1, 2)) : nil,
      node.needs(1) ? try O.bmm(O.transpose(node.saved(0), 1, 2), g) : nil, nil
    )
  }

  /// `beta · self + alpha · mat1 mat2`; scalar0 is beta, scalar1 alpha.
  static let addmm = Rule("AddmmBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try scaled(g, node.scalar0) : nil,
      node.needs(1) ? try scaled(O.mm(g, O.transpose(node.saved(1), 0, 1)), node.scalar1) : nil,
      node.needs(2) ? try scaled(O.mm(O.transpose(node.saved(0), 0, 1), g), node.scalar1) : nil
    )
  }
  static let addmv = Rule("AddmvBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try scaled(g, node.scalar0) : nil,
      node.needs(1) ? try scaled(O.outer(g, node.saved(1)), node.scalar1) : nil,
      node.needs(2) ? try scaled(O.mv(O.transpose(node.saved(0), 0, 1), g), node.scalar1) : nil
    )
  }
  static let addr = Rule("AddrBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try scaled(g, node.scalar0) : nil,
      node.needs(1) ? try scaled(O.mv(g, node.saved(1)), node.scalar1) : nil,
      node.needs(2) ? try scaled(O.mv(O.transpose(g, 0, 1), node.saved(0)), node.scalar1) : nil
    )
  }
  static let baddbmm = Rule("BaddbmmBackward0") { (node, g) throws(TensorError) in
    (
      node.needs(0) ? try scaled(g, node.scalar0) : nil,
      node.needs(1) ? try scaled(O.bmm(g, O.transpose(node.saved(1), 1, 2)), node.scalar1) : nil,
      node.needs(2) ? try scaled(O.bmm(O.transpose(node.saved(0), 1, 2), g), node.scalar1) : nil
    )
  }
  static let addbmm = Rule("AddbmmBackward0") { (node, g) throws(TensorError) in
    let (x, y) = (try node.saved(0), try node.saved(1))
    let wide = try O.expand(O.unsqueeze(g, 0), [x.shape[0], x.shape[1], y.shape[2]])
    return (
      node.needs(0) ? try scaled(g, node.scalar0) : nil,
      node.needs(1) ? try scaled(O.bmm(wide, O.transpose(y, 1, 2)), node.scalar1) : nil,
      node.needs(2) ? try scaled(O.bmm(O.transpose(x, 1, 2), wide), node.scalar1) : nil
    )
  }

  private static func scaled(_ g: Tensor, _ factor: Scalar) throws(TensorError) -> Tensor {
    factor.double == 1 ? g : try O.mul(g, factor)
  }
}
