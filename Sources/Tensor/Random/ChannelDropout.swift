// Dropout of whole channels, dropout that keeps mean and variance, and noisy softmax.

extension Operations {
  /// Channels zeroed as a whole with probability `p`, the others scaled by 1 / (1 − p).
  package static func featureDropout(
    _ x: Tensor, _ p: Double, training: Bool, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    try checkProbability(p)
    if p == 0 || !training || x.count == 0 { return x }
    if p == 1 { return try scaled(x, Tensor.scalar(.int(0), x.dtype), inPlace: inPlace) }
    let noise = try channelNoise(x, p)
    let scale = try withoutGrad { () throws(TensorError) in try div(noise, .float(1 - p)) }
    return try scaled(x, scale, inPlace: inPlace)
  }

  private static func scaled(_ x: Tensor, _ factor: Tensor, inPlace: Bool) throws(TensorError) -> Tensor {
    if !inPlace { return try mul(x, factor) }
    try mulInPlace(x, factor)
    return x
  }

  /// As dropout for what `selu` puts out: dropped elements take its lower limit, and mean and variance stay. `byChannel` drops
  /// whole channels.
  package static func alphaDropout(
    _ x: Tensor, _ p: Double, training: Bool, byChannel: Bool, inPlace: Bool = false
  ) throws(TensorError) -> Tensor {
    try checkProbability(p)
    if p == 0 || !training || x.count == 0 { return x }
    if p == 1 { return try scaled(x, Tensor.scalar(.int(0), x.dtype), inPlace: inPlace) }
    let noise: Tensor
    if byChannel {
      noise = try channelNoise(x, p)
    } else {
      noise = try x.emptyLike(x.dtype)
      try drawBernoulli(noise, 1 - p, .global)
    }
    let limit = 1.7580993408473766
    let a = 1 / ((limit * limit * p + 1) * (1 - p)).squareRoot()
    let (scale, shift) = try withoutGrad { () throws(TensorError) in
      let b = try add(mul(add(noise, .int(-1)), .float(limit * a)), .float(limit * a * p))
      return (try mul(noise, .float(a)), b)
    }
    if !inPlace { return try add(mul(x, scale), shift) }
    try mulInPlace(x, scale)
    try addInPlace(x, shift)
    return x
  }

  private static func checkProbability(_ p: Double) throws(TensorError) {
    guard p >= 0 && p <= 1 else {
      throw .value("dropout probability has to be between 0 and 1, but got \(pythonText(p))")
    }
  }

  /// One draw for each channel (dimension 1) of each sample.
  private static func channelNoise(_ x: Tensor, _ p: Double) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .runtime("Feature dropout requires at least 2 dimensions in the input") }
    guard x.dtype.isFloating else {
      throw .runtime("result type Float can't be cast to the desired output type \(x.dtype.scalarTypeName)")
    }
    let shape = [x.shape[0], x.shape[1]] + [Int](repeating: 1, count: x.ndim - 2)
    let noise = try Tensor(empty: Dims.checked(shape), x.dtype)
    try drawBernoulli(noise, 1 - p, .global)
    return noise
  }

  /// A softmax of noisy logits; `hard` gives one at the largest, with the soft one's gradient.
  package static func gumbelSoftmax(
    _ logits: Tensor, tau: Double, hard: Bool, _ dim: Int
  ) throws(TensorError) -> Tensor {
    guard logits.dtype.isFloating else {
      throw RandomFill.notImplemented("exponential_", logits.dtype)
    }
    let noise = try withoutGrad { () throws(TensorError) in
      let drawn = try Tensor(empty: logits.shape, logits.dtype)
      try RandomFill.exponential(drawn, 1, .global)
      return try log(drawn)
    }
    let soft = try softmax(div(add(logits, neg(noise)), .float(tau)), dim)
    if !hard { return soft }
    let one = try withoutGrad { () throws(TensorError) in
      let index = try argmax(soft.detach(), dim, keepdim: true)
      return try scatter(Tensor.filled(logits.shape, logits.dtype, .int(0)), dim, index, .float(1))
    }
    return try add(sub(one, soft.detach()), soft)
  }
}

extension OperationTable {
  static func channelDropoutDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for n in 1...3 {
      let rank = "1, 2" + String(repeating: ", 1", count: n)
      list.append(
        declare(
          "dropout\(n)d", .functional, "(Tensor input, float p=0.5, bool training=True, bool inplace=False)",
          "Whole channels zeroed with probability p, the others scaled by 1 / (1 - p).",
          "F.dropout\(n)d(ones(\(rank)), 0.).shape"
        ) { (a) throws(TensorError) in
          let (x, p, training, inPlace) = (
            try a.tensor(0), a.double(1, default: 0.5), a.bool(2, default: true), a.bool(3, default: false)
          )
          if n == 1 && x.ndim != 2 && x.ndim != 3 {
            throw .runtime(
              "dropout1d: Expected 2D or 3D input, but received a \(x.ndim)D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs)."
            )
          }
          // Without a batch dimension, except that two dimensions of places leave it in doubt.
          if n != 2 && x.ndim != n + 2 {
            let batch = try Operations.unsqueeze(x, 0)
            return .tensor(
              try Operations.squeeze(Operations.featureDropout(batch, p, training: training, inPlace: inPlace), 0))
          }
          return .tensor(try Operations.featureDropout(x, p, training: training, inPlace: inPlace))
        })
    }
    for (name, byChannel) in [("alpha_dropout", false), ("feature_alpha_dropout", true)] {
      list.append(
        declare(
          name, .functional, "(Tensor input, float p=0.5, bool training=False, bool inplace=False)",
          "Dropout that keeps the mean and variance of what `selu` puts out.", "F.\(name)(ones(1, 2))"
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.alphaDropout(
              a.tensor(0), a.double(1, default: 0.5), training: a.bool(2, default: false), byChannel: byChannel,
              inPlace: a.bool(3, default: false)))
        })
    }
    list.append(
      declare(
        "gumbel_softmax", .functional,
        "(Tensor logits, float tau=1, bool hard=False, float eps=1e-10, int dim=-1)",
        "A softmax of logits with Gumbel noise: a draw from the categories that lets gradients through.",
        "F.gumbel_softmax(zeros(3)).sum()"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.gumbelSoftmax(
            a.tensor(0), tau: a.double(1, default: 1), hard: a.bool(2, default: false), a.int(4, default: -1)))
      })
    return list
  }
}
