import Files
import Runtime
import Tensor

/// Values of any nesting in safetensors files. The format holds tensors by name; what else there is stands as JSON in the
/// header's metadata, under `tnb`:
///
///     {"version": 1, "value": {"dict": [["epoch", 3], ["weights", {"tensor": "weights", "requires_grad": true}]]}}
///
/// `null`, booleans, integers, floats (`1.0`), strings and lists are JSON's; everything else is an object that names its type.
/// A dict of tensors by name has just those names in the file, so that every reader of the format finds them.
struct SafeTensorsWriter {
  private(set) var tensors: [(name: String, tensor: Tensor)] = []
  private var names: Set<String> = ["__metadata__"]
  /// The names of tensors that were seen, by what they share.
  private var known: [String: String] = [:]
  private let vm: VM

  static func write(_ value: Value, to stream: ByteStream, _ vm: VM) throws(ExceptionObject) {
    var writer = SafeTensorsWriter(vm)
    let described = try writer.describe(value, [])
    let root = Dict()
    root.set(Str("version"), .int(1))
    root.set(Str("value"), described)
    try SafeTensorsFile.write(
      writer.tensors, metadata: [("format", "pt"), ("tnb", try JSONWriter.compact(.dict(root), vm))], to: stream, vm)
  }

  private init(_ vm: VM) { self.vm = vm }

  private static func object(_ entries: (String, Value)...) -> Value {
    let dict = Dict()
    for (key, value) in entries { dict.set(Str(key), value) }
    return .dict(dict)
  }

  private mutating func describe(_ value: Value, _ path: [String]) throws(ExceptionObject) -> Value {
    if path.count > SavedValue.maximumDepth / 3 { throw SavedValue.tooDeep() }
    switch try SavedValue(value, at: path.map { StrMethods.repr(Str($0)) }, vm) {
    case .none, .bool, .integer, .text: return value
    case .float(let d):
      return d.isFinite ? value : Self.object(("float", .text(d.isNaN ? "nan" : d < 0 ? "-inf" : "inf")))
    case .bytes(let bytes):
      let digits = Array("0123456789abcdef".utf8)
      return Self.object(
        ("bytes", .str(Str(bytes: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))))
    case .list(let list): return try items(list.items, path)
    case .tuple(let tuple): return Self.object(("tuple", try items(tuple.items, path)))
    case .size(let size): return Self.object(("Size", .makeList(size.items)))
    case .set(let set): return Self.object(("set", try items(set.members, path)))
    case .dtype(let dtype): return Self.object(("dtype", .text(dtype.name)))
    case .device(let device): return Self.object(("device", .text(device.text)))
    case .dict(let dict, let kind, let state):
      let pairs = List([])
      var position = 0
      while let (key, item) = dict.next(&position) {
        let part = key.string ?? (try? vm.str(key)) ?? "key"
        pairs.append(.makeList([try describe(key, path + [part]), try describe(item, path + [part])]))
      }
      guard !state.isEmpty else { return Self.object((kind.rawValue, .list(pairs))) }
      let attributes = Dict()
      for (name, item) in state { attributes.set(Str(name.text), try describe(item, path + [name.text])) }
      return Self.object((kind.rawValue, .list(pairs)), ("attributes", .dict(attributes)))
    case .tensor(let tensor): return try describe(tensor, path)
    }
  }

  private mutating func items(_ items: [Value], _ path: [String]) throws(ExceptionObject) -> Value {
    let list = List([])
    for (i, item) in items.enumerated() { list.append(try describe(item, path + [String(i)])) }
    return .list(list)
  }

  private mutating func describe(_ tensor: Tensor, _ path: [String]) throws(ExceptionObject) -> Value {
    let isParameter = (tensor.attachment as? TensorAttachment)?.type === ParameterType.type
    // The same elements are written once: tied weights stay tied.
    let identity =
      "\(UInt(bitPattern: ObjectIdentifier(tensor.storage.root).hashValue)) \(tensor.offset) \(tensor.shape.array) \(tensor.strides.array) \(tensor.dtype)"
    let name: String
    if let same = known[identity] {
      name = same
    } else {
      let wanted = path.isEmpty ? "tensor" : path.joined(separator: ".")
      var unique = wanted
      var number = 1
      while !names.insert(unique).inserted {
        number += 1
        unique = "\(wanted)#\(number)"
      }
      name = unique
      known[identity] = name
      tensors.append((name, tensor))
    }
    let entry = Dict()
    entry.set(Str("tensor"), .text(name))
    if tensor.requiresGrad { entry.set(Str("requires_grad"), .bool(true)) }
    if isParameter { entry.set(Str("parameter"), .bool(true)) }
    return .dict(entry)
  }
}

/// Reads what `SafeTensorsWriter` and others wrote.
struct SafeTensorsReader {
  private let file: SafeTensorsFile
  private let open: OpenFile
  private let name: String
  private let vm: VM
  private var storages: [String: Storage] = [:]
  /// Tensors that were made, by their description: one that is named again is the same object.
  private var made: [String: Tensor] = [:]

