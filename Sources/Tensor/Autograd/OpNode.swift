/// A derivative without captured state: the formula of one operation, made once.
package final class Rule {
  package let name: String
  /// Gradients of up to three inputs, from that of the output; each nil where `node.needs` says so or nothing flows.
  let backward: (OpNode, Tensor) throws(TensorError) -> (Tensor?, Tensor?, Tensor?)

  init(_ name: String, _ backward: @escaping (OpNode, Tensor) throws(TensorError) -> (Tensor?, Tensor?, Tensor?)) {
    self.name = name
    self.backward = backward
  }

  /// A formula of one input.
  convenience init(_ name: String, unary: @escaping (OpNode, Tensor) throws(TensorError) -> Tensor?) {
    self.init(name) { (node, g) throws(TensorError) in (try unary(node, g), nil, nil) }
  }
}

/// The node of the common operations: one output, up to three inputs and saved tensors, a few numbers. One allocation.
final class OpNode: Node {
  final let rule: Rule
  @exclusivity(unchecked) final var saved0 = SavedTensor()
  @exclusivity(unchecked) final var saved1 = SavedTensor()
  @exclusivity(unchecked) final var saved2 = SavedTensor()
  @exclusivity(unchecked) final var savesNothing = true
  @exclusivity(unchecked) final var scalar0 = Scalar.int(0)
  @exclusivity(unchecked) final var scalar1 = Scalar.int(0)

  @inline(never) init(_ rule: Rule, _ a: Tensor) {
    self.rule = rule
    super.init()
    edge0 = a.gradientEdge
    inputCount = 1
  }

  @inline(never) init(_ rule: Rule, _ a: Tensor, _ b: Tensor) {
    self.rule = rule
    super.init()
    edge0 = a.gradientEdge
    edge1 = b.gradientEdge
    inputCount = 2
  }

  @inline(never) init(_ rule: Rule, _ a: Tensor, _ b: Tensor, _ c: Tensor) {
    self.rule = rule
    super.init()
    edge0 = a.gradientEdge
    edge1 = b.gradientEdge
    edge2 = c.gradientEdge
    inputCount = 3
  }

  override package var name: String { rule.name }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard let g = gradient else { return task.deliverNothing(self) }
    let (a, b, c) = try rule.backward(self, g)
    // One more reference would keep the engine from reusing the gradient's memory.
    try task.deliver(edge0, a, self, 0)
    if inputCount > 1 { try task.deliver(edge1, b, self, 1) }
    if inputCount > 2 { try task.deliver(edge2, c, self, 2) }
  }

  override package func releaseSaved() {
    if savesNothing { return }
    isReleased = true
    saved0.tensor = nil
    saved1.tensor = nil
    saved2.tensor = nil
  }

  final func save(_ i: Int, _ tensor: Tensor) {
    savesNothing = false
    switch i {
    case 0: saved0 = SavedTensor(tensor)
    case 1: saved1 = SavedTensor(tensor)
    default: saved2 = SavedTensor(tensor)
    }
  }

  final func saveOutput(_ i: Int, _ tensor: Tensor) {
    savesNothing = false
    switch i {
    case 0: saved0 = SavedTensor(output: tensor)
    case 1: saved1 = SavedTensor(output: tensor)
    default: saved2 = SavedTensor(output: tensor)
    }
  }

  final func saved(_ i: Int) throws(TensorError) -> Tensor {
    switch i {
    case 0: try saved0.unpack(self)
    case 1: try saved1.unpack(self)
    default: try saved2.unpack(self)
    }
  }
}
