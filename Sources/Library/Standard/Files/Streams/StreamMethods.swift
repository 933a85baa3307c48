import Files
import Runtime

/// Methods of streams: of bytes, of text, and of `io.StringIO`.
enum StreamMethods {
  // MARK: Checks

  static func requireReadable(_ object: BinaryObject, _ action: String) throws(ExceptionObject) {
    try requireOpen(object, action)
    if !object.stream.canRead {
      throw .make(
        IOModule.unsupportedOperation,
        object.builtinType === StreamTypes.fileIO ? "File not open for reading" : "read")
    }
  }

  static func requireReadable(_ object: TextObject) throws(ExceptionObject) {
    try requireOpen(object)
    if !object.stream.source.canRead { throw .make(IOModule.unsupportedOperation, "not readable") }
  }

  /// CPython words it by what was tried, where the file is buffered.
  static func requireOpen(_ object: BinaryObject, _ action: String? = nil) throws(ExceptionObject) {
    guard object.stream.isClosed else { return }
    let isMemory = object.builtinType === StreamTypes.bytesIO
    if let action, !isMemory, object.builtinType !== StreamTypes.fileIO {
      throw .value("\(action) \(action == "write" ? "to" : "of") closed file")
    }
    throw .value("I/O operation on closed file" + (isMemory ? "." : ""))
  }

  static func requireOpen(_ object: TextObject) throws(ExceptionObject) {
    if object.stream.source.isClosed { throw .value("I/O operation on closed file.") }
  }

  static func requireOpen(_ object: StringIOObject) throws(ExceptionObject) {
    if object.isClosed { throw .value("I/O operation on closed file") }
  }

  // MARK: Arguments

  /// A size; nil for None, a negative one and none at all.
  static func count(_ args: Arguments, _ i: Int, _ vm: VM) throws(ExceptionObject) -> Int? {
    guard let given = args.given(i) else { return nil }
    guard let n = try vm.index(given) else {
      throw .type("argument should be integer or None, not '\(vm.typeName(given))'")
    }
    return n.clamped < 0 ? nil : n.clamped
  }

  static func requiredBytes(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    guard let bytes = value.asBytes else { throw .type("a bytes-like object is required, not '\(vm.typeName(value))'") }
    return bytes.bytes
  }

  /// Where `seek(offset, whence)` leads; negative where that is before the start.
  static func target(_ offset: Int, _ whence: Int, position: Int, size: Int) -> Int {
    let base = whence == 0 ? 0 : whence == 1 ? position : size
    return base.addingReportingOverflow(offset).overflow ? (offset < 0 ? -1 : Int.max) : base + offset
  }

  // MARK: What all have

