import CKernels

/// One run of backward over the graph: counts how many gradients each node waits for, then runs ready nodes, newest first.
///
/// Nothing here recurses, so graphs of a million nodes are fine. The counts live in the nodes themselves (no dictionary);
/// a run started from within a backward formula or a hook restores the outer run's state of the nodes it visited.
final class GraphTask {
  let id: Int
  /// Whether only the way to some captured inputs matters (`autograd.grad`, `backward(inputs=…)`).
  let isSelective: Bool
  private let keepsGraph: Bool
  @exclusivity(unchecked) private var ready = ReadyQueue()
  @exclusivity(unchecked) private var captured: [Tensor?]
  private let captures: [Edge]
  /// What an outer run knew about the nodes visited here.
  @exclusivity(unchecked) private var outerStates: [OuterState] = []
  private let isNested: Bool
  @exclusivity(unchecked) private weak var collectingNode: Node?
  @exclusivity(unchecked) private var collected: [Tensor?] = []

  @exclusivity(unchecked) nonisolated(unsafe) static var current: GraphTask?
  nonisolated(unsafe) private static var lastID = 0

  private struct OuterState {
    let node: Node
    let isNeeded: Bool, isCaptured: Bool
    let task: Int, dependencies: Int
    let gradient: Tensor?
    let moreGradients: [Tensor?]
  }

  private init(keepsGraph: Bool, captures: [Edge], isSelective: Bool) {
    GraphTask.lastID += 1
    id = GraphTask.lastID
    self.keepsGraph = keepsGraph
    self.captures = captures
    self.isSelective = isSelective
    captured = Array(repeating: nil, count: captures.count)
    isNested = GraphTask.current != nil
  }

  /// Runs backward from `roots` and returns the gradients at `captures` (all leaves accumulate when there are none and
  /// `isSelective` is false).
  static func run(
    roots: [(edge: Edge, gradient: Tensor)], keepsGraph: Bool, createsGraph: Bool, captures: [Edge] = [],
    isSelective: Bool = false
  ) throws(TensorError) -> [Tensor?] {
    let task = GraphTask(keepsGraph: keepsGraph, captures: captures, isSelective: isSelective)
    let outer = current
    let wasEnabled = GradMode.isEnabled
    current = task
    GradMode.isEnabled = createsGraph
    defer {
      task.restoreOuter()
      current = outer
      GradMode.isEnabled = wasEnabled
    }
    task.prepare(roots)
    for root in roots { try task.deliver(root.edge, root.gradient, nil, 0) }
    try task.loop()
    return task.captured
  }

  // MARK: Preparation

  private func visit(_ node: Node) {
    if isNested {
      outerStates.append(
        OuterState(
          node: node, isNeeded: node.isNeeded, isCaptured: node.isCaptured, task: node.task,
          dependencies: node.dependencies, gradient: node.gradient, moreGradients: node.moreGradients))
    }
    node.task = id
    node.dependencies = 0
    node.isNeeded = false
    node.isCaptured = false
    node.gradient = nil
    if !node.moreGradients.isEmpty { node.moreGradients = [] }
  }

  private func restoreOuter() {
    for state in outerStates {
      state.node.isNeeded = state.isNeeded
      state.node.isCaptured = state.isCaptured
      state.node.task = state.task
      state.node.dependencies = state.dependencies
      state.node.gradient = state.gradient
      state.node.moreGradients = state.moreGradients
    }
  }

  /// Visits every node behind `roots`, counting how many gradients each will get.
  private func prepare(_ roots: [(edge: Edge, gradient: Tensor)]) {
    var stack: [Node] = []
    var order: [Node] = []
    @inline(__always) func reach(_ node: Node?) {
      guard let node else { return }
      if node.task != id {
        visit(node)
        stack.append(node)
      }
      node.dependencies &+= 1
    }
    for root in roots { reach(root.edge.node) }
    while let node = stack.popLast() {
      if isSelective { order.append(node) }
      reach(node.edge0.node)
      if node.inputCount > 1 {
        reach(node.edge1.node)
        if node.inputCount > 2 {
          reach(node.edge2.node)
          for edge in node.moreEdges { reach(edge.node) }
        }
      }
    }
    if isSelective { markNeeded(order, roots) }
  }

