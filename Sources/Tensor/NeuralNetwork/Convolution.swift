// Convolutions as matrix products over unfolded windows.

import CKernels

extension Operations {
  /// Stride, padding and dilation of a window, one entry a spatial dimension.
  package struct Window {
    package var size: [Int]
    package var stride: [Int]
    package var padding: [Int]
    package var dilation: [Int]

    /// Places and reaches are computed from these and from lengths of as many bits, so that nothing overflows.
    package init(size: [Int], stride: [Int], padding: [Int], dilation: [Int]) throws(TensorError) {
      for value in size + stride + padding + dilation { try Window.checkRange(value) }
      self.size = size
      self.stride = stride
      self.padding = padding
      self.dilation = dilation
    }

    private static func checkRange(_ value: Int) throws(TensorError) {
      if Int32(exactly: value) == nil { throw .runtime("value cannot be converted to type int without overflow") }
    }

    /// Raises RuntimeError where a spatial dimension of `x` is longer than windows can be placed in.
    static func checkLengths(_ x: Tensor) throws(TensorError) {
      for length in x.shape.array.dropFirst(2) { try checkRange(length) }
    }

    /// How many places the window has along spatial dimension `i` of length `length`.
    func places(_ i: Int, _ length: Int, ceiling: Bool = false) -> Int {
      let span = length + 2 * padding[i] - dilation[i] * (size[i] - 1) - 1
      if span < 0 { return 0 }
      var n = (ceiling ? span + stride[i] - 1 : span) / stride[i] + 1
      // The last window must begin inside the input or its left padding.
      if ceiling && (n - 1) * stride[i] >= length + padding[i] { n -= 1 }
      return n
    }
  }

  /// A number for all spatial dimensions, or one each.
  static func spatial(_ values: [Int]?, _ n: Int, default d: Int, _ name: String) throws(TensorError) -> [Int] {
    guard let values, !values.isEmpty else { return [Int](repeating: d, count: n) }
    if values.count == 1 { return [Int](repeating: values[0], count: n) }
    if values.count != n {
      throw .runtime(
        "expected \(name) to be a single integer value or a list of \(n) values to match the convolution dimensions, but got \(name)=\(ShapeInference.listText(values))"
      )
    }
    return values
  }

  /// The windows of `x` (N, C, …) as (N, C, places…, size…): a view over the padded input.
  static func windows(_ x: Tensor, _ w: Window, _ places: [Int]) throws(TensorError) -> Tensor {
    let n = w.size.count
    var shape = [x.shape[0], x.shape[1]] + places
    var strides = [x.strides[0], x.strides[1]]
    // Where there is one place its stride is never taken, and might overflow.
    for i in 0..<n { strides.append(places[i] > 1 ? x.strides[2 + i] * w.stride[i] : x.strides[2 + i]) }
    for i in 0..<n {
      shape.append(w.size[i])
      strides.append(w.size[i] > 1 ? x.strides[2 + i] * w.dilation[i] : x.strides[2 + i])
    }
    return try asStrided(x, shape, strides)
  }

  /// Zeros (or another value) around the spatial dimensions, and behind the last one as far as `places` windows reach.
  private static func padded(_ x: Tensor, _ w: Window, _ places: [Int], _ value: Double) throws(TensorError) -> Tensor {
    var amounts: [Int] = []
    for i in (0..<w.size.count).reversed() {
      let length = x.shape[2 + i]
      let reach = (places[i] - 1) * w.stride[i] + w.dilation[i] * (w.size[i] - 1) + 1
      amounts += [w.padding[i], Swift.max(reach - length - w.padding[i], w.padding[i])]
    }
    if amounts.allSatisfy({ $0 == 0 }) { return try x.isContiguous ? x : contiguous(x) }
    return try pad(x, amounts, value: value)
  }

  // MARK: Convolution

