extension OperationTable {
  private static let tail = "bool? size_average=None, bool? reduce=None, str? reduction='mean'"

  /// The reduction of a loss; the deprecated flags win where they are given, as in PyTorch.
  private static func reduction(_ a: OperationArguments, _ flags: Int) throws(TensorError) -> Reduction {
    try reduction(a, average: flags, reduce: flags + 1, name: flags + 2)
  }

  private static func reduction(
    _ a: OperationArguments, average: Int, reduce: Int, name: Int
  ) throws(TensorError) -> Reduction {
    let (average, reduce) = (a.optionalBool(average), a.optionalBool(reduce))
    if average != nil || reduce != nil {
      return reduce ?? true ? (average ?? true ? .mean : .sum) : .none
    }
    return try reduction(a, name: name)
  }

  private static func reduction(_ a: OperationArguments, name i: Int) throws(TensorError) -> Reduction {
    if case .none = a[i] { throw .value("None is not a valid value for reduction") }
    return try Reduction(a.string(i))
  }

  /// A loss whose elements are weighted.
  private static func weighted(
    _ x: Tensor, _ weight: Tensor, _ reduction: Reduction, byWeights: Bool, _ losses: () throws(TensorError) -> Tensor
  ) throws(TensorError) -> OperationResult {
    if weight.shape != x.shape { throw .value("Weights and input must have the same size.") }
    let terms = try Operations.mul(losses(), weight)
    guard byWeights, reduction == .mean else { return .tensor(try reduction.apply(terms)) }
    return .tensor(try Operations.div(Operations.sum(terms), Operations.sum(weight)))
  }

  /// Loss functions.
  static func lossDeclarations() -> [OperationDeclaration] {
    regressionLosses() + classificationLosses() + rankingLosses()
  }

