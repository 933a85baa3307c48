/// Numbers in bytes, the lowest byte first, as every format here has them.
package struct ByteReader {
  package let bytes: [UInt8]
  package private(set) var position: Int

  package init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  package var rest: Int { bytes.count - position }

  /// The next `count` bytes as an unsigned number; nil at the end.
  package mutating func number(_ count: Int) -> UInt64? {
    guard rest >= count else { return nil }
    var value: UInt64 = 0
    for i in 0..<count { value |= UInt64(bytes[position + i]) << UInt64(8 * i) }
    position += count
    return value
  }

  /// As above where it is a size or a place: nil too when it does not fit an Int.
  package mutating func size(_ count: Int) -> Int? { number(count).flatMap { Int(exactly: $0) } }

  /// The next `count` bytes; nil where there are fewer.
  package mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, rest >= count else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  package mutating func skip(_ count: Int) -> Bool { take(count) != nil }
}

extension [UInt8] {
  /// Appends the low `count` bytes of a number, the lowest first.
  package mutating func append(_ value: some FixedWidthInteger, _ count: Int) {
    for i in 0..<count { append(UInt8(truncatingIfNeeded: value >> (8 * i))) }
  }
}
