import CKernels

/// A derivative without captured state: the formula of one operation, made once.
package final class Rule {
  package let name: String
  /// Gradients of up to three inputs, from that of the output; each nil where `node.needs` says so or nothing flows.
  let backward: (OpNode, Tensor) throws(TensorError) -> (Tensor?, Tensor?, Tensor?)
  /// The formula reads a plain number, which is freed with what a graph saves: PyTorch keeps it as a tensor.
  let savesNumber: Bool

  init(
    _ name: String, savesNumber: Bool = false,
    _ backward: @escaping (OpNode, Tensor) throws(TensorError) -> (Tensor?, Tensor?, Tensor?)
  ) {
    self.name = name
    self.savesNumber = savesNumber
    self.backward = backward
    // Rules are made once and last as long as the process: nodes do not count their references.
    _ = Unmanaged.passRetained(self)
  }

  /// A formula of one input.
  convenience init(_ name: String, unary: @escaping (OpNode, Tensor) throws(TensorError) -> Tensor?) {
    self.init(name) { (node, g) throws(TensorError) in (try unary(node, g), nil, nil) }
  }
}

/// The node of the common operations: one output, up to three inputs and saved tensors, a few numbers. One allocation.
final class OpNode: Node {
  unowned(unsafe) final let rule: Rule
  @exclusivity(unchecked) private final var saved0 = SavedReference()
  @exclusivity(unchecked) private final var saved1 = SavedReference()
  @exclusivity(unchecked) private final var saved2 = SavedReference()
  @exclusivity(unchecked) final var scalar0 = Scalar.int(0)
  @exclusivity(unchecked) final var scalar1 = Scalar.int(0)
  @exclusivity(unchecked) private final var isPlain = true

  @inline(never) init(_ rule: Rule, _ a: Tensor) {
    self.rule = rule
    super.init()
    append(a.gradientLink)
  }

  @inline(never) init(_ rule: Rule, _ a: Tensor, _ b: Tensor) {
    self.rule = rule
    super.init()
    append(a.gradientLink)
    append(b.gradientLink)
  }

  @inline(never) init(_ rule: Rule, _ a: Tensor, _ b: Tensor, _ c: Tensor) {
    self.rule = rule
    super.init()
    append(a.gradientLink)
    append(b.gradientLink)
    append(c.gradientLink)
  }

  deinit { dropSaved() }

  @inline(__always) private func dropSaved() {
    if isPlain { return }
    saved0.drop()
    saved1.drop()
    saved2.drop()
  }

  override package var name: String { rule.name }

  override func run(_ task: GraphTask) throws(TensorError) {
    if !hasGradient { return task.deliverNothing(self) }
    if hasExtras {
      // Hooks look at what arrived and at all that is delivered.
      let (a, b, c) = try rule.backward(self, gradient.unsafelyUnwrapped)
      var all: [Tensor?] = [a, b, c]
      all.removeLast(3 - Swift.min(inputCount, 3))
      return try task.deliver(all, self)
    }
    // The node lets the gradient go: what the formula hands on as it is can then be added to in its own memory.
    let (a, b, c) = try gradients()
    try task.deliver(a, self, 0)
    if inputCount > 1 { try task.deliver(b, self, 1) }
    if inputCount > 2 { try task.deliver(c, self, 2) }
  }

  @inline(__always) private func gradients() throws(TensorError) -> (Tensor?, Tensor?, Tensor?) {
    let g = takeGradient().unsafelyUnwrapped
    return try rule.backward(self, g)
  }

  override var savesNothing: Bool { isPlain }

  override package func releaseSaved() {
    if isPlain { return }
    isReleased = true
    dropSaved()
  }

  override func exchangeSaved(_ kept: inout SavedContents) {
    let old = [saved0.saved, saved1.saved, saved2.saved]
    var new = kept.inputs
    while new.count < 3 { new.append(SavedTensor(nil, 0, -1)) }
    dropSaved()
    saved0 = SavedReference(new[0])
    saved1 = SavedReference(new[1])
    saved2 = SavedReference(new[2])
    kept.inputs = old
  }

  /// Keeps a plain number as the second operand.
  @inline(__always) final func keep(_ number: Scalar) {
    scalar0 = number
    if rule.savesNumber { isPlain = false }
  }

  /// The number that was kept, until the graph is freed.
  @inline(__always) final func number() throws(TensorError) -> Scalar {
    if isReleased { throw .runtime(Node.freedMessage) }
    return scalar0
  }

  final func save(_ i: Int, _ tensor: Tensor) { store(i, SavedReference(tensor, -1)) }

  /// Saves the node's output as an alias outside the graph: the node would otherwise own itself through it.
  final func saveOutput(_ i: Int, _ tensor: Tensor) { store(i, SavedReference(tensor.alias(), 0)) }

  @inline(__always) private func store(_ i: Int, _ saved: SavedReference) {
    isPlain = false
    switch i {
    case 0: saved0 = saved
    case 1: saved1 = saved
    default: saved2 = saved
    }
  }

  /// Whether both inputs are the same output of the same node, their values saved, and nobody looks at the two gradients.
  @inline(__always) final var isSquare: Bool {
    saved0.isSame(as: saved1) && link(0).isSame(as: link(1)) && !hasExtras
  }

  final func saved(_ i: Int) throws(TensorError) -> Tensor {
    switch i {
    case 0: try saved0.saved.unpack(self)
    case 1: try saved1.saved.unpack(self)
    default: try saved2.saved.unpack(self)
    }
  }
}

/// A saved tensor, its reference counted by hand.
private struct SavedReference {
  private var tensor: Unmanaged<Tensor>?
  private var version: Int32 = 0
  private var outputIndex: Int32 = -1

  @inline(__always) init() {}

  @inline(__always) init(_ tensor: Tensor, _ outputIndex: Int32) {
    self.tensor = .passRetained(tensor)
    version = Int32(truncatingIfNeeded: tensor.version)
    self.outputIndex = outputIndex
  }

  init(_ saved: SavedTensor) {
    tensor = saved.tensor.map { .passRetained($0) }
    version = saved.version
    outputIndex = saved.outputIndex
  }

  @inline(__always) func isSame(as other: SavedReference) -> Bool {
    tensor?.toOpaque() == other.tensor?.toOpaque() && tensor != nil
  }

  @inline(__always) var saved: SavedTensor {
    SavedTensor(tensor?.takeUnretainedValue(), version, outputIndex)
  }

  @inline(__always) mutating func drop() {
    if let tensor {
      self.tensor = nil
      tensor.release()
    }
  }
}
