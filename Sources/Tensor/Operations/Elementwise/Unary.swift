/// What a unary derivative reads.
enum Saving { case nothing, input, output }

/// One unary operation: its loop, its derivative, what that reads, and which types it gives.
struct UnaryOperation {
  enum Result {
    /// Integers become the default float.
    case floating
    /// The input's type.
    case same
    /// The input's type; integers are returned as they are.
    case rounding
  }

  let kernel: UnaryKernel
  let rule: Rule
  let saving: Saving
  let result: Result

  init(
    _ kernel: UnaryKernel, _ name: String, saving: Saving, result: Result = .floating,
    _ derivative: @escaping (OpNode, Tensor) throws(TensorError) -> Tensor?
  ) {
    self.kernel = kernel
    rule = Rule(name, unary: derivative)
    self.saving = saving
    self.result = result
  }

  func callAsFunction(_ x: Tensor) throws(TensorError) -> Tensor {
    let out: Tensor
    switch result {
    case .floating: out = try kernel.apply(x, Promotion.floating(x.dtype))
    case .same: out = try kernel.apply(x, x.dtype)
    case .rounding:
      if x.dtype == .bool { throw TensorError(.notImplemented, "\"\(kernel)_vml_cpu\" not implemented for 'Bool'") }
      out = try x.dtype.isFloating ? kernel.apply(x, x.dtype) : x.copied()
    }
    if Autograd.isRecording(x) {
      let node = OpNode(rule, x)
      if saving == .input { node.save(0, x) }
      Autograd.attach(node, out)
      if saving == .output { node.saveOutput(0, out) }
    }
    return out
  }

  /// The in-place twin.
  func inPlace(_ x: Tensor) throws(TensorError) {
    let type = result == .floating ? Promotion.floating(x.dtype) : x.dtype
    try Operations.prepareInPlace(x, type, x.shape)
    if result == .rounding && !x.dtype.isFloating { return }
    var node: OpNode?
    if x.dtype.isFloating && Autograd.isRecording(x) {
      let made = OpNode(rule, x)
      if saving == .input { made.save(0, try Operations.clone(x)) }
      node = made
    }
    _ = try kernel.apply(x, type, into: x)
    Operations.finishInPlace(x, node)
    if let node, saving == .output { node.saveOutput(0, x) }
  }
}

/// The unary operations with loops of their own. Formulas as in PyTorch's derivatives.yaml.
enum Unary {
  typealias O = Operations

