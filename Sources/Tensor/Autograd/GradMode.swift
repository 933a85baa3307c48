/// Whether operations record a graph (`torch.no_grad()` and friends).
package enum GradMode {
  @exclusivity(unchecked) nonisolated(unsafe) package static var isEnabled = true
  @exclusivity(unchecked) nonisolated(unsafe) package static var isInference = false
}

/// What only some tensors need: the gradient and what listens to it.
package final class AutogradMeta {
  /// The accumulated gradient (`.grad`).
  @exclusivity(unchecked) final var grad: Tensor?
  @exclusivity(unchecked) final var retainsGrad = false
  /// The leaf's accumulator while some graph holds it. Unowned: the accumulator owns the tensor, and clears this when it goes.
  @exclusivity(unchecked) final var accumulator: Unmanaged<AccumulateGrad>?
  /// Where `grad` came from, while a shell takes notes.
  @exclusivity(unchecked) final var history: GradientHistory?
  /// Hooks on a leaf, in the order they were registered, with their handles.
  @exclusivity(unchecked) final var hooks: [(id: Int, call: TensorHook)] = []
  /// Called with the leaf after a gradient was accumulated.
  @exclusivity(unchecked) final var postAccumulateHooks: [(id: Int, call: (Tensor) throws(TensorError) -> Void)] = []
}

/// Sees a gradient on its way back; a returned tensor replaces it.
package typealias TensorHook = (Tensor) throws(TensorError) -> Tensor?
