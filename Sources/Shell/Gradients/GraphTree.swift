import Tensor

/// An autograd graph as a tree of text: the operation that gave a tensor, below it those that gave its inputs, at the ends the
/// leaves by name. What is used more than once stands once and is referred to by its number.
struct GraphTree {
  private let graph: AutogradGraph
  private let names: TensorNames
  private let palette: Palette
  private let width: Int
  private var numbers: [ObjectIdentifier: Int] = [:]
  private var shown: Set<ObjectIdentifier> = []
  /// Parts that were too deep to stand where they belong.
  private var deferred: [Node] = []
  private static let lineLimit = 120

  /// A line to come.
  private struct Entry {
    let node: Node
    /// What stands before the line, and before the lines below it.
    let prefix: String
    let indent: String
    var depth = 0
    /// The way to it was cut here.
    var isContinuation = false
  }

  static func text(_ root: Node, _ names: TensorNames, width: Int, _ palette: Palette) -> String {
    var tree = GraphTree(root, names, width, palette)
    return tree.render(root)
  }

  private init(_ root: Node, _ names: TensorNames, _ width: Int, _ palette: Palette) {
    graph = AutogradGraph(from: root)
    self.names = names
    self.width = width
    self.palette = palette
  }

  private mutating func render(_ root: Node) -> String {
    var lines: [String] = []
    deferred = [root]
    var next = 0
    while next < deferred.count, lines.count < Self.lineLimit {
      let start = deferred[next]
      if next > 0 { lines.append("") }
      next += 1
      var stack = [Entry(node: start, prefix: "", indent: "", isContinuation: next > 1)]
      while let entry = stack.popLast(), lines.count < Self.lineLimit {
        lines.append(entry.prefix + line(entry))
        stack += children(of: entry).reversed()
      }
    }
    let operations = graph.nodes.count - graph.leaves.count
    let rest = operations + graph.leaves.count - shown.count
    if rest > 0 { lines.append(palette.paint("… \(rest) more", .quiet)) }
    var summary = operations == 1 ? "1 operation" : "\(operations) operations"
    summary += graph.leaves.count == 1 ? ", 1 leaf" : ", \(graph.leaves.count) leaves"
    if graph.nodes.contains(where: \.isReleased) { summary += "; backward has run and freed what it needed" }
    return (lines + [palette.paint(summary, .quiet)]).map { $0 + "\n" }.joined()
  }

  private mutating func line(_ entry: Entry) -> String {
    let id = ObjectIdentifier(entry.node)
    if shown.contains(id), !(entry.node is AccumulateGrad) || numbers[id] != nil { return reference(entry.node) }
    if isTooDeep(entry) {
      deferred.append(entry.node)
      return palette.paint("#\(number(of: entry.node))", .caret) + palette.paint(" goes on below", .quiet)
    }
    shown.insert(id)
    let label = needsNumber(entry) ? palette.paint("#\(number(of: entry.node)) ", .caret) : ""
    return label + text(of: entry.node)
  }

  private func isTooDeep(_ entry: Entry) -> Bool {
    !entry.isContinuation && entry.depth * 3 > max(width - 34, width / 2)
      && !AutogradGraph.inputs(of: entry.node).isEmpty
  }

  /// Leaves with a name are known by it.
  private func needsNumber(_ entry: Entry) -> Bool {
    if entry.isContinuation { return true }
    guard graph.uses[ObjectIdentifier(entry.node), default: 1] > 1 else { return false }
    return (entry.node as? AccumulateGrad).map { names.name(of: $0.variable) == nil } ?? true
  }

  private mutating func number(of node: Node) -> Int {
    let id = ObjectIdentifier(node)
    if let known = numbers[id] { return known }
    numbers[id] = numbers.count + 1
    return numbers.count
  }

  private mutating func reference(_ node: Node) -> String {
    palette.paint("#\(number(of: node))", .caret) + " " + text(of: node, isShort: true)
  }

  private func text(of node: Node, isShort: Bool = false) -> String {
    if let leaf = node as? AccumulateGrad {
      let shape = " " + leaf.variable.shape.description
      guard let name = names.name(of: leaf.variable) else { return palette.paint("leaf", .quiet) + shape }
      return palette.paint(name, .definition) + shape
    }
    if isShort { return palette.paint("see there", .quiet) }
    let name = names.name(of: node).map { "  " + palette.paint($0, .definition) } ?? ""
    return node.className + " " + node.outputMeta(0).shape.description + name
  }

  private mutating func children(of entry: Entry) -> [Entry] {
    // A reference has its children where the node itself stands.
    guard shown.contains(ObjectIdentifier(entry.node)), !expanded.contains(ObjectIdentifier(entry.node)) else {
      return []
    }
    expanded.insert(ObjectIdentifier(entry.node))
    let inputs = AutogradGraph.inputs(of: entry.node)
    return inputs.enumerated().map { i, node in
      let isLast = i == inputs.count - 1
      return Entry(
        node: node, prefix: entry.indent + palette.paint(isLast ? "└─ " : "├─ ", .quiet),
        indent: entry.indent + palette.paint(isLast ? "   " : "│  ", .quiet),
        depth: entry.depth + 1)
    }
  }

  private var expanded: Set<ObjectIdentifier> = []
}
