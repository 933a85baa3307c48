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
///
/// References are counted by hand where that spares a node of a small graph the work on what it does not have.
package class Node {
  /// Creation order: backward runs the newest ready node first.
  package final let sequence: Int
  // Up to three inputs without an array.
  @exclusivity(unchecked) private final var link0 = Link()
  @exclusivity(unchecked) private final var link1 = Link()
  @exclusivity(unchecked) private final var link2 = Link()
  @exclusivity(unchecked) private final var storedInputCount: Int32 = 0
  @exclusivity(unchecked) private final var storedOutputCount: Int32 = 1
  /// Shape and type of output 0.
  @exclusivity(unchecked) final var output = OutputMeta(shape: Dims(), dtype: .float32)
  @exclusivity(unchecked) package final var isReleased = false
  /// Whether this is an `AccumulateGrad`.
  final let isAccumulator: Bool

  // The engine's state while a backward run visits the node (`task` tells which run).
  @exclusivity(unchecked) final var isNeeded = false
  @exclusivity(unchecked) final var isCaptured = false
  @exclusivity(unchecked) final var dependencies: Int32 = 0
  @exclusivity(unchecked) final var task = 0
  /// The gradient of output 0 that has arrived, owned.
  @exclusivity(unchecked) private final var gradientReference: Unmanaged<Tensor>?
  /// What few nodes have, owned.
  @exclusivity(unchecked) private final var extrasReference: Unmanaged<NodeExtras>?

  @exclusivity(unchecked) nonisolated(unsafe) static var nextSequence = 0
  /// Nodes from here on were made in the running cell (see `Changes`).
  @exclusivity(unchecked) nonisolated(unsafe) static var firstOfCell = 0

  init() {
    sequence = Node.nextSequence
    Node.nextSequence &+= 1
    isAccumulator = false
  }

  /// For accumulators, which run as soon as they are ready.
  init(accumulator: Void) {
    sequence = .max
    isAccumulator = true
  }

  deinit {
    link0.reap()
    link1.reap()
    link2.reap()
    if let gradientReference { gradientReference.release() }
    if let extrasReference {
      for edge in extrasReference._withUnsafeGuaranteedRef({ $0.links }) { edge.reap() }
      extrasReference.release()
    }
  }

  /// PyTorch's name: `MulBackward0`.
  package var name: String { "Node" }

  /// The name of its Python class, which prints show: the last part of `name`.
  package final var className: String {
    let name = name
    guard let colon = name.lastIndex(of: ":") else { return name }
    return String(name[name.index(after: colon)...])
  }

  /// Computes the gradients for the inputs from those of the outputs, and hands them to `task.deliver`.
  func run(_ task: GraphTask) throws(TensorError) {}

  /// Drops saved tensors after use.
  package func releaseSaved() { isReleased = true }

  /// Drops saved tensors after use; those of a graph that was there before the running cell go to the journal.
  @inline(__always) final func finish() {
    if sequence >= Node.firstOfCell { releaseSaved() } else { noteRelease() }
  }

  @inline(never) private func noteRelease() {
    if savesNothing { return releaseSaved() }
    if isReleased { return }
    let record = ReleaseRecord(self)
    record.swap()
    Changes.add(record)
  }

  /// Swaps what the node saved.
  func exchangeSaved(_ kept: inout SavedContents) {}
  /// The tensors that backward will read.
  package final var savedTensors: [Tensor] {
    var kept = SavedContents()
    exchangeSaved(&kept)
    let tensors = (kept.inputs + kept.outputs).compactMap(\.tensor)
    exchangeSaved(&kept)
    return tensors
  }
  /// Whether there is nothing to drop, and the node may run again.
  var savesNothing: Bool { true }

  /// To be called before hooks of an older node change.
  final func noteHooks() {
    guard sequence < Node.firstOfCell else { return }
    let extras = withExtras
    let before = (extras.tensorHooks, extras.retained, extras.preHooks, extras.postHooks)
    var after = before
    Changes.add(
      ActionRecord(
        self,
        undo: {
          after = (extras.tensorHooks, extras.retained, extras.preHooks, extras.postHooks)
          (extras.tensorHooks, extras.retained, extras.preHooks, extras.postHooks) = before
        },
        redo: { (extras.tensorHooks, extras.retained, extras.preHooks, extras.postHooks) = after }))
  }

  // MARK: Inputs and outputs

  @inline(__always) package final var inputCount: Int {
    get { Int(storedInputCount) }
    set { storedInputCount = Int32(truncatingIfNeeded: newValue) }
  }
  @inline(__always) package final var outputCount: Int {
    get { Int(storedOutputCount) }
    set { storedOutputCount = Int32(truncatingIfNeeded: newValue) }
  }

  /// The input's node and output index (`next_functions`).
  package final func edge(_ i: Int) -> Edge { link(i).edge }

  /// As `edge`, not retained.
  @inline(__always) final func link(_ i: Int) -> Link {
    switch i {
    case 0: link0
    case 1: link1
    case 2: link2
    default: extrasReference.unsafelyUnwrapped._withUnsafeGuaranteedRef { $0.links[i - 3] }
    }
  }

  package final func appendEdge(_ edge: Edge) { append(Link(edge)) }

  /// Adds an input; takes over the link's reference.
  @inline(__always) final func append(_ link: Link) {
    switch storedInputCount {
    case 0: link0 = link
    case 1: link1 = link
    case 2: link2 = link
    default: withExtras.links.append(link)
    }
    storedInputCount &+= 1
  }

  /// Whether `g` has the form of output 0.
  @inline(__always) final func fits(_ g: Tensor) -> Bool {
    g.dtype == output.dtype
      && withUnsafeMutablePointer(to: &output.shape) {
        tnb_same_dims(g.shapeAddress, UnsafeRawPointer($0).assumingMemoryBound(to: tnb_dims.self)) != 0
      }
  }

  /// What gradients of output `i` must look like.
  package final func outputMeta(_ i: Int) -> OutputMeta { i == 0 ? output : extras!.outputs[i - 1] }

  /// Whether the gradient of input `i` is wanted in this run.
  @inline(__always) package final func needs(_ i: Int) -> Bool {
    guard let node = link(i).node else { return false }
    if !GraphTask.isSelecting { return true }
    return node._withUnsafeGuaranteedRef { node in
      guard let current = GraphTask.current, current.isSelective, node.task == current.id else { return true }
      return node.isNeeded || node.isCaptured
    }
  }

  // MARK: Gradients on their way

  /// The gradient of output 0 that has arrived.
  @inline(__always) final var gradient: Tensor? {
    get { gradientReference?.takeUnretainedValue() }
    set {
      let old = gradientReference
      gradientReference = newValue.map { Unmanaged.passRetained($0) }
      old?.release()
    }
  }

  @inline(__always) final var hasGradient: Bool { gradientReference != nil }

  /// Whether nobody else holds the gradient that has arrived, or its memory, and no graph made it.
  @inline(__always) final var ownsGradient: Bool {
    guard let gradientReference, tnb_is_unique(gradientReference.toOpaque()) != 0 else { return false }
    return gradientReference._withUnsafeGuaranteedRef {
      $0.hasUniqueStorage && $0.isContiguous && $0.viewBase == nil && $0.storedNode == nil
    }
  }

  /// The gradient of output 0, which the node then no longer has.
  @inline(__always) final func takeGradient() -> Tensor? {
    guard let taken = gradientReference else { return nil }
    gradientReference = nil
    return taken.takeRetainedValue()
  }

  /// The arriving gradient of output `i` (during `run`).
  final func arrived(_ i: Int) -> Tensor? {
    if i == 0 { return gradient }
    guard let extras, i - 1 < extras.gradients.count else { return nil }
    return extras.gradients[i - 1]
  }

  final func setArrived(_ i: Int, _ gradient: Tensor?) {
    if i == 0 {
      self.gradient = gradient
    } else {
      let extras = withExtras
      while extras.gradients.count < i { extras.gradients.append(nil) }
      extras.gradients[i - 1] = gradient
    }
  }

  /// Drops what has arrived.
  @inline(__always) final func clearGradients() {
    if let old = gradientReference {
      gradientReference = nil
      old.release()
    }
    if extrasReference != nil { extras!.gradients.removeAll() }
  }

  // MARK: Extras

  @inline(__always) final var extras: NodeExtras? { extrasReference?.takeUnretainedValue() }
  @inline(__always) final var hasExtras: Bool { extrasReference != nil }

  final var withExtras: NodeExtras {
    if let extrasReference { return extrasReference.takeUnretainedValue() }
    let made = NodeExtras()
    extrasReference = .passRetained(made)
    return made
  }

  static let freedMessage =
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward."
}

