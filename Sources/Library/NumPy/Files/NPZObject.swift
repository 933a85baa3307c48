import Files
import Runtime
import Tensor

/// What `np.load` gives for an `.npz` archive: arrays by name, each read when it is asked for.
final class NPZObject: Object {
  private var archive: ZipReader?
  private let label: String
  /// The names of the arrays, without `.npy`.
  let names: [String]

  init(_ archive: ZipReader, label: String) {
    self.archive = archive
    self.label = label
    names = archive.entries.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name }
  }

  override var builtinType: TypeObject { NPZObject.type }

  func close() { archive = nil }

  override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? { names.count }
  override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? { try vm.iterator(keys) }
  override func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    item.string.map { entry($0) != nil || names.contains($0) } ?? false
  }
  override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard archive != nil else { throw .value("the archive is closed") }
    guard let name = index.string, let entry = entry(name) else {
      throw .key(.text("\(try vm.str(index)) is not a file in the archive"))
    }
    return try read(entry, vm)
  }
  override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    "NpzFile \(StrMethods.repr(Str(label))) with keys: " + names.prefix(5).joined(separator: ", ")
      + (names.count > 5 ? "..." : "")
  }

  private var keys: Value { .makeList(names.map { .text($0) }) }

  private func entry(_ name: String) -> ZipReader.Entry? { archive?[name + ".npy"] ?? archive?[name] }

  private func read(_ entry: ZipReader.Entry, _ vm: VM) throws(ExceptionObject) -> Value {
    guard let archive else { return .none }
    try Capacity.check(entry.size, stride: 1)
    let bytes = try ArchiveErrors.check(label) { () throws(ArchiveError) in try archive.bytes(entry) }
    guard bytes.starts(with: NPYHeader.magic) else { return .object(BytesObject(bytes)) }
    let stream = MemoryStream(bytes)
    try stream.seek(to: NPYHeader.magic.count, vm)
    return try NPYFile.read(stream, isFile: false, vm)
  }

  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject("NpzFile", module: "numpy.lib.npyio", bases: [Types.object], layout: .other)
    func receiver(_ args: Arguments) throws(ExceptionObject) -> NPZObject {
      guard case .object(let o) = args[0], let file = o as? NPZObject else {
        throw .type("descriptor requires a 'NpzFile' object")
      }
      return file
    }
    let methods = [
      NativeFunction("keys(self, /)", "The names of the arrays.") { (vm, args) throws(ExceptionObject) in
        try receiver(args).keys
      },
      NativeFunction("values(self, /)", "The arrays.") { (vm, args) throws(ExceptionObject) in
        let file = try receiver(args)
        let list = List([])
        for name in file.names { list.append(try vm.getItem(args[0], .text(name))) }
        return .list(list)
      },
      NativeFunction("items(self, /)", "Pairs of names and arrays.") { (vm, args) throws(ExceptionObject) in
        let file = try receiver(args)
        let list = List([])
        for name in file.names { list.append(.makeTuple([.text(name), try vm.getItem(args[0], .text(name))])) }
        return .list(list)
      },
      NativeFunction("get(self, key, default=None, /)", "The array of a name.") { (vm, args) throws(ExceptionObject) in
        let file = try receiver(args)
        if let name = args[1].string, file.entry(name) != nil { return try vm.getItem(args[0], args[1]) }
        return args.has(2) ? args[2] : .none
      },
      NativeFunction("close(self, /)", "Lets go of the file.") { (vm, args) throws(ExceptionObject) in
        try receiver(args).close()
        return .none
      },
      NativeFunction("__enter__(self, /)", "The archive itself.") { (vm, args) throws(ExceptionObject) in args[0] },
      NativeFunction("__exit__(self, /, *args)", "Lets go of the file.") { (vm, args) throws(ExceptionObject) in
        try receiver(args).close()
        return .none
      },
    ]
    for method in methods { type.set(method.name, .object(method)) }
    let files = NativeProperty("files", "The names of the arrays.") { (vm, value) throws(ExceptionObject) in
      (value.object as? NPZObject)?.keys ?? .none
    }
    type.set(files.name, .object(files))
    return type
  }()
}

/// Errors of archives as exceptions.
enum ArchiveErrors {
  nonisolated(unsafe) static let badZipFile = TypeObject(
    "BadZipFile", module: "zipfile", bases: [Types.exception], layout: .exception)

  /// `name`: the file, for messages.
  static func check<T>(_ name: String, _ body: () throws(ArchiveError) -> T) throws(ExceptionObject) -> T {
    do throws(ArchiveError) {
      return try body()
    } catch {
      switch error {
      case .file(let error): throw ExceptionAttributes.make(error)
      case .damaged(let why): throw .make(badZipFile, "\(name) is no whole archive: \(why)")
      case .unsupported(let why): throw .notImplemented("\(name) cannot be read by tnb: \(why)")
      }
    }
  }
}
