extension Operations {
  /// The angle of the point `(b, a)`.
  package static func atan2(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try recordBoth(
      BinaryKernel.atan2.apply(a, b, Promotion.floating(Promotion.result(a, b))), TwoArgumentRules.atan2, a, b)
  }

  /// `√(a² + b²)`.
  package static func hypot(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.hypot.apply(a, b, Promotion.result(a, b))
    if out.dtype.isFloating && Autograd.isRecording(a, b) {
      let node = OpNode(TwoArgumentRules.hypot, a, b)
      node.save(0, a)
      node.save(1, b)
      Autograd.attach(node, out)
      node.saveOutput(2, out)
    }
    return out
  }

  /// `log(eᵃ + eᵇ)`.
  package static func logaddexp(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try recordBoth(BinaryKernel.logaddexp.apply(a, b, Promotion.result(a, b)), TwoArgumentRules.logaddexp, a, b)
  }

  /// `log₂(2ᵃ + 2ᵇ)`.
  package static func logaddexp2(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try recordBoth(BinaryKernel.logaddexp2.apply(a, b, Promotion.result(a, b)), TwoArgumentRules.logaddexp2, a, b)
  }

  /// The size of `a` with the sign of `b`.
  package static func copysign(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try recordBoth(
      BinaryKernel.copysign.apply(a, b, Promotion.floating(Promotion.result(a, b))), TwoArgumentRules.copysign, a, b)
  }

  package static func copysign(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.copysign.apply(a, b, Promotion.floating(Promotion.result(a, b)))
    if Autograd.isRecording(a) {
      let node = OpNode(TwoArgumentRules.copysignNumber, a)
      node.save(0, a)
      node.scalar0 = b
      Autograd.attach(node, out)
    }
    return out
  }

  /// `a · log b`, zero where `a` is zero.
  package static func xlogy(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try recordBoth(
      BinaryKernel.xlogy.apply(a, b, Promotion.floating(Promotion.result(a, b))), TwoArgumentRules.xlogy, a, b)
  }

  package static func xlogy(_ a: Tensor, _ b: Scalar) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.xlogy.apply(a, b, Promotion.floating(Promotion.result(a, b)))
    if Autograd.isRecording(a) {
      let node = OpNode(TwoArgumentRules.xlogyRight, a)
      node.save(0, a)
      node.scalar0 = b
      Autograd.attach(node, out)
    }
    return out
  }

  package static func xlogy(_ a: Scalar, _ b: Tensor) throws(TensorError) -> Tensor {
    let out = try BinaryKernel.xlogy.apply(a, b, Promotion.floating(Promotion.result(b, a)))
    if Autograd.isRecording(b) {
      let node = OpNode(TwoArgumentRules.xlogyLeft, b)
      node.save(0, b)
      node.scalar0 = a
      Autograd.attach(node, out)
    }
    return out
  }

  /// 0 below zero, 1 above, `values` at zero.
  package static func heaviside(_ x: Tensor, _ values: Tensor) throws(TensorError) -> Tensor {
    if x.dtype != values.dtype {
      throw .runtime("heaviside is not yet implemented for tensors with different dtypes.")
    }
    let out = try BinaryKernel.heaviside.apply(x, values, x.dtype)
    if out.dtype.isFloating && Autograd.isRecording(x, values) {
      Autograd.attach(UnderivedNode("heaviside", [x, values]), out)
    }
    return out
  }

  /// The next representable number after `a` towards `b`.
  package static func nextafter(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.nextafter.apply(a, b, Promotion.result(a, b))
  }

  package static func gcd(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.gcd.apply(a, b, Promotion.result(a, b))
  }

  package static func lcm(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
    try BinaryKernel.lcm.apply(a, b, Promotion.result(a, b))
  }

  /// `log(x / (1 − x))`; with `eps`, `x` is first limited to `[eps, 1 − eps]`.
  package static func logit(_ x: Tensor, eps: Double? = nil) throws(TensorError) -> Tensor {
    let x = try cast(x, Promotion.floating(x.dtype))
    let d = x.detach()
    let limited = try eps.map { (e) throws(TensorError) in try clamp(d, min: .float(e), max: .float(1 - e)) } ?? d
    let out = try log(div(limited, sub(.int(1), limited)))
    if Autograd.isRecording(x) {
      Autograd.record("LogitBackward0", [x], out, saving: [x]) { (c) throws(TensorError) in
        let x = try c.saved(0)
        let slope = try div(c.gradient, mul(x, sub(.int(1), x)))
        let low = eps ?? 0
        let high = eps.map { 1 - $0 } ?? 1
        let inside = try logicalAnd(compare(.ge, x.detach(), .float(low)), compare(.le, x.detach(), .float(high)))
        return [try choose(inside, slope, eps == nil ? .float(.nan) : .int(0))]
      }
    }
    return out
  }

  /// `x · 2ᵉ`.
  package static func ldexp(_ x: Tensor, _ exponent: Tensor) throws(TensorError) -> Tensor {
    try mul(x, pow(.float(2), exponent))
  }

  // MARK: Comparing whole tensors

  /// Whether `|a − b| ≤ atol + rtol · |b|`, elementwise.
  package static func isclose(
    _ a: Tensor, _ b: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
  ) throws(TensorError) -> Tensor {
    if a.dtype != b.dtype {
      throw .runtime("\(a.dtype.scalarTypeName) did not match \(b.dtype.scalarTypeName)")
    }
    let x = a.detach()
    let y = b.detach()
    var close = try compare(.eq, x, y)
    if a.dtype.isFloating && equalNaN { close = try logicalOr(close, logicalAnd(isnan(x), isnan(y))) }
    if rtol == 0 && atol == 0 { return close }
    let (p, q) = x.dtype == .bool ? (try x.copied(to: .uint8), try y.copied(to: .uint8)) : (x, y)
    let allowed = try add(abs(mul(cast(q, Promotion.floating(q.dtype)), .float(rtol))), .float(atol))
    let error = try abs(sub(cast(p, allowed.dtype), cast(q, allowed.dtype)))
    return try logicalOr(close, logicalAnd(isfinite(error), compare(.le, error, allowed)))
  }

  package static func allclose(
    _ a: Tensor, _ b: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
  ) throws(TensorError) -> Bool {
    try all(isclose(a, b, rtol: rtol, atol: atol, equalNaN: equalNaN)).item() == .bool(true)
  }

  /// Whether shapes and all elements are equal.
  package static func equal(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Bool {
    if a.shape != b.shape { return false }
    return try all(compare(.eq, a.detach(), b.detach())).item() == .bool(true)
  }
}

