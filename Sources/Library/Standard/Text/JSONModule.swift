import Runtime
import Tensor

/// `json`.
enum JSONModule {
  static let decodeError = TypeObject(
    "JSONDecodeError", module: "json.decoder", bases: [Types.valueError], layout: .exception)

  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("json", "JSON text to values and back.")
    m.set("JSONDecodeError", decodeError)
    let options =
      "skipkeys=False, ensure_ascii=True, allow_nan=True, indent=None, separators=None, default=None, sort_keys=False"
    m.add("dumps(obj, *, \(options))", "The value as JSON text.") { (vm, args) throws(ExceptionObject) in
      var writer = try JSONWriter(args, first: 1, vm)
      try writer.write(args[0], level: 0)
      return .text(writer.out)
    }
    m.add("dump(obj, fp, *, \(options))", "Writes the value as JSON text to a file.") {
      (vm, args) throws(ExceptionObject) in
      var writer = try JSONWriter(args, first: 2, vm)
      try writer.write(args[0], level: 0)
      _ = try vm.callMethod(args[1], Symbol("write"), [.text(writer.out)])
      return .none
    }
    m.add("loads(s)", "The value that JSON text stands for.") { (vm, args) throws(ExceptionObject) in
      guard let text = try text(args[0]) else {
        throw .type("the JSON object must be str, bytes or bytearray, not \(vm.typeName(args[0]))")
      }
      return try JSONReader.read(text, vm)
    }
    m.add("load(fp)", "The value that a file's JSON text stands for.") { (vm, args) throws(ExceptionObject) in
      let contents = try vm.callMethod(args[0], Symbol("read"))
      guard let text = try text(contents) else {
        throw .type("the JSON object must be str, bytes or bytearray, not \(vm.typeName(contents))")
      }
      return try JSONReader.read(text, vm)
    }
    return m.module
  }
}

extension JSONModule {
  /// Text, or bytes in the encoding that they show; nil for other values.
  private static func text(_ value: Value) throws(ExceptionObject) -> Str? {
    if let text = value.asStr {
      if text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        throw .make(decodeError, "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)")
      }
      return text
    }
    guard let bytes = value.asBytes?.bytes else { return nil }
    let encoding =
      bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      ? "utf-16"
      : bytes.count > 1 && bytes[0] == 0 ? "utf-16-be" : bytes.count > 1 && bytes[1] == 0 ? "utf-16-le" : "utf-8-sig"
    return try TextCodec.decode(bytes, encoding, errors: "strict")
  }
}

/// `dumps`.
struct JSONWriter {
  var out = ""
  private let vm: VM
  private let skipKeys: Bool
  private let ascii: Bool
  private let allowNaN: Bool
  private let indent: String?
  private let itemSeparator: String
  private let keySeparator: String
  private let fallback: Value?
  private let sortKeys: Bool

  /// Compact, in UTF-8.
  static func compact(_ value: Value, _ vm: VM) throws(ExceptionObject) -> String {
    var writer = JSONWriter(compact: vm)
    try writer.write(value, level: 0)
    return writer.out
  }

  private init(compact vm: VM) {
    self.vm = vm
    skipKeys = false
    ascii = false
    allowNaN = false
    indent = nil
    (itemSeparator, keySeparator) = (",", ":")
    fallback = nil
    sortKeys = false
  }

  /// The options begin at argument `first`.
  init(_ args: Arguments, first: Int, _ vm: VM) throws(ExceptionObject) {
    self.vm = vm
    func flag(_ i: Int, _ standard: Bool) throws(ExceptionObject) -> Bool {
      args.has(first + i) ? try vm.isTrue(args[first + i]) : standard
    }
    skipKeys = try flag(0, false)
    ascii = try flag(1, true)
    allowNaN = try flag(2, true)
    if let given = args.given(first + 3) {
      if let text = given.string {
        indent = text
      } else {
        indent = String(repeating: " ", count: min(max(try vm.int(given), 0), 1000))
      }
    } else {
      indent = nil
    }
    var separators = (indent == nil ? ", " : ",", ": ")
    if let given = args.given(first + 4) {
      let pair = try vm.items(given).map(\.string)
      guard pair.count == 2, let item = pair[0], let key = pair[1] else {
        throw .type("separators must be two strings")
      }
      separators = (item, key)
    }
    (itemSeparator, keySeparator) = separators
    fallback = args.given(first + 5)
    sortKeys = try flag(6, false)
  }

  mutating func write(_ value: Value, level: Int) throws(ExceptionObject) {
    try Interrupts.check()
    if level > 900 {
      throw .make(Types.recursionError, "maximum recursion depth exceeded while encoding a JSON object")
    }
    switch vm.plain(value) {
    case .none: out += "null"
    case .bool(let b): out += b ? "true" : "false"
    case .int(let i): out += String(i)
    case .float(let d): out += try number(d)
    case .str(let s): out += quote(s)
    case .list(let list): try array(list.items, level)
    case .tuple(let tuple): try array(tuple.items, level)
    case .dict(let dict): try object(dict, level)
    case let plain:
      if let integer = plain.asInteger {
        out += try IntText.decimal(integer)
        return
      }
      // A float of NumPy's double precision is one of Python's as well.
      if case .object(let o) = plain, let scalar = o as? NumPyScalar, scalar.elementType == .float64 {
        out += try number(scalar.scalar.double)
        return
      }
      guard let fallback else {
        throw .type("Object of type \(vm.type(of: value).name) is not JSON serializable")
      }
      try write(vm.call(fallback, [value]), level: level + 1)
    }
  }

