extension Tensor {
  /// `grad_fn`: the node that made this tensor; nil for leaves. A view whose base was changed in place since gets a new one.
  @inline(__always) package var node: Node? { isView && viewVersion != version ? viewNode() : storedNode }

  /// Which of `node`'s outputs this is.
  package var outputIndex: Int { Int(storedOutputIndex) }

  package var isLeaf: Bool { isView ? node == nil : !hasStoredNode }
  /// `_base` of a differentiable view.
  package var base: Tensor? { viewBase }

  @inline(never) private func viewNode() -> Node? {
    guard let base = viewBase, base.requiresGrad else { return storedNode }
    let node = AsStridedNode(base: base, view: self)
    willChange()
    viewVersion = version
    storedNode = node
    storedOutputIndex = 0
    return node
  }

  /// Where gradients of this tensor flow: its node, or a leaf's accumulator; none when no gradient is required.
  @inline(__always) package var gradientEdge: Edge {
    if let node { return Edge(node, Int(storedOutputIndex)) }
    return leafRequiresGrad ? Edge(accumulator(), 0) : Edge()
  }

  @inline(never) final func accumulator() -> Node {
    let meta = autogradMeta
    if let existing = meta.accumulator { return existing.takeUnretainedValue() }
    let node = AccumulateGrad(self)
    meta.accumulator = .passUnretained(node)
    return node
  }

  /// `.grad`; set without checks (`setGrad` checks).
  package var grad: Tensor? {
    get { meta?.grad }
    set {
      if newValue == nil && meta == nil { return }
      willChange()
      autogradMeta.grad = newValue
      if storedNode == nil { GradientJournal.note { $0.assigned(autogradMeta, isNone: newValue == nil) } }
    }
  }

  /// Assigns `.grad` as the language does, with PyTorch's checks.
  package func setGrad(_ value: Tensor?) throws(TensorError) {
    guard let value else { return grad = nil }
    if value === self { throw .runtime("can't assign Tensor as its own grad") }
    if value.dtype != dtype {
      throw .runtime(
        "attempting to assign a gradient with dtype '\(value.dtype.lowerName)' to a tensor with grad_dtype '\(dtype.scalarTypeName)'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems that assume they match."
      )
    }
    if value.shape != shape {
      throw .runtime(
        "attempting to assign a gradient of size '\(value.shape.description)' to a tensor of size '\(shape.description)'. Please ensure that the gradient and the tensor are the same size"
      )
    }
    grad = value
  }

  /// `requires_grad_()` and assigning `requires_grad`.
  package func setRequiresGrad(_ wanted: Bool) throws(TensorError) {
    if !isLeaf {
      if wanted { return }
      throw .runtime(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach()."
      )
    }
    if wanted && !dtype.isFloating {
      throw .runtime("only Tensors of floating point dtype can require gradients")
    }
    if wanted && isInference && !GradMode.isInference {
      throw .runtime("Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.")
    }
    willChange()
    leafRequiresGrad = wanted
  }

  /// `x.data = other`: takes over another tensor's elements, geometry and type; the graph does not notice.
  package func setData(_ other: Tensor) {
    willChange()
    storage = Storage(sharing: other.storage)
    storage.version = 0
    offset = other.offset
    dtype = other.dtype
    setGeometry(other.shape, other.strides)
  }

  /// The same elements and version counter, outside the graph.
  package func detach() -> Tensor { alias() }

  /// Takes this tensor itself out of the graph (`detach_`).
  package func detachInPlace() throws(TensorError) {
    if viewBase != nil {
      throw .runtime(
        "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as a solution."
      )
    }
    willChange()
    storedNode = nil
    storedOutputIndex = 0
    leafRequiresGrad = false
  }

  /// Keeps the gradient of a non-leaf (`retain_grad`).
  package func retainGrad() throws(TensorError) {
    if !requiresGrad { throw .runtime("can't retain_grad on Tensor that has requires_grad=False") }
    guard let node, !retainsGrad else { return }
    willChange()
    autogradMeta.retainsGrad = true
    node.noteHooks()
    node.withExtras.retained.append((outputIndex, WeakTensor(self)))
  }

