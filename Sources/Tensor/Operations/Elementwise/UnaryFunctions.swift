import CKernels

#if canImport(Glibc)
  import Glibc
#endif

func tnbLog(_ x: Double) -> Double { log(x) }

extension Operations {
  /// `-x`.
  package static func neg(_ x: Tensor) throws(TensorError) -> Tensor {
    try refuseBoolNegation(x)
    return try Unary.neg(x)
  }

  package static func negInPlace(_ x: Tensor) throws(TensorError) {
    try refuseBoolNegation(x)
    try Unary.neg.inPlace(x)
  }

  private static func refuseBoolNegation(_ x: Tensor) throws(TensorError) {
    if x.dtype == .bool {
      throw .runtime(
        "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
      )
    }
  }

  /// `abs(x)`.
  package static func abs(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.abs(x) }
  package static func sign(_ x: Tensor) throws(TensorError) -> Tensor {
    x.dtype == .bool ? try x.copied() : try Unary.sign(x)
  }
  package static func square(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.square(x) }
  package static func relu(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.dtype == .bool { throw .runtime("Boolean inputs not supported for relu") }
    return try Unary.relu(x)
  }
  package static func floor(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.floor(x) }
  package static func ceil(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.ceil(x) }
  package static func round(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.round(x) }
  package static func trunc(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.trunc(x) }
  package static func frac(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.frac(x) }
  package static func reciprocal(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.reciprocal(x) }
  package static func sqrt(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.sqrt(x) }
  package static func rsqrt(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.rsqrt(x) }
  package static func exp(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.exp(x) }
  package static func exp2(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.exp2(x) }
  package static func expm1(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.expm1(x) }
  package static func log(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.log(x) }
  package static func log2(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.log2(x) }
  package static func log10(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.log10(x) }
  package static func log1p(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.log1p(x) }
  package static func sin(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.sin(x) }
  package static func cos(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.cos(x) }
  package static func tan(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.tan(x) }
  package static func asin(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.asin(x) }
  package static func acos(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.acos(x) }
  package static func atan(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.atan(x) }
  package static func sinh(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.sinh(x) }
  package static func cosh(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.cosh(x) }
  package static func tanh(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.tanh(x) }
  package static func asinh(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.asinh(x) }
  package static func acosh(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.acosh(x) }
  package static func atanh(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.atanh(x) }
  package static func sigmoid(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.sigmoid(x) }
  package static func logSigmoid(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.logSigmoid(x) }
  package static func erf(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.erf(x) }
  package static func erfc(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.erfc(x) }
  package static func erfinv(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.erfinv(x) }
  package static func lgamma(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.lgamma(x) }
  package static func digamma(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.digamma(x) }
  /// The `n`-th derivative of `digamma`.
  package static func polygamma(_ n: Int, _ x: Tensor) throws(TensorError) -> Tensor {
    if n < 0 { throw .runtime("polygamma(n, x) does not support negative n.") }
    if n == 0 { return try digamma(x) }
    let type = Promotion.floating(x.dtype)
    // Computed in float64: the series loses digits otherwise.
    let source = try x.detach().copied(to: .float64)
    let wide = try Tensor(empty: x.shape, .float64)
    var plan = Plan(x.shape)
    plan.add(wide)
    plan.add(source)
    var order = Double(n)
    var code: Int32 = 0
    withUnsafePointer(to: &order) { code = plan.code(tnb_polygamma, $0, cost: 64) }
    try Kernels.check(code)
    let out = type == .float64 ? wide : try wide.copied(to: type)
    if Autograd.isRecording(x) {
      Autograd.record("PolygammaBackward0", [x], out, saving: [x]) { (c) throws(TensorError) in
        [try mul(c.gradient, polygamma(n + 1, c.saved(0)))]
      }
    }
    return out
  }
  package static func sinc(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.sinc(x) }
  package static func deg2rad(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.deg2rad(x) }
  package static func rad2deg(_ x: Tensor) throws(TensorError) -> Tensor { try Unary.rad2deg(x) }

