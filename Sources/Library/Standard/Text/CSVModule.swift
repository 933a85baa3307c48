import CKernels
import Runtime

/// `_csv`: readers and writers of tables as text; `csv` has the rest.
enum CSVModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_csv", "Readers and writers of tables as text.")
    m.set("Error", CSVParser.error)
    for (name, value) in [("QUOTE_MINIMAL", 0), ("QUOTE_ALL", 1), ("QUOTE_NONNUMERIC", 2), ("QUOTE_NONE", 3)] {
      m.set(name, .int(value))
    }
    m.set("Reader", CSVReaderObject.type)
    m.set("Writer", CSVWriterObject.type)
    m.add("reader(iterable, dialect=None, /, **fmtparams)", "The rows of a table, from its lines.") {
      (vm, args) throws(ExceptionObject) in
      .object(
        CSVReaderObject(
          try vm.iterator(args[0]), try CSVDialect(args.given(1), args[2].asDict, vm), args.given(1) ?? .none))
    }
    m.add("writer(fileobj, dialect=None, /, **fmtparams)", "Writes rows of a table into a file.") {
      (vm, args) throws(ExceptionObject) in
      guard try vm.attribute(args[0], Symbol("write")) != nil else {
        throw .type("argument 1 must have a \"write\" method")
      }
      return .object(
        CSVWriterObject(args[0], try CSVDialect(args.given(1), args[2].asDict, vm), args.given(1) ?? .none))
    }
    m.add("field_size_limit(limit=131072, /)", "The greatest size of a field.") { (vm, args) throws(ExceptionObject) in
      .int(CSVParser.fieldLimit)
    }
    TableReader.add(to: m)
    return m.module
  }
}

/// What `csv.reader` gives: an iterator of lists of strings.
final class CSVReaderObject: IteratorObject {
  private let lines: Value
  private var parser: CSVParser
  private let dialect: Value
  private var lineNumber = 0

  init(_ lines: Value, _ dialect: CSVDialect, _ given: Value) {
    self.lines = lines
    parser = CSVParser(dialect)
    self.dialect = given
  }

  override var builtinType: TypeObject { CSVReaderObject.type }

  override var contents: Any? {
    get { (parser, lineNumber) }
    set { if let old = newValue as? (CSVParser, Int) { (parser, lineNumber) = old } }
  }

  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject("reader", module: "_csv", bases: [Types.object], layout: .other)
    ProtocolWrappers.iterator(type)
    return type
  }()

  override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    while let line = try vm.next(lines) {
      guard let text = line.asStr else {
        throw .make(
          CSVParser.error,
          "iterator should return strings, not \(vm.typeName(line)) (the file should be opened in text mode)")
      }
      lineNumber += 1
      if let record = try parser.add(text) { return .list(record) }
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
    return try parser.finish().map { .list($0) }
  }

  override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "line_num": .int(lineNumber)
    case "dialect": dialect
    default: try super.nativeAttribute(name, vm)
    }
  }
}

/// What `csv.writer` gives.
final class CSVWriterObject: Object {
  private let file: Value
  private let dialect: CSVDialect
  private let given: Value

  init(_ file: Value, _ dialect: CSVDialect, _ given: Value) {
    self.file = file
    self.dialect = dialect
    self.given = given
  }

  override var builtinType: TypeObject { CSVWriterObject.type }

  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject("writer", module: "_csv", bases: [Types.object], layout: .other)
    let methods = [
      NativeFunction("writerow(self, row, /)", "Writes one row.") { (vm, args) throws(ExceptionObject) in
        try receiver(args).write(args[1], vm)
      },
      NativeFunction("writerows(self, rows, /)", "Writes several rows.") { (vm, args) throws(ExceptionObject) in
        let writer = try receiver(args)
        let iterator = try vm.iterator(args[1])
        while let row = try vm.next(iterator) { _ = try writer.write(row, vm) }
        return .none
      },
    ]
    for method in methods { type.set(method.name, .object(method)) }
    return type
  }()

  private static func receiver(_ args: Arguments) throws(ExceptionObject) -> CSVWriterObject {
    guard case .object(let o) = args[0], let writer = o as? CSVWriterObject else {
      throw .type("descriptor requires a '_csv.writer' object")
    }
    return writer
  }

  override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    name.text == "dialect" ? given : nil
  }

  private func write(_ row: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    guard try vm.iteratorIfAny(row) != nil else {
      throw .make(CSVParser.error, "iterable expected, not \(vm.typeName(row))")
    }
    let items = try vm.items(row)
    var line: [UInt8] = []
    for (i, item) in items.enumerated() {
      if i > 0 { line.append(dialect.delimiter) }
      let text = item.isNone ? "" : try vm.str(item)
      let isNumber =
        switch item {
        case .int, .float, .bool: true;
        default: item.asInteger != nil
        }
      try append(Array(text.utf8), isNumber: isNumber, isOnly: items.count == 1, to: &line)
    }
    line += dialect.lineEnd.utf8
    return try vm.callMethod(file, Symbol("write"), [.str(Str(bytes: line))])
  }

  private func append(
    _ text: [UInt8], isNumber: Bool, isOnly: Bool, to line: inout [UInt8]
  ) throws(ExceptionObject) {
    var quotes = dialect.quoting == .all || dialect.quoting == .nonnumeric && !isNumber
    // What is escaped needs no quotes.
    if dialect.quoting == .minimal, text.contains(where: { isSpecial($0) && !isEscaped($0) }) { quotes = true }
    if text.isEmpty, isOnly {
      if dialect.quoting == .none { throw .make(CSVParser.error, "single empty field record must be quoted") }
      quotes = true
    }
    if quotes { line.append(dialect.quote!) }
    for byte in text {
      if isEscaped(byte) {
        guard let escape = dialect.escape else {
          throw .make(CSVParser.error, "need to escape, but no escapechar set")
        }
        line.append(escape)
      }
      if byte == dialect.quote, quotes, dialect.doublesQuotes { line.append(byte) }
      line.append(byte)
    }
    if quotes { line.append(dialect.quote!) }
  }

  private func isEscaped(_ byte: UInt8) -> Bool {
    dialect.quoting == .none
      ? isSpecial(byte) : byte == dialect.escape || byte == dialect.quote && !dialect.doublesQuotes
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == dialect.delimiter || byte == dialect.quote || byte == dialect.escape || byte == 0x0A || byte == 0x0D
      || dialect.lineEnd.utf8.contains(byte)
  }
}
