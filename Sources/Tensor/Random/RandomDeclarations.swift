extension OperationTable {
  /// Random tensors and in-place drawing.
  static func randomDeclarations() -> [OperationDeclaration] {
    randomFactoryDeclarations() + distributionDeclarations() + drawingDeclarations()
  }

  private static func randomFactoryDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    let makers: [(String, String, (Dims, DType, Generator) throws(TensorError) -> Tensor)] = [
      ("rand", "Uniform numbers in [0, 1).", Operations.rand),
      ("randn", "Standard normal numbers.", Operations.randn),
    ]
    for (name, doc, make) in makers {
      list.append(
        declare(
          name, .function, doc, "\(name)(2, 3).shape",
          [
            Overload("(int[] size..., *, Generator? generator=None, \(factoryOptions))") { (a) throws(TensorError) in
              .tensor(
                try make(size(a, 0), a.dtype(2) ?? DType.defaultFloat, a.generator(1))
                  .requiringGrad(a.bool(5, default: false)))
            }
          ]))
      list.append(
        declare(
          name + "_like", .function, "(Tensor input, *, \(likeOptions), Generator? generator=None)",
          doc + " In the form of another tensor.", "\(name)_like(zeros(2)).shape"
        ) { (a) throws(TensorError) in
          let x = try a.tensor(0)
          let result = try x.emptyLike(a.dtype(1) ?? x.dtype)
          if name == "rand" {
            try RandomFill.uniform(result, 0, 1, a.generator(6))
          } else {
            try RandomFill.normal(result, 0, 1, a.generator(6))
          }
          return .tensor(try result.requiringGrad(a.bool(4, default: false)))
        })
    }
    list.append(
      declare(
        "randint", .function, "Random integers from `low` (0) up to but not including `high`.",
        "randint(0, 10, (3,)).dtype",
        [
          Overload("(int high, int[] size, *, Generator? generator=None, \(factoryOptions))") {
            (a) throws(TensorError) in
            .tensor(
              try Operations.randint(0, a.int(0, default: 0), size(a, 1), a.dtype(3) ?? .int64, a.generator(2))
                .requiringGrad(a.bool(6, default: false)))
          },
          Overload("(int low, int high, int[] size, *, Generator? generator=None, \(factoryOptions))") {
            (a) throws(TensorError) in
            .tensor(
              try Operations.randint(
                a.int(0, default: 0), a.int(1, default: 0), size(a, 2), a.dtype(4) ?? .int64, a.generator(3)
              ).requiringGrad(a.bool(7, default: false)))
          },
        ]))
    func randintLike(_ x: Tensor, _ low: Int, _ high: Int, _ dtype: DType?) throws(TensorError) -> Tensor {
      let result = try x.emptyLike(dtype ?? x.dtype)
      try RandomFill.integers(result, low, high, .global)
      return result
    }
    list.append(
      declare(
        "randint_like", .function, "Random integers in the form of another tensor.",
        "randint_like(zeros(2), 10).dtype",
        [
          Overload("(Tensor input, int high, *, \(likeOptions))") { (a) throws(TensorError) in
            .tensor(
              try randintLike(a.tensor(0), 0, a.int(1, default: 0), a.dtype(2)).requiringGrad(a.bool(5, default: false))
            )
          },
          Overload("(Tensor input, int low, int high, *, \(likeOptions))") { (a) throws(TensorError) in
            .tensor(
              try randintLike(a.tensor(0), a.int(1, default: 0), a.int(2, default: 0), a.dtype(3))
                .requiringGrad(a.bool(6, default: false)))
          },
        ]))
    list.append(
      declare(
        "randperm", .function, "(int n, *, Generator? generator=None, \(factoryOptions))",
        "0 to n - 1 in random order.", "randperm(4).sort().values"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.randperm(a.int(0, default: 0), a.dtype(2) ?? .int64, a.generator(1))
            .requiringGrad(a.bool(5, default: false)))
      })
    return list
  }

  private static func distributionDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "normal", .function, "Normal numbers with a mean and a standard deviation, which may be tensors.",
        "normal(0., 1., (2,)).shape",
        [
          Overload("(Tensor mean, Tensor std, *, Generator? generator=None)") { (a) throws(TensorError) in
            .tensor(try Operations.normal(a.tensor(0), a.tensor(1), a.generator(2)))
          },
          Overload("(Tensor mean, float std=1, *, Generator? generator=None)") { (a) throws(TensorError) in
            .tensor(try Operations.normal(a.tensor(0), a.double(1, default: 1), a.generator(2)))
          },
          Overload("(float mean, Tensor std, *, Generator? generator=None)") { (a) throws(TensorError) in
            .tensor(try Operations.normal(a.double(0, default: 0), a.tensor(1), a.generator(2)))
          },
          Overload("(float mean, float std, int[] size, *, Generator? generator=None, \(factoryOptions))") {
            (a) throws(TensorError) in
            .tensor(
              try Operations.normal(
                a.double(0, default: 0), a.double(1, default: 1), size(a, 2), a.dtype(4) ?? DType.defaultFloat,
                a.generator(3)
              ).requiringGrad(a.bool(7, default: false)))
          },
        ]))
    list.append(
      declare(
        "bernoulli", .both, "One with the probability each element gives, otherwise zero.",
        "bernoulli(tensor([0., 1.]))",
        [
          Overload("(Tensor input, *, Generator? generator=None)") { (a) throws(TensorError) in
            .tensor(try Operations.bernoulli(a.tensor(0), a.generator(1)))
          },
          Overload("(Tensor input, float p, *, Generator? generator=None)", out: .none) { (a) throws(TensorError) in
            .tensor(try Operations.bernoulli(like: a.tensor(0), a.double(1, default: 0.5), a.generator(2)))
          },
        ]))
    list.append(
      declare(
        "multinomial", .both,
        "(Tensor input, int num_samples, bool replacement=False, *, Generator? generator=None)",
        "Categories drawn in proportion to the weights of each row.", "multinomial(tensor([0., 1.]), 1)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.multinomial(
            a.tensor(0), a.int(1, default: 0), replacement: a.bool(2, default: false), a.generator(3)))
      })
    list.append(
      declare(
        "poisson", .function, "(Tensor input, Generator? generator=None)", "A Poisson draw for each rate.",
        "poisson(zeros(2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.poisson(a.tensor(0), a.generator(1))) })
    list.append(
      declare(
        "dropout", .functional, "(Tensor input, float p=0.5, bool training=True, bool inplace=False)",
        "Elements zeroed with probability p, the others scaled by 1 / (1 - p).", "F.dropout(ones(2), 0.)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.dropout(
            a.tensor(0), a.double(1, default: 0.5), training: a.bool(2, default: true),
            inPlace: a.bool(3, default: false)))
      })
    list.append(
      declare(
        "dropout", .function, "(Tensor input, float p, bool train)",
        "Elements zeroed with probability p, the others scaled by 1 / (1 - p).", "torch.dropout(ones(2), 0., True)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.dropout(a.tensor(0), a.double(1, default: 0.5), training: a.bool(2, default: true)))
      })
    return list
  }

  private static func drawingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    func two(
      _ name: String, _ node: String, _ parameters: String, _ defaults: (Double, Double), _ doc: String,
      _ draw: @escaping (Tensor, Double, Double, Generator) throws(TensorError) -> Void
    ) {
      list.append(
        declare(
          name, .method, "(Tensor input, \(parameters), *, Generator? generator=None)", doc, "empty(2).\(name)().shape"
        ) { (a) throws(TensorError) in
          let x = try a.tensor(0)
          let (p, q, g) = (a.double(1, default: defaults.0), a.double(2, default: defaults.1), a.generator(3))
          return .tensor(
            try Operations.drawInPlace(node, x) { () throws(TensorError) in try draw(x, p, q, g) })
        })
    }
    two(
      "uniform_", "UniformBackward0", "float from=0, float to=1", (0, 1), "Uniform numbers in [from, to).",
      RandomFill.uniform)
    two("normal_", "NormalBackward0", "float mean=0, float std=1", (0, 1), "Normal numbers.", RandomFill.normal)
    two(
      "cauchy_", "CauchyBackward0", "float median=0, float sigma=1", (0, 1), "Cauchy-distributed numbers.",
      RandomFill.cauchy)
    two(
      "log_normal_", "LogNormalBackward0", "float mean=1, float std=2", (1, 2), "Numbers whose logarithm is normal.",
      RandomFill.logNormal)
    for (name, node, parameter, value, doc) in [
      ("exponential_", "ExponentialBackward0", "float lambd=1", 1.0, "Exponentially distributed numbers."),
      ("geometric_", "GeometricBackward0", "float p", 0.5, "Numbers of trials until the first success."),
    ] {
      list.append(
        declare(
          name, .method, "(Tensor input, \(parameter), *, Generator? generator=None)", doc,
          "empty(2).\(name)(0.5).shape"
        ) { (a) throws(TensorError) in
          let (x, p, g) = (try a.tensor(0), a.double(1, default: value), a.generator(2))
          return .tensor(
            try Operations.drawInPlace(node, x) { () throws(TensorError) in
              if name == "exponential_" {
                try RandomFill.exponential(x, p, g)
              } else {
                try RandomFill.geometric(x, p, g)
              }
            })
        })
    }
    list.append(
      declare(
        "random_", .method, "Random integers, by default up to the largest the type holds exactly.",
        "empty(2).random_(5).shape",
        [
          Overload("(Tensor input, *, Generator? generator=None)") { (a) throws(TensorError) in
            let (x, g) = (try a.tensor(0), a.generator(1))
            return .tensor(
              try Operations.drawInPlace("RandomBackward2", x) { () throws(TensorError) in
                try RandomFill.integersFull(x, g)
              })
          },
          Overload("(Tensor input, int to, *, Generator? generator=None)") { (a) throws(TensorError) in
            let (x, to, g) = (try a.tensor(0), a.int(1, default: 0), a.generator(2))
            return .tensor(
              try Operations.drawInPlace("RandomBackward1", x) { () throws(TensorError) in
                try RandomFill.integers(x, 0, to, g)
              })
          },
          Overload("(Tensor input, int from, int? to, *, Generator? generator=None)") { (a) throws(TensorError) in
            let (x, from, to, g) = (try a.tensor(0), a.int(1, default: 0), a.int(2), a.generator(3))
            return .tensor(
              try Operations.drawInPlace("RandomBackward0", x) { () throws(TensorError) in
                if let to { try RandomFill.integers(x, from, to, g) } else { try RandomFill.integers(x, from: from, g) }
              })
          },
        ]))
    list.append(
      declare(
        "bernoulli_", .method, "One with probability p, otherwise zero.", "empty(2).bernoulli_(1.)",
        [
          Overload("(Tensor input, float p=0.5, *, Generator? generator=None)") { (a) throws(TensorError) in
            let (x, p, g) = (try a.tensor(0), a.double(1, default: 0.5), a.generator(2))
            return .tensor(
              try Operations.drawInPlace("BernoulliBackward2", x) { () throws(TensorError) in
                try Operations.drawBernoulli(x, p, g)
              })
          },
          Overload("(Tensor input, Tensor p, *, Generator? generator=None)") { (a) throws(TensorError) in
            let (x, p, g) = (try a.tensor(0), try a.tensor(1), a.generator(2))
            return .tensor(
              try Operations.drawInPlace("BernoulliBackward1", x) { () throws(TensorError) in
                try Operations.drawBernoulli(x, p, g)
              })
          },
        ]))
    return list
  }
}