  /// `torch.round(x, decimals=…)`.
  package static func round(_ x: Tensor, decimals: Int) throws(TensorError) -> Tensor {
    if decimals == 0 || !x.dtype.isFloating { return try round(x) }
    let d = x.detach()
    let scale = Scalar.float(Glibc.pow(10, Double(Swift.abs(decimals))))
    let out =
      try decimals > 0
      ? BinaryKernel.div.apply(
        UnaryKernel.round.apply(BinaryKernel.mul.apply(d, scale, d.dtype), d.dtype), scale, d.dtype)
      : BinaryKernel.mul.apply(
        UnaryKernel.round.apply(BinaryKernel.div.apply(d, scale, d.dtype), d.dtype), scale, d.dtype)
    if Autograd.isRecording(x) { Autograd.attach(OpNode(UnaryRules.roundDecimals, x), out) }
    return out
  }

  // MARK: Tests

  package static func isnan(_ x: Tensor) throws(TensorError) -> Tensor { try test(.isnan, x, otherwise: false) }
  package static func isinf(_ x: Tensor) throws(TensorError) -> Tensor { try test(.isinf, x, otherwise: false) }
  package static func isfinite(_ x: Tensor) throws(TensorError) -> Tensor { try test(.isfinite, x, otherwise: true) }
  package static func isposinf(_ x: Tensor) throws(TensorError) -> Tensor { try test(.isposinf, x, otherwise: false) }
  package static func isneginf(_ x: Tensor) throws(TensorError) -> Tensor { try test(.isneginf, x, otherwise: false) }
  package static func signbit(_ x: Tensor) throws(TensorError) -> Tensor {
    x.dtype == .bool
      ? try Tensor.filled(x.shape, .bool, .bool(false)) : try UnaryKernel.signbit.apply(x, x.dtype)
  }

  /// Integers have no NaN and no infinity.
  private static func test(_ kernel: UnaryKernel, _ x: Tensor, otherwise: Bool) throws(TensorError) -> Tensor {
    x.dtype.isFloating ? try kernel.apply(x, x.dtype) : try Tensor.filled(x.shape, .bool, .bool(otherwise))
  }

  // MARK: Fused gradients

  /// `g · (1 − y²)`, the gradient of `tanh` from its output.
  package static func tanhGradient(_ g: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
    if Autograd.isRecording(g, y) {
      return try Autograd.gradient("TanhBackwardBackward0", g, y) { (g, y) throws(TensorError) in
        try mul(g, sub(.int(1), square(y)))
      }
    }
    return try BinaryKernel.tanhGradient.apply(g, y, Promotion.result(g, y))
  }

  /// `g · y · (1 − y)`, the gradient of `sigmoid` from its output.
  package static func sigmoidGradient(_ g: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
    if Autograd.isRecording(g, y) {
      return try Autograd.gradient("SigmoidBackwardBackward0", g, y) { (g, y) throws(TensorError) in
        try mul(g, mul(sub(.int(1), y), y))
      }
    }
    return try BinaryKernel.sigmoidGradient.apply(g, y, Promotion.result(g, y))
  }

  /// `g` where `y > 0`, otherwise 0: the gradient of `relu` from its output or input.
  package static func reluGradient(_ g: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.reluGradient.apply(g, y, Promotion.result(g, y))
    if Autograd.isRecording(g, y) {
      let node = OpNode(UnaryRules.reluGradient, g, y)
      node.save(0, y.detach())
      Autograd.attach(node, out)
    }
    return out
  }
}

enum UnaryRules {
  static let roundDecimals = Rule(
    "RoundBackward1",
    unary: { (node, g) throws(TensorError) in try Tensor.filled(g.shape, g.dtype, .int(0)) })
  static let reluGradient = Rule(
    "ThresholdBackwardBackward0",
    { (node, g) throws(TensorError) in
      // The slope is constant in `y`: its derivative is zero, and there.
      (
        node.needs(0) ? try Operations.reluGradient(g, node.saved(0)) : nil,
        node.needs(1) ? try Operations.mul(g, .int(0)) : nil, nil
      )
    })
}
