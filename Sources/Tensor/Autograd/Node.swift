import CKernels

/// Where a gradient flows: a node, and which of its outputs the tensor was.
package struct Edge {
  package var node: Node?
  package var index: Int

  @inline(__always) package init(_ node: Node? = nil, _ index: Int = 0) {
    self.node = node
    self.index = index
  }
}

/// Shape and type of one output of a node; the engine brings arriving gradients into this form.
package struct OutputMeta {
  package var shape: Dims
  package var dtype: DType
}

/// One recorded operation: where its gradients flow, and how to compute them.
///
/// Subclasses override `name`, `run` and `releaseSaved`. Backward formulas may return gradients in a broadcast shape or
/// in another floating type: the engine sums and casts them to what the input was.
package class Node {
  /// Creation order: backward runs the newest ready node first.
  package final let sequence: Int
  // Up to three inputs without an array.
  @exclusivity(unchecked) final var edge0 = Edge()
  @exclusivity(unchecked) final var edge1 = Edge()
  @exclusivity(unchecked) final var edge2 = Edge()
  @exclusivity(unchecked) final var moreEdges: [Edge] = []
  @exclusivity(unchecked) package final var inputCount = 0
  /// Shape and type of output 0.
  @exclusivity(unchecked) final var output = OutputMeta(shape: Dims(), dtype: .float32)
  @exclusivity(unchecked) final var moreOutputs: [OutputMeta] = []
  @exclusivity(unchecked) package final var outputCount = 1
  @exclusivity(unchecked) package final var isReleased = false

  // The engine's state while a backward run visits the node (`task` tells which run).
  @exclusivity(unchecked) final var isNeeded = false
  @exclusivity(unchecked) final var isCaptured = false
  @exclusivity(unchecked) final var task = 0
  @exclusivity(unchecked) final var dependencies = 0
  @exclusivity(unchecked) final var gradient: Tensor?
  @exclusivity(unchecked) final var moreGradients: [Tensor?] = []
  @exclusivity(unchecked) final var extras: NodeExtras?

  @exclusivity(unchecked) nonisolated(unsafe) private static var nextSequence = 0

  package init() {
    sequence = Node.nextSequence
    Node.nextSequence &+= 1
  }

  /// For accumulators, which run as soon as they are ready.
  init(sequence: Int) { self.sequence = sequence }

  deinit {
    release(&edge0)
    release(&edge1)
    release(&edge2)
    while !moreEdges.isEmpty {
      var edge = moreEdges.removeLast()
      if edge.node != nil { Reaper.release(&edge.node) }
    }
  }

  /// The local keeps the access to the property short: what is freed may look at it.
  @inline(__always) private func release(_ edge: inout Edge) {
    if edge.node == nil { return }
    var node = edge.node
    edge.node = nil
    Reaper.release(&node)
  }

  /// PyTorch's name: `MulBackward0`.
  package var name: String { "Node" }

  /// Computes the gradients for the inputs from `gradient` and `moreGradients`, and hands them to `task.deliver`.
  func run(_ task: GraphTask) throws(TensorError) {}

  /// Drops saved tensors after use.
  package func releaseSaved() { isReleased = true }

  /// The input's node and output index (`next_functions`).
  package final func edge(_ i: Int) -> Edge {
    switch i {
    case 0: edge0
    case 1: edge1
    case 2: edge2
    default: moreEdges[i - 3]
    }
  }

  package final func appendEdge(_ edge: Edge) {
    switch inputCount {
    case 0: edge0 = edge
    case 1: edge1 = edge
    case 2: edge2 = edge
    default: moreEdges.append(edge)
    }
    inputCount += 1
  }

  /// What gradients of output `i` must look like.
  final func outputMeta(_ i: Int) -> OutputMeta { i == 0 ? output : moreOutputs[i - 1] }

  /// Whether the gradient of input `i` is wanted in this run.
  package final func needs(_ i: Int) -> Bool {
    guard let node = edge(i).node else { return false }
    guard let current = GraphTask.current, current.isSelective, node.task == current.id else { return true }
    return node.isNeeded || node.isCaptured
  }

  /// The arriving gradient of output `i` (during `run`).
  final func arrived(_ i: Int) -> Tensor? {
    i == 0 ? gradient : i - 1 < moreGradients.count ? moreGradients[i - 1] : nil
  }

  static let freedMessage =
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward."
}

/// Hooks of a node; few nodes have any.
final class NodeExtras {
  /// Tensor hooks: run on the gradient of one output before the node.
  var tensorHooks: [(id: Int, index: Int, call: TensorHook)] = []
  /// Non-leaf tensors that keep their gradient (`retain_grad`), by output index.
  var retained: [(index: Int, tensor: WeakTensor)] = []
  /// `Node.register_prehook` and `register_hook`.
  var preHooks: [(id: Int, call: NodeHook)] = []
  var postHooks: [(id: Int, call: NodePostHook)] = []
}

/// Sees the gradients that arrive at a node; a returned list replaces them.
package typealias NodeHook = ([Tensor?]) throws(TensorError) -> [Tensor?]?
/// Sees the gradients a node computed for its inputs, and those that arrived.
package typealias NodePostHook = ([Tensor?], [Tensor?]) throws(TensorError) -> [Tensor?]?

final class WeakTensor {
  weak var tensor: Tensor?
  init(_ tensor: Tensor) { self.tensor = tensor }
}

/// Frees chains of nodes iteratively: a million-node graph would overflow the stack by nested deinits.
enum Reaper {
  @exclusivity(unchecked) nonisolated(unsafe) private static var isDraining = false
  @exclusivity(unchecked) nonisolated(unsafe) private static var pending: [UnsafeMutableRawPointer] = []

  /// Drops `node`; when that was the last reference, its own references go through the queue.
  @inline(__always) static func release(_ node: inout Node?) {
    if !isKnownUniquelyReferenced(&node) {
      node = nil
      return
    }
    let object = Unmanaged.passRetained(node.unsafelyUnwrapped).toOpaque()
    node = nil
    drop(object)
  }

  /// Takes over one reference. The releases are calls of C: the optimiser may move Swift's own past the end of the
  /// loop, where they would nest after all.
  @inline(never) private static func drop(_ object: UnsafeMutableRawPointer) {
    if isDraining {
      pending.append(object)
      return
    }
    isDraining = true
    tnb_swift_release(object)
    while let next = pending.popLast() { tnb_swift_release(next) }
    isDraining = false
  }
}
