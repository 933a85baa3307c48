extension Tensor {
  /// The name that `grad_fn=<…>` shows; nil for leaves.
  package var gradFunctionName: String? { node?.className }
}
