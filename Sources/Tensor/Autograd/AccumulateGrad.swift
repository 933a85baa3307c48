/// The end of the way back: adds arriving gradients into a leaf's `.grad`.
package final class AccumulateGrad: Node {
  /// The leaf.
  package let variable: Tensor

  init(_ variable: Tensor) {
    self.variable = variable
    super.init(sequence: .max)
    output = OutputMeta(shape: variable.shape, dtype: variable.dtype)
  }

  deinit { variable.meta?.accumulator = nil }

  override package var name: String { "torch::autograd::AccumulateGrad" }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard let g = gradient else { return }
    gradient = nil
    try AccumulateGrad.accumulate(g, into: variable)
  }

  override package func releaseSaved() {}

  /// `variable.grad += g`. The first gradient is kept itself when nobody else holds it, and copied otherwise, so that
  /// `.grad` never shares memory with a tensor the user can reach.
  static func accumulate(_ g: consuming Tensor, into variable: Tensor) throws(TensorError) {
    let meta = variable.autogradMeta
    try add(consume g, to: meta)
    if let journal = GradientJournal.current { journal.accumulated(meta) }
  }

  @inline(__always) private static func add(_ g: consuming Tensor, to meta: AutogradMeta) throws(TensorError) {
    guard let old = meta.grad else {
      if GradMode.isEnabled {
        meta.grad = try Operations.copyForAccumulation(g)
      } else if isKnownUniquelyReferenced(&g) && g.isContiguous && g.storedNode == nil && g.viewBase == nil
        && isKnownUniquelyReferenced(&g.storage)
      {
        meta.grad = g
      } else {
        meta.grad = try g.detach().copied()
      }
      return
    }
    if GradMode.isEnabled {
      meta.grad = try Operations.add(old, g)
    } else {
      try Operations.addInPlace(old, g)
    }
  }
}