  private static func regressionLosses() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "mse_loss", .functional, "(Tensor input, Tensor target, \(tail), Tensor? weight=None)",
        "The mean of (input - target)².",
        "F.mse_loss(tensor([1., 2.]), tensor([0., 0.]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in try Operations.mseLoss(x[0], x[1], .mean) }
      ) { (a) throws(TensorError) in
        let reduction = try reduction(a, 2)
        let (x, y) = (try a.tensor(0), try a.tensor(1))
        guard let weight = a.optionalTensor(5) else { return .tensor(try Operations.mseLoss(x, y, reduction)) }
        return try weighted(x, weight, reduction, byWeights: true) { () throws(TensorError) in
          try Operations.pow(Operations.sub(x, y), .int(2))
        }
      })
    list.append(
      declare(
        "l1_loss", .functional, "(Tensor input, Tensor target, \(tail), Tensor? weight=None)",
        "The mean of |input - target|.",
        "F.l1_loss(tensor([1., 2.]), tensor([0., 0.]))"
      ) { (a) throws(TensorError) in
        let (x, y, reduction) = (try a.tensor(0), try a.tensor(1), try reduction(a, 2))
        guard let weight = a.optionalTensor(5) else { return .tensor(try Operations.l1Loss(x, y, reduction)) }
        return try weighted(x, weight, reduction, byWeights: true) { () throws(TensorError) in
          try Operations.l1Loss(x, y, .none)
        }
      })
    list.append(
      declare(
        "smooth_l1_loss", .functional, "(Tensor input, Tensor target, \(tail), float beta=1.0)",
        "Quadratic below beta, linear above.", "F.smooth_l1_loss(tensor([3.]), tensor([0.]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in
          try Operations.smoothL1Loss(x[0], x[1], .sum, beta: 0.7)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.smoothL1Loss(a.tensor(0), a.tensor(1), reduction(a, 2), beta: a.double(5, default: 1)))
      })
    list.append(
      declare(
        "huber_loss", .functional,
        "(Tensor input, Tensor target, str? reduction='mean', float delta=1.0, Tensor? weight=None)",
        "Quadratic below delta, linear above.", "F.huber_loss(tensor([3.]), tensor([0.]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in
          try Operations.huberLoss(x[0], x[1], .sum, delta: 0.7)
        }
      ) { (a) throws(TensorError) in
        let (x, y, reduction) = (try a.tensor(0), try a.tensor(1), try reduction(a, name: 2))
        let delta = a.double(3, default: 1)
        guard let weight = a.optionalTensor(4) else {
          return .tensor(try Operations.huberLoss(x, y, reduction, delta: delta))
        }
        return try weighted(x, weight, reduction, byWeights: false) { () throws(TensorError) in
          try Operations.huberLoss(x, y, .none, delta: delta)
        }
      })
    list.append(
      declare(
        "poisson_nll_loss", .functional,
        "(Tensor input, Tensor target, bool log_input=True, bool full=False, bool? size_average=None, float eps=1e-08, bool? reduce=None, str? reduction='mean')",
        "The negative log likelihood of counts under Poisson rates.",
        "F.poisson_nll_loss(tensor([0.]), tensor([2.]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.poissonLoss(
            a.tensor(0), a.tensor(1), logInput: a.bool(2, default: true), full: a.bool(3, default: false),
            eps: a.double(5, default: 1e-8), reduction(a, average: 4, reduce: 6, name: 7)))
      })
    list.append(
      declare(
        "gaussian_nll_loss", .functional, "The negative log likelihood under normal distributions.",
        "F.gaussian_nll_loss(tensor([0.]), tensor([2.]), tensor([1.]))",
        [gaussianLoss("Tensor"), gaussianLoss("float")]))
    list.append(
      declare(
        "kl_div", .functional, "(Tensor input, Tensor target, \(tail), bool log_target=False)",
        "The Kullback–Leibler divergence; input holds logarithms.",
        "F.kl_div(tensor([0.5]).log(), tensor([0.5]), reduction='sum')"
      ) { (a) throws(TensorError) in
        let isByBatch = a.optionalBool(2) == nil && a.optionalBool(3) == nil && a.string(4) == "batchmean"
        return .tensor(
          try Operations.klDivergence(
            a.tensor(0), a.tensor(1), isByBatch ? nil : reduction(a, 2), logTarget: a.bool(5, default: false)))
      })
    return list
  }

  /// `var` is a tensor or a number.
  private static func gaussianLoss(_ type: String) -> Overload {
    Overload("(Tensor input, Tensor target, \(type) var, bool full=False, float eps=1e-06, str? reduction='mean')") {
      (a) throws(TensorError) in
      let x = try a.tensor(0)
      var variance = a.optionalTensor(2) ?? x
      if let number = a.scalar(2) { variance = try Tensor.filled(x.shape, x.dtype, number) }
      let name = a.string(5) ?? "mean"
      guard let reduction = try? Reduction(name) else { throw .value("\(name) is not valid") }
      return .tensor(
        try Operations.gaussianLoss(
          x, a.tensor(1), variance, full: a.bool(3, default: false),
          eps: a.double(4, default: 1e-6), reduction))
    }
  }

  private static func classificationLosses() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "cross_entropy", .functional,
        "(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None, str? reduction='mean', float label_smoothing=0.0)",
        "Cross entropy of class scores with class numbers or probabilities.",
        "F.cross_entropy(tensor([[1., 2.]]), tensor([1]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in
          try Operations.crossEntropy(x, Tensor.vector([2, 0]), nil, ignoring: -100, smoothing: 0.1, .mean)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.crossEntropy(
            a.tensor(0), a.tensor(1), a.optionalTensor(2), ignoring: a.int(4, default: -100),
            smoothing: a.double(7, default: 0), reduction(a, average: 3, reduce: 5, name: 6)))
      })
    list.append(
      declare(
        "nll_loss", .functional,
        "(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None, str? reduction='mean')",
        "Minus the log probability of the target class.",
        "F.nll_loss(log_softmax(tensor([[1., 2.]]), 1), tensor([1]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in
          try Operations.nllLoss(x, Tensor.vector([2, 0]), nil, ignoring: -100, .mean)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.nllLoss(
            a.tensor(0), a.tensor(1), a.optionalTensor(2), ignoring: a.int(4, default: -100),
            reduction(a, average: 3, reduce: 5, name: 6)))
      })
    list.append(
      declare(
        "binary_cross_entropy", .functional,
        "(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str? reduction='mean')",
        "Cross entropy of probabilities with targets in [0, 1].",
        "F.binary_cross_entropy(tensor([0.5]), tensor([1.]))",
        check: checkMany([[2, 3], [2, 3]], in: 0.1...0.9) { (x) throws(TensorError) in
          try Operations.binaryCrossEntropy(x[0], x[1], nil, .mean)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.binaryCrossEntropy(a.tensor(0), a.tensor(1), a.optionalTensor(2), reduction(a, 3)))
      })
    list.append(
      declare(
        "binary_cross_entropy_with_logits", .functional,
        "(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str? reduction='mean', Tensor? pos_weight=None)",
        "Cross entropy of σ(input) with targets in [0, 1].",
        "F.binary_cross_entropy_with_logits(tensor([0.]), tensor([1.]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in
          try Operations.binaryCrossEntropyWithLogits(
            x[0], x[1], nil, Tensor.make([1.0, 2, 0.5], [3], .float64), .mean)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.binaryCrossEntropyWithLogits(
            a.tensor(0), a.tensor(1), a.optionalTensor(2), a.optionalTensor(6), reduction(a, 3)))
      })
    list.append(
      declare(
        "multilabel_soft_margin_loss", .functional,
        "(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str? reduction='mean')",
        "Binary cross entropy with logits, averaged over the classes.",
        "F.multilabel_soft_margin_loss(tensor([[0., 1.]]), tensor([[1., 0.]]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.multiLabelSoftMarginLoss(a.tensor(0), a.tensor(1), a.optionalTensor(2), reduction(a, 3)))
      })
    list.append(
      declare(
        "multi_margin_loss", .functional,
        "(Tensor input, Tensor target, int p=1, float margin=1.0, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str? reduction='mean')",
        "The hinge loss over classes.", "F.multi_margin_loss(tensor([[0., 1.]]), tensor([1]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.multiMarginLoss(
            a.tensor(0), a.tensor(1), p: a.int(2, default: 1), margin: a.double(3, default: 1), a.optionalTensor(4),
            reduction(a, 5)))
      })
    return list
  }

  private static func rankingLosses() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "hinge_embedding_loss", .functional, "(Tensor input, Tensor target, float margin=1.0, \(tail))",
        "input where target is 1, max(0, margin - input) where it is -1.",
        "F.hinge_embedding_loss(tensor([0.5, 0.2]), tensor([1., -1.]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.hingeEmbeddingLoss(
            a.tensor(0), a.tensor(1), margin: a.double(2, default: 1), reduction(a, 3)))
      })
    list.append(
      declare(
        "margin_ranking_loss", .functional,
        "(Tensor input1, Tensor input2, Tensor target, float margin=0, \(tail))",
        "max(0, -target (input1 - input2) + margin).",
        "F.margin_ranking_loss(tensor([1.]), tensor([2.]), tensor([1.]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.marginRankingLoss(
            a.tensor(0), a.tensor(1), a.tensor(2), margin: a.double(3, default: 0), reduction(a, 4)))
      })
    list.append(
      declare(
        "soft_margin_loss", .functional, "(Tensor input, Tensor target, \(tail))", "log(1 + exp(-target input)).",
        "F.soft_margin_loss(tensor([1.]), tensor([1.]))",
        check: checkMany([[3], [3]]) { (x) throws(TensorError) in try Operations.softMarginLoss(x[0], x[1], .mean) }
      ) { (a) throws(TensorError) in .tensor(try Operations.softMarginLoss(a.tensor(0), a.tensor(1), reduction(a, 2))) }
    )
    list.append(
      declare(
        "cosine_embedding_loss", .functional,
        "(Tensor input1, Tensor input2, Tensor target, float margin=0, \(tail))",
        "1 - cos where target is 1, max(0, cos - margin) where it is -1.",
        "F.cosine_embedding_loss(tensor([[1., 0.]]), tensor([[1., 0.]]), tensor([1]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.cosineEmbeddingLoss(
            a.tensor(0), a.tensor(1), a.tensor(2), margin: a.double(3, default: 0), reduction(a, 4)))
      })
    list.append(
      declare(
        "triplet_margin_loss", .functional,
        "(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2, float eps=1e-06, bool swap=False, \(tail))",
        "max(0, distance to positive - distance to negative + margin).",
        "F.triplet_margin_loss(zeros(1, 2), ones(1, 2), ones(1, 2))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.tripletMarginLoss(
            a.tensor(0), a.tensor(1), a.tensor(2), margin: a.double(3, default: 1), p: a.double(4, default: 2),
            eps: a.double(5, default: 1e-6), swap: a.bool(6, default: false), reduction(a, 7)))
      })
    return list
  }
}
