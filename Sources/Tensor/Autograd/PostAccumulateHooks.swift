extension Tensor {
  /// Registers a function that is called after a gradient was added into this leaf's `.grad`.
  package func registerPostAccumulateHook(
    _ hook: @escaping (Tensor) throws(TensorError) -> Void
  ) throws(TensorError) -> HookHandle {
    if !requiresGrad { throw .runtime("cannot register a hook on a tensor that doesn't require gradient") }
    if !isLeaf { throw .runtime("post accumulate grad hooks cannot be registered on non-leaf tensors") }
    let id = HookHandle.nextID()
    willChange()
    autogradMeta.postAccumulateHooks.append((id, hook))
    return HookHandle(id) { [weak self] in
      self?.willChange()
      self?.meta?.postAccumulateHooks.removeAll { $0.id == id }
    }
  }
}
