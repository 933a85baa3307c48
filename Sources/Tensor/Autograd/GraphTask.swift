import CKernels

/// One run of backward over the graph: counts how many gradients each node waits for, then runs ready nodes, newest first.
///
/// Nothing here recurses, so graphs of a million nodes are fine. The counts live in the nodes themselves (no dictionary);
/// a run started from within a backward formula or a hook restores the outer run's state of the nodes it visited. The nodes of
/// a run are held by its roots: the engine passes them on without counting references.
final class GraphTask {
  @exclusivity(unchecked) private(set) var id = 0
  /// Whether only the way to some captured inputs matters (`autograd.grad`, `backward(inputs=…)`).
  @exclusivity(unchecked) private(set) var isSelective = false
  @exclusivity(unchecked) private var keepsGraph = false
  @exclusivity(unchecked) private var isNested = false
  @exclusivity(unchecked) private var ready = ReadyQueue()
  @exclusivity(unchecked) private var stack = NodeList()
  @exclusivity(unchecked) private var captures: [Edge] = []
  @exclusivity(unchecked) private var captured: [Tensor?] = []
  /// What an outer run knew about the nodes visited here.
  @exclusivity(unchecked) private var outerStates: [OuterState] = []
  /// The node that `collect` runs, and what it handed on.
  @exclusivity(unchecked) private var collectingNode: Unmanaged<Node>?
  @exclusivity(unchecked) private var collected: [Tensor?] = []

  @exclusivity(unchecked) nonisolated(unsafe) private(set) static var current: GraphTask?
  /// Whether some run is selective.
  @exclusivity(unchecked) nonisolated(unsafe) private(set) static var isSelecting = false
  @exclusivity(unchecked) nonisolated(unsafe) private static var lastID = 0
  /// A task that has ended, for the next run: its lists need not be made again.
  @exclusivity(unchecked) nonisolated(unsafe) private static var spare: GraphTask?

  private struct OuterState {
    let node: Node
    let isNeeded: Bool, isCaptured: Bool
    let task: Int
    let dependencies: Int32
    let gradient: Tensor?
    let moreGradients: [Tensor?]
  }

  private init() {}

  deinit {
    ready.deallocate()
    stack.deallocate()
  }

  private static func take() -> GraphTask {
    guard let task = spare else { return GraphTask() }
    spare = nil
    return task
  }

  // MARK: Runs

  /// Runs backward from one root; all leaves accumulate.
  static func run(
    root: Edge, gradient: consuming Tensor, keepsGraph: Bool, createsGraph: Bool
  ) throws(TensorError) {
    let task = take()
    let outer = current
    let wasEnabled = GradMode.isEnabled
    task.begin(outer, keepsGraph: keepsGraph, createsGraph: createsGraph, isSelective: false)
    defer { task.end(outer, wasEnabled) }
    let node = root.node.map { Unmanaged.passUnretained($0) }
    if let node { task.reach(node) }
    task.visitAll()
    try withExtendedLifetime(root) { () throws(TensorError) in
      if let node { try task.receive(gradient, node, root.index, nil, 0) }
      try task.loop()
    }
  }

  /// Runs backward from `roots` and returns the gradients at `captures` (all leaves accumulate when there are none and
  /// `isSelective` is false).
  static func run(
    roots: [(edge: Edge, gradient: Tensor)], keepsGraph: Bool, createsGraph: Bool, captures: [Edge] = [],
    isSelective: Bool = false
  ) throws(TensorError) -> [Tensor?] {
    let task = take()
    let outer = current
    let wasEnabled = GradMode.isEnabled
    task.begin(outer, keepsGraph: keepsGraph, createsGraph: createsGraph, isSelective: isSelective)
    defer { task.end(outer, wasEnabled) }
    task.captures = captures
    task.captured = Array(repeating: nil, count: captures.count)
    for root in roots {
      if let node = root.edge.node { task.reach(.passUnretained(node)) }
    }
    if isSelective { task.visitAllMarking() } else { task.visitAll() }
    try withExtendedLifetime(roots) { () throws(TensorError) in
      for root in roots {
        if let node = root.edge.node { try task.receive(root.gradient, .passUnretained(node), root.edge.index, nil, 0) }
      }
      try task.loop()
    }
    return task.captured
  }

