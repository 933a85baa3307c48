import Runtime

/// The classes of streams, under CPython's names.
enum StreamTypes {
  nonisolated(unsafe) static let ioBase = make("_IOBase", [Types.object])
  nonisolated(unsafe) static let rawIOBase = make("_RawIOBase", [ioBase])
  nonisolated(unsafe) static let bufferedIOBase = make("_BufferedIOBase", [ioBase])
  nonisolated(unsafe) static let textIOBase = make("_TextIOBase", [ioBase])
  nonisolated(unsafe) static let fileIO = make("FileIO", [rawIOBase], StreamMethods.binary)
  nonisolated(unsafe) static let bufferedReader = make("BufferedReader", [bufferedIOBase], StreamMethods.binary)
  nonisolated(unsafe) static let bufferedWriter = make("BufferedWriter", [bufferedIOBase], StreamMethods.binary)
  nonisolated(unsafe) static let bufferedRandom = make("BufferedRandom", [bufferedIOBase], StreamMethods.binary)
  nonisolated(unsafe) static let bytesIO: TypeObject = {
    let type = make("BytesIO", [bufferedIOBase], StreamMethods.binary + StreamMethods.memory)
    type.construct = NativeFunction("BytesIO(initial_bytes=b'')", "Bytes in memory, read and written as a file.") {
      (vm, args) throws(ExceptionObject) in
      var bytes: [UInt8] = []
      if let initial = args.given(0) { bytes = try StreamMethods.requiredBytes(initial, vm) }
      return .object(BinaryObject(MemoryStream(bytes), bytesIO))
    }
    return type
  }()
  nonisolated(unsafe) static let textIOWrapper: TypeObject = {
    let type = make("TextIOWrapper", [textIOBase], StreamMethods.text)
    type.construct = NativeFunction(
      "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
      "Text over a file of bytes."
    ) { (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let binary = o as? BinaryObject else {
        throw .type("a binary file of the module io is needed, not \(vm.typeName(args[0]))")
      }
      let name = args.given(1)?.string ?? "UTF-8"
      let stream = TextStream(
        binary.stream, try TextCodec(named: name), errors: args.given(2)?.string ?? "strict",
        newline: try NewlineMode(args.given(3), vm), flushesLines: args.has(4) ? try vm.isTrue(args[4]) : false)
      return .object(TextObject(stream, encoding: name, name: binary.name, mode: binary.mode))
    }
    return type
  }()
  nonisolated(unsafe) static let stringIO: TypeObject = {
    let type = make("StringIO", [textIOBase], StreamMethods.string)
    type.construct = NativeFunction(
      "StringIO(initial_value='', newline='\\n')", "Text in memory, read and written as a file."
    ) { (vm, args) throws(ExceptionObject) in
      var initial = Str.empty
      if let given = args.given(0) {
        guard let text = given.asStr else {
          throw .type("initial_value must be str or None, not \(vm.typeName(given))")
        }
        initial = text
      }
      let newline = args.has(1) ? try NewlineMode(args.given(1), vm) : .only([0x0A])
      return .object(try StringIOObject(initial, newline: newline))
    }
    return type
  }()

  static func buffered(reads: Bool, writes: Bool) -> TypeObject {
    reads && writes ? bufferedRandom : writes ? bufferedWriter : bufferedReader
  }

  private static func make(
    _ name: String, _ bases: [TypeObject], _ members: @autoclosure () -> [Object] = []
  ) -> TypeObject {
    let type = TypeObject(name, module: "_io", bases: bases, layout: .other)
    type.messageName = "_io." + name
    type.isBaseAllowed = false
    for member in members() {
      switch member {
      case let function as NativeFunction: type.set(function.name, .object(function))
      case let property as NativeProperty: type.set(property.name, .object(property))
      default: break
      }
    }
    return type
  }
}
