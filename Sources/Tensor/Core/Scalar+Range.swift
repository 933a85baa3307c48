extension Scalar {
  /// Throws where `dtype` cannot hold the number, as PyTorch's conversion of a number to an element does: what lies outside its range,
  /// and NaN for an integer. A fraction is cut, infinity is a float's, and an unsigned type takes a negative int as far as its negation
  /// would fit.
  @inline(__always) func checkFits(_ dtype: DType) throws(TensorError) {
    switch self {
    case .bool: return
    case .int(let i) where i == 0 || i == 1: return
    case .float(let d) where dtype == .float64 || (dtype == .float32 && Swift.abs(d) < 1e38): return
    default: try check(dtype)
    }
  }

  @inline(never) private func check(_ dtype: DType) throws(TensorError) {
    guard dtype != .bool else { return }
    let fits: Bool
    switch self {
    case .bool: fits = true
    case .int(let i):
      if dtype.isFloating {
        fits = Swift.abs(Double(i)) <= FloatInfo(dtype).max
      } else {
        let info = IntegerInfo(dtype)
        fits = i <= info.max && i >= (dtype == .uint8 ? -info.max : info.min)
      }
    case .float(let d):
      if dtype.isFloating {
        fits = !d.isFinite || Swift.abs(d) <= FloatInfo(dtype).max
      } else {
        let info = IntegerInfo(dtype)
        // 2⁶³, which the largest int64 would round to, does not fit.
        fits = d >= Double(info.min) && (dtype == .int64 ? d < 0x1p63 : d <= Double(info.max))
      }
    }
    if !fits { throw .runtime("value cannot be converted to type \(dtype.conversionName) without overflow") }
  }
}

extension DType {
  /// The C++ type's name in the errors of conversions.
  fileprivate var conversionName: String {
    switch self {
    case .bool: "bool"
    case .uint8: "uint8_t"
    case .int8: "int8_t"
    case .int16: "int16_t"
    case .int32: "int"
    case .int64: "int64_t"
    case .float16: "c10::Half"
    case .bfloat16: "c10::BFloat16"
    case .float32: "float"
    case .float64: "double"
    }
  }
}
