/// The end of the way back: adds arriving gradients into a leaf's `.grad`.
package final class AccumulateGrad: Node {
  /// The leaf.
  package let variable: Tensor

  init(_ variable: Tensor) {
    self.variable = variable
    super.init(accumulator: ())
    output = OutputMeta(shape: variable.shape, dtype: variable.dtype)
  }

  deinit { variable.meta?.accumulator = nil }

  override package var name: String { "torch::autograd::AccumulateGrad" }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard hasGradient else { return }
    let owns = ownsGradient
    try AccumulateGrad.accumulate(takeGradient().unsafelyUnwrapped, into: variable, owns: owns)
  }

  override package func releaseSaved() {}

  /// `variable.grad += g`. The first gradient is kept itself when nobody else holds it (`owns`), and copied otherwise, so that
  /// `.grad` never shares memory with a tensor the user can reach.
  static func accumulate(_ g: Tensor, into variable: Tensor, owns: Bool) throws(TensorError) {
    let meta = variable.autogradMeta
    try add(g, to: meta, of: variable, owns: owns)
    GradientJournal.note { $0.accumulated(meta) }
    if !meta.postAccumulateHooks.isEmpty {
      for hook in meta.postAccumulateHooks { try hook.call(variable) }
    }
  }

  @inline(__always) private static func add(
    _ g: Tensor, to meta: AutogradMeta, of variable: Tensor, owns: Bool
  ) throws(TensorError) {
    guard let old = meta.grad else {
      variable.willChange()
      if GradMode.isEnabled {
        meta.grad = try Operations.copyForAccumulation(g)
      } else {
        meta.grad = owns ? g : try g.copied()
      }
      return
    }
    if GradMode.isEnabled {
      variable.willChange()
      meta.grad = try Operations.add(old, g)
    } else {
      try Operations.addInPlace(old, g)
    }
  }
}
