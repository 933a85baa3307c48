import CKernels

/// The bridge to the C loops: plans over broadcast operands, dtype conversion, filling.
enum Kernels {
  /// Below this, one call of a loop costs less than asking whether threads would help.
  @inline(__always) static var fewElements: Int { 2048 }

  /// Turns a loop's result into an error.
  static func check(_ code: Int32) throws(TensorError) {
    if code != 0 { throw failure(code) }
  }

  @inline(never) static func failure(_ code: Int32) -> TensorError {
    switch code {
    case 1: .runtime("ZeroDivisionError")
    case 2: .runtime("Integers to negative integer powers are not allowed.")
    default: Interruption.error()
    }
  }

  /// Runs a kernel over `output` and one input that broadcasts to its shape.
  static func run(
    _ kernel: tnb_kernel, _ output: Tensor, _ a: Tensor, _ context: UnsafeRawPointer? = nil, cost: Int32 = 1
  ) throws(TensorError) {
    if output.isContiguous && a.isContiguous && a.shape == output.shape {
      let n = output.count
      if n < 1 << 14 {
        return try check(tnb_call2(kernel, output.data, output.dtype.size, a.data, a.dtype.size, n, context))
      }
    }
    try runStrided(kernel, output, a, context, cost)
  }

  @inline(never) private static func runStrided(
    _ kernel: tnb_kernel, _ output: Tensor, _ a: Tensor, _ context: UnsafeRawPointer?, _ cost: Int32
  ) throws(TensorError) {
    var plan = Plan(output.shape)
    plan.add(output)
    plan.add(a)
    try plan.run(kernel, context, cost: cost)
  }

  /// Copies and converts `source`, broadcast to `target`'s shape, into `target`. No checks, no recording.
  static func copy(_ source: Tensor, into target: Tensor) throws(TensorError) {
    try run(
      tnb_copy_kernel(Int32(target.dtype.rawValue), Int32(source.dtype.rawValue)).unsafelyUnwrapped, target, source)
  }

  /// Sets every element of `target` to `value`, which must fit its type. No other checks, no recording.
  static func fill(_ target: Tensor, _ value: Scalar) throws(TensorError) {
    try value.checkFits(target.dtype)
    let element = Element(value, target.dtype)
    let kernel = tnb_fill_kernel(target.dtype.size).unsafelyUnwrapped
    var failed: Int32 = 0
    withUnsafePointer(to: element.bits) { p in
      if target.isContiguous && target.count < 1 << 16 {
        tnb_fill(target.data, target.count, target.dtype.size, p)
      } else {
        var plan = Plan(target.shape)
        plan.add(target)
        failed = plan.code(kernel, p, cost: 1)
      }
    }
    try check(failed)
  }
}

/// Operands over one shape, for the C driver.
struct Plan {
  private var plan = tnb_plan()

  init(_ shape: Dims) { shape.withC { tnb_plan_begin(&plan, $0) } }

  /// Adds an operand, broadcast to the plan's shape.
  mutating func add(_ tensor: Tensor) {
    tnb_plan_add(&plan, tensor.data, tensor.shapeAddress, tensor.stridesAddress, tensor.dtype.size)
  }

  /// Adds an operand that is the same single element everywhere.
  mutating func add(element: UnsafeMutableRawPointer) {
    let zero = Dims()
    zero.withC { tnb_plan_add(&plan, element, $0, $0, 0) }
  }

  /// Adds an operand with its own strides (in elements) for each dimension of the plan.
  mutating func add(_ data: UnsafeMutableRawPointer, strides: Dims, elementSize: Int) {
    strides.withC { tnb_plan_add_raw(&plan, data, UnsafeRawPointer($0).assumingMemoryBound(to: Int.self), elementSize) }
  }

  mutating func code(_ kernel: tnb_kernel, _ context: UnsafeRawPointer?, cost: Int32) -> Int32 {
    tnb_run(&plan, kernel, context, cost)
  }

  mutating func run(_ kernel: tnb_kernel, _ context: UnsafeRawPointer? = nil, cost: Int32 = 1) throws(TensorError) {
    try Kernels.check(tnb_run(&plan, kernel, context, cost))
  }

  mutating func runSerial(_ kernel: tnb_kernel, _ context: UnsafeRawPointer? = nil) throws(TensorError) {
    try Kernels.check(tnb_run_serial(&plan, kernel, context))
  }
}

extension Dims {
  /// Whether a tensor of shape `from` broadcasts to `to`.
  package static func canBroadcast(_ from: Dims, to: Dims) -> Bool {
    if from.count > to.count { return false }
    let missing = to.count - from.count
    for i in 0..<from.count where from[i] != 1 && from[i] != to[i + missing] { return false }
    return true
  }

  /// The shape both broadcast to; throws PyTorch's error where they do not fit.
  @inline(__always) package static func broadcast(_ a: Dims, _ b: Dims) throws(TensorError) -> Dims {
    if a == b { return a }
    return try broadcastSlow(a, b)
  }

  @inline(never) private static func broadcastSlow(_ a: Dims, _ b: Dims) throws(TensorError) -> Dims {
    let n = Swift.max(a.count, b.count)
    var result = Dims(repeating: 1, count: n)
    var i = n - 1
    while i >= 0 {
      let x = i - (n - a.count) >= 0 ? a[i - (n - a.count)] : 1
      let y = i - (n - b.count) >= 0 ? b[i - (n - b.count)] : 1
      if x != y && x != 1 && y != 1 {
        throw .runtime(
          "The size of tensor a (\(x)) must match the size of tensor b (\(y)) at non-singleton dimension \(i)")
      }
      result[i] = x == 1 ? y : x
      i -= 1
    }
    return result
  }
}

/// One element's bits in some dtype.
struct Element {
  var bits: UInt64 = 0

  /// `value` converted to `dtype`; floats out of an integer type's range convert as the C kernels do.
  @inline(__always) init(_ value: Scalar, _ dtype: DType) {
    switch dtype {
    case .float32: bits = UInt64(Float(value.double).bitPattern)
    case .float64: bits = value.double.bitPattern
    case .bool, .uint8, .int8, .int16, .int32, .int64, .float16, .bfloat16: bits = Element.convert(value, dtype)
    }
  }

  @inline(never) private static func convert(_ value: Scalar, _ dtype: DType) -> UInt64 {
    switch value {
    case .bool(let b): convert(Int64(b ? 1 : 0), .int64, dtype)
    case .int(let i): convert(Int64(i), .int64, dtype)
    case .float(let d): convert(d, .float64, dtype)
    }
  }

  private static func convert<T>(_ value: T, _ from: DType, _ to: DType) -> UInt64 {
    var value = value
    var result: UInt64 = 0
    withUnsafeMutableBytes(of: &value) { source in
      withUnsafeMutableBytes(of: &result) { target in
        _ = tnb_call2(
          tnb_copy_kernel(Int32(to.rawValue), Int32(from.rawValue)), target.baseAddress!, 0, source.baseAddress!, 0, 1,
          nil)
      }
    }
    return result
  }
}

func tnbInterruptReason() -> Int { Int(tnb_interrupt_pending()) }
