import CKernels

/// The activation functions with loops of their own; raw values are the rows of the C table.
enum Activation: Int32 {
  case leakyRelu, elu, gelu, geluTanh, silu, mish, softplus, hardtanh, hardsigmoid, hardswish, hardshrink, softshrink
  case threshold

  /// f(x) outside the graph; the 16-bit types are computed in float32.
  func values(_ x: Tensor, _ a: Double, _ b: Double, _ k: Double, into output: Tensor) throws(TensorError) {
    let working: DType = x.dtype == .float64 ? .float64 : .float32
    guard x.dtype != working else {
      return try run(x, a, b, k, output)
    }
    let wide = try Tensor(empty: x.shape, working)
    try run(x.copied(to: working), a, b, k, wide)
    try Kernels.copy(wide, into: output)
  }

  private func run(_ x: Tensor, _ a: Double, _ b: Double, _ k: Double, _ output: Tensor) throws(TensorError) {
    let kernel = tnb_activation_kernel(rawValue, Int32(x.dtype.rawValue)).unsafelyUnwrapped
    let parameters = [a, b, k]
    var failure: TensorError?
    parameters.withUnsafeBytes { p in
      do throws(TensorError) { try Kernels.run(kernel, output, x, p.baseAddress, cost: 16) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension Operations {
  /// The gradient of an activation's input, from the gradient of its output and the input.
  typealias ActivationGradient = (_ g: Tensor, _ x: Tensor) throws(TensorError) -> Tensor

  /// Applies an activation and records it under `name`. `gradientName` is that of the gradient as a node; nil where the
  /// operations of its formula are shown.
  static func activate(
    _ activation: Activation, _ x: Tensor, _ a: Double = 0, _ b: Double = 0, _ k: Double = 0, name: String,
    gradientName: String?, kernelName: String, inPlace: Bool = false, _ formula: @escaping ActivationGradient
  ) throws(TensorError) -> Tensor {
    func gradient(_ g: Tensor, _ x: Tensor) throws(TensorError) -> Tensor {
      guard let gradientName else { return try formula(g, x) }
      return try Autograd.gradient(gradientName + "BackwardBackward0", g, x, formula)
    }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented(kernelName, x.dtype) }
    if inPlace {
      try Autograd.inPlace(
        name + "1", x, savingOriginal: true,
        write: { () throws(TensorError) in
          let output = try Tensor(empty: x.shape, x.dtype)
          try activation.values(x, a, b, k, into: output)
          try Kernels.copy(output, into: x)
        },
        { (c) throws(TensorError) in [try gradient(c.gradient, c.saved(0))] })
      return x
    }
    let output = try x.emptyLike(x.dtype)
    try activation.values(x, a, b, k, into: output)
    if Autograd.isRecording(x) {
      Autograd.record(name + "0", [x], output, saving: [x]) { (c) throws(TensorError) in
        [try gradient(c.gradient, c.saved(0))]
      }
    }
    return output
  }

  /// `g` where `condition` holds, otherwise zero.
  private static func keep(_ condition: Tensor, _ g: Tensor) throws(TensorError) -> Tensor {
    try choose(condition, g, .int(0))
  }

  static func reluInPlace(_ x: Tensor) throws(TensorError) {
    try Autograd.inPlace(
      "ReluBackward0", x, savesOutput: true,
      write: { () throws(TensorError) in
        let output = try withoutGrad { () throws(TensorError) in try relu(x.detach()) }
        try Kernels.copy(output, into: x)
      },
      { (c) throws(TensorError) in [try reluGradient(c.gradient, c.output())] })
  }

  package static func leakyRelu(_ x: Tensor, _ slope: Double, inPlace: Bool = false) throws(TensorError) -> Tensor {
    try activate(
      .leakyRelu, x, slope, name: "LeakyReluBackward", gradientName: "LeakyRelu", kernelName: "leaky_relu_cpu",
      inPlace: inPlace
    ) { (g, x) throws(TensorError) in try choose(compare(.gt, x, .int(0)), g, mul(g, .float(slope))) }
  }

  /// `elu`, `selu` and `celu` differ in their scales.
  package static func elu(
    _ x: Tensor, alpha: Double, scale: Double = 1, inputScale: Double = 1, name: String = "EluBackward",
    inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    try activate(
      .elu, x, alpha, scale, inputScale, name: name, gradientName: "Elu", kernelName: "elu_cpu", inPlace: inPlace
    ) { (g, x) throws(TensorError) in
      let negative = try mul(exp(mul(x, .float(inputScale))), .float(alpha * scale * inputScale))
      return try choose(compare(.gt, x, .int(0)), mul(g, .float(scale)), mul(g, negative))
    }
  }

  /// x Φ(x), exactly or by its tanh approximation.
  package static func gelu(_ x: Tensor, approximate: String) throws(TensorError) -> Tensor {
    switch approximate {
    case "none":
      return try activate(.gelu, x, name: "GeluBackward", gradientName: "Gelu", kernelName: "GeluKernelImpl") {
        (g, x) throws(TensorError) in
        let cdf = try mul(add(erf(mul(x, .float(0.5.squareRoot()))), .int(1)), .float(0.5))
        let pdf = try mul(exp(mul(square(x), .float(-0.5))), .float(0.398942280401432677939946))
        return try mul(g, add(cdf, mul(x, pdf)))
      }
    case "tanh":
      return try activate(.geluTanh, x, name: "GeluBackward", gradientName: "Gelu", kernelName: "GeluKernelImpl") {
        (g, x) throws(TensorError) in
        let beta = 0.797884560802865355879892
        let cubic = 0.044715
        let t = try tanh(mul(add(x, mul(mul(square(x), x), .float(cubic))), .float(beta)))
        let left = try mul(add(t, .int(1)), .float(0.5))
        let inner = try mul(add(mul(square(x), .float(3 * cubic)), .int(1)), .float(beta))
        let right = try mul(mul(mul(x, .float(0.5)), sub(.int(1), square(t))), inner)
        return try mul(g, add(left, right))
      }
    default: throw .runtime("approximate argument must be either none or tanh.")
    }
  }

  package static func silu(_ x: Tensor, inPlace: Bool = false) throws(TensorError) -> Tensor {
    try activate(.silu, x, name: "SiluBackward", gradientName: nil, kernelName: "silu_cpu", inPlace: inPlace) {
      (g, x) throws(TensorError) in
      let s = try sigmoid(x)
      return try mul(g, mul(s, add(mul(x, sub(.int(1), s)), .int(1))))
    }
  }

  package static func mish(_ x: Tensor, inPlace: Bool = false) throws(TensorError) -> Tensor {
    try activate(.mish, x, name: "MishBackward", gradientName: nil, kernelName: "mish_cpu", inPlace: inPlace) {
      (g, x) throws(TensorError) in
      let t = try tanh(softplus(x, 1, 20))
      let s = try sigmoid(x)
      return try mul(g, add(t, mul(mul(x, s), sub(.int(1), square(t)))))
    }
  }

  package static func softplus(_ x: Tensor, _ beta: Double = 1, _ threshold: Double = 20) throws(TensorError) -> Tensor
  {
    try activate(
      .softplus, x, beta, threshold, name: "SoftplusBackward", gradientName: "Softplus", kernelName: "softplus_cpu"
    ) {
      (g, x) throws(TensorError) in
      let scaled = try mul(x, .float(beta))
      return try choose(compare(.gt, scaled, .float(threshold)), g, mul(g, sigmoid(scaled)))
    }
  }

  package static func hardtanh(
    _ x: Tensor, _ low: Double = -1, _ high: Double = 1, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    if low > high { throw .value("min_val cannot be greater than max_val") }
    if x.dtype == .bool { throw .runtime("Bool inputs not supported for hardtanh") }
    if !x.dtype.isFloating {
      guard let least = Int(exactly: low), let most = Int(exactly: high) else {
        throw .runtime("value cannot be converted to type int64_t without overflow")
      }
      if x.dtype == .uint8 && low < 0 { throw .runtime("cannot do hardtanh on an unsigned type with negative limits") }
      let limited = try clamp(x, min: .int(least), max: .int(most))
      if inPlace { try copyInPlace(x, limited) }
      return inPlace ? x : limited
    }
    return try activate(
      .hardtanh, x, low, high, name: "HardtanhBackward", gradientName: "Hardtanh", kernelName: "hardtanh_cpu",
      inPlace: inPlace
    ) { (g, x) throws(TensorError) in
      try keep(logicalAnd(compare(.gt, x, .float(low)), compare(.lt, x, .float(high))), g)
    }
  }

  package static func hardsigmoid(_ x: Tensor, inPlace: Bool = false) throws(TensorError) -> Tensor {
    try activate(
      .hardsigmoid, x, name: "HardsigmoidBackward", gradientName: nil, kernelName: "hardsigmoid_cpu", inPlace: inPlace
    ) { (g, x) throws(TensorError) in
      let gradient = try withoutGrad { () throws(TensorError) in
        try keep(logicalAnd(compare(.gt, x, .int(-3)), compare(.lt, x, .int(3))), div(g.detach(), .int(6)))
      }
      if Autograd.isRecording(g, x) { Autograd.attach(UnderivedNode("hardsigmoid_backward", [g, x]), gradient) }
      return gradient
    }
  }

  package static func hardswish(_ x: Tensor, inPlace: Bool = false) throws(TensorError) -> Tensor {
    try activate(
      .hardswish, x, name: "HardswishBackward", gradientName: "Hardswish", kernelName: "hardswish_cpu", inPlace: inPlace
    ) { (g, x) throws(TensorError) in
      let middle = try mul(g, add(div(x, .int(3)), .float(0.5)))
      return try choose(
        compare(.le, x, .int(-3)), mul(g, .int(0)), choose(compare(.lt, x, .int(3)), middle, g))
    }
  }

  package static func hardshrink(_ x: Tensor, _ lambda: Double = 0.5) throws(TensorError) -> Tensor {
    try activate(
      .hardshrink, x, lambda, name: "HardshrinkBackward", gradientName: "Hardshrink", kernelName: "hardshrink_cpu"
    ) {
      (g, x) throws(TensorError) in try keep(compare(.gt, abs(x), .float(lambda)), g)
    }
  }

  package static func softshrink(_ x: Tensor, _ lambda: Double = 0.5) throws(TensorError) -> Tensor {
    if lambda < 0 {
      throw .runtime("lambda must be greater or equal to 0, but found to be \(NumberText.general(lambda)).")
    }
    return try activate(
      .softshrink, x, lambda, name: "SoftshrinkBackward", gradientName: "Softshrink", kernelName: "softshrink_cpu"
    ) {
      (g, x) throws(TensorError) in try keep(compare(.gt, abs(x), .float(lambda)), g)
    }
  }

  package static func threshold(
    _ x: Tensor, _ limit: Double, _ value: Double, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    if !x.dtype.isFloating && x.dtype != .bool, let limit = Int(exactly: limit), let value = Int(exactly: value) {
      let chosen = try choose(compare(.le, x, .int(limit)), Tensor.scalar(.int(value), x.dtype), x)
      if inPlace { try copyInPlace(x, chosen) }
      return inPlace ? x : chosen
    }
    return try activate(
      .threshold, x, limit, value, name: "ThresholdBackward", gradientName: "Threshold", kernelName: "threshold_cpu",
      inPlace: inPlace
    ) {
      (g, x) throws(TensorError) in try keep(compare(.gt, x, .float(limit)), g)
    }
  }

  package static func softsign(_ x: Tensor) throws(TensorError) -> Tensor { try div(x, add(abs(x), .int(1))) }
  package static func tanhshrink(_ x: Tensor) throws(TensorError) -> Tensor { try sub(x, tanh(x)) }

  /// The first half of a dimension times the sigmoid of the second.
  package static func glu(_ x: Tensor, _ dim: Int = -1) throws(TensorError) -> Tensor {
    if x.ndim == 0 { throw .runtime("glu does not support 0-dimensional tensors") }
    let d = try Dimension.wrap(dim, x.ndim)
    let size = x.shape[d]
    if size % 2 != 0 { throw .runtime("Halving dimension must be even, but dimension \(d) is size \(size)") }
    let half = size / 2
    let output = try withoutGrad { () throws(TensorError) in
      try mul(part(x, d, 0, half), sigmoid(part(x, d, half, half)))
    }
    if Autograd.isRecording(x) {
      Autograd.record("GluBackward0", [x], output, saving: [x]) { (c) throws(TensorError) in
        let x = try c.saved(0)
        let a = try narrow(x, d, 0, half)
        let s = try sigmoid(narrow(x, d, half, half))
        let g = c.gradient
        return [try cat([mul(g, s), mul(mul(g, a), mul(s, sub(.int(1), s)))], d)]
      }
    }
    return output
  }

  /// Negative elements times a learnt slope: one for all, or one for each channel (dimension 1).
  package static func prelu(_ x: Tensor, _ weight: Tensor) throws(TensorError) -> Tensor {
    if weight.dtype != x.dtype {
      throw .runtime(
        "prelu: Type promoting not supported. Got \(x.dtype.lowerName) and \(weight.dtype.lowerName)")
    }
    if weight.ndim > 1 {
      throw .runtime("prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = \(weight.ndim)")
    }
    var slopes = weight
    if weight.count != 1 {
      if x.ndim == 0 { throw .runtime("Not allow zero-dim input tensor.") }
      let channels = x.ndim > 1 ? x.shape[1] : 1
      if channels != weight.count {
        throw .runtime(
          "Mismatch of parameter numbers and input channel size. Found parameter numbers = \(weight.count) and channel size = \(channels)."
        )
      }
    }
    if x.ndim != slopes.ndim || weight.count != 1 {
      var shape = [Int](repeating: 1, count: x.ndim)
      if x.ndim > 1 { shape[1] = weight.count } else if x.ndim == 1 { shape[0] = weight.count }
      slopes = try reshape(weight, shape)
    }
    let output = try withoutGrad { () throws(TensorError) in
      try choose(compare(.gt, x.detach(), .int(0)), x.detach(), mul(x.detach(), slopes.detach()))
    }
    if Autograd.isRecording(x, slopes) {
      Autograd.record("PreluKernelBackward0", [x, slopes], output, saving: [x, slopes]) { (c) throws(TensorError) in
        try Autograd.gradients("PreluKernelBackwardBackward0", of: [c.gradient, c.saved(0), c.saved(1)]) {
          (t) throws(TensorError) in
          let (g, x, w) = (t[0], t[1], t[2])
          let positive = try compare(.gt, x, .int(0))
          return [
            c.needs(0) ? try choose(positive, g, mul(g, w)) : nil,
            c.needs(1) ? try choose(positive, mul(g, .int(0)), mul(g, x)) : nil,
          ]
        }
      }
    }
    return output
  }
}
