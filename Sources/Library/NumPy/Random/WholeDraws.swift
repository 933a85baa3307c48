import BigInt
import Runtime
import Tensor

/// Ints below a bound, as `randint` and `integers` draw them: those of small types share the bits of one word.
struct WholeDraws {
  private let stream: any RandomStream
  private let dtype: DType
  private var word: UInt32 = 0
  private var left = 0

  init(_ stream: any RandomStream, _ dtype: DType) {
    self.stream = stream
    self.dtype = dtype
  }

  private mutating func part(_ bits: Int) -> UInt32 {
    if left == 0 {
      word = stream.next32()
      left = 32 / bits - 1
    } else {
      left -= 1
      word >>= UInt32(bits)
    }
    return word & ((1 << UInt32(bits)) - 1)
  }

  /// 0...most.
  mutating func next(_ most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    switch dtype {
    case .bool:
      if left == 0 {
        word = stream.next32()
        left = 31
      } else {
        left -= 1
        word >>= 1
      }
      return UInt64(word & 1)
    case .uint8, .int8: return small(most, 8)
    case .int16: return small(most, 16)
    default: return stream.wide(most)
    }
  }

  private mutating func small(_ most: UInt64, _ bits: Int) -> UInt64 {
    let full: UInt64 = (1 << UInt64(bits)) - 1
    if most == full { return UInt64(part(bits)) }
    if !stream.isLegacy {
      let range = most + 1
      var product = UInt64(part(bits)) * range
      if product & full < range {
        let threshold = (full - most) % range
        while product & full < threshold { product = UInt64(part(bits)) * range }
      }
      return product >> UInt64(bits)
    }
    var mask = most
    for shift in [1, 2, 4, 8] as [UInt64] { mask |= mask >> shift }
    while true {
      let value = UInt64(part(bits)) & mask
      if value <= most { return value }
    }
  }

  // MARK: Arguments

  /// `randint(low, high, size, dtype)` and `integers(…, endpoint)`.
  static func draw(
    _ stream: any RandomStream, low: Value, high: Value?, size: Value?, dtype: DType, closed: Bool, plain: Bool,
    _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let (first, last) = high.map { (low, $0) } ?? (.int(0), low)
    let (a, b) = (try bounds(first, vm), try bounds(last, vm))
    let limits = limits(dtype)
    guard let a = a.single, let b = b.single else {
      return try drawMany(stream, a, b, size: size, dtype: dtype, closed: closed, limits, vm)
    }
    let top = closed ? b : b - 1
    try check(a, top, limits, dtype, one: high == nil, closed: closed)
    let range = UInt64(top - a)
    var draws = WholeDraws(stream, dtype)
    let start = Int(a)
    guard let shape = try Draws.size(size, vm) else {
      let value = start &+ Int(truncatingIfNeeded: draws.next(range))
      if plain { return dtype == .bool ? .bool(value != 0) : .int(value) }
      return NumPyScalar.make(.int(value), dtype)
    }
    var values: [Int] = []
    for _ in 0..<shape.reduce(1, *) { values.append(start &+ Int(truncatingIfNeeded: draws.next(range))) }
    return .object(NDArray(NumPyCore.make(values, shape, dtype)))
  }

  private static func drawMany(
    _ stream: any RandomStream, _ low: Bounds, _ high: Bounds, size: Value?, dtype: DType, closed: Bool,
    _ limits: (BigInt, BigInt), _ vm: VM
  ) throws(ExceptionObject) -> Value {
    guard let common = NumPyCore.broadcast(low.shape, high.shape) else {
      throw .value("shape mismatch: objects cannot be broadcast to a single shape")
    }
    let shape = try Draws.size(size, vm) ?? common
    guard NumPyCore.broadcast(common, shape) == shape else {
      throw .value(
        "Output size \(NumPyArray.pythonTuple(shape)) is not compatible with broadcast dimensions of inputs \(NumPyArray.pythonTuple(common))."
      )
    }
    let (lows, highs) = (low.spread(shape), high.spread(shape))
    var draws = WholeDraws(stream, dtype)
    var values: [Int] = []
    for (a, b) in zip(lows, highs) {
      let top = closed ? b : b - 1
      try check(a, top, limits, dtype, one: false, closed: closed)
    }
    for (a, b) in zip(lows, highs) {
      values.append(Int(a) &+ Int(truncatingIfNeeded: draws.next(UInt64((closed ? b : b - 1) - a))))
    }
    return .object(NDArray(NumPyCore.make(values, shape, dtype)))
  }

  private struct Bounds {
    let shape: [Int]
    let values: [BigInt]
    var single: BigInt? { shape.isEmpty ? values[0] : nil }

    func spread(_ wanted: [Int]) -> [BigInt] {
      let places = NumPyCore.make(Array(0..<values.count), shape)
      return NumPyCore.ints(NumPyCore.expand(places, wanted)).map { values[$0] }
    }
  }

  private static func bounds(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Bounds {
    if case .object(let o) = value, let big = o as? BigIntObject { return Bounds(shape: [], values: [big.value]) }
    if case .bool(let b) = value { return Bounds(shape: [], values: [b ? 1 : 0]) }
    if let i = try ArgumentConversion.int(value) { return Bounds(shape: [], values: [BigInt(i)]) }
    if let s = try ArgumentConversion.scalar(value), let i = Int(exactly: s.double.rounded(.towardZero)) {
      return Bounds(shape: [], values: [BigInt(i)])
    }
    let t = try NumPyArray.from(value, vm)
    return Bounds(shape: t.shape.array, values: NumPyCore.ints(t).map { BigInt($0) })
  }

  private static func limits(_ dtype: DType) -> (BigInt, BigInt) {
    switch dtype {
    case .bool: (0, 1)
    case .uint8: (0, 255)
    case .int8: (-128, 127)
    case .int16: (-32768, 32767)
    case .int32: (BigInt(Int32.min), BigInt(Int32.max))
    default: (BigInt(Int.min), BigInt(Int.max))
    }
  }

  private static func check(
    _ low: BigInt, _ top: BigInt, _ limits: (BigInt, BigInt), _ dtype: DType, one: Bool, closed: Bool
  ) throws(ExceptionObject) {
    if low < limits.0 { throw .value("low is out of bounds for \(dtype.name)") }
    if top > limits.1 { throw .value("high is out of bounds for \(dtype.name)") }
    if low > top { throw .value(one ? (closed ? "high < 0" : "high <= 0") : closed ? "low > high" : "low >= high") }
  }

  /// The element type that `dtype=` asks ints to have.
  static func type(_ args: Arguments, _ i: Int, _ name: String, _ vm: VM) throws(ExceptionObject) -> DType {
    let dtype = try CreationFunctions.dtype(args, i, vm) ?? .int64
    if dtype.isFloating { throw .type("Unsupported dtype dtype('\(dtype.name)') for \(name)") }
    return dtype
  }
}
