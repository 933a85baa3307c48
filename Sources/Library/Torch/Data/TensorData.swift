import BigInt
import CKernels
import Runtime
import Tensor

/// Tensors from Python data, and single elements back.
enum TensorData {
  /// The only element.
  static func item(_ t: Tensor) -> Scalar { t.onlyScalar }

  /// A 0-d tensor of the dtype the number has by itself.
  static func zeroDimensional(_ s: Scalar) -> Tensor {
    let t = makeScalar(s.dtype)
    ElementStore.write(s, t.data, s.dtype)
    return t
  }

  private static func makeScalar(_ dtype: DType) -> Tensor {
    do throws(TensorError) { return try Tensor(empty: Dims(), dtype) } catch { fatalError(error.message) }
  }

  static func vector(_ numbers: [Scalar]) throws(TensorError) -> Tensor {
    var dtype = DType.bool
    for n in numbers { dtype = promote(dtype, n.dtype) }
    if numbers.isEmpty { dtype = DType.defaultFloat }
    let t = try Tensor(empty: [numbers.count], dtype)
    for (i, n) in numbers.enumerated() { ElementStore.write(n, t.data + i * dtype.size, dtype) }
    return t
  }

  /// The dtype that holds both.
  static func promote(_ a: DType, _ b: DType) -> DType {
    if a == b { return a }
    if a == .bool { return b }
    if b == .bool { return a }
    if a.isFloating != b.isFloating { return a.isFloating ? a : b }
    if a == .uint8 || b == .uint8 {
      let other = a == .uint8 ? b : a
      return other == .int8 ? .int16 : other
    }
    if (a == .float16 && b == .bfloat16) || (a == .bfloat16 && b == .float16) { return .float32 }
    return a.rawValue > b.rawValue ? a : b
  }

  /// `torch.tensor(data, dtype=…)`: always a copy. Without a dtype it is inferred from the elements.
  static func make(_ data: Value, dtype: DType?, _ vm: VM) throws(ExceptionObject) -> Tensor {
    if data.asStr != nil { throw .type("new(): invalid data type '\(ArgumentConversion.typeName(data))'") }
    if let source = arrayTensor(data) {
      return try core { () throws(TensorError) in try copy(source, to: dtype ?? source.dtype) }
    }
    var root = Element(data)
    try root.expand(vm)
    var sizes: [Int] = []
    try measure(root, &sizes, vm)
    let type: DType
    if let dtype { type = dtype } else { type = try infer(root, vm) }
    let shape = try core { () throws(TensorError) in try Dims.checked(sizes) }
    let result = try core { () throws(TensorError) in try Tensor(empty: shape, type) }
    var target = result.data
    try store(root, 0, shape, type, &target, vm)
    return result
  }

  /// The tensor behind a tensor or a NumPy array; nil for other values.
  static func arrayTensor(_ value: Value) -> Tensor? {
    switch value {
    case .tensor(let t): t
    case .object(let o): (o as? ArrayLike)?.tensor
    default: nil
    }
  }

  /// A contiguous copy outside the graph.
  static func copy(_ source: Tensor, to dtype: DType) throws(TensorError) -> Tensor {
    let result = try Tensor(empty: source.shape, dtype)
    var target = result.data
    if source.dtype == dtype && source.isContiguous {
      result.data.copyMemory(from: source.data, byteCount: source.count * dtype.size)
      return result
    }
    for index in try source.elementIndices() {
      ElementStore.write(source.scalar(at: index), target, dtype)
      target += dtype.size
    }
    return result
  }

  // MARK: Nested sequences

  /// One value of nested data, seen as a sequence when it is one.
  private struct Element {
    let value: Value
    var items: [Value]?

    init(_ value: Value) { self.value = value }

