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
      Swift.max(reckonedPlaces(i, length, ceiling: ceiling), 0)
    }

    /// As `places`; not positive where the window is longer than the dimension.
    func reckonedPlaces(_ i: Int, _ length: Int, ceiling: Bool) -> Int {
      let span = length + 2 * padding[i] - dilation[i] * (size[i] - 1) - 1 + (ceiling ? stride[i] - 1 : 0)
      var n = (span >= 0 ? span / stride[i] : -((stride[i] - 1 - span) / stride[i])) + 1
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
  static func padded(_ x: Tensor, _ w: Window, _ places: [Int], _ value: Double) throws(TensorError) -> Tensor {
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
    try checkRanks(x, weight, spatialDims: n)
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

  private static func checkRanks(_ x: Tensor, _ weight: Tensor, spatialDims n: Int) throws(TensorError) {
    if weight.ndim < 3 { throw .runtime("weight should have at least three dimensions") }
    if weight.ndim < n + 2 {
      // The settings are expanded to as many entries as the weight has spatial dimensions.
      throw .runtime(
        "expected stride to be a single integer value or a list of \(weight.ndim - 2) values to match the convolution dimensions, but got stride=\(ShapeInference.listText([Int](repeating: 1, count: n)))"
      )
    }
    if weight.ndim > n + 2 {
      throw .runtime(
        "Expected \(weight.ndim)-dimensional input for \(weight.ndim)-dimensional weight \(weight.shape.description), but got \(x.ndim)-dimensional input of size \(x.shape.description) instead"
      )
    }
  }

  /// What a convolution and its transpose ask for alike.
  private static func checkSettings(
    _ x: Tensor, _ weight: Tensor, _ w: Window, _ groups: Int, dilation text: ([Int]) -> String
  ) throws(TensorError) {
    if groups <= 0 { throw .runtime("non-positive groups is not supported") }
    try Window.checkLengths(x)
    for s in w.stride where s <= 0 { throw .runtime("non-positive stride is not supported") }
    for p in w.padding where p < 0 { throw .runtime("negative padding is not supported") }
    for d in w.dilation where d <= 0 {
      throw .runtime("dilation should be greater than zero, but got \(text(w.dilation))")
    }
    if weight.shape[0] < groups {
      throw .runtime(
        "Given groups=\(groups), expected weight to be at least \(groups) at dimension 0, but got weight of size \(weight.shape.description) instead"
      )
    }
    if weight.shape[0] % groups != 0 {
      throw .runtime(
        "Given groups=\(groups), expected weight to be divisible by \(groups) at dimension 0, but got weight of size [\(weight.shape.description)] instead"
      )
    }
  }

  /// The types are compared last, where the product begins.
  private static func checkTypes(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?) throws(TensorError) {
    if let bias, bias.dtype != x.dtype {
      throw .runtime(
        "Input type (\(x.dtype.lowerName)) and bias type (\(bias.dtype.lowerName)) should be the same")
    }
    if x.dtype != weight.dtype {
      throw .runtime("expected scalar type \(x.dtype.scalarTypeName) but found \(weight.dtype.scalarTypeName)")
    }
  }

  private static func checkConvolution(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ w: Window, _ groups: Int, _ n: Int
  ) throws(TensorError) {
    try checkSettings(x, weight, w, groups, dilation: ShapeInference.listText)
    if weight.shape[1] &* groups != x.shape[1] {
      throw .runtime(
        "Given groups=\(groups), weight of size \(weight.shape.description), expected input\(x.shape.description) to have \(weight.shape[1] &* groups) channels, but got \(x.shape[1]) channels instead"
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
    try checkTypes(x, weight, bias)
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
    try checkRanks(x, weight, spatialDims: n)
    let w = try Window(
      size: Array(weight.shape.array.dropFirst(2)), stride: try spatial(stride, n, default: 1, "stride"),
      padding: try spatial(padding, n, default: 0, "padding"),
      dilation: try spatial(dilation, n, default: 1, "dilation"))
    let extra = try spatial(outputPadding, n, default: 0, "output_padding")
    let axes = n == 3 ? ["depth", "height", "width"] : ["height", "width"]
    /// The values by axis; one dimension runs as rows of height one.
    func text(_ name: String, _ values: [Int], one: Int, _ separator: String = " ") -> String {
      zip(axes, n == 1 ? [one] + values : values).map { "\(name)_\($0): \($1)" }.joined(separator: separator)
    }
    try checkSettings(x, weight, w, groups) { text("dilation", $0, one: 1, ", ") }
    if weight.shape[0] != x.shape[1] {
      throw .runtime(
        "Given transposed=1, weight of size \(weight.shape.description), expected input\(x.shape.description) to have \(weight.shape[0]) channels, but got \(x.shape[1]) channels instead"
      )
    }
    if let bias, bias.ndim != 1 || bias.count != weight.shape[1] &* groups {
      throw .runtime(
        "Given transposed=1, weight of size \(weight.shape.description), expected bias to be 1-dimensional with \(weight.shape[1] &* groups) elements, but got bias of size \(bias.shape.description) instead"
      )
    }
    for i in 0..<n where extra[i] >= Swift.max(w.stride[i], w.dilation[i]) {
      throw .runtime(
        "output padding must be smaller than either stride or dilation, but got \(text("output_padding", extra, one: 0)) \(text("stride", w.stride, one: 1)) \(text("dilation", w.dilation, one: 1))"
      )
    }
    try checkTypes(x, weight, bias)
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
}
