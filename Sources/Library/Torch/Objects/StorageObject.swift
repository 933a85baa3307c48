import Runtime
import Tensor

/// `x.untyped_storage()` and `x.storage()`: the memory that views share.
package final class StorageObject: Object {
  private let tensor: Tensor
  private let isTyped: Bool

  init(_ tensor: Tensor, isTyped: Bool) {
    self.tensor = tensor
    self.isTyped = isTyped
  }

  nonisolated(unsafe) private static let untyped = make("UntypedStorage")
  nonisolated(unsafe) private static let typed = make("TypedStorage")
  package override var builtinType: TypeObject { isTyped ? StorageObject.typed : StorageObject.untyped }

  private var bytes: Int { tensor.storage.byteCount }
  private var count: Int { isTyped ? bytes / tensor.dtype.size : bytes }

  private func element(_ i: Int) -> Value {
    isTyped
      ? ResultConversion.value(tensor.scalar(at: i))
      : .int(Int((tensor.storage.bytes + i).load(as: UInt8.self)))
  }

  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { count }

  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard let i = try ArgumentConversion.int(index) else { return nil }
    let at = i < 0 ? i &+ count : i
    guard at >= 0 && at < count else { throw .index("index \(i) out of range for storage of size \(count)") }
    return element(at)
  }

  package override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? {
    try vm.iterator(.makeList((0..<count).map { element($0) }))
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    var text = ""
    for i in 0..<min(count, 1000) { text += " " + (try vm.repr(element(i))) + "\n" }
    return isTyped
      ? text + "[torch.storage.TypedStorage(dtype=torch.\(tensor.dtype.name), device=cpu) of size \(count)]"
      : text + "[torch.storage.UntypedStorage(device=cpu) of size \(count)]"
  }

  private static func make(_ name: String) -> TypeObject {
    let type = TypeObject(name, module: "torch.storage", bases: [Types.object], layout: .other)
    func method(_ name: String, _ body: @escaping (StorageObject) -> Value) {
      type.set(
        Symbol(name),
        .object(
          NativeFunction("\(name)(self)") { (vm, args) throws(ExceptionObject) in
            guard case .object(let o) = args[0], let s = o as? StorageObject else { return .none }
            return body(s)
          }))
    }
    method("data_ptr") { .int(Int(bitPattern: $0.tensor.storage.bytes)) }
    method("size") { .int($0.count) }
    method("nbytes") { .int($0.bytes) }
    method("tolist") { s in .makeList((0..<s.count).map { s.element($0) }) }
    return type
  }
}
