extension Operations {
  /// A copy (`clone`), laid out in memory as `x`.
  package static func clone(_ x: Tensor) throws(TensorError) -> Tensor {
    let out = try x.emptyLike(x.dtype)
    try Kernels.copy(x, into: out)
    if Autograd.isRecording(x) { Autograd.attach(OpNode(CopyRules.clone, x), out) }
    return out
  }

  /// `x` itself when contiguous, otherwise a contiguous copy.
  package static func contiguous(_ x: Tensor) throws(TensorError) -> Tensor {
    if x.isContiguous { return x }
    let out = try x.copied()
    if Autograd.isRecording(x) { Autograd.attach(OpNode(CopyRules.clone, x), out) }
    return out
  }

  /// `x` itself when it has that type, otherwise converted (`to`, `float`, `long` …).
  package static func cast(_ x: Tensor, _ type: DType) throws(TensorError) -> Tensor {
    if x.dtype == type { return x }
    let out = try x.emptyLike(type)
    try Kernels.copy(x, into: out)
    if type.isFloating && Autograd.isRecording(x) { Autograd.attach(OpNode(CopyRules.toCopy, x), out) }
    return out
  }

  /// The first gradient of a leaf when gradients are themselves recorded.
  static func copyForAccumulation(_ g: Tensor) throws(TensorError) -> Tensor {
    let out = try g.detach().copied()
    if Autograd.isRecording(g) { Autograd.attach(OpNode(CopyRules.copyOnly, g), out) }
    return out
  }

  /// `target.copy_(source)`: converts and broadcasts.
  package static func copyInPlace(_ target: Tensor, _ source: Tensor) throws(TensorError) {
    if target.shape != source.shape && !Dims.canBroadcast(source.shape, to: target.shape) {
      throw expandError(source, to: target.shape)
    }
    try target.checkInPlace()
    try Elementwise.checkNoInternalOverlap(target)
    if source === target { return }
    var node: OpNode?
    if target.dtype.isFloating && Autograd.isRecording(target, source) {
      node = OpNode(CopyRules.copy, target, source)
    }
    try Kernels.copy(Elementwise.untangled(source, from: target), into: target)
    finishInPlace(target, node)
  }

  static func expandError(_ source: Tensor, to shape: Dims) -> TensorError {
    if source.ndim > shape.count {
      return .runtime(
        "The number of sizes provided (\(shape.count)) must be greater or equal to the number of dimensions in the tensor (\(source.ndim))"
      )
    }
    let missing = shape.count - source.ndim
    for i in stride(from: source.ndim - 1, through: 0, by: -1)
    where source.shape[i] != 1 && source.shape[i] != shape[i + missing] {
      return .runtime(
        "The expanded size of the tensor (\(shape[i + missing])) must match the existing size (\(source.shape[i])) at non-singleton dimension \(i + missing).  Target sizes: \(shape.description).  Tensor sizes: \(source.shape.description)"
      )
    }
    return .runtime("The expanded sizes do not match")
  }

  /// `target.fill_(value)`; also assignment of a number to an indexed view.
  package static func fillInPlace(_ target: Tensor, _ value: Scalar) throws(TensorError) {
    try fillInPlace(target, value, CopyRules.fill)
  }

  /// `target.zero_()`.
  package static func zeroInPlace(_ target: Tensor) throws(TensorError) {
    try fillInPlace(target, .int(0), CopyRules.zero)
    GradientJournal.note { $0.zeroed(target) }
  }

  private static func fillInPlace(_ target: Tensor, _ value: Scalar, _ rule: Rule) throws(TensorError) {
    try target.checkInPlace()
    var node: OpNode?
    if target.dtype.isFloating && Autograd.isRecording(target) { node = OpNode(rule, target) }
    try Kernels.fill(target, value)
    finishInPlace(target, node)
  }

  /// `target.fill_(tensor)` with a 0-dim tensor.
  package static func fillInPlace(_ target: Tensor, _ value: Tensor) throws(TensorError) {
    if value.ndim != 0 {
      throw .runtime("fill_ only supports 0-dimension value tensor but got tensor with \(value.ndim) dimensions.")
    }
    try target.checkInPlace()
    var node: OpNode?
    if target.dtype.isFloating && Autograd.isRecording(target, value) {
      node = OpNode(CopyRules.fillTensor, target, value)
    }
    try Kernels.copy(value, into: target)
    finishInPlace(target, node)
  }
}

enum CopyRules {
  static let clone = Rule("CloneBackward0") { (node, g) throws(TensorError) in (g, nil, nil) }
  static let toCopy = Rule("ToCopyBackward0") { (node, g) throws(TensorError) in (g, nil, nil) }
  // The overwritten value gets zeros, not nothing: its own derivative still runs, and finds what was changed under it.
  static let copy = Rule("torch::autograd::CopyBackwards") { (node, g) throws(TensorError) in
    (try zeros(like: g), g, nil)
  }
  static let copyOnly = Rule("torch::autograd::CopyBackwards") { (node, g) throws(TensorError) in (g, nil, nil) }
  static let fill = Rule("FillBackward2") { (node, g) throws(TensorError) in (try zeros(like: g), nil, nil) }
  static let fillTensor = Rule("FillBackward3") { (node, g) throws(TensorError) in (try zeros(like: g), g, nil) }
  static let zero = Rule("ZeroBackward0") { (node, g) throws(TensorError) in (try zeros(like: g), nil, nil) }

  private static func zeros(like g: Tensor) throws(TensorError) -> Tensor { try Operations.zeros(g.shape, g.dtype) }
}
