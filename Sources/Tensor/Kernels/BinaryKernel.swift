import CKernels

/// The binary loops, as rows of the C table.
enum BinaryKernel: Int32 {
  case add, sub, mul, div, addScaled, floorDivide, truncDivide, remainder, fmod
  case pow, atan2, hypot, maximum, minimum, fmax, fmin, copysign, xlogy, heaviside
  case nextafter, logaddexp, logaddexp2, bitAnd, bitOr, bitXor, shiftLeft, shiftRight
  case gcd, lcm, tanhGradient, sigmoidGradient, reluGradient
  case eq, ne, lt, le, gt, ge, logicalAnd, logicalOr, logicalXor

  /// Whether the result is bool whatever the inputs are.
  @inline(__always) var isTest: Bool { rawValue >= BinaryKernel.eq.rawValue }

  /// PyTorch's name in `"…" not implemented for 'Float'`.
  var errorName: String {
    switch self {
    case .add, .addScaled: "add_stub"
    case .sub: "sub"
    case .mul: "mul_cpu"
    case .div: "div_true_cpu"
    case .floorDivide: "div_floor_cpu"
    case .truncDivide: "div_trunc_cpu"
    case .remainder: "remainder_cpu"
    case .fmod: "fmod_cpu"
    case .pow: "pow"
    case .atan2: "atan2_cpu"
    case .hypot: "hypot_cpu"
    case .maximum: "maximum_cpu"
    case .minimum: "minimum_cpu"
    case .fmax: "fmax_cpu"
    case .fmin: "fmin_cpu"
    case .copysign: "copysign_cpu"
    case .xlogy: "xlogy_cpu"
    case .heaviside: "heaviside_cpu"
    case .nextafter: "nextafter_cpu"
    case .logaddexp: "logaddexp_cpu"
    case .logaddexp2: "logaddexp2_cpu"
    case .bitAnd: "bitwise_and_cpu"
    case .bitOr: "bitwise_or_cpu"
    case .bitXor: "bitwise_xor_cpu"
    case .shiftLeft: "lshift_cpu"
    case .shiftRight: "rshift_cpu"
    case .gcd: "gcd_cpu"
    case .lcm: "lcm_cpu"
    case .tanhGradient: "tanh_backward_cpu"
    case .sigmoidGradient: "sigmoid_backward_cpu"
    case .reluGradient: "threshold_cpu"
    case .eq, .ne, .lt, .le, .gt, .ge: "compare_cpu"
    case .logicalAnd, .logicalOr, .logicalXor: "logical_cpu"
    }
  }

  /// About how many nanoseconds 16 elements take; more where each element calls a library function.
  private var cost: Int32 {
    switch self {
    case .pow, .atan2, .hypot, .fmod, .remainder, .floorDivide, .xlogy, .logaddexp, .logaddexp2, .gcd, .lcm: 64
    default: 1
    }
  }

  /// The result of the loop over `a` and `b`, both first converted to `type`; written into `output` where given.
  @inline(never) func apply(
    _ a: Tensor, _ b: Tensor, _ type: DType, into output: Tensor? = nil, context: UnsafeRawPointer? = nil
  ) throws(TensorError) -> Tensor {
    if a.dtype == type && b.dtype == type, let kernel = tnb_binary_kernel(rawValue, Int32(type.rawValue)) {
      if a.isContiguous && b.isContiguous && a.shape == b.shape {
        let n = a.count
        if n < 2048 && fits(output, a.shape, type) {
          let result: Tensor
          if let output { result = output } else { result = try Tensor(dense: a, isTest ? .bool : type) }
          try Kernels.check(
            tnb_call3(kernel, result.data, result.dtype.size, a.data, type.size, b.data, type.size, n, context))
          return result
        }
      } else if let result = try small(kernel, a, b, type, output, context) {
        return result
      }
    }
    return try general(a, b, type, output, context)
  }

