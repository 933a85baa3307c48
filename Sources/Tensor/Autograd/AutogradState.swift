/// The autograd side of one tensor.
package final class AutogradState {
  /// True for leaves marked by the user and for every result computed from one.
  package var requiresGrad: Bool
  /// The operation that made this tensor; nil for leaves.
  package var node: Node?
  /// Which of the node's outputs this tensor is.
  package var outputIndex: Int
  /// The accumulated gradient (`.grad`).
  package var grad: Tensor?
  package var retainsGrad = false
  /// Set on leaves the first time they enter a graph.
  package var accumulator: Node?
  /// The tensor this is a view of, for version checks and in-place writes through views.
  package var viewBase: Tensor?

  package init(requiresGrad: Bool, node: Node? = nil, outputIndex: Int = 0) {
    self.requiresGrad = requiresGrad
    self.node = node
    self.outputIndex = outputIndex
  }
}

/// Whether operations record a graph (`torch.no_grad()` and friends).
package enum GradMode {
  nonisolated(unsafe) package static var isEnabled = true
  nonisolated(unsafe) package static var isInference = false
}
