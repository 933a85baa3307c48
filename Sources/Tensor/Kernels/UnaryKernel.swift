import CKernels

/// The unary loops, as rows of the C table.
enum UnaryKernel: Int32 {
  case neg, abs, sign, square, relu, bitNot
  case floor, ceil, round, trunc, frac
  case reciprocal, sqrt, rsqrt, exp, exp2, expm1, log, log2, log10, log1p, sin
  case cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case sigmoid, erf, erfc, erfinv, lgamma, digamma, sinc, deg2rad, rad2deg, i0
  case logSigmoid
  case isnan, isinf, isfinite, isposinf, isneginf, signbit, logicalNot

  @inline(__always) var isTest: Bool { rawValue >= UnaryKernel.isnan.rawValue }

  private var cost: Int32 {
    switch self {
    case .erfinv, .lgamma, .digamma, .i0, .logSigmoid, .sinc: 64
    case .neg, .abs, .sign, .square, .relu, .bitNot, .floor, .ceil, .round, .trunc, .frac, .reciprocal, .sqrt,
      .deg2rad, .rad2deg, .isnan, .isinf, .isfinite, .isposinf, .isneginf, .signbit, .logicalNot:
      1
    default: 16
    }
  }

  /// The result of the loop over `a`, first converted to `type`; written into `output` where given.
  @inline(__always) func apply(_ a: Tensor, _ type: DType, into output: Tensor? = nil) throws(TensorError) -> Tensor {
    output == nil ? try fresh(a, type) : try general(a, type, output)
  }

  @inline(never) private func fresh(_ a: Tensor, _ type: DType) throws(TensorError) -> Tensor {
    if a.dtype == type && a.isContiguous && a.count < 1024,
      let kernel = tnb_unary_kernel(rawValue, Int32(type.rawValue))
    {
      let result = try Tensor(dense: a, isTest ? .bool : type)
      let code = tnb_call2(kernel, result.data, result.dtype.size, a.data, type.size, a.count, nil)
      if code != 0 { throw Kernels.failure(code) }
      return result
    }
    return try general(a, type, nil)
  }

  @inline(never) private func general(_ a: Tensor, _ type: DType, _ output: Tensor?) throws(TensorError) -> Tensor {
    let isHalf = type == .float16 || type == .bfloat16
    let computing = isHalf ? DType.float32 : type
    guard let kernel = tnb_unary_kernel(rawValue, Int32(computing.rawValue)) else {
      throw TensorError(.notImplemented, "\"\(errorName)\" not implemented for '\(type.scalarTypeName)'")
    }
    let x = a.dtype == computing ? a : try a.copied(to: computing)
    let produced: DType = isTest ? .bool : computing
    let target: Tensor
    if let output, output.dtype == produced { target = output } else { target = try x.emptyLike(produced) }
    try Kernels.run(kernel, target, x, cost: cost)
    if let output {
      if output !== target { try Kernels.copy(target, into: output) }
      return output
    }
    let final = isTest ? .bool : type
    return target.dtype == final ? target : try target.copied(to: final)
  }

  private var errorName: String {
    switch self {
    case .bitNot: "bitwise_not_cpu"
    default: "\(self)_cpu"
    }
  }
}
