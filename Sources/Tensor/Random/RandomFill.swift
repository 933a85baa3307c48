import CKernels

/// Filling tensors from a generator: consecutive elements for contiguous tensors, memory order for others, as PyTorch's
/// iterators visit them.
enum RandomFill {
  /// Calls `draw` with room for `x.count` elements of `x`'s dtype; they reach `x` in memory order.
  static func fill(
    _ x: Tensor, inPieces: Bool = true, _ draw: (UnsafeMutableRawPointer, Int, Int32) -> Void
  ) throws(TensorError) {
    if x.count == 0 { return }
    if x.isContiguous { return try fillDense(x, inPieces, draw) }
    let ordered = permuted(x, memoryOrder(x))
    let drawn = try Tensor(empty: ordered.shape, x.dtype)
    try fillDense(drawn, inPieces, draw)
    try Kernels.copy(drawn, into: ordered)
  }

  /// In pieces, between which the interrupt flag is looked at: the numbers are the same, as each takes its part of the stream in
  /// turn. Normal ones come in blocks of sixteen and the last are drawn anew, so that the last piece must not be short.
  private static func fillDense(
    _ x: Tensor, _ inPieces: Bool, _ draw: (UnsafeMutableRawPointer, Int, Int32) -> Void
  ) throws(TensorError) {
    let piece = 1 << 20
    var at = x.data
    var left = x.count
    while inPieces && left >= 2 * piece {
      draw(at, piece, Int32(x.dtype.rawValue))
      if tnb_interrupt_pending() != 0 { throw Interruption.error() }
      at += piece * x.dtype.size
      left -= piece
    }
    draw(at, left, Int32(x.dtype.rawValue))
  }

  /// Dimensions by falling stride.
  static func memoryOrder(_ x: Tensor) -> [Int] {
    (0..<x.ndim).sorted { x.strides[$0] != x.strides[$1] ? x.strides[$0] > x.strides[$1] : $0 < $1 }
  }

  /// `x` with its dimensions in another order, outside the graph.
  static func permuted(_ x: Tensor, _ order: [Int]) -> Tensor {
    let shape = Dims(order.map { x.shape[$0] })
    let strides = Dims(order.map { x.strides[$0] })
    return Tensor(
      storage: x.storage, offset: x.offset, shape: shape, strides: strides, dtype: x.dtype,
      isContiguous: Tensor.areContiguous(shape, strides))
  }

  static func notImplemented(_ kernel: String, _ dtype: DType) -> TensorError {
    TensorError(.notImplemented, "\"\(kernel)\" not implemented for '\(dtype.scalarTypeName)'")
  }

  // MARK: Distributions

  static func uniform(
    _ x: Tensor, _ from: Double, _ to: Double, _ g: Generator
  ) throws(TensorError) {
    guard x.dtype.isFloating else { throw notImplemented("check_uniform_bounds", x.dtype) }
    let limit = FloatLimits(x.dtype).max
    for (name, value) in [("from", from), ("to", to)] where !(value >= -limit && value <= limit) {
      throw .runtime("\(name) is out of bounds for \(x.dtype.cName)")
    }
    guard from <= to else {
      throw .runtime(
        "uniform_ expects to return a [from, to) range, but found from=\(NumberText.general(from)) > to=\(NumberText.general(to))"
      )
    }
    guard to - from <= limit else {
      throw .runtime(
        "uniform_ expects to-from <= std::numeric_limits<\(x.dtype.scalarTypeName)>::max(), but found to=\(NumberText.general(to)) and from=\(NumberText.general(from)) which result in to-from to exceed the limit"
      )
    }
    try fill(x) { tnb_fill_uniform(g.state, $0, $1, $2, from, to) }
  }

  static func normal(_ x: Tensor, _ mean: Double, _ std: Double, _ g: Generator) throws(TensorError) {
    guard std >= 0 else { throw .runtime("normal expects std >= 0.0, but found std \(NumberText.general(std))") }
    if x.count == 0 { return }
    guard x.dtype.isFloating else { throw notImplemented("normal_kernel_cpu", x.dtype) }
    let isContiguous = x.isContiguous
    try fill(x) {
      if isContiguous {
        tnb_fill_normal(g.state, $0, $1, $2, mean, std)
      } else {
        tnb_fill_normal_serial(g.state, $0, $1, $2, mean, std)
      }
    }
  }

  /// Integers in `from..<to`.
  static func integers(_ x: Tensor, _ from: Int, _ to: Int, _ g: Generator) throws(TensorError) {
    guard from < to else {
      throw .runtime(
        "random_ expects 'from' to be less than 'to', but got from=\(from) >= to=\(to)")
    }
    try checkBounds(x.dtype, from, to - 1)
    let range = UInt64(bitPattern: Int64(to)) &- UInt64(bitPattern: Int64(from))
    try fill(x) { tnb_fill_integers(g.state, $0, $1, $2, range, Int64(from)) }
  }

