import Files
import Runtime

/// The built-in `open`.
enum OpenFunction {
  static let native = NativeFunction(
    "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
    "Opens a file: text, or bytes with a `b` in the mode."
  ) { (vm, args) throws(ExceptionObject) in
    for (i, name) in [(3, "encoding"), (4, "errors")] {
      if let given = args.given(i), given.asStr == nil {
        throw .type("open() argument '\(name)' must be str or None, not \(vm.typeName(given))")
      }
    }
    if args.has(1), args[1].asStr == nil {
      throw .type("open() argument 'mode' must be str, not \(vm.typeName(args[1]))")
    }
    if args.given(7) != nil { throw .notImplemented("open() with an opener is not available in tnb") }
    if let number = try vm.index(args[0]) {
      throw .notImplemented("open() of a file descriptor (\(number.clamped)) is not available in tnb: give a path")
    }
    return try open(
      try PathArgument.text(args[0], vm), mode: args.given(1)?.string ?? "r",
      buffering: try args.given(2).map { (v) throws(ExceptionObject) in try vm.integer(v).clamped } ?? -1,
      encoding: args.given(3)?.string, errors: args.given(4)?.string, newline: args.given(5), vm)
  }

  static func open(
    _ path: String, mode text: String, buffering: Int = -1, encoding: String? = nil, errors: String? = nil,
    newline: Value? = nil, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let (mode, isBinary) = try parse(text)
    if isBinary {
      if encoding != nil { throw .value("binary mode doesn't take an encoding argument") }
      if errors != nil { throw .value("binary mode doesn't take an errors argument") }
      if newline != nil { throw .value("binary mode doesn't take a newline argument") }
    } else if buffering == 0 {
      throw .value("can't have unbuffered text I/O")
    }
    let lineMode = try NewlineMode(newline, vm)
    let codec = try TextCodec(named: encoding ?? "utf-8")
    let file = try files(vm) { (files) throws(FileError) in try files.open(path, mode) }
    let stream = try FileStream(file, mode, isBuffered: buffering != 0, vm)
    let name = Value.text(path)
    if isBinary {
      let type =
        buffering == 0 ? StreamTypes.fileIO : StreamTypes.buffered(reads: mode.reads, writes: mode.writes)
      return .object(BinaryObject(stream, type, name: name, mode: shown(mode)))
    }
    return .object(
      TextObject(
        TextStream(stream, codec, errors: errors ?? "strict", newline: lineMode, flushesLines: buffering == 1),
        encoding: encoding ?? "UTF-8", name: name, mode: text))
  }

  /// The mode of a binary file as CPython gives it back.
  private static func shown(_ mode: OpenMode) -> String {
    let start = mode.isExclusive ? "xb" : mode.appends ? "ab" : "rb"
    if mode.reads, mode.writes { return mode.isExclusive || mode.appends ? start + "+" : "rb+" }
    return mode.writes && !mode.appends && !mode.isExclusive ? "wb" : start
  }

  private static func parse(_ text: String) throws(ExceptionObject) -> (OpenMode, isBinary: Bool) {
    let letters = Array(text)
    for (i, letter) in letters.enumerated() where !"rwaxbt+".contains(letter) || letters[..<i].contains(letter) {
      throw .value("invalid mode: '\(text)'")
    }
    if letters.contains("t"), letters.contains("b") { throw .value("can't have text and binary mode at once") }
    let kinds = letters.filter { "rwax".contains($0) }
    if kinds.count > 1 { throw .value("must have exactly one of create/read/write/append mode") }
    guard let kind = kinds.first else {
      throw .value("Must have exactly one of create/read/write/append mode and at most one plus")
    }
    let updates = letters.contains("+")
    var mode = OpenMode(reads: kind == "r" || updates, writes: kind != "r" || updates)
    mode.creates = kind != "r"
    mode.truncates = kind == "w"
    mode.appends = kind == "a"
    mode.isExclusive = kind == "x"
    return (mode, letters.contains("b"))
  }
}

/// Asks the run's files; errors as exceptions.
func files<T>(
  _ vm: VM, target: String? = nil, _ body: (FileAccess) throws(FileError) -> T
) throws(ExceptionObject) -> T {
  do throws(FileError) {
    return try body(vm.files)
  } catch {
    if error.isInterruption { throw vm.interrupt() }
    throw ExceptionAttributes.make(error, target: target)
  }
}

/// Paths as arguments.
enum PathArgument {
  /// The text of a `str`, `bytes` or `os.PathLike` object.
  static func text(_ value: Value, _ vm: VM, function: String? = nil) throws(ExceptionObject) -> String {
    let text: String
    if let given = value.string {
      text = given
    } else if let bytes = value.asBytes {
      text = try TextCodec.decode(bytes.bytes, "utf-8", errors: "strict").string
    } else {
      let name = Symbol("__fspath__")
      guard vm.type(of: value).lookup(name) != nil, let given = try vm.callMethod(value, name).asStr else {
        if let function {
          throw .type("\(function): path should be string, bytes or os.PathLike, not \(vm.typeName(value))")
        }
        throw .type("expected str, bytes or os.PathLike object, not \(vm.typeName(value))")
      }
      text = given.string
    }
    if text.utf8.contains(0) { throw .value("embedded null byte") }
    return text
  }
}
