import CFiles
import Glibc

/// An open file: bytes at offsets. Closed when the last reference goes.
package class OpenFile {
  /// The path as it was given.
  package final let path: String
  /// False for pipes and devices, where offsets mean nothing.
  package final let isSeekable: Bool

  init(path: String, isSeekable: Bool) {
    self.path = path
    self.isSeekable = isSeekable
  }

  /// Reads up to `target.count` bytes; 0 at the end.
  package func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int { 0 }
  /// Writes all of `source` at `offset`; nil: at the end, wherever that is.
  package func write(_ source: UnsafeRawBufferPointer, at offset: Int?) throws(FileError) {}
  package func size() throws(FileError) -> Int { 0 }
  /// Cuts the file, or fills it with zeros.
  package func resize(to size: Int) throws(FileError) {}
  /// The system's number for it; nil for a file that is in no file system.
  package var descriptor: Int32? { nil }
}

extension OpenFile {
  /// Bytes in memory as a file.
  package static func of(_ bytes: [UInt8]) -> OpenFile { BytesFile(bytes) }

  /// A new file in memory, which `allows` bounds, and what it holds.
  package static func memory(allows: @escaping (Int) -> Bool) -> (file: OpenFile, contents: () -> [UInt8]) {
    let contents = MemoryContents(allows: allows)
    return (MemoryFile(contents, path: ""), { Array(contents.buffer) })
  }

  /// Bytes `offset..<offset + target.count`; false when the file ends before.
  package final func readAll(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Bool {
    var done = 0
    while done < target.count {
      // In steps, between which Ctrl-C is seen by who asks for many of them.
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[done..<min(target.count, done + 1 << 26)])
      let count = try read(at: offset + done, into: rest)
      if count == 0 { return false }
      done += count
    }
    return true
  }

  /// As above, as an array; nil when the file ends before. The caller has looked at whether there is memory for it.
  package final func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8]? {
    guard count > 0 else { return count == 0 ? [] : nil }
    let size = try self.size()
    guard offset >= 0, offset <= size, count <= size - offset else { return nil }
    var failure: FileError?
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(FileError) {
        isWhole = try readAll(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
      filled = isWhole ? count : 0
    }
    if let failure { throw failure }
    return isWhole ? bytes : nil
  }

  package final func write(_ bytes: [UInt8], at offset: Int?) throws(FileError) {
    var failure: FileError?
    bytes.withUnsafeBytes { buffer in
      do throws(FileError) { try write(buffer, at: offset) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// A file of the system.
final class DescriptorFile: OpenFile {
  private let number: Int32

  /// Takes the descriptor over.
  init(_ descriptor: Int32, path: String) {
    number = descriptor
    super.init(path: path, isSeekable: lseek(descriptor, 0, SEEK_CUR) >= 0)
  }

  deinit { close(number) }

  override var descriptor: Int32? { number }

  override func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count =
      isSeekable
      ? pread(number, target.baseAddress, target.count, offset) : Glibc.read(number, target.baseAddress, target.count)
    guard count >= 0 else { throw .last(path) }
    return count
  }

  override func write(_ source: UnsafeRawBufferPointer, at offset: Int?) throws(FileError) {
    var done = 0
    while done < source.count {
      let start = source.baseAddress! + done
      // With O_APPEND the offset is the system's.
      let count =
        isSeekable && offset != nil
        ? pwrite(number, start, source.count - done, offset! + done) : Glibc.write(number, start, source.count - done)
      if count < 0 {
        if errno == EINTR { continue }
        throw .last(path)
      }
      done += count
    }
  }

  override func size() throws(FileError) -> Int {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .last(path) }
    return Int(status.st_size)
  }

  override func resize(to size: Int) throws(FileError) {
    guard ftruncate(number, size) == 0 else { throw .last(path) }
  }
}

/// The contents of a file that is on no disk.
final class MemoryContents {
  private var bytes: UnsafeMutableRawPointer
  private(set) var count = 0
  private var capacity = 0
  private(set) var modified: Double
  private let allows: (Int) -> Bool

  /// `allows` says whether the process may take so many bytes more.
  init(allows: @escaping (Int) -> Bool) {
    bytes = malloc(1)!
    self.allows = allows
    modified = MemoryContents.now
  }

  deinit { free(bytes) }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) -> Int {
    guard offset >= 0, offset < count else { return 0 }
    let n = min(target.count, count - offset)
    target.copyMemory(from: UnsafeRawBufferPointer(start: bytes + offset, count: n))
    return n
  }

  /// False where there is no memory for it.
  func write(_ source: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard source.count > 0 else { return true }
    let (end, overflow) = offset.addingReportingOverflow(source.count)
    guard !overflow, end <= count || resize(to: end) else { return false }
    (bytes + offset).copyMemory(from: source.baseAddress!, byteCount: source.count)
    modified = MemoryContents.now
    return true
  }

  /// New bytes are zero. False where there is no memory for it.
  func resize(to size: Int) -> Bool {
    if size > capacity {
      let wanted = max(size, min(capacity + capacity / 2, capacity + 1 << 28), 256)
      guard wanted < 1 << 46, allows(wanted - capacity), let larger = realloc(bytes, wanted) else { return false }
      bytes = larger
      capacity = wanted
    }
    if size > count { memset(bytes + count, 0, size - count) }
    count = size
    modified = MemoryContents.now
    return true
  }
}

/// An open file of the overlay.
final class MemoryFile: OpenFile {
  private let contents: MemoryContents

  init(_ contents: MemoryContents, path: String) {
    self.contents = contents
    super.init(path: path, isSeekable: true)
  }

  override func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    contents.read(at: offset, into: target)
  }
  override func write(_ source: UnsafeRawBufferPointer, at offset: Int?) throws(FileError) {
    guard contents.write(source, at: offset ?? contents.count) else { throw FileError(.memory, path) }
  }
  override func size() throws(FileError) -> Int { contents.count }
  override func resize(to size: Int) throws(FileError) {
    guard contents.resize(to: size) else { throw FileError(.memory, path) }
  }
}

/// Bytes that are read as a file.
final class BytesFile: OpenFile {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    super.init(path: "", isSeekable: true)
  }

  override func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let count = min(target.count, bytes.count - offset)
    bytes.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + count)])) }
    return count
  }
  override func size() throws(FileError) -> Int { bytes.count }
}

/// `/dev/null`: always empty.
final class NullFile: OpenFile {
  init() { super.init(path: "/dev/null", isSeekable: true) }
}