  private func begin(_ outer: GraphTask?, keepsGraph: Bool, createsGraph: Bool, isSelective: Bool) {
    GraphTask.lastID &+= 1
    id = GraphTask.lastID
    self.keepsGraph = keepsGraph
    self.isSelective = isSelective
    isNested = outer != nil
    GraphTask.current = self
    if isSelective { GraphTask.isSelecting = true }
    GradMode.isEnabled = createsGraph
  }

  private func end(_ outer: GraphTask?, _ wasEnabled: Bool) {
    if !outerStates.isEmpty { restoreOuter() }
    ready.removeAll()
    stack.removeAll()
    if isSelective {
      captures = []
      captured = []
    }
    GraphTask.current = outer
    GraphTask.isSelecting = outer?.isSelective ?? false
    GradMode.isEnabled = wasEnabled
    GraphTask.spare = self
  }

  // MARK: Preparation

  private func remember(_ node: Node) {
    outerStates.append(
      OuterState(
        node: node, isNeeded: node.isNeeded, isCaptured: node.isCaptured, task: node.task,
        dependencies: node.dependencies, gradient: node.gradient, moreGradients: node.extras?.gradients ?? []))
  }

  private func restoreOuter() {
    for state in outerStates {
      state.node.isNeeded = state.isNeeded
      state.node.isCaptured = state.isCaptured
      state.node.task = state.task
      state.node.dependencies = state.dependencies
      state.node.gradient = state.gradient
      state.node.extras?.gradients = state.moreGradients
    }
    outerStates = []
  }

  /// One more gradient will come to `node`; a node not seen before is put on the stack.
  @inline(__always) private func reach(_ reference: Unmanaged<Node>) {
    let isNew = reference._withUnsafeGuaranteedRef { node -> Bool in
      if node.task == id {
        node.dependencies &+= 1
        return false
      }
      if isNested { remember(node) }
      node.task = id
      node.dependencies = 1
      node.isNeeded = false
      node.isCaptured = false
      node.clearGradients()
      return true
    }
    if isNew { stack.append(reference) }
  }

  /// Visits every node behind those on the stack, counting how many gradients each will get.
  private func visitAll() {
    while let reference = stack.popLast() { reachInputs(reference) }
  }

  /// As `visitAll`; then marks the nodes that lie on a way to a captured edge: a node is needed when one of its inputs is
  /// needed or captured.
  private func visitAllMarking() {
    var order: [Node] = []
    while let reference = stack.popLast() {
      order.append(reference.takeUnretainedValue())
      reachInputs(reference)
    }
    for capture in captures where capture.node?.task == id { capture.node?.isCaptured = true }
    // Edges lead from newer to older nodes, so ascending creation order sees inputs before their users. (Accumulators
    // number highest but have no edges; they are settled by `isCaptured`.)
    for node in order.sorted(by: { $0.sequence < $1.sequence }) where !node.isAccumulator {
      var needed = false
      for i in 0..<node.inputCount {
        if let input = node.edge(i).node, input.isNeeded || input.isCaptured { needed = true }
      }
      node.isNeeded = needed
    }
  }

  @inline(__always) private func reachInputs(_ reference: Unmanaged<Node>) {
    reference._withUnsafeGuaranteedRef { node in
      let count = node.inputCount
      var i = 0
      while i < count {
        if let input = node.link(i).node { reach(input) }
        i &+= 1
      }
    }
  }

  // MARK: Running

  private func loop() throws(TensorError) {
    while let reference = ready.pop() {
      if tnb_interrupt_pending() != 0 { throw Interruption.error() }
      // A formula may end with this node's last other reference gone (a hook that replaces its tensor's history).
      let node = reference.takeUnretainedValue()
      if node.hasExtras { try runTensorHooks(node) }
      if node.isAccumulator {
        let leaf = unsafeDowncast(node, to: AccumulateGrad.self)
        if leaf.variable.hasHooks { try runLeafHooks(leaf) }
      }
      if isSelective {
        if node.isCaptured { capture(node) }
        if !node.isNeeded {
          node.clearGradients()
          continue
        }
      }
      try node.run(self)
      node.clearGradients()
      if !keepsGraph { node.finish() }
    }
  }

