extension Autograd {
  /// `torch.autograd.backward`: adds the gradients of `outputs` into the `.grad` of the leaves (or of `inputs` only).
  ///
  /// `gradients[i]` weighs `outputs[i]`; without one the output must be a scalar.
  package static func backward(
    _ outputs: [Tensor], gradients: [Tensor?] = [], retainGraph: Bool? = nil, createGraph: Bool = false,
    inputs: [Tensor]? = nil
  ) throws(TensorError) {
    if let journal = GradientJournal.current { journal.beginBackward() }
    let roots = try makeRoots(outputs, gradients)
    guard let inputs else {
      _ = try GraphTask.run(roots: roots, keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph)
      return
    }
    if inputs.isEmpty { throw .runtime("`inputs` argument to `backward()` cannot be empty.") }
    for input in inputs where !input.requiresGrad {
      throw .runtime("One of the differentiated Tensors does not require grad")
    }
    let found = try GraphTask.run(
      roots: roots, keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph,
      captures: inputs.map { $0.gradientEdge }, isSelective: true)
    let wasEnabled = GradMode.isEnabled
    GradMode.isEnabled = createGraph
    defer { GradMode.isEnabled = wasEnabled }
    for (input, g) in zip(inputs, found) {
      if let g { try AccumulateGrad.accumulate(g, into: input, owns: false) }
    }
  }

  /// `torch.autograd.grad`: the gradients of `outputs` with respect to `inputs`, as values; nil (only with
  /// `allowUnused`) for inputs that the outputs do not depend on.
  package static func grad(
    _ outputs: [Tensor], _ inputs: [Tensor], gradients: [Tensor?] = [], retainGraph: Bool? = nil,
    createGraph: Bool = false, allowUnused: Bool = false
  ) throws(TensorError) -> [Tensor?] {
    let roots = try makeRoots(outputs, gradients)
    for input in inputs where !input.requiresGrad {
      throw .runtime("One of the differentiated Tensors does not require grad")
    }
    let found = try GraphTask.run(
      roots: roots, keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph,
      captures: inputs.map { $0.gradientEdge }, isSelective: true)
    if !allowUnused {
      for (i, g) in found.enumerated() where g == nil {
        throw .runtime(
          "The differentiated Tensor at index \(i) appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior."
        )
      }
    }
    return found
  }

  /// As `backward` of one output, towards all leaves.
  package static func backward(
    _ output: Tensor, gradient: Tensor?, retainGraph: Bool?, createGraph: Bool
  ) throws(TensorError) {
    let seed = try makeSeed(output, gradient, 0)
    guard output.requiresGrad, let seed else { throw noGraph(0) }
    if let journal = GradientJournal.current { journal.beginBackward() }
    try GraphTask.run(
      root: output.gradientEdge, gradient: seed, keepsGraph: retainGraph ?? createGraph, createsGraph: createGraph)
  }

  private static func makeRoots(
    _ outputs: [Tensor], _ gradients: [Tensor?]
  ) throws(TensorError) -> [(edge: Edge, gradient: Tensor)] {
    var seeds: [Tensor?] = []
    for (i, output) in outputs.enumerated() {
      seeds.append(try makeSeed(output, i < gradients.count ? gradients[i] : nil, i))
    }
    var roots: [(edge: Edge, gradient: Tensor)] = []
    for (i, output) in outputs.enumerated() {
      guard output.requiresGrad, let seed = seeds[i] else { throw noGraph(i) }
      roots.append((output.gradientEdge, seed))
    }
    return roots
  }

  /// What flows into output `i`: the gradient given, or one for a scalar; nil when it needs no gradient.
  private static func makeSeed(_ output: Tensor, _ given: Tensor?, _ i: Int) throws(TensorError) -> Tensor? {
    if let given {
      if given.shape != output.shape {
        throw .runtime(
          "Mismatch in shape: grad_output[\(i)] has a shape of torch.Size(\(given.shape.description)) and output[\(i)] has a shape of torch.Size(\(output.shape.description))."
        )
      }
      return given
    }
    if !output.requiresGrad { return nil }
    if output.count != 1 { throw .runtime("grad can be implicitly created only for scalar outputs") }
    if output.dtype == .float32 && output.isContiguous {
      let one = try Tensor(dense: output, .float32)
      one.data.storeBytes(of: 1, as: Float.self)
      return one
    }
    return try Tensor.filled(output.shape, output.dtype, .int(1))
  }

  private static func noGraph(_ i: Int) -> TensorError {
    .runtime("element \(i) of tensors does not require grad and does not have a grad_fn")
  }
}

/// What long computations throw when the run is interrupted.
enum Interruption {
  static func error() -> TensorError {
    switch tnbInterruptReason() {
    case 2: TensorError(.memory, "")
    default: TensorError(.interrupt, "")
    }
  }
}
