extension OperationTable {
  private typealias O = Operations

  /// `torch.special`, as far as it is not elsewhere, and in-place twins of rarer operations.
  static func specialDeclarations() -> [OperationDeclaration] {
    oneArgumentSpecials() + twoArgumentSpecials() + indexReductions() + rareInPlace()
  }

  private static func oneArgumentSpecials() -> [OperationDeclaration] {
    typealias Function = (Tensor) throws(TensorError) -> Tensor
    let functions: [(String, String, Function)] = [
      ("ndtri", "Where the standard normal distribution reaches a probability.", O.ndtri),
      ("log_ndtr", "The logarithm of the standard normal distribution.", O.logNdtr),
      ("erfcx", "e^x² erfc x.", O.erfcx), ("i0e", "The modified Bessel function of order 0, by e^|x|.", O.i0e),
      ("i1", "The modified Bessel function of order 1.", O.i1),
      ("i1e", "The modified Bessel function of order 1, by e^|x|.", O.i1e),
    ]
    var list = functions.map { (name, doc, function) in
      declare(
        "special_" + name, .special, "(Tensor input)", doc, "torch.special.\(name)(tensor([0.25, 0.5]))",
        check: checkUnary([4], in: 0.1...0.9, function)
      ) { (a) throws(TensorError) in .tensor(try function(a.tensor(0))) }
    }
    list.append(
      declare(
        "mvlgamma", .both, "(Tensor input, int p)", "The logarithm of the multivariate gamma function.",
        "mvlgamma(tensor([3., 4.]), 2)",
        check: checkUnary([4], in: 2...4) { (x) throws(TensorError) in try O.mvlgamma(x, 2) }
      ) { (a) throws(TensorError) in .tensor(try O.mvlgamma(a.tensor(0), a.int(1, default: 1))) })
    return list
  }

  private static func twoArgumentSpecials() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for (name, alias, upper) in [("igamma", "gammainc", false), ("igammac", "gammaincc", true)] {
      let doc = "The regularized \(upper ? "upper" : "lower") incomplete gamma function."
      for (name, faces) in [(name, OperationDeclaration.Faces.both), ("special_" + alias, .special)] {
        list.append(
          declare(
            name, faces, "(Tensor input, Tensor other)", doc, "torch.special.\(alias)(tensor([4.]), tensor([3., 5.]))",
            check: checkUnary([4], in: 0.5...3) { (x) throws(TensorError) in
              try O.incompleteGamma(Tensor.scalar(.float(2), .float64), x, upper: upper)
            }
          ) { (a) throws(TensorError) in .tensor(try O.incompleteGamma(a.tensor(0), a.tensor(1), upper: upper)) })
      }
    }
    list.append(
      declare(
        "special_zeta", .special, "Hurwitz's zeta function: Σ (k + other)^-input.",
        "torch.special.zeta(tensor([2., 4.]), 1)",
        check: checkUnary([4], in: 0.5...3) { (x) throws(TensorError) in
          try O.zeta(Tensor.scalar(.float(3), .float64), x, "SpecialZetaBackward0")
        },
        [
          Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
            .tensor(try O.zeta(a.tensor(0), a.tensor(1), "SpecialZetaBackward0"))
          },
          Overload("(Scalar self, Tensor other)") { (a) throws(TensorError) in
            let q = try a.tensor(1)
            let x = try Tensor.scalar(a.scalar(0, default: .int(0)), Promotion.floating(q.dtype))
            return .tensor(try O.zeta(x, q, "SpecialZetaBackward1"))
          },
          Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            let q = try Tensor.scalar(a.scalar(1, default: .int(0)), Promotion.floating(x.dtype))
            return .tensor(try O.zeta(x, q, "SpecialZetaBackward2"))
          },
        ]))
    return list
  }

  private static func indexReductions() -> [OperationDeclaration] {
    let signature =
      "(Tensor input, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True)"
    func reduced(_ a: OperationArguments) throws(TensorError) -> Tensor {
      try O.indexReduce(
        a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), a.string(4) ?? "",
        includeSelf: a.bool(5, default: true))
    }
    return [
      declare(
        "index_reduce", .both, signature,
        "Entries of `source` combined with the entries that `index` names: `prod`, `mean`, `amax` or `amin`.",
        "ones(3).index_reduce(0, tensor([0, 0]), tensor([2., 3.]), 'prod')",
        check: checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
          try O.indexReduce(x[0], 0, Tensor.vector([2, 2]), x[1], "mean", includeSelf: true)
        }
      ) { (a) throws(TensorError) in .tensor(try reduced(a)) },
      declare("index_reduce_", .method, signature, "In place: `index_reduce`.") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        try O.writeRecorded(x, reduced(a))
        return .tensor(x)
      },
    ]
  }

  private static func rareInPlace() -> [OperationDeclaration] {
    typealias Function = (Tensor, OperationArguments) throws(TensorError) -> Tensor
    let functions: [(String, String, Function)] = [
      ("heaviside", "Tensor values", { (x, a) throws(TensorError) in try O.heaviside(x, a.tensor(1)) }),
      ("nextafter", "Tensor other", { (x, a) throws(TensorError) in try O.nextafter(x, a.tensor(1)) }),
      ("gcd", "Tensor other", { (x, a) throws(TensorError) in try O.gcd(x, a.tensor(1)) }),
      ("lcm", "Tensor other", { (x, a) throws(TensorError) in try O.lcm(x, a.tensor(1)) }),
      (
        "igamma", "Tensor other",
        { (x, a) throws(TensorError) in try O.incompleteGamma(x, a.tensor(1), upper: false) }
      ),
      (
        "igammac", "Tensor other",
        { (x, a) throws(TensorError) in try O.incompleteGamma(x, a.tensor(1), upper: true) }
      ),
      (
        "renorm", "float p, int dim, float maxnorm",
        { (x, a) throws(TensorError) in
          try O.renorm(x, p: a.double(1, default: 2), a.int(2, default: 0), limit: a.double(3, default: 1))
        }
      ),
      ("mvlgamma", "int p", { (x, a) throws(TensorError) in try O.mvlgamma(x, a.int(1, default: 1)) }),
      ("polygamma", "int n", { (x, a) throws(TensorError) in try O.polygamma(a.int(1, default: 0), x) }),
    ]
    func floatPower(_ type: String, _ exponent: @escaping (OperationArguments) throws(TensorError) -> Tensor)
      -> Overload
    {
      Overload("(Tensor input, \(type) exponent)") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        if x.dtype != .float64 {
          throw .runtime(
            "the base given to float_power_ has dtype \(x.dtype.scalarTypeName) but the operation's result requires dtype Double"
          )
        }
        try O.writeRecorded(x, O.pow(x, O.cast(exponent(a), .float64)))
        return .tensor(x)
      }
    }
    let power = declare(
      "float_power_", .method, "In place: `float_power`.", "",
      [
        floatPower("Tensor") { (a) throws(TensorError) in try a.tensor(1) },
        floatPower("Scalar") { (a) throws(TensorError) in try Tensor.scalar(a.scalar(1, default: .int(1)), .float64) },
      ])
    return [power]
      + functions.map { (name, parameter, function) in
        declare(name + "_", .method, "(Tensor input, \(parameter))", "In place: `\(name)`.") {
          (a) throws(TensorError) in
          let x = try a.tensor(0)
          try O.writeRecorded(x, function(x, a))
          return .tensor(x)
        }
      }
  }
}
