import BigInt
import CKernels
import Runtime
import Tensor

/// Reads the `data.pkl` of a PyTorch archive. A pickle is a program; this runs the part of it that builds tensors, plain values
/// and containers, and refuses every other name by name. No class of a cell and no function can be reached.
struct PickleReader {
  /// What stands on the stack.
  private enum Item {
    case value(Value)
    case global(Global)
    case storage(LoadedStorage)
    /// A tuple that holds more than values: arguments of what loads storages and makes tensors.
    indirect case arguments([Item])
    case mark
  }

  /// What a pickle may name.
  private enum Global {
    case rebuildTensor
    case rebuildParameter
    case storageType(DType)
    case dict(SavedValue.DictKind)
    case set
    case size
    case device
    case encodeBytes
  }

  struct LoadedStorage {
    let storage: Storage
    let dtype: DType
  }

  private let bytes: [UInt8]
  private var i = 0
  private var stack: [Item] = []
  private var memo: [Int: Item] = [:]
  private let vm: VM
  private let name: String
  /// The elements of a storage, by its key, location and number of elements.
  private let loadStorage: (_ key: String, _ location: String, DType, Int) throws(ExceptionObject) -> Storage

  /// `name`: the file, for messages.
  static func read(
    _ bytes: [UInt8], name: String, _ vm: VM,
    loadStorage: @escaping (String, String, DType, Int) throws(ExceptionObject) -> Storage
  ) throws(ExceptionObject) -> Value {
    var reader = PickleReader(bytes: bytes, vm: vm, name: name, loadStorage: loadStorage)
    return try reader.run()
  }

  private init(
    bytes: [UInt8], vm: VM, name: String,
    loadStorage: @escaping (String, String, DType, Int) throws(ExceptionObject) -> Storage
  ) {
    self.bytes = bytes
    self.vm = vm
    self.name = name
    self.loadStorage = loadStorage
  }

  // MARK: Errors

  private func damaged() -> ExceptionObject {
    PickleReader.unpicklingError("\(name) is damaged: its pickle ends in error", vm)
  }

  /// Python's `pickle.UnpicklingError`.
  static func unpicklingError(_ message: String, hint: String? = nil, _ vm: VM) -> ExceptionObject {
    let error = ExceptionObject.runtime(message)
    if let module = try? vm.importedModule("pickle"),
      let type = try? vm.getAttribute(module, Symbol("UnpicklingError")),
      case .object(let o) = type, let type = o as? TypeObject
    {
      error.customType = type
    }
    if let hint { error.hints = [hint] }
    return error
  }

  // MARK: Bytes

  private mutating func byte() throws(ExceptionObject) -> UInt8 {
    guard i < bytes.count else { throw damaged() }
    defer { i += 1 }
    return bytes[i]
  }

  private mutating func number(_ count: Int) throws(ExceptionObject) -> Int {
    var value: UInt64 = 0
    for k in 0..<count { value |= UInt64(try byte()) << UInt64(8 * k) }
    guard let size = Int(exactly: value) else { throw damaged() }
    return size
  }

