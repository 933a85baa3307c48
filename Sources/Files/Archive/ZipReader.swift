import CFiles

/// Reads a ZIP archive: NumPy's `.npz`, PyTorch's `.pt`. Nothing in it is believed: sizes and places are checked against the
/// file and each other, no two entries share a byte, contents have the size and the checksum that the directory states.
package final class ZipReader {
  package struct Entry {
    package let name: String
    /// The size of its contents.
    package let size: Int
    let method: Int
    let checksum: UInt64
    let storedSize: Int
    let headerOffset: Int
    fileprivate(set) var dataOffset = 0
  }

  package private(set) var entries: [Entry] = []
  private let file: OpenFile
  private var places: [String: Int] = [:]

  package init(_ file: OpenFile) throws(ArchiveError) {
    self.file = file
    let size = try archive { () throws(FileError) in try file.size() }
    let directory = try ZipReader.directory(of: file, size: size)
    try readDirectory(directory)
    try locate(before: directory.offset)
  }

  package subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  // MARK: The directory

  private struct Directory {
    var offset: Int
    var size: Int
    var count: Int
  }

  /// The record at the end that says where the directory is.
  private static func directory(of file: OpenFile, size: Int) throws(ArchiveError) -> Directory {
    let tailSize = min(size, 22 + 0xFFFF)
    let tail = try bytes(of: file, at: size - tailSize, count: tailSize)
    var place = tail.count - 22
    while place >= 0 {
      // The comment behind it reaches just to the end.
      if isMark(tail, place, 0x05, 0x06), Int(tail[place + 20]) | Int(tail[place + 21]) << 8 == tail.count - place - 22
      {
        break
      }
      place -= 1
    }
    guard place >= 0 else { throw .damaged("it has no directory of its contents") }
    var record = ByteReader(tail, at: place + 4)
    let disks = record.number(4)!
    _ = record.number(2)
    var directory = Directory(offset: 0, size: 0, count: record.size(2)!)
    directory.size = record.size(4)!
    directory.offset = record.size(4)!
    var end = size - tailSize + place
    // PyTorch writes the larger record whether it is needed or not.
    if let large = try largeDirectory(of: file, before: end) {
      (directory, end) = large
    } else if disks != 0 {
      throw .unsupported("it is one of several parts of an archive")
    }
    guard directory.size <= end, directory.offset == end - directory.size, directory.count <= directory.size / 46
    else { throw .damaged("the directory of its contents is not where it should be") }
    return directory
  }

  /// The directory of an archive with ZIP64's larger fields, and where its record begins; nil for one without.
  private static func largeDirectory(of file: OpenFile, before end: Int) throws(ArchiveError) -> (Directory, Int)? {
    guard end >= 20 else { return nil }
    let locator = try bytes(of: file, at: end - 20, count: 20)
    guard isMark(locator, 0, 0x06, 0x07) else { return nil }
    var reader = ByteReader(locator, at: 8)
    guard let offset = reader.size(8), offset <= end - 20 - 56 else {
      throw .damaged("its directory is cut off")
    }
    let record = try bytes(of: file, at: offset, count: 56)
    reader = ByteReader(record, at: 24)
    guard isMark(record, 0, 0x06, 0x06), let count = reader.size(8), reader.skip(8), let size = reader.size(8),
      let start = reader.size(8)
    else { throw .damaged("its directory is cut off") }
    return (Directory(offset: start, size: size, count: count), offset)
  }

  private func readDirectory(_ directory: Directory) throws(ArchiveError) {
    // The greatest that anybody has: a name of 64 KiB for each of a thousand entries.
    guard directory.size <= 1 << 26 else { throw .unsupported("the directory of its contents is too large") }
    var reader = ByteReader(try ZipReader.bytes(of: file, at: directory.offset, count: directory.size))
    for _ in 0..<directory.count {
      let entry = try readEntry(&reader)
      guard places.updateValue(entries.count, forKey: entry.name) == nil else {
        throw .damaged("it holds '\(entry.name)' twice")
      }
      entries.append(entry)
    }
  }

  private func readEntry(_ reader: inout ByteReader) throws(ArchiveError) -> Entry {
    let damaged = ArchiveError.damaged("the directory of its contents is damaged")
    let start = reader.position
    guard reader.rest >= 46, ZipReader.isMark(reader.bytes, start, 0x01, 0x02), reader.skip(8) else { throw damaged }
    let flags = reader.number(2)!
    let method = Int(reader.number(2)!)
    _ = reader.number(4)
    let checksum = reader.number(4)!
    var storedSize = reader.size(4)!
    var size = reader.size(4)!
    let lengths = (name: reader.size(2)!, extra: reader.size(2)!, comment: reader.size(2)!)
    _ = reader.number(8)
    var offset = reader.size(4)!
    guard let name = reader.take(lengths.name), let extra = reader.take(lengths.extra), reader.skip(lengths.comment)
    else { throw damaged }
    // Fields that are too small stand in an extra field, in this order.
    if size == 0xFFFF_FFFF || storedSize == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      var large = ByteReader(try ZipReader.largeSizes(Array(extra)))
      if size == 0xFFFF_FFFF { size = try large.size(8).orThrow(damaged) }
      if storedSize == 0xFFFF_FFFF { storedSize = try large.size(8).orThrow(damaged) }
      if offset == 0xFFFF_FFFF { offset = try large.size(8).orThrow(damaged) }
    }
    let text = String(decoding: name, as: UTF8.self)
    if flags & 1 != 0 { throw .unsupported("'\(text)' in it is encrypted") }
    guard method == 0 || method == 8 else {
      throw .unsupported("'\(text)' in it is compressed by a method other than deflate")
    }
    // Deflate makes nothing smaller than to a 1032nd.
    guard method == 0 ? size == storedSize : size / 1100 <= storedSize else {
      throw .damaged("the sizes of '\(text)' in it cannot be")
    }
    return Entry(
      name: text, size: size, method: method, checksum: checksum, storedSize: storedSize, headerOffset: offset)
  }

  private static func largeSizes(_ extra: [UInt8]) throws(ArchiveError) -> [UInt8] {
    var reader = ByteReader(extra)
    while let kind = reader.number(2), let count = reader.size(2), let field = reader.take(count) {
      if kind == 1 { return Array(field) }
    }
    throw .damaged("the directory of its contents is damaged")
  }

  /// Finds where the contents of the entries begin, and that no two overlap: a small archive must not stand for a large one.
  private func locate(before end: Int) throws(ArchiveError) {
    var occupied = 0
    for i in entries.indices.sorted(by: { entries[$0].headerOffset < entries[$1].headerOffset }) {
      let entry = entries[i]
      let damaged = ArchiveError.damaged("'\(entry.name)' in it is not where the directory says")
      guard entry.headerOffset >= occupied, entry.headerOffset <= end - 30 else { throw damaged }
      let header = try ZipReader.bytes(of: file, at: entry.headerOffset, count: 30)
      var lengths = ByteReader(header, at: 26)
      let names = lengths.size(2)! + lengths.size(2)!
      let data = entry.headerOffset + 30 + names
      guard ZipReader.isMark(header, 0, 0x03, 0x04), data <= end, entry.storedSize <= end - data else { throw damaged }
      entries[i].dataOffset = data
      occupied = data + entry.storedSize
    }
  }

  private static func isMark(_ bytes: [UInt8], _ at: Int, _ a: UInt8, _ b: UInt8) -> Bool {
    at + 4 <= bytes.count && bytes[at] == 0x50 && bytes[at + 1] == 0x4B && bytes[at + 2] == a && bytes[at + 3] == b
  }

  private static func bytes(of file: OpenFile, at offset: Int, count: Int) throws(ArchiveError) -> [UInt8] {
    guard let bytes = try archive({ () throws(FileError) in try file.bytes(at: offset, count: count) }) else {
      throw .damaged("it is cut off")
    }
    return bytes
  }

  // MARK: Contents

  /// Fills `target`, which has the size of the entry.
  package func read(_ entry: Entry, into target: UnsafeMutableRawBufferPointer) throws(ArchiveError) {
    precondition(target.count == entry.size)
    if entry.method == 0 {
      let isWhole = try archive { () throws(FileError) in try file.readAll(at: entry.dataOffset, into: target) }
      guard isWhole else { throw .damaged("'\(entry.name)' in it is cut off") }
    } else {
      let packed = try ZipReader.bytes(of: file, at: entry.dataOffset, count: entry.storedSize)
      // An empty buffer has no address, which zlib wants.
      var nothing: UInt8 = 0
      let status = packed.withUnsafeBytes { source in
        withUnsafeMutablePointer(to: &nothing) {
          tnb_inflate(
            source.baseAddress ?? UnsafeRawPointer($0), source.count, target.baseAddress ?? UnsafeMutableRawPointer($0),
            target.count)
        }
      }
      guard status == 0 else { throw .damaged("'\(entry.name)' in it cannot be decompressed") }
    }
    guard UInt64(tnb_crc32(0, target.baseAddress, target.count)) == entry.checksum else {
      throw .damaged("'\(entry.name)' in it has another checksum than it should")
    }
  }

  /// The contents as an array. The caller has looked at whether there is memory for them.
  package func bytes(_ entry: Entry) throws(ArchiveError) -> [UInt8] {
    var failure: ArchiveError?
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { buffer, filled in
      do throws(ArchiveError) {
        let target = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: entry.size)
        try read(entry, into: target)
        filled = entry.size
      } catch {
        failure = error
        filled = 0
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension Optional {
  fileprivate func orThrow(_ error: ArchiveError) throws(ArchiveError) -> Wrapped {
    guard let self else { throw error }
    return self
  }
}
