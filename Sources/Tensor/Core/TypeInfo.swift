/// The limits of a floating type, as `torch.finfo` gives them.
package struct FloatInfo {
  package let bits: Int
  package let eps, max, min, tiny, resolution: Double

  package init(_ dtype: DType) {
    switch dtype {
    case .float16: (bits, eps, max, tiny, resolution) = (16, 0x1p-10, 65_504, 0x1p-14, 1e-3)
    case .bfloat16: (bits, eps, max, tiny, resolution) = (16, 0x1p-7, 0x1.FEp127, 0x1p-126, 1e-2)
    case .float64:
      (bits, eps, max, tiny, resolution) = (64, 0x1p-52, .greatestFiniteMagnitude, .leastNormalMagnitude, 1e-15)
    case .float32, .bool, .uint8, .int8, .int16, .int32, .int64:
      (bits, eps, max, tiny, resolution) = (
        32, 0x1p-23, Double(Float.greatestFiniteMagnitude), Double(Float.leastNormalMagnitude), 1e-6
      )
    }
    min = -max
  }
}

/// The limits of an integer type, as `torch.iinfo` gives them.
package struct IntegerInfo {
  package let bits, min, max: Int

  package init(_ dtype: DType) {
    switch dtype {
    case .bool: (bits, min, max) = (8, 0, 1)
    case .uint8: (bits, min, max) = (8, 0, 255)
    case .int8: (bits, min, max) = (8, -128, 127)
    case .int16: (bits, min, max) = (16, -32_768, 32_767)
    case .int32: (bits, min, max) = (32, Int(Int32.min), Int(Int32.max))
    case .int64, .float16, .bfloat16, .float32, .float64: (bits, min, max) = (64, Int.min, Int.max)
    }
  }
}
