/// A tensor that backward needs, with the version it had when saved.
///
/// An output is kept as an alias outside the graph (the node would otherwise own itself through it) and gets its node
/// back when unpacked.
package struct SavedTensor {
  var tensor: Tensor?
  var version: Int32 = 0
  var outputIndex: Int32 = -1

  @inline(__always) init(_ tensor: Tensor?, _ version: Int32, _ outputIndex: Int32) {
    self.tensor = tensor
    self.version = version
    self.outputIndex = outputIndex
  }

  /// Saves an input.
  package init(_ tensor: Tensor) {
    self.tensor = tensor
    version = Int32(truncatingIfNeeded: tensor.version)
  }

  /// Saves output `index` of the node that will own this.
  package init(output tensor: Tensor, _ index: Int = 0) {
    self.tensor = tensor.alias()
    version = Int32(truncatingIfNeeded: tensor.version)
    outputIndex = Int32(truncatingIfNeeded: index)
  }

  /// The tensor, as it was saved; throws PyTorch's errors where it was changed in place or freed.
  @inline(__always) package func unpack(_ owner: Node) throws(TensorError) -> Tensor {
    guard let tensor else { throw .runtime(Node.freedMessage) }
    if Int32(truncatingIfNeeded: tensor.version) != version { throw changed(tensor, owner) }
    return outputIndex >= 0 && GradMode.isEnabled ? output(tensor, owner) : tensor
  }

  /// The output back in the graph.
  @inline(never) private func output(_ tensor: Tensor, _ owner: Node) -> Tensor {
    let result = tensor.alias()
    result.storedNode = owner
    result.storedOutputIndex = outputIndex
    return result
  }

  @inline(never) private func changed(_ tensor: Tensor, _ owner: Node) -> TensorError {
    var text =
      "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.\(tensor.dtype.scalarTypeName)Tensor \(tensor.shape.description)]"
    let node = outputIndex >= 0 ? owner : tensor.storedNode
    if let node {
      let index = outputIndex >= 0 ? outputIndex : tensor.storedOutputIndex
      var name = node.name
      if let range = name.range(ofLast: "Backward") { name = String(name[..<range]) }
      text += ", which is output \(index) of \(name),"
    }
    text +=
      " is at version \(tensor.version); expected version \(version) instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False)."
    return .runtime(text)
  }
}

extension String {
  /// Where the last occurrence of `part` begins.
  func range(ofLast part: String) -> String.Index? {
    var i = endIndex
    while i > startIndex {
      i = index(before: i)
      if self[i...].hasPrefix(part) { return i }
    }
    return nil
  }
}
