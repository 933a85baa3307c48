import Runtime

/// `json`.
enum JSONModule {
  static let decodeError = TypeObject(
    "JSONDecodeError", module: "json.decoder", bases: [Types.valueError], layout: .exception)

  /// `_json`: what `json` needs from Swift.
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_json", "JSON text to values and back.")
    decodeError.construct = NativeFunction("JSONDecodeError(msg, doc, pos)", "Text that is not JSON.") {
      (vm, args) throws(ExceptionObject) in
      guard let doc = args[1].asStr else { throw .type("doc must be str, not \(vm.typeName(args[1]))") }
      return .object(error(try vm.str(args[0]), in: doc, at: try vm.int(args[2])))
    }
    m.set("JSONDecodeError", decodeError)
    m.add(
      "dumps(obj, skipkeys, ensure_ascii, check_circular, allow_nan, indent, separators, default, sort_keys, /)",
      "The value as JSON text."
    ) { (vm, args) throws(ExceptionObject) in
      var writer = try JSONWriter(args, vm)
      try writer.write(args[0], level: 0)
      return .text(writer.out)
    }
    m.add("text(s, /)", "The text that loads reads: of bytes, what they stand for.") {
      (vm, args) throws(ExceptionObject) in
      guard let text = try text(args[0]) else {
        throw .type("the JSON object must be str, bytes or bytearray, not \(vm.typeName(args[0]))")
      }
      return .str(text)
    }
    let hooks = "object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, strict"
    m.add("loads(s, \(hooks), /)", "The value that JSON text stands for.") { (vm, args) throws(ExceptionObject) in
      guard let text = args[0].asStr else {
        throw .type("the JSON object must be str, bytes or bytearray, not \(vm.typeName(args[0]))")
      }
      return try JSONReader.read(text, hooks: JSONHooks(args, vm), vm)
    }
    m.add("scan(s, \(hooks), start, /)", "A value that begins at start, and where it ends.") {
      (vm, args) throws(ExceptionObject) in
      guard let text = args[0].asStr else {
        throw .type("first argument must be a string, not \(vm.typeName(args[0]))")
      }
      let start = try vm.int(args[7])
      if start < 0 { throw .value("idx cannot be negative") }
      let (value, end) = try JSONReader.scan(text, from: start, hooks: JSONHooks(args, vm), vm)
      return .makeTuple([value, .int(end)])
    }
    return m.module
  }

  /// The error of text that is not JSON, at a code point.
  static func error(_ message: String, in text: Str, at position: Int) -> ExceptionObject {
    let bytes = text.bytes
    let end = text.offset(min(max(position, 0), text.count))
    var line = 1
    var start = 0
    for k in 0..<end where bytes[k] == 0x0A {
      line += 1
      start = k + 1
    }
    let column = position &- text.point(start) &+ 1
    let error = ExceptionObject.make(decodeError, "\(message): line \(line) column \(column) (char \(position))")
    let attributes = Attributes()
    for (name, value) in [
      ("msg", .text(message)), ("doc", .str(text)), ("pos", .int(position)), ("lineno", .int(line)),
      ("colno", .int(column)),
    ] as [(String, Value)] {
      attributes.set(Symbol(name), value)
    }
    error.attributes = attributes
    return error
  }
}

/// What takes over parts of reading: the arguments of `loads` behind the text.
struct JSONHooks {
  var object: Value?
  var pairs: Value?
  var float: Value?
  var int: Value?
  var constant: Value?
  /// Control characters in strings are errors.
  var isStrict = true

  init() {}

  init(_ args: Arguments, _ vm: VM) throws(ExceptionObject) {
    object = args.given(1)
    pairs = args.given(2)
    float = args.given(3)
    int = args.given(4)
    constant = args.given(5)
    isStrict = try vm.isTrue(args[6])
  }
}

extension JSONModule {
  /// Text, or bytes in the encoding that they show; nil for other values.
  private static func text(_ value: Value) throws(ExceptionObject) -> Str? {
    if let text = value.asStr {
      if text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        throw error("Unexpected UTF-8 BOM (decode using utf-8-sig)", in: text, at: 0)
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