enum TwoArgumentRules {
  typealias O = Operations

  static let atan2 = Rule("Atan2Backward0") { (node, g) throws(TensorError) in
    let (a, b) = (try node.saved(0), try node.saved(1))
    let square = try O.add(O.mul(a, a), O.mul(b, b))
    // At the origin PyTorch gives zero.
    let factor = try O.choose(O.compare(.eq, square, .int(0)), .int(0), O.reciprocal(square))
    return (
      node.needs(0) ? try O.mul(g, O.mul(b, factor)) : nil,
      node.needs(1) ? try O.mul(g, O.mul(O.neg(a), factor)) : nil, nil
    )
  }
  static let hypot = Rule("HypotBackward0") { (node, g) throws(TensorError) in
    let y = try node.saved(2)
    return (
      node.needs(0) ? try O.div(O.mul(g, node.saved(0)), y) : nil,
      node.needs(1) ? try O.div(O.mul(g, node.saved(1)), y) : nil, nil
    )
  }
  static let logaddexp = Rule("LogaddexpBackward0") { (node, g) throws(TensorError) in
    let (a, b) = (try node.saved(0), try node.saved(1))
    return (
      node.needs(0) ? try O.div(g, O.add(O.exp(O.sub(b, a)), .int(1))) : nil,
      node.needs(1) ? try O.div(g, O.add(O.exp(O.sub(a, b)), .int(1))) : nil, nil
    )
  }
  static let logaddexp2 = Rule("Logaddexp2Backward0") { (node, g) throws(TensorError) in
    let (a, b) = (try node.saved(0), try node.saved(1))
    return (
      node.needs(0) ? try O.div(g, O.add(O.pow(.int(2), O.sub(b, a)), .int(1))) : nil,
      node.needs(1) ? try O.div(g, O.add(O.pow(.int(2), O.sub(a, b)), .int(1))) : nil, nil
    )
  }
  static let copysign = Rule("CopysignBackward0") { (node, g) throws(TensorError) in
    let (a, b) = (try node.saved(0).detach(), try node.saved(1).detach())
    // The slope is ±1 as the sign was kept or turned, and 0 at 0.
    let ratio = try O.mul(O.sign(a), O.sign(O.copysign(Tensor.scalar(.int(1), b.dtype), b)))
    return (
      node.needs(0) ? try O.mul(g, ratio) : nil,
      node.needs(1) ? try Tensor.filled(g.shape, g.dtype, .int(0)) : nil, nil
    )
  }
  static let copysignNumber = Rule(
    "CopysignBackward1",
    unary: { (node, g) throws(TensorError) in
      let a = try node.saved(0).detach()
      let sign: Double = node.scalar0.double.sign == .minus ? -1 : 1
      return try O.mul(g, O.mul(O.sign(a), .float(sign)))
    })
  static let xlogy = Rule("XlogyBackward0") { (node, g) throws(TensorError) in
    let (a, b) = (try node.saved(0), try node.saved(1))
    return (
      node.needs(0)
        ? try O.mul(
          g,
          O.choose(
            O.logicalAnd(O.compare(.eq, a.detach(), .int(0)), O.compare(.le, b.detach(), .int(0))), .int(0), O.log(b)))
        : nil,
      node.needs(1) ? try O.div(O.mul(g, a), b) : nil, nil
    )
  }
  static let xlogyRight = Rule(
    "XlogyBackward2",
    unary: { (node, g) throws(TensorError) in
      let b = node.scalar0.double
      if b > 0 { return try O.mul(g, .float(Double.naturalLog(b))) }
      return try O.mul(
        g,
        O.choose(
          O.compare(.eq, node.saved(0).detach(), .int(0)), .int(0), Tensor.scalar(.float(Double.naturalLog(b)), g.dtype)
        ))
    })
  static let xlogyLeft = Rule(
    "XlogyBackward1",
    unary: { (node, g) throws(TensorError) in try O.div(O.mul(g, node.scalar0), node.saved(0)) })
}