  /// Marks the nodes that lie on a way to a captured edge: a node is needed when one of its inputs is needed or captured.
  private func markNeeded(_ order: [Node], _ roots: [(edge: Edge, gradient: Tensor)]) {
    for capture in captures where capture.node?.task == id { capture.node?.isCaptured = true }
    // Edges lead from newer to older nodes, so ascending creation order sees inputs before their users. (Accumulators
    // number highest but have no edges; they are settled by `isCaptured`.)
    for node in order.sorted(by: { $0.sequence < $1.sequence }) where node.sequence != .max {
      var needed = false
      for i in 0..<node.inputCount {
        if let input = node.edge(i).node, input.isNeeded || input.isCaptured { needed = true }
      }
      node.isNeeded = needed
    }
  }

  // MARK: Running

  private func loop() throws(TensorError) {
    while let node = ready.pop() {
      if tnb_interrupt_pending() != 0 { throw Interruption.error() }
      if node.extras != nil { try runTensorHooks(node) }
      if let leaf = node as? AccumulateGrad, let hooks = leaf.variable.meta?.hooks, !hooks.isEmpty {
        for hook in hooks {
          if let g = node.gradient, let replaced = try hook.call(g) { node.gradient = replaced }
        }
      }
      if isSelective {
        if node.isCaptured { capture(node) }
        if !node.isNeeded {
          node.gradient = nil
          continue
        }
      }
      try node.run(self)
      node.gradient = nil
      if !node.moreGradients.isEmpty { node.moreGradients = [] }
      if !keepsGraph { node.releaseSaved() }
    }
  }

  private func capture(_ node: Node) {
    for (i, edge) in captures.enumerated() where edge.node === node {
      captured[i] = node.arrived(edge.index)
    }
  }

  private func runTensorHooks(_ node: Node) throws(TensorError) {
    guard let extras = node.extras else { return }
    for hook in extras.tensorHooks {
      guard let g = node.arrived(hook.index), let replaced = try hook.call(g) else { continue }
      setArrived(node, hook.index, replaced)
    }
    for entry in extras.retained {
      guard let tensor = entry.tensor.tensor, let g = node.arrived(entry.index) else { continue }
      tensor.grad = g
    }
    for hook in extras.preHooks {
      if let replaced = try hook.call((0..<node.outputCount).map { node.arrived($0) }) {
        for (i, g) in replaced.enumerated() where i < node.outputCount { setArrived(node, i, g) }
      }
    }
  }

  private func setArrived(_ node: Node, _ i: Int, _ g: Tensor?) {
    if i == 0 {
      node.gradient = g
    } else {
      while node.moreGradients.count < i { node.moreGradients.append(nil) }
      node.moreGradients[i - 1] = g
    }
  }

  // MARK: Delivery

  /// Hands on that none of the node's inputs get anything.
  func deliverNothing(_ node: Node) {
    for i in 0..<node.inputCount {
      guard let target = node.edge(i).node, node !== collectingNode else { continue }
      countDown(target)
    }
  }

  /// Hands the gradients for all inputs of `node` on.
  func deliver(_ gradients: [Tensor?], _ node: Node) throws(TensorError) {
    var gradients = gradients
    if gradients.count != node.inputCount {
      // As PyTorch: trailing Nones are fine.
      while gradients.count > node.inputCount, gradients.last! == nil { gradients.removeLast() }
      if gradients.count != node.inputCount {
        throw .runtime(
          "function \(node.name) returned an incorrect number of gradients (expected \(node.inputCount), got \(gradients.count))"
        )
      }
    }
    if let extras = node.extras, !extras.postHooks.isEmpty {
      for hook in extras.postHooks {
        if let replaced = try hook.call(gradients, (0..<node.outputCount).map { node.arrived($0) }),
          replaced.count == gradients.count
        {
          gradients = replaced
        }
      }
    }
    for i in gradients.indices {
      let g = gradients[i]
      gradients[i] = nil
      try deliver(node.edge(i), g, node, i)
    }
  }