  /// A convolution over one, two or three spatial dimensions; `x` may lack the batch dimension.
  package static func convolution(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, stride: [Int]?, padding: [Int]?, dilation: [Int]?, groups: Int,
    spatialDims n: Int
  ) throws(TensorError) -> Tensor {
    if x.ndim == n + 1 {
      let batch = try unsqueeze(x, 0)
      return try squeeze(
        convolution(
          batch, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups, spatialDims: n), 0)
    }
    if x.ndim != n + 2 {
      throw .runtime(
        "Expected \(n + 1)D (unbatched) or \(n + 2)D (batched) input to conv\(n)d, but got input of size: \(x.shape.description)"
      )
    }
    let window = try Window(
      size: Array(weight.shape.array.dropFirst(2)), stride: try spatial(stride, n, default: 1, "stride"),
      padding: try spatial(padding, n, default: 0, "padding"),
      dilation: try spatial(dilation, n, default: 1, "dilation"))
    try checkConvolution(x, weight, bias, window, groups, n)
    var places: [Int] = []
    for i in 0..<n { places.append(window.places(i, x.shape[2 + i])) }
    let inputs = [x, weight] + (bias.map { [$0] } ?? [])
    func formula(_ t: [Tensor]) throws(TensorError) -> Tensor {
      try convolve(t[0], t[1], t.count > 2 ? t[2] : nil, window, places, groups)
    }
    return try fusedByReplay("ConvolutionBackward0", inputs, namesGradient: true, absent: 3 - inputs.count, formula)
  }

  private static func checkConvolution(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ w: Window, _ groups: Int, _ n: Int
  ) throws(TensorError) {
    if weight.ndim != n + 2 {
      throw .runtime("Expected \(n + 2)-dimensional weight, but got weight of size \(weight.shape.description)")
    }
    if x.dtype != weight.dtype {
      throw .runtime(
        "Input type (torch.\(x.dtype.scalarTypeName)Tensor) and weight type (torch.\(weight.dtype.scalarTypeName)Tensor) should be the same"
      )
    }
    if groups <= 0 { throw .runtime("non-positive groups is not supported") }
    try Window.checkLengths(x)
    for s in w.stride where s <= 0 { throw .runtime("non-positive stride is not supported") }
    for p in w.padding where p < 0 { throw .runtime("negative padding is not supported") }
    for d in w.dilation where d <= 0 { throw .runtime("dilation should be greater than zero") }
    if weight.shape[1] * groups != x.shape[1] {
      throw .runtime(
        "Given groups=\(groups), weight of size \(weight.shape.description), expected input\(x.shape.description) to have \(weight.shape[1] * groups) channels, but got \(x.shape[1]) channels instead"
      )
    }
    if weight.shape[0] % groups != 0 {
      throw .runtime(
        "Given groups=\(groups), expected weight to be divisible by \(groups) at dimension 0, but got weight of size \(weight.shape.description) instead"
      )
    }
    if let bias, bias.ndim != 1 || bias.count != weight.shape[0] {
      throw .runtime(
        "Given weight of size \(weight.shape.description), expected bias to be 1-dimensional with \(weight.shape[0]) elements, but got bias of size \(bias.shape.description) instead"
      )
    }
    var (reach, kernel): ([Int], [Int]) = ([], [])
    var isTooSmall = false
    for i in 0..<n {
      reach.append(x.shape[2 + i] + 2 * w.padding[i])
      kernel.append(w.dilation[i] * (w.size[i] - 1) + 1)
      if reach[i] < kernel[i] { isTooSmall = true }
    }
    if isTooSmall {
      func text(_ list: [Int]) -> String { list.map(String.init).joined(separator: " x ") }
      throw .runtime(
        "Calculated padded input size per channel: (\(text(reach))). Kernel size: (\(text(kernel))). Kernel size can't be greater than actual input size"
      )
    }
  }

