/// One recorded operation: where its gradients flow, and how to compute them.
///
/// A sketch that the autograd engine fills in.
package class Node {
  /// PyTorch's name: `MulBackward0`.
  package var name: String { "Node" }
  /// For each input, the node that takes its gradient and which of that node's outputs it is; nil where none is needed.
  package var inputs: [(node: Node, index: Int)?] = []

  package init() {}

  /// The gradients for `inputs`, given those of the outputs. Written in differentiable operations, so that
  /// `create_graph=True` works everywhere.
  package func backward(_ gradients: [Tensor?]) throws(TensorError) -> [Tensor?] { [] }
}
