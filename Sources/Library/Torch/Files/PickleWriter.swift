import BigInt
import Files
import Runtime
import Tensor

/// Writes the `data.pkl` of a PyTorch archive: what `torch.save` writes, in pickle's protocol 2.
struct PickleWriter {
  private(set) var bytes: [UInt8] = [0x80, 2]
  /// The storages that tensors refer to; the key of one is its index.
  private(set) var storages: [(storage: Storage, dtype: DType)] = []
  private var storageKeys: [ObjectIdentifier: Int] = [:]
  /// Places in the memo: of objects, and of the words that tensors repeat.
  private var objects: [ObjectIdentifier: Int] = [:]
  private var words: [String: Int] = [:]
  private var memoCount = 0
  private let vm: VM

  init(_ value: Value, _ vm: VM) throws(ExceptionObject) {
    self.vm = vm
    try write(value, [])
    bytes.append(UInt8(ascii: "."))
  }

  // MARK: Opcodes

  private mutating func op(_ letter: Character) { bytes.append(letter.asciiValue!) }

  /// Keeps the value on top of the stack for later.
  private mutating func remember() -> Int {
    let place = memoCount
    memoCount += 1
    if place < 256 {
      op("q")
      bytes.append(UInt8(place))
    } else {
      op("r")
      bytes.append(place, 4)
    }
    return place
  }

  private mutating func recall(_ place: Int) {
    if place < 256 {
      op("h")
      bytes.append(UInt8(place))
    } else {
      op("j")
      bytes.append(place, 4)
    }
  }

  /// A class or a function by its name.
  private mutating func global(_ module: String, _ name: String) {
    let word = "\(module)\n\(name)\n"
    if let place = words[word] { return recall(place) }
    op("c")
    bytes += word.utf8
    words[word] = remember()
  }

  /// A word that is written often.
  private mutating func word(_ text: String) {
    if let place = words[text] { return recall(place) }
    string(Str(text))
    words[text] = remember()
  }

  private mutating func string(_ text: Str) {
    op("X")
    bytes.append(text.byteCount, 4)
    bytes += text.bytes
  }

  private mutating func integer(_ value: Integer) {
    switch value {
    case .small(let i):
      if let byte = UInt8(exactly: i) {
        op("K")
        bytes.append(byte)
      } else if let short = UInt16(exactly: i) {
        op("M")
        bytes.append(short, 2)
      } else if let word = Int32(exactly: i) {
        op("J")
        bytes.append(word, 4)
      } else {
        long((0..<8).map { UInt8(truncatingIfNeeded: i >> (8 * $0)) })
      }
    case .big(let big):
      // Two's complement, the lowest byte first, with room for the sign.
      let size = big.magnitude.bitWidth / 8 + 1
      let words = (big.sign == .minus ? (BigInt(1) << (8 * size)) + big : big).magnitude.words
      long((0..<size).map { k in k / 8 < words.count ? UInt8(words[k / 8] >> UInt(8 * (k % 8)) & 0xFF) : 0 })
    }
  }

  private mutating func long(_ number: [UInt8]) {
    if number.count < 256 {
      bytes += [0x8A, UInt8(number.count)]
    } else {
      bytes.append(0x8B)
      bytes.append(number.count, 4)
    }
    bytes += number
  }

  private mutating func emptyOrderedDict() {
    global("collections", "OrderedDict")
    op(")")
    op("R")
  }

  // MARK: Values

