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

  /// The result of the loop over `a` and `b`, both first converted to `type`.
  @inline(never) func apply(
    _ a: Tensor, _ b: Tensor, _ type: DType, context: UnsafeRawPointer? = nil
  ) throws(TensorError) -> Tensor {
    if a.dtype == type && b.dtype == type, let kernel = tnb_binary_kernel(rawValue, Int32(type.rawValue)) {
      if a.isContiguous && b.isContiguous && a.hasShape(of: b) {
        if a.count < Kernels.fewElements {
          let result = try Tensor(dense: a, isTest ? .bool : type)
          let code = call(kernel, a, b, result, context)
          if code != 0 { throw Kernels.failure(code) }
          return result
        }
      } else if let result = try small(kernel, a, b, type, nil, context) {
        return result
      }
    }
    return try general(a, b, type, nil, context)
  }

  /// As above, written into `output`, which is also returned.
  @inline(never) @discardableResult func apply(
    _ a: Tensor, _ b: Tensor, _ type: DType, into output: Tensor, context: UnsafeRawPointer? = nil
  ) throws(TensorError) -> Tensor {
    if a.dtype == type && b.dtype == type, let kernel = tnb_binary_kernel(rawValue, Int32(type.rawValue)) {
      if a.isContiguous && b.isContiguous && a.hasShape(of: b) {
        if a.count < Kernels.fewElements && output.isContiguous && output.dtype == (isTest ? .bool : type)
          && output.hasShape(of: a)
        {
          let code = call(kernel, a, b, output, context)
          if code != 0 { throw Kernels.failure(code) }
          return output
        }
      } else if try small(kernel, a, b, type, output, context) != nil {
        return output
      }
    }
    return try general(a, b, type, output, context)
  }

  /// The loop over dense operands of one shape.
  @inline(__always) private func call(
    _ kernel: tnb_kernel, _ a: Tensor, _ b: Tensor, _ result: Tensor, _ context: UnsafeRawPointer?
  ) -> Int32 {
    let size = a.dtype.size
    return tnb_call3(kernel, result.data, result.dtype.size, a.data, size, b.data, size, a.count, context)
  }

  /// The result for few elements, of which some operand is broadcast or strided; nil where that is not so, or the result is laid
  /// out as a strided operand.
  @inline(never) private func small(
    _ kernel: tnb_kernel, _ a: Tensor, _ b: Tensor, _ type: DType, _ output: Tensor?, _ context: UnsafeRawPointer?
  ) throws(TensorError) -> Tensor? {
    let size = type.size
    let produced = isTest ? .bool : type
    var shape = tnb_dims()
    let count = tnb_plan_small(
      a.shapeAddress, a.stridesAddress, b.shapeAddress, b.stridesAddress, tnb_small_bytes / size, &shape)
    if count < 0 { return nil }
    let result: Tensor
    if let output {
      guard output.isContiguous && output.dtype == produced && tnb_same_dims(output.shapeAddress, &shape) != 0 else {
        return nil
      }
      result = output
    } else {
      result = try Tensor(&shape, count: count, produced)
    }
    let code = tnb_call_small(
      kernel, result.shapeAddress, count, result.data, result.dtype.size, a.data, a.shapeAddress, a.stridesAddress,
      b.data,
      b.shapeAddress, b.stridesAddress, size, context)
    if code != 0 { throw Kernels.failure(code) }
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

  @inline(__always) private func applyScalar(
    _ a: Tensor, _ number: Scalar, _ type: DType, isLeft: Bool, _ output: Tensor?, _ context: UnsafeRawPointer?
  ) throws(TensorError) -> Tensor {
    if a.dtype == type && a.isContiguous && a.count < Kernels.fewElements && type.rawValue >= DType.float32.rawValue
      && !isTest, let kernel = tnb_binary_kernel(rawValue, Int32(type.rawValue))
    {
      let result: Tensor
      if let output {
        if output !== a { return try applyGenerally(a, number, type, isLeft: isLeft, output, context) }
        result = a
      } else {
        result = try Tensor(dense: a, type)
      }
      var bits = type == .float32 ? UInt64(Float(number.double).bitPattern) : number.double.bitPattern
      let size = type.size
      let code =
        isLeft
        ? tnb_call3(kernel, result.data, size, &bits, 0, a.data, size, a.count, context)
        : tnb_call3(kernel, result.data, size, a.data, size, &bits, 0, a.count, context)
      if code != 0 { throw Kernels.failure(code) }
      return result
    }
    return try applyGenerally(a, number, type, isLeft: isLeft, output, context)
  }

  @inline(never) private func applyGenerally(
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
    if x.isContiguous && target.isContiguous && n < Kernels.fewElements {
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
  @inline(__always) static func untangled(_ other: Tensor, from x: Tensor) throws(TensorError) -> Tensor {
    other === x || other.storageStart != x.storageStart ? other : try separated(other, from: x)
  }

  @inline(never) private static func separated(_ other: Tensor, from x: Tensor) throws(TensorError) -> Tensor {
    if isSameView(other, x) { return other }
    let (a, b) = (x.byteRange, other.byteRange)
    if !a.overlaps(b) { return other }
    if x.isContiguous && other.isContiguous && x.dtype == other.dtype && other.count > 1 {
      throw .runtime(
        "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation."
      )
    }
    return try other.copied()
  }

  /// Whether each element of `x` is the element of `other` that broadcasting gives it. Where a dimension has one element its stride
  /// says nothing, and `other` may lack leading ones.
  private static func isSameView(_ other: Tensor, _ x: Tensor) -> Bool {
    guard other.offset == x.offset, other.count == x.count, other.ndim <= x.ndim else { return false }
    let lead = x.ndim - other.ndim
    for i in 0..<other.ndim {
      if other.shape[i] != x.shape[lead + i] { return false }
      if other.shape[i] > 1 && other.strides[i] != x.strides[lead + i] { return false }
    }
    return true
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
