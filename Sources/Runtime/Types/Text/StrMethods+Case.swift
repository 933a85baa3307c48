extension StrMethods {
  /// Every code point through `change`; ASCII strings through `ascii` byte by byte.
  @inline(__always)
  private static func map(
    _ text: Str, ascii: (UInt8) -> UInt8, _ change: (Unicode.Scalar) -> String
  ) -> Value {
    if text.isASCII {
      return .str(
        Str(byteCount: text.byteCount, count: text.count) { target in
          for i in 0..<text.byteCount { target[i] = ascii(text.base[i]) }
        })
    }
    var out = ""
    for scalar in text.string.unicodeScalars { out += change(scalar) }
    return .str(Str(out))
  }

  @inline(__always) private static func upperByte(_ b: UInt8) -> UInt8 { (0x61...0x7A).contains(b) ? b - 32 : b }
  @inline(__always) private static func lowerByte(_ b: UInt8) -> UInt8 { (0x41...0x5A).contains(b) ? b + 32 : b }

  /// Lower case with the final sigma rule.
  static func lower(_ scalars: [Unicode.Scalar]) -> String {
    var out = ""
    for (i, s) in scalars.enumerated() {
      if s.value == 0x3A3 {
        let before = scalars[..<i].last { !$0.properties.isCaseIgnorable }.map { $0.properties.isCased } ?? false
        let after = scalars[(i + 1)...].first { !$0.properties.isCaseIgnorable }.map { $0.properties.isCased } ?? false
        out += before && !after ? "ς" : "σ"
      } else {
        out += s.properties.lowercaseMapping
      }
    }
    return out
  }

  private static func title(_ text: Str) -> Value {
    var out = ""
    var inWord = false
    let scalars = text.scalars
    for s in scalars {
      out += inWord ? s.properties.lowercaseMapping : s.properties.titlecaseMapping
      inWord = CharacterClass.isCased(s)
    }
    return .str(Str(out))
  }

  /// Case folding, from lower case with the exceptions that matter: ß, final sigma and full mappings of upper case.
  private static func casefold(_ s: Unicode.Scalar) -> String {
    switch s.value {
    case 0xDF, 0x1E9E: return "ss"
    case 0x3C2: return "σ"
    case 0xB5: return "μ"
    case 0x17F: return "s"
    case 0x149: return "ʼn"
    case 0xFB00: return "ff"
    case 0xFB01: return "fi"
    case 0xFB02: return "fl"
    default: return s.properties.lowercaseMapping
    }
  }

  /// Whether all characters satisfy `test` and there is at least one.
  private static func all(
    _ args: Arguments, _ method: String, _ vm: VM, _ test: (Unicode.Scalar) -> Bool
  ) throws(ExceptionObject) -> Value {
    let text = try Receiver.str(args, method, vm)
    return .bool(!text.bytes.isEmpty && text.string.unicodeScalars.allSatisfy(test))
  }

  /// Whether there are cased characters and none is of the other case.
  private static func isCase(
    _ args: Arguments, _ method: String, upper: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var found = false
    for s in try Receiver.str(args, method, vm).string.unicodeScalars {
      let wrong = upper ? CharacterClass.isLower(s) : CharacterClass.isUpper(s)
      if wrong || CharacterClass.isTitle(s) { return .bool(false) }
      if upper ? CharacterClass.isUpper(s) : CharacterClass.isLower(s) { found = true }
    }
    return .bool(found)
  }

  private static func isTitle(_ text: Str) -> Bool {
    var found = false
    var inWord = false
    for s in text.string.unicodeScalars {
      if CharacterClass.isUpper(s) || CharacterClass.isTitle(s) {
        if inWord { return false }
        inWord = true
        found = true
      } else if CharacterClass.isLower(s) {
        if !inWord { return false }
        found = true
      } else {
        inWord = false
      }
    }
    return found
  }

  static func casing(_ m: inout Members) {
    m.add("lower(self, /)", "The string in lower case.") { (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "lower", vm)
      if text.isASCII { return .str(Str(bytes: text.bytes.map(lowerByte), count: text.count)) }
      return .str(Str(lower(text.scalars)))
    }
    m.add("upper(self, /)", "The string in upper case.") { (vm, args) throws(ExceptionObject) in
      map(try Receiver.str(args, "upper", vm), ascii: upperByte) { $0.properties.uppercaseMapping }
    }
    m.add("casefold(self, /)", "The string for comparisons without case.") { (vm, args) throws(ExceptionObject) in
      map(try Receiver.str(args, "casefold", vm), ascii: lowerByte, casefold)
    }
    m.add("swapcase(self, /)", "Upper case made lower and lower made upper.") { (vm, args) throws(ExceptionObject) in
      map(
        try Receiver.str(args, "swapcase", vm),
        ascii: { (0x61...0x7A).contains($0) ? $0 - 32 : lowerByte($0) },
        { CharacterClass.isUpper($0) ? $0.properties.lowercaseMapping : $0.properties.uppercaseMapping })
    }
    m.add("capitalize(self, /)", "The first character in upper case, the rest in lower case.") {
      (vm, args) throws(ExceptionObject) in
      let scalars = try Receiver.str(args, "capitalize", vm).scalars
      guard let first = scalars.first else { return .str(.empty) }
      return .str(Str(first.properties.titlecaseMapping + lower(Array(scalars.dropFirst()))))
    }
    m.add("title(self, /)", "Words with their first character in upper case, the rest in lower case.") {
      (vm, args) throws(ExceptionObject) in
      title(try Receiver.str(args, "title", vm))
    }
    m.add("isalpha(self, /)", "Whether all characters are letters and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try all(args, "isalpha", vm, CharacterClass.isAlpha)
    }
    m.add("isalnum(self, /)", "Whether all characters are letters or digits and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try all(args, "isalnum", vm, CharacterClass.isAlphanumeric)
    }
    m.add("isdigit(self, /)", "Whether all characters are digits and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try all(args, "isdigit", vm, CharacterClass.isDigit)
    }
    m.add("isdecimal(self, /)", "Whether all characters are decimal digits and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try all(args, "isdecimal", vm) { CharacterClass.decimalDigit($0) != nil }
    }
    m.add("isnumeric(self, /)", "Whether all characters are numeric and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try all(args, "isnumeric", vm, CharacterClass.isNumeric)
    }
    m.add("isspace(self, /)", "Whether all characters are white space and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try all(args, "isspace", vm, CharacterClass.isSpace)
    }
    m.add("isprintable(self, /)", "Whether all characters are printable.") { (vm, args) throws(ExceptionObject) in
      .bool(try Receiver.str(args, "isprintable", vm).string.unicodeScalars.allSatisfy(CharacterClass.isPrintable))
    }
    m.add("isascii(self, /)", "Whether all characters are ASCII.") { (vm, args) throws(ExceptionObject) in
      .bool(try Receiver.str(args, "isascii", vm).isASCII)
    }
    m.add("isupper(self, /)", "Whether all cased characters are upper case and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try isCase(args, "isupper", upper: true, vm)
    }
    m.add("islower(self, /)", "Whether all cased characters are lower case and there is at least one.") {
      (vm, args) throws(ExceptionObject) in
      try isCase(args, "islower", upper: false, vm)
    }
    m.add("istitle(self, /)", "Whether the string is title-cased.") { (vm, args) throws(ExceptionObject) in
      .bool(isTitle(try Receiver.str(args, "istitle", vm)))
    }
    m.add("isidentifier(self, /)", "Whether the string is a valid identifier.") { (vm, args) throws(ExceptionObject) in
      let scalars = try Receiver.str(args, "isidentifier", vm).scalars
      guard let first = scalars.first, CharacterClass.isIdentifierStart(first) else { return .bool(false) }
      return .bool(scalars.dropFirst().allSatisfy(CharacterClass.isIdentifierPart))
    }
  }
}
