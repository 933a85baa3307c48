import Tensor

/// `format(value, spec)` for the built-in types.
package enum Formatting {
  /// `typeName` is what messages call the value's type.
  package static func str(_ text: Str, _ spec: String, typeName: String = "str") throws(ExceptionObject) -> String {
    if spec.isEmpty { return text.string }
    let spec = try FormatSpec(spec, typeName: "str")
    if let type = spec.type, type != "s" { throw unknown(type, typeName) }
    if let grouping = spec.grouping {
      throw .value("Cannot specify '\(Character(Unicode.Scalar(grouping)))' with 's'.")
    }
    if let sign = spec.sign {
      throw .value("\(sign == UInt8(ascii: " ") ? "Space" : "Sign") not allowed in string format specifier")
    }
    if spec.coercesZero {
      throw .value("Negative zero coercion (z) not allowed in string format specifier")
    }
    if spec.alternate { throw .value("Alternate form (#) not allowed in string format specifier") }
    if spec.align == UInt8(ascii: "=") { throw .value("'=' alignment not allowed in string format specifier") }
    var shown = text
    if let precision = spec.precision, precision < text.count { shown = text.slice(0, precision) }
    return try pad(Array(shown.bytes), count: shown.count, spec, defaultAlign: UInt8(ascii: "<"))
  }

  package static func int(_ value: Integer, _ spec: String, typeName: String = "int") throws(ExceptionObject) -> String
  {
    if spec.isEmpty { return try IntText.decimal(value) }
    let parsed = try FormatSpec(spec, typeName: typeName)
    switch parsed.type {
    case nil, "d", "n", "b", "o", "x", "X", "c": return try int(value, parsed)
    case "e", "E", "f", "F", "g", "G", "%": return try float(NumberParsing.double(value), parsed, typeName: typeName)
    case let type?: throw unknown(type, typeName)
    }
  }

  private static func int(_ value: Integer, _ spec: FormatSpec) throws(ExceptionObject) -> String {
    if spec.precision != nil { throw .value("Precision not allowed in integer format specifier") }
    if spec.coercesZero {
      throw .value("Negative zero coercion (z) not allowed in integer format specifier")
    }
    if spec.type == "c" {
      if spec.sign != nil { throw .value("Sign not allowed with integer format specifier 'c'") }
      if spec.alternate { throw .value("Alternate form (#) not allowed with integer format specifier 'c'") }
      guard case .small(let code) = value, (0..<0x110000).contains(code) else {
        throw .overflow("%c arg not in range(0x110000)")
      }
      guard let scalar = Unicode.Scalar(UInt32(code)) else { throw surrogate(code) }
      return try pad(Array(UTF8.encode(scalar)!), count: 1, spec, defaultAlign: UInt8(ascii: ">"))
    }
    var prefix = ""
    var radix = 10
    switch spec.type {
    case "b": (radix, prefix) = (2, "0b")
    case "o": (radix, prefix) = (8, "0o")
    case "x": (radix, prefix) = (16, "0x")
    case "X": (radix, prefix) = (16, "0X")
    default: break
    }
    let digits = try IntText.digits(value, radix: radix, upper: spec.type == "X")
    return try number(
      negative: IntText.isNegative(value), prefix: spec.alternate ? Array(prefix.utf8) : [], whole: Array(digits.utf8),
      rest: [], spec, groupSize: radix == 10 ? 3 : 4)
  }

  package static func float(
    _ value: Double, _ spec: String, typeName: String = "float"
  ) throws(ExceptionObject) -> String {
    if spec.isEmpty { return FloatText.repr(value) }
    return try float(value, FormatSpec(spec, typeName: typeName), typeName: typeName)
  }

  private static func float(
    _ value: Double, _ spec: FormatSpec, typeName: String
  ) throws(ExceptionObject) -> String {
    var number = value
    var style = UInt8(ascii: "r")
    var precision = spec.precision
    switch spec.type {
    case nil:
      if precision != nil { style = UInt8(ascii: "g") }
    case "n": style = UInt8(ascii: "g")
    case "%":
      style = UInt8(ascii: "f")
      number *= 100
    case "e", "E", "f", "F", "g", "G": style = UInt8(spec.type!.value)
    case let type?: throw unknown(type, typeName)
    }
    if precision == nil { precision = 6 }
    var text = try FloatText.styled(
      number, style: style, precision: precision!, alternate: spec.alternate, addPoint: spec.type == nil)
    // The alternate form has a point everywhere, also before the exponent of a whole number.
    if spec.alternate && style == UInt8(ascii: "r"), let e = text.firstIndex(of: UInt8(ascii: "e")),
      !text[..<e].contains(UInt8(ascii: "."))
    {
      text.insert(UInt8(ascii: "."), at: e)
    }
    var negative = false
    if text.first == 0x2D {
      negative = true
      text.removeFirst()
    }
    if spec.coercesZero && negative && text.allSatisfy({ !(0x31...0x39).contains($0) }) && value.isFinite {
      negative = false
    }
    if spec.type == "%" { text.append(UInt8(ascii: "%")) }
    let wholeCount = text.firstIndex { !(0x30...0x39).contains($0) } ?? text.count
    return try self.number(
      negative: negative, prefix: [], whole: Array(text[..<wholeCount]), rest: Array(text[wholeCount...]), spec,
      groupSize: 3)
  }

  /// Sign, prefix, grouped whole part and the rest, padded.
  private static func number(
    negative: Bool, prefix: [UInt8], whole: [UInt8], rest: [UInt8], _ spec: FormatSpec, groupSize: Int
  ) throws(ExceptionObject) -> String {
    var head: [UInt8] = []
    if negative {
      head.append(0x2D)
    } else if let sign = spec.sign, sign != UInt8(ascii: "-") {
      head.append(sign)
    }
    head += prefix
    let padsInside = spec.align == UInt8(ascii: "=")
    var body = whole
    if let mark = spec.grouping {
      // Zeros that fill the width are grouped with the digits.
      let minimum = padsInside && spec.fill == "0" ? spec.width - head.count - rest.count : 0
      guard MemoryBudget.allows(Swift.max(minimum, 0)) else { throw .memory() }
      body = group(whole, mark: mark, size: groupSize, minimum: minimum)
    }
    body += rest
    guard padsInside else {
      return try pad(head + body, count: head.count + body.count, spec, defaultAlign: UInt8(ascii: ">"))
    }
    let missing = Swift.max(spec.width - head.count - body.count, 0)
    guard MemoryBudget.allows(missing * 4) else { throw .memory() }
    var out = head
    let fill = Array(UTF8.encode(spec.fill)!)
    for _ in 0..<missing { out += fill }
    out += body
    return String(decoding: out, as: UTF8.self)
  }

  /// Digits with a mark between groups, extended with zeros to at least `minimum` characters.
  private static func group(_ digits: [UInt8], mark: UInt8, size: Int, minimum: Int) -> [UInt8] {
    if digits.isEmpty { return digits }
    var reversed: [UInt8] = []
    var i = digits.count - 1
    var inGroup = 0
    while i >= 0 || reversed.count < minimum {
      if inGroup == size {
        reversed.append(mark)
        inGroup = 0
        // A mark never leads: where it would be the last character, a zero follows it.
      }
      reversed.append(i >= 0 ? digits[i] : 0x30)
      i -= 1
      inGroup += 1
    }
    return reversed.reversed()
  }

  private static func pad(
    _ bytes: [UInt8], count: Int, _ spec: FormatSpec, defaultAlign: UInt8
  ) throws(ExceptionObject) -> String {
    let missing = spec.width - count
    if missing <= 0 { return String(decoding: bytes, as: UTF8.self) }
    guard missing < Int.max / 8, MemoryBudget.allows(missing * 4) else { throw .memory() }
    var left = 0
    switch spec.align ?? defaultAlign {
    case UInt8(ascii: ">"): left = missing
    case UInt8(ascii: "^"): left = missing / 2
    default: left = 0
    }
    let fill = Array(UTF8.encode(spec.fill)!)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + missing * fill.count)
    for _ in 0..<left { out += fill }
    out += bytes
    for _ in 0..<(missing - left) { out += fill }
    return String(decoding: out, as: UTF8.self)
  }

  static func unknown(_ type: Unicode.Scalar, _ typeName: String) -> ExceptionObject {
    if type.value > 32 && type.value < 128 {
      return .value("Unknown format code '\(type)' for object of type '\(typeName)'")
    }
    return .value("Unknown format code '\\x\(String(type.value, radix: 16))' for object of type '\(typeName)'")
  }

  /// Strings are UTF-8, which has no lone surrogates.
  static func surrogate(_ code: Int) -> ExceptionObject {
    .value("surrogate code points such as \\u\(String(code, radix: 16)) are not available in tnb")
  }
}
