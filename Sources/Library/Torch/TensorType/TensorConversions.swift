import BigInt
import Language
import Runtime
import Tensor

/// Tensors as Python values: truth, numbers, lists, text.
enum TensorConversions {
  static func truth(_ t: Tensor) throws(ExceptionObject) -> Bool {
    if t.count == 1 {
      switch t.onlyScalar {
      case .bool(let b): return b
      case .int(let i): return i != 0
      case .float(let d): return d != 0
      }
    }
    throw .runtime(
      t.count == 0
        ? "Boolean value of Tensor with no values is ambiguous"
        : "Boolean value of Tensor with more than one value is ambiguous")
  }

  static func length(_ t: Tensor) throws(ExceptionObject) -> Int {
    if t.ndim == 0 { throw .type("len() of a 0-d tensor") }
    return t.shape[0]
  }

  /// `item()`.
  static func item(_ t: Tensor) throws(ExceptionObject) -> Value {
    if t.count != 1 { throw .runtime("a Tensor with \(t.count) elements cannot be converted to Scalar") }
    return ResultConversion.value(t.onlyScalar)
  }

  static func float(_ t: Tensor) throws(ExceptionObject) -> Value {
    .float(try single(t).double)
  }

  static func int(_ t: Tensor) throws(ExceptionObject) -> Value {
    switch try single(t) {
    case .int(let i): return .int(i)
    case .bool(let b): return .int(b ? 1 : 0)
    case .float(let d):
      if d.isNaN { throw .value("cannot convert float NaN to integer") }
      if d.isInfinite { throw .overflow("cannot convert float infinity to integer") }
      return BigIntObject.make(BigInt(d))
    }
  }

  static func index(_ t: Tensor) throws(ExceptionObject) -> Value {
    if t.count == 1 {
      switch t.onlyScalar {
      case .int(let i): return .int(i)
      case .bool(let b): return .int(b ? 1 : 0)
      case .float: break
      }
    }
    throw .type("only integer tensors of a single element can be converted to an index")
  }

  private static func single(_ t: Tensor) throws(ExceptionObject) -> Scalar {
    if t.count != 1 { throw .value("only one element tensors can be converted to Python scalars") }
    return t.onlyScalar
  }

  /// `tolist()`: nested lists of numbers.
  static func list(_ t: Tensor) throws(ExceptionObject) -> Value {
    func build(_ dim: Int, _ offset: Int) throws(ExceptionObject) -> Value {
      if dim == t.ndim { return ResultConversion.value(t.scalar(at: offset)) }
      var items: [Value] = []
      items.reserveCapacity(t.shape[dim])
      for i in 0..<t.shape[dim] { items.append(try build(dim + 1, offset + i * t.strides[dim])) }
      return .makeList(items)
    }
    // An expanded tensor has more elements than bytes.
    try Capacity.check(t.count)
    return try build(0, t.offset)
  }

  static func repr(_ vm: VM, _ t: Tensor) throws(ExceptionObject) -> String {
    guard let type = (t.attachment as? TensorAttachment)?.type, type !== Types.tensor else { return TensorText.repr(t) }
    if type.isSubtype(of: ParameterType.type) { return "Parameter containing:\n" + TensorText.repr(t) }
    return TensorText.repr(t, className: type.name)
  }

  /// A 0-d tensor is formatted as its number; others take no format.
  static func format(_ vm: VM, _ t: Tensor, _ spec: String) throws(ExceptionObject) -> String {
    if t.ndim == 0 && !(t.attachment is TensorAttachment && TensorClass.of(t) !== Types.tensor) {
      return try vm.format(ResultConversion.value(t.onlyScalar), spec)
    }
    if spec.isEmpty { return try repr(vm, t) }
    throw .type("unsupported format string passed to \(TensorClass.of(t).name).__format__")
  }

  static func contains(_ vm: VM, _ t: Tensor, _ item: Value) throws(ExceptionObject) -> Bool {
    switch item {
    case .tensor, .int, .float, .bool: break
    case .object(let o):
      if o is NumberLike { break }
      fallthrough
    default:
      throw .runtime(
        "Tensor.__contains__ only supports Tensor or scalar, but you passed in a \(try vm.repr(.object(vm.type(of: item))))."
      )
    }
    guard case .tensor(let equal) = try TensorOperators.compare(vm, .equal, .tensor(t), item) else { return false }
    for index in try elementIndices(of: equal) where equal.int(at: index) != 0 { return true }
    return false
  }

  static func iterator(_ vm: VM, _ t: Tensor) throws(ExceptionObject) -> Value {
    if t.ndim == 0 { throw .type("iteration over a 0-d tensor") }
    return .object(TensorIterator(try core { () throws(TensorError) in try Operations.unbind(t, 0) }))
  }
}

/// Goes over the rows of a tensor.
package final class TensorIterator: IteratorObject {
  private let rows: [Tensor]
  private var position = 0

  init(_ rows: [Tensor]) { self.rows = rows }

  package override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  package override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard position < rows.count else { return nil }
    position += 1
    return .tensor(rows[position - 1])
  }
}

/// The class of a tensor: `torch.Tensor` or a subclass.
enum TensorClass {
  static func of(_ t: Tensor) -> TypeObject { (t.attachment as? TensorAttachment)?.type ?? Types.tensor }
}
