import Tensor

/// The operations behind a tensor, found without recursion: a graph may have a million nodes in a row.
struct AutogradGraph {
  /// Every node that was reached, the root first.
  private(set) var nodes: [Node] = []
  /// How many ways lead to a node.
  private(set) var uses: [ObjectIdentifier: Int] = [:]
  /// The leaves that want gradients.
  private(set) var leaves: [Tensor] = []

  init(from root: Node?) {
    guard let root else { return }
    var stack = [root]
    uses[ObjectIdentifier(root)] = 1
    while let node = stack.popLast() {
      nodes.append(node)
      if let leaf = node as? AccumulateGrad { leaves.append(leaf.variable) }
      for input in Self.inputs(of: node).reversed() {
        let count = uses[ObjectIdentifier(input), default: 0]
        uses[ObjectIdentifier(input)] = count + 1
        if count == 0 { stack.append(input) }
      }
    }
  }

  /// Whether a leaf's gradient would come from here.
  func reaches(_ leaf: Tensor) -> Bool { leaves.contains { $0 === leaf } }

  /// The nodes that a node hands gradients on to, in the order of its operation's arguments.
  static func inputs(of node: Node) -> [Node] { (0..<node.inputCount).compactMap { node.edge($0).node } }
}
