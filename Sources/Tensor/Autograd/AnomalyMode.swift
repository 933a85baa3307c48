/// `torch.autograd.detect_anomaly()`: backward looks for NaN in what every operation hands on.
package enum AnomalyMode {
  @exclusivity(unchecked) nonisolated(unsafe) package static var isEnabled = false
  @exclusivity(unchecked) nonisolated(unsafe) package static var checksNaN = true

  /// Raises RuntimeError where gradient `i` of `node` has a NaN.
  @inline(never) static func check(_ gradient: Tensor?, _ node: Node?, _ i: Int) throws(TensorError) {
    guard checksNaN, let gradient, let node, gradient.dtype.isFloating else { return }
    let found = try Operations.withoutGrad { () throws(TensorError) in
      try Operations.any(Operations.isnan(gradient.detach())).item()
    }
    if found == .bool(true) {
      throw .runtime("Function '\(node.name)' returned nan values in its \(i)th output.")
    }
  }
}
