/// Typed access to bound arguments. A parameter that was left out or given as None yields the default, or nil.
extension OperationArguments {
  @inline(__always) package func has(_ i: Int) -> Bool {
    switch values[i] {
    case .absent, .none: false
    default: true
    }
  }

  /// A required tensor.
  package func tensor(_ i: Int) throws(TensorError) -> Tensor {
    if case .tensor(let t) = values[i] { return t }
    throw .type("argument \(i + 1) must be Tensor")
  }

  package func optionalTensor(_ i: Int) -> Tensor? {
    if case .tensor(let t) = values[i] { return t }
    return nil
  }

  package func tensors(_ i: Int) throws(TensorError) -> [Tensor] {
    switch values[i] {
    case .tensors(let list): return list
    case .tensor(let t): return [t]
    default: throw .type("argument \(i + 1) must be tuple of Tensors")
    }
  }

  package func scalar(_ i: Int) -> Scalar? {
    switch values[i] {
    case .scalar(let s): return s
    case .bool(let b): return .bool(b)
    default: return nil
    }
  }

  package func scalar(_ i: Int, default d: Scalar) -> Scalar { scalar(i) ?? d }

  /// An integer; a float argument has been refused by the binder, or is truncated here as PyTorch's `int` parameters do not.
  package func int(_ i: Int) -> Int? {
    switch values[i] {
    case .scalar(.int(let n)): return n
    case .scalar(.bool(let b)): return b ? 1 : 0
    case .scalar(.float(let d)): return Int(exactly: d.rounded(.towardZero))
    case .bool(let b): return b ? 1 : 0
    case .ints(let list): return list.count == 1 ? list[0] : nil
    default: return nil
    }
  }

  package func int(_ i: Int, default d: Int) -> Int { int(i) ?? d }

  package func double(_ i: Int) -> Double? { scalar(i)?.double }
  package func double(_ i: Int, default d: Double) -> Double { double(i) ?? d }

  package func bool(_ i: Int, default d: Bool) -> Bool {
    switch values[i] {
    case .bool(let b): return b
    case .scalar(let s): return s.double != 0
    default: return d
    }
  }

  package func optionalBool(_ i: Int) -> Bool? {
    switch values[i] {
    case .bool(let b): return b
    case .scalar(let s): return s.double != 0
    default: return nil
    }
  }

  package func ints(_ i: Int) -> [Int]? {
    switch values[i] {
    case .ints(let list): return list
    case .scalar(.int(let n)): return [n]
    default: return nil
    }
  }

  /// A `float[]` argument.
  package func doubles(_ i: Int) -> [Double]? {
    if case .tensor(let t) = values[i] { return (try? t.elementIndices())?.map { t.double(at: $0) } }
    return double(i).map { [$0] }
  }

  package func string(_ i: Int) -> String? {
    if case .string(let s) = values[i] { return s }
    return nil
  }

  package func dtype(_ i: Int) -> DType? {
    if case .dtype(let d) = values[i] { return d }
    return nil
  }

  package func generator(_ i: Int) -> Generator {
    if case .generator(let g) = values[i] { return g }
    return .global
  }
}
