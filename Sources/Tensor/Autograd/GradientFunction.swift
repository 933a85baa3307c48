extension Autograd {
  /// What `formula` gives for `inputs`, as the outputs of one node, the way PyTorch's backward functions are in a graph of gradients:
  /// `tensor(0.1966, grad_fn=<SigmoidBackwardBackward0>)`. Outside a graph it is just the formula's result.
  ///
  /// The node differentiates through the operations of the formula, with the inputs held apart: one may depend on another. An input
  /// that nothing depends on smoothly gets zeros: the slope of `relu` is constant, and still has a derivative.
  package static func gradients(
    _ name: String, of inputs: [Tensor], _ formula: ([Tensor]) throws(TensorError) -> [Tensor?]
  ) throws(TensorError) -> [Tensor?] {
    guard isRecording(inputs) else { return try formula(inputs) }
    var roots: [Tensor] = []
    for input in inputs { roots.append(try Operations.aliasView(input)) }
    let values = try formula(roots)
    let present = values.compactMap { $0 }
    let outputs = present.map { $0.alias() }
    record(name, inputs, outputs: outputs, saving: inputs) { [roots] (c) throws(TensorError) in
      let flows = zip(present, c.gradients).filter { $0.requiresGrad && $1 != nil }
      let wanted = inputs.indices.filter { c.needs($0) }
      var result = [Tensor?](repeating: nil, count: inputs.count)
      if !flows.isEmpty {
        let found = try grad(
          flows.map { $0.0 }, wanted.map { roots[$0] }, gradients: flows.map { $0.1 }, retainGraph: true,
          createGraph: GradMode.isEnabled, allowUnused: true)
        for (i, g) in zip(wanted, found) { result[i] = g }
      }
      for i in wanted where result[i] == nil {
        result[i] = try Tensor.filled(inputs[i].shape, inputs[i].dtype, .int(0))
      }
      return result
    }
    var left = outputs[...]
    return values.map { $0 == nil ? nil : left.removeFirst() }
  }

  /// As above, for the gradients of the operation recorded as `name`: `MseLossBackward0` gives `MseLossBackwardBackward0`.
  package static func gradients(
    ofNode name: String, _ inputs: [Tensor], _ formula: ([Tensor]) throws(TensorError) -> [Tensor?]
  ) throws(TensorError) -> [Tensor?] {
    try gradients(name.dropLast() + "Backward0", of: inputs, formula)
  }

  /// As above, for one gradient, from that of the output and the input or output `x`.
  @inline(__always) package static func gradient(
    _ name: String, _ g: Tensor, _ x: Tensor, _ formula: (Tensor, Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    guard isRecording(g, x) else { return try formula(g, x) }
    return try gradients(name, of: [g, x]) { (t) throws(TensorError) in [try formula(t[0], t[1])] }[0].unsafelyUnwrapped
  }
}