  /// The value in a file that begins at `start`; a dict of its tensors where no description of one is there.
  static func read(_ open: OpenFile, at start: Int, name: String, _ vm: VM) throws(ExceptionObject) -> Value {
    var reader = SafeTensorsReader(try SafeTensorsFile(open, at: start, vm), open, name, vm)
    guard let description = reader.file.metadata.first(where: { $0.key.string == "tnb" }) else {
      return try reader.tensorsByName()
    }
    let root: Value
    do throws(ExceptionObject) {
      root = try JSONReader.read(description.value, hasUniqueKeys: true, vm)
    } catch {
      throw reader.damaged()
    }
    guard let dict = root.asDict, case .int(1)? = dict.get(Str("version")), let value = dict.get(Str("value")) else {
      throw reader.damaged()
    }
    return try reader.value(value)
  }

  private init(_ file: SafeTensorsFile, _ open: OpenFile, _ name: String, _ vm: VM) {
    self.file = file
    self.open = open
    self.name = name
    self.vm = vm
  }

  private func damaged() -> ExceptionObject {
    SafeTensorsFile.failure("the description of the values in \(name) is damaged")
  }

  private mutating func tensorsByName() throws(ExceptionObject) -> Value {
    let dict = Dict()
    for entry in file.entries { dict.set(Str(entry.name), .tensor(try tensor(entry, requiresGrad: false))) }
    return .dict(dict)
  }

  private mutating func tensor(_ entry: SafeTensorsFile.Entry, requiresGrad: Bool) throws(ExceptionObject) -> Tensor {
    let storage: Storage
    if let known = storages[entry.name] {
      storage = known
    } else {
      storage = try SafeTensorsFile.load(entry, from: open, vm)
      storages[entry.name] = storage
    }
    return try SavedValue.makeTensor(
      storage, entry.dtype, offset: 0, shape: entry.shape, strides: Dims(entry.shape).contiguousStrides.array,
      requiresGrad: requiresGrad)
  }

  private mutating func value(_ json: Value) throws(ExceptionObject) -> Value {
    switch json {
    case .none, .bool, .int, .float, .str: return json
    case .list(let list): return .makeList(try values(list))
    case .dict(let dict): return try object(dict)
    case .object(let o) where o is BigIntObject: return json
    default: throw damaged()
    }
  }

  private mutating func values(_ list: List) throws(ExceptionObject) -> [Value] {
    var result: [Value] = []
    for item in list.items { result.append(try value(item)) }
    return result
  }

  private mutating func object(_ dict: Dict) throws(ExceptionObject) -> Value {
    var position = 0
    guard let (key, content) = dict.next(&position), let kind = key.string else { throw damaged() }
    if kind == "tensor" { return .tensor(try tensor(dict, named: content)) }
    if let kind = SavedValue.DictKind(rawValue: kind) {
      return try self.dict(kind, content, attributes: dict.get(Str("attributes")))
    }
    switch (kind, content) {
    case ("tuple", .list(let list)): return .makeTuple(try values(list))
    case ("Size", .list(let list)): return .object(SizeObject(try values(list)))
    case ("set", .list(let list)):
      let set = SetObject()
      for item in try values(list) { _ = try set.add(item, vm) }
      return .object(set)
    case ("float", .str(let text)):
      switch text.string {
      case "nan": return .float(.nan)
      case "inf": return .float(.infinity)
      case "-inf": return .float(-.infinity)
      default: throw damaged()
      }
    case ("bytes", .str(let text)): return .object(BytesObject(try bytes(text)))
    case ("dtype", .str(let text)):
      guard let dtype = DType.allCases.first(where: { $0.name == text.string }) else { throw damaged() }
      return DTypeObject.of(dtype)
    case ("device", .str(let text)): return .object(try DeviceObject.parse(text.string))
    default: throw damaged()
    }
  }

  private func bytes(_ text: Str) throws(ExceptionObject) -> [UInt8] {
    guard text.byteCount % 2 == 0 else { throw damaged() }
    var bytes: [UInt8] = []
    for i in stride(from: 0, to: text.byteCount, by: 2) {
      guard let byte = UInt8(String(decoding: text.bytes.array(i, i + 2), as: UTF8.self), radix: 16) else {
        throw damaged()
      }
      bytes.append(byte)
    }
    return bytes
  }

  private mutating func dict(
    _ kind: SavedValue.DictKind, _ content: Value, attributes: Value?
  ) throws(ExceptionObject) -> Value {
    guard case .list(let pairs) = content else { throw damaged() }
    let (result, entries) = try SavedValue.makeDict(kind, vm)
    for pair in pairs.items {
      guard case .list(let pair) = pair, pair.count == 2 else { throw damaged() }
      try entries.set(value(pair[0]), value(pair[1]), vm)
    }
    if let attributes {
      guard let attributes = attributes.asDict else { throw damaged() }
      var position = 0
      while let (key, item) = attributes.next(&position) {
        guard let name = key.string else { throw damaged() }
        try vm.setAttribute(result, Symbol(name), value(item))
      }
    }
    return result
  }

  private mutating func tensor(_ dict: Dict, named value: Value) throws(ExceptionObject) -> Tensor {
    guard let name = value.string, let entry = file.entries.first(where: { $0.name == name }) else { throw damaged() }
    func flag(_ name: String) -> Bool { if case .bool(true)? = dict.get(Str(name)) { true } else { false } }
    let (requiresGrad, isParameter) = (flag("requires_grad"), flag("parameter"))
    let key = "\(requiresGrad) \(isParameter) \(name)"
    if let known = made[key] { return known }
    var tensor = try tensor(entry, requiresGrad: requiresGrad && !isParameter)
    if isParameter { tensor = try ParameterType.make(tensor, requiresGrad: requiresGrad) }
    made[key] = tensor
    return tensor
  }
}
