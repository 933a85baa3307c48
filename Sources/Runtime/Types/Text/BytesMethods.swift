/// Methods of `bytes`: the basics.
enum BytesMethods {
  static func members() -> [NativeFunction] {
    Members.list { m in
      m.add("decode(self, /, encoding='utf-8', errors='strict')", "The text that the bytes stand for.") {
        (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, "decode", vm)
        return .str(
          try TextCodec.decode(
            bytes.bytes, args.given(1)?.string ?? "utf-8", errors: args.given(2)?.string ?? "strict"))
      }
      m.add("hex(self, /, sep='', bytes_per_sep=1)", "Two hexadecimal digits for each byte.") {
        (vm, args) throws(ExceptionObject) in
        .str(try hex(Receiver.bytes(args, "hex", vm).bytes, args.given(1), args.has(2) ? vm.int(args[2]) : 1, vm))
      }
      m.add("fromhex(string, /)", "Bytes from hexadecimal digits; blanks may stand between bytes.") {
        (vm, args) throws(ExceptionObject) in
        guard let text = args[0].asStr else {
          throw .type("fromhex() argument must be str, not \(vm.typeName(args[0]))")
        }
        return .object(BytesObject(try fromHex(Array(text.bytes))))
      }
      m.add("join(self, iterable, /)", "The bytes objects of iterable with these bytes between them.") {
        (vm, args) throws(ExceptionObject) in
        let mark = try Receiver.bytes(args, "join", vm).bytes
        var out: [UInt8] = []
        for (i, item) in try vm.items(args[1]).enumerated() {
          guard let bytes = item.asBytes else {
            throw .type("sequence item \(i): expected a bytes-like object, \(vm.typeName(item)) found")
          }
          if i > 0 { out += mark }
          out += bytes.bytes
        }
        return .object(BytesObject(out))
      }
    }
  }

  /// Digits with a separator after every group of bytes; groups count from the right, or from the left where negative.
  private static func hex(
    _ bytes: [UInt8], _ separator: Value?, _ group: Int, _ vm: VM
  ) throws(ExceptionObject) -> Str {
    var mark: UInt8?
    if let separator {
      guard let given = separator.asBytes?.bytes ?? separator.asStr.map({ Array($0.bytes) }) else {
        _ = try vm.length(separator)
        throw .type("sep must be str or bytes.")
      }
      guard given.count == 1 else { throw .value("sep must be length 1.") }
      guard given[0] < 0x80 else { throw .value("sep must be ASCII.") }
      mark = given[0]
    }
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for (i, b) in bytes.enumerated() {
      if let mark, group != 0, i > 0 {
        let place = group > 0 ? bytes.count - i : i
        if place.isMultiple(of: Int(clamping: group.magnitude)) { out.append(mark) }
      }
      out += [digits[Int(b >> 4)], digits[Int(b & 15)]]
    }
    return Str(bytes: out, count: out.count)
  }

  private static func fromHex(_ text: [UInt8]) throws(ExceptionObject) -> [UInt8] {
    var out: [UInt8] = []
    var i = 0
    func digit(_ at: Int) throws(ExceptionObject) -> UInt8 {
      if at < text.count, let value = Character(Unicode.Scalar(text[at])).hexDigitValue { return UInt8(value) }
      throw .value("non-hexadecimal number found in fromhex() arg at position \(min(at, text.count))")
    }
    while i < text.count {
      if text[i] == 0x20 || (0x09...0x0D).contains(text[i]) {
        i += 1
        continue
      }
      out.append(try digit(i) << 4 | digit(i + 1))
      i += 2
    }
    return out
  }

  /// Ints of an iterable as bytes.
  static func collect(_ iterable: Value, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    var out: [UInt8] = []
    for item in try vm.items(iterable) {
      guard let byte = UInt8(exactly: try vm.integer(item).clamped) else {
        throw .value("bytes must be in range(0, 256)")
      }
      out.append(byte)
    }
    return out
  }

  static let constructor = NativeFunction(
    "bytes(source=b'', /, encoding=None, errors='strict')",
    "Bytes from ints, from text in an encoding, or that many zeros."
  ) { (vm, args) throws(ExceptionObject) in
    if !args.has(0) { return .object(BytesObject([])) }
    if let text = args[0].asStr {
      guard let encoding = args.given(1)?.string else { throw .type("string argument without an encoding") }
      return .object(BytesObject(try TextCodec.encode(text, encoding, errors: args.given(2)?.string ?? "strict")))
    }
    if args.given(1) != nil { throw .type("encoding without a string argument") }
    if args[0].asBytes != nil { return args[0] }
    if vm.type(of: args[0]).ownMethod(Names.bytes) != nil { return try vm.callMethod(args[0], Names.bytes) }
    if let count = try vm.index(args[0]) {
      guard let n = count.int else { throw .overflow("cannot fit 'int' into an index-sized integer") }
      if n < 0 { throw .value("negative count") }
      try Capacity.check(n, stride: 1)
      return .object(BytesObject([UInt8](repeating: 0, count: n)))
    }
    guard try vm.iteratorIfAny(args[0]) != nil else {
      throw .type("cannot convert '\(vm.typeName(args[0]))' object to bytes")
    }
    return .object(BytesObject(try collect(args[0], vm)))
  }
}
