import Language
import Runtime
import Tensor

/// `numpy.ndarray`: a strided view of a storage, which tensors may share.
package final class NDArray: Object, ArrayLike {
  package var tensor: Tensor {
    willSet { willChange() }
  }

  /// Whether elements can be assigned through it.
  var isWritable = true {
    willSet { willChange() }
  }
  /// The array whose memory it shows, where it is a view made of another.
  private(set) var base: NDArray?

  public override var contents: Any? {
    get { (tensor, isWritable) }
    set { if let (old, writable) = newValue as? (Tensor, Bool) { (tensor, isWritable) = (old, writable) } }
  }
  public override var innerValues: [Value] { [.tensor(tensor)] }

  init(_ tensor: Tensor) {
    self.tensor = tensor
    super.init()
    customType = NumPyTypes.ndarray
  }

  /// The result of an operation: a scalar when it has no dimensions.
  static func result(_ t: Tensor) -> Value {
    t.ndim == 0 ? .object(NumPyScalar(t.onlyScalar, t.dtype)) : .object(NDArray(t))
  }

  /// A view made of `origin`, or an array of its own where the elements were copied.
  static func sharing(_ t: Tensor, _ origin: Value) -> Value {
    let made = NDArray(t)
    if case .object(let o) = origin, let from = o as? NDArray { made.show(from) }
    return .object(made)
  }

  /// Notes that it shows the memory of another array, if it does.
  func show(_ other: NDArray) {
    guard other !== self, tensor.storage === other.tensor.storage else { return }
    base = other.base ?? other
    if !other.isWritable { isWritable = false }
  }

  func requireWritable() throws(ExceptionObject) {
    if !isWritable { throw .value("assignment destination is read-only") }
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { NumPyText.repr(tensor) }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { NumPyText.str(tensor) }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? {
    throw .type("unhashable type: 'numpy.ndarray'")
  }
  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? {
    if tensor.ndim == 0 { throw .type("len() of unsized object") }
    return tensor.shape[0]
  }
  package override func nativeTruth(_ vm: VM) throws(ExceptionObject) -> Bool? {
    if tensor.count == 1 { return tensor.onlyScalar.double != 0 }
    if tensor.count == 0 {
      throw .value(
        "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.")
    }
    throw .value("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
  }
  package override func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    guard let equal = try NumPyArithmetic.compare(.equal, .object(self), item, vm) else { return false }
    if case .object(let o) = equal, let a = o as? NDArray { return NumPyCore.ints(a.tensor).contains { $0 != 0 } }
    return try vm.isTrue(equal)
  }
  package override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? {
    if tensor.ndim == 0 { throw .type("iteration over a 0-d array") }
    return .object(NDArrayIterator(self))
  }
  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    try NumPyIndexing.get(self, index, vm)
  }
  package override func nativeSetItem(_ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    try requireWritable()
    try NumPyIndexing.set(self, index, value, vm)
    return true
  }
  package override func nativeDeleteItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    throw .value("cannot delete array elements")
  }
  package override func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    try NumPyArithmetic.compare(op, .object(self), other, vm)
  }
  package override func nativeBinary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value? {
    try NumPyArithmetic.binary(
      op, reflected ? other : .object(self), reflected ? .object(self) : other, vm)
  }
  package override func nativeInplace(_ op: BinaryOperator, _ other: Value, _ vm: VM) throws(ExceptionObject) -> Value?
  {
    if !isWritable { throw .value("output array is read-only") }
    return try NumPyArithmetic.inplace(op, self, other, vm)
  }
  package override func nativeUnary(_ op: UnaryOperator, _ vm: VM) throws(ExceptionObject) -> Value? {
    try NumPyArithmetic.unary(op, tensor, vm)
  }
}

/// Goes over the rows of an array.
package final class NDArrayIterator: IteratorObject {
  private let array: NDArray
  private var position = 0

  init(_ array: NDArray) { self.array = array }

  package override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  package override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard position < array.tensor.shape[0] else { return nil }
    position += 1
    return try NumPyIndexing.get(array, .int(position - 1), vm)
  }
}
