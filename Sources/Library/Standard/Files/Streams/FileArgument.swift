import Files
import Runtime
import Tensor

/// The argument of a function that reads or writes a whole file: a path, or an open file.
enum FileArgument {
  /// The path that a value is; nil for other objects.
  static func path(_ value: Value, _ vm: VM) throws(ExceptionObject) -> String? {
    if value.asStr == nil, value.asBytes == nil, vm.type(of: value).lookup(Symbol("__fspath__")) == nil { return nil }
    return try PathArgument.text(value, vm)
  }

  /// A stream of a file's bytes.
  static func reader(_ value: Value, _ vm: VM) throws(ExceptionObject) -> ByteStream {
    if let path = try path(value, vm) {
      let file = try files(vm) { (f) throws(FileError) in try f.open(path, .read) }
      return try FileStream(file, .read, isBuffered: true, vm)
    }
    if case .object(let o) = value, let binary = o as? BinaryObject {
      try StreamMethods.requireReadable(binary, "read")
      return binary.stream
    }
    guard try vm.attribute(value, Symbol("read")) != nil else {
      throw .type("expected str, bytes or os.PathLike object, not \(vm.typeName(value))")
    }
    let contents = try vm.callMethod(value, Symbol("read"))
    guard let bytes = contents.asBytes else {
      throw .type("the file must be opened in binary mode: it gives \(vm.typeName(contents))")
    }
    return MemoryStream(bytes.bytes)
  }

  /// Lets `body` write a file. One that a path names takes its place when all of it is written; what goes wrong before
  /// leaves the old one whole.
  static func write(_ value: Value, _ vm: VM, _ body: (ByteStream) throws(ExceptionObject) -> Void)
    throws(ExceptionObject)
  {
    if let path = try path(value, vm) {
      let pending = try files(vm) { (f) throws(FileError) in try f.replace(path) }
      let stream = try FileStream(pending.file, .write, isBuffered: true, vm)
      try body(stream)
      try stream.flush(vm)
      return try files(vm) { (_) throws(FileError) in try pending.commit() }
    }
    if case .object(let o) = value, let binary = o as? BinaryObject {
      try StreamMethods.requireOpen(binary, "write")
      guard binary.stream.canWrite else { throw .make(IOModule.unsupportedOperation, "write") }
      return try body(binary.stream)
    }
    guard try vm.attribute(value, Symbol("write")) != nil else {
      throw .type("expected str, bytes or os.PathLike object, not \(vm.typeName(value))")
    }
    let memory = MemoryStream([])
    try body(memory)
    _ = try vm.callMethod(value, Symbol("write"), [.object(BytesObject(memory.bytes))])
  }

  /// As `write` for what is written at places of its own choice.
  static func writeArchive(
    _ value: Value, _ vm: VM, _ body: (OpenFile) throws(ExceptionObject) -> Void
  ) throws(ExceptionObject) {
    if let path = try path(value, vm) {
      let pending = try files(vm) { (f) throws(FileError) in try f.replace(path) }
      try body(pending.file)
      return try files(vm) { (_) throws(FileError) in try pending.commit() }
    }
    let (file, contents) = OpenFile.memory { MemoryBudget.allows($0) }
    try body(file)
    try write(value, vm) { (stream) throws(ExceptionObject) in try stream.write(contents(), vm) }
  }
}
