/// The node of the commonest views, without a closure: one allocation.
final class ViewNode: Node {
  enum Kind {
    /// `t`, `transpose`: dimensions `first` and `second` exchanged.
    case t, transpose
    /// The entry `second` of dimension `first`.
    case select
    /// `second..<third` of dimension `first`.
    case slice
    /// Another shape.
    case view, reshapeAlias
  }

  private let kind: Kind
  private let first: Int
  private let second: Int
  private let third: Int
  /// The input's shape.
  private let shape: Dims

  init(_ kind: Kind, _ x: Tensor, _ first: Int = 0, _ second: Int = 0, _ third: Int = 0) {
    self.kind = kind
    self.first = first
    self.second = second
    self.third = third
    shape = x.shape
    super.init()
    append(x.gradientLink)
  }

  override var name: String {
    switch kind {
    case .t: "TBackward0"
    case .transpose: "TransposeBackward0"
    case .select: "SelectBackward0"
    case .slice: "SliceBackward0"
    case .view: "ViewBackward0"
    case .reshapeAlias: "ReshapeAliasBackward0"
    }
  }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard let g = hasExtras ? gradient : takeGradient() else { return task.deliverNothing(self) }
    let result = try derivative(g)
    if hasExtras { try task.deliver([result], self) } else { try task.deliver(result, self, 0) }
  }

  private func derivative(_ g: Tensor) throws(TensorError) -> Tensor {
    typealias O = Operations
    switch kind {
    case .t, .transpose: return try O.transpose(g, first, second)
    case .select:
      let (d, index) = (first, second)
      return try O.embed("SelectBackwardBackward0", g, shape) { (z) throws(TensorError) in try O.select(z, d, index) }
    case .slice:
      let (d, start, end) = (first, second, third)
      return try O.embed("SliceBackwardBackward0", g, shape) { (z) throws(TensorError) in try O.slice(z, d, start, end)
      }
    case .view, .reshapeAlias: return try O.reshape(g, shape)
    }
  }

  override func releaseSaved() {}
}

/// The node of a view whose backward is a closure.
final class ViewClosureNode: Node {
  private let label: String
  private let backward: Operations.ViewBackward

  init(_ name: String, _ x: Tensor, _ backward: @escaping Operations.ViewBackward) {
    label = name
    self.backward = backward
    super.init()
    append(x.gradientLink)
  }

  override var name: String { label }

  override func run(_ task: GraphTask) throws(TensorError) {
    guard let g = hasExtras ? gradient : takeGradient() else { return task.deliverNothing(self) }
    let result = try backward(g)
    if hasExtras { try task.deliver([result], self) } else { try task.deliver(result, self, 0) }
  }

  override func releaseSaved() {}
}
