import BigInt
import Language
import Tensor

/// `text % values`.
package enum PercentFormat {
  /// What one `%…` asks for.
  private struct Conversion {
    var key: Str?
    var leftAligned = false
    var sign: UInt8?
    var alternate = false
    var zeroPadded = false
    var width = 0
    var precision: Int?
    var letter: Unicode.Scalar = "s"
    /// Where the letter stands, in code points.
    var position = 0
  }

  /// Formats with a tuple of values, a mapping for `%(key)s`, or a single value.
  package static func format(_ text: Str, _ values: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    var state = State(text: text, values: values, vm: vm)
    return .str(Str(try state.run()))
  }

  /// `bytes % values`. Bytes go through the same code as the code points of their numbers.
  package static func format(_ bytes: BytesObject, _ values: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    let text = Str(bytes.bytes.map { Unicode.Scalar($0) }[...])
    var state = State(text: text, values: values, vm: vm, isBytes: true)
    let result = try state.run()
    return .object(BytesObject(result.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
  }

  private struct State {
    let scalars: [Unicode.Scalar]
    let values: Value
    let vm: VM
    let tuple: [Value]?
    let isBytes: Bool
    var next = 0
    var usedMapping = false
    var out = ""

    init(text: Str, values: Value, vm: VM, isBytes: Bool = false) {
      self.isBytes = isBytes
      scalars = text.scalars
      self.values = values
      self.vm = vm
      tuple = values.asTuple?.items
    }

    /// Lists, dicts and instances with items count as mappings: they are not "left over".
    var isMapping: Bool {
      if tuple != nil || values.asStr != nil || isBytes && values.asBytes != nil { return false }
      return vm.type(of: values).lookup(Symbol("__getitem__")) != nil || values.asDict != nil || values.asList != nil
    }

    mutating func argument() throws(ExceptionObject) -> Value {
      if let tuple {
        guard next < tuple.count else { throw .type("not enough arguments for format string") }
        next += 1
        return tuple[next - 1]
      }
      guard next == 0 else { throw .type("not enough arguments for format string") }
      next = 1
      return values
    }

    mutating func run() throws(ExceptionObject) -> String {
      var i = 0
      while i < scalars.count {
        let scalar = scalars[i]
        i += 1
        if scalar != "%" {
          out.unicodeScalars.append(scalar)
          continue
        }
        if i < scalars.count, scalars[i] == "%" {
          out.append("%")
          i += 1
          continue
        }
        let conversion = try parse(&i)
        try apply(conversion)
      }
      let leftOver = tuple.map { next < $0.count } ?? (next == 0 && !isMapping)
      if leftOver && !usedMapping {
        throw .type("not all arguments converted during \(isBytes ? "bytes" : "string") formatting")
      }
      return out
    }

    mutating func parse(_ i: inout Int) throws(ExceptionObject) -> Conversion {
      var c = Conversion()
      if i < scalars.count, scalars[i] == "(" {
        c.key = try parseKey(&i)
      }
      flags: while i < scalars.count {
        switch scalars[i] {
        case "-": c.leftAligned = true
        case "+": c.sign = UInt8(ascii: "+")
        case " ": if c.sign == nil { c.sign = UInt8(ascii: " ") }
        case "#": c.alternate = true
        case "0": c.zeroPadded = true
        default: break flags
        }
        i += 1
      }
      if let width = try parseNumber(&i, "width too big") {
        c.width = width
        if width < 0 {
          c.leftAligned = true
          c.width = -width
        }
      }
      if i < scalars.count, scalars[i] == "." {
        i += 1
        c.precision = Swift.max(try parseNumber(&i, "precision too big") ?? 0, 0)
      }
      while i < scalars.count, scalars[i] == "h" || scalars[i] == "l" || scalars[i] == "L" { i += 1 }
      guard i < scalars.count else { throw .value("incomplete format") }
      c.letter = scalars[i]
      c.position = i
      i += 1
      return c
    }

    mutating func parseKey(_ i: inout Int) throws(ExceptionObject) -> Str {
      guard values.asDict != nil || isMapping else { throw .type("format requires a mapping") }
      usedMapping = true
      i += 1
      let start = i
      var depth = 1
      while i < scalars.count {
        if scalars[i] == ")" { depth -= 1 }
        if scalars[i] == "(" { depth += 1 }
        i += 1
        if depth == 0 { return Str(scalars[start..<(i - 1)]) }
      }
      throw .value("incomplete format key")
    }

    mutating func parseNumber(_ i: inout Int, _ tooBig: String) throws(ExceptionObject) -> Int? {
      guard i < scalars.count else { return nil }
      if scalars[i] == "*" {
        i += 1
        let value = try argument()
        guard let integer = value.asInteger else { throw .type("* wants int") }
        guard let n = integer.int, n.magnitude < 1 << 31 else { throw .overflow(tooBig) }
        return n
      }
      let start = i
      var n = 0
      while i < scalars.count, ("0"..."9").contains(scalars[i]) {
        n = n * 10 + Int(scalars[i].value - 0x30)
        if n >= 1 << 31 { throw .value(tooBig) }
        i += 1
      }
      return i == start ? nil : n
    }

    mutating func apply(_ c: Conversion) throws(ExceptionObject) {
      let value: Value
      if let key = c.key {
        value = try vm.getItem(
          values, isBytes ? .object(BytesObject(key.scalars.map { UInt8(truncatingIfNeeded: $0.value) })) : .str(key))
      } else {
        value = try argument()
      }
      switch c.letter {
      case _ where isBytes && (c.letter == "s" || c.letter == "b"): try text(bytes(of: value), c)
      case "r" where isBytes: try text(StrMethods.escapeNonASCII(vm.repr(value)), c)
      case "s": try text(vm.str(value), c)
      case "r": try text(vm.repr(value), c)
      case "a": try text(StrMethods.escapeNonASCII(vm.repr(value)), c)
      case "c" where isBytes: try byte(value, c)
      case "c": try character(value, c)
      case "d", "i", "u": try integer(decimal(value, c), radix: 10, prefix: "", c)
      case "x": try integer(whole(value, c), radix: 16, prefix: "0x", c)
      case "X": try integer(whole(value, c), radix: 16, prefix: "0X", c)
      case "o": try integer(whole(value, c), radix: 8, prefix: "0o", c)
      case "e", "E", "f", "F", "g", "G": try float(vm.double(value), c)
      default:
        let code = String(c.letter.value, radix: 16)
        let shown = c.letter.value > 31 && c.letter.value < 127 ? "\(c.letter)" : "?"
        throw .value("unsupported format character '\(shown)' (0x\(code)) at index \(c.position)")
      }
    }

    mutating func text(_ text: String, _ c: Conversion) throws(ExceptionObject) {
      var shown = Str(text)
      if let precision = c.precision, precision < shown.count { shown = shown.slice(0, precision) }
      try pad(shown.string, count: shown.count, c)
    }

    /// What `%b` of bytes takes: bytes, or what makes them.
    func bytes(of value: Value) throws(ExceptionObject) -> String {
      var found = value.asBytes
      if found == nil, vm.type(of: value).lookup(Names.bytes) != nil {
        found = try vm.callMethod(value, Names.bytes).asBytes
      }
      guard let found else {
        throw .type(
          "%b requires a bytes-like object, or an object that implements __bytes__, not "
            + "'\(vm.typeName(value))'")
      }
      return String(String.UnicodeScalarView(found.bytes.map { Unicode.Scalar($0) }))
    }

    mutating func byte(_ value: Value, _ c: Conversion) throws(ExceptionObject) {
      if let bytes = value.asBytes?.bytes, bytes.count == 1 {
        return try pad(String(Unicode.Scalar(bytes[0])), count: 1, c)
      }
      guard let integer = try vm.index(value) else {
        throw .type("%c requires an integer in range(256) or a single byte")
      }
      guard let code = integer.int.flatMap(UInt8.init(exactly:)) else { throw .overflow("%c arg not in range(256)") }
      try pad(String(Unicode.Scalar(code)), count: 1, c)
    }

    mutating func character(_ value: Value, _ c: Conversion) throws(ExceptionObject) {
      if let s = value.asStr {
        guard s.count == 1 else { throw .type("%c requires int or char") }
        return try pad(s.string, count: 1, c)
      }
      guard let integer = try vm.index(value) else { throw .type("%c requires int or char") }
      guard let code = integer.int, (0..<0x110000).contains(code) else {
        throw .overflow("%c arg not in range(0x110000)")
      }
      guard let scalar = Unicode.Scalar(UInt32(code)) else { throw Formatting.surrogate(code) }
      try pad(String(scalar), count: 1, c)
    }

    /// The whole number `%d` shows: floats are cut.
    func decimal(_ value: Value, _ c: Conversion) throws(ExceptionObject) -> Integer {
      if let integer = value.asInteger { return integer }
      if let d = value.asFloat { return try NumberParsing.truncate(d) }
      if let integer = try NumberParsing.viaIntMethods(value, vm) { return integer }
      if let integer = try vm.index(value) { return integer }
      throw .type("%\(c.letter) format: a real number is required, not \(vm.typeName(value))")
    }

    func whole(_ value: Value, _ c: Conversion) throws(ExceptionObject) -> Integer {
      if let integer = try vm.index(value) { return integer }
      throw .type("%\(c.letter) format: an integer is required, not \(vm.typeName(value))")
    }

    mutating func integer(_ value: Integer, radix: Int, prefix: String, _ c: Conversion) throws(ExceptionObject) {
      var digits = try IntText.digits(value, radix: radix, upper: c.letter == "X")
      if let precision = c.precision, digits.utf8.count < precision {
        guard MemoryBudget.allows(precision) else { throw .memory() }
        digits = String(repeating: "0", count: precision - digits.utf8.count) + digits
      }
      try number(negative: IntText.isNegative(value), prefix: c.alternate ? prefix : "", digits, c)
    }

    mutating func float(_ value: Double, _ c: Conversion) throws(ExceptionObject) {
      var text = try FloatText.styled(
        value, style: UInt8(c.letter.value), precision: c.precision ?? 6, alternate: c.alternate, addPoint: false)
      var negative = false
      if text.first == 0x2D {
        negative = true
        text.removeFirst()
      }
      try number(negative: negative, prefix: "", String(decoding: text, as: UTF8.self), c)
    }

    mutating func number(negative: Bool, prefix: String, _ digits: String, _ c: Conversion) throws(ExceptionObject) {
      var head = ""
      if negative {
        head = "-"
      } else if let sign = c.sign {
        head = String(Character(Unicode.Scalar(sign)))
      }
      head += prefix
      let count = head.utf8.count + digits.utf8.count
      if c.zeroPadded && !c.leftAligned && count < c.width {
        guard MemoryBudget.allows(c.width) else { throw .memory() }
        out += head + String(repeating: "0", count: c.width - count) + digits
        return
      }
      try pad(head + digits, count: count, c)
    }

    mutating func pad(_ text: String, count: Int, _ c: Conversion) throws(ExceptionObject) {
      let missing = Swift.max(c.width - count, 0)
      guard MemoryBudget.allows(missing) else { throw .memory() }
      let spaces = String(repeating: " ", count: missing)
      out += c.leftAligned ? text + spaces : spaces + text
    }
  }
}
