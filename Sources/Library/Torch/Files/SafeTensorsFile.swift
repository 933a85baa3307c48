import Files
import Runtime
import Tensor

/// The safetensors format: a JSON header with the type, the shape and the place of each tensor, and their bytes.
struct SafeTensorsFile {
  struct Entry {
    let name: String
    let dtype: DType
    let shape: [Int]
    /// The first byte of its elements, counted from the file's start.
    let offset: Int
    let size: Int
  }

  let entries: [Entry]
  let metadata: [(key: Str, value: Str)]

  /// As the format's own library has it.
  static let largestHeader = 100_000_000

  nonisolated(unsafe) static let error = TypeObject(
    "SafetensorError", module: "safetensors", bases: [Types.exception], layout: .exception)

  static func failure(_ why: String) -> ExceptionObject { .make(error, "Error while deserializing: \(why)") }

  // MARK: Writing

  /// Tensors in the order in which their bytes stand: the widest elements first, so that all are aligned.
  static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [(key: String, value: String)], to stream: ByteStream,
    _ vm: VM
  ) throws(ExceptionObject) {
    let order = tensors.indices.sorted {
      let (a, b) = (tensors[$0].tensor.dtype.size, tensors[$1].tensor.dtype.size)
      return a != b ? a > b : $0 < $1
    }
    let header = Dict()
    if !metadata.isEmpty {
      let entries = Dict()
      for (key, value) in metadata { entries.set(Str(key), .text(value)) }
      header.set(Str("__metadata__"), .dict(entries))
    }
    var offset = 0
    for i in order {
      let (name, tensor) = tensors[i]
      let size = tensor.count * tensor.dtype.size
      let info = Dict()
      info.set(Str("dtype"), .text(tensor.dtype.safeTensorsName))
      info.set(Str("shape"), .makeList(tensor.shape.map { .int($0) }))
      info.set(Str("data_offsets"), .makeList([.int(offset), .int(offset + size)]))
      header.set(Str(name), .dict(info))
      offset += size
    }
    var text = Array(try JSONWriter.compact(.dict(header), vm).utf8)
    text += [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8)
    guard text.count <= largestHeader else {
      throw .make(error, "Error while serializing: header too large")
    }
    var length: [UInt8] = []
    length.append(text.count, 8)
    try stream.write(length + text, vm)
    for i in order {
      let tensor = tensors[i].tensor
      let dense = try core { () throws(TensorError) in try Operations.contiguous(tensor.detach()) }
      try stream.write(UnsafeRawBufferPointer(start: dense.data, count: dense.count * dense.dtype.size), vm)
      withExtendedLifetime(dense) {}
    }
  }

  // MARK: Reading

  /// Reads the header of a file that begins at `start`. Every byte behind it must belong to just one tensor.
  init(_ file: OpenFile, at start: Int, _ vm: VM) throws(ExceptionObject) {
    func check<T>(_ body: () throws(FileError) -> T) throws(ExceptionObject) -> T {
      do throws(FileError) { return try body() } catch { throw ExceptionAttributes.make(error) }
    }
    let size = try check { () throws(FileError) in try file.size() } - start
    guard size >= 8, let head = try check({ () throws(FileError) in try file.bytes(at: start, count: 8) }) else {
      throw SafeTensorsFile.failure("header too small")
    }
    var reader = ByteReader(head)
    guard let length = reader.size(8), length <= SafeTensorsFile.largestHeader else {
      throw SafeTensorsFile.failure("header too large")
    }
    // A byte of JSON may become an object.
    try Capacity.check(length, stride: 32)
    guard let json = try check({ () throws(FileError) in try file.bytes(at: start + 8, count: length) }) else {
      throw SafeTensorsFile.failure("invalid header length")
    }
    let header = try SafeTensorsFile.parse(json, vm)
    var metadata: [(key: Str, value: Str)] = []
    var entries: [Entry] = []
    var position = 0
    while let (key, value) = header.next(&position) {
      guard let name = key.asStr, let info = value.asDict else {
        throw SafeTensorsFile.failure("invalid JSON in header")
      }
      if name.string == "__metadata__" {
        var place = 0
        while let (key, value) = info.next(&place) {
          guard let key = key.asStr, let value = value.asStr else {
            throw SafeTensorsFile.failure("invalid JSON in header: metadata that is no text")
          }
          metadata.append((key, value))
        }
      } else {
        entries.append(try SafeTensorsFile.entry(name.string, info, start + 8 + length))
      }
    }
    try SafeTensorsFile.checkPlaces(entries, from: start + 8 + length, to: start + size)
    self.entries = entries
    self.metadata = metadata
  }

  private static func parse(_ json: [UInt8], _ vm: VM) throws(ExceptionObject) -> Dict {
    let text = try? TextCodec.decode(json, "utf-8", errors: "strict")
    guard let text else { throw failure("invalid UTF-8 in header") }
    let value: Value
    do throws(ExceptionObject) {
      value = try JSONReader.read(text, hasUniqueKeys: true, vm)
    } catch {
      if error.type === Types.memoryError { throw error }
      throw failure("invalid JSON in header: \((try? vm.str(.object(error))) ?? "")")
    }
    guard let header = value.asDict else { throw failure("invalid JSON in header: it is no object") }
    return header
  }

  private static func entry(_ name: String, _ info: Dict, _ start: Int) throws(ExceptionObject) -> Entry {
    let wrong = failure("invalid JSON in header: the tensor `\(name)` has no dtype, shape and data_offsets")
    guard let type = info.get(Str("dtype"))?.string, let shape = integers(info.get(Str("shape"))),
      let offsets = integers(info.get(Str("data_offsets"))), offsets.count == 2
    else { throw wrong }
    guard let dtype = DType.allCases.first(where: { $0.safeTensorsName == type }) else {
      if otherTypes.contains(type) {
        throw .notImplemented("the tensor `\(name)` is of type \(type), which is not available in tnb")
      }
      throw failure("invalid JSON in header: unknown type `\(type)` of the tensor `\(name)`")
    }
    guard shape.count <= Dims.capacity else {
      throw .runtime(
        "tensors of more than \(Dims.capacity) dimensions are not available in tnb (`\(name)` has \(shape.count))")
    }
    var size = dtype.size
    for length in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      if overflow { throw failure("overflow computing buffer size from shape and/or element type") }
      size = product
    }
    guard offsets[0] <= offsets[1] else { throw failure("invalid offset for tensor `\(name)`") }
    guard offsets[1] - offsets[0] == size, offsets[0] <= Int.max - start - size else {
      throw failure("invalid shape, data type, or offset for tensor `\(name)`")
    }
    return Entry(name: name, dtype: dtype, shape: shape, offset: start + offsets[0], size: size)
  }

  private static let otherTypes: Set<String> = [
    "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "U16", "U32", "U64",
    "C64",
  ]

  /// A list of ints that are not negative.
  private static func integers(_ value: Value?) -> [Int]? {
    guard let items = value?.asList?.items else { return nil }
    var result: [Int] = []
    for item in items {
      guard case .int(let i) = item, i >= 0 else { return nil }
      result.append(i)
    }
    return result
  }

  /// One tensor follows the other, without gaps and overlaps, to the end.
  private static func checkPlaces(_ entries: [Entry], from start: Int, to end: Int) throws(ExceptionObject) {
    var position = start
    for entry in entries.sorted(by: { ($0.offset, $0.size) < ($1.offset, $1.size) }) {
      guard entry.offset == position else { throw failure("invalid offset for tensor `\(entry.name)`") }
      position += entry.size
    }
    guard position == end else { throw failure("incomplete metadata, file not fully covered") }
  }

  /// The elements of a tensor.
  static func load(_ entry: Entry, from file: OpenFile, _ vm: VM) throws(ExceptionObject) -> Storage {
    let storage = try core { () throws(TensorError) in try Storage(byteCount: entry.size) }
    let target = UnsafeMutableRawBufferPointer(start: storage.bytes, count: entry.size)
    var isWhole = false
    do throws(FileError) {
      isWhole = try file.readAll(at: entry.offset, into: target)
    } catch {
      throw ExceptionAttributes.make(error)
    }
    guard isWhole else { throw failure("incomplete metadata, file not fully covered") }
    if entry.dtype == .bool { NPYFile.normalise(target) }
    return storage
  }
}

extension DType {
  /// `F32`, as safetensors files name it.
  var safeTensorsName: String {
    switch self {
    case .bool: "BOOL"
    case .uint8: "U8"
    case .int8: "I8"
    case .int16: "I16"
    case .int32: "I32"
    case .int64: "I64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    }
  }
}