  /// The convolution as one matrix product: rows are places, columns the elements of a window.
  private static func convolve(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ w: Window, _ places: [Int], _ groups: Int
  ) throws(TensorError) -> Tensor {
    let n = w.size.count
    let source = try padded(x, w, places, 0)
    let (batch, channels, outputs) = (x.shape[0], x.shape[1] / groups, weight.shape[0] / groups)
    let count = places.reduce(1, *)
    let length = channels * w.size.reduce(1, *)
    var parts: [Tensor] = []
    for g in 0..<groups {
      let group = groups == 1 ? source : try narrow(source, 1, g * channels, channels)
      // (N, C, places, size) to (N, places, C, size).
      let order = [0] + (2..<2 + n) + [1] + (2 + n..<2 + 2 * n)
      let rows = try reshape(permute(windowsOf(group, w, places), order), [batch * count, length])
      let kernel = try reshape(groups == 1 ? weight : narrow(weight, 0, g * outputs, outputs), [outputs, length])
      let product = try matmul(rows, t(kernel))
      parts.append(try permute(reshape(product, [batch, count, outputs]), [0, 2, 1]))
    }
    let joined = parts.count == 1 ? parts[0] : try cat(parts, 1)
    var result = try reshape(contiguous(joined), [batch, weight.shape[0]] + places)
    if let bias { result = try add(result, reshape(bias, [weight.shape[0]] + [Int](repeating: 1, count: n))) }
    return result
  }

  private static func windowsOf(_ x: Tensor, _ w: Window, _ places: [Int]) throws(TensorError) -> Tensor {
    try windows(x.isContiguous ? x : contiguous(x), w, places)
  }

  /// Padding for `padding='same'`, which needs stride one: what stands before and behind each spatial dimension.
  static func samePadding(_ weight: Tensor, _ dilation: [Int]?, _ n: Int) throws(TensorError) -> [Int] {
    let d = try spatial(dilation, n, default: 1, "dilation")
    var amounts: [Int] = []
    for i in (0..<n).reversed() {
      let total = d[i] * (weight.shape[2 + i] - 1)
      amounts += [total / 2, total - total / 2]
    }
    return amounts
  }

  /// The transpose of a convolution: each input element spreads its weights over the output.
  package static func convolutionTransposed(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, stride: [Int]?, padding: [Int]?, outputPadding: [Int]?, groups: Int,
    dilation: [Int]?, spatialDims n: Int
  ) throws(TensorError) -> Tensor {
    if x.ndim == n + 1 {
      return try squeeze(
        convolutionTransposed(
          unsqueeze(x, 0), weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
          dilation: dilation, spatialDims: n), 0)
    }
    if x.ndim != n + 2 {
      throw .runtime(
        "Expected \(n + 1)D (unbatched) or \(n + 2)D (batched) input to conv_transpose\(n)d, but got input of size: \(x.shape.description)"
      )
    }
    try Window.checkLengths(x)
    let w = try Window(
      size: Array(weight.shape.array.dropFirst(2)), stride: try spatial(stride, n, default: 1, "stride"),
      padding: try spatial(padding, n, default: 0, "padding"),
      dilation: try spatial(dilation, n, default: 1, "dilation"))
    let extra = try spatial(outputPadding, n, default: 0, "output_padding")
    if groups <= 0 || weight.ndim != n + 2 || weight.shape[0] != x.shape[1] || x.shape[1] % groups != 0 {
      throw .runtime(
        "Given transposed=1, weight of size \(weight.shape.description), expected input\(x.shape.description) to have \(weight.shape[0]) channels, but got \(x.shape[1]) channels instead"
      )
    }
    for i in 0..<n where w.stride[i] <= 0 || w.dilation[i] <= 0 || extra[i] >= Swift.max(w.stride[i], w.dilation[i]) {
      throw .runtime(
        "output padding must be smaller than either stride or dilation, but got output_padding: \(extra[i])")
    }
    let outputs = weight.shape[1]
    var full: [Int] = []
    for i in 0..<n {
      full.append((x.shape[2 + i] - 1) * w.stride[i] + w.dilation[i] * (w.size[i] - 1) + 1 + extra[i])
    }
    let inputs = [x, weight] + (bias.map { [$0] } ?? [])
    let places = Array(x.shape.array.dropFirst(2))
    func formula(_ t: [Tensor]) throws(TensorError) -> Tensor {
      var parts: [Tensor] = []
      let channels = x.shape[1] / groups
      for g in 0..<groups {
        let source = groups == 1 ? t[0] : try narrow(t[0], 1, g * channels, channels)
        let kernel = groups == 1 ? t[1] : try narrow(t[1], 0, g * channels, channels)
        // (N, places, C) × (C, outputs · size) gives what each place adds to its window.
        let order = [0] + (2..<2 + n) + [1]
        let rows = try reshape(permute(source, order), [x.shape[0] * places.reduce(1, *), channels])
        let spread = try matmul(rows, reshape(kernel, [channels, outputs * w.size.reduce(1, *)]))
        let split = try reshape(spread, [x.shape[0]] + places + [outputs] + w.size)
        let back = [0, 1 + n] + (1..<1 + n) + (2 + n..<2 + 2 * n)
        let target = try Dims.checked([x.shape[0], outputs] + full)
        let bare = try Window(size: w.size, stride: w.stride, padding: w.padding, dilation: w.dilation)
        parts.append(
          try accumulateRecorded(permute(split, back), target) { (z) throws(TensorError) in
            try windows(z, bare, places)
          })
      }
      var result = parts.count == 1 ? parts[0] : try cat(parts, 1)
      for i in 0..<n where w.padding[i] > 0 {
        result = try narrow(result, 2 + i, w.padding[i], result.shape[2 + i] - 2 * w.padding[i])
      }
      if t.count > 2 { result = try add(result, reshape(t[2], [outputs * groups] + [Int](repeating: 1, count: n))) }
      return try contiguous(result)
    }
    return try fusedByReplay("ConvolutionBackward0", inputs, namesGradient: true, absent: 3 - inputs.count, formula)
  }