    mutating func expand(_ vm: VM) throws(ExceptionObject) {
      switch value {
      case .list(let l): items = l.items
      case .tuple(let t): items = t.items
      // A tensor in a list is a number, as in PyTorch: one of several elements is refused where it would be stored.
      case .tensor: items = nil
      case .object(let o):
        if let range = o as? RangeObject {
          try Capacity.check(range.count)
          items = (0..<range.count).map { .int(range[$0]) }
        } else if let array = o as? ArrayLike {
          guard array.tensor.ndim > 0 else { throw .type("len() of unsized object") }
          items = rows(array.tensor)
        } else {
          items = value.asList?.items ?? value.asTuple?.items
        }
      case .instance:
        items = value.asList?.items ?? value.asTuple?.items
      case .str(let s): items = s.string.unicodeScalars.map { .text(String($0)) }
      case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .dict, .function: items = nil
      }
    }

    private func rows(_ t: Tensor) -> [Value] {
      var shape = t.shape
      var strides = t.strides
      shape.remove(at: 0)
      strides.remove(at: 0)
      let contiguous = Tensor.areContiguous(shape, strides)
      return (0..<t.shape[0]).map { i in
        .tensor(
          Tensor(
            storage: t.storage, offset: t.offset + i * t.strides[0], shape: shape, strides: strides, dtype: t.dtype,
            isContiguous: contiguous))
      }
    }
  }

  private static func measure(_ element: Element, _ sizes: inout [Int], _ vm: VM) throws(ExceptionObject) {
    guard let items = element.items else { return }
    if case .str = element.value { throw .value("too many dimensions 'str'") }
    sizes.append(items.count)
    if sizes.count > 128 { throw .value("too many dimensions '\(ArgumentConversion.typeName(element.value))'") }
    guard let first = items.first else { return }
    var next = Element(first)
    try next.expand(vm)
    try measure(next, &sizes, vm)
  }

  private static func infer(_ element: Element, _ vm: VM, depth: Int = 0) throws(ExceptionObject) -> DType {
    switch element.value {
    case .float: return DType.defaultFloat
    case .int: return .int64
    case .bool: return .bool
    case .tensor(let t): return t.dtype
    case .object(let o):
      if let n = o as? NumberLike { return n.elementType }
      if let a = o as? ArrayLike { return a.tensor.dtype }
      if o is BigIntObject { return .int64 }
    default: break
    }
    if element.value.asStr != nil { throw .type("new(): invalid data type 'str'") }
    guard let items = element.items else {
      if case .instance(let i) = element.value, let payload = i.payload {
        return try infer(Element(payload), vm)
      }
      throw .runtime("Could not infer dtype of \(ArgumentConversion.qualifiedTypeName(element.value))")
    }
    try Interrupts.check()
    if depth > 100 { throw .type("new(): self-referential lists are incompatible") }
    if items.isEmpty { return DType.defaultFloat }
    var result: DType?
    for item in items {
      let type: DType
      switch item {
      case .float: type = DType.defaultFloat
      case .int: type = .int64
      default:
        var next = Element(item)
        try next.expand(vm)
        type = try infer(next, vm, depth: depth + 1)
      }
      result = result.map { promote($0, type) } ?? type
    }
    return result ?? DType.defaultFloat
  }

  private static func store(
    _ element: Element, _ dim: Int, _ shape: Dims, _ dtype: DType, _ target: inout UnsafeMutableRawPointer, _ vm: VM
  ) throws(ExceptionObject) {
    if dim == shape.count {
      try ElementStore.write(element.value, target, dtype, vm)
      target += dtype.size
      return
    }
    guard let items = element.items else { throw .type("not a sequence") }
    if items.count != shape[dim] {
      throw .value("expected sequence of length \(shape[dim]) at dim \(dim) (got \(items.count))")
    }
    for item in items {
      var next = Element(item)
      if dim + 1 < shape.count { try next.expand(vm) }
      try store(next, dim + 1, shape, dtype, &target, vm)
    }
  }
}

/// Objects that hold a tensor: NumPy's arrays.
package protocol ArrayLike: AnyObject {
  var tensor: Tensor { get }
}
