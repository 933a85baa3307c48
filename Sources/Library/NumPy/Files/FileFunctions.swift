import Files
import Runtime
import Tensor

/// `np.save`, `np.load`, `np.savez`.
enum FileFunctions {
  static func add(to table: MemberTable) {
    table.native("save(file, arr, allow_pickle=True)", "Writes an array to an .npy file.") {
      (vm, args) throws(ExceptionObject) in
      // The array first: what is none must leave the file alone.
      let array = try asArray(args[1], vm)
      try FileArgument.write(try named(args[0], ".npy", vm), vm) { (stream) throws(ExceptionObject) in
        try NPYFile.write(array, to: stream, vm)
      }
      return .none
    }
    for (name, compresses) in [("savez", false), ("savez_compressed", true)] {
      table.native(
        "\(name)(file, *args, allow_pickle=True, **kwds)",
        compresses ? "Writes arrays to a compressed .npz archive." : "Writes arrays to an .npz archive."
      ) { (vm, args) throws(ExceptionObject) in
        try savez(args[0], args[1].asTuple?.items ?? [], args[3].asDict ?? Dict(), compresses: compresses, vm)
        return .none
      }
    }
    table.native(
      "load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=10000)",
      "The array of an .npy file, or the arrays of an .npz archive by name."
    ) { (vm, args) throws(ExceptionObject) in
      try load(args[0], mapped: args.given(1) != nil, vm)
    }
  }

  /// An array, or what `NPYFile` makes one of; raises for anything else.
  private static func asArray(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    if let text = try TextArray.make(value, nil, vm) { return .object(text) }
    return .object(NDArray(try NumPyArray.from(value, vm)))
  }

  /// A path with its ending, or the open file.
  private static func named(_ value: Value, _ ending: String, _ vm: VM) throws(ExceptionObject) -> Value {
    guard let path = try FileArgument.path(value, vm) else { return value }
    return .text(path.hasSuffix(ending) ? path : path + ending)
  }

  private static func savez(
    _ file: Value, _ arrays: [Value], _ named: Dict, compresses: Bool, _ vm: VM
  ) throws(ExceptionObject) {
    var members: [(name: String, array: Value)] = []
    for key in named.keys {
      if let name = key.string, let value = try named.get(key, vm) { members.append((name, try asArray(value, vm))) }
    }
    for (i, value) in arrays.enumerated() {
      let name = "arr_\(i)"
      if members.contains(where: { $0.name == name }) {
        throw .value("Cannot use un-named variables and keyword \(name)")
      }
      members.append((name, try asArray(value, vm)))
    }
    let target = try self.named(file, ".npz", vm)
    try FileArgument.writeArchive(target, vm) { (out) throws(ExceptionObject) in
      let writer = ZipWriter(out)
      for (name, array) in members {
        let memory = MemoryStream([])
        try NPYFile.write(array, to: memory, vm)
        try ArchiveErrors.check(name) { () throws(ArchiveError) in
          try writer.add(name + ".npy", memory.bytes, compressed: compresses)
        }
      }
      try ArchiveErrors.check("the archive") { () throws(ArchiveError) in try writer.finish() }
    }
  }

  private static func load(_ file: Value, mapped: Bool, _ vm: VM) throws(ExceptionObject) -> Value {
    let path = try FileArgument.path(file, vm)
    let stream = try FileArgument.reader(file, vm)
    let start = stream.position
    let magic = try stream.read(NPYHeader.magic.count, vm)
    if magic.isEmpty { throw .make(Types.eofError, "No data left in file") }
    if magic.starts(with: [0x50, 0x4B]), magic.count >= 4,
      magic[2] == 3 && magic[3] == 4 || magic[2] == 5 && magic[3] == 6
    {
      let label = path ?? "object"
      let bytes = try stream.openFile(vm)
      let archive = try ArchiveErrors.check(label) { () throws(ArchiveError) in try ZipReader(bytes) }
      return .object(NPZObject(archive, label: label))
    }
    guard magic == NPYHeader.magic else {
      try stream.seek(to: start, vm)
      throw .value(
        path.map { FileHints.isTorch($0, magic) } ?? false
          ? "\(path ?? "") is no .npy or .npz file: torch.load reads what torch.save wrote"
          : "This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`."
      )
    }
    if mapped { throw .notImplemented("np.load with mmap_mode is not available in tnb: leave it out") }
    return try NPYFile.read(stream, isFile: path != nil, vm)
  }
}

/// What a file seems to be.
enum FileHints {
  static func isTorch(_ path: String, _ magic: [UInt8]) -> Bool {
    path.hasSuffix(".safetensors") || magic.starts(with: [0x80, 0x02])
  }
}