  /// Integers from `from` to the largest that the type holds exactly.
  static func integers(_ x: Tensor, from: Int, _ g: Generator) throws(TensorError) {
    if from == Int.min {
      return try fill(x) { tnb_fill_integers_64(g.state, $0, $1, $2) }
    }
    let last: Int
    switch x.dtype {
    case .bool: last = 1
    case .uint8: last = 255
    case .int8: last = 127
    case .int16: last = 32_767
    case .int32: last = Int(Int32.max)
    case .int64: last = Int.max
    case .float16: last = 1 << 11
    case .bfloat16: last = 1 << 8
    case .float32: last = 1 << 24
    case .float64: last = 1 << 53
    }
    try checkBounds(x.dtype, from, last)
    guard from <= last else {
      throw .runtime("random_ expects 'from' to be less than 'to', but got from=\(from) >= to=\(last)")
    }
    let range = UInt64(bitPattern: Int64(last)) &- UInt64(bitPattern: Int64(from)) &+ 1
    if range == 0 { return try fill(x) { tnb_fill_integers_64(g.state, $0, $1, $2) } }
    try fill(x) { tnb_fill_integers(g.state, $0, $1, $2, range, Int64(from)) }
  }

  /// `random_()` without bounds.
  static func integersFull(_ x: Tensor, _ g: Generator) throws(TensorError) {
    try fill(x) { tnb_fill_integers_full(g.state, $0, $1, $2) }
  }

  static func exponential(_ x: Tensor, _ lambda: Double, _ g: Generator) throws(TensorError) {
    guard lambda > 0 else {
      throw .runtime("exponential_ expects lambda > 0.0, but found lambda=\(NumberText.general(lambda))")
    }
    guard x.dtype.isFloating else {
      throw .runtime(
        "Exponential distribution is a continuous probability distribution. dtype must be a floating point but you specified \(x.dtype.scalarTypeName)"
      )
    }
    try fill(x) { tnb_fill_exponential(g.state, $0, $1, $2, lambda) }
  }

  static func geometric(_ x: Tensor, _ p: Double, _ g: Generator) throws(TensorError) {
    guard p > 0 && p < 1 else {
      throw .runtime("geometric_ expects p to be in (0, 1), but got p=\(NumberText.general(p))")
    }
    if x.dtype == .bool { throw notImplemented("geometric_cpu", x.dtype) }
    try fill(x) { tnb_fill_geometric(g.state, $0, $1, $2, p) }
  }

  static func cauchy(_ x: Tensor, _ median: Double, _ sigma: Double, _ g: Generator) throws(TensorError) {
    guard sigma > 0 else {
      throw .runtime("cauchy_ expects sigma > 0.0, but found sigma=\(NumberText.general(sigma))")
    }
    guard x.dtype.isFloating else {
      throw .runtime(
        "Cauchy distribution is a continuous probability distribution. dtype must be a floating point but you specified \(x.dtype.scalarTypeName)"
      )
    }
    try fill(x) { tnb_fill_cauchy(g.state, $0, $1, $2, median, sigma) }
  }

  static func logNormal(_ x: Tensor, _ mean: Double, _ std: Double, _ g: Generator) throws(TensorError) {
    guard std > 0 else {
      throw .runtime("log_normal_ expects std > 0.0, but found std=\(NumberText.general(std))")
    }
    guard x.dtype.isFloating else { throw notImplemented("log_normal_cpu", x.dtype) }
    try fill(x) { tnb_fill_log_normal(g.state, $0, $1, $2, mean, std) }
  }

  private static func checkBounds(_ dtype: DType, _ from: Int, _ last: Int) throws(TensorError) {
    for (name, value) in [("from", from), ("to - 1", last)] {
      let fits: Bool
      switch dtype {
      case .bool: fits = value >= 0 && value <= 1
      case .uint8: fits = value >= 0 && value <= 255
      case .int8: fits = Int8(exactly: value) != nil
      case .int16: fits = Int16(exactly: value) != nil
      case .int32: fits = Int32(exactly: value) != nil
      case .float16: fits = abs(Double(value)) <= 65_504
      case .int64, .bfloat16, .float32, .float64: fits = true
      }
      if !fits { throw .runtime("\(name) is out of bounds for \(dtype.cName)") }
    }
  }
}

extension DType {
  /// The C++ type's name, as some messages give it.
  package var cName: String {
    switch self {
    case .bool: "bool"
    case .uint8: "unsigned char"
    case .int8: "signed char"
    case .int16: "short"
    case .int32: "int"
    case .int64: "long"
    case .float16: "c10::Half"
    case .bfloat16: "c10::BFloat16"
    case .float32: "float"
    case .float64: "double"
    }
  }
}

/// The largest finite value of a floating type.
struct FloatLimits {
  let max: Double

  init(_ dtype: DType) {
    switch dtype {
    case .float16: max = 65_504
    case .bfloat16: max = 0x1.FEp127
    case .float32: max = Double(Float.greatestFiniteMagnitude)
    case .bool, .uint8, .int8, .int16, .int32, .int64, .float64: max = .greatestFiniteMagnitude
    }
  }
}
