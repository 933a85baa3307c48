// What pooling asks of its settings, as PyTorch words it.

extension Operations {
  /// How many places the window has along each spatial dimension.
  static func poolPlaces(_ x: Tensor, _ w: Window, _ ceiling: Bool) throws(TensorError) -> [Int] {
    let n = w.size.count
    if x.ndim != n + 2 {
      throw .runtime("non-empty \(n + 1)D or \(n + 2)D (batch mode) tensor expected for input")
    }
    try Window.checkLengths(x)
    for i in 0..<n {
      if w.stride[i] == 0 { throw .runtime("stride should not be zero") }
      if w.padding[i] < 0 { throw .runtime("pad must be non-negative, but got pad: \(w.padding[i])") }
      if w.size[i] > 0 && w.padding[i] * 2 > (w.size[i] - 1) * w.dilation[i] + 1 {
        throw .runtime(
          "pad should be at most half of effective kernel size, but got pad=\(w.padding[i]), kernel_size=\(w.size[i]) and dilation=\(w.dilation[i])"
        )
      }
    }
    let axes = n == 2 ? ["H", "W"] : ["T", "H", "W"]
    func requirePositive(_ values: [Int], _ what: String, _ symbol: (String) -> String) throws(TensorError) {
      if values.allSatisfy({ $0 > 0 }) { return }
      let text = zip(axes, values).map { "\(symbol($0)): \($1)" }.joined(separator: " ")
      throw .runtime("\(what) should be greater than zero, but got \(text)")
    }
    try requirePositive(w.size, "kernel size") { "k" + $0 }
    try requirePositive(w.stride, "stride") { "d" + $0 }
    try requirePositive(w.dilation, "dilation") { "dilation" + $0 }
    let shape = x.shape.array
    if shape.dropFirst().contains(0) {
      throw .runtime(
        "Expected \(n + 1)D or \(n + 2)D (batch mode) tensor with optional 0 dim batch size for input, but got:\(x.shape.description)"
      )
    }
    let places = (0..<n).map { w.reckonedPlaces($0, shape[2 + $0], ceiling: ceiling) }
    if places.contains(where: { $0 <= 0 }) {
      func text(_ list: [Int]) -> String { list.map(String.init).joined(separator: "x") }
      throw .runtime(
        "Given input size: (\(text(Array(shape.dropFirst())))). Calculated output size: (\(text([shape[1]] + places))). Output size is too small"
      )
    }
    return places
  }

  /// Pooling over one dimension has words of its own.
  static func checkMaxPool1D(_ x: Tensor, _ w: Window, ceiling: Bool) throws(TensorError) {
    if x.ndim != 2 && x.ndim != 3 {
      throw .runtime(
        "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:\(x.shape.description)"
      )
    }
    let (size, stride, padding, dilation) = (w.size[0], w.stride[0], w.padding[0], w.dilation[0])
    if size <= 0 { throw .runtime("max_pool1d() kernel_size must be greater than zero, but got \(size)") }
    if stride <= 0 { throw .runtime("max_pool1d() stride must be greater than zero, but got \(stride)") }
    if padding < 0 { throw .runtime("max_pool1d() padding must be non-negative, but got \(padding)") }
    if padding > size / 2 {
      throw .runtime(
        "max_pool1d() padding should be at most half of kernel size, but got padding=\(padding) and kernel_size=\(size)"
      )
    }
    if dilation <= 0 { throw .runtime("max_pool1d() dilation must be greater than zero, but got \(dilation)") }
    let places = w.reckonedPlaces(0, x.shape[x.ndim - 1], ceiling: ceiling)
    if places <= 0 { throw .runtime("max_pool1d() Invalid computed output size: \(places)") }
    guard x.dtype.isFloating else { throw RandomFill.notImplemented("max_pool1d_impl", x.dtype) }
  }

  /// One dimension is pooled as rows of height one; the message names the function that was called.
  static func checkPool1D(_ x: Tensor, _ name: String) throws(TensorError) {
    if x.ndim == 2 || x.ndim == 3 { return }
    throw .runtime(
      "Expected 2 to 3 dimensions, but got \(x.ndim)-dimensional tensor for argument #1 'self' (while checking arguments for \(name))"
    )
  }

  /// Raises RuntimeError where a setting of pooling has another number of entries than one, or one a dimension.
  static func checkPoolSetting(
    _ values: [Int]?, _ n: Int, _ setting: String, _ name: String
  ) throws(TensorError) {
    guard let count = values?.count, count != 1, count != n, !(count == 0 && setting == "stride") else { return }
    if n == 1 {
      if name.hasPrefix("max") {
        let kinds = setting == "stride" ? "None, an int, list of ints, or tuple" : "an int, list of ints or tuple"
        throw .runtime("\(name)() \(setting) must be \(kinds) of ints of size 1 but got size \(count)")
      }
      throw .runtime("\(name)() argument '\(setting)' should contain one int (got \(count))")
    }
    let omitted = setting == "stride" ? "be omitted, " : "be "
    throw .runtime(
      "\(name): \(setting) must either \(omitted)a single int, or a tuple of \(n == 2 ? "two" : "three") ints")
  }
}