  static let neg = UnaryOperation(.neg, "NegBackward0", saving: .nothing, result: .same) {
    (n, g) throws(TensorError) in try O.neg(g)
  }
  static let abs = UnaryOperation(.abs, "AbsBackward0", saving: .input, result: .same) {
    (n, g) throws(TensorError) in try O.mul(g, O.sign(n.saved(0)))
  }
  static let sign = UnaryOperation(.sign, "SignBackward0", saving: .nothing, result: .same, zero)
  static let sgn = UnaryOperation(.sign, "SgnBackward0", saving: .nothing, result: .same, zero)
  static let square = UnaryOperation(.square, "PowBackward0", saving: .input, result: .same) {
    (n, g) throws(TensorError) in try PowerRules.slope(g, n.saved(0), .float(2))
  }
  static let relu = UnaryOperation(.relu, "ReluBackward0", saving: .output, result: .same) {
    (n, g) throws(TensorError) in try O.reluGradient(g, n.saved(0))
  }
  static let floor = UnaryOperation(.floor, "FloorBackward0", saving: .nothing, result: .rounding, zero)
  static let ceil = UnaryOperation(.ceil, "CeilBackward0", saving: .nothing, result: .rounding, zero)
  static let round = UnaryOperation(.round, "RoundBackward0", saving: .nothing, result: .rounding, zero)
  static let trunc = UnaryOperation(.trunc, "TruncBackward0", saving: .nothing, result: .rounding, zero)
  static let frac = UnaryOperation(.frac, "FracBackward0", saving: .nothing, result: .same) {
    (n, g) throws(TensorError) in g
  }
  static let reciprocal = UnaryOperation(.reciprocal, "ReciprocalBackward0", saving: .output) {
    (n, g) throws(TensorError) in
    let y = try n.saved(0)
    return try O.mul(O.neg(g), O.mul(y, y))
  }
  static let sqrt = UnaryOperation(.sqrt, "SqrtBackward0", saving: .output) {
    (n, g) throws(TensorError) in try O.div(g, O.mul(n.saved(0), .int(2)))
  }
  static let rsqrt = UnaryOperation(.rsqrt, "RsqrtBackward0", saving: .output) {
    (n, g) throws(TensorError) in try O.mul(O.mul(g, .float(-0.5)), O.pow(n.saved(0), .int(3)))
  }
  static let exp = UnaryOperation(.exp, "ExpBackward0", saving: .output) {
    (n, g) throws(TensorError) in try O.mul(g, n.saved(0))
  }
  static let exp2 = UnaryOperation(.exp2, "Exp2Backward0", saving: .output) {
    (n, g) throws(TensorError) in try O.mul(O.mul(g, n.saved(0)), .float(ln2))
  }
  static let expm1 = UnaryOperation(.expm1, "Expm1Backward0", saving: .output) {
    (n, g) throws(TensorError) in try O.mul(g, O.add(n.saved(0), .int(1)))
  }
  static let log = UnaryOperation(.log, "LogBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.div(g, n.saved(0))
  }
  static let log2 = UnaryOperation(.log2, "Log2Backward0", saving: .input) {
    (n, g) throws(TensorError) in try O.div(g, O.mul(n.saved(0), .float(ln2)))
  }
  static let log10 = UnaryOperation(.log10, "Log10Backward0", saving: .input) {
    (n, g) throws(TensorError) in try O.div(g, O.mul(n.saved(0), .float(2.3025850929940456)))
  }
  static let log1p = UnaryOperation(.log1p, "Log1PBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.div(g, O.add(n.saved(0), .int(1)))
  }
  static let sin = UnaryOperation(.sin, "SinBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.cos(n.saved(0)))
  }
  static let cos = UnaryOperation(.cos, "CosBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.neg(O.sin(n.saved(0))))
  }
  static let tan = UnaryOperation(.tan, "TanBackward0", saving: .output) {
    (n, g) throws(TensorError) in try O.mul(g, O.add(O.square(n.saved(0)), .int(1)))
  }
  static let asin = UnaryOperation(.asin, "AsinBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.rsqrt(oneMinusSquare(n.saved(0))))
  }
  static let acos = UnaryOperation(.acos, "AcosBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.neg(O.rsqrt(oneMinusSquare(n.saved(0)))))
  }
  static let atan = UnaryOperation(.atan, "AtanBackward0", saving: .input) {
    (n, g) throws(TensorError) in
    let x = try n.saved(0)
    return try O.div(g, O.add(O.mul(x, x), .int(1)))
  }
  static let sinh = UnaryOperation(.sinh, "SinhBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.cosh(n.saved(0)))
  }
  static let cosh = UnaryOperation(.cosh, "CoshBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.sinh(n.saved(0)))
  }
  static let tanh = UnaryOperation(.tanh, "TanhBackward0", saving: .output) {
    (n, g) throws(TensorError) in try O.tanhGradient(g, n.saved(0))
  }
  static let asinh = UnaryOperation(.asinh, "AsinhBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.rsqrt(O.add(O.square(n.saved(0)), .int(1))))
  }
  static let acosh = UnaryOperation(.acosh, "AcoshBackward0", saving: .input) {
    (n, g) throws(TensorError) in
    let x = try n.saved(0)
    return try O.mul(g, O.mul(O.rsqrt(O.sub(x, .int(1))), O.rsqrt(O.add(x, .int(1)))))
  }
  static let atanh = UnaryOperation(.atanh, "AtanhBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.div(g, O.sub(.int(1), O.square(n.saved(0))))
  }
  static let sigmoid = UnaryOperation(.sigmoid, "SigmoidBackward0", saving: .output) {
    (n, g) throws(TensorError) in try O.sigmoidGradient(g, n.saved(0))
  }
  static let erf = UnaryOperation(.erf, "ErfBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(O.mul(g, .float(1.1283791670955126)), gaussian(n.saved(0)))
  }
  static let erfc = UnaryOperation(.erfc, "ErfcBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(O.mul(g, .float(-1.1283791670955126)), gaussian(n.saved(0)))
  }
  static let erfinv = UnaryOperation(.erfinv, "ErfinvBackward0", saving: .output) {
    (n, g) throws(TensorError) in
    try O.mul(O.mul(g, .float(0.886226925452758)), O.exp(O.square(n.saved(0))))
  }
  static let lgamma = UnaryOperation(.lgamma, "LgammaBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.digamma(n.saved(0)))
  }
  static let digamma = UnaryOperation(.digamma, "DigammaBackward0", saving: .input) {
    (n, g) throws(TensorError) in try O.mul(g, O.polygamma(1, n.saved(0)))
  }
  static let sinc = UnaryOperation(.sinc, "SincBackward0", saving: .input) {
    (n, g) throws(TensorError) in
    // (cos(πx)·πx − sin(πx)) / (πx²), and 0 at 0.
    let x = try n.saved(0)
    let px = try O.mul(x, .float(Double.pi))
    let slope = try O.div(O.sub(O.mul(O.cos(px), px), O.sin(px)), O.mul(px, x))
    return try O.choose(O.compare(.eq, x, .int(0)), .int(0), O.mul(g, slope))
  }
  static let deg2rad = UnaryOperation(.deg2rad, "Deg2RadBackward0", saving: .nothing) {
    (n, g) throws(TensorError) in try O.deg2rad(g)
  }
  static let rad2deg = UnaryOperation(.rad2deg, "Rad2DegBackward0", saving: .nothing) {
    (n, g) throws(TensorError) in try O.rad2deg(g)
  }
  static let logSigmoid = UnaryOperation(.logSigmoid, "LogSigmoidBackward0", saving: .input) {
    (n, g) throws(TensorError) in
    try Autograd.gradient("LogSigmoidBackwardBackward0", g, n.saved(0)) { (g, x) throws(TensorError) in
      try O.mul(g, O.sigmoid(O.neg(x)))
    }
  }

  static let ln2 = 0.6931471805599453

  private static func zero(_ n: OpNode, _ g: Tensor) throws(TensorError) -> Tensor? {
    try Tensor.filled(g.shape, g.dtype, .int(0))
  }

  private static func oneMinusSquare(_ x: Tensor) throws(TensorError) -> Tensor {
    try O.add(O.mul(O.neg(x), x), .int(1))
  }

  private static func gaussian(_ x: Tensor) throws(TensorError) -> Tensor { try O.exp(O.neg(O.square(x))) }
}

extension Double {
  /// The natural logarithm, through the C library.
  static func naturalLog(_ x: Double) -> Double { tnbLog(x) }
}
