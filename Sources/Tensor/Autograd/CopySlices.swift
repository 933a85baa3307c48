/// Where a view lies in its base: enough to cut it out of a gradient of the base's shape.
struct ViewGeometry {
  let baseShape: Dims
  let baseStrides: Dims
  let viewShape: Dims
  let viewStrides: Dims
  /// From the base's first element to the view's.
  let offset: Int

  init(base: Tensor, view: Tensor) {
    baseShape = base.shape
    baseStrides = base.strides
    viewShape = view.shape
    viewStrides = view.strides
    offset = view.offset - base.offset
  }

  /// Copies a gradient of the base's shape into memory laid out as the base, so that the view's strides apply.
  func layOut(_ gradient: Tensor) throws(TensorError) -> Tensor {
    var extent = 1
    for i in 0..<baseShape.count where baseShape[i] > 1 { extent += (baseShape[i] - 1) * baseStrides[i] }
    let storage = try Storage(byteCount: extent * gradient.dtype.size)
    let laid = Tensor(
      storage: storage, offset: 0, shape: baseShape, strides: baseStrides, dtype: gradient.dtype,
      isContiguous: Tensor.areContiguous(baseShape, baseStrides))
    try Kernels.copy(gradient, into: laid)
    return laid
  }

  func cut(_ laid: Tensor) -> Tensor {
    Tensor(
      storage: laid.storage, offset: laid.offset + offset, shape: viewShape, strides: viewStrides, dtype: laid.dtype,
      isContiguous: Tensor.areContiguous(viewShape, viewStrides))
  }

  /// The view's part of a gradient of the base's shape. Differentiable.
  func gather(_ gradient: Tensor) throws(TensorError) -> Tensor {
    let result = try cut(layOut(gradient.detach())).copied()
    if Autograd.isRecording(gradient) {
      Autograd.record("AsStridedBackward0", [gradient], result) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(baseShape, c.gradient.dtype, .int(0))
        return [try scatter(zeros, c.gradient)]
      }
    }
    return result
  }

  /// `gradient` with the view's part replaced by `part`. Differentiable.
  func scatter(_ gradient: Tensor, _ part: Tensor) throws(TensorError) -> Tensor {
    let result = try layOut(gradient.detach())
    try Kernels.copy(part.detach(), into: cut(result))
    if Autograd.isRecording(gradient, part) {
      Autograd.record("AsStridedScatterBackward0", [gradient, part], result) { (c) throws(TensorError) in
        let zeros = try Tensor.filled(viewShape, c.gradient.dtype, .int(0))
        return [
          c.needs(0) ? try scatter(c.gradient, zeros) : nil,
          c.needs(1) ? try gather(c.gradient) : nil,
        ]
      }
    }
    return result
  }
}

/// The history of a view whose base was changed in place after the view was made.
final class AsStridedNode: Node {
  private let geometry: ViewGeometry

  init(base: Tensor, view: Tensor) {
    geometry = ViewGeometry(base: base, view: view)
    super.init()
    appendEdge(base.gradientEdge)
    output = OutputMeta(shape: view.shape, dtype: view.dtype)
  }

  override var name: String { "AsStridedBackward0" }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard let g = gradient else { return task.deliverNothing(self) }
    let zeros = try Tensor.filled(geometry.baseShape, g.dtype, .int(0))
    try task.deliver([geometry.scatter(zeros, g)], self)
  }

  override func releaseSaved() {}
}

/// The history of a tensor that was changed in place through a view: the change's own node handles the view's part of
/// the gradient, the rest passes through.
final class CopySlices: Node {
  private let geometry: ViewGeometry
  private let inner: Node

  init(base: Tensor, view: Tensor, _ inner: Node) {
    geometry = ViewGeometry(base: base, view: view)
    self.inner = inner
    super.init()
    appendEdge(base.gradientEdge)
    for i in 1..<max(inner.inputCount, 1) { appendEdge(inner.edge(i)) }
    output = OutputMeta(shape: base.shape, dtype: base.dtype)
  }

  override var name: String { "torch::autograd::CopySlices" }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard let g = gradient else { return task.deliverNothing(self) }
    let part = try geometry.gather(g)
    let collected = try task.collect(inner, part)
    if needs(0) {
      let own: Tensor
      if let first = collected.first ?? nil {
        own = first
      } else {
        own = try Tensor.filled(geometry.viewShape, g.dtype, .int(0))
      }
      try task.deliver(geometry.scatter(g, own), self, 0)
    } else {
      try task.deliver(nil, self, 0)
    }
    for i in 1..<max(inputCount, 1) { try task.deliver(collected[i], self, i) }
  }

  override func releaseSaved() { inner.finish() }
}