  private func number(_ d: Double) throws(ExceptionObject) -> String {
    if d.isFinite { return FloatText.repr(d) }
    if !allowNaN { throw .value("Out of range float values are not JSON compliant") }
    return d.isNaN ? "NaN" : d < 0 ? "-Infinity" : "Infinity"
  }

  private func quote(_ text: Str) -> String {
    var result = "\""
    for scalar in text.string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      default:
        if scalar.value < 0x20 || (ascii && scalar.value >= 0x7F && scalar.value != 0x7F) {
          for unit in UTF16.encode(scalar)! { result += escape(unit) }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private func escape(_ unit: UInt16) -> String {
    let hex = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
  }

  private func lineBreak(_ level: Int) -> String {
    guard let indent else { return "" }
    return "\n" + String(repeating: indent, count: level)
  }

  private mutating func array(_ items: [Value], _ level: Int) throws(ExceptionObject) {
    if items.isEmpty {
      out += "[]"
      return
    }
    out += "[" + lineBreak(level + 1)
    for (i, item) in items.enumerated() {
      if i > 0 { out += itemSeparator + lineBreak(level + 1) }
      try write(item, level: level + 1)
    }
    out += lineBreak(level) + "]"
  }

  private func key(_ value: Value) throws(ExceptionObject) -> String? {
    switch value {
    case .str(let s): return s.string
    case .none: return "null"
    case .bool(let b): return b ? "true" : "false"
    case .int(let i): return String(i)
    case .float(let d): return try number(d)
    default:
      if let text = value.asStr { return text.string }
      if let integer = value.asInteger { return try IntText.decimal(integer) }
      if skipKeys { return nil }
      throw .type("keys must be str, int, float, bool or None, not \(vm.typeName(value))")
    }
  }

  private mutating func object(_ dict: Dict, _ level: Int) throws(ExceptionObject) {
    var entries: [(String, Value)] = []
    var keys = dict.keys
    if sortKeys { keys = try Sorting.sort(keys, vm) }
    for k in keys {
      if let name = try key(k), let value = try dict.get(k, vm) { entries.append((name, value)) }
    }
    if entries.isEmpty {
      out += "{}"
      return
    }
    out += "{" + lineBreak(level + 1)
    for (i, (name, value)) in entries.enumerated() {
      if i > 0 { out += itemSeparator + lineBreak(level + 1) }
      out += quote(Str(name)) + keySeparator
      try write(value, level: level + 1)
    }
    out += lineBreak(level) + "}"
  }
}

/// `loads`.
struct JSONReader {
  private let text: Str
  private let bytes: [UInt8]
  private var i = 0
  private let hasUniqueKeys: Bool
  private let vm: VM

  /// `hasUniqueKeys`: an object that has a key twice is an error.
  static func read(_ text: Str, hasUniqueKeys: Bool = false, _ vm: VM) throws(ExceptionObject) -> Value {
    var reader = JSONReader(text: text, bytes: Array(text.bytes), hasUniqueKeys: hasUniqueKeys, vm: vm)
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.i < reader.bytes.count { throw reader.error("Extra data", reader.i) }
    return value
  }

  private init(text: Str, bytes: [UInt8], hasUniqueKeys: Bool, vm: VM) {
    self.hasUniqueKeys = hasUniqueKeys
    self.text = text
    self.bytes = bytes
    self.vm = vm
  }

  private func error(_ message: String, _ at: Int) -> ExceptionObject {
    var line = 1
    var start = 0
    for k in 0..<min(at, bytes.count) where bytes[k] == 0x0A {
      line += 1
      start = k + 1
    }
    let position = text.point(min(at, bytes.count))
    let column = position - text.point(start) + 1
    return .make(JSONModule.decodeError, "\(message): line \(line) column \(column) (char \(position))")
  }

  private mutating func skipSpace() {
    while i < bytes.count, bytes[i] == 0x20 || bytes[i] == 0x0A || bytes[i] == 0x0D || bytes[i] == 0x09 { i += 1 }
  }

  private mutating func take(_ word: String) -> Bool {
    guard bytes[i...].starts(with: word.utf8) else { return false }
    i += word.utf8.count
    return true
  }

  private mutating func value(depth: Int) throws(ExceptionObject) -> Value {
    try Interrupts.check()
    if depth > 900 {
      throw .make(Types.recursionError, "maximum recursion depth exceeded while decoding a JSON document")
    }
    guard i < bytes.count else { throw error("Expecting value", i) }
    switch bytes[i] {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .str(try string())
    case UInt8(ascii: "t") where take("true"): return .bool(true)
    case UInt8(ascii: "f") where take("false"): return .bool(false)
    case UInt8(ascii: "n") where take("null"): return .none
    case UInt8(ascii: "N") where take("NaN"): return .float(.nan)
    case UInt8(ascii: "I") where take("Infinity"): return .float(.infinity)
    case UInt8(ascii: "-") where take("-Infinity"): return .float(-.infinity)
    default: return try number()
    }
  }

  private mutating func number() throws(ExceptionObject) -> Value {
    let start = i
    func digit(_ at: Int) -> Bool { at < bytes.count && (0x30...0x39).contains(bytes[at]) }
    if bytes[i] == UInt8(ascii: "-") { i += 1 }
    guard digit(i) else {
      i = start
      throw error("Expecting value", start)
    }
    if bytes[i] == 0x30 { i += 1 } else { while digit(i) { i += 1 } }
    var isFloat = false
    if i < bytes.count, bytes[i] == UInt8(ascii: "."), digit(i + 1) {
      isFloat = true
      i += 1
      while digit(i) { i += 1 }
    }
    if i < bytes.count, bytes[i] | 0x20 == UInt8(ascii: "e") {
      var at = i + 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      if digit(at) {
        isFloat = true
        i = at
        while digit(i) { i += 1 }
      }
    }
    let part = Str(bytes: Array(bytes[start..<i]))
    if isFloat { return .float(NumberParsing.float(part) ?? 0) }
    return try NumberParsing.int(part, base: 10, shown: part.string)
  }

  private mutating func string() throws(ExceptionObject) -> Str {
    let begin = i
    i += 1
    var out: [UInt8] = []
    while true {
      guard i < bytes.count else { throw error("Unterminated string starting at", begin) }
      let b = bytes[i]
      if b == UInt8(ascii: "\"") {
        i += 1
        return Str(bytes: out)
      }
      if b < 0x20 { throw error("Invalid control character at", i) }
      if b != UInt8(ascii: "\\") {
        out.append(b)
        i += 1
        continue
      }
      guard i + 1 < bytes.count else { throw error("Unterminated string starting at", begin) }
      i += 2
      switch bytes[i - 1] {
      case UInt8(ascii: "\""): out.append(0x22)
      case UInt8(ascii: "\\"): out.append(0x5C)
      case UInt8(ascii: "/"): out.append(0x2F)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "u"): out += UTF8.encode(try escaped()).map { Array($0) } ?? []
      default: throw error("Invalid \\escape", i - 2)
      }
    }
  }

  /// The four digits after `\u`, and a second half where they are the first of a pair.
  private mutating func escaped() throws(ExceptionObject) -> Unicode.Scalar {
    let first = try hex4()
    if (0xD800..<0xDC00).contains(first), bytes[i...].starts(with: "\\u".utf8) {
      let mark = i
      i += 2
      let second = try hex4()
      if (0xDC00..<0xE000).contains(second) {
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
      }
      i = mark
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func hex4() throws(ExceptionObject) -> UInt32 {
    guard i + 4 <= bytes.count, let value = UInt32(String(decoding: bytes[i..<(i + 4)], as: UTF8.self), radix: 16)
    else {
      throw error("Invalid \\uXXXX escape", i - 1)
    }
    i += 4
    return value
  }

  private mutating func array(_ depth: Int) throws(ExceptionObject) -> Value {
    i += 1
    let list = List([])
    skipSpace()
    if i < bytes.count, bytes[i] == UInt8(ascii: "]") {
      i += 1
      return .list(list)
    }
    while true {
      skipSpace()
      list.append(try value(depth: depth + 1))
      skipSpace()
      guard i < bytes.count else { throw error("Expecting ',' delimiter", i) }
      if bytes[i] == UInt8(ascii: "]") {
        i += 1
        return .list(list)
      }
      guard bytes[i] == UInt8(ascii: ",") else { throw error("Expecting ',' delimiter", i) }
      i += 1
    }
  }

  private mutating func object(_ depth: Int) throws(ExceptionObject) -> Value {
    i += 1
    let dict = Dict()
    skipSpace()
    if i < bytes.count, bytes[i] == UInt8(ascii: "}") {
      i += 1
      return .dict(dict)
    }
    while true {
      skipSpace()
      guard i < bytes.count, bytes[i] == UInt8(ascii: "\"") else {
        throw error("Expecting property name enclosed in double quotes", i)
      }
      let place = i
      let key = try string()
      if hasUniqueKeys, dict.get(key) != nil { throw error("Duplicate key", place) }
      skipSpace()
      guard i < bytes.count, bytes[i] == UInt8(ascii: ":") else { throw error("Expecting ':' delimiter", i) }
      i += 1
      skipSpace()
      dict.set(key, try value(depth: depth + 1))
      skipSpace()
      guard i < bytes.count else { throw error("Expecting ',' delimiter", i) }
      if bytes[i] == UInt8(ascii: "}") {
        i += 1
        return .dict(dict)
      }
      guard bytes[i] == UInt8(ascii: ",") else { throw error("Expecting ',' delimiter", i) }
      i += 1
    }
  }
}
