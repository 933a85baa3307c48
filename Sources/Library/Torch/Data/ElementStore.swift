import BigInt
import CKernels
import Runtime
import Tensor

/// Writing single numbers into a tensor's memory.
enum ElementStore {
  /// Writes without checks: ints wrap around, floats are truncated as C does for values in range.
  static func write(_ s: Scalar, _ p: UnsafeMutableRawPointer, _ dtype: DType) {
    switch dtype {
    case .float64: p.storeBytes(of: s.double, as: Double.self)
    case .float32: p.storeBytes(of: Float(s.double), as: Float.self)
    case .float16: p.storeBytes(of: tnb_to_float16(Float(s.double)), as: UInt16.self)
    case .bfloat16: p.storeBytes(of: tnb_to_bfloat16(Float(s.double)), as: UInt16.self)
    case .bool: p.storeBytes(of: s.double != 0 ? 1 : 0, as: UInt8.self)
    case .int64: p.storeBytes(of: integer(s), as: Int.self)
    case .int32: p.storeBytes(of: Int32(truncatingIfNeeded: integer(s)), as: Int32.self)
    case .int16: p.storeBytes(of: Int16(truncatingIfNeeded: integer(s)), as: Int16.self)
    case .int8: p.storeBytes(of: Int8(truncatingIfNeeded: integer(s)), as: Int8.self)
    case .uint8: p.storeBytes(of: UInt8(truncatingIfNeeded: integer(s)), as: UInt8.self)
    }
  }

  private static func integer(_ s: Scalar) -> Int {
    switch s {
    case .int(let i): i
    case .bool(let b): b ? 1 : 0
    case .float(let d): Int(exactly: d.rounded(.towardZero)) ?? Int.min
    }
  }

  /// Writes a value of the language with PyTorch's checks for `torch.tensor`.
  static func write(
    _ value: Value, _ p: UnsafeMutableRawPointer, _ dtype: DType, _ vm: VM
  ) throws(ExceptionObject) {
    switch (value, dtype) {
    case (.float(let d), .float32): return p.storeBytes(of: Float(d), as: Float.self)
    case (.float(let d), .float64): return p.storeBytes(of: d, as: Double.self)
    case (.int(let i), .int64): return p.storeBytes(of: i, as: Int.self)
    case (.int(let i), .float32): return p.storeBytes(of: Float(i), as: Float.self)
    default: break
    }
    let scalar = try number(value, dtype, vm)
    if dtype.isInteger { try check(scalar, dtype) }
    write(scalar, p, dtype)
  }

  private static func number(_ value: Value, _ dtype: DType, _ vm: VM) throws(ExceptionObject) -> Scalar {
    switch value {
    case .int(let i): return .int(i)
    case .float(let d): return .float(d)
    case .bool(let b): return .bool(b)
    case .tensor(let t):
      if t.count == 1 { return t.onlyScalar }
      if dtype.isFloating { throw .value("only one element tensors can be converted to Python scalars") }
      throw .type("only integer tensors of a single element can be converted to an index")
    case .instance(let i):
      if let payload = i.payload { return try number(payload, dtype, vm) }
    case .object(let o):
      if let n = o as? NumberLike { return n.scalar }
      if let a = o as? ArrayLike, a.tensor.count == 1 { return a.tensor.onlyScalar }
      if let big = o as? BigIntObject {
        if dtype.isFloating { return .float(Double(big.value)) }
        throw .value("Overflow when unpacking long long")
      }
    default: break
    }
    if dtype == .bool { return .bool(try vm.isTrue(value)) }
    let name = ArgumentConversion.qualifiedTypeName(value)
    throw .type(
      dtype.isFloating ? "must be real number, not \(name)" : "'\(name)' object cannot be interpreted as an integer")
  }

  private static func check(_ s: Scalar, _ dtype: DType) throws(ExceptionObject) {
    let i: Int
    switch s {
    case .bool: return
    case .int(let n): i = n
    case .float(let d):
      guard let n = Int(exactly: d.rounded(.towardZero)) else { throw overflow(dtype) }
      i = n
    }
    let fits: Bool
    switch dtype {
    // Negative numbers wrap around in unsigned types.
    case .uint8: fits = i >= -255 && i <= 255
    case .int8: fits = Int8(exactly: i) != nil
    case .int16: fits = Int16(exactly: i) != nil
    case .int32: fits = Int32(exactly: i) != nil
    case .bool, .int64, .float16, .bfloat16, .float32, .float64: fits = true
    }
    if !fits { throw overflow(dtype) }
  }

  private static func overflow(_ dtype: DType) -> ExceptionObject {
    .runtime("value cannot be converted to type \(dtype.name) without overflow")
  }
}
