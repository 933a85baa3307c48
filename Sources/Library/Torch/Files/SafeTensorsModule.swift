import Files
import Runtime
import Tensor

/// `_safetensors`: what the package of the format needs from Swift.
enum SafeTensorsModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_safetensors", "Files of the safetensors format.")
    m.set("SafetensorError", SafeTensorsFile.error)
    m.add("load(file)", "The tensors of a file by name, and its metadata.") { (vm, args) throws(ExceptionObject) in
      let stream = try FileArgument.reader(args[0], vm)
      let open = try stream.openFile(vm)
      let file = try SafeTensorsFile(open, at: stream.position, vm)
      let tensors = Dict()
      for entry in file.entries {
        let storage = try SafeTensorsFile.load(entry, from: open, vm)
        tensors.set(
          Str(entry.name),
          .tensor(
            try SavedValue.makeTensor(
              storage, entry.dtype, offset: 0, shape: entry.shape, strides: Dims(entry.shape).contiguousStrides.array,
              requiresGrad: false)))
      }
      let metadata = Dict()
      for (key, value) in file.metadata { metadata.set(key, .str(value)) }
      return .makeTuple([.dict(tensors), file.metadata.isEmpty ? .none : .dict(metadata)])
    }
    m.add("save(tensors, file, metadata)", "Writes tensors by name.") { (vm, args) throws(ExceptionObject) in
      var tensors: [(name: String, tensor: Tensor)] = []
      var position = 0
      while let (key, value) = args[0].asDict?.next(&position) {
        guard let name = key.string else {
          throw .type("argument 'tensor_dict': '\(vm.typeName(key))' object is not an instance of 'str'")
        }
        guard case .tensor(let tensor) = value else {
          throw .value(
            "Key `\(name)` is invalid, expected torch.Tensor but received \(try vm.repr(.object(vm.type(of: value))))")
        }
        tensors.append((name, tensor))
      }
      try refuseShared(tensors)
      var metadata: [(key: String, value: String)] = []
      position = 0
      while let (key, value) = args.given(2)?.asDict?.next(&position) {
        guard let key = key.string, let value = value.string else { throw .type("metadata must be a dict of strings") }
        metadata.append((key, value))
      }
      try FileArgument.write(args[1], vm) { (stream) throws(ExceptionObject) in
        try SafeTensorsFile.write(tensors, metadata: metadata, to: stream, vm)
      }
      return .none
    }
    return m.module
  }

  private static func refuseShared(_ tensors: [(name: String, tensor: Tensor)]) throws(ExceptionObject) {
    var owners: [ObjectIdentifier: [String]] = [:]
    for (name, tensor) in tensors where tensor.count > 0 {
      owners[ObjectIdentifier(tensor.storage.root), default: []].append(name)
    }
    let shared = owners.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    guard shared.isEmpty else {
      let lists = shared.map { "{" + $0.map { "'\($0)'" }.joined(separator: ", ") + "}" }.joined(separator: ", ")
      throw .runtime(
        "Some tensors share memory, this will lead to duplicate memory on disk and potential differences when loading them again: [\(lists)]."
      )
    }
  }
}
