import Runtime
import Tensor

/// `np.fromfile`, `np.frombuffer`: elements as they stand in memory, without a header.
enum RawFiles {
  static func add(to table: MemberTable) {
    table.native("frombuffer(buffer, dtype=float, count=-1, offset=0, *, like=None)", "Bytes as an array.") {
      (vm, args) throws(ExceptionObject) in
      guard let buffer = args[0].asBytes else {
        throw .type("a bytes-like object is required, not '\(vm.typeName(args[0]))'")
      }
      let dtype = try dtype(args, vm)
      let count = try TextTableArguments.count(args, 2, default: -1, vm)
      let offset = try TextTableArguments.count(args, 3, default: 0, vm)
      let size = buffer.bytes.count
      guard (0...size).contains(offset) else {
        throw .value("offset must be non-negative and no greater than buffer length (\(size))")
      }
      let rest = size - offset
      if count < 0, rest % dtype.size != 0 { throw .value("buffer size must be a multiple of element size") }
      guard count < 0 || count <= rest / dtype.size else {
        throw .value("buffer is smaller than requested size")
      }
      return try array(buffer.bytes[offset...], count < 0 ? rest / dtype.size : count, dtype)
    }
    table.native(
      "fromfile(file, dtype=float, count=-1, sep='', offset=0, *, like=None)",
      "The elements that a file holds as bytes."
    ) { (vm, args) throws(ExceptionObject) in
      if args.given(3)?.string.map({ !$0.isEmpty }) ?? false {
        throw .notImplemented("np.fromfile of text is not available in tnb: use np.loadtxt")
      }
      let dtype = try dtype(args, vm)
      let count = try TextTableArguments.count(args, 2, default: -1, vm)
      let offset = try TextTableArguments.count(args, 4, default: 0, vm)
      let stream = try FileArgument.reader(args[0], vm)
      if offset > 0 { try stream.seek(to: stream.position.addingReportingOverflow(offset).partialValue, vm) }
      let wanted = count < 0 ? nil : count.multipliedReportingOverflow(by: dtype.size)
      let bytes = try stream.read(wanted.map { $0.overflow ? .max : $0.partialValue }, vm)
      return try array(bytes[...], bytes.count / dtype.size, dtype)
    }
  }

  private static func dtype(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> DType {
    try args.given(1).map { (v) throws(ExceptionObject) in try NumPyDType.require(v, vm) } ?? .float64
  }

  private static func array(_ bytes: ArraySlice<UInt8>, _ count: Int, _ dtype: DType) throws(ExceptionObject) -> Value {
    let tensor = try NumPyCore.checked([count], dtype)
    let target = UnsafeMutableRawBufferPointer(start: tensor.data, count: count * dtype.size)
    bytes.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<target.count])) }
    if dtype == .bool { NPYFile.normalise(target) }
    return .object(NDArray(tensor))
  }

  /// The bytes of the elements, row after row.
  static func bytes(_ tensor: Tensor) throws(ExceptionObject) -> [UInt8] {
    try Capacity.check(tensor.count, stride: tensor.dtype.size)
    let dense = tensor.isContiguous ? tensor : NumPyCore.copy(tensor)
    return withExtendedLifetime(dense) {
      [UInt8](UnsafeRawBufferPointer(start: dense.data, count: dense.count * dense.dtype.size))
    }
  }
}
