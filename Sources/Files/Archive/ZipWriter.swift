import CFiles

/// Writes a ZIP archive into a new file. Archives of the same contents have the same bytes: entries carry no time.
package final class ZipWriter {
  private let file: OpenFile
  private var position = 0
  private var directory: [UInt8] = []
  private var count = 0

  package init(_ file: OpenFile) { self.file = file }

  /// Adds an entry whose contents are `pieces` one after the other.
  ///
  /// `alignment`: where the contents begin in the file, as PyTorch pads them; for entries that are not compressed.
  package func add(
    _ name: String, _ pieces: [UnsafeRawBufferPointer], compressed: Bool = false, alignment: Int = 1
  ) throws(ArchiveError) {
    var checksum: UInt = 0
    var size = 0
    for piece in pieces {
      checksum = tnb_crc32(checksum, piece.baseAddress, piece.count)
      size += piece.count
    }
    if compressed {
      let packed = ZipWriter.deflate(pieces, size)
      var failure: ArchiveError?
      packed.withUnsafeBytes { buffer in
        do throws(ArchiveError) {
          try add(name, [buffer], method: 8, checksum: checksum, size: size, alignment: 1)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    } else {
      try add(name, pieces, method: 0, checksum: checksum, size: size, alignment: alignment)
    }
  }

  package func add(_ name: String, _ bytes: [UInt8], compressed: Bool = false, alignment: Int = 1) throws(ArchiveError)
  {
    var failure: ArchiveError?
    bytes.withUnsafeBytes { buffer in
      do throws(ArchiveError) {
        try add(name, [buffer], compressed: compressed, alignment: alignment)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private static func deflate(_ pieces: [UnsafeRawBufferPointer], _ size: Int) -> [UInt8] {
    var whole: [UInt8] = []
    whole.reserveCapacity(size)
    for piece in pieces { whole.append(contentsOf: piece) }
    let room = tnb_deflate_bound(size)
    return [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      filled = whole.withUnsafeBytes {
        tnb_deflate($0.baseAddress ?? UnsafeRawPointer(buffer.baseAddress!), $0.count, buffer.baseAddress, room)
      }
    }
  }

  private func add(
    _ name: String, _ pieces: [UnsafeRawBufferPointer], method: Int, checksum: UInt, size: Int, alignment: Int
  ) throws(ArchiveError) {
    let stored = pieces.reduce(0) { $0 + $1.count }
    let limit = 0xFFFF_FFFF
    let isLarge = size >= limit || stored >= limit
    let start = position
    let nameBytes = Array(name.utf8)
    var common: [UInt8] = []
    common.append(isLarge || start >= limit ? 45 : 20, 2)
    common.append(nameBytes.allSatisfy { $0 < 0x80 } ? 0 : 0x800, 2)
    common.append(method, 2)
    common.append(0, 2)
    // 1 January 1980.
    common.append(0x21, 2)
    common.append(checksum, 4)
    common.append(isLarge ? limit : stored, 4)
    common.append(isLarge ? limit : size, 4)
    common.append(nameBytes.count, 2)

    var sizes: [UInt8] = []
    if isLarge {
      sizes.append(size, 8)
      sizes.append(stored, 8)
    }
    var extra: [UInt8] = []
    if isLarge { extra += ZipWriter.field(1, sizes) }
    if alignment > 1 {
      // PyTorch's padding field.
      let end = start + 30 + nameBytes.count + extra.count + 4
      extra += ZipWriter.field(0x4246, [UInt8](repeating: 0x5A, count: (alignment - end % alignment) % alignment))
    }
    var header: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + common
    header.append(extra.count, 2)
    try write(header + nameBytes + extra)
    for piece in pieces { try write(piece) }

    if start >= limit { sizes.append(start, 8) }
    extra = sizes.isEmpty ? [] : ZipWriter.field(1, sizes)
    directory += [0x50, 0x4B, 0x01, 0x02]
    directory.append(isLarge || start >= limit ? 45 : 20, 2)
    directory += common
    directory.append(extra.count, 2)
    directory.append(0, 2 + 2 + 2 + 4)
    directory.append(min(start, limit), 4)
    directory += nameBytes + extra
    count += 1
  }

  private static func field(_ kind: Int, _ bytes: [UInt8]) -> [UInt8] {
    var field: [UInt8] = []
    field.append(kind, 2)
    field.append(bytes.count, 2)
    return field + bytes
  }

  /// Writes the directory: the archive is complete.
  package func finish() throws(ArchiveError) {
    let start = position
    let limit = 0xFFFF_FFFF
    try write(directory)
    var end: [UInt8] = []
    if start >= limit || directory.count >= limit || count >= 0xFFFF {
      end += [0x50, 0x4B, 0x06, 0x06]
      end.append(44, 8)
      end.append(45, 2)
      end.append(45, 2)
      end.append(0, 4 + 4)
      end.append(count, 8)
      end.append(count, 8)
      end.append(directory.count, 8)
      end.append(start, 8)
      end += [0x50, 0x4B, 0x06, 0x07]
      end.append(0, 4)
      end.append(start + directory.count, 8)
      end.append(1, 4)
    }
    end += [0x50, 0x4B, 0x05, 0x06]
    end.append(0, 4)
    end.append(min(count, 0xFFFF), 2)
    end.append(min(count, 0xFFFF), 2)
    end.append(min(directory.count, limit), 4)
    end.append(min(start, limit), 4)
    end.append(0, 2)
    try write(end)
  }

  private func write(_ bytes: [UInt8]) throws(ArchiveError) {
    try archive { () throws(FileError) in try file.write(bytes, at: position) }
    position += bytes.count
  }

  private func write(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    try archive { () throws(FileError) in try file.write(piece, at: position) }
    position += piece.count
  }
}