  /// `accumulate`, contiguous and recorded.
  private static func accumulateRecorded(
    _ g: Tensor, _ shape: Dims, _ part: @escaping ViewBackward
  ) throws(TensorError) -> Tensor {
    try accumulate("Col2ImBackward0", g, shape, part)
  }

  // MARK: Pooling

  /// The largest (with its position) or mean element of every window; `x` may lack the batch dimension.
  package static func maxPool(
    _ x: Tensor, _ w: Window, ceiling: Bool, name: String
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let n = w.size.count
    if x.ndim == n + 1 {
      let (v, i) = try maxPool(unsqueeze(x, 0), w, ceiling: ceiling, name: name)
      return (try squeeze(v, 0), try squeeze(i, 0))
    }
    let places = try poolPlaces(x, w, ceiling, "max_pool\(n)d")
    let spatialShape = Array(x.shape.array.dropFirst(2))
    let (values, indices) = try withoutGrad { () throws(TensorError) -> (Tensor, Tensor) in
      let source = try padded(x.detach(), w, places, -.infinity)
      let area = w.size.reduce(1, *)
      let shape = [x.shape[0], x.shape[1]] + places
      let rows = try reshape(windows(source, w, places), shape + [area])
      let (best, where_) = try extreme(rows, -1, isMin: false)
      return (best, try flatPositions(where_, w, spatialShape, places))
    }
    if Autograd.isRecording(x) {
      let shape = x.shape
      Autograd.record(name, [x], values, saving: [indices, x]) { (c) throws(TensorError) in
        try Autograd.gradients(ofNode: name, [c.gradient, c.saved(1)]) { (t) throws(TensorError) in
          let rows = shape[0] * shape[1]
          let flat = try Tensor.filled([rows, spatialShape.reduce(1, *)], t[0].dtype, .int(0))
          let count = places.reduce(1, *)
          let placed = try scatterAdd(flat, 1, reshape(c.saved(0), [rows, count]), reshape(t[0], [rows, count]))
          return [try reshape(placed, shape)]
        }
      }
    }
    return (values, indices)
  }