  private mutating func write(_ value: Value, _ path: [String]) throws(ExceptionObject) {
    if path.count > SavedValue.maximumDepth { throw SavedValue.tooDeep() }
    switch try SavedValue(value, at: path, vm) {
    case .none: op("N")
    case .bool(let b): bytes.append(b ? 0x88 : 0x89)
    case .integer(let i): integer(i)
    case .float(let d):
      op("G")
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(d.bitPattern >> UInt64(shift) & 0xFF)) }
    case .text(let s):
      if s.byteCount < 64 { word(s.string) } else { string(s) }
    case .bytes(let raw):
      global("_codecs", "encode")
      string(Str(raw.map { Unicode.Scalar($0) }))
      word("latin1")
      bytes.append(0x86)
      op("R")
    case .list(let list): try container(list) { (w) throws(ExceptionObject) in try w.list(list, path) }
    case .tuple(let tuple): try self.tuple(tuple, path)
    case .size(let size):
      global("torch", "Size")
      try tuple(size, path)
      bytes.append(0x85)
      op("R")
    case .set(let set):
      global("__builtin__", "set")
      op("]")
      try items(set.members, path)
      bytes.append(0x85)
      op("R")
    case .dict(let dict, let kind, let state):
      try container(value.object ?? dict) { (w) throws(ExceptionObject) in try w.dict(dict, kind, state, path) }
    case .tensor(let tensor): try self.tensor(tensor, path)
    case .dtype(let dtype): global("torch", dtype.name)
    case .device(let device):
      global("torch", "device")
      word(device.text)
      bytes.append(0x85)
      op("R")
    }
  }

  /// Writes a container once; the same one again refers to the first.
  private mutating func container(
    _ object: AnyObject, _ body: (inout PickleWriter) throws(ExceptionObject) -> Void
  ) throws(ExceptionObject) {
    if let place = objects[ObjectIdentifier(object)] { return recall(place) }
    try body(&self)
  }

  private mutating func list(_ list: List, _ path: [String]) throws(ExceptionObject) {
    op("]")
    objects[ObjectIdentifier(list)] = remember()
    try items(list.items, path)
  }

  private mutating func items(_ items: [Value], _ path: [String]) throws(ExceptionObject) {
    guard !items.isEmpty else { return }
    op("(")
    for (i, item) in items.enumerated() { try write(item, path + [String(i)]) }
    op("e")
  }

  private mutating func tuple(_ tuple: Tuple, _ path: [String]) throws(ExceptionObject) {
    let items = tuple.items
    if items.isEmpty { return op(")") }
    if items.count > 3 { op("(") }
    for (i, item) in items.enumerated() { try write(item, path + [String(i)]) }
    bytes.append(items.count > 3 ? UInt8(ascii: "t") : 0x84 + UInt8(items.count))
  }

  private mutating func dict(
    _ dict: Dict, _ kind: SavedValue.DictKind, _ state: [(Symbol, Value)], _ path: [String]
  ) throws(ExceptionObject) {
    let object = kind == .counter ? nil : dict
    switch kind {
    case .plain: op("}")
    case .ordered: emptyOrderedDict()
    case .counter:
      global("collections", "Counter")
      op("}")
    }
    if let object { objects[ObjectIdentifier(object)] = remember() }
    if dict.count > 0 {
      op("(")
      var position = 0
      while let (key, item) = dict.next(&position) {
        let name = (try? vm.repr(key)) ?? "?"
        try write(key, path + ["key \(name)"])
        try write(item, path + [name])
      }
      op("u")
    }
    if kind == .counter {
      bytes.append(0x85)
      op("R")
    }
    if kind == .ordered, !state.isEmpty {
      op("}")
      op("(")
      for (name, item) in state {
        word(name.text)
        try write(item, path + [name.text])
      }
      op("u")
      op("b")
    }
  }

  private mutating func tensor(_ tensor: Tensor, _ path: [String]) throws(ExceptionObject) {
    let attachment = tensor.attachment as? TensorAttachment
    let isParameter = attachment?.type === ParameterType.type
    if let place = objects[ObjectIdentifier(tensor)] { return recall(place) }
    if isParameter {
      global("torch._utils", "_rebuild_parameter")
      op("(")
    }
    try rebuild(tensor, requiresGrad: !isParameter && tensor.requiresGrad)
    if isParameter {
      bytes.append(tensor.requiresGrad ? 0x88 : 0x89)
      emptyOrderedDict()
      op("t")
      op("R")
    }
    objects[ObjectIdentifier(tensor)] = remember()
  }

  private mutating func rebuild(_ tensor: Tensor, requiresGrad: Bool) throws(ExceptionObject) {
    let root = tensor.storage.root
    let key: Int
    if let known = storageKeys[ObjectIdentifier(root)] {
      guard storages[known].dtype == tensor.dtype else {
        throw .runtime(
          "Cannot save multiple tensors or storages that view the same data as different types")
      }
      key = known
    } else {
      key = storages.count
      storages.append((root, tensor.dtype))
      storageKeys[ObjectIdentifier(root)] = key
    }
    global("torch._utils", "_rebuild_tensor_v2")
    op("(")
    op("(")
    word("storage")
    global("torch", tensor.dtype.storageName)
    word(String(key))
    word("cpu")
    integer(.small(root.byteCount / tensor.dtype.size))
    op("t")
    op("Q")
    integer(.small(tensor.offset))
    dimensions(tensor.shape)
    dimensions(tensor.strides)
    bytes.append(requiresGrad ? 0x88 : 0x89)
    emptyOrderedDict()
    op("t")
    op("R")
  }

  private mutating func dimensions(_ dims: Dims) {
    if dims.isEmpty { return op(")") }
    if dims.count > 3 { op("(") }
    for size in dims { integer(.small(size)) }
    bytes.append(dims.count > 3 ? UInt8(ascii: "t") : 0x84 + UInt8(dims.count))
  }
}

extension DType {
  /// `FloatStorage`, as PyTorch's files name it.
  var storageName: String { scalarTypeName + "Storage" }
}
