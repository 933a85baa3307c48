extension OperationTable {
  private typealias O = Operations

  /// From many elements to few.
  static func reductionDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    addSums(&list)
    addExtremes(&list)
    addMoments(&list)
    addNorms(&list)
    addScans(&list)
    return list
  }

  /// `sum` and `mean` alike: of everything, or over dimensions.
  private static func addSums(_ list: inout [OperationDeclaration]) {
    typealias Total = (Tensor, [Int]?, Bool, DType?) throws(TensorError) -> Tensor
    func total(_ name: String, _ doc: String, _ example: String, _ call: @escaping Total) {
      func overDims(_ dim: String) -> Overload {
        Overload("(Tensor input, int[1]? \(dim), bool keepdim=False, *, ScalarType? dtype=None)") {
          (a) throws(TensorError) in
          .tensor(try call(a.tensor(0), a.ints(1) ?? [], a.bool(2, default: false), a.dtype(3)))
        }
      }
      let declaration = declare(
        name, .both, doc, example,
        check: GradientCheck([
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try call(x[0], nil, false, nil) },
          GradientCheck.Case([[2, 3, 2]]) { (x) throws(TensorError) in try call(x[0], [0, -1], false, nil) },
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try call(x[0], [1], true, nil) },
        ]),
        name.hasPrefix("nan")
          ? [overDims("dim=None")]
          : [
            Overload("(Tensor input, *, ScalarType? dtype=None)", out: name == "sum" ? .none : .tensor) {
              (a) throws(TensorError) in
              .tensor(try call(a.tensor(0), nil, false, a.dtype(1)))
            },
            overDims("dim"),
          ])
      declaration.unary = { (x) throws(TensorError) in try call(x, nil, false, nil) }
      list.append(declaration)
    }
    total(
      "sum", "The sum of all elements, or over `dim`; integers as int64.", "torch.sum(tensor([[1, 2], [3, 4]]), dim=0)"
    ) {
      (x, dims, keepdim, dtype) throws(TensorError) in try O.sum(x, dims, keepdim: keepdim, dtype: dtype)
    }
    total("mean", "The mean of all elements, or over `dim`.", "mean(tensor([1., 2., 6.]))") {
      (x, dims, keepdim, dtype) throws(TensorError) in try O.mean(x, dims, keepdim: keepdim, dtype: dtype)
    }
    total("nansum", "The sum, counting NaN as zero.", "nansum(tensor([1., float('nan')]))") {
      (x, dims, keepdim, dtype) throws(TensorError) in try O.nansum(x, dims, keepdim: keepdim, dtype: dtype)
    }
    total("nanmean", "The mean of what is not NaN.", "nanmean(tensor([1., float('nan'), 3.]))") {
      (x, dims, keepdim, dtype) throws(TensorError) in try O.nanmean(x, dims, keepdim: keepdim, dtype: dtype)
    }
    list.append(
      declare(
        "prod", .both, "The product of all elements, or along `dim`; integers as int64.", "prod(tensor([2., 3., 4.]))",
        check: GradientCheck([
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.prod(x[0]) },
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.prod(x[0], 1) },
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in
            // A zero in the product.
            try O.prod(O.mul(x[0], Tensor.filled([3], .float64, .int(1))), 0, keepdim: true)
          },
        ]),
        [
          Overload("(Tensor input, *, ScalarType? dtype=None)", out: .none) { (a) throws(TensorError) in
            .tensor(try O.prod(a.tensor(0), dtype: a.dtype(1)))
          },
          Overload("(Tensor input, int dim, bool keepdim=False, *, ScalarType? dtype=None)") {
            (a) throws(TensorError) in
            .tensor(try O.prod(a.tensor(0), a.int(1), keepdim: a.bool(2, default: false), dtype: a.dtype(3)))
          },
        ]))
    for (name, isAll) in [("all", true), ("any", false)] {
      list.append(
        declare(
          name, .both, isAll ? "Whether all elements are true." : "Whether any element is true.",
          "torch.\(name)(tensor([True, False]))",
          [
            Overload("(Tensor input)") { (a) throws(TensorError) in
              .tensor(try isAll ? O.all(a.tensor(0)) : O.any(a.tensor(0)))
            },
            truthOver("int[]? dim=None", isAll), truthOver("int dim", isAll),
          ]))
    }
    list.append(
      declare(
        "count_nonzero", .both, "(Tensor input, int[1]? dim=None)", "How many elements are not zero.",
        "count_nonzero(tensor([1, 0, 2]))"
      ) { (a) throws(TensorError) in .tensor(try O.countNonzero(a.tensor(0), a.ints(1))) })
  }

  private static func truthOver(_ dim: String, _ isAll: Bool) -> Overload {
    Overload("(Tensor input, \(dim), bool keepdim=False)") { (a) throws(TensorError) in
      let (x, dims, keepdim) = (try a.tensor(0), a.ints(1), a.bool(2, default: false))
      return .tensor(try isAll ? O.all(x, dims, keepdim: keepdim) : O.any(x, dims, keepdim: keepdim))
    }
  }

  private static func addExtremes(_ list: inout [OperationDeclaration]) {
    for (name, isMin) in [("max", false), ("min", true)] {
      let word = isMin ? "smallest" : "largest"
      list.append(
        declare(
          name, .both,
          "The \(word) element; with `dim` values and indices along it; with two tensors the \(isMin ? "smaller" : "larger") of each pair.",
          "torch.\(name)(tensor([[1., 5.], [4., 2.]]), dim=1)",
          check: GradientCheck([
            GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.extreme(x[0], isMin: isMin) },
            GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.extreme(x[0], 1, isMin: isMin).values },
          ]),
          [
            Overload("(Tensor input)") { (a) throws(TensorError) in
              .tensor(try O.extreme(a.tensor(0), isMin: isMin))
            },
            Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
              .tensor(try isMin ? O.minimum(a.tensor(0), a.tensor(1)) : O.maximum(a.tensor(0), a.tensor(1)))
            },
            Overload("(Tensor input, int dim, bool keepdim=False)", out: .tensors) { (a) throws(TensorError) in
              let r = try O.extreme(
                a.tensor(0), a.int(1, default: 0), keepdim: a.bool(2, default: false), isMin: isMin)
              return .named(name, [("values", r.values), ("indices", r.indices)])
            },
          ]))
      list.append(
        declare(
          isMin ? "amin" : "amax", .both, "The \(word) of the elements over `dim`; ties share the gradient.",
          "\(isMin ? "amin" : "amax")(tensor([[1., 5.], [4., 2.]]), 1)",
          check: checkUnary([2, 3]) { (x) throws(TensorError) in
            try isMin ? O.amin(x, [1]) : O.amax(x, [1])
          },
          [
            Overload("(Tensor input, int[1] dim=(), bool keepdim=False)") { (a) throws(TensorError) in
              let (dims, keepdim) = (a.ints(1), a.bool(2, default: false))
              return .tensor(
                try isMin ? O.amin(a.tensor(0), dims, keepdim: keepdim) : O.amax(a.tensor(0), dims, keepdim: keepdim))
            }
          ]))
      list.append(
        declare(
          isMin ? "argmin" : "argmax", .both, "(Tensor input, int? dim=None, bool keepdim=False)",
          "The index of the \(word) element.", "\(isMin ? "argmin" : "argmax")(tensor([1., 5., 2.]))"
        ) { (a) throws(TensorError) in
          .tensor(try O.argExtreme(a.tensor(0), a.int(1), keepdim: a.bool(2, default: false), isMin: isMin))
        })
      list.append(
        declare(
          isMin ? "cummin" : "cummax", .both, "The \(word) so far along `dim`, with its index.",
          "\(isMin ? "cummin" : "cummax")(tensor([1., 3., 2.]), 0)",
          check: checkUnary([2, 3]) { (x) throws(TensorError) in
            try O.cumulativeExtreme(x, 1, isMin: isMin).values
          },
          [
            Overload("(Tensor input, int dim)") { (a) throws(TensorError) in
              let r = try O.cumulativeExtreme(a.tensor(0), a.int(1, default: 0), isMin: isMin)
              return .named(isMin ? "cummin" : "cummax", [("values", r.values), ("indices", r.indices)])
            }
          ]))
    }
    list.append(
      declare(
        "aminmax", .both, "(Tensor input, *, int? dim=None, bool keepdim=False)", "The smallest and the largest.",
        "aminmax(tensor([3., 1., 2.]))"
      ) { (a) throws(TensorError) in
        let (low, high) = try O.aminmax(a.tensor(0), a.int(1), keepdim: a.bool(2, default: false))
        return .named("aminmax", [("min", low), ("max", high)])
      })
  }

  /// The correction asked for: `correction=` or `unbiased=`.
  private static func addMoments(_ list: inout [OperationDeclaration]) {
    typealias Moment = (Tensor, [Int]?, Double, Bool) throws(TensorError) -> OperationResult
    func moment(_ name: String, _ doc: String, check: GradientCheck?, _ call: @escaping Moment) {
      list.append(
        declare(
          name, .both, doc, "\(name)(tensor([1., 2., 6.]))", check: check,
          [
            Overload("(Tensor input, int[1]? dim, bool unbiased=True, bool keepdim=False)") { (a) throws(TensorError) in
              try call(a.tensor(0), a.ints(1), a.bool(2, default: true) ? 1 : 0, a.bool(3, default: false))
            },
            Overload("(Tensor input, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False)") {
              (a) throws(TensorError) in
              try call(a.tensor(0), a.ints(1), a.double(2, default: 1), a.bool(3, default: false))
            },
            Overload("(Tensor input, bool unbiased=True)", out: .none) { (a) throws(TensorError) in
              try call(a.tensor(0), nil, a.bool(1, default: true) ? 1 : 0, false)
            },
          ]))
    }
    moment(
      "var", "The variance, by default unbiased (n − 1).",
      check: GradientCheck([
        GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.variance(x[0]) },
        GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.variance(x[0], [0], correction: 0) },
      ])
    ) { (x, dims, correction, keepdim) throws(TensorError) in
      .tensor(try O.variance(x, dims, correction: correction, keepdim: keepdim))
    }
    moment(
      "std", "The standard deviation, by default unbiased (n − 1).",
      check: GradientCheck([
        GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.deviation(x[0]) },
        GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.deviation(x[0], [1], keepdim: true) },
      ])
    ) { (x, dims, correction, keepdim) throws(TensorError) in
      .tensor(try O.deviation(x, dims, correction: correction, keepdim: keepdim))
    }
    moment("std_mean", "Standard deviation and mean.", check: nil) {
      (x, dims, correction, keepdim) throws(TensorError) in
      let (s, m) = try O.spreadAndMean(x, dims, correction: correction, keepdim: keepdim, isDeviation: true)
      return .tuple([s, m])
    }
    moment("var_mean", "Variance and mean.", check: nil) { (x, dims, correction, keepdim) throws(TensorError) in
      let (s, m) = try O.spreadAndMean(x, dims, correction: correction, keepdim: keepdim, isDeviation: false)
      return .tuple([s, m])
    }
    list.append(
      declare(
        "logsumexp", [.function, .method, .special], "log Σ exp x over `dim`, without overflow.",
        "logsumexp(tensor([1., 2., 3.]), 0)",
        check: GradientCheck([
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.logsumexp(x[0], [1]) },
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.logsumexp(x[0], [0, 1], keepdim: true) },
        ]),
        [
          Overload("(Tensor input, int[1] dim, bool keepdim=False)") { (a) throws(TensorError) in
            .tensor(try O.logsumexp(a.tensor(0), a.ints(1) ?? [], keepdim: a.bool(2, default: false)))
          }
        ]))
  }

  private static func addNorms(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "linalg_vector_norm", .linalg, "The `ord` norm of all elements, or of vectors over `dim`.",
        "torch.linalg.vector_norm(tensor([3., 4.]))",
        check: GradientCheck([
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.vectorNorm(x[0]) },
          GradientCheck.Case([[2, 3]], in: 0.2...2) { (x) throws(TensorError) in try O.vectorNorm(x[0], 3, [1]) },
          GradientCheck.Case([[2, 3]], in: 0.2...2) { (x) throws(TensorError) in try O.vectorNorm(x[0], 1.5, [0]) },
          GradientCheck.Case([[2, 3]], in: 0.2...2) { (x) throws(TensorError) in try O.vectorNorm(x[0], 1) },
          GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.vectorNorm(x[0], .infinity) },
        ]),
        [
          Overload(
            "(Tensor x, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None)"
          ) { (a) throws(TensorError) in
            .tensor(
              try O.vectorNorm(
                a.tensor(0), a.double(1, default: 2), a.ints(2), keepdim: a.bool(3, default: false), dtype: a.dtype(4)))
          }
        ]))
    list.append(
      declare(
        "dist", .both, "(Tensor input, Tensor other, Scalar p=2)", "The `p` norm of the difference.",
        "dist(tensor([0., 0.]), tensor([3., 4.]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in try O.vectorNorm(O.sub(x[0], x[1])) }
      ) { (a) throws(TensorError) in
        let p = a.double(2, default: 2)
        return .tensor(
          try O.fusedByReplay("DistBackward0", [a.tensor(0), a.tensor(1)]) { (t) throws(TensorError) in
            try O.vectorNorm(O.sub(t[0], t[1]), p)
          })
      })
  }

  private static func addScans(_ list: inout [OperationDeclaration]) {
    typealias Scan = (Tensor, Int, DType?) throws(TensorError) -> Tensor
    func scan(_ name: String, _ doc: String, _ call: @escaping Scan) {
      list.append(
        declare(
          name, .both, doc, "\(name)(tensor([1., 2., 3.]), 0)",
          check: checkUnary([2, 4]) { (x) throws(TensorError) in try call(x, 1, nil) },
          [
            Overload("(Tensor input, int dim, *, ScalarType? dtype=None)") { (a) throws(TensorError) in
              .tensor(try call(a.tensor(0), a.int(1, default: 0), a.dtype(2)))
            }
          ]))
      if name == "logcumsumexp" { return }
      list.append(
        declare("\(name)_", .method, "(Tensor input, int dim, *, ScalarType? dtype=None)", "In place: `\(name)`.") {
          (a) throws(TensorError) in
          let x = try a.tensor(0)
          try O.writeRecorded(x, call(x, a.int(1, default: 0), a.dtype(2) ?? x.dtype))
          return .tensor(x)
        })
    }
    scan("cumsum", "The sums so far along `dim`.") { (x, dim, dtype) throws(TensorError) in
      try O.cumsum(x, dim, dtype: dtype)
    }
    scan("cumprod", "The products so far along `dim`.") { (x, dim, dtype) throws(TensorError) in
      try O.cumprod(x, dim, dtype: dtype)
    }
    scan("logcumsumexp", "log Σ exp so far along `dim`.") { (x, dim, _) throws(TensorError) in
      try O.logcumsumexp(x, dim)
    }
  }
}