  /// Methods that need nothing but each other.
  private static func common(_ m: inout MethodList, closed: @escaping (Value) -> Bool?) {
    m.add("__enter__(self, /)", "The file itself.") { (vm, args) throws(ExceptionObject) in
      if closed(args[0]) ?? true { throw .value("I/O operation on closed file.") }
      return args[0]
    }
    m.add("__exit__(self, /, *args)", "Closes the file.") { (vm, args) throws(ExceptionObject) in
      _ = try vm.callMethod(args[0], Symbol("close"))
      return .none
    }
    m.add("__iter__(self, /)", "The file itself: it gives its lines.") { (vm, args) throws(ExceptionObject) in args[0] }
    m.add("__next__(self, /)", "The next line.") { (vm, args) throws(ExceptionObject) in
      if case .object(let o) = args[0], let iterator = o as? IteratorObject, let line = try iterator.next(vm) {
        return line
      }
      throw .stopIteration
    }
    m.add("readlines(self, hint=-1, /)", "A list of the lines; no further ones when they have `hint` bytes or more.") {
      (vm, args) throws(ExceptionObject) in
      let hint = try count(args, 1, vm) ?? 0
      let lines = List([])
      var total = 0
      while hint == 0 || total < hint, let line = try vm.next(args[0]) {
        total += line.asStr?.count ?? line.asBytes?.bytes.count ?? 0
        lines.append(line)
      }
      return .list(lines)
    }
    m.add("writelines(self, lines, /)", "Writes several pieces, one after the other.") {
      (vm, args) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[1])
      while let line = try vm.next(iterator) { _ = try vm.callMethod(args[0], Symbol("write"), [line]) }
      return .none
    }
    m.add("isatty(self, /)", "Whether it is a terminal.") { (vm, args) throws(ExceptionObject) in .bool(false) }
    m.property("closed", "Whether it was closed.") { (vm, value) throws(ExceptionObject) in
      .bool(closed(value) ?? true)
    }
  }

  // MARK: Bytes

  private static func bytesFile(_ value: Value) throws(ExceptionObject) -> BinaryObject {
    if case .object(let o) = value, let object = o as? BinaryObject {
      object.willChange()
      return object
    }
    throw .type("descriptor requires a file of bytes")
  }

  static let binary: [Object] = MethodList.list { m in
    common(&m) { (try? bytesFile($0))?.stream.isClosed }
    for name in ["read", "read1"] {
      m.add("\(name)(self, size=-1, /)", "`size` bytes, or all that are left.") { (vm, args) throws(ExceptionObject) in
        let file = try bytesFile(args[0])
        try requireReadable(file, "read")
        if args.has(1), let n = try vm.index(args[1])?.clamped, n < -1 {
          throw .value("read length must be non-negative or -1")
        }
        return .object(BytesObject(try file.stream.read(try count(args, 1, vm), vm)))
      }
    }
    m.add("readall(self, /)", "All bytes that are left.") { (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireReadable(file, "read")
      return .object(BytesObject(try file.stream.read(nil, vm)))
    }
    m.add("peek(self, size=0, /)", "Bytes that come next, which stay unread.") { (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireReadable(file, "peek")
      guard file.stream.isSeekable else { throw .make(IOModule.unsupportedOperation, "peek") }
      let position = file.stream.position
      let bytes = try file.stream.readSome(1 << 13, vm)
      try file.stream.seek(to: position, vm)
      return .object(BytesObject(bytes))
    }
    m.add("readline(self, size=-1, /)", "The bytes to the next newline, it included.") {
      (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireReadable(file, "readline")
      return .object(BytesObject(try file.stream.readLine(limit: try count(args, 1, vm), vm)))
    }
    m.add("write(self, buffer, /)", "Writes bytes and gives their number.") { (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireOpen(file, "write")
      guard file.stream.canWrite else {
        throw .make(
          IOModule.unsupportedOperation,
          file.builtinType === StreamTypes.fileIO ? "File not open for writing" : "write")
      }
      let bytes = try requiredBytes(args[1], vm)
      try file.stream.write(bytes, vm)
      return .int(bytes.count)
    }
    m.add("seek(self, target, whence=0, /)", "Goes to a position: from the start (0), from here (1), from the end (2).")
    {
      (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireOpen(file, "seek")
      let offset = try vm.integer(args[1]).clamped
      let whence = args.has(2) ? try vm.int(args[2]) : 0
      guard (0...2).contains(whence) else { throw .value("whence value \(whence) unsupported") }
      guard file.stream.isSeekable else {
        throw .make(IOModule.unsupportedOperation, "File or stream is not seekable.")
      }
      var place = target(
        offset, whence, position: file.stream.position, size: whence == 2 ? try file.stream.size(vm) : 0)
      if place < 0 {
        guard file.builtinType === StreamTypes.bytesIO else { throw invalidArgument }
        if whence == 0 { throw .value("negative seek value \(offset)") }
        place = 0
      }
      try file.stream.seek(to: place, vm)
      return .int(place)
    }
    m.add("tell(self, /)", "The position.") { (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireOpen(file)
      return .int(file.stream.position)
    }
    m.add("truncate(self, pos=None, /)", "Cuts the file at a position, or where it stands.") {
      (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireOpen(file, "truncate")
      guard file.stream.canWrite else { throw .make(IOModule.unsupportedOperation, "truncate") }
      let size = args.given(1) != nil ? try vm.integer(args[1]).clamped : file.stream.position
      if size < 0 { throw invalidArgument }
      // Memory only shrinks.
      let isShorter = try size < file.stream.size(vm)
      if file.builtinType !== StreamTypes.bytesIO || isShorter {
        try file.stream.resize(to: size, vm)
      }
      return .int(size)
    }
    m.add("flush(self, /)", "Writes what is waiting.") { (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireOpen(file, "flush")
      try file.stream.flush(vm)
      return .none
    }
    m.add("close(self, /)", "Writes what is waiting, and lets go of the file.") { (vm, args) throws(ExceptionObject) in
      try bytesFile(args[0]).stream.close(vm)
      return .none
    }
    m.add("fileno(self, /)", "The system's number of the file.") { (vm, args) throws(ExceptionObject) in
      try fileNumber(bytesFile(args[0]).stream)
    }
    for (name, test) in [
      ("readable", { $0.canRead }), ("writable", { $0.canWrite }), ("seekable", { $0.isSeekable }),
    ] as [(String, (ByteStream) -> Bool)] {
      m.add("\(name)(self, /)", "Whether the file is \(name).") { (vm, args) throws(ExceptionObject) in
        let file = try bytesFile(args[0])
        try requireOpen(file)
        return .bool(test(file.stream))
      }
    }
    m.property("name", "The path it was opened by.") { (vm, value) throws(ExceptionObject) in
      guard let name = try bytesFile(value).name else {
        throw .attribute("'_io.BytesIO' object has no attribute 'name'")
      }
      return name
    }
    m.property("mode", "How it was opened.") { (vm, value) throws(ExceptionObject) in
      let file = try bytesFile(value)
      guard file.name != nil else { throw .attribute("'_io.BytesIO' object has no attribute 'mode'") }
      return .text(file.mode)
    }
  }

  static let memory: [Object] = MethodList.list { m in
    m.add("getvalue(self, /)", "All the bytes.") { (vm, args) throws(ExceptionObject) in
      let file = try bytesFile(args[0])
      try requireOpen(file)
      return .object(BytesObject((file.stream as? MemoryStream)?.bytes ?? []))
    }
  }

  private static func fileNumber(_ stream: ByteStream) throws(ExceptionObject) -> Value {
    if stream.isClosed { throw .value("I/O operation on closed file") }
    guard let number = stream.descriptor else { throw .make(IOModule.unsupportedOperation, "fileno") }
    return .int(Int(number))
  }

  private static var invalidArgument: ExceptionObject { ExceptionAttributes.make(FileError.invalidArgument) }

  // MARK: Text

  private static func textFile(_ value: Value) throws(ExceptionObject) -> TextObject {
    if case .object(let o) = value, let object = o as? TextObject {
      object.willChange()
      return object
    }
    throw .type("descriptor requires a text file")
  }

  static let text: [Object] = MethodList.list { m in
    common(&m) { (try? textFile($0))?.stream.source.isClosed }
    m.add("read(self, size=-1, /)", "`size` characters, or all that are left.") { (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireReadable(file)
      file.stream.isIterating = false
      return .str(try file.stream.read(try count(args, 1, vm), vm))
    }
    m.add("readline(self, size=-1, /)", "The text to the next line end, it included.") {
      (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireReadable(file)
      return .str(try file.stream.readLine(limit: try count(args, 1, vm), vm))
    }
    m.add("write(self, text, /)", "Writes text and gives its length.") { (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireOpen(file)
      guard let new = args[1].asStr else { throw .type("write() argument must be str, not \(vm.typeName(args[1]))") }
      guard file.stream.source.canWrite else { throw .make(IOModule.unsupportedOperation, "not writable") }
      try file.stream.write(new, vm)
      return .int(new.count)
    }
    m.add("seek(self, cookie, whence=0, /)", "Goes to a position that `tell` gave, or to the end (0, 2).") {
      (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireOpen(file)
      let offset = try vm.integer(args[1]).clamped
      let whence = args.has(2) ? try vm.int(args[2]) : 0
      let source = file.stream.source
      guard source.isSeekable else { throw .make(IOModule.unsupportedOperation, "underlying stream is not seekable") }
      let place: Int
      switch whence {
      case 0:
        if offset < 0 { throw .value("negative seek position \(offset)") }
        place = offset
      case 1:
        if offset != 0 { throw .make(IOModule.unsupportedOperation, "can't do nonzero cur-relative seeks") }
        place = try file.stream.tell(vm)
      case 2:
        if offset != 0 { throw .make(IOModule.unsupportedOperation, "can't do nonzero end-relative seeks") }
        place = try source.size(vm)
      default: throw .value("invalid whence (\(whence), should be 0, 1 or 2)")
      }
      file.stream.isIterating = false
      try file.stream.seek(to: place, vm)
      return .int(place)
    }
    m.add("tell(self, /)", "The position, for `seek`.") { (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireOpen(file)
      if file.stream.isIterating { throw .make(Types.osError, "telling position disabled by next() call") }
      return .int(try file.stream.tell(vm))
    }
    m.add("truncate(self, pos=None, /)", "Cuts the file at a position, or where it stands.") {
      (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireOpen(file)
      guard file.stream.source.canWrite else { throw .make(IOModule.unsupportedOperation, "truncate") }
      let size = args.given(1) != nil ? try vm.integer(args[1]).clamped : try file.stream.tell(vm)
      if size < 0 { throw invalidArgument }
      try file.stream.source.resize(to: size, vm)
      return .int(size)
    }
    m.add("flush(self, /)", "Writes what is waiting.") { (vm, args) throws(ExceptionObject) in
      let file = try textFile(args[0])
      try requireOpen(file)
      try file.stream.source.flush(vm)
      return .none
    }
    m.add("close(self, /)", "Writes what is waiting, and lets go of the file.") { (vm, args) throws(ExceptionObject) in
      try textFile(args[0]).stream.source.close(vm)
      return .none
    }
    m.add("fileno(self, /)", "The system's number of the file.") { (vm, args) throws(ExceptionObject) in
      try fileNumber(textFile(args[0]).stream.source)
    }
    for (name, test) in [
      ("readable", { $0.canRead }), ("writable", { $0.canWrite }), ("seekable", { $0.isSeekable }),
    ] as [(String, (ByteStream) -> Bool)] {
      m.add("\(name)(self, /)", "Whether the file is \(name).") { (vm, args) throws(ExceptionObject) in
        let file = try textFile(args[0])
        try requireOpen(file)
        return .bool(test(file.stream.source))
      }
    }
    m.property("name", "The path it was opened by.") { (vm, value) throws(ExceptionObject) in
      guard let name = try textFile(value).name else {
        throw .attribute("'_io.TextIOWrapper' object has no attribute 'name'")
      }
      return name
    }
    m.property("mode", "How it was opened.") { (vm, value) throws(ExceptionObject) in .text(try textFile(value).mode) }
    m.property("encoding", "The name of its encoding.") { (vm, value) throws(ExceptionObject) in
      .text(try textFile(value).encoding)
    }
    m.property("errors", "What happens to characters that cannot be decoded or encoded.") {
      (vm, value) throws(ExceptionObject) in .text(try textFile(value).stream.errors)
    }
    m.property("buffer", "The file of bytes below.") { (vm, value) throws(ExceptionObject) in
      .object(try textFile(value).buffer)
    }
    m.property("line_buffering", "Whether each line is written at once.") { (vm, value) throws(ExceptionObject) in
      .bool(try textFile(value).stream.flushesLines)
    }
    m.property("newlines", "The kinds of line ends that were read.") { (vm, value) throws(ExceptionObject) in
      let seen = try textFile(value).stream.seenNewlines
      let all = ["\r", "\n", "\r\n"].filter { seen.contains($0) }.map { Value.text($0) }
      return all.isEmpty ? .none : all.count == 1 ? all[0] : .makeTuple(all)
    }
  }

  // MARK: StringIO

  private static func stringFile(_ value: Value) throws(ExceptionObject) -> StringIOObject {
    guard case .object(let o) = value, let object = o as? StringIOObject else {
      throw .type("descriptor requires a '_io.StringIO' object")
    }
    return object
  }

  private static func open(_ value: Value) throws(ExceptionObject) -> StringIOObject {
    let object = try stringFile(value)
    try requireOpen(object)
    return object
  }

  static let string: [Object] = MethodList.list { m in
    common(&m) { (try? stringFile($0))?.isClosed }
    m.add("getvalue(self, /)", "All the text.") { (vm, args) throws(ExceptionObject) in .str(try open(args[0]).value) }
    m.add("read(self, size=-1, /)", "`size` characters, or all that are left.") { (vm, args) throws(ExceptionObject) in
      .str(try open(args[0]).read(try count(args, 1, vm)))
    }
    m.add("readline(self, size=-1, /)", "The text to the next line end, it included.") {
      (vm, args) throws(ExceptionObject) in
      .str(try open(args[0]).readLine(limit: try count(args, 1, vm)))
    }
    m.add("write(self, s, /)", "Writes text and gives its length.") { (vm, args) throws(ExceptionObject) in
      let file = try open(args[0])
      guard let text = args[1].asStr else { throw .type("string argument expected, got '\(vm.typeName(args[1]))'") }
      try file.write(text)
      return .int(text.count)
    }
    m.add("seek(self, pos, whence=0, /)", "Goes to a position, or to the end (0, 2).") {
      (vm, args) throws(ExceptionObject) in
      let file = try open(args[0])
      let offset = try vm.integer(args[1]).clamped
      let whence = args.has(2) ? try vm.int(args[2]) : 0
      guard (0...2).contains(whence) else { throw .value("Invalid whence (\(whence), should be 0, 1 or 2)") }
      if whence == 0, offset < 0 { throw .value("Negative seek position \(offset)") }
      if whence > 0, offset != 0 { throw .make(Types.osError, "Can't do nonzero cur-relative seeks") }
      file.position = whence == 0 ? offset : whence == 1 ? file.position : file.text.count
      return .int(file.position)
    }
    m.add("tell(self, /)", "The position.") { (vm, args) throws(ExceptionObject) in .int(try open(args[0]).position) }
    m.add("truncate(self, pos=None, /)", "Cuts the text at a position, or where it stands.") {
      (vm, args) throws(ExceptionObject) in
      let file = try open(args[0])
      let size = args.given(1) != nil ? try vm.integer(args[1]).clamped : file.position
      if size < 0 { throw .value("Negative size value \(size)") }
      file.truncate(to: size)
      return .int(size)
    }
    m.add("flush(self, /)", "Does nothing.") { (vm, args) throws(ExceptionObject) in
      _ = try open(args[0])
      return .none
    }
    m.add("close(self, /)", "Drops the text.") { (vm, args) throws(ExceptionObject) in
      try stringFile(args[0]).close()
      return .none
    }
    m.add("fileno(self, /)", "There is none.") { (vm, args) throws(ExceptionObject) in
      throw .make(IOModule.unsupportedOperation, "fileno")
    }
    for name in ["readable", "writable", "seekable"] {
      m.add("\(name)(self, /)", "True.") { (vm, args) throws(ExceptionObject) in
        _ = try open(args[0])
        return .bool(true)
      }
    }
    for name in ["encoding", "errors", "newlines"] {
      m.property(name, "None: there are no bytes.") { (vm, value) throws(ExceptionObject) in .none }
    }
    m.property("line_buffering", "False.") { (vm, value) throws(ExceptionObject) in .bool(false) }
  }
}

/// Collects the methods and attributes of a type, one statement each.
struct MethodList {
  private(set) var all: [Object] = []

  mutating func add(_ signature: String, _ doc: String, _ body: @escaping NativeBody) {
    all.append(NativeFunction(signature, doc, body))
  }

  mutating func property(
    _ name: String, _ doc: String, _ get: @escaping (VM, Value) throws(ExceptionObject) -> Value
  ) {
    all.append(NativeProperty(name, doc, get))
  }

  static func list(_ build: (inout MethodList) -> Void) -> [Object] {
    var list = MethodList()
    build(&list)
    return list.all
  }
}
