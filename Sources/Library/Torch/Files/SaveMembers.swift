import Files
import Runtime
import Tensor

/// `torch.save` and `torch.load`.
enum SaveMembers {
  /// Endings of files that PyTorch's own format is expected in; everything else becomes a safetensors file.
  static let torchEndings: Set<String> = ["pt", "pth", "ckpt", "bin", "tar", "th", "pkl", "pickle", "model"]

  static func add(to table: MemberTable) {
    table.native(
      "save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True)",
      """
      Writes a tensor, a state_dict or a plain container to a file: in PyTorch's format where the name ends in .pt, .pth, \
      .ckpt, .bin or .tar, else as a safetensors file.
      """
    ) { (vm, args) throws(ExceptionObject) in
      if args.has(4), try !vm.isTrue(args[4]) {
        throw .notImplemented("torch.save in the format before PyTorch 1.6 is not available in tnb")
      }
      try save(args[0], args[1], vm)
      return .none
    }
    table.native(
      "load(f, map_location=None, pickle_module=None, *, weights_only=None, mmap=None, **pickle_load_args)",
      """
      The value that torch.save wrote, here or in Python: a PyTorch archive or a safetensors file. Only tensors and plain \
      containers are loaded, whatever weights_only says.
      """
    ) { (vm, args) throws(ExceptionObject) in
      try load(args[0], map: MapLocation(args.given(1), vm), vm)
    }
  }

  private static func save(_ value: Value, _ file: Value, _ vm: VM) throws(ExceptionObject) {
    var path = try FileArgument.path(file, vm)
    let isFile = path != nil
    if let path, case let (folder, _) = Path.split(path), !folder.isEmpty,
      (try? vm.files.status(folder))?.kind != .folder,
      vm.files.knows(folder)
    {
      throw .runtime("Parent directory \(folder) does not exist.")
    }
    // An open file has the name that it was opened by.
    if path == nil, case .object(let o) = file, let binary = o as? BinaryObject { path = binary.name?.string }
    let ending = path.flatMap { p in Path.split(p).name.split(separator: ".").dropFirst().last.map(String.init) } ?? ""
    if path == nil || torchEndings.contains(ending.lowercased()) {
      try FileArgument.writeArchive(file, vm) { (out) throws(ExceptionObject) in
        try TorchArchive.write(value, to: out, name: TorchArchive.innerName(isFile ? path : nil), vm)
      }
    } else {
      try FileArgument.write(file, vm) { (stream) throws(ExceptionObject) in
        try SafeTensorsWriter.write(value, to: stream, vm)
      }
    }
  }

  private static func load(_ file: Value, map: MapLocation, _ vm: VM) throws(ExceptionObject) -> Value {
    let name = try FileArgument.path(file, vm) ?? "the file"
    let stream = try FileArgument.reader(file, vm)
    let start = stream.position
    let head = try stream.read(9, vm)
    if head.isEmpty { throw ExceptionObject(Types.eofError, []) }
    let open = try stream.openFile(vm)
    let result: Value
    switch head {
    case _ where head.starts(with: [0x50, 0x4B, 3, 4]): result = try TorchArchive.read(open, name: name, map: map, vm)
    case _ where head.starts(with: NPYHeader.magic):
      throw .runtime("\(name) is a NumPy file: np.load reads it")
    case _ where head.count > 1 && head[0] == 0x80 && head[1] <= 5:
      throw PickleReader.unpicklingError(
        "\(name) is a plain pickle, which can run any code and is not loaded",
        hint: "hint: PyTorch before 1.6 wrote such files: load it there and torch.save it again", vm)
    case _ where head.count < 9 || head[8] == UInt8(ascii: "{") || name.hasSuffix(".safetensors"):
      result = try SafeTensorsReader.read(open, at: start, name: name, vm)
    default:
      throw PickleReader.unpicklingError("\(name) is neither a PyTorch archive nor a safetensors file", vm)
    }
    // All of the stream was read.
    try stream.seek(to: stream.size(vm), vm)
    return result
  }
}
