import CKernels

extension Kernels {
  /// `out = condition ? a : b`; all broadcast to `out`'s shape, `a` and `b` have its type.
  static func choose(_ condition: Tensor, _ a: Tensor, _ b: Tensor, into out: Tensor) throws(TensorError) {
    var plan = Plan(out.shape)
    plan.add(out)
    plan.add(condition)
    plan.add(a)
    plan.add(b)
    try plan.run(tnb_where_kernel(out.dtype.size).unsafelyUnwrapped)
  }

  /// `x` limited to the bounds; NaN stays.
  static func clamp(_ x: Tensor, _ low: Scalar?, _ high: Scalar?, into out: Tensor) throws(TensorError) {
    let type = out.dtype
    let computing = type == .float16 || type == .bfloat16 ? DType.float32 : type
    guard let kernel = tnb_clamp_kernel(Int32(computing.rawValue)) else {
      throw TensorError(.notImplemented, "\"clamp_scalar_cpu\" not implemented for '\(type.scalarTypeName)'")
    }
    try low?.checkFits(type)
    try high?.checkFits(type)
    let source = x.dtype == computing ? x : try x.copied(to: computing)
    let target = type == computing ? out : try Tensor(empty: out.shape, computing)
    let bounds = (
      Element(low ?? lowest(computing), computing).bits, Element(high ?? highest(computing), computing).bits
    )
    var code: Int32 = 0
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { buffer in
      let p = buffer.baseAddress!
      withUnsafeBytes(of: bounds.0) { p.copyMemory(from: $0.baseAddress!, byteCount: computing.size) }
      withUnsafeBytes(of: bounds.1) {
        (p + computing.size).copyMemory(from: $0.baseAddress!, byteCount: computing.size)
      }
      var plan = Plan(out.shape)
      plan.add(target)
      plan.add(source)
      code = plan.code(kernel, p, cost: 1)
    }
    try check(code)
    if target !== out { try copy(target, into: out) }
  }

  static func lowest(_ type: DType) -> Scalar {
    switch type {
    case .bool, .uint8: .int(0)
    case .int8: .int(Int(Int8.min))
    case .int16: .int(Int(Int16.min))
    case .int32: .int(Int(Int32.min))
    case .int64: .int(Int.min)
    case .float16, .bfloat16, .float32, .float64: .float(-.infinity)
    }
  }

  static func highest(_ type: DType) -> Scalar {
    switch type {
    case .bool: .int(1)
    case .uint8: .int(255)
    case .int8: .int(Int(Int8.max))
    case .int16: .int(Int(Int16.max))
    case .int32: .int(Int(Int32.max))
    case .int64: .int(Int.max)
    case .float16, .bfloat16, .float32, .float64: .float(.infinity)
    }
  }

  /// `addcmul`, `addcdiv`, `lerp`: all operands have type `type` (computed through float32 for the half types).
  static func ternary(
    _ operation: Int32, _ a: Tensor, _ b: Tensor, _ c: Tensor, _ value: Scalar, _ type: DType, _ name: String,
    into output: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    let computing = type == .float16 || type == .bfloat16 ? DType.float32 : type
    guard let kernel = tnb_ternary_kernel(operation, Int32(computing.rawValue)) else {
      throw TensorError(.notImplemented, "\"\(name)\" not implemented for '\(type.scalarTypeName)'")
    }
    let x = a.dtype == computing ? a : try a.copied(to: computing)
    let y = b.dtype == computing ? b : try b.copied(to: computing)
    let z = c.dtype == computing ? c : try c.copied(to: computing)
    let shape = try Dims.broadcast(Dims.broadcast(x.shape, y.shape), z.shape)
    if let output, output.shape != shape { throw Elementwise.outputShapeError(output.shape, shape) }
    let target: Tensor
    if let output, output.dtype == computing { target = output } else { target = try Tensor(empty: shape, computing) }
    let element = Element(value, computing)
    var code: Int32 = 0
    withUnsafePointer(to: element.bits) { p in
      var plan = Plan(shape)
      plan.add(target)
      plan.add(x)
      plan.add(y)
      plan.add(z)
      code = plan.code(kernel, p, cost: 1)
    }
    try check(code)
    if let output {
      if output !== target { try copy(target, into: output) }
      return output
    }
    return type == computing ? target : try target.copied(to: type)
  }
}