  /// Whether hooks wait for this leaf's gradient.
  @inline(__always) final var hasHooks: Bool {
    guard let meta else { return false }
    return !meta.hooks.isEmpty
  }

  package var retainsGrad: Bool { meta?.retainsGrad ?? false }

  /// Registers a hook on this tensor's gradient; the handle's `remove` takes it off.
  package func registerHook(_ hook: @escaping TensorHook) throws(TensorError) -> HookHandle {
    if !requiresGrad { throw .runtime("cannot register a hook on a tensor that doesn't require gradient") }
    let id = HookHandle.nextID()
    if let node {
      node.noteHooks()
      node.withExtras.tensorHooks.append((id, outputIndex, hook))
      return HookHandle(id) { [weak node] in
        node?.noteHooks()
        node?.extras?.tensorHooks.removeAll { $0.id == id }
      }
    }
    willChange()
    autogradMeta.hooks.append((id, hook))
    return HookHandle(id) { [weak self] in
      self?.willChange()
      self?.meta?.hooks.removeAll { $0.id == id }
    }
  }

  /// Called before an in-place change: throws PyTorch's errors for leaves and their views, and tells the undo journal.
  @inline(__always) package func checkInPlace() throws(TensorError) {
    if GradMode.isEnabled && requiresGrad { try refuseLeafInPlace() }
    if GradMode.isEnabled && viewKind != .plain { try refuseViewInPlace() }
    if isInference && !GradMode.isInference && viewKind == .plain { try refuseInference() }
    willChangeElements()
  }

  @inline(never) private func refuseInference() throws(TensorError) {
    throw .runtime(
      "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details."
    )
  }

  @inline(never) private func refuseLeafInPlace() throws(TensorError) {
    if let base = viewBase {
      if base.isLeaf && base.requiresGrad {
        throw .runtime("a view of a leaf Variable that requires grad is being used in an in-place operation.")
      }
    } else if isLeaf {
      throw .runtime("a leaf Variable that requires grad is being used in an in-place operation.")
    }
  }

  @inline(never) private func refuseViewInPlace() throws(TensorError) {
    switch viewKind {
    case .plain: return
    case .multiOutput:
      if !requiresGrad { return }
      var name = storedNode?.name ?? "UnbindBackward0"
      if let end = name.range(ofLast: "Backward") { name = String(name[..<end]) }
      throw .runtime(
        "Output \(storedOutputIndex) of \(name) is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one."
      )
    case .noGrad:
      if !requiresGrad { return }
      throw .runtime(
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
      )
    case .inference:
      if !requiresGrad { return }
      throw .runtime(
        "A view was created in inference mode and is being modified inplace with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the inference_mode block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
      )
    }
  }
}

extension Node {
  /// `Node.register_prehook`.
  package final func registerPreHook(_ hook: @escaping NodeHook) -> HookHandle {
    let id = HookHandle.nextID()
    withExtras.preHooks.append((id, hook))
    return HookHandle(id) { [weak self] in self?.extras?.preHooks.removeAll { $0.id == id } }
  }

  /// `Node.register_hook`.
  package final func registerHook(_ hook: @escaping NodePostHook) -> HookHandle {
    let id = HookHandle.nextID()
    withExtras.postHooks.append((id, hook))
    return HookHandle(id) { [weak self] in self?.extras?.postHooks.removeAll { $0.id == id } }
  }
}

/// Takes a registered hook off again.
package final class HookHandle {
  package let id: Int
  private let removal: () -> Void
  nonisolated(unsafe) private static var last = -1

  init(_ id: Int, _ removal: @escaping () -> Void) {
    self.id = id
    self.removal = removal
  }

  package func remove() { removal() }

  static func nextID() -> Int {
    last += 1
    return last
  }
}
