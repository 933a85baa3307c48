import CKernels
import Files
import Runtime

/// Bytes to read from or write to at a position: a file or memory.
class ByteStream {
  final let canRead: Bool
  final let canWrite: Bool
  final private(set) var isClosed = false
  /// Where the next byte is read or written.
  fileprivate(set) final var position = 0

  init(canRead: Bool, canWrite: Bool) {
    self.canRead = canRead
    self.canWrite = canWrite
  }

  /// Up to `count` bytes, at least one where the end is not reached.
  func readSome(_ count: Int, _ vm: VM) throws(ExceptionObject) -> [UInt8] { [] }
  /// How many bytes there are.
  func size(_ vm: VM) throws(ExceptionObject) -> Int { 0 }
  func write(_ bytes: [UInt8], _ vm: VM) throws(ExceptionObject) {}
  func resize(to size: Int, _ vm: VM) throws(ExceptionObject) {}
  /// Reads straight into memory; gives how much of it was filled before the end.
  func read(into target: UnsafeMutableRawBufferPointer, _ vm: VM) throws(ExceptionObject) -> Int {
    let bytes = try read(target.count, vm)
    target.copyBytes(from: bytes)
    return bytes.count
  }
  /// Writes straight from memory.
  func write(_ source: UnsafeRawBufferPointer, _ vm: VM) throws(ExceptionObject) {
    try write([UInt8](source), vm)
  }
  /// Everything as a file that can be read at any place.
  func openFile(_ vm: VM) throws(ExceptionObject) -> OpenFile { OpenFile.of([]) }
  /// Hands on what is waiting to be written.
  func flush(_ vm: VM) throws(ExceptionObject) {}
  /// Lets go of what is open.
  fileprivate func release() {}
  var isSeekable: Bool { true }
  /// The system's number of the file; nil for memory.
  var descriptor: Int32? { nil }

  func seek(to offset: Int, _ vm: VM) throws(ExceptionObject) { position = offset }

  final func close(_ vm: VM) throws(ExceptionObject) {
    if isClosed { return }
    defer {
      isClosed = true
      release()
    }
    try flush(vm)
  }

  /// `count` bytes, fewer at the end; all that are left without a count.
  final func read(_ count: Int?, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    var wanted = count ?? Int.max
    // What is known to be there must fit; what is not is looked at as it comes.
    if isSeekable {
      let rest = max(0, try size(vm) - position)
      try Capacity.check(min(wanted, rest), stride: 1)
    }
    var result: [UInt8] = []
    while wanted > 0 {
      let part = try readSome(min(wanted, 1 << 24), vm)
      if part.isEmpty { break }
      if result.isEmpty { result = part } else { result += part }
      wanted -= part.count
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
      if result.count > 1 << 20 { try Capacity.check(result.count, stride: 1) }
    }
    return result
  }

  /// The bytes to the next newline, it included, at most `limit`; empty at the end.
  final func readLine(limit: Int?, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    var line: [UInt8] = []
    while limit.map({ line.count < $0 }) ?? true {
      let start = position
      let part = try readSome(min(1 << 13, limit.map { $0 - line.count } ?? Int.max), vm)
      if part.isEmpty { break }
      if let end = part.firstIndex(of: 0x0A) {
        line += part[...end]
        if end + 1 < part.count { try unread(part, from: end + 1, start: start, vm) }
        break
      }
      line += part
      if line.count > 1 << 20 { try Capacity.check(line.count, stride: 1) }
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
    return line
  }

  /// Gives back the end of what was read last.
  fileprivate func unread(_ part: [UInt8], from index: Int, start: Int, _ vm: VM) throws(ExceptionObject) {
    position = start + index
  }
}

/// The bytes of a file, read and written by way of buffers.
final class FileStream: ByteStream {
  private var file: OpenFile?
  private let appends: Bool
  private let isBuffered: Bool
  /// Bytes read ahead, which stand at `bufferStart` in the file.
  private var buffer: [UInt8] = []
  private var bufferStart = 0
  /// Bytes to be written at `pendingStart`.
  private var pending: [UInt8] = []
  private var pendingStart = 0

  init(_ file: OpenFile, _ mode: OpenMode, isBuffered: Bool, _ vm: VM) throws(ExceptionObject) {
    self.file = file
    appends = mode.appends
    self.isBuffered = isBuffered
    super.init(canRead: mode.reads, canWrite: mode.writes)
    if appends, file.isSeekable { position = try size(vm) }
  }

  /// A file that nobody closed keeps what was written to it, as in CPython.
  deinit { try? writePending() }

  override var isSeekable: Bool { file?.isSeekable ?? false }
  override var descriptor: Int32? { file?.descriptor }

  /// Errors of the file as exceptions; a call that Ctrl-C ended raises KeyboardInterrupt.
  private func check<T>(_ vm: VM, _ body: () throws(FileError) -> T) throws(ExceptionObject) -> T {
    do throws(FileError) {
      return try body()
    } catch {
      if error.isInterruption, tnb_interrupt_pending() != 0 { throw vm.interrupt() }
      throw ExceptionAttributes.make(error.withoutPath)
    }
  }

