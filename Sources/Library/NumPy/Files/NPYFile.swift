import Runtime
import Tensor

/// Arrays as `.npy` files.
enum NPYFile {
  // MARK: Writing

  static func write(_ array: Value, to stream: ByteStream, _ vm: VM) throws(ExceptionObject) {
    if case .object(let o) = array, let text = o as? TextArray { return try write(text, to: stream, vm) }
    if let text = try TextArray.make(array, nil, vm) { return try write(text, to: stream, vm) }
    var tensor = try NumPyArray.from(array, vm)
    var header = NPYHeader(
      kind: .number(tensor.dtype, isSwapped: false), isFortranOrder: false, shape: tensor.shape.array)
    if !tensor.isContiguous, let reversed = reversed(tensor), reversed.isContiguous {
      header.isFortranOrder = true
      tensor = reversed
    } else if !tensor.isContiguous {
      tensor = NumPyCore.copy(tensor)
    }
    try stream.write(header.bytes, vm)
    let source = UnsafeRawBufferPointer(start: tensor.data, count: tensor.count * tensor.dtype.size)
    try stream.write(source, vm)
    withExtendedLifetime(tensor) {}
  }

  /// The same elements with the dimensions in the other order.
  private static func reversed(_ t: Tensor) -> Tensor? {
    guard t.ndim > 1 else { return nil }
    let (shape, strides) = (Dims(t.shape.reversed()), Dims(t.strides.reversed()))
    return Tensor(
      storage: t.storage, offset: t.offset, shape: shape, strides: strides, dtype: t.dtype,
      isContiguous: Tensor.areContiguous(shape, strides))
  }

  private static func write(_ array: TextArray, to stream: ByteStream, _ vm: VM) throws(ExceptionObject) {
    let width = max(1, array.texts.map { $0.unicodeScalars.count }.max() ?? 1)
    let header = NPYHeader(kind: .text(width, isSwapped: false), isFortranOrder: false, shape: [array.texts.count])
    var bytes = header.bytes
    for text in array.texts {
      var count = 0
      for scalar in text.unicodeScalars {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(scalar.value >> UInt32(shift) & 0xFF)) }
        count += 1
      }
      bytes += [UInt8](repeating: 0, count: 4 * (width - count))
    }
    try stream.write(bytes, vm)
  }

  // MARK: Reading

  /// The array of a stream that stands behind the magic. `isFile`: messages are those of a real file.
  static func read(_ stream: ByteStream, isFile: Bool, _ vm: VM) throws(ExceptionObject) -> Value {
    let header = try NPYHeader.read(stream, vm)
    // Before memory is asked for: the file must hold what its header says.
    let (count, size) = try elements(header, stream, isFile: isFile, vm)
    switch header.kind {
    case .number(let dtype, let isSwapped):
      let tensor = try core { () throws(TensorError) in
        try Tensor(empty: Dims(header.isFortranOrder ? header.shape.reversed() : header.shape), dtype)
      }
      let target = UnsafeMutableRawBufferPointer(start: tensor.data, count: size)
      guard try stream.read(into: target, vm) == size else { throw cutOff(header, count, 0, isFile: isFile) }
      if isSwapped { swapBytes(target, dtype.size) }
      if dtype == .bool { normalise(target) }
      return .object(NDArray(header.isFortranOrder ? reversed(tensor) ?? tensor : tensor))
    case .text(let width, let isSwapped):
      try Capacity.check(count, stride: 16 + 4 * width)
      let bytes = try stream.read(size, vm)
      guard bytes.count == size else { throw cutOff(header, count, 0, isFile: isFile) }
      let shape = header.isFortranOrder ? header.shape.reversed() : header.shape
      let made = TextArray(try texts(bytes, count, width, isSwapped), shape, width: width)
      guard header.isFortranOrder else { return .object(made) }
      let codes = NumPyCore.permute(made.codes, shape.indices.reversed())
      return .object(TextArray(codes: codes, vocabulary: made.vocabulary, width: width))
    }
  }

  private static func elements(
    _ header: NPYHeader, _ stream: ByteStream, isFile: Bool, _ vm: VM
  ) throws(ExceptionObject) -> (count: Int, size: Int) {
    guard let count = header.count, case let (size, overflow) = count.multipliedReportingOverflow(by: header.kind.size),
      !overflow
    else { throw .value("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.") }
    if stream.isSeekable {
      let rest = max(0, try stream.size(vm) - stream.position)
      if rest < size { throw cutOff(header, count, rest, isFile: isFile) }
    }
    try Capacity.check(size, stride: 1)
    return (count, size)
  }

  private static func cutOff(_ header: NPYHeader, _ count: Int, _ rest: Int, isFile: Bool) -> ExceptionObject {
    if !isFile { return .value("EOF: reading array data, expected \(count * header.kind.size) bytes got \(rest)") }
    let read = header.kind.size > 0 ? rest / header.kind.size : 0
    return .value(
      "Failed to read all data for array. Expected \(NumPyArray.pythonTuple(header.shape)) = \(count) elements, could only read \(read) elements. (file seems not fully written?)"
    )
  }

  static func swapBytes(_ bytes: UnsafeMutableRawBufferPointer, _ size: Int) {
    var i = 0
    while i + size <= bytes.count {
      for k in 0..<(size / 2) { bytes.swapAt(i + k, i + size - 1 - k) }
      i += size
    }
  }

  /// Any byte but 0 is True; kernels expect 1.
  static func normalise(_ bytes: UnsafeMutableRawBufferPointer) {
    for i in bytes.indices where bytes[i] > 1 { bytes[i] = 1 }
  }

  private static func texts(
    _ bytes: [UInt8], _ count: Int, _ width: Int, _ isSwapped: Bool
  ) throws(ExceptionObject) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for i in 0..<count {
      var text = String.UnicodeScalarView()
      var zeros = 0
      for k in 0..<width {
        let at = (i * width + k) * 4
        let b = bytes[at..<(at + 4)].map { UInt32($0) }
        let value = isSwapped ? b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3] : b[3] << 24 | b[2] << 16 | b[1] << 8 | b[0]
        if value == 0 {
          zeros += 1
          continue
        }
        guard let scalar = Unicode.Scalar(value) else { throw .value("an element of the array is no text") }
        // Zeros at the end are padding.
        while zeros > 0 {
          text.append("\0")
          zeros -= 1
        }
        text.append(scalar)
      }
      texts.append(String(text))
    }
    return texts
  }
}
