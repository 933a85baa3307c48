import Runtime

/// How a table is written as text: Python's `csv` dialects.
struct CSVDialect {
  var delimiter = UInt8(ascii: ",")
  /// nil: no quotes.
  var quote: UInt8? = UInt8(ascii: "\"")
  var escape: UInt8?
  var doublesQuotes = true
  var skipsSpace = false
  var lineEnd = "\r\n"
  var quoting = Quoting.minimal
  var isStrict = false

  enum Quoting: Int { case minimal, all, nonnumeric, none }

  private static let names = [
    "delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting", "strict",
  ]

  init() {}

  /// From a dialect (a class or an object with attributes) and keyword arguments, which go before.
  init(_ dialect: Value?, _ options: Dict?, _ vm: VM) throws(ExceptionObject) {
    for key in options?.keys ?? [] where !CSVDialect.names.contains(key.string ?? "") {
      throw .type("'\(key.string ?? "")' is an invalid keyword argument for this function")
    }
    func option(_ name: String) throws(ExceptionObject) -> Value? {
      if let given = try options?.get(.text(name), vm) { return given }
      guard let dialect else { return nil }
      return try vm.attribute(dialect, Symbol(name))
    }
    if let given = try option("delimiter") {
      guard let byte = try CSVDialect.character(given, "delimiter", vm) else {
        throw .type("\"delimiter\" must be a 1-character string")
      }
      delimiter = byte
    }
    if let given = try option("quotechar") { quote = try CSVDialect.character(given, "quotechar", vm) }
    if let given = try option("escapechar") { escape = try CSVDialect.character(given, "escapechar", vm) }
    if let given = try option("doublequote") { doublesQuotes = try vm.isTrue(given) }
    if let given = try option("skipinitialspace") { skipsSpace = try vm.isTrue(given) }
    if let given = try option("strict") { isStrict = try vm.isTrue(given) }
    if let given = try option("lineterminator") {
      guard let text = given.string else {
        throw .type("\"lineterminator\" must be a string, not \(vm.typeName(given))")
      }
      lineEnd = text
    }
    if let given = try option("quoting") {
      guard case .int(let number) = given else {
        throw .type("\"quoting\" must be an integer, not \(vm.typeName(given))")
      }
      guard let known = Quoting(rawValue: number) else { throw .type("bad \"quoting\" value") }
      quoting = known
    }
    if quoting != .none, quote == nil { throw .type("quotechar must be set if quoting enabled") }
  }

  private static func character(_ value: Value, _ name: String, _ vm: VM) throws(ExceptionObject) -> UInt8? {
    if value.isNone { return nil }
    guard let text = value.asStr else {
      throw .type("\"\(name)\" must be string\(name == "delimiter" ? "" : " or None"), not \(vm.typeName(value))")
    }
    guard text.count == 1 else { throw .type("\"\(name)\" must be a 1-character string") }
    guard text.isASCII else {
      throw .notImplemented("a \"\(name)\" outside of ASCII is not available in tnb")
    }
    return text.bytes[0]
  }
}

/// Cuts lines into fields, as CPython's parser does.
struct CSVParser {
  private enum State {
    case startRecord, startField, escapedCharacter, inField, inQuotedField, escapeInQuotedField, quoteInQuotedField
    case eatNewline
  }

  private let dialect: CSVDialect
  private var state = State.startRecord
  private var field: [UInt8] = []
  private var fields: [Value] = []
  /// The field had no quotes around it and is to be a number.
  private var isNumber = false

  static let fieldLimit = 131_072
  nonisolated(unsafe) static let error = TypeObject(
    "Error", module: "_csv", bases: [Types.exception], layout: .exception)

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// Takes in one more line; the record when it is complete.
  mutating func add(_ line: Str) throws(ExceptionObject) -> List? {
    for byte in line.bytes { try process(byte) }
    try processEnd()
    guard state == .startRecord else { return nil }
    defer { fields = [] }
    return List(fields)
  }