  private func capture(_ node: Node) {
    for (i, edge) in captures.enumerated() where edge.node === node {
      captured[i] = node.arrived(edge.index)
    }
  }

  @inline(never) private func runLeafHooks(_ leaf: AccumulateGrad) throws(TensorError) {
    for hook in leaf.variable.meta?.hooks ?? [] {
      if let g = leaf.gradient, let replaced = try hook.call(g) { leaf.gradient = replaced }
    }
  }

  @inline(never) private func runTensorHooks(_ node: Node) throws(TensorError) {
    guard let extras = node.extras else { return }
    for hook in extras.tensorHooks {
      guard let g = node.arrived(hook.index), let replaced = try hook.call(g) else { continue }
      node.setArrived(hook.index, replaced)
    }
    for entry in extras.retained {
      guard let tensor = entry.tensor.tensor, let g = node.arrived(entry.index) else { continue }
      tensor.grad = g
    }
    for hook in extras.preHooks {
      if let replaced = try hook.call((0..<node.outputCount).map { node.arrived($0) }) {
        for (i, g) in replaced.enumerated() where i < node.outputCount { node.setArrived(i, g) }
      }
    }
  }

  // MARK: Delivery

  /// Hands on that none of the node's inputs get anything.
  func deliverNothing(_ node: Node) {
    if isCollecting(node) { return }
    for i in 0..<node.inputCount {
      if let target = node.link(i).node { countDown(target) }
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
      try deliver(g, node, i)
    }
  }

  @inline(__always) private func isCollecting(_ node: Node) -> Bool {
    guard let collectingNode else { return false }
    return collectingNode.toOpaque() == Unmanaged.passUnretained(node).toOpaque()
  }

  /// Hands the gradient for input `i` of `node` on.
  @inline(__always) func deliver(_ gradient: consuming Tensor?, _ node: Node, _ i: Int) throws(TensorError) {
    if isCollecting(node) {
      while collected.count <= i { collected.append(nil) }
      collected[i] = gradient
      return
    }
    let link = node.link(i)
    if let target = link.node { try receive(gradient, target, link.index, node, i) }
  }

  /// Adds what arrived for output `index` of `target`, which becomes ready when nothing more is to come.
  private func receive(
    _ gradient: consuming Tensor?, _ target: Unmanaged<Node>, _ index: Int, _ source: Node?, _ i: Int
  ) throws(TensorError) {
    let node = target._withUnsafeGuaranteedRef { $0 }
    if AnomalyMode.isEnabled { try AnomalyMode.check(gradient, source, i) }
    if isSelective && !node.isNeeded && !node.isCaptured { return countDown(target) }
    if var g = gradient.take() {
      if index == 0 {
        if !node.fits(g) { g = try fit(g, node.output, source, i) }
        if node.hasGradient { try add(g, to: node) } else { node.gradient = g }
      } else {
        let meta = node.outputMeta(index)
        if g.shape != meta.shape || g.dtype != meta.dtype { g = try fit(g, meta, source, i) }
        let sum = node.arrived(index)
        node.setArrived(index, sum == nil ? g : try Operations.add(sum.unsafelyUnwrapped, g))
      }
    }
    countDown(target)
  }

  /// Sums two gradients, into the first one's memory where nobody else can see it.
  private func add(_ g: Tensor, to node: Node) throws(TensorError) {
    if !GradMode.isEnabled && node.ownsGradient {
      return try Operations.addInPlace(node.gradient.unsafelyUnwrapped, g)
    }
    node.gradient = try Operations.add(node.gradient.unsafelyUnwrapped, g)
  }

  @inline(__always) private func countDown(_ target: Unmanaged<Node>) {
    let isReady = target._withUnsafeGuaranteedRef { node -> Bool in
      node.dependencies &-= 1
      return node.dependencies == 0
    }
    if isReady { ready.push(target) }
  }

  /// Brings a gradient into the form of what it is the gradient of: sums over broadcast dimensions, casts.
  @inline(never) private func fit(
    _ g: Tensor, _ meta: OutputMeta, _ source: Node?, _ i: Int
  ) throws(TensorError) -> Tensor {
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
    collectingNode = .passUnretained(node)
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