  /// Whether a result of the loop over `type` can be written to `output`, if one is given, as it comes.
  @inline(__always) private func fits(_ output: Tensor?, _ shape: Dims, _ type: DType) -> Bool {
    guard let output else { return true }
    return output.isContiguous && output.dtype == (isTest ? .bool : type) && output.shape == shape
  }

  /// The result for few elements, of which some operand is broadcast or strided; nil where that is not so, or the result is laid
  /// out as a strided operand.
  @inline(never) private func small(
    _ kernel: tnb_kernel, _ a: Tensor, _ b: Tensor, _ type: DType, _ output: Tensor?, _ context: UnsafeRawPointer?
  ) throws(TensorError) -> Tensor? {
    let size = type.size
    let isDense = a.isContiguous && b.isContiguous
    if a.count &* size > tnb_small_bytes || b.count &* size > tnb_small_bytes { return nil }
    let shape = try Dims.broadcast(a.shape, b.shape)
    let count = shape.product
    if count &* size > tnb_small_bytes || !fits(output, shape, type) { return nil }
    if output == nil && !isDense {
      let leader = a.shape == shape ? a : b
      if leader.shape == shape && !leader.isContiguous && !leader.isUniform { return nil }
    }
    let result: Tensor
    if let output { result = output } else { result = try Tensor(empty: shape, isTest ? .bool : type) }
    let code = result.withGeometry { shape, _ in
      a.withGeometry { aShape, aStrides in
        b.withGeometry { bShape, bStrides in
          tnb_call_small(
            kernel, shape, count, result.data, result.dtype.size, a.data, aShape, aStrides, b.data, bShape, bStrides, size,
            context)
        }
      }
    }
    try Kernels.check(code)
    return result
  }

  @inline(never) private func general(
    _ a: Tensor, _ b: Tensor, _ type: DType, _ output: Tensor?, _ context: UnsafeRawPointer?
  ) throws(TensorError) -> Tensor {
    let isHalf = type == .float16 || type == .bfloat16
    let computing = isHalf ? DType.float32 : type
    guard let kernel = tnb_binary_kernel(rawValue, Int32(computing.rawValue)) else {
      throw TensorError(.notImplemented, "\"\(errorName)\" not implemented for '\(type.scalarTypeName)'")
    }
    let x = a.dtype == computing ? a : try a.copied(to: computing)
    let y = b.dtype == computing ? b : try b.copied(to: computing)
    let shape = try Dims.broadcast(x.shape, y.shape)
    let produced: DType = isTest ? .bool : computing
    let target = try prepare(output, shape, x, y, produced)
    var plan = Plan(shape)
    plan.add(target)
    plan.add(x)
    plan.add(y)
    try plan.run(kernel, context, cost: cost)
    return try finish(target, output, isTest ? .bool : type)
  }

  /// As `apply`, with a number on the right.
  @inline(never) func apply(
    _ a: Tensor, _ b: Scalar, _ type: DType, into output: Tensor? = nil, context: UnsafeRawPointer? = nil
  ) throws(TensorError) -> Tensor {
    try applyScalar(a, b, type, isLeft: false, output, context)
  }

  /// As `apply`, with a number on the left.
  @inline(never) func apply(
    _ a: Scalar, _ b: Tensor, _ type: DType, context: UnsafeRawPointer? = nil
  ) throws(TensorError) -> Tensor {
    try applyScalar(b, a, type, isLeft: true, nil, context)
  }

