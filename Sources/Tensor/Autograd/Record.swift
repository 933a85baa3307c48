/// Recording operations. What an operation does, in this order:
///
///     let out = …                                     // compute
///     if Autograd.isRecording(a, b) {
///       Autograd.record("AtanBackward0", [a, b], out, saving: [a, b]) { c throws(TensorError) in
///         let g = c.gradient                          // of the output
///         return [
///           c.needs(0) ? try Operations.mul(g, c.saved(1)) : nil,
///           c.needs(1) ? try Operations.mul(g, c.saved(0)) : nil,
///         ]
///       }
///     }
///
/// - Everything tensor-valued that backward needs goes through `saving:` (and `savesOutput: true`, then
///   `c.output`), never through the closure's captures: that gives the version check, the error after the graph was
///   freed, and no reference cycle. Shapes, dims and numbers may be captured.
/// - Write the formula in differentiable operations; gradients may be left in a broadcast shape or another float type,
///   the engine sums and casts them to the input's.
/// - A view: `let v = x.makeView(…)`, then `record` with `v` as the output.
/// - An in-place operation: `Autograd.inPlace(x, …)`.
package enum Autograd {
  @inline(__always) package static func isRecording(_ a: Tensor) -> Bool { GradMode.isEnabled && a.requiresGrad }

  @inline(__always) package static func isRecording(_ a: Tensor, _ b: Tensor) -> Bool {
    GradMode.isEnabled && (a.requiresGrad || b.requiresGrad)
  }

  @inline(__always) package static func isRecording(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Bool {
    GradMode.isEnabled && (a.requiresGrad || b.requiresGrad || c.requiresGrad)
  }

  package static func isRecording(_ tensors: [Tensor]) -> Bool {
    GradMode.isEnabled && tensors.contains { $0.requiresGrad }
  }

  package typealias Backward = (BackwardContext) throws(TensorError) -> [Tensor?]

  /// Makes `output` the result of a node whose inputs are `inputs`. Call only when `isRecording`.
  package static func record(
    _ name: String, _ inputs: [Tensor], _ output: Tensor, saving: [Tensor] = [], savesOutput: Bool = false,
    _ backward: @escaping Backward
  ) {
    guard output.dtype.isFloating else { return }
    let node = ClosureNode(name, backward)
    for input in inputs { node.appendEdge(input.gradientEdge) }
    node.saved = saving.map { SavedTensor($0) }
    attach(node, output)
    if savesOutput { node.savedOutputs = [SavedTensor(output: output)] }
  }

  /// As `record`, with several outputs; those that are not floating point stay outside the graph. `c.gradients[i]` is nil
  /// where no gradient arrived.
  package static func record(
    _ name: String, _ inputs: [Tensor], outputs: [Tensor], saving: [Tensor] = [], savesOutputs: Bool = false,
    _ backward: @escaping Backward
  ) {
    let node = ClosureNode(name, backward)
    for input in inputs { node.appendEdge(input.gradientEdge) }
    node.saved = saving.map { SavedTensor($0) }
    attach(node, outputs: outputs)
    if savesOutputs {
      node.savedOutputs = outputs.enumerated().map { SavedTensor(output: $0.element, $0.offset) }
    }
  }

  /// An in-place operation on `x`: checks that it is allowed, runs `write`, which changes `x`'s elements, advances the
  /// version and records. `inputs` are the differentiable operands as the formula counts them; `x` itself is input 0.
  /// `savingOriginal` keeps a clone of `x` from before, with its history, as the first saved tensor.
  package static func inPlace(
    _ name: String, _ x: Tensor, _ others: [Tensor] = [], saving: [Tensor] = [], savingOriginal: Bool = false,
    savesOutput: Bool = false, write: () throws(TensorError) -> Void, _ backward: @escaping Backward
  ) throws(TensorError) {
    try x.checkInPlace()
    guard x.dtype.isFloating, GradMode.isEnabled, x.requiresGrad || others.contains(where: { $0.requiresGrad }) else {
      try write()
      x.bumpVersion()
      return
    }
    let node = ClosureNode(name, backward)
    node.appendEdge(x.gradientEdge)
    for other in others { node.appendEdge(other.gradientEdge) }
    if savingOriginal { node.saved.append(SavedTensor(try Operations.clone(x))) }
    for tensor in saving { node.saved.append(SavedTensor(tensor)) }
    try write()
    x.bumpVersion()
    rebase(x, node)
    if savesOutput { node.savedOutputs = [SavedTensor(output: x)] }
  }

  /// Makes `output` output 0 of `node`.
  package static func attach(_ node: Node, _ output: Tensor) {
    node.output = OutputMeta(shape: output.shape, dtype: output.dtype)
    output.setNode(node, 0)
  }

  package static func attach(_ node: Node, outputs: [Tensor]) {
    node.outputCount = outputs.count
    for (i, output) in outputs.enumerated() {
      let meta = OutputMeta(shape: output.shape, dtype: output.dtype)
      if i == 0 { node.output = meta } else { node.withExtras.outputs.append(meta) }
      if output.dtype.isFloating {
        output.setNode(node, Int32(i))
      }
    }
  }

  /// Makes `node`, whose input 0 is the old value of `x`, the history of `x` after an in-place change. Through a view this
  /// puts a `CopySlices` over the base's history. Call after the version was advanced.
  package static func rebase(_ x: Tensor, _ node: Node) {
    node.output = OutputMeta(shape: x.shape, dtype: x.dtype)
    if let base = x.viewBase {
      let slices = CopySlices(base: base, view: x, node)
      base.willChange()
      moveRetained(base, slices)
      base.storedNode = slices
      base.storedOutputIndex = 0
      base.leafRequiresGrad = false
      _ = x.node
      return
    }
    x.willChange()
    moveRetained(x, node)
    x.storedNode = node
    x.storedOutputIndex = 0
  }

  /// `retain_grad` follows the tensor to its new node.
  private static func moveRetained(_ x: Tensor, _ node: Node) {
    guard x.retainsGrad, let old = x.storedNode?.extras else { return }
    x.storedNode?.noteHooks()
    old.retained.removeAll { $0.tensor.tensor === x }
    node.withExtras.retained.append((0, WeakTensor(x)))
  }
}

/// What a backward closure sees.
package struct BackwardContext {
  package let node: ClosureNode

  /// The gradient of output 0.
  package var gradient: Tensor { node.gradient.unsafelyUnwrapped }
  /// The gradients of all outputs; nil where none arrived.
  package var gradients: [Tensor?] { (0..<node.outputCount).map { node.arrived($0) } }
  package func needs(_ i: Int) -> Bool { node.needs(i) }
  package func saved(_ i: Int) throws(TensorError) -> Tensor {
    if node.isReleased { throw .runtime(Node.freedMessage) }
    return try node.saved[i].unpack(node)
  }
  /// Output 0, where `savesOutput` was given.
  package func output() throws(TensorError) -> Tensor { try output(0) }
  package func output(_ i: Int) throws(TensorError) -> Tensor {
    if node.isReleased { throw .runtime(Node.freedMessage) }
    return try node.savedOutputs[i].unpack(node)
  }
  /// Zeros in the form of output `i`, for a gradient that did not arrive.
  package func zeros(_ i: Int) throws(TensorError) -> Tensor {
    let meta = node.outputMeta(i)
    return try Tensor.filled(meta.shape, meta.dtype, .int(0))
  }
}

/// A node whose backward is a closure.
package final class ClosureNode: Node {
  private let label: String
  private let backward: Autograd.Backward
  @exclusivity(unchecked) final var saved: [SavedTensor] = []
  @exclusivity(unchecked) final var savedOutputs: [SavedTensor] = []

  init(_ name: String, _ backward: @escaping Autograd.Backward) {
    label = name
    self.backward = backward
    super.init()
  }

  override package var name: String { label }

  override func run(_ task: GraphTask) throws(TensorError) {
    if !hasGradient && !(0..<outputCount).contains(where: { arrived($0) != nil }) { return task.deliverNothing(self) }
    if isReleased { throw .runtime(Node.freedMessage) }
    try task.deliver(backward(BackwardContext(node: self)), self)
  }

  override package func releaseSaved() {
    // Formulas that save nothing may run again, as PyTorch allows.
    if saved.isEmpty && savedOutputs.isEmpty { return }
    isReleased = true
    saved = []
    savedOutputs = []
  }

  override func exchangeSaved(_ kept: inout SavedContents) {
    swap(&kept.inputs, &saved)
    swap(&kept.outputs, &savedOutputs)
  }
  override var savesNothing: Bool { saved.isEmpty && savedOutputs.isEmpty }
}

/// A node whose backward comes from the language (`torch.autograd.Function`).
package final class CustomNode: Node {
  private let label: String
  /// Receives one gradient per output (nil where none arrived) and returns one per input.
  private let backward: ([Tensor?]) throws(TensorError) -> [Tensor?]
  /// Called when the graph is freed, to drop what the function saved.
  private let release: () -> Void

  package init(
    _ name: String, inputs: [Tensor?], backward: @escaping ([Tensor?]) throws(TensorError) -> [Tensor?],
    release: @escaping () -> Void
  ) {
    label = name
    self.backward = backward
    self.release = release
    super.init()
    for input in inputs { appendEdge(input?.gradientEdge ?? Edge()) }
  }

  override package var name: String { label }

  /// Shape and type of output `i`, for filling in zeros.
  package func metaOfOutput(_ i: Int) -> OutputMeta { outputMeta(i) }

  override func run(_ task: GraphTask) throws(TensorError) {
    try task.deliver(backward((0..<outputCount).map { arrived($0) }), self)
  }

  // The journal needs no copy of what the function saved: it stays with the node until that goes.
  override var savesNothing: Bool { false }

  override package func releaseSaved() {
    isReleased = true
    release()
  }
}
