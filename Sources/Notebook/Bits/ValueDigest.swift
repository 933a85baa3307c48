import CDigest
import Library
import Runtime
import Tensor

/// A digest of a value to its last bit: element types, shapes and elements of tensors with their gradients, floats, texts,
/// containers with what they hold, objects' attributes.
///
/// What has no contents of its own (functions, classes, modules, generators, files) counts by its type alone, and so does what
/// lies deeper than 100 levels or behind a million values.
struct ValueDigest {
  private var bytes: [UInt8] = []
  private var count = 0
  /// Where an object first appeared, so that rings end.
  private var seen: [ObjectIdentifier: Int] = [:]
  /// An object made for the look at it must not give its identity to the next.
  private var alive: [AnyObject] = []
  private let vm: VM

  /// 16 hexadecimal digits.
  static func of(_ value: Value, _ vm: VM) -> String {
    var digest = ValueDigest(vm: vm)
    digest.add(value, depth: 0)
    return hex(digest.bytes)
  }

  /// The digest of a text or of a generator's state.
  static func hex(_ bytes: [UInt8]) -> String {
    let digits = String(bytes.withUnsafeBytes { tnb_digest($0.baseAddress, $0.count) }, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// Whether a variable of this value is worth a digest.
  static func covers(_ value: Value) -> Bool {
    switch value {
    case .unbound, .function: false
    case .object(let object): !(object is Module || object is TypeObject || object is NativeFunction)
    default: true
    }
  }

  private init(vm: VM) { self.vm = vm }

  private mutating func tag(_ letter: StaticString, _ number: Int = 0) {
    bytes.append(letter.utf8Start.pointee)
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  private mutating func add(_ text: String) {
    tag("s", text.utf8.count)
    bytes += text.utf8
  }

  private mutating func add(_ value: Value, depth: Int) {
    count += 1
    guard depth < 100, count < 1_000_000 else { return tag(".") }
    switch value {
    case .unbound, .none: tag("N")
    case .notImplemented, .ellipsis: tag("E")
    case .bool(let value): tag("b", value ? 1 : 0)
    case .int(let value): tag("i", value)
    case .float(let value): tag("f", Int(truncatingIfNeeded: value.plainBits))
    case .str(let value): add(value.string)
    case .tensor(let tensor): add(tensor)
    case .list(let list): add(list, "l", list.items, depth)
    case .tuple(let tuple): add(tuple, "t", tuple.items, depth)
    case .dict(let dict): add(dict, "d", zip(dict.keys, dict.values).flatMap { [$0, $1] }, depth)
    case .function(let function): add(function.type.name)
    case .instance(let instance): add(instance, depth)
    case .object(let object): add(object, depth)
    }
  }

  /// False for an object that was met before.
  private mutating func isNew(_ object: AnyObject) -> Bool {
    if let number = seen[ObjectIdentifier(object)] {
      tag("=", number)
      return false
    }
    seen[ObjectIdentifier(object)] = seen.count
    alive.append(object)
    return true
  }

  private mutating func add(_ object: Object, _ letter: StaticString, _ items: [Value], _ depth: Int) {
    guard isNew(object) else { return }
    tag(letter, items.count)
    if object.customType != nil { add(object.type.name) }
    for item in items { add(item, depth: depth + 1) }
  }

  private mutating func add(_ instance: Instance, _ depth: Int) {
    guard isNew(instance) else { return }
    add(instance.type.name)
    if let payload = instance.payload { add(payload, depth: depth + 1) }
    let names = instance.ownNames
    tag("a", names.count)
    for name in names {
      add(name.text)
      add(instance.own(name) ?? .none, depth: depth + 1)
    }
  }

  private mutating func add(_ object: Object, _ depth: Int) {
    if let array = object as? ArrayLike {
      tag("A")
      return add(array.tensor)
    }
    if let number = object as? NumberLike {
      tag("n", Int(number.elementType.rawValue))
      return add("\(number.scalar)")
    }
    if let set = object as? SetObject {
      // In no order that means anything.
      let parts = set.members.map { ValueDigest.of($0, vm) }.sorted()
      tag("S", parts.count)
      add(set.type.name)
      return parts.forEach { add($0) }
    }
    if let dict = object as? Dict { return add(.dict(dict), depth: depth) }
    if let tuple = object as? Tuple { return add(tuple, "t", tuple.items, depth) }
    if let list = object as? List { return add(list, "l", list.items, depth) }
    guard isNew(object) else { return }
    add(object.type.name)
    guard ValueDigest.covers(.object(object)), !(object is IteratorObject) else { return }
    // Of native objects the text says what they hold, unless it says where they lie.
    if let text = try? vm.repr(.object(object)), !text.contains(" at 0x") { add(text) }
  }

  private mutating func add(_ tensor: Tensor) {
    guard isNew(tensor) else { return }
    tag("T", Int(tensor.dtype.rawValue))
    tag("r", tensor.shape.array.count)
    for size in tensor.shape.array { tag(":", size) }
    tag("g", tensor.requiresGrad ? 1 : 0)
    let recording = GradMode.isEnabled
    GradMode.isEnabled = false
    defer { GradMode.isEnabled = recording }
    let whole = (try? Operations.contiguous(tensor)) ?? tensor
    tag("h", Int(bitPattern: UInt(ValueDigest.digest(of: whole))))
    if let gradient = tensor.grad { add(gradient) }
  }

  /// Of a contiguous tensor's elements. Which `float('nan')` a NaN came from depends on the run.
  private static func digest(of tensor: Tensor) -> UInt64 {
    guard tensor.dtype == .float64 else { return tnb_digest(tensor.data, tensor.count * tensor.dtype.size) }
    let elements = UnsafeRawBufferPointer(start: tensor.data, count: tensor.count * tensor.dtype.size)
    let plain = elements.bindMemory(to: Double.self).map(\.plainBits)
    return plain.withUnsafeBytes { tnb_digest($0.baseAddress, $0.count) }
  }
}
