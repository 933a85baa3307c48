import BigInt
import Runtime
import Tensor

/// Turns language values into what operations take, by PyTorch's rules for each parameter type.
enum ArgumentConversion {
  /// The value as an argument for `parameter`; nil when it does not have the parameter's type.
  static func convert(
    _ value: Value, _ parameter: OperationSchema.Parameter, _ vm: VM
  ) throws(ExceptionObject) -> OperationArgument? {
    switch parameter.kind {
    case .tensor:
      if case .tensor(let t) = value { return .tensor(t) }
      return nil
    case .tensorList: return try tensors(value).map { .tensors($0) }
    case .scalar: return try scalar(value).map { .scalar($0) }
    case .int: return try int(value).map { .scalar(.int($0)) }
    case .intList:
      if let list = try ints(value) { return .ints(list) }
      if parameter.acceptsSingle, let single = try int(value) { return .ints([single]) }
      return nil
    case .intLists:
      guard let items = sequence(value) else { return nil }
      var lists: [[Int]] = []
      for item in items {
        guard let list = try ints(item) else { return nil }
        lists.append(list)
      }
      return .intLists(lists)
    case .float:
      guard let s = try scalar(value) else { return nil }
      return .scalar(.float(s.double))
    case .floatList:
      guard let items = sequence(value) else {
        return parameter.acceptsSingle ? try scalar(value).map { .scalar($0) } : nil
      }
      var list: [Tensor] = []
      list.reserveCapacity(items.count)
      var numbers: [Scalar] = []
      for item in items {
        guard let s = try scalar(item) else { return nil }
        numbers.append(s)
      }
      if let made = try? TensorData.vector(numbers) { list.append(made) }
      return list.isEmpty ? nil : .tensor(list[0])
    case .bool:
      if case .bool(let b) = value { return .bool(b) }
      if case .object(let o) = value, let n = o as? NumberLike, case .bool(let b) = n.scalar { return .bool(b) }
      return nil
    case .boolList:
      guard let items = sequence(value) else { return nil }
      var list: [Int] = []
      for item in items {
        guard case .bool(let b) = item else { return nil }
        list.append(b ? 1 : 0)
      }
      return .ints(list)
    case .string: return value.string.map { .string($0) }
    case .dtype:
      if let dtype = dtype(value) { return .dtype(dtype) }
      try UnavailableDType.refuse(value)
      return nil
    case .generator:
      if case .object(let o) = value, let g = o as? GeneratorObject { return .generator(g.generator) }
      return nil
    case .device:
      guard let device = try DeviceObject.from(value) else { return nil }
      try device.requireAvailable()
      return .string(device.text)
    case .layout:
      if case .object(let o) = value, let l = o as? NamedConstant, l.type === TorchTypes.layout {
        return .string(l.text)
      }
      return nil
    case .memoryFormat:
      if case .object(let o) = value, let l = o as? NamedConstant, l.type === TorchTypes.memoryFormat {
        return .string(l.text)
      }
      return nil
    case .any: return .any(ValueBox(value))
    }
  }

  /// A number, a NumPy scalar, or a 0-d tensor outside the graph; nil for anything else.
  static func scalar(_ value: Value) throws(ExceptionObject) -> Scalar? {
    switch value {
    case .int(let i): return .int(i)
    case .float(let d): return .float(d)
    case .bool(let b): return .bool(b)
    case .tensor(let t):
      guard t.ndim == 0, !t.requiresGrad else { return nil }
      return TensorData.item(t)
    case .object(let o):
      if let n = o as? NumberLike { return n.scalar }
      if o is BigIntObject { throw .runtime("Overflow when unpacking long") }
      return nil
    case .instance(let i):
      guard let payload = i.payload else { return nil }
      switch payload {
      case .int, .float, .bool: return try scalar(payload)
      default: return nil
      }
    default: return nil
    }
  }

  /// An int, not a bool: also an int-like NumPy scalar or a 0-d integer tensor.
  static func int(_ value: Value) throws(ExceptionObject) -> Int? {
    switch value {
    case .int(let i): return i
    case .tensor(let t):
      guard t.ndim == 0, t.dtype.isInteger, !t.requiresGrad else { return nil }
      if case .int(let i) = TensorData.item(t) { return i }
      return nil
    case .object(let o):
      if let n = o as? NumberLike, case .int(let i) = n.scalar { return i }
      if o is BigIntObject { throw .runtime("Overflow when unpacking long") }
      return nil
    case .instance(let i):
      if case .int(let n)? = i.payload { return n }
      return nil
    default: return nil
    }
  }

  /// The items of a list or tuple.
  @inline(__always) static func sequence(_ value: Value) -> [Value]? {
    switch value {
    case .list(let l): l.items
    case .tuple(let t): t.items
    case .object, .instance: value.asTuple?.items ?? value.asList?.items
    default: nil
    }
  }

  static func ints(_ value: Value) throws(ExceptionObject) -> [Int]? {
    guard let items = sequence(value) else { return nil }
    return try ints(items)
  }

  static func ints(_ items: [Value]) throws(ExceptionObject) -> [Int]? {
    var list: [Int] = []
    list.reserveCapacity(items.count)
    for item in items {
      guard let i = try int(item) else { return nil }
      list.append(i)
    }
    return list
  }

  /// Raises for an element that is no tensor; nil when the value is no list or tuple.
  static func tensors(_ value: Value) throws(ExceptionObject) -> [Tensor]? {
    guard let items = sequence(value) else { return nil }
    return try tensors(items)
  }

  static func tensors(_ items: [Value]) throws(ExceptionObject) -> [Tensor] {
    var list: [Tensor] = []
    list.reserveCapacity(items.count)
    for (i, item) in items.enumerated() {
      guard case .tensor(let t) = item else {
        throw .type("expected Tensor as element \(i) in argument 0, but got \(typeName(item))")
      }
      list.append(t)
    }
    return list
  }

  /// A `torch.dtype`, or one of Python's `float`, `int`, `bool`.
  static func dtype(_ value: Value) -> DType? {
    guard case .object(let o) = value else { return nil }
    if let d = o as? DTypeObject { return d.dtype }
    if o === Types.float { return .float64 }
    if o === Types.int { return .int64 }
    if o === Types.bool { return .bool }
    return nil
  }

  /// The name CPython's messages give a value's type: `numpy.ndarray`, `Tensor`, `int`.
  static func typeName(_ value: Value) -> String {
    switch value {
    case .int: return "int"
    case .float: return "float"
    case .bool: return "bool"
    case .str: return "str"
    case .none: return "NoneType"
    case .list: return "list"
    case .tuple: return "tuple"
    case .dict: return "dict"
    case .tensor(let t): return TensorClass.of(t).name
    default: return (value.object?.type ?? Types.object).messageName
    }
  }

  /// As `typeName`, with the module for torch's own types: `torch.dtype`.
  static func qualifiedTypeName(_ value: Value) -> String {
    if case .object(let o) = value, o.type.module == "torch" { return "torch." + o.type.name }
    return typeName(value)
  }
}

/// A language value inside an operation's arguments.
final class ValueBox {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// Objects that stand for one number: NumPy's scalars.
package protocol NumberLike {
  var scalar: Scalar { get }
  var elementType: DType { get }
}
