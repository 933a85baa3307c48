/// Whether operations record a graph (`torch.no_grad()` and friends).
package enum GradMode {
  nonisolated(unsafe) package static var isEnabled = true
  nonisolated(unsafe) package static var isInference = false
}

/// What only some tensors need: the gradient and what listens to it.
package final class AutogradMeta {
  /// The accumulated gradient (`.grad`).
  final var grad: Tensor?
  final var retainsGrad = false
  /// The leaf's accumulator while some graph holds it. Unowned: the accumulator owns the tensor, and clears this when it goes.
  final var accumulator: Unmanaged<AccumulateGrad>?
  /// Hooks on a leaf, in the order they were registered, with their handles.
  final var hooks: [(id: Int, call: TensorHook)] = []
}

/// Sees a gradient on its way back; a returned tensor replaces it.
package typealias TensorHook = (Tensor) throws(TensorError) -> Tensor?