  private static func poolPlaces(_ x: Tensor, _ w: Window, _ ceiling: Bool, _ name: String) throws(TensorError) -> [Int]
  {
    let n = w.size.count
    if x.ndim != n + 2 {
      throw .runtime("\(name)() Expected \(n + 1)D or \(n + 2)D input tensor, but got \(x.shape.description)")
    }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("\(name)", x.dtype) }
    try Window.checkLengths(x)
    var places: [Int] = []
    for i in 0..<n {
      if w.size[i] <= 0 || w.stride[i] <= 0 || w.dilation[i] <= 0 {
        throw .runtime("\(name): kernel size, stride and dilation should be greater than zero")
      }
      if w.padding[i] < 0 || w.padding[i] * 2 > (w.size[i] - 1) * w.dilation[i] + 1 {
        throw .runtime(
          "pad should be at most half of effective kernel size, but got pad=\(w.padding[i]), kernel_size=\(w.size[i]) and dilation=\(w.dilation[i])"
        )
      }
      places.append(w.places(i, x.shape[2 + i], ceiling: ceiling))
    }
    if places.contains(where: { $0 <= 0 }) {
      func text(_ list: [Int]) -> String { list.map(String.init).joined(separator: "x") }
      throw .runtime(
        "Given input size: (\(text(Array(x.shape.array.dropFirst())))). Calculated output size: (\(text([x.shape[1]] + places))). Output size is too small"
      )
    }
    return places
  }

  /// Positions inside windows as positions in the flattened spatial dimensions of the input.
  private static func flatPositions(
    _ inside: Tensor, _ w: Window, _ shape: [Int], _ places: [Int]
  ) throws(TensorError) -> Tensor {
    let n = w.size.count
    let values = try inside.int64Values()
    let count = places.reduce(1, *)
    var result = [Int](repeating: 0, count: values.count)
    for (k, v) in values.enumerated() {
      var (rest, place) = (v, k % Swift.max(count, 1))
      var (flat, step) = (0, 1)
      for i in (0..<n).reversed() {
        let offset = rest % w.size[i]
        rest /= w.size[i]
        let start = place % places[i]
        place /= places[i]
        flat += (start * w.stride[i] - w.padding[i] + offset * w.dilation[i]) * step
        step *= shape[i]
      }
      result[k] = flat
    }
    return try Tensor.make(result, inside.shape, .int64)
  }

  package static func averagePool(
    _ x: Tensor, _ w: Window, ceiling: Bool, countsPadding: Bool, divisor: Int?, name: String
  ) throws(TensorError) -> Tensor {
    let n = w.size.count
    if x.ndim == n + 1 {
      return try squeeze(
        averagePool(
          unsqueeze(x, 0), w, ceiling: ceiling, countsPadding: countsPadding, divisor: divisor, name: name), 0)
    }
    if let divisor, divisor == 0 { throw .runtime("divisor must be not zero") }
    let places = try poolPlaces(x, w, ceiling, "avg_pool\(n)d")
    // How many elements each window counts, per dimension.
    var factor = try Tensor.filled([], .float64, .int(1))
    for i in 0..<n {
      let length = x.shape[2 + i]
      let counts = (0..<places[i]).map { k -> Double in
        let start = k * w.stride[i] - w.padding[i]
        let end = Swift.min(start + w.size[i], length + w.padding[i])
        return Double(countsPadding ? end - start : Swift.min(end, length) - Swift.max(start, 0))
      }
      var shape = Dims(repeating: 1, count: n)
      shape[i] = places[i]
      factor = try mul(factor, Tensor.make(counts, shape, .float64))
    }
    if let divisor { factor = try Tensor.filled([], .float64, .int(divisor)) }
    let scale = try cast(factor, x.dtype)
    let dims = Array(2 + n..<2 + 2 * n)
    return try fusedByReplay(name, [x], namesGradient: true) { (t) throws(TensorError) in
      let source = try padded(t[0], w, places, 0)
      return try div(sum(windows(source, w, places), dims), scale)
    }
  }

  /// Means over as many equal parts as `sizes` asks for.
  package static func adaptivePool(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    let n = sizes.count
    try checkAdaptive(x, sizes, "avg")
    let first = x.ndim - n
    let whole = try Tensor.filled(Dims.checked(Array(x.shape.array.prefix(first)) + sizes), x.dtype, .int(0))
    if sizes.contains(0) { return whole }
    if sizes.allSatisfy({ $0 == 1 }) { return try mean(x, Array(first..<x.ndim), keepdim: true) }
    return try fusedByReplay("AdaptiveAvgPool\(n)DBackward0", [x], namesGradient: true) { (t) throws(TensorError) in
      var result = t[0]
      for i in 0..<n {
        let d = first + i
        var parts: [Tensor] = []
        for part in equalParts(x.shape[d], sizes[i]) {
          if tnb_interrupt_pending() != 0 { throw Interruption.error() }
          parts.append(try mean(narrow(result, d, part.lowerBound, part.count), [d], keepdim: true))
        }
        result = try cat(parts, d)
      }
      return result
    }
  }

  /// The largest elements of as many equal parts as `sizes` asks for, and where they stand in the flattened spatial dimensions.
  package static func adaptiveMaxPool(
    _ x: Tensor, _ sizes: [Int]
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let n = sizes.count
    if n == 1 {
      let (v, i) = try adaptiveMaxPool(unsqueeze(x, -2), [1] + sizes)
      return (try squeeze(v, -2), try squeeze(i, -2))
    }
    try checkAdaptive(x, sizes, "max")
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("adaptive_max_pool\(n)d", x.dtype) }
    let first = x.ndim - n
    let spatialShape = Array(x.shape.array.dropFirst(first))
    _ = try Tensor(empty: Dims.checked(Array(x.shape.array.prefix(first)) + sizes), .int64)
    let area = spatialShape.reduce(1, *)
    let rows = Array(x.shape.array.prefix(first)).reduce(1, *)
    let source = try x.dense(.float64).doubles()
    let parts = (0..<n).map { equalParts(spatialShape[$0], sizes[$0]) }
    let cells = sizes.reduce(1, *)
    var found: [Int] = []
    found.reserveCapacity(rows * cells)
    for row in 0..<rows {
      for cell in 0..<cells {
        var rest = cell
        var ranges: [Range<Int>] = []
        for i in (0..<n).reversed() {
          ranges.insert(parts[i][rest % sizes[i]], at: 0)
          rest /= sizes[i]
        }
        var (best, place) = (-Double.infinity, -1)
        func visit(_ i: Int, _ flat: Int) {
          if i == n {
            let value = source[row * area + flat]
            if place < 0 || value > best || value.isNaN { (best, place) = (value, flat) }
            return
          }
          for k in ranges[i] { visit(i + 1, flat * spatialShape[i] + k) }
        }
        visit(0, 0)
        found.append(Swift.max(place, 0))
      }
    }
    let shape = Array(x.shape.array.prefix(first))
    let indices = try Tensor.make(found, Dims.checked(shape + sizes), .int64)
    let values = try fusedByReplay("AdaptiveMaxPool\(n)DBackward0", [x], namesGradient: true) {
      (t) throws(TensorError) in
      let picked = try gather(reshape(t[0], shape + [area]), -1, reshape(indices, shape + [cells]))
      return try reshape(picked, shape + sizes)
    }
    return (values, indices)
  }

  /// Where `count` parts of a dimension begin and end; they overlap where it does not divide evenly.
  private static func equalParts(_ length: Int, _ count: Int) -> LazyMapSequence<Range<Int>, Range<Int>> {
    (0..<count).lazy.map { k in k * length / count..<((k + 1) * length + count - 1) / count }
  }

  private static func checkAdaptive(_ x: Tensor, _ sizes: [Int], _ kind: String) throws(TensorError) {
    let n = sizes.count
    if x.ndim != n + 1 && x.ndim != n + 2 {
      throw .runtime(
        "adaptive_\(kind)_pool\(n)d(): Expected \(n + 1)D or \(n + 2)D tensor, but got \(x.shape.description)")
    }
    for size in sizes + x.shape.array where Int32(exactly: size) == nil {
      throw .runtime("value cannot be converted to type int without overflow")
    }
    for size in sizes where size < 0 {
      throw .runtime("elements of output_size must be greater than or equal to 0")
    }
    for d in x.ndim - n..<x.ndim where x.shape[d] == 0 {
      throw .runtime(
        "adaptive_\(kind)_pool\(n)d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes \(x.shape.description) with dimension \(d) being empty"
      )
    }
  }
}
