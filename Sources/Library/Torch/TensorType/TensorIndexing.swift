import Runtime
import Tensor

/// Subscripts of tensors: from language values to the core's indices.
enum TensorIndexing {
  static func get(_ vm: VM, _ t: Tensor, _ index: Value) throws(ExceptionObject) -> Value {
    if case .int(let i) = index {
      do throws(TensorError) { return .tensor(try Indexing.get(t, i)) } catch { throw error.exception }
    }
    if case .tuple(let pair) = index, pair.count == 2, case .int(let i) = pair[0],
      case .int(let j) = pair[1]
    {
      do throws(TensorError) { return .tensor(try Indexing.get(t, i, j)) } catch { throw error.exception }
    }
    let indices = try parse(index, vm)
    do throws(TensorError) { return .tensor(try Indexing.get(t, indices)) } catch { throw error.exception }
  }

  static func set(_ vm: VM, _ t: Tensor, _ index: Value, _ value: Value) throws(ExceptionObject) {
    if case .int(let i) = index, let number = simpleNumber(value) {
      do throws(TensorError) { return try Indexing.set(t, i, number) } catch { throw error.exception }
    }
    let indices = try parse(index, vm)
    switch value {
    case .tensor(let v):
      do throws(TensorError) { return try Indexing.set(t, indices, v) } catch { throw error.exception }
    default:
      guard let number = simpleNumber(value) else {
        throw .type(
          "can't assign a \(vm.typeName(value)) to a torch.\(LegacyTensorType.name(t.dtype))")
      }
      do throws(TensorError) { return try Indexing.set(t, indices, number) } catch { throw error.exception }
    }
  }

  /// What may be assigned as a number: Python's numbers, and NumPy's that are their subclasses.
  private static func simpleNumber(_ value: Value) -> Scalar? {
    switch value {
    case .int(let i): return .int(i)
    case .float(let d): return .float(d)
    case .bool(let b): return .bool(b)
    case .object(let o):
      guard let n = o as? NumberLike, n.elementType == .float64 || n.elementType == .int64 || n.elementType == .bool
      else { return nil }
      return n.scalar
    case .instance(let i): return i.payload.flatMap { simpleNumber($0) }
    default: return nil
    }
  }

  /// The entries of a subscript.
  static func parse(_ index: Value, _ vm: VM) throws(ExceptionObject) -> [Index] {
    if case .tuple(let t) = index { return try entries(t.items, vm) }
    if let tuple = index.asTuple { return try entries(tuple.items, vm) }
    if case .list(let l) = index, actsAsTuple(l.items) { return try entries(l.items, vm) }
    return [try entry(index, vm)]
  }

  private static func entries(_ items: [Value], _ vm: VM) throws(ExceptionObject) -> [Index] {
    var result: [Index] = []
    result.reserveCapacity(items.count)
    for item in items { result.append(try entry(item, vm)) }
    return result
  }

  /// A list with an entry that is more than a number stands for a tuple, as in PyTorch.
  private static func actsAsTuple(_ items: [Value]) -> Bool {
    if items.count >= 32 { return false }
    for item in items {
      switch item {
      case .tensor, .list, .tuple, .none, .ellipsis: return true
      case .object(let o):
        if o is SliceObject || o is ArrayLike || o is RangeObject || o is Tuple { return true }
      default: break
      }
    }
    return false
  }

  private static func entry(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Index {
    switch value {
    case .int(let i): return .int(i)
    case .none: return .none
    case .ellipsis: return .ellipsis
    case .bool(let b): return .bool(b)
    case .tensor(let t):
      if t.ndim == 0 && t.dtype.isInteger && t.dtype != .uint8, case .int(let i) = t.onlyScalar { return .int(i) }
      return .tensor(t)
    case .list, .tuple: return .tensor(try list(value, vm))
    case .object(let o):
      if let slice = o as? SliceObject {
        let step = try bound(slice.step, vm)
        if let step {
          if step == 0 { throw .value("slice step cannot be zero") }
          if step < 0 { throw .value("step must be greater than zero") }
        }
        return .slice(try bound(slice.start, vm), try bound(slice.stop, vm), step)
      }
      if let array = o as? ArrayLike {
        if array.tensor.ndim == 0 && array.tensor.dtype.isInteger, case .int(let i) = array.tensor.onlyScalar {
          return .int(i)
        }
        return .tensor(array.tensor)
      }
      if let n = o as? NumberLike {
        switch n.scalar {
        case .int(let i): return .int(i)
        case .bool(let b): return .bool(b)
        case .float: throw refused(value, vm)
        }
      }
      if o is RangeObject || value.asTuple != nil || value.asList != nil { return .tensor(try list(value, vm)) }
      throw refused(value, vm)
    case .instance(let i):
      if case .int(let n)? = i.payload { return .int(n) }
      if value.asTuple != nil || value.asList != nil { return .tensor(try list(value, vm)) }
      if let method = try vm.attribute(value, Symbol("__index__")), case .int(let n) = try vm.call(method) {
        return .int(n)
      }
      throw refused(value, vm)
    case .str: throw .type("new(): invalid data type 'str'")
    case .float, .dict, .function, .notImplemented, .unbound: throw refused(value, vm)
    }
  }

  private static func refused(_ value: Value, _ vm: VM) -> ExceptionObject {
    .index(
      "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got \(vm.typeName(value)))"
    )
  }

  /// A list as an index: a mask when it holds only bools, else positions.
  private static func list(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    let inferred = try TensorData.make(value, dtype: nil, vm)
    if inferred.dtype == .bool && inferred.count > 0 { return inferred }
    if inferred.dtype == .int64 { return inferred }
    return try core { () throws(TensorError) in try TensorData.copy(inferred, to: .int64) }
  }

  /// One bound of a slice.
  private static func bound(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int? {
    switch value {
    case .none: return nil
    case .int(let i): return i
    case .bool(let b): return b ? 1 : 0
    case .tensor(let t):
      if t.count == 1, !t.dtype.isFloating {
        switch t.onlyScalar {
        case .int(let i): return i
        case .bool(let b): return b ? 1 : 0
        case .float: break
        }
      }
    default:
      if let i = try ArgumentConversion.int(value) { return i }
      if case .instance = value, let method = try vm.attribute(value, Symbol("__index__")),
        case .int(let i) = try vm.call(method)
      {
        return i
      }
      if case .object(let o) = value, o is BigIntObject { return Int.max }
    }
    throw .type("slice indices must be integers or None or have an __index__ method")
  }
}