  private func applyScalar(
    _ a: Tensor, _ number: Scalar, _ type: DType, isLeft: Bool, _ output: Tensor?, _ context: UnsafeRawPointer?
  ) throws(TensorError) -> Tensor {
    let isHalf = type == .float16 || type == .bfloat16
    let computing = isHalf ? DType.float32 : type
    guard let kernel = tnb_binary_kernel(rawValue, Int32(computing.rawValue)) else {
      throw TensorError(.notImplemented, "\"\(errorName)\" not implemented for '\(type.scalarTypeName)'")
    }
    let x = a.dtype == computing ? a : try a.copied(to: computing)
    let produced: DType = isTest ? .bool : computing
    let target =
      output == nil && x.isContiguous
      ? try Tensor(dense: x, produced) : try prepare(output, x.shape, x, nil, produced)
    var element = Element(number, computing)
    var code: Int32 = 0
    let n = x.count
    if x.isContiguous && target.isContiguous && n < 2048 {
      let size = computing.size
      code =
        isLeft
        ? tnb_call3(kernel, target.data, produced.size, &element, 0, x.data, size, n, context)
        : tnb_call3(kernel, target.data, produced.size, x.data, size, &element, 0, n, context)
    } else {
      withUnsafeMutableBytes(of: &element) { bytes in
        var plan = Plan(x.shape)
        plan.add(target)
        if isLeft { plan.add(element: bytes.baseAddress!) }
        plan.add(x)
        if !isLeft { plan.add(element: bytes.baseAddress!) }
        code = plan.code(kernel, context, cost: cost)
      }
    }
    try Kernels.check(code)
    return try finish(target, output, isTest ? .bool : type)
  }

  /// Where the loop writes: `output` itself when it has the right type, else fresh memory.
  private func prepare(
    _ output: Tensor?, _ shape: Dims, _ x: Tensor, _ y: Tensor?, _ produced: DType
  ) throws(TensorError) -> Tensor {
    if let output {
      if output.shape != shape { throw Elementwise.outputShapeError(output.shape, shape) }
      return output.dtype == produced ? output : try Tensor(empty: shape, produced)
    }
    if x.shape == shape && (y == nil || !x.isContiguous || y.unsafelyUnwrapped.shape != shape) {
      return try x.emptyLike(produced)
    }
    if let y, y.shape == shape { return try x.shape == shape ? x.emptyLike(produced) : y.emptyLike(produced) }
    return try Tensor(empty: shape, produced)
  }

  private func finish(
    _ target: Tensor, _ output: Tensor?, _ type: DType
  ) throws(TensorError) -> Tensor {
    if let output {
      if output !== target { try Kernels.copy(target, into: output) }
      return output
    }
    return target.dtype == type ? target : try target.copied(to: type)
  }
}

/// Shared pieces of the elementwise operations.
enum Elementwise {
  static func outputShapeError(_ output: Dims, _ shape: Dims) -> TensorError {
    .runtime("output with shape \(output.description) doesn't match the broadcast shape \(shape.description)")
  }

  /// `other`, or a copy of it when writing `x` in place would change it on the way.
  static func untangled(_ other: Tensor, from x: Tensor) throws(TensorError) -> Tensor {
    guard other.storage.bytes == x.storage.bytes, other !== x else { return other }
    if other.offset == x.offset && other.strides == x.strides && other.shape == x.shape { return other }
    let (a, b) = (x.byteRange, other.byteRange)
    if !a.overlaps(b) { return other }
    if x.isContiguous && other.isContiguous && x.dtype == other.dtype && other.count > 1 {
      throw .runtime(
        "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation."
      )
    }
    return try other.copied()
  }

  /// Throws where several elements of `x` are the same memory (an expanded tensor): it cannot be written in place.
  static func checkNoInternalOverlap(_ x: Tensor) throws(TensorError) {
    if x.isContiguous { return }
    for i in 0..<x.ndim where x.strides[i] == 0 && x.shape[i] > 1 {
      throw .runtime(
        "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation."
      )
    }
  }
}

extension Tensor {
  /// Whether all elements are one in memory, as in an expanded scalar.
  var isUniform: Bool {
    for i in 0..<ndim where shape[i] > 1 && strides[i] != 0 { return false }
    return true
  }

  /// The bytes from the first to the last element.
  var byteRange: Range<Int> {
    var low = offset
    var high = offset
    for i in 0..<ndim where shape[i] > 0 {
      let reach = (shape[i] - 1) * strides[i]
      if reach < 0 { low += reach } else { high += reach }
    }
    return low * dtype.size..<(high + 1) * dtype.size
  }
}