  override func readSome(_ count: Int, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    guard let file else { return [] }
    try flush(vm)
    if !isSeekable { return try readStream(file, count, vm) }
    if position < bufferStart || position >= bufferStart + buffer.count {
      let chunk = isBuffered ? max(1 << 16, min(count, 1 << 24)) : count
      let start = position
      let bytes = try load(file, chunk, vm)
      // A large piece goes straight through.
      if bytes.count <= count {
        position += bytes.count
        return bytes
      }
      (buffer, bufferStart) = (bytes, start)
    }
    let from = position - bufferStart
    let n = min(count, buffer.count - from)
    position += n
    return n == buffer.count ? buffer : Array(buffer[from..<(from + n)])
  }

  /// From a pipe or a device, which has no positions.
  private func readStream(_ file: OpenFile, _ count: Int, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    if buffer.isEmpty { buffer = try load(file, isBuffered ? 1 << 16 : count, vm) }
    let n = min(count, buffer.count)
    defer { buffer.removeFirst(n) }
    position += n
    return Array(buffer[..<n])
  }

  override fileprivate func unread(_ part: [UInt8], from index: Int, start: Int, _ vm: VM) throws(ExceptionObject) {
    if !isSeekable { buffer.insert(contentsOf: part[index...], at: 0) }
    position = start + index
  }

  private func load(_ file: OpenFile, _ count: Int, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    var failure: ExceptionObject?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      do throws(ExceptionObject) {
        filled = try check(vm) { () throws(FileError) in
          try file.read(
            at: position, into: UnsafeMutableRawBufferPointer(start: target.baseAddress, count: count))
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  override func read(into target: UnsafeMutableRawBufferPointer, _ vm: VM) throws(ExceptionObject) -> Int {
    guard let file, isSeekable, target.count > 1 << 16 else { return try super.read(into: target, vm) }
    try flush(vm)
    var done = 0
    while done < target.count {
      let piece = UnsafeMutableRawBufferPointer(rebasing: target[done..<min(target.count, done + 1 << 26)])
      let count = try check(vm) { () throws(FileError) in try file.read(at: position, into: piece) }
      if count == 0 { break }
      done += count
      position += count
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
    return done
  }

  override func write(_ source: UnsafeRawBufferPointer, _ vm: VM) throws(ExceptionObject) {
    guard let file, isSeekable, !appends, source.count > 1 << 16 else { return try super.write(source, vm) }
    try flush(vm)
    buffer = []
    var done = 0
    while done < source.count {
      let piece = UnsafeRawBufferPointer(rebasing: source[done..<min(source.count, done + 1 << 26)])
      try check(vm) { () throws(FileError) in try file.write(piece, at: position) }
      done += piece.count
      position += piece.count
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
  }

  override func openFile(_ vm: VM) throws(ExceptionObject) -> OpenFile {
    try flush(vm)
    return file ?? OpenFile.of([])
  }

  override func size(_ vm: VM) throws(ExceptionObject) -> Int {
    try flush(vm)
    return try check(vm) { () throws(FileError) in try file?.size() ?? 0 }
  }

  override func seek(to offset: Int, _ vm: VM) throws(ExceptionObject) {
    try flush(vm)
    position = offset
  }

  override func write(_ bytes: [UInt8], _ vm: VM) throws(ExceptionObject) {
    if bytes.isEmpty { return }
    if pending.isEmpty {
      if appends, isSeekable { position = try check(vm) { () throws(FileError) in try file?.size() ?? 0 } }
      pendingStart = position
      buffer = []
    }
    pending += bytes
    position += bytes.count
    if !isBuffered || pending.count > 1 << 13 { try flush(vm) }
  }

  override func flush(_ vm: VM) throws(ExceptionObject) {
    if !pending.isEmpty { try check(vm) { () throws(FileError) in try writePending() } }
  }

  private func writePending() throws(FileError) {
    guard let file, !pending.isEmpty else { return }
    let bytes = pending
    // What failed once is not tried again at every turn.
    pending = []
    try file.write(bytes, at: appends ? nil : pendingStart)
  }

  override func resize(to size: Int, _ vm: VM) throws(ExceptionObject) {
    try flush(vm)
    buffer = []
    try check(vm) { () throws(FileError) in try file?.resize(to: size) }
  }

  override fileprivate func release() {
    file = nil
    buffer = []
  }
}

/// Bytes in memory: what stands behind `io.BytesIO`.
final class MemoryStream: ByteStream {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    super.init(canRead: true, canWrite: true)
  }

  override func readSome(_ count: Int, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    guard position < bytes.count, count > 0 else { return [] }
    let end = position + min(count, bytes.count - position)
    defer { position = end }
    return position == 0 && end == bytes.count ? bytes : Array(bytes[position..<end])
  }

  override func size(_ vm: VM) throws(ExceptionObject) -> Int { bytes.count }

  override func write(_ new: [UInt8], _ vm: VM) throws(ExceptionObject) {
    if new.isEmpty { return }
    let (end, overflow) = position.addingReportingOverflow(new.count)
    if overflow { throw .overflow("new position too large") }
    if end > bytes.count { try resize(to: end, vm) }
    bytes.replaceSubrange(position..<end, with: new)
    position = end
  }

  override func resize(to size: Int, _ vm: VM) throws(ExceptionObject) {
    if size > bytes.count {
      try Capacity.check(size, stride: 1)
      bytes += [UInt8](repeating: 0, count: size - bytes.count)
    } else {
      bytes.removeSubrange(size...)
    }
  }

  override func openFile(_ vm: VM) throws(ExceptionObject) -> OpenFile { OpenFile.of(bytes) }

  override fileprivate func release() { bytes = [] }
}