  /// Adds `gradient` to what `edge` leads to; runs of that node become possible when nothing more is to come.
  func deliver(_ edge: Edge, _ gradient: consuming Tensor?, _ source: Node?, _ i: Int) throws(TensorError) {
    if let source, source === collectingNode {
      while collected.count <= i { collected.append(nil) }
      collected[i] = gradient
      return
    }
    guard let node = edge.node else { return }
    if isSelective && !node.isNeeded && !node.isCaptured { return countDown(node) }
    if var g = gradient.take() {
      let meta = node.outputMeta(edge.index)
      if g.shape != meta.shape || g.dtype != meta.dtype { g = try fit(g, meta, source, i) }
      if edge.index == 0 {
        if node.gradient == nil { node.gradient = g } else { try add(&node.gradient, g) }
      } else {
        while node.moreGradients.count < edge.index { node.moreGradients.append(nil) }
        if node.moreGradients[edge.index - 1] == nil {
          node.moreGradients[edge.index - 1] = g
        } else {
          try add(&node.moreGradients[edge.index - 1], g)
        }
      }
    }
    countDown(node)
  }

  /// Sums two gradients, into the first one's memory where nobody else can see it.
  private func add(_ sum: inout Tensor?, _ g: Tensor) throws(TensorError) {
    if !GradMode.isEnabled, isKnownUniquelyReferenced(&sum), let old = sum, old.storedNode == nil, old.viewBase == nil,
      old.isContiguous, old.hasUniqueStorage
    {
      return try Operations.addInPlace(old, g)
    }
    sum = try Operations.add(sum.unsafelyUnwrapped, g)
  }

  private func countDown(_ node: Node) {
    node.dependencies &-= 1
    if node.dependencies == 0 { ready.push(node) }
  }

  /// Brings a gradient into the form of what it is the gradient of: sums over broadcast dimensions, casts.
  private func fit(_ g: Tensor, _ meta: OutputMeta, _ source: Node?, _ i: Int) throws(TensorError) -> Tensor {
    var g = g
    if g.shape != meta.shape {
      guard Dims.canBroadcast(meta.shape, to: g.shape) else {
        throw .runtime(
          "Function \(source?.name ?? "GraphRoot") returned an invalid gradient at index \(i) - got \(g.shape.description) but expected shape compatible with \(meta.shape.description)"
        )
      }
      g = try Operations.sumToShape(g, meta.shape)
    }
    if g.dtype != meta.dtype { g = try Operations.cast(g, meta.dtype) }
    return g
  }

  /// Runs `node` on `gradient` and returns what it would deliver.
  func collect(_ node: Node, _ gradient: Tensor) throws(TensorError) -> [Tensor?] {
    let outerNode = collectingNode
    let outerCollected = collected
    collectingNode = node
    collected = Array(repeating: nil, count: node.inputCount)
    defer {
      collectingNode = outerNode
      collected = outerCollected
      node.gradient = nil
    }
    node.gradient = gradient
    try node.run(self)
    return collected
  }
}

/// A heap of ready nodes, newest first.
private struct ReadyQueue {
  private var heap: [Node] = []

  mutating func push(_ node: Node) {
    heap.append(node)
    var i = heap.count - 1
    while i > 0 {
      let parent = (i - 1) / 2
      if heap[parent].sequence >= heap[i].sequence { break }
      heap.swapAt(parent, i)
      i = parent
    }
  }

  mutating func pop() -> Node? {
    guard let last = heap.popLast() else { return nil }
    if heap.isEmpty { return last }
    let top = heap[0]
    heap[0] = last
    var i = 0
    while true {
      var largest = i
      for child in [2 * i + 1, 2 * i + 2] where child < heap.count && heap[child].sequence > heap[largest].sequence {
        largest = child
      }
      if largest == i { return top }
      heap.swapAt(i, largest)
      i = largest
    }
  }
}
