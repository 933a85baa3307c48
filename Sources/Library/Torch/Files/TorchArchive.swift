import Files
import Runtime
import Tensor

/// PyTorch's own files: a ZIP archive of a pickle and of the elements of each storage.
enum TorchArchive {
  // MARK: Writing

  /// `name`: the folder inside the archive, which PyTorch takes from the file's name.
  static func write(_ value: Value, to file: OpenFile, name: String, _ vm: VM) throws(ExceptionObject) {
    let pickle = try PickleWriter(value, vm)
    let writer = ZipWriter(file)
    try ArchiveErrors.check(name) { () throws(ArchiveError) in
      func add(_ record: String, _ bytes: [UInt8]) throws(ArchiveError) {
        try writer.add("\(name)/\(record)", bytes, alignment: 64)
      }
      try add("data.pkl", pickle.bytes)
      try add(".format_version", Array("1".utf8))
      try add(".storage_alignment", Array("64".utf8))
      try add("byteorder", Array("little".utf8))
      for (key, (storage, dtype)) in pickle.storages.enumerated() {
        // A part of an element at the end belongs to no tensor.
        let size = storage.byteCount / dtype.size * dtype.size
        try writer.add(
          "\(name)/data/\(key)", [UnsafeRawBufferPointer(start: storage.bytes, count: size)], alignment: 64)
      }
      try add("version", Array("3\n".utf8))
      try writer.finish()
    }
  }

  /// The name inside the archive for a file: `model` for `runs/model.pth`.
  static func innerName(_ path: String?) -> String {
    guard let path else { return "archive" }
    let name = Path.split(path).name
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return stem.isEmpty ? "archive" : stem
  }

  // MARK: Reading

  static func read(
    _ file: OpenFile, name: String, map: MapLocation, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let archive = try ArchiveErrors.check(name) { () throws(ArchiveError) in try ZipReader(file) }
    let pickles = archive.entries.filter { $0.name.hasSuffix("/data.pkl") && $0.name.split(separator: "/").count == 2 }
    guard pickles.count == 1 else {
      throw .runtime("\(name) is no PyTorch archive: it holds no data.pkl")
    }
    let folder = String(pickles[0].name.dropLast("data.pkl".count))
    if archive[folder + "constants.pkl"] != nil {
      throw .notImplemented(
        "\(name) is a TorchScript archive, which is a program: tnb reads what torch.save(model.state_dict(), file) wrote"
      )
    }
    let isSwapped = try bytes("byteorder", folder, archive, name) == Array("big".utf8)
    let program = try bytes("data.pkl", folder, archive, name) ?? []
    var loaded: [String: (dtype: DType, storage: Storage)] = [:]
    return try PickleReader.read(program, name: name, vm) { (key, location, dtype, count) throws(ExceptionObject) in
      try map.check(location)
      if let known = loaded[key] {
        guard known.dtype == dtype, known.storage.byteCount == count * dtype.size else {
          throw .runtime("\(name) is damaged: it gives the storage \(key) several sizes or types")
        }
        return known.storage
      }
      let storage = try load(key, folder, archive, name, dtype, count, isSwapped: isSwapped)
      loaded[key] = (dtype, storage)
      return storage
    }
  }

  /// A small record of the archive; nil when it has none of the name.
  private static func bytes(
    _ record: String, _ folder: String, _ archive: ZipReader, _ name: String
  ) throws(ExceptionObject) -> [UInt8]? {
    guard let entry = archive[folder + record] else { return nil }
    // Real ones have some kilobytes. Every byte may become an object, so that there is a limit.
    guard entry.size <= 1 << 26 else { throw .runtime("\(name) describes more values than tnb reads") }
    try Capacity.check(entry.size, stride: 16)
    return try ArchiveErrors.check(name) { () throws(ArchiveError) in try archive.bytes(entry) }
  }

  private static func load(
    _ key: String, _ folder: String, _ archive: ZipReader, _ name: String, _ dtype: DType, _ count: Int, isSwapped: Bool
  ) throws(ExceptionObject) -> Storage {
    let (size, overflow) = count.multipliedReportingOverflow(by: dtype.size)
    guard !overflow, let entry = archive[folder + "data/" + key], entry.size == size else {
      throw .runtime("\(name) is damaged: the storage \(key) has not the \(count) elements that it should have")
    }
    let storage = try core { () throws(TensorError) in try Storage(byteCount: size) }
    let target = UnsafeMutableRawBufferPointer(start: storage.bytes, count: size)
    try ArchiveErrors.check(name) { () throws(ArchiveError) in try archive.read(entry, into: target) }
    if isSwapped { NPYFile.swapBytes(target, dtype.size) }
    if dtype == .bool { NPYFile.normalise(target) }
    return storage
  }
}

/// `map_location`: where loaded tensors go. There is only the CPU.
struct MapLocation {
  /// What names devices anew; nil: nothing does.
  private var names: [String: String]?
  private var sendsAll = false

  init(_ value: Value?, _ vm: VM) throws(ExceptionObject) {
    guard let value else { return }
    if let dict = value.asDict {
      names = [:]
      var position = 0
      while let (from, to) = dict.next(&position) {
        if let from = from.string { names?[from] = try DeviceObject.from(to)?.text }
      }
      return
    }
    sendsAll = true
    if let device = try DeviceObject.from(value) { try device.requireAvailable() }
  }

  /// Raises for a tensor of a device that is not there and was not mapped to one that is.
  func check(_ location: String) throws(ExceptionObject) {
    if sendsAll { return }
    let place = names?[location] ?? location
    guard place.hasPrefix("cuda") else { return }
    throw .runtime(
      "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU."
    )
  }
}
