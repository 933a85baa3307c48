// Windows laid out as columns and back, pooling undone, norms over windows.

extension Operations {
  /// The windows of images (N, C, H, W) as columns (N, C · size, places).
  package static func unfoldWindows(
    _ x: Tensor, _ size: [Int]?, dilation: [Int]?, padding: [Int]?, stride: [Int]?
  ) throws(TensorError) -> Tensor {
    let w = try columnWindow(size, dilation, padding, stride)
    if x.ndim == 3 {
      return try squeeze(
        unfoldWindows(unsqueeze(x, 0), size, dilation: dilation, padding: padding, stride: stride), 0)
    }
    if x.ndim != 4 {
      if x.ndim < 3 { _ = try Dimension.wrap(x.ndim == 1 ? 1 : 2, x.ndim) }
      throw .runtime(
        "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: \(x.shape.description)"
      )
    }
    let places = (0..<2).map { w.places($0, x.shape[2 + $0]) }
    if places.contains(where: { $0 <= 0 }) {
      throw .runtime(
        "Given input with spatial size (\(x.shape[2]), \(x.shape[3])), kernel_size=\(pairText(w.size)), dilation=\(pairText(w.dilation)), padding=\(pairText(w.padding)), calculated shape of the array of sliding blocks as \(pairText(places)), but its components must be at least one."
      )
    }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("im2col_out_cpu", x.dtype) }
    return try fusedByReplay("Im2ColBackward0", [x]) { (t) throws(TensorError) in
      let source = try pad(t[0], [w.padding[1], w.padding[1], w.padding[0], w.padding[0]])
      let all = try windows(contiguous(source), w, places)
      return try reshape(
        permute(all, [0, 1, 4, 5, 2, 3]),
        [x.shape[0], x.shape[1] * w.size.reduce(1, *), places.reduce(1, *)])
    }
  }

  /// The reverse of `unfoldWindows`: what overlaps is added up.
  package static func foldWindows(
    _ x: Tensor, _ output: [Int]?, _ size: [Int]?, dilation: [Int]?, padding: [Int]?, stride: [Int]?
  ) throws(TensorError) -> Tensor {
    let w = try columnWindow(size, dilation, padding, stride)
    if x.ndim == 2 {
      return try squeeze(
        foldWindows(unsqueeze(x, 0), output, size, dilation: dilation, padding: padding, stride: stride), 0)
    }
    if x.ndim != 3 {
      throw .runtime(
        "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: \(x.shape.description)"
      )
    }
    let target = try spatial(output, 2, default: 1, "output_size")
    if target.contains(where: { $0 <= 0 || $0 > 1 << 30 }) {
      throw .runtime(
        "Expected output spatial size to be positive, but got: output_size=\(pairText(target)).")
    }
    let area = w.size.reduce(1, *)
    if x.shape[1] % area != 0 {
      throw .runtime(
        "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=\(x.shape[1]) and kernel_size=\(pairText(w.size))."
      )
    }
    let places = (0..<2).map { w.places($0, target[$0]) }
    let count = Swift.max(places[0], 0) * Swift.max(places[1], 0)
    if x.shape[2] != count || count == 0 {
      throw .runtime(
        "Given output_size=\(pairText(target)), kernel_size=\(pairText(w.size)), dilation=\(pairText(w.dilation)), padding=\(pairText(w.padding)), stride=\(pairText(w.stride)), expected size of input's dimension 2 to match the calculated number of sliding blocks \(places[0]) * \(places[1]) = \(count), but got input.size(2)=\(x.shape[2])."
      )
    }
    let channels = x.shape[1] / area
    let full = try Dims.checked(
      [x.shape[0], channels, target[0] + 2 * w.padding[0], target[1] + 2 * w.padding[1]])
    return try fusedByReplay("Col2ImBackward0", [x]) { (t) throws(TensorError) in
      let split = try reshape(t[0], [x.shape[0], channels] + w.size + places)
      let sums = try accumulate("Col2ImBackward0", permute(split, [0, 1, 4, 5, 2, 3]), full) {
        (z) throws(TensorError) in try windows(z, w, places)
      }
      let rows = try narrow(sums, 2, w.padding[0], target[0])
      return try contiguous(narrow(rows, 3, w.padding[1], target[1]))
    }
  }

  private static func columnWindow(
    _ size: [Int]?, _ dilation: [Int]?, _ padding: [Int]?, _ stride: [Int]?
  ) throws(TensorError) -> Window {
    let w = try Window(
      size: try spatial(size, 2, default: 1, "kernel_size"), stride: try spatial(stride, 2, default: 1, "stride"),
      padding: try spatial(padding, 2, default: 0, "padding"),
      dilation: try spatial(dilation, 2, default: 1, "dilation"))
    let named = [("kernel size", w.size), ("dilation", w.dilation), ("stride", w.stride)]
    for (label, values) in named where values.contains(where: { $0 <= 0 || $0 > 1 << 30 }) {
      throw .runtime(
        "\(label) should be greater than zero, but got \(label.replacing(" ", with: "_"))_height: \(values[0]) \(label.replacing(" ", with: "_"))_width: \(values[1])"
      )
    }
    if w.padding.contains(where: { $0 < 0 || $0 > 1 << 30 }) {
      throw .runtime(
        "padding should be non-negative, but got pad_height: \(w.padding[0]) pad_width: \(w.padding[1])")
    }
    return w
  }

  private static func pairText(_ pair: [Int]) -> String { "(\(pair.map(String.init).joined(separator: ", ")))" }

  /// Pooled elements put back where `indices` says they stood, zeros elsewhere.
  package static func maxUnpool(_ x: Tensor, _ indices: Tensor, _ output: [Int]) throws(TensorError) -> Tensor {
    let n = output.count
    if indices.dtype != .int64 {
      throw .runtime("elements in indices should be type int64 but got: \(indices.dtype.scalarTypeName)")
    }
    if x.shape != indices.shape {
      throw .runtime(
        "Expected shape of indices to be same as that of the input tensor (\(x.shape.description)) but got indices tensor with shape: \(indices.shape.description)"
      )
    }
    let lead = Array(x.shape.array.dropLast(n))
    let area = output.reduce(1, *)
    for i in try indices.int64Values() where i < 0 || i >= area {
      throw .runtime(
        "Found an invalid max index: \(i) (output volumes are of size \(output.map(String.init).joined(separator: "x")))"
      )
    }
    let cells = Array(x.shape.array.suffix(n)).reduce(1, *)
    return try fusedByReplay("MaxUnpool\(n)DBackward0", [x]) { (t) throws(TensorError) in
      let flat = try Tensor.filled(Dims.checked(lead + [area]), x.dtype, .int(0))
      let placed = try scatter(flat, -1, reshape(indices, lead + [cells]), reshape(t[0], lead + [cells]))
      return try reshape(placed, lead + output)
    }
  }

  /// Each channel of each sample normalised on its own.
  package static func instanceNorm(
    _ x: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ runningMean: Tensor?, _ runningVariance: Tensor?,
    usesInput: Bool, momentum: Double, eps: Double
  ) throws(TensorError) -> Tensor {
    if x.ndim < 2 { throw .runtime("Expected more than 1 dimension for instance_norm input, got \(x.ndim)") }
    if usesInput {
      if x.shape.array.dropFirst(2).reduce(1, *) == 1 {
        throw .value(
          "Expected more than 1 spatial element when training, got input size torch.Size(\(x.shape.description))")
      }
    } else if runningMean == nil || runningVariance == nil {
      throw .runtime("Expected running_mean and running_var to be defined when use_input_stats is false")
    }
    let (batch, channels) = (x.shape[0], x.shape[1])
    func spread(_ t: Tensor?) throws(TensorError) -> Tensor? {
      try t.map { (t) throws(TensorError) in try `repeat`(t, [batch]) }
    }
    let (means, variances) = (try spread(runningMean), try spread(runningVariance))
    let rows = try reshape(contiguous(x), [1, batch * channels] + x.shape.array.dropFirst(2))
    let result = try batchNorm(
      rows, means, variances, spread(weight), spread(bias), training: usesInput, momentum: momentum, eps: eps)
    if usesInput {
      try withoutGrad { () throws(TensorError) in
        if let runningMean, let means {
          try copyInPlace(runningMean.detach(), mean(view(means, [batch, channels]), [0]))
        }
        if let runningVariance, let variances {
          try copyInPlace(runningVariance.detach(), mean(view(variances, [batch, channels]), [0]))
        }
      }
    }
    return try view(result, x.shape.array)
  }

  /// x / (k + alpha · mean of squares over neighbouring channels)^beta.
  package static func localResponseNorm(
    _ x: Tensor, _ size: Int, alpha: Double, beta: Double, k: Double
  ) throws(TensorError) -> Tensor {
    if x.ndim < 3 {
      throw .value("Expected 3D or higher dimensionality                          input (got \(x.ndim) dimensions)")
    }
    if x.count == 0 { return x }
    var squares = try mul(x, x)
    let rest = x.ndim == 3 ? [x.shape[2]] : [x.shape[2], -1]
    squares = try view(squares, [x.shape[0], 1, x.shape[1]] + rest)
    squares = try pad(squares, [Int](repeating: 0, count: 2 * rest.count) + [size / 2, (size - 1) / 2])
    let ones = [Int](repeating: 1, count: rest.count)
    let w = try Window(
      size: [size] + ones, stride: [1] + ones, padding: [0] + ones.map { _ in 0 }, dilation: [1] + ones)
    let means = try averagePool(
      squares, w, ceiling: false, countsPadding: true, divisor: nil, name: "AvgPool\(rest.count + 1)DBackward0")
    let total = try view(squeeze(means, 1), x.shape.array)
    return try div(x, pow(add(mul(total, .float(alpha)), .float(k)), .float(beta)))
  }

  /// x₁ᵀ W x₂ + b.
  package static func bilinear(
    _ a: Tensor, _ b: Tensor, _ weight: Tensor, _ bias: Tensor?
  ) throws(TensorError) -> Tensor {
    if a.ndim != b.ndim || a.ndim == 0 {
      throw .runtime("bilinear(): input dimensions do not match: got \(a.ndim) and \(b.ndim)")
    }
    if weight.ndim != 3 { throw .runtime("bilinear(): expected a weight of 3 dimensions, but got \(weight.ndim)") }
    let (rows, d1, d2) = (a.count / Swift.max(a.shape[a.ndim - 1], 1), a.shape[a.ndim - 1], b.shape[b.ndim - 1])
    for i in 0..<a.ndim - 1 where a.shape[i] != b.shape[i] {
      throw .runtime("bilinear(): input batch dimensions do not match at dim \(i): got \(a.shape[i]) and \(b.shape[i])")
    }
    if d1 != weight.shape[1] {
      throw .runtime("bilinear(): input1 size does not match weight size: got \(d1) but expected \(weight.shape[1])")
    }
    if d2 != weight.shape[2] {
      throw .runtime("bilinear(): input2 size does not match weight size: got \(d2) but expected \(weight.shape[2])")
    }
    let product = try einsum("bi,kij,bj->bk", [reshape(a, [rows, d1]), weight, reshape(b, [rows, d2])])
    let result = try view(product, Array(a.shape.array.dropLast()) + [weight.shape[0]])
    return try bias.map { (t) throws(TensorError) in try add(result, t) } ?? result
  }

  /// The distances between every two rows.
  package static func pdist(_ x: Tensor, _ p: Double) throws(TensorError) -> Tensor {
    if x.ndim != 2 { throw .runtime("pdist only supports 2D tensors, got: \(x.ndim)D") }
    guard x.dtype.isFloating else { throw .runtime("pdist only supports floating-point dtypes") }
    if p < 0 { throw .runtime("pdist only supports non-negative p values") }
    var (left, right): ([Int], [Int]) = ([], [])
    for i in 0..<x.shape[0] {
      for j in i + 1..<Swift.max(x.shape[0], i + 1) {
        left.append(i)
        right.append(j)
      }
    }
    return try fusedByReplay("PdistBackward0", [x]) { (t) throws(TensorError) in
      let difference = try sub(indexSelect(t[0], 0, Tensor.vector(left)), indexSelect(t[0], 0, Tensor.vector(right)))
      return try vectorNorm(difference, p, [1])
    }
  }
}
