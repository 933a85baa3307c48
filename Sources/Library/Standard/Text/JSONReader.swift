import Runtime

/// `loads`.
struct JSONReader {
  private let text: Str
  private let bytes: [UInt8]
  private var i = 0
  private let hasUniqueKeys: Bool
  private let hooks: JSONHooks
  private let vm: VM

  /// `hasUniqueKeys`: an object that has a key twice is an error.
  static func read(
    _ text: Str, hasUniqueKeys: Bool = false, hooks: JSONHooks = JSONHooks(), _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var reader = JSONReader(text: text, hasUniqueKeys: hasUniqueKeys, hooks: hooks, vm: vm)
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.i < reader.bytes.count { throw reader.error("Extra data", reader.i) }
    return value
  }

  /// The value that begins at a code point, and the code point behind it.
  static func scan(
    _ text: Str, from start: Int, hooks: JSONHooks, _ vm: VM
  ) throws(ExceptionObject) -> (Value, Int) {
    var reader = JSONReader(text: text, hasUniqueKeys: false, hooks: hooks, vm: vm)
    reader.i = text.offset(min(start, text.count))
    let value = try reader.value(depth: 0)
    return (value, text.point(reader.i))
  }

  private init(text: Str, hasUniqueKeys: Bool, hooks: JSONHooks, vm: VM) {
    self.hasUniqueKeys = hasUniqueKeys
    self.hooks = hooks
    self.text = text
    self.bytes = Array(text.bytes)
    self.vm = vm
  }

  private func error(_ message: String, _ at: Int) -> ExceptionObject {
    JSONModule.error(message, in: text, at: text.point(min(at, bytes.count)))
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
    case UInt8(ascii: "N") where take("NaN"): return try constant("NaN", .nan)
    case UInt8(ascii: "I") where take("Infinity"): return try constant("Infinity", .infinity)
    case UInt8(ascii: "-") where take("-Infinity"): return try constant("-Infinity", -.infinity)
    default: return try number()
    }
  }

  private func constant(_ name: String, _ value: Double) throws(ExceptionObject) -> Value {
    guard let hook = hooks.constant else { return .float(value) }
    return try vm.call(hook, [.text(name)])
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
    if let hook = isFloat ? hooks.float : hooks.int { return try vm.call(hook, [.str(part)]) }
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
      if b < 0x20, hooks.isStrict { throw error("Invalid control character at", i) }
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
    var pairs: [Value] = []
    skipSpace()
    if i < bytes.count, bytes[i] == UInt8(ascii: "}") {
      i += 1
      return try finished(dict, pairs)
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
      let item = try value(depth: depth + 1)
      if hooks.pairs == nil { dict.set(key, item) } else { pairs.append(.makeTuple([.str(key), item])) }
      skipSpace()
      guard i < bytes.count else { throw error("Expecting ',' delimiter", i) }
      if bytes[i] == UInt8(ascii: "}") {
        i += 1
        return try finished(dict, pairs)
      }
      guard bytes[i] == UInt8(ascii: ",") else { throw error("Expecting ',' delimiter", i) }
      i += 1
    }
  }
  /// What an object becomes.
  private func finished(_ dict: Dict, _ pairs: [Value]) throws(ExceptionObject) -> Value {
    if let hook = hooks.pairs { return try vm.call(hook, [.makeList(pairs)]) }
    if let hook = hooks.object { return try vm.call(hook, [.dict(dict)]) }
    return .dict(dict)
  }
}
