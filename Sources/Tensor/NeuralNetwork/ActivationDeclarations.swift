extension OperationTable {
  /// Activation functions.
  static func activationDeclarations() -> [OperationDeclaration] {
    softmaxDeclarations() + inPlaceableDeclarations() + plainActivationDeclarations()
  }

  private static func softmaxDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for logarithmic in [false, true] {
      let name = logarithmic ? "log_softmax" : "softmax"
      let doc = logarithmic ? "The logarithm of softmax." : "Exponentials along a dimension, scaled to sum to one."
      list.append(
        declare(
          name, .both, "(Tensor input, int dim, ScalarType? dtype=None)", doc, "\(name)(tensor([1., 2.]), 0)",
          check: checkUnary([2, 3]) { (x) throws(TensorError) in
            try Operations.softmax(x, 1, logarithmic: logarithmic)
          }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.softmax(a.tensor(0), a.int(1, default: 0), logarithmic: logarithmic, dtype: a.dtype(2)))
        })
      list.append(
        declare(
          name, .functional, "(Tensor input, int? dim=None, int _stacklevel=3, ScalarType? dtype=None)", doc,
          "F.\(name)(tensor([1., 2.]), dim=0)"
        ) { (a) throws(TensorError) in
          let x = try a.tensor(0)
          return .tensor(
            try Operations.softmax(
              x, a.int(1) ?? Operations.implicitDimension(x), logarithmic: logarithmic, dtype: a.dtype(3)))
        })
    }
    list.append(
      declare(
        "softmin", .functional, "(Tensor input, int? dim=None, int _stacklevel=3, ScalarType? dtype=None)",
        "Softmax of the negated elements.", "F.softmin(tensor([1., 2.]), dim=0)"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        return .tensor(
          try Operations.softmax(Operations.neg(x), a.int(1) ?? Operations.implicitDimension(x), dtype: a.dtype(3)))
      })
    return list
  }

  /// Functions with an `inplace` option, which also have a twin whose name ends in `_`.
  private static func inPlaceableDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    func add(
      _ name: String, _ parameters: String, _ count: Int, _ doc: String,
      _ faces: OperationDeclaration.Faces = .functional,
      _ body: @escaping (Tensor, OperationArguments, Bool) throws(TensorError) -> Tensor
    ) {
      let extra = parameters.isEmpty ? "" : ", " + parameters
      list.append(
        declare(
          name, faces, "(Tensor input\(extra), bool inplace=False)", doc,
          "F.\(name)(tensor([-1., 2.])\(name == "threshold" ? ", 0., 0." : ""))",
          check: checkUnary([7], in: -2.9...2.9) { (x) throws(TensorError) in
            try body(
              x, OperationArguments([.tensor(x)] + [OperationArgument](repeating: .absent, count: count + 1)), false)
          }
        ) { (a) throws(TensorError) in .tensor(try body(a.tensor(0), a, a.bool(count + 1, default: false))) })
      list.append(
        declare(
          name + "_", [.functional, .function], "(Tensor input\(extra))", doc + " In place.",
          "F.\(name)_(tensor([-1., 2.])\(name == "threshold" ? ", 0., 0." : ""))"
        ) {
          (a) throws(TensorError) in .tensor(try body(a.tensor(0), a, true))
        })
    }
    add("leaky_relu", "Scalar negative_slope=0.01", 1, "x, negative elements times a small slope.") {
      (x, a, inPlace) throws(TensorError) in
      try Operations.leakyRelu(x, a.double(1, default: 0.01), inPlace: inPlace)
    }
    add("elu", "Scalar alpha=1.0", 1, "x, negative elements as alpha (exp(x) - 1).") {
      (x, a, inPlace) throws(TensorError) in
      try Operations.elu(x, alpha: a.double(1, default: 1), inPlace: inPlace)
    }
    add("selu", "", 0, "The self-normalising scaled `elu`.", [.functional, .function]) {
      (x, a, inPlace) throws(TensorError) in
      try Operations.elu(
        x, alpha: 1.6732632423543772848170429916717, scale: 1.0507009873554804934193349852946, inPlace: inPlace)
    }
    add("celu", "Scalar alpha=1.0", 1, "max(0, x) + min(0, alpha (exp(x / alpha) - 1)).", [.functional, .function]) {
      (x, a, inPlace) throws(TensorError) in
      let alpha = a.double(1, default: 1)
      if alpha == 0 { throw TensorError(.zeroDivision, "ZeroDivisionError: alpha cannot be 0 for CELU") }
      return try Operations.elu(x, alpha: alpha, inputScale: 1 / alpha, name: "CeluBackward", inPlace: inPlace)
    }
    add("silu", "", 0, "x σ(x).") { (x, a, inPlace) throws(TensorError) in try Operations.silu(x, inPlace: inPlace) }
    add("mish", "", 0, "x tanh(softplus(x)).") { (x, a, inPlace) throws(TensorError) in
      try Operations.mish(x, inPlace: inPlace)
    }
    add("relu6", "", 0, "x limited to 0 … 6.") { (x, a, inPlace) throws(TensorError) in
      try Operations.hardtanh(x, 0, 6, inPlace: inPlace)
    }
    add("hardtanh", "Scalar min_val=-1.0, Scalar max_val=1.0", 2, "x limited to two bounds.") {
      (x, a, inPlace) throws(TensorError) in
      try Operations.hardtanh(x, a.double(1, default: -1), a.double(2, default: 1), inPlace: inPlace)
    }
    add("hardsigmoid", "", 0, "A piecewise linear sigmoid.") { (x, a, inPlace) throws(TensorError) in
      try Operations.hardsigmoid(x, inPlace: inPlace)
    }
    add("hardswish", "", 0, "x times a piecewise linear sigmoid.") { (x, a, inPlace) throws(TensorError) in
      try Operations.hardswish(x, inPlace: inPlace)
    }
    add(
      "threshold", "Scalar threshold, Scalar value", 2, "x where above a threshold, otherwise a value.",
      [.functional, .function]
    ) {
      (x, a, inPlace) throws(TensorError) in
      try Operations.threshold(x, a.double(1, default: 0), a.double(2, default: 0), inPlace: inPlace)
    }
    return list
  }

  private static func plainActivationDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "gelu", .functional, "(Tensor input, *, str approximate='none')",
        "x Φ(x), exactly or by its tanh approximation.",
        "F.gelu(tensor([1.]))",
        check: checkUnary([5]) { (x) throws(TensorError) in try Operations.gelu(x, approximate: "tanh") }
      ) { (a) throws(TensorError) in .tensor(try Operations.gelu(a.tensor(0), approximate: a.string(1) ?? "none")) })
    list.append(
      declare(
        "softplus", .functional, "(Tensor input, Scalar beta=1, Scalar threshold=20)", "log(1 + exp(beta x)) / beta.",
        "F.softplus(tensor([0.]))", check: checkUnary([5]) { (x) throws(TensorError) in try Operations.softplus(x) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.softplus(a.tensor(0), a.double(1, default: 1), a.double(2, default: 20)))
      })
    list.append(
      declare(
        "hardshrink", [.functional, .function, .method], "(Tensor input, Scalar lambd=0.5)",
        "x, zero where |x| <= lambd.",
        "F.hardshrink(tensor([0.2, 2.]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.hardshrink(a.tensor(0), a.double(1, default: 0.5))) })
    list.append(
      declare(
        "softshrink", .functional, "(Tensor input, Scalar lambd=0.5)", "x moved towards zero by lambd.",
        "F.softshrink(tensor([0.2, 2.]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.softshrink(a.tensor(0), a.double(1, default: 0.5))) })
    let unary: [(String, String, (Tensor) throws(TensorError) -> Tensor)] = [
      ("softsign", "x / (1 + |x|).", Operations.softsign),
      ("tanhshrink", "x - tanh(x).", Operations.tanhshrink),
      (
        "logsigmoid", "log σ(x).",
        { (x) throws(TensorError) in
          guard x.dtype.isFloating else { throw RandomFill.notImplemented("log_sigmoid_cpu", x.dtype) }
          return try Operations.logSigmoid(x)
        }
      ),
      ("tanh", "The hyperbolic tangent.", { (x) throws(TensorError) in try Operations.tanh(x) }),
      ("sigmoid", "1 / (1 + exp(-x)).", { (x) throws(TensorError) in try Operations.sigmoid(x) }),
    ]
    for (name, doc, body) in unary {
      list.append(
        declare(name, .functional, "(Tensor input)", doc, "F.\(name)(tensor([0.5]))", check: checkUnary([5], body)) {
          (a) throws(TensorError) in .tensor(try body(a.tensor(0)))
        })
    }
    list.append(
      declare("relu", .functional, "(Tensor input, bool inplace=False)", "max(x, 0).", "F.relu(tensor([-1., 2.]))") {
        (a) throws(TensorError) in
        let x = try a.tensor(0)
        if a.bool(1, default: false) {
          try Operations.reluInPlace(x)
          return .tensor(x)
        }
        return .tensor(try Operations.relu(x))
      })
    list.append(
      declare(
        "glu", .functional, "(Tensor input, int dim=-1)",
        "The first half of a dimension times the sigmoid of the second.",
        "F.glu(tensor([1., 0.]))", check: checkUnary([2, 4]) { (x) throws(TensorError) in try Operations.glu(x) }
      ) { (a) throws(TensorError) in .tensor(try Operations.glu(a.tensor(0), a.int(1, default: -1))) })
    list.append(
      declare(
        "prelu", [.functional, .function, .method], "(Tensor input, Tensor weight)",
        "x, negative elements times a learnt slope.",
        "F.prelu(tensor([-1., 2.]), tensor([0.25]))",
        check: checkMany([[3, 2], [2]]) { (x) throws(TensorError) in try Operations.prelu(x[0], x[1]) }
      ) { (a) throws(TensorError) in .tensor(try Operations.prelu(a.tensor(0), a.tensor(1))) })
    return list
  }
}