  /// There are no more lines: the record that was begun, if one was.
  mutating func finish() throws(ExceptionObject) -> List? {
    guard !field.isEmpty || state == .inQuotedField else { return nil }
    if dialect.isStrict { throw .make(CSVParser.error, "unexpected end of data") }
    try saveField()
    state = .startRecord
    defer { fields = [] }
    return List(fields)
  }

  private mutating func saveField() throws(ExceptionObject) {
    let text = Str(bytes: field)
    field = []
    if isNumber {
      isNumber = false
      guard let number = NumberParsing.float(text) else {
        throw .value("could not convert string to float: \(StrMethods.repr(text))")
      }
      fields.append(.float(number))
    } else {
      fields.append(.str(text))
    }
  }

  private mutating func append(_ byte: UInt8) throws(ExceptionObject) {
    if field.count >= CSVParser.fieldLimit {
      throw .make(CSVParser.error, "field larger than field limit (\(CSVParser.fieldLimit))")
    }
    field.append(byte)
  }

  private func isNewline(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func process(_ byte: UInt8) throws(ExceptionObject) {
    switch state {
    case .startRecord:
      if isNewline(byte) {
        state = .eatNewline
        return
      }
      state = .startField
      try startField(byte)
    case .startField: try startField(byte)
    case .escapedCharacter:
      try append(byte)
      state = .inField
    case .inField:
      if isNewline(byte) {
        try saveField()
        state = .eatNewline
      } else if byte == dialect.escape {
        state = .escapedCharacter
      } else if byte == dialect.delimiter {
        try saveField()
        state = .startField
      } else {
        try append(byte)
      }
    case .inQuotedField:
      if byte == dialect.escape {
        state = .escapeInQuotedField
      } else if byte == dialect.quote, dialect.quoting != .none {
        state = dialect.doublesQuotes ? .quoteInQuotedField : .inField
      } else {
        try append(byte)
      }
    case .escapeInQuotedField:
      try append(byte)
      state = .inQuotedField
    case .quoteInQuotedField:
      if dialect.quoting != .none, byte == dialect.quote {
        try append(byte)
        state = .inQuotedField
      } else if byte == dialect.delimiter {
        try saveField()
        state = .startField
      } else if isNewline(byte) {
        try saveField()
        state = .eatNewline
      } else if !dialect.isStrict {
        try append(byte)
        state = .inField
      } else {
        throw .make(CSVParser.error, "'\(shown(dialect.delimiter))' expected after '\(shown(dialect.quote ?? 0))'")
      }
    case .eatNewline:
      guard isNewline(byte) else {
        throw .make(
          CSVParser.error,
          "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")
      }
    }
  }

  private func shown(_ byte: UInt8) -> String { String(Character(Unicode.Scalar(byte))) }

  private mutating func startField(_ byte: UInt8) throws(ExceptionObject) {
    if isNewline(byte) {
      try saveField()
      state = .eatNewline
    } else if byte == dialect.quote, dialect.quoting != .none {
      state = .inQuotedField
    } else if byte == dialect.escape {
      state = .escapedCharacter
    } else if byte == 0x20, dialect.skipsSpace {
      return
    } else if byte == dialect.delimiter {
      try saveField()
    } else {
      isNumber = dialect.quoting == .nonnumeric
      try append(byte)
      state = .inField
    }
  }

  /// The end of a line, which ends a record unless quotes are open.
  private mutating func processEnd() throws(ExceptionObject) {
    switch state {
    case .startRecord, .inQuotedField: break
    case .startField, .inField, .quoteInQuotedField:
      try saveField()
      state = .startRecord
    case .escapedCharacter:
      try append(0x0A)
      state = .inField
    // The line goes on.
    case .escapeInQuotedField:
      try append(0x0A)
      state = .inQuotedField
    case .eatNewline: state = .startRecord
    }
  }
}