/// An edge as a node keeps it: one owned reference, counted by hand.
struct Link {
  let node: Unmanaged<Node>?
  let index: Int

  @inline(__always) init() {
    node = nil
    index = 0
  }

  /// Takes over one reference to `node`.
  @inline(__always) init(taking node: Unmanaged<Node>, _ index: Int) {
    self.node = node
    self.index = index
  }

  init(_ edge: Edge) {
    node = edge.node.map { Unmanaged.passRetained($0) }
    index = edge.index
  }

  @inline(__always) func isSame(as other: Link) -> Bool {
    node?.toOpaque() == other.node?.toOpaque() && index == other.index
  }

  var edge: Edge { Edge(node?.takeUnretainedValue(), index) }

  /// Gives the reference up. A chain of nodes that goes with it is freed without recursion.
  @inline(__always) func reap() {
    if let node { tnb_reap(node.toOpaque()) }
  }
}

/// What few nodes have: more than three inputs, several outputs, hooks.
final class NodeExtras {
  /// Inputs from the fourth on.
  @exclusivity(unchecked) var links: [Link] = []
  /// Outputs from the second on, and the gradients that arrived for them.
  @exclusivity(unchecked) var outputs: [OutputMeta] = []
  @exclusivity(unchecked) var gradients: [Tensor?] = []
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

/// What a node saved, while the journal keeps it.
struct SavedContents {
  var inputs: [SavedTensor] = []
  var outputs: [SavedTensor] = []
}

/// The saved tensors of a node that backward has let go of.
private final class ReleaseRecord: ChangeRecord {
  private let node: Node
  private var contents = SavedContents()

  init(_ node: Node) {
    self.node = node
    super.init(node, byteCount: 200)
  }

  override func swap() {
    node.exchangeSaved(&contents)
    node.isReleased.toggle()
  }
}
