import CKernels

/// Reading single elements, whatever the dtype: for printing, `item()` and small loops.
extension Tensor {
  /// The element at `index` of the storage (which already counts `offset`), as a double; large int64 values lose digits.
  package func double(at index: Int) -> Double {
    let p = storage.bytes
    switch dtype {
    case .bool: return p.load(fromByteOffset: index, as: UInt8.self) != 0 ? 1 : 0
    case .uint8: return Double(p.load(fromByteOffset: index, as: UInt8.self))
    case .int8: return Double(p.load(fromByteOffset: index, as: Int8.self))
    case .int16: return Double(p.load(fromByteOffset: index &* 2, as: Int16.self))
    case .int32: return Double(p.load(fromByteOffset: index &* 4, as: Int32.self))
    case .int64: return Double(p.load(fromByteOffset: index &* 8, as: Int64.self))
    case .float16: return Double(tnb_from_float16(p.load(fromByteOffset: index &* 2, as: UInt16.self)))
    case .bfloat16: return Double(tnb_from_bfloat16(p.load(fromByteOffset: index &* 2, as: UInt16.self)))
    case .float32: return Double(p.load(fromByteOffset: index &* 4, as: Float.self))
    case .float64: return p.load(fromByteOffset: index &* 8, as: Double.self)
    }
  }

  /// The element at `index` of the storage as an integer; a float is truncated, and NaN or one out of range gives `Int.min`.
  package func int(at index: Int) -> Int {
    let p = storage.bytes
    switch dtype {
    case .bool: return p.load(fromByteOffset: index, as: UInt8.self) != 0 ? 1 : 0
    case .uint8: return Int(p.load(fromByteOffset: index, as: UInt8.self))
    case .int8: return Int(p.load(fromByteOffset: index, as: Int8.self))
    case .int16: return Int(p.load(fromByteOffset: index &* 2, as: Int16.self))
    case .int32: return Int(p.load(fromByteOffset: index &* 4, as: Int32.self))
    case .int64: return p.load(fromByteOffset: index &* 8, as: Int.self)
    case .float16, .bfloat16, .float32, .float64:
      return Int(exactly: double(at: index).rounded(.towardZero)) ?? Int.min
    }
  }

  /// The element at `index` of the storage as a Python number.
  package func scalar(at index: Int) -> Scalar {
    if dtype == .bool { return .bool(int(at: index) != 0) }
    return dtype.isFloating ? .float(double(at: index)) : .int(int(at: index))
  }

  /// The storage indices of all elements in row-major order.
  package func elementIndices() throws(TensorError) -> [Int] {
    // An expanded tensor has more elements than memory; what is computed for each is counted too.
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 2 * MemoryLayout<Int>.stride)
    guard !overflow, MemoryBudget.allows(bytes) else { throw Storage.exhausted(overflow ? .max : bytes) }
    return uncheckedElementIndices()
  }

  /// As `elementIndices`, for tensors that are known to have no more elements than memory has room for.
  package func uncheckedElementIndices() -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    func visit(_ dim: Int, _ index: Int) {
      if dim == ndim {
        result.append(index)
        return
      }
      for i in 0..<shape[dim] { visit(dim + 1, index + i * strides[dim]) }
    }
    visit(0, offset)
    return result
  }

  /// The only element; for a 0-dimensional tensor or one of a single element.
  package var onlyScalar: Scalar { scalar(at: offset) }
}