  private mutating func take(_ count: Int) throws(ExceptionObject) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - i else { throw damaged() }
    defer { i += count }
    return bytes[i..<(i + count)]
  }

  private mutating func text(_ count: Int) throws(ExceptionObject) -> Str {
    try TextCodec.decode(Array(take(count)), "utf-8", errors: "strict")
  }

  private mutating func line() throws(ExceptionObject) -> String {
    guard let end = bytes[i...].firstIndex(of: 0x0A) else { throw damaged() }
    defer { i = end + 1 }
    return String(decoding: bytes[i..<end], as: UTF8.self)
  }

  // MARK: The stack

  private mutating func push(_ value: Value) { stack.append(.value(value)) }

  private mutating func popItem() throws(ExceptionObject) -> Item {
    guard let item = stack.popLast() else { throw damaged() }
    if case .mark = item { throw damaged() }
    return item
  }

  private mutating func pop() throws(ExceptionObject) -> Value {
    guard case .value(let value) = try popItem() else { throw damaged() }
    return value
  }

  /// The items above the last mark.
  private mutating func popToMark() throws(ExceptionObject) -> [Item] {
    guard let mark = stack.lastIndex(where: { if case .mark = $0 { true } else { false } }) else { throw damaged() }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[(mark + 1)...])
  }

  private func values(_ items: [Item]) throws(ExceptionObject) -> [Value] {
    var values: [Value] = []
    for item in items {
      switch item {
      case .value(let value): values.append(value)
      case .global, .storage, .arguments, .mark: throw damaged()
      }
    }
    return values
  }

  private func top() throws(ExceptionObject) -> Value {
    guard case .value(let value)? = stack.last else { throw damaged() }
    return value
  }

  // MARK: The program

  private mutating func run() throws(ExceptionObject) -> Value {
    var steps = 0
    while true {
      steps += 1
      if steps & 0xFFFF == 0, tnb_interrupt_pending() != 0 { throw vm.interrupt() }
      let op = try byte()
      switch op {
      case 0x80: guard try byte() <= 5 else { throw damaged() }
      case 0x95: _ = try take(8)
      case UInt8(ascii: "."): return try pop()
      case UInt8(ascii: "N"): push(.none)
      case 0x88: push(.bool(true))
      case 0x89: push(.bool(false))
      case UInt8(ascii: "K"): push(.int(Int(try byte())))
      case UInt8(ascii: "M"): push(.int(try number(2)))
      case UInt8(ascii: "J"): push(.int(Int(Int32(truncatingIfNeeded: try number(4)))))
      case 0x8A: push(try integer(take(Int(byte()))))
      case 0x8B: push(try integer(take(number(4))))
      case UInt8(ascii: "G"):
        let bits = try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        push(.float(Double(bitPattern: bits)))
      case UInt8(ascii: "X"): push(.str(try text(try number(4))))
      case 0x8C: push(.str(try text(try number(1))))
      case 0x8D: push(.str(try text(try number(8))))
      case UInt8(ascii: "U"): push(.str(try TextCodec.decode(Array(take(try number(1))), "utf-8", errors: "replace")))
      case UInt8(ascii: "T"): push(.str(try TextCodec.decode(Array(take(try number(4))), "utf-8", errors: "replace")))
      case UInt8(ascii: "C"): push(.object(BytesObject(Array(try take(try number(1))))))
      case UInt8(ascii: "B"): push(.object(BytesObject(Array(try take(try number(4))))))
      case 0x8E: push(.object(BytesObject(Array(try take(try number(8))))))
      case UInt8(ascii: "]"): push(.makeList([]))
      case UInt8(ascii: "}"): push(.dict(Dict()))
      case UInt8(ascii: ")"): push(.emptyTuple)
      case 0x8F: push(.object(SetObject()))
      case UInt8(ascii: "("): stack.append(.mark)
      case UInt8(ascii: "0"): _ = stack.popLast()
      case UInt8(ascii: "1"): _ = try popToMark()
      case UInt8(ascii: "2"): push(try top())
      case UInt8(ascii: "t"): pushTuple(try popToMark())
      case 0x85, 0x86, 0x87:
        let count = Int(op - 0x84)
        guard stack.count >= count else { throw damaged() }
        let items = Array(stack.suffix(count))
        stack.removeLast(count)
        pushTuple(items)
      case UInt8(ascii: "l"): push(.makeList(try values(popToMark())))
      case UInt8(ascii: "a"):
        let value = try pop()
        guard let list = try top().asList else { throw damaged() }
        list.append(value)
      case UInt8(ascii: "e"):
        let items = try values(popToMark())
        guard let list = try top().asList else { throw damaged() }
        list.append(contentsOf: items)
      case UInt8(ascii: "s"):
        let value = try pop()
        let key = try pop()
        try setEntries([key, value])
      case UInt8(ascii: "u"): try setEntries(values(popToMark()))
      case UInt8(ascii: "d"):
        let entries = try values(popToMark())
        push(.dict(Dict()))
        try setEntries(entries)
      case 0x90:
        let items = try values(popToMark())
        guard case .object(let o) = try top(), let set = o as? SetObject else { throw damaged() }
        for item in items { _ = try set.add(item, vm) }
      case UInt8(ascii: "q"): try remember(Int(byte()))
      case UInt8(ascii: "r"): try remember(number(4))
      case 0x94: try remember(memo.count)
      case UInt8(ascii: "h"): try recall(Int(byte()))
      case UInt8(ascii: "j"): try recall(number(4))
      case UInt8(ascii: "c"):
        let module = try line()
        stack.append(try global(module, line()))
      case 0x93:
        guard let name = try pop().string, let module = try pop().string else { throw damaged() }
        stack.append(try global(module, name))
      case UInt8(ascii: "R"), 0x81: try reduce()
      case UInt8(ascii: "b"): try build()
      case UInt8(ascii: "Q"): try loadPersistent()
      default:
        throw PickleReader.unpicklingError(
          "Weights only load failed. Unsupported operand \(op): \(name) does what tensors and plain containers do not need",
          hint: "hint: in Python, save model.state_dict() instead of the whole object", vm)
      }
    }
  }

  private func integer(_ number: ArraySlice<UInt8>) throws(ExceptionObject) -> Value {
    guard number.count <= 1 << 16 else { throw .value("an int of \(number.count) bytes is not available in tnb") }
    var words: [UInt] = []
    for (k, byte) in number.enumerated() {
      if k % 8 == 0 { words.append(0) }
      words[k / 8] |= UInt(byte) << UInt(8 * (k % 8))
    }
    var value = BigInt(BigUInt(words: words))
    if let last = number.last, last & 0x80 != 0 { value -= BigInt(1) << (8 * number.count) }
    return BigIntObject.make(value)
  }

  private mutating func pushTuple(_ items: [Item]) {
    var plain: [Value] = []
    for item in items { if case .value(let value) = item { plain.append(value) } }
    stack.append(plain.count == items.count ? .value(.makeTuple(plain)) : .arguments(items))
  }

  private mutating func remember(_ place: Int) throws(ExceptionObject) {
    guard let item = stack.last else { throw damaged() }
    memo[place] = item
  }

  private mutating func recall(_ place: Int) throws(ExceptionObject) {
    guard let item = memo[place] else { throw damaged() }
    stack.append(item)
  }

  private mutating func setEntries(_ entries: [Value]) throws(ExceptionObject) {
    guard entries.count % 2 == 0, let dict = try top().asDict else { throw damaged() }
    for k in stride(from: 0, to: entries.count, by: 2) { try dict.set(entries[k], entries[k + 1], vm) }
  }

  // MARK: Names

  private func global(_ module: String, _ name: String) throws(ExceptionObject) -> Item {
    switch (module, name) {
    case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"): return .global(.rebuildTensor)
    case ("torch._utils", "_rebuild_parameter"): return .global(.rebuildParameter)
    case ("collections", "OrderedDict"): return .global(.dict(.ordered))
    case ("collections", "Counter"): return .global(.dict(.counter))
    case ("__builtin__", "set"), ("builtins", "set"): return .global(.set)
    case ("torch", "Size"): return .global(.size)
    case ("torch", "device"): return .global(.device)
    case ("_codecs", "encode"): return .global(.encodeBytes)
    case ("torch", _):
      if let dtype = DType.allCases.first(where: { $0.storageName == name }) { return .global(.storageType(dtype)) }
      if let dtype = DType.allCases.first(where: { $0.name == name }) { return .value(DTypeObject.of(dtype)) }
      if name.hasSuffix("Storage") || PickleReader.otherTypes.contains(name) {
        throw .notImplemented("\(self.name) holds elements of type \(name), which are not available in tnb")
      }
    default: break
    }
    throw PickleReader.unpicklingError(
      "Weights only load failed. Unsupported global: GLOBAL \(module).\(name) was not an allowed global by default",
      hint:
        "hint: \(self.name) holds more than tensors and plain containers; in Python, save model.state_dict() instead",
      vm)
  }

  private static let otherTypes: Set<String> = [
    "complex32", "complex64", "complex128", "uint16", "uint32", "uint64", "float8_e4m3fn", "float8_e5m2", "qint8",
    "quint8", "qint32", "bits8",
  ]

  private mutating func reduce() throws(ExceptionObject) {
    let arguments = try popItem()
    guard case .global(let function) = try popItem() else { throw damaged() }
    if case .rebuildTensor = function {
      guard case .arguments(let items) = arguments, case .storage(let storage)? = items.first else { throw damaged() }
      return push(.tensor(try tensor(storage, values(Array(items.dropFirst())))))
    }
    guard case .value(let tuple) = arguments, let items = tuple.asTuple?.items else { throw damaged() }
    switch function {
    case .rebuildTensor, .storageType: throw damaged()
    case .rebuildParameter:
      guard items.count >= 2, case .tensor(let t) = items[0], case .bool(let requiresGrad) = items[1] else {
        throw damaged()
      }
      push(.tensor(try ParameterType.make(t, requiresGrad: requiresGrad)))
    case .dict(let kind):
      let (value, entries) = try SavedValue.makeDict(kind, vm)
      guard items.count <= 1 else { throw damaged() }
      if let first = items.first {
        // A dict (of a Counter), or pairs (of an OrderedDict in older protocols).
        if let dict = first.asDict {
          try entries.merge(dict, vm)
        } else {
          guard let pairs = first.asList?.items else { throw damaged() }
          for pair in pairs {
            guard let pair = pair.asTuple?.items ?? pair.asList?.items, pair.count == 2 else { throw damaged() }
            try entries.set(pair[0], pair[1], vm)
          }
        }
      }
      push(value)
    case .set:
      guard items.count <= 1 else { throw damaged() }
      let set = SetObject()
      for item in try items.first.map({ (v) throws(ExceptionObject) in try list(v) }) ?? [] {
        _ = try set.add(item, vm)
      }
      push(.object(set))
    case .size:
      guard items.count == 1, let sizes = items[0].asTuple?.items else { throw damaged() }
      push(.object(SizeObject(sizes)))
    case .device:
      guard let text = items.first?.string else { throw damaged() }
      let device = try DeviceObject.parse(text)
      if items.count > 1, case .int(let index) = items[1] {
        push(.object(DeviceObject(device.kind, index)))
      } else {
        push(.object(device))
      }
    case .encodeBytes:
      guard items.count == 2, let text = items[0].asStr, let encoding = items[1].string else { throw damaged() }
      push(.object(BytesObject(try TextCodec.encode(text, encoding, errors: "strict"))))
    }
  }

  private func list(_ value: Value) throws(ExceptionObject) -> [Value] {
    guard let items = value.asList?.items ?? value.asTuple?.items else { throw damaged() }
    return items
  }

  /// Attributes of an OrderedDict, which a state_dict has.
  private mutating func build() throws(ExceptionObject) {
    guard let state = try pop().asDict else { throw damaged() }
    guard case .instance(let instance) = try top(), instance.type.name == "OrderedDict" else {
      throw PickleReader.unpicklingError(
        "Weights only load failed. Can only build Tensor, Parameter, OrderedDict or types allowlisted", vm)
    }
    var position = 0
    while let (key, value) = state.next(&position) {
      guard let name = key.string else { throw damaged() }
      try vm.setAttribute(.instance(instance), Symbol(name), value)
    }
  }

  // MARK: Tensors

  /// What `persistent_load` does in Python: `('storage', type, key, location, number of elements)`.
  private mutating func loadPersistent() throws(ExceptionObject) {
    guard case .arguments(let items) = try popItem(), items.count == 5, case .value(let tag) = items[0],
      tag.string == "storage", case .global(.storageType(let dtype)) = items[1], case .value(let key) = items[2],
      case .value(let location) = items[3], case .value(.int(let count)) = items[4], count >= 0,
      let key = key.string, let location = location.string
    else { throw damaged() }
    stack.append(.storage(LoadedStorage(storage: try loadStorage(key, location, dtype, count), dtype: dtype)))
  }

  private func tensor(_ storage: LoadedStorage, _ items: [Value]) throws(ExceptionObject) -> Tensor {
    guard items.count >= 3, case .int(let offset) = items[0] else { throw damaged() }
    let shape = try integers(items[1])
    let strides = try integers(items[2])
    var requiresGrad = false
    if items.count > 3 {
      guard case .bool(let flag) = items[3] else { throw damaged() }
      requiresGrad = flag
    }
    return try SavedValue.makeTensor(
      storage.storage, storage.dtype, offset: offset, shape: shape, strides: strides, requiresGrad: requiresGrad)
  }

  private func integers(_ value: Value) throws(ExceptionObject) -> [Int] {
    guard let items = value.asTuple?.items else { throw damaged() }
    var result: [Int] = []
    for item in items {
      guard case .int(let i) = item else { throw damaged() }
      result.append(i)
    }
    return result
  }
}
