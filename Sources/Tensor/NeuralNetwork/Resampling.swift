// Images and signals in another size: each spatial dimension is resampled on its own, the last one first.

extension Operations {
  package enum Resampling: String {
    case nearest
    case nearestExact = "nearest-exact"
    case linear, bilinear, trilinear, bicubic, area
  }

  /// `x` (N, C, …) with its spatial dimensions in another size, which is given or follows from factors.
  package static func interpolate(
    _ x: Tensor, size: [Int]?, factors: [Double]?, mode name: String, alignCorners: Bool?, recomputesFactor: Bool
  ) throws(TensorError) -> Tensor {
    let isNearest = name == "nearest" || name == "nearest-exact" || name == "area"
    if isNearest && alignCorners != nil {
      throw .value(
        "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear")
    }
    let n = x.ndim - 2
    let spatialSizes = ShapeInference.listText(Array(x.shape.array.dropFirst(2)))
    if size != nil && factors != nil { throw .value("only one of size or scale_factor should be defined") }
    var targets: [Int] = []
    var scales: [Double]?
    if let size {
      if size.count != 1 && size.count != n {
        throw .value(
          "Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of \(spatialSizes) and output size of (\(size.map(String.init).joined(separator: ", "))). Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format."
        )
      }
      targets = size.count == n ? size : [Int](repeating: size[0], count: Swift.max(n, 0))
    } else if let factors {
      if factors.count != 1 && factors.count != n {
        throw .value(
          "Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of \(spatialSizes) and scale_factor of shape (\(factors.map(pythonText).joined(separator: ", "))). Please provide input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format."
        )
      }
      let all = factors.count == n ? factors : [Double](repeating: factors[0], count: Swift.max(n, 0))
      for (i, f) in all.enumerated() { targets.append(Int(exactly: (Double(x.shape[2 + i]) * f).rounded(.down)) ?? 0) }
      scales = recomputesFactor || name == "area" ? nil : all
    } else {
      throw .value("either size or scale_factor should be defined")
    }
    let mode = try resampling(name, x.ndim)
    for (i, t) in targets.enumerated() where t <= 0 || t > 1 << 28 || x.shape[2 + i] <= 0 {
      throw .runtime(
        "Input and output sizes should be greater than 0, but got input (\(sizesText(Array(x.shape.array.dropFirst(2))))) output (\(sizesText(targets)))"
      )
    }
    // Refuses what does not fit into memory before positions are reckoned.
    _ = try Tensor(empty: Dims.checked([x.shape[0], x.shape[1]] + targets), x.dtype)
    if mode == .area { return try adaptiveMeans(x, targets) }
    guard x.dtype.isFloating else {
      throw RandomFill.notImplemented("upsample_\(name.replacing("-", with: "_"))\(n)d_out_frame", x.dtype)
    }
    let label: String
    switch mode {
    case .nearest: label = "UpsampleNearest\(n)D"
    case .nearestExact: label = "UpsampleNearestExact\(n)D"
    default: label = "Upsample\(name.prefix(1).uppercased() + name.dropFirst())\(n)D"
    }
    let aligned = alignCorners ?? false
    var plans: [[Tap]] = []
    for i in 0..<n {
      plans.append(taps(mode, x.shape[2 + i], targets[i], scales?[i], aligned, isSingle: x.dtype != .float64))
    }
    return try fusedByReplay(label + "Backward0", [x]) { (t) throws(TensorError) in
      var result = t[0]
      for i in (0..<n).reversed() { result = try resampled(result, 2 + i, plans[i]) }
      return result
    }
  }

  private static func sizesText(_ sizes: [Int]) -> String {
    let names = sizes.count == 1 ? ["W"] : sizes.count == 2 ? ["H", "W"] : ["D", "H", "W"]
    return zip(names, sizes).map { "\($0): \($1)" }.joined(separator: ", ")
  }

