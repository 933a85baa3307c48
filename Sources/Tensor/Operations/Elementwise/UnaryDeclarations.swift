extension OperationTable {
  private typealias O = Operations
  private typealias Function = (Tensor) throws(TensorError) -> Tensor

  /// Functions of one tensor, elementwise, and their in-place twins.
  static func unaryDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.reserveCapacity(160)
    addExponentials(&list)
    addTrigonometry(&list)
    addRounding(&list)
    addSpecial(&list)
    addTests(&list)
    return list
  }

  /// Declares a function, its aliases, and the in-place twins of all.
  private static func unary(
    _ list: inout [OperationDeclaration], _ names: [String], _ operation: UnaryOperation, _ doc: String,
    _ example: String, in domain: ClosedRange<Double> = -2...2, special: [String] = [], checked: Bool = true
  ) {
    unary(
      &list, names, doc, example, in: domain, special: special, checked: checked,
      { (x) throws(TensorError) in try operation(x) }, { (x) throws(TensorError) in try operation.inPlace(x) })
  }

  private static func unary(
    _ list: inout [OperationDeclaration], _ names: [String], _ doc: String, _ example: String,
    in domain: ClosedRange<Double> = -2...2, special: [String] = [], checked: Bool = true,
    _ call: @escaping (Tensor) throws(TensorError) -> Tensor,
    _ inPlace: ((Tensor) throws(TensorError) -> Void)?
  ) {
    let overload = Overload("(Tensor input)") { (a) throws(TensorError) in .tensor(try call(a.tensor(0))) }
    for (i, name) in names.enumerated() {
      let declaration = OperationDeclaration(
        name, [overload], faces: .both, doc: i == 0 ? doc : "The same as `\(names[0])`.",
        example: i == 0 ? example : "",
        gradientCheck: i == 0 && checked ? checkUnary([2, 3], in: domain, call) : nil)
      declaration.unary = call
      list.append(declaration)
      guard let inPlace else { continue }
      list.append(
        OperationDeclaration(
          name + "_",
          [
            Overload("(Tensor input)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              try inPlace(x)
              return .tensor(x)
            }
          ], faces: .method, doc: "In place: `\(names[0])`."))
    }
    for name in special {
      list.append(
        OperationDeclaration(name, [overload], faces: .special, doc: "The same as `torch.\(names[0])`."))
    }
  }

  private static func addExponentials(_ list: inout [OperationDeclaration]) {
    unary(&list, ["exp"], Unary.exp, "eˣ.", "exp(tensor([0., 1., 2.]))")
    unary(&list, ["exp2"], Unary.exp2, "2ˣ.", "exp2(tensor([0., 1., 3.]))", special: ["exp2"])
    unary(&list, ["expm1"], Unary.expm1, "eˣ − 1, exact near 0.", "expm1(tensor([0., 1e-5]))", special: ["expm1"])
    unary(&list, ["log"], Unary.log, "The natural logarithm.", "log(tensor([1., 2.718281828]))", in: 0.2...3)
    unary(&list, ["log2"], Unary.log2, "The logarithm to base 2.", "log2(tensor([1., 8.]))", in: 0.2...3)
    unary(&list, ["log10"], Unary.log10, "The logarithm to base 10.", "log10(tensor([1., 1000.]))", in: 0.2...3)
    unary(
      &list, ["log1p"], Unary.log1p, "log(1 + x), exact near 0.", "log1p(tensor([0., 1e-5]))", in: -0.6...2,
      special: ["log1p"])
    unary(&list, ["sqrt"], Unary.sqrt, "The square root; NaN below 0.", "sqrt(tensor([0., 4., 2.]))", in: 0.2...3)
    unary(&list, ["rsqrt"], Unary.rsqrt, "1 / √x.", "rsqrt(tensor([4., 16.]))", in: 0.2...3)
    unary(
      &list, ["reciprocal"], Unary.reciprocal, "1 / x.", "reciprocal(tensor([2., 4.]))", in: 0.3...3)
    unary(
      &list, ["square"], "x².", "square(tensor([-3., 2.]))",
      { (x) throws(TensorError) in try O.pow(x, .int(2)) },
      { (x) throws(TensorError) in try O.powInPlace(x, .int(2)) })
    unary(&list, ["neg", "negative"], "−x.", "neg(tensor([1., -2.]))", O.neg, O.negInPlace)
    unary(
      &list, ["positive"], "x itself; bools have none.", "positive(tensor([1., -2.]))", checked: false,
      { (x) throws(TensorError) in
        if x.dtype == .bool { throw .runtime("The `+` operator, on a bool tensor is not supported.") }
        return x
      }, nil)
    unary(&list, ["abs", "absolute"], Unary.abs, "The absolute value.", "torch.abs(tensor([-1., 2.]))", in: 0.1...2)
    unary(
      &list, ["sign"], "−1, 0 or 1.", "sign(tensor([-3., 0., 2.]))", in: 0.1...2, O.sign,
      { (x) throws(TensorError) in try Unary.sign.inPlace(x) })
    unary(
      &list, ["sgn"], "−1, 0 or 1.", "sgn(tensor([-3., 0., 2.]))", in: 0.1...2,
      { (x) throws(TensorError) in x.dtype == .bool ? try x.copied() : try Unary.sgn(x) },
      { (x) throws(TensorError) in if x.dtype != .bool { try Unary.sgn.inPlace(x) } })
    unary(
      &list, ["relu"], "x where positive, otherwise 0.", "relu(tensor([-1., 2.]))", in: 0.1...2, O.relu,
      { (x) throws(TensorError) in
        if x.dtype == .bool { throw .runtime("Boolean inputs not supported for relu") }
        try Unary.relu.inPlace(x)
      })
    unary(
      &list, ["sigmoid"], Unary.sigmoid, "1 / (1 + e⁻ˣ).", "sigmoid(tensor([0., 2.]))", special: ["expit"])
  }

  private static func addTrigonometry(_ list: inout [OperationDeclaration]) {
    unary(&list, ["sin"], Unary.sin, "The sine of an angle in radians.", "sin(tensor([0., 1.]))")
    unary(&list, ["cos"], Unary.cos, "The cosine of an angle in radians.", "cos(tensor([0., 1.]))")
    unary(&list, ["tan"], Unary.tan, "The tangent of an angle in radians.", "tan(tensor([0., 1.]))", in: -1...1)
    unary(&list, ["asin", "arcsin"], Unary.asin, "The angle with this sine.", "asin(tensor([0., 1.]))", in: -0.8...0.8)
    unary(
      &list, ["acos", "arccos"], Unary.acos, "The angle with this cosine.", "acos(tensor([0., 1.]))", in: -0.8...0.8)
    unary(&list, ["atan", "arctan"], Unary.atan, "The angle with this tangent.", "atan(tensor([0., 1.]))")
    unary(&list, ["sinh"], Unary.sinh, "The hyperbolic sine.", "sinh(tensor([0., 1.]))")
    unary(&list, ["cosh"], Unary.cosh, "The hyperbolic cosine.", "cosh(tensor([0., 1.]))")
    unary(&list, ["tanh"], Unary.tanh, "The hyperbolic tangent.", "tanh(tensor([0., 1.]))")
    unary(&list, ["asinh", "arcsinh"], Unary.asinh, "The inverse of `sinh`.", "asinh(tensor([0., 1.]))")
    unary(&list, ["acosh", "arccosh"], Unary.acosh, "The inverse of `cosh`.", "acosh(tensor([1., 2.]))", in: 1.3...3)
    unary(
      &list, ["atanh", "arctanh"], Unary.atanh, "The inverse of `tanh`.", "atanh(tensor([0., 0.5]))", in: -0.8...0.8)
    unary(&list, ["deg2rad"], Unary.deg2rad, "Degrees to radians.", "deg2rad(tensor([180.]))")
    unary(&list, ["rad2deg"], Unary.rad2deg, "Radians to degrees.", "rad2deg(tensor([3.1416]))")
    unary(
      &list, ["sinc"], Unary.sinc, "sin(πx) / (πx), 1 at 0.", "sinc(tensor([0., 0.5]))", in: 0.2...1.5,
      special: ["sinc"])
  }

  private static func addRounding(_ list: inout [OperationDeclaration]) {
    unary(&list, ["floor"], Unary.floor, "Rounded down.", "floor(tensor([1.7, -1.2]))", checked: false)
    unary(&list, ["ceil"], Unary.ceil, "Rounded up.", "ceil(tensor([1.2, -1.7]))", checked: false)
    unary(&list, ["trunc", "fix"], Unary.trunc, "Rounded towards zero.", "trunc(tensor([1.7, -1.7]))", checked: false)
    unary(&list, ["frac"], Unary.frac, "What `trunc` cuts off.", "frac(tensor([1.5, -1.25]))", in: 0.1...0.9)
    let round = OperationDeclaration(
      "round",
      [
        Overload("(Tensor input)") { (a) throws(TensorError) in .tensor(try O.round(a.tensor(0), decimals: 0)) },
        Overload("(Tensor input, *, int decimals)") { (a) throws(TensorError) in
          .tensor(try O.round(a.tensor(0), decimals: a.int(1, default: 0)))
        },
      ], faces: .both, doc: "Rounded to the nearest whole number (halves to even), or to `decimals` digits.",
      example: "torch.round(tensor([0.5, 1.5, 2.7]))")
    list.append(round)
    list.append(
      declare("round_", .method, "(Tensor input, *, int decimals=0)", "In place: `round`.") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        let decimals = a.int(1, default: 0)
        if decimals == 0 { try Unary.round.inPlace(x) } else { try O.writeRecorded(x, O.round(x, decimals: decimals)) }
        return .tensor(x)
      })
  }

  private static func addSpecial(_ list: inout [OperationDeclaration]) {
    unary(&list, ["erf"], Unary.erf, "The error function.", "erf(tensor([0., 1.]))", special: ["erf"])
    unary(&list, ["erfc"], Unary.erfc, "1 − erf(x).", "erfc(tensor([0., 1.]))", special: ["erfc"])
    unary(
      &list, ["erfinv"], Unary.erfinv, "The inverse of `erf`.", "erfinv(tensor([0., 0.5]))", in: -0.8...0.8,
      special: ["erfinv"])
    unary(
      &list, ["lgamma"], Unary.lgamma, "log |Γ(x)|.", "lgamma(tensor([1., 4.]))", in: 0.5...4, special: ["gammaln"])
    unary(
      &list, ["digamma"], Unary.digamma, "The derivative of `lgamma`.", "digamma(tensor([1., 2.]))", in: 0.5...4,
      special: ["digamma", "psi"])
    list.append(
      declare(
        "i0", .both, "(Tensor input)", "The modified Bessel function of order 0.", "i0(tensor([0., 1.]))"
      ) { (a) throws(TensorError) in
        .tensor(try O.i0(a.tensor(0)))
      })
    for name in ["polygamma", "special_polygamma"] {
      list.append(
        declare(
          name, name == "polygamma" ? .both : .special, "The `n`-th derivative of `digamma`.",
          name == "polygamma" ? "polygamma(1, tensor([1., 0.5]))" : "",
          check: checkUnary([2, 3], in: 0.5...4) { (x) throws(TensorError) in try O.polygamma(2, x) },
          [
            Overload("(int n, Tensor input)") { (a) throws(TensorError) in
              .tensor(try O.polygamma(a.int(0, default: 0), a.tensor(1)))
            },
            Overload("(Tensor input, int n)") { (a) throws(TensorError) in
              .tensor(try O.polygamma(a.int(1, default: 0), a.tensor(0)))
            },
          ]))
    }
    list.append(
      declare(
        "logit", .both, "log(x / (1 − x)); `eps` keeps x away from 0 and 1.", "logit(tensor([0.2, 0.5]))",
        check: checkUnary([2, 3], in: 0.1...0.9) { (x) throws(TensorError) in try O.logit(x) },
        [
          Overload("(Tensor input, float? eps=None)") { (a) throws(TensorError) in
            .tensor(try O.logit(a.tensor(0), eps: a.double(1)))
          }
        ]))
    list.append(
      declare(
        "nan_to_num", .both, "NaN and infinities replaced: by 0 and the extremes, or what is given.",
        "nan_to_num(tensor([1., float('nan')]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try O.nanToNum(x) },
        [
          Overload("(Tensor input, float? nan=None, float? posinf=None, float? neginf=None)") {
            (a) throws(TensorError) in
            .tensor(
              try O.nanToNum(a.tensor(0), nan: a.double(1), posinf: a.double(2), neginf: a.double(3)))
          }
        ]))
    list.append(
      declare(
        "nan_to_num_", .method, "(Tensor input, float? nan=None, float? posinf=None, float? neginf=None)",
        "In place: `nan_to_num`."
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        try O.writeRecorded(x, O.nanToNum(x, nan: a.double(1), posinf: a.double(2), neginf: a.double(3)))
        return .tensor(x)
      })
  }

  private static func addTests(_ list: inout [OperationDeclaration]) {
    func test(
      _ name: String, _ doc: String, example: String = "tensor([1., float('inf'), float('nan')])",
      _ call: @escaping (Tensor) throws(TensorError) -> Tensor
    ) {
      let declaration = declare(name, .both, "(Tensor input)", doc, "\(name)(\(example))") {
        (a) throws(TensorError) in .tensor(try call(a.tensor(0)))
      }
      declaration.unary = call
      list.append(declaration)
    }
    test("isnan", "Whether an element is NaN.", O.isnan)
    test("isinf", "Whether an element is infinite.", O.isinf)
    test("isfinite", "Whether an element is neither infinite nor NaN.", O.isfinite)
    test("isposinf", "Whether an element is +∞.", O.isposinf)
    test("isneginf", "Whether an element is −∞.", O.isneginf)
    test("signbit", "Whether the sign bit is set.", O.signbit)
    test("logical_not", "True where an element is zero or False.", O.logicalNot)
    test("bitwise_not", "The opposite bits; the opposite of bools.", example: "tensor([0, 5])") {
      (x) throws(TensorError) in try UnaryKernel.bitNot.apply(x, x.dtype)
    }
    test("isreal", "True: there are no complex numbers here.") { (x) throws(TensorError) in
      try Tensor.filled(x.shape, .bool, .bool(true))
    }
    list.append(
      declare("logical_not_", .method, "(Tensor input)", "In place: `logical_not`.") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        try O.writeInPlace(x, O.logicalNot(x.detach()))
        return .tensor(x)
      })
    list.append(
      declare("bitwise_not_", .method, "(Tensor input)", "In place: `bitwise_not`.") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        try O.writeInPlace(x, O.invert(x.detach()))
        return .tensor(x)
      })
  }
}
