import CJansson
import Notebook

/// A JSON value. Objects keep the order of their members.
enum JSON: Equatable {
  case null
  case bool(Bool)
  case int(Int)
  case real(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Equatable {
    var key: String
    var value: JSON

    init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The value of a member; nil also where this is no object.
  subscript(key: String) -> JSON? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.last { $0.key == key }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      members.removeAll { $0.key == key }
      if let newValue { members.append(Member(key, newValue)) }
      self = .object(members)
    }
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var int: Int? { if case .int(let number) = self { number } else { nil } }
  var array: [JSON]? { if case .array(let items) = self { items } else { nil } }
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}

extension JSON {
  /// Reads a text. Throws with the line of the first mistake.
  static func parse(_ bytes: [UInt8], path: String) throws(NotebookError) -> JSON {
    var error = json_error_t()
    let flags = Int(JSON_DECODE_ANY | JSON_ALLOW_NUL)
    func load(_ bytes: [UInt8]) -> UnsafeMutablePointer<json_t>? {
      bytes.withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) { json_loadb($0.baseAddress, $0.count, flags, &error) }
      }
    }
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    var root = load(bytes)
    // Python writes these words, which JSON does not know.
    if root == nil, let corrected = withoutWordsForNumbers(bytes) { root = load(corrected) }
    guard let root else {
      let message = withUnsafeBytes(of: error.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw NotebookError(path: path, line: max(1, Int(error.line)), "this is no JSON: \(message)")
    }
    defer { json_decref(root) }
    return JSON(root)
  }

  /// `NaN`, `Infinity` and `-Infinity` outside strings as `null`; nil when there is none.
  private static func withoutWordsForNumbers(_ bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var inString = false
    var found = false
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      if inString {
        if byte == UInt8(ascii: "\\"), i + 1 < bytes.count {
          result.append(byte)
          i += 1
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
      } else if byte == UInt8(ascii: "\"") {
        inString = true
      } else if let word = ["-Infinity", "Infinity", "NaN"].first(where: { bytes[i...].starts(with: $0.utf8) }) {
        result += "null".utf8
        i += word.utf8.count
        found = true
        continue
      }
      result.append(bytes[i])
      i += 1
    }
    return found ? result : nil
  }

  /// jansson refuses text that is nested more than 2048 levels deep, so recursion ends.
  private init(_ value: UnsafeMutablePointer<json_t>?) {
    switch Int(tnb_json_type(value)) {
    case Int(JSON_OBJECT.rawValue):
      var members: [Member] = []
      members.reserveCapacity(json_object_size(value))
      var iterator = json_object_iter(value)
      while let current = iterator {
        members.append(Member(String(cString: json_object_iter_key(current)), JSON(json_object_iter_value(current))))
        iterator = json_object_iter_next(value, current)
      }
      self = .object(members)
    case Int(JSON_ARRAY.rawValue):
      self = .array((0..<json_array_size(value)).map { JSON(json_array_get(value, $0)) })
    case Int(JSON_STRING.rawValue):
      let bytes = UnsafeRawBufferPointer(start: json_string_value(value), count: json_string_length(value))
      self = .string(String(decoding: bytes, as: UTF8.self))
    case Int(JSON_INTEGER.rawValue): self = .int(Int(json_integer_value(value)))
    case Int(JSON_REAL.rawValue): self = .real(json_real_value(value))
    case Int(JSON_TRUE.rawValue): self = .bool(true)
    case Int(JSON_FALSE.rawValue): self = .bool(false)
    default: self = .null
    }
  }

  private func made() -> UnsafeMutablePointer<json_t>? {
    switch self {
    case .null: return json_null()
    case .bool(let value): return value ? json_true() : json_false()
    case .int(let value): return json_integer(json_int_t(value))
    case .real(let value): return json_real(value) ?? json_null()
    case .string(""): return json_string("")
    case .string(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { json_stringn($0.baseAddress, $0.count) }
      }
    case .array(let items):
      let array = json_array()
      for item in items { json_array_append_new(array, item.made()) }
      return array
    case .object(let members):
      let object = json_object()
      for member in members { json_object_set_new(object, member.key, member.value.made()) }
      return object
    }
  }

  /// The text as Jupyter writes it: one space of indentation, keys in order, UTF-8.
  func text() -> [UInt8] { dump(Int(JSON_SORT_KEYS | 1)) + [UInt8(ascii: "\n")] }

  /// The text on one line, without spaces.
  func compactText() -> String { String(decoding: dump(Int(JSON_COMPACT)), as: UTF8.self) }

  private func dump(_ flags: Int) -> [UInt8] {
    let value = made()
    defer { json_decref(value) }
    let flags = flags | Int(JSON_ENCODE_ANY)
    let count = json_dumpb(value, nil, 0, flags)
    var bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      buffer.withMemoryRebound(to: CChar.self) { filled = json_dumpb(value, $0.baseAddress, $0.count, flags) }
    }
    // `\u001b` in small letters, as Python writes it: a notebook that Jupyter saves again is the same file.
    var i = 0
    while i + 5 < bytes.count {
      if bytes[i] == UInt8(ascii: "\\") {
        if bytes[i + 1] == UInt8(ascii: "u") { for k in (i + 2)...(i + 5) where bytes[k] >= 0x41 { bytes[k] |= 0x20 } }
        i += 1
      }
      i += 1
    }
    return bytes
  }
}
