import Language
import Runtime
import Tensor

/// `array.flat`: the elements one after the other, to be read and written by their position.
package final class FlatIterator: IteratorObject {
  private let array: NDArray
  private var position = 0

  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject("flatiter", module: "numpy", bases: [Types.object], layout: .other)
    type.messageName = "numpy.flatiter"
    return type
  }()

  init(_ array: NDArray) {
    self.array = array
    super.init()
    customType = FlatIterator.type
  }

  package override var contents: Any? {
    get { position }
    set { if let old = newValue as? Int { position = old } }
  }

  /// All elements in one dimension; a view where they lie side by side.
  var elements: Tensor { NumPyCore.reshape(array.tensor, [array.tensor.count]) }

  package override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard position < array.tensor.count else { return nil }
    willChange()
    position += 1
    return try NumPyIndexing.get(NDArray(elements), .int(position - 1), vm)
  }
  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { array.tensor.count }
  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    let picked = try NumPyIndexing.get(NDArray(elements), index, vm)
    if case .object(let o) = picked, let a = o as? NDArray { return .object(NDArray(NumPyCore.copy(a.tensor))) }
    return picked
  }
  package override func nativeSetItem(_ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    try array.requireWritable()
    let flat = NDArray(elements)
    try NumPyIndexing.set(flat, index, value, vm)
    try giveBack(flat.tensor)
    return true
  }
  package override func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    try NumPyArithmetic.compare(op, .object(NDArray(elements)), other, vm)
  }

  /// Writes changed elements into the array where `elements` had to copy them.
  private func giveBack(_ flat: Tensor) throws(ExceptionObject) {
    guard flat.storage !== array.tensor.storage else { return }
    try NumPyCore.assign(array.tensor, NumPyCore.reshape(flat, array.tensor.shape.array))
  }

  /// `array.flat = values`: repeated as often as needed.
  static func assign(_ array: NDArray, _ value: Value, _ vm: VM) throws(ExceptionObject) {
    try array.requireWritable()
    let source = try NumPyArray.from(value, vm)
    let count = array.tensor.count
    if count == 0 { return }
    if source.count == 0 { throw .value("Error setting single item of array.") }
    let flat = NumPyCore.reshape(source, [source.count])
    let filled = try ShapeFunctions.take(flat, (0..<count).map { $0 % source.count }, 0)
    try NumPyCore.assign(array.tensor, NumPyCore.reshape(filled, array.tensor.shape.array))
  }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "base": return .object(array)
    case "index": return .int(position)
    case "coords":
      var (left, place) = (position, [Int](repeating: 0, count: array.tensor.ndim))
      for d in (0..<array.tensor.ndim).reversed() where array.tensor.shape[d] > 0 {
        place[d] = left % array.tensor.shape[d]
        left /= array.tensor.shape[d]
      }
      return .makeTuple(place.map { .int($0) })
    case "copy":
      let copied = Value.object(NDArray(NumPyCore.copy(elements)))
      return .object(NativeFunction("copy()", "The elements in an array.") { (_, _) throws(ExceptionObject) in copied })
    default: return nil
    }
  }
}
