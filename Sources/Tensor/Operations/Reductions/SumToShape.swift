extension Operations {
  /// Sums the dimensions along which a tensor of `shape` was broadcast to get `x`'s shape (the reverse of `expand`).
  package static func sumToShape(_ x: Tensor, _ shape: Dims) throws(TensorError) -> Tensor {
    if x.shape == shape { return x }
    throw .runtime("pending")
  }
}
