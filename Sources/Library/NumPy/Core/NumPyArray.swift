import BigInt
import Runtime
import Tensor

/// Arrays from Python data.
enum NumPyArray {
  /// NumPy's result type of two strong types.
  static func promote(_ a: DType, _ b: DType) -> DType {
    if a == b { return a }
    if a == .bool { return b }
    if b == .bool { return a }
    if a.isFloating && b.isFloating { return a.size >= b.size ? a : b }
    if a.isFloating || b.isFloating {
      let float = a.isFloating ? a : b
      let integer = a.isFloating ? b : a
      let needed: DType = integer.size == 1 ? .float16 : integer.size == 2 ? .float32 : .float64
      return float.size >= needed.size ? float : needed
    }
    return TensorData.promote(a, b)
  }

  /// `np.array(data, dtype)`: always a copy.
  static func make(_ data: Value, dtype: DType?, _ vm: VM) throws(ExceptionObject) -> Tensor {
    if case .object(let o) = data, let texts = o as? TextArray, let dtype {
      let items = texts.texts.map { NumPyTypes.string($0) }
      return NumPyCore.reshape(try make(.makeList(items), dtype: dtype, vm), texts.codes.shape.array)
    }
    if let source = try existing(data) { return NumPyCore.copy(source, dtype) }
    if let source = try viaProtocol(data, vm) { return NumPyCore.copy(source, dtype) }
    var shape: [Int] = []
    var leaves: [Value] = []
    try flatten(data, 0, &shape, &leaves, vm)
    var type = dtype
    if type == nil {
      for leaf in leaves {
        let t = try leafType(leaf, vm)
        type = type.map { promote($0, t) } ?? t
      }
    }
    let final = type ?? .float64
    let result = try NumPyCore.checked(shape, final)
    var p = result.data
    for leaf in leaves {
      try write(leaf, p, final, vm)
      p += final.size
    }
    return result
  }

  /// The tensor behind an array, a NumPy scalar, or a tensor outside the graph; nil for other values.
  static func existing(_ value: Value) throws(ExceptionObject) -> Tensor? {
    switch value {
    case .object(let o):
      if let a = o as? NDArray { return a.tensor }
      if let flat = o as? FlatIterator { return flat.elements }
      if let texts = o as? TextArray {
        throw .type("cannot compute with an array of strings (its dtype is <U\(texts.width))")
      }
      if let s = o as? NumPyScalar { return s.tensor }
      return nil
    case .tensor(let t):
      try NumPyLibrary.requireNoGrad(t)
      try NumPyCore.requireRoom(for: t)
      return t
    default: return nil
    }
  }

  /// As `make`, but an array that is there already is taken as it is (`np.asarray`).
  static func from(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    if let t = try existing(value) { return t }
    if let t = try viaProtocol(value, vm) { return t }
    return try make(value, dtype: nil, vm)
  }

  /// What an object of a class in the language gives for itself by `__array__`.
  private static func viaProtocol(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor? {
    guard case .instance(let i) = value, let method = i.type.lookup(Symbol("__array__")) else { return nil }
    return try existing(vm.call(method, with: value))
  }

  private static func write(
    _ leaf: Value, _ p: UnsafeMutableRawPointer, _ dtype: DType, _ vm: VM
  ) throws(ExceptionObject) {
    if case .int(let i) = leaf, !dtype.isFloating { try NumPyArithmetic.checkBounds(i, dtype) }
    if let s = try ArgumentConversion.scalar(leaf) {
      if case .float(let d) = s, !d.isFinite, !dtype.isFloating, dtype != .bool {
        throw d.isNaN
          ? .value("cannot convert float NaN to integer") : .overflow("cannot convert float infinity to integer")
      }
      return ElementStore.write(s, p, dtype)
    }
    if let t = TensorData.arrayTensor(leaf), t.ndim == 0 {
      try NumPyLibrary.requireNoGrad(t)
      return ElementStore.write(t.onlyScalar, p, dtype)
    }
    if case .object(let o) = leaf, let big = o as? BigIntObject {
      if dtype.isFloating { return ElementStore.write(.float(Double(big.value)), p, dtype) }
      throw .overflow("Python int too large to convert to C long")
    }
    if let text = leaf.string {
      let parsed = try vm.call(.object(dtype.isFloating ? Types.float : Types.int), with: leaf)
      _ = text
      if let s = try ArgumentConversion.scalar(parsed) { return ElementStore.write(s, p, dtype) }
    }
    throw .type(
      dtype.isFloating
        ? "float() argument must be a string or a real number, not '\(vm.typeName(leaf))'"
        : "int() argument must be a string, a bytes-like object or a real number, not '\(vm.typeName(leaf))'")
  }

  private static func leafType(_ leaf: Value, _ vm: VM) throws(ExceptionObject) -> DType {
    switch leaf {
    case .bool: return .bool
    case .int: return .int64
    case .float: return .float64
    case .tensor(let t): return t.dtype
    case .instance(let i):
      if let payload = i.payload { return try leafType(payload, vm) }
    case .object(let o):
      if let n = o as? NumPyScalar { return n.elementType }
      if let a = o as? NDArray { return a.tensor.dtype }
      if o is BigIntObject {
        throw .notImplemented("arrays of Python objects are not available in tnb (an int past 64 bits)")
      }
    default: break
    }
    throw .notImplemented("arrays of dtype object are not available in tnb (an element is \(vm.typeName(leaf)))")
  }

  /// The items of what counts as a sequence inside array data.
  static func items(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [Value]? {
    switch value {
    case .list(let l): return l.items
    case .tuple(let t): return t.items
    case .tensor(let t):
      if t.ndim == 0 { return nil }
      try NumPyLibrary.requireNoGrad(t)
      return try vm.items(.object(NDArray(t)))
    case .object(let o):
      if let a = o as? NDArray { return a.tensor.ndim == 0 ? nil : try vm.items(value) }
      if o is RangeObject { return try vm.items(value) }
      if let texts = o as? TextArray { return texts.codes.ndim == 0 ? nil : try vm.items(value) }
      return value.asTuple?.items ?? value.asList?.items
    case .instance: return value.asTuple?.items ?? value.asList?.items
    default: return nil
    }
  }

  static func flatten(
    _ value: Value, _ depth: Int, _ shape: inout [Int], _ leaves: inout [Value], _ vm: VM
  ) throws(ExceptionObject) {
    guard let items = try items(value, vm) else {
      if depth < shape.count { throw ragged(shape, depth) }
      leaves.append(value)
      return
    }
    if depth == shape.count {
      if !leaves.isEmpty { throw ragged(shape, depth) }
      shape.append(items.count)
    } else if shape[depth] != items.count {
      throw ragged(shape, depth)
    }
    if depth > 32 { throw .value("arrays of more than \(Dims.capacity) dimensions are not available in tnb") }
    for item in items { try flatten(item, depth + 1, &shape, &leaves, vm) }
  }

  private static func ragged(_ shape: [Int], _ depth: Int) -> ExceptionObject {
    .value(
      "setting an array element with a sequence. The requested array has an inhomogeneous shape after \(depth) dimensions. The detected shape was \(pythonTuple(Array(shape.prefix(depth)))) + inhomogeneous part."
    )
  }

  static func pythonTuple(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }
}
