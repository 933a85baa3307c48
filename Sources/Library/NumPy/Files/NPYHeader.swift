import Runtime
import Tensor

/// The head of an `.npy` file: element type, order and shape, written as a dict of Python.
struct NPYHeader {
  var kind: ElementKind
  var isFortranOrder: Bool
  var shape: [Int]

  /// What elements are in the file.
  enum ElementKind: Equatable {
    /// A number of a type that tnb has, its bytes reversed or not.
    case number(DType, isSwapped: Bool)
    /// Text of so many characters.
    case text(Int, isSwapped: Bool)

    var size: Int {
      switch self {
      case .number(let dtype, _): dtype.size
      case .text(let count, _): count * 4
      }
    }
  }

  /// How many elements; nil where that is no Int.
  var count: Int? {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      count = product
    }
    return count
  }

  // MARK: Writing

  /// The magic, the version and the header, padded as NumPy pads it.
  var bytes: [UInt8] {
    let descr: String
    switch kind {
    case .number(let dtype, _):
      let letter = dtype == .bool ? "b" : dtype == .uint8 ? "u" : dtype.isFloating ? "f" : "i"
      descr = (dtype.size == 1 ? "|" : "<") + letter + String(dtype.size)
    case .text(let count, _): descr = "<U\(count)"
    }
    var text = "{'descr': '\(descr)', 'fortran_order': \(isFortranOrder ? "True" : "False"), "
    text += "'shape': \(NumPyArray.pythonTuple(shape)), }"
    // Room for the first dimension to grow.
    if let axis = isFortranOrder ? shape.last : shape.first {
      text += String(repeating: " ", count: max(0, 21 - String(axis).utf8.count))
    }
    let length = text.utf8.count + 1
    let padding = 64 - (10 + length) % 64
    text += String(repeating: " ", count: padding) + "\n"
    var bytes = NPYHeader.magic + [1, 0]
    bytes.append(UInt8(text.utf8.count & 0xFF))
    bytes.append(UInt8(text.utf8.count >> 8))
    return bytes + text.utf8
  }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  // MARK: Reading

  /// Reads it from a stream that stands behind the magic.
  static func read(_ stream: ByteStream, _ vm: VM) throws(ExceptionObject) -> NPYHeader {
    let version = try exactly(2, of: stream, "magic string", already: 6, vm)
    guard (1...3).contains(version[0]), version[1] == 0 else {
      throw .value(
        "we only support format version (1,0), (2,0), and (3,0), not (\(version[0]), \(version[1]))")
    }
    let lengthBytes = try exactly(version[0] == 1 ? 2 : 4, of: stream, "array header length", vm)
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    // As NumPy, which takes no longer one from a stranger.
    guard length <= 10_000 else {
      throw .value(
        "Header info length (\(length)) is large and may not be safe to load securely: it is no header that np.save writes"
      )
    }
    return try parse(exactly(length, of: stream, "array header", vm))
  }

  static func exactly(
    _ count: Int, of stream: ByteStream, _ what: String, already: Int = 0, _ vm: VM
  ) throws(ExceptionObject) -> [UInt8] {
    let bytes = try stream.read(count, vm)
    guard bytes.count == count else {
      throw .value("EOF: reading \(what), expected \(count + already) bytes got \(bytes.count + already)")
    }
    return bytes
  }

  static func parse(_ bytes: [UInt8]) throws(ExceptionObject) -> NPYHeader {
    var parser = NPYLiteral(bytes)
    guard let entries = parser.dict() else {
      throw .value("Cannot parse header: \(StrMethods.repr(Str(String(decoding: bytes.prefix(200), as: UTF8.self))))")
    }
    guard entries.keys.sorted() == ["descr", "fortran_order", "shape"] else {
      let keys = entries.keys.sorted().map { StrMethods.repr(Str($0)) }.joined(separator: ", ")
      throw .value("Header does not contain the correct keys: [\(keys)]")
    }
    guard case .tuple(let shape)? = entries["shape"], shape.allSatisfy({ $0 >= 0 }) else {
      throw .value("shape is not valid: \(entries["shape"]!.text)")
    }
    guard case .bool(let order)? = entries["fortran_order"] else {
      throw .value("fortran_order is not a valid bool: \(entries["fortran_order"]!.text)")
    }
    guard case .string(let descr)? = entries["descr"] else {
      throw .notImplemented("arrays with named fields are not available in tnb (dtype \(entries["descr"]!.text))")
    }
    guard shape.count <= Dims.capacity else {
      throw .value("arrays of more than \(Dims.capacity) dimensions are not available in tnb")
    }
    return NPYHeader(kind: try kind(descr), isFortranOrder: order, shape: shape)
  }

  private static func kind(_ descr: String) throws(ExceptionObject) -> ElementKind {
    let text = Array(descr.utf8)
    guard text.count >= 2, let order = "<>|=".utf8.firstIndex(of: text[0]).map({ _ in text[0] }),
      let size = Int(String(decoding: text[2...], as: UTF8.self)) ?? (text.count == 2 ? 0 : nil), size >= 0
    else { throw .value("descr is not a valid dtype descriptor: '\(descr)'") }
    let isSwapped = order == UInt8(ascii: ">")
    switch (text[1], size) {
    case (UInt8(ascii: "O"), _): throw .value("Object arrays cannot be loaded when allow_pickle=False")
    case (UInt8(ascii: "b"), 1): return .number(.bool, isSwapped: false)
    case (UInt8(ascii: "u"), 1): return .number(.uint8, isSwapped: false)
    case (UInt8(ascii: "i"), 1): return .number(.int8, isSwapped: false)
    case (UInt8(ascii: "i"), 2): return .number(.int16, isSwapped: isSwapped)
    case (UInt8(ascii: "i"), 4): return .number(.int32, isSwapped: isSwapped)
    case (UInt8(ascii: "i"), 8): return .number(.int64, isSwapped: isSwapped)
    case (UInt8(ascii: "f"), 2): return .number(.float16, isSwapped: isSwapped)
    case (UInt8(ascii: "f"), 4): return .number(.float32, isSwapped: isSwapped)
    case (UInt8(ascii: "f"), 8): return .number(.float64, isSwapped: isSwapped)
    case (UInt8(ascii: "U"), 0...(1 << 28)): return .text(size, isSwapped: isSwapped)
    case (UInt8(ascii: "u"), 2), (UInt8(ascii: "u"), 4), (UInt8(ascii: "u"), 8), (UInt8(ascii: "c"), 8),
      (UInt8(ascii: "c"), 16), (UInt8(ascii: "f"), 16), (UInt8(ascii: "S"), _), (UInt8(ascii: "V"), _),
      (UInt8(ascii: "M"), _), (UInt8(ascii: "m"), _):
      throw .notImplemented("arrays of dtype '\(descr)' are not available in tnb")
    default: throw .value("descr is not a valid dtype descriptor: '\(descr)'")
    }
  }
}

