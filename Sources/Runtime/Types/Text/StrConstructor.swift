extension StrMethods {
  static let constructor = NativeFunction(
    "str(object='', encoding='utf-8', errors='strict')", "The text of object, as print shows it."
  ) { (vm, args) throws(ExceptionObject) in
    if !args.has(0) { return .str(.empty) }
    guard args.has(1) || args.has(2) else {
      if case .str = args[0] { return args[0] }
      return .text(try vm.str(args[0]))
    }
    for (i, name) in [(1, "encoding"), (2, "errors")] where args.has(i) && args[i].asStr == nil {
      throw .type("str() argument '\(name)' must be str, not \(vm.typeName(args[i]))")
    }
    if args[0].asStr != nil { throw .type("decoding str is not supported") }
    guard let bytes = args[0].asBytes else {
      throw .type("decoding to str: need a bytes-like object, \(vm.typeName(args[0])) found")
    }
    return .str(
      try TextCodec.decode(bytes.bytes, args.given(1)?.string ?? "utf-8", errors: args.given(2)?.string ?? "strict"))
  }
}
