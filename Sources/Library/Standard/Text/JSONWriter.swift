import Runtime
import Tensor

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
  private let checksCircles: Bool
  /// The containers that are being written.
  private var open: Set<ObjectIdentifier> = []
  private var depth = 0

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
    checksCircles = true
  }

  /// The options are the arguments behind the value.
  init(_ args: Arguments, _ vm: VM) throws(ExceptionObject) {
    self.vm = vm
    skipKeys = try vm.isTrue(args[1])
    ascii = try vm.isTrue(args[2])
    checksCircles = try vm.isTrue(args[3])
    allowNaN = try vm.isTrue(args[4])
    if let given = args.given(5) {
      if let text = given.string {
        indent = text
      } else {
        indent = String(repeating: " ", count: min(max(try vm.int(given), 0), 1000))
      }
    } else {
      indent = nil
    }
    var separators = (indent == nil ? ", " : ",", ": ")
    if let given = args.given(6) {
      let pair = try vm.items(given).map(\.string)
      guard pair.count == 2, let item = pair[0], let key = pair[1] else {
        throw .type("separators must be two strings")
      }
      separators = (item, key)
    }
    (itemSeparator, keySeparator) = separators
    fallback = args.given(7)
    sortKeys = try vm.isTrue(args[8])
  }

  mutating func write(_ value: Value, level: Int) throws(ExceptionObject) {
    try Interrupts.check()
    depth += 1
    defer { depth -= 1 }
    if depth > 900 {
      throw .make(Types.recursionError, "maximum recursion depth exceeded while encoding a JSON object")
    }
    switch vm.plain(value) {
    case .none: out += "null"
    case .bool(let b): out += b ? "true" : "false"
    case .int(let i): out += String(i)
    case .float(let d): out += try number(d)
    case .str(let s): out += quote(s)
    case .list(let list): try within(list) { (writer) throws(ExceptionObject) in try writer.array(list.items, level) }
    case .tuple(let tuple):
      try within(tuple) { (writer) throws(ExceptionObject) in try writer.array(tuple.items, level) }
    case .dict(let dict): try within(dict) { (writer) throws(ExceptionObject) in try writer.object(dict, level) }
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
      let replacement = try vm.call(fallback, [value])
      guard let object = value.object else { return try write(replacement, level: level) }
      try within(object) { (writer) throws(ExceptionObject) in try writer.write(replacement, level: level) }
    }
  }

  /// Writes what is inside of an object, which must not be inside of itself.
  private mutating func within(
    _ object: Object, _ body: (inout JSONWriter) throws(ExceptionObject) -> Void
  ) throws(ExceptionObject) {
    guard checksCircles else { return try body(&self) }
    guard open.insert(ObjectIdentifier(object)).inserted else { throw .value("Circular reference detected") }
    try body(&self)
    open.remove(ObjectIdentifier(object))
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
        if scalar.value < 0x20 || (ascii && scalar.value >= 0x7F) {
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