/// The little of Python's literals that a header has: a dict of strings, bools and tuples of ints.
struct NPYLiteral {
  enum Value {
    case string(String)
    case bool(Bool)
    case tuple([Int])
    /// Something else, as it is written.
    case other(String)

    var text: String {
      switch self {
      case .string(let text): "'\(text)'"
      case .bool(let flag): flag ? "True" : "False"
      case .tuple(let items): NumPyArray.pythonTuple(items)
      case .other(let text): text
      }
    }
  }

  private let bytes: [UInt8]
  private var i = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The whole text as a dict; nil where it is none, or has a key twice.
  mutating func dict() -> [String: Value]? {
    var entries: [String: Value] = [:]
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = string(), take(":"), let value = value() else { return nil }
      guard entries.updateValue(value, forKey: key) == nil else { return nil }
      if take(",") { continue }
      guard take("}") else { return nil }
      break
    }
    skipSpace()
    return i == bytes.count ? entries : nil
  }

  private mutating func skipSpace() {
    while i < bytes.count, bytes[i] == 0x20 || bytes[i] == 0x0A || bytes[i] == 0x09 || bytes[i] == 0x0D { i += 1 }
  }

  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    guard bytes[i...].starts(with: word.utf8) else { return false }
    i += word.utf8.count
    return true
  }

  private mutating func string() -> String? {
    skipSpace()
    guard i < bytes.count, bytes[i] == 0x27 || bytes[i] == 0x22 else { return nil }
    let quote = bytes[i]
    guard let end = bytes[(i + 1)...].firstIndex(of: quote), !bytes[(i + 1)..<end].contains(0x5C) else { return nil }
    defer { i = end + 1 }
    return String(decoding: bytes[(i + 1)..<end], as: UTF8.self)
  }

  private mutating func value() -> Value? {
    if let text = string() { return .string(text) }
    if take("True") { return .bool(true) }
    if take("False") { return .bool(false) }
    let start = i
    if let items = tuple() { return .tuple(items) }
    i = start
    return other()
  }

  private mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var items: [Int] = []
    var endsInComma = true
    while !take(")") {
      guard endsInComma, let item = integer() else { return nil }
      items.append(item)
      endsInComma = take(",")
    }
    // `(3)` is a number in brackets.
    return items.count == 1 && !endsInComma ? nil : items
  }

  private mutating func integer() -> Int? {
    skipSpace()
    let start = i
    if i < bytes.count, bytes[i] == UInt8(ascii: "-") { i += 1 }
    while i < bytes.count, (0x30...0x39).contains(bytes[i]) { i += 1 }
    // As Python 2 wrote them.
    defer { if i < bytes.count, bytes[i] == UInt8(ascii: "L") { i += 1 } }
    return Int(String(decoding: bytes[start..<i], as: UTF8.self))
  }

  /// What stands there up to the end of the entry, brackets in pairs.
  private mutating func other() -> Value? {
    skipSpace()
    let start = i
    var depth = 0
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return i > start ? .other(shown(start)) : nil }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return i > start ? .other(shown(start)) : nil
      default: break
      }
      i += 1
    }
    return nil
  }

  /// As Python shows it: a number in brackets has none.
  private func shown(_ start: Int) -> String {
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    if text.hasPrefix("("), text.hasSuffix(")"), Int(text.dropFirst().dropLast()) != nil {
      return String(text.dropFirst().dropLast())
    }
    return text
  }
}