  /// The mode by its name, where it fits the number of dimensions.
  private static func resampling(_ name: String, _ ndim: Int) throws(TensorError) -> Resampling {
    let needed = ["linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5]
    if let mode = Resampling(rawValue: name), (3...5).contains(ndim) {
      guard let n = needed[name], n != ndim else { return mode }
      if name != "bicubic" {
        throw TensorError(.notImplemented, "Got \(ndim)D input, but \(name) mode needs \(n)D input")
      }
    }
    throw TensorError(
      .notImplemented,
      "Input Error: Only 3D, 4D and 5D input Tensors supported (got \(ndim)D) for the modes: nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got \(name))"
    )
  }

  /// For every output position an input position and its weight; a resampled dimension is the sum over its taps.
  private typealias Tap = (positions: [Int], weights: [Double]?)

  /// Positions are reckoned in the elements' own precision, as PyTorch reckons them.
  private static func taps(
    _ mode: Resampling, _ length: Int, _ target: Int, _ factor: Double?, _ aligned: Bool, isSingle: Bool
  ) -> [Tap] {
    func rounded(_ value: Double) -> Double { isSingle ? Double(Float(value)) : value }
    let given = factor.flatMap { $0 > 0 ? rounded(1 / $0) : nil }
    let ratio = given ?? rounded(rounded(Double(length)) / Double(target))
    if mode == .nearest || mode == .nearestExact {
      let shift = mode == .nearest ? 0 : 0.5
      let scale = given.map { Float($0) } ?? Float(length) / Float(target)
      return [
        (
          (0..<target).map { i in
            if length == target { return i }
            if mode == .nearest && target == 2 * length { return i >> 1 }
            return Swift.min(Int(((Float(i) + Float(shift)) * scale).rounded(.down)), length - 1)
          }, nil
        )
      ]
    }
    let isCubic = mode == .bicubic
    let scale = aligned ? (target > 1 ? rounded(Double(length - 1) / Double(target - 1)) : 0) : ratio
    func source(_ i: Int) -> Double {
      if aligned { return rounded(scale * Double(i)) }
      let place = rounded(rounded(scale * (Double(i) + 0.5)) - 0.5)
      return isCubic ? place : Swift.max(place, 0)
    }
    var list = [Tap](repeating: ([], []), count: isCubic ? 4 : 2)
    for i in 0..<target {
      if !isCubic && length == target {
        for k in 0..<2 {
          list[k].positions.append(i)
          list[k].weights?.append(k == 0 ? 1 : 0)
        }
        continue
      }
      let place = source(i)
      let first = isCubic ? Int(place.rounded(.down)) : Swift.min(Int(place.rounded(.down)), length - 1)
      let rest = rounded(Swift.min(Swift.max(place - Double(first), 0), 1))
      if isCubic {
        for (k, w) in cubicWeights(rest).enumerated() {
          list[k].positions.append(Swift.min(Swift.max(first - 1 + k, 0), length - 1))
          list[k].weights?.append(rounded(w))
        }
      } else {
        list[0].positions.append(first)
        list[0].weights?.append(rounded(1 - rest))
        list[1].positions.append(Swift.min(first + 1, length - 1))
        list[1].weights?.append(rest)
      }
    }
    return list
  }

  /// Cubic convolution with the coefficient −0.75.
  static func cubicWeights(_ t: Double) -> [Double] {
    let a = -0.75
    func near(_ x: Double) -> Double { ((a + 2) * x - (a + 3)) * x * x + 1 }
    func far(_ x: Double) -> Double { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
    return [far(t + 1), near(t), near(1 - t), far(2 - t)]
  }

  private static func resampled(_ x: Tensor, _ dim: Int, _ taps: [Tap]) throws(TensorError) -> Tensor {
    var shape = [Int](repeating: 1, count: x.ndim)
    var sum: Tensor?
    for tap in taps {
      var part = try indexSelect(x, dim, Tensor.vector(tap.positions))
      if let weights = tap.weights {
        shape[dim] = weights.count
        part = try mul(part, cast(Tensor.make(weights, Dims.checked(shape), .float64), x.dtype))
      }
      sum = try sum.map { (s) throws(TensorError) in try add(s, part) } ?? part
    }
    return sum ?? x
  }

  private static func adaptiveMeans(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    if sizes.count > 1 { return try adaptivePool(x, sizes) }
    return try squeeze(adaptivePool(unsqueeze(x, -2), [1] + sizes), -2)
  }

  // MARK: Grids

  /// The places that an affine map sends the pixels of an image of `size` to: a grid for `gridSample`.
  package static func affineGrid(_ theta: Tensor, _ size: [Int], alignCorners: Bool) throws(TensorError) -> Tensor {
    guard theta.dtype.isFloating else {
      throw .value("Expected theta to have floating point type, but got torch.\(theta.dtype.name)")
    }
    let n = size.count - 2
    if (n == 2 && (theta.ndim != 3 || theta.shape[1] != 2 || theta.shape[2] != 3))
      || (n == 3 && (theta.ndim != 3 || theta.shape[1] != 3 || theta.shape[2] != 4))
    {
      let wanted = n == 2 ? "2D affine matrices of shape Nx2x3" : "3D affine matrices of shape Nx3x4"
      throw .value(
        "Expected a batch of \(wanted) for size torch.Size(\(ShapeInference.listText(size))). Got \(theta.shape.description)."
      )
    }
    if n != 2 && n != 3 {
      throw TensorError(
        .notImplemented,
        "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size torch.Size(\(ShapeInference.listText(size)))."
      )
    }
    if size.contains(where: { $0 <= 0 }) {
      throw .value("Expected non-zero, positive output size. Got torch.Size(\(ShapeInference.listText(size)))")
    }
    let places = Array(size.dropFirst(2))
    let total = try Tensor(empty: Dims.checked(places + [n + 1]), .float64).count / (n + 1)
    var base: [Double] = []
    base.reserveCapacity(total * (n + 1))
    func coordinate(_ i: Int, _ length: Int) -> Double {
      if length <= 1 { return 0 }
      let along = -1 + 2 * Double(i) / Double(length - 1)
      return alignCorners ? along : along * Double(length - 1) / Double(length)
    }
    for k in 0..<total {
      var rest = k
      var row: [Double] = []
      for length in places.reversed() {
        row.append(coordinate(rest % length, length))
        rest /= length
      }
      base += row + [1]
    }
    let grid = try cast(Tensor.make(base, Dims.checked([1, total, n + 1]), .float64), theta.dtype)
    return try fusedByReplay("AffineGridGeneratorBackward0", [theta]) { (t) throws(TensorError) in
      let all = try expand(grid, [t[0].shape[0], total, n + 1])
      return try reshape(bmm(all, transpose(t[0], 1, 2)), [t[0].shape[0]] + places + [n])
    }
  }

  package enum GridPadding: String {
    case zeros, border, reflection
  }

  /// The elements of an image at the places of a grid, between them by `mode`.
  package static func gridSample(
    _ x: Tensor, _ grid: Tensor, mode: String, padding: String, alignCorners: Bool
  ) throws(TensorError) -> Tensor {
    if mode != "bilinear" && mode != "nearest" && mode != "bicubic" {
      throw .value(
        "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '\(mode)'")
    }
    guard let border = GridPadding(rawValue: padding) else {
      throw .value(
        "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '\(padding)'"
      )
    }
    if x.ndim != 4 || grid.ndim != 4 || mode == "bicubic" {
      if x.ndim == grid.ndim && x.ndim == 5 || mode == "bicubic" {
        throw TensorError(.notImplemented, "grid_sample over volumes or with mode='bicubic' is not available in tnb")
      }
      throw .runtime(
        "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got input with sizes \(x.shape.description) and grid with sizes \(grid.shape.description)"
      )
    }
    if grid.shape[3] != 2 {
      throw .runtime(
        "grid_sampler(): expected grid to have size 2 in last dimension, but got grid with sizes \(grid.shape.description)"
      )
    }
    if grid.shape[0] != x.shape[0] {
      throw .runtime(
        "grid_sampler(): expected grid and input to have same batch size, but got input with sizes \(x.shape.description) and grid with sizes \(grid.shape.description)"
      )
    }
    return try fusedByReplay("GridSampler2DBackward0", [x, grid]) { (t) throws(TensorError) in
      try sampled(t[0], t[1], mode == "nearest", border, alignCorners)
    }
  }

  private static func sampled(
    _ x: Tensor, _ grid: Tensor, _ isNearest: Bool, _ border: GridPadding, _ aligned: Bool
  ) throws(TensorError) -> Tensor {
    let (batch, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    let count = grid.shape[1] * grid.shape[2]
    func place(_ k: Int, _ length: Int) throws(TensorError) -> Tensor {
      let g = try reshape(select(grid, 3, k), [batch, count])
      var p =
        aligned
        ? try mul(add(g, .int(1)), .float(Double(length - 1) / 2))
        : try div(sub(mul(add(g, .int(1)), .int(length)), .int(1)), .int(2))
      if border == .reflection { p = try reflected(p, length, aligned) }
      if border != .zeros { p = try clamp(p, min: .int(0), max: .int(length - 1)) }
      return p
    }
    let (px, py) = (try place(0, width), try place(1, height))
    let rows = try reshape(x, [batch, channels, height * width])
    func corner(_ ix: Tensor, _ iy: Tensor) throws(TensorError) -> Tensor {
      let (inside, flat) = try withoutGrad { () throws(TensorError) in
        let (cx, cy) = (
          try clamp(ix, min: .int(0), max: .int(width - 1)), try clamp(iy, min: .int(0), max: .int(height - 1))
        )
        let kept = try mul(cast(compare(.eq, ix, cx), x.dtype), cast(compare(.eq, iy, cy), x.dtype))
        let flat = try add(mul(cy, .int(width)), cx)
        return (kept, try cast(choose(isnan(flat), .int(0), flat), .int64))
      }
      let index = try expand(unsqueeze(flat, 1), [batch, channels, count])
      return try mul(gather(rows, 2, index), unsqueeze(inside, 1))
    }
    var result: Tensor
    if isNearest {
      result = try corner(round(px.detach()), round(py.detach()))
    } else {
      let (x0, y0) = (try floor(px.detach()), try floor(py.detach()))
      let (x1, y1) = (try add(x0, .int(1)), try add(y0, .int(1)))
      func weighted(_ ix: Tensor, _ iy: Tensor, _ wx: Tensor, _ wy: Tensor) throws(TensorError) -> Tensor {
        try mul(corner(ix, iy), unsqueeze(mul(wx, wy), 1))
      }
      let (rx, ry) = (try sub(px, x0), try sub(py, y0))
      let (lx, ly) = (try sub(x1, px), try sub(y1, py))
      result = try add(
        add(add(weighted(x0, y0, lx, ly), weighted(x1, y0, rx, ly)), weighted(x0, y1, lx, ry)),
        weighted(x1, y1, rx, ry))
    }
    result = try reshape(result, [batch, channels, grid.shape[1], grid.shape[2]])
    return result
  }

  /// Places thrown back from the borders until they lie inside.
  private static func reflected(_ p: Tensor, _ length: Int, _ aligned: Bool) throws(TensorError) -> Tensor {
    let (low, span) = aligned ? (0.0, Double(length - 1)) : (-0.5, Double(length))
    if span <= 0 { return try mul(p, .int(0)) }
    let offset = try abs(sub(p, .float(low)))
    let turns = try floor(div(offset.detach(), .float(span)))
    let extra = try sub(offset, mul(turns, .float(span)))
    let isEven = try compare(.eq, fmod(turns, .int(2)), .int(0))
    return try choose(isEven, add(extra, .float(low)), add(sub(.float(span), extra), .float(low)))
  }

  // MARK: Channels and places exchanged

  /// Channels spread over blocks of r × r pixels.
  package static func pixelShuffle(_ x: Tensor, _ r: Int) throws(TensorError) -> Tensor {
    try checkPixels(x, r, "pixel_shuffle", "upscale_factor")
    let c = x.shape[x.ndim - 3]
    if c % (r * r) != 0 {
      throw .runtime(
        "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=\(c) is not divisible by \(r * r)"
      )
    }
    let lead = Array(x.shape.array.dropLast(3))
    let (h, w, n) = (x.shape[x.ndim - 2], x.shape[x.ndim - 1], lead.count)
    return try fusedByReplay("PixelShuffleBackward0", [x]) { (t) throws(TensorError) in
      let split = try reshape(t[0], lead + [c / (r * r), r, r, h, w])
      let order = Array(0..<n) + [n, n + 3, n + 1, n + 4, n + 2]
      return try reshape(permute(split, order), lead + [c / (r * r), h * r, w * r])
    }
  }

  /// The reverse of `pixelShuffle`.
  package static func pixelUnshuffle(_ x: Tensor, _ r: Int) throws(TensorError) -> Tensor {
    try checkPixels(x, r, "pixel_unshuffle", "downscale_factor")
    let lead = Array(x.shape.array.dropLast(3))
    let (c, h, w, n) = (x.shape[x.ndim - 3], x.shape[x.ndim - 2], x.shape[x.ndim - 1], lead.count)
    for (label, size, k) in [("height", h, -2), ("width", w, -1)] where size % r != 0 {
      throw .runtime(
        "pixel_unshuffle expects \(label) to be divisible by downscale_factor, but input.size(\(k))=\(size) is not divisible by \(r)"
      )
    }
    return try fusedByReplay("PixelUnshuffleBackward0", [x]) { (t) throws(TensorError) in
      let split = try reshape(t[0], lead + [c, h / r, r, w / r, r])
      let order = Array(0..<n) + [n, n + 2, n + 4, n + 1, n + 3]
      return try reshape(permute(split, order), lead + [c * r * r, h / r, w / r])
    }
  }

  private static func checkPixels(_ x: Tensor, _ r: Int, _ name: String, _ factor: String) throws(TensorError) {
    if x.ndim < 3 {
      throw .runtime("\(name) expects input to have at least 3 dimensions, but got input with \(x.ndim) dimension(s)")
    }
    if r <= 0 || r > 1 << 20 { throw .runtime("\(name) expects a positive \(factor), but got \(r)") }
  }

  /// Channels in groups, dealt out one by one.
  package static func channelShuffle(_ x: Tensor, _ groups: Int) throws(TensorError) -> Tensor {
    if x.ndim < 3 {
      throw .runtime("channel_shuffle expects input with > 2 dims, but got input with sizes \(x.shape.description)")
    }
    let c = x.shape[1]
    if groups <= 0 {
      throw .runtime("Number of groups to divide channels in must be positive. Value of groups:\(groups)")
    }
    if c % groups != 0 {
      throw .runtime("Number of channels must be divisible by groups. Got \(c) channels and \(groups) groups.")
    }
    let rest = Array(x.shape.array.dropFirst(2))
    return try fusedByReplay("ChannelShuffleBackward0", [x]) { (t) throws(TensorError) in
      let split = try reshape(t[0], [x.shape[0], groups, c / groups] + rest)
      return try reshape(transpose(split, 1, 2), x.shape.array)
    }
  }
}
