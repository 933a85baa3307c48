extension Builtins {
  static func text(_ m: inout Members) {
    m.add("repr(obj, /)", "The text that stands for obj in code.") { (vm, args) throws(ExceptionObject) in
      .text(try vm.repr(args[0]))
    }
    m.add("ascii(obj, /)", "As repr, with everything past ASCII escaped.") { (vm, args) throws(ExceptionObject) in
      .text(StrMethods.escapeNonASCII(try vm.repr(args[0])))
    }
    m.add("format(value, format_spec='', /)", "The value's text as format_spec says.") {
      (vm, args) throws(ExceptionObject) in
      var spec = ""
      if args.has(1) {
        guard let given = args[1].string else {
          throw .type("format() argument 2 must be str, not \(vm.typeName(args[1]))")
        }
        spec = given
      }
      return .text(try vm.format(args[0], spec))
    }
    m.add("chr(i, /)", "The character of a code point.") { (vm, args) throws(ExceptionObject) in
      guard let code = try vm.integer(args[0]).int, (0..<0x110000).contains(code) else {
        throw .value("chr() arg not in range(0x110000)")
      }
      guard let scalar = Unicode.Scalar(UInt32(code)) else { throw Formatting.surrogate(code) }
      return .str(code < 128 ? Str.ascii(UInt8(code)) : Str([scalar]))
    }
    m.add("ord(c, /)", "The code point of a character.") { (vm, args) throws(ExceptionObject) in
      if let text = args[0].asStr {
        guard text.count == 1 else {
          throw .type("ord() expected a character, but string of length \(text.count) found")
        }
        return .int(Int(text.scalars[0].value))
      }
      if let bytes = args[0].asBytes {
        guard bytes.bytes.count == 1 else {
          throw .type("ord() expected a character, but string of length \(bytes.bytes.count) found")
        }
        return .int(Int(bytes.bytes[0]))
      }
      throw .type("ord() expected string of length 1, but \(vm.typeName(args[0])) found")
    }
  }
}
