import CKernels

extension Str {
  /// This text and another one behind it.
  package func appending(_ other: Str) -> Str {
    let joined = Str(byteCount: byteCount + other.byteCount, count: count + other.count) { target in
      target.update(from: base, count: byteCount)
      (target + byteCount).update(from: other.base, count: other.byteCount)
    }
    return joined
  }

  /// This text `n` times; `n` at least 0.
  package func repeated(_ n: Int) -> Str {
    if n == 0 || byteCount == 0 { return .empty }
    return Str(byteCount: byteCount * n, count: count * n) { target in
      // What is there is copied behind itself, so that a short text takes few copies.
      target.update(from: base, count: byteCount)
      var done = byteCount
      while done < byteCount * n {
        let more = Swift.min(done, byteCount * n - done)
        (target + done).update(from: target, count: more)
        done += more
      }
    }
  }

  /// Bytes start..<end, which begin and end on code points and hold `count` of them.
  private func copy(_ start: Int, _ end: Int, count: Int) -> Str {
    precondition(start >= 0 && start <= end && end <= byteCount)
    let part = Str(copying: base + start, byteCount: end - start, count: count)
    return part
  }

  /// Strings of one ASCII character, shared.
  nonisolated(unsafe) private static let asciiTable: [Str] = (0..<128).map { Str(bytes: [UInt8($0)], count: 1) }
  nonisolated(unsafe) package static let empty = Str(bytes: [], count: 0)

  @inline(__always) package static func ascii(_ byte: UInt8) -> Str { asciiTable[Int(byte & 127)] }

  /// Bytes of the UTF-8 sequence that begins with `first`.
  @inline(__always) package static func sequenceLength(_ first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }

  /// The byte offset of a code point; `point` in 0...count.
  package func offset(_ point: Int) -> Int {
    if isASCII { return point }
    var remaining = point
    var i = 0
    while remaining > 0 && i < bytes.count {
      i += Str.sequenceLength(bytes[i])
      remaining -= 1
    }
    return Swift.min(i, bytes.count)
  }

  /// How many code points stand before a byte offset.
  package func point(_ offset: Int) -> Int {
    if isASCII { return offset }
    var n = 0
    for i in 0..<offset where bytes[i] & 0xC0 != 0x80 { n += 1 }
    return n
  }

  /// One code point as a string; `index` in 0..<count.
  package func character(_ index: Int) -> Str {
    if isASCII { return Str.ascii(bytes[index]) }
    let start = offset(index)
    let end = Swift.min(start + Str.sequenceLength(bytes[start]), bytes.count)
    return end - start == 1 ? Str.ascii(bytes[start]) : copy(start, end, count: 1)
  }

  /// Code points start..<end; bounds within 0...count.
  package func slice(_ start: Int, _ end: Int) -> Str {
    if start >= end { return .empty }
    if start == 0 && end == count { return self }
    if isASCII {
      return end - start == 1 ? Str.ascii(bytes[start]) : copy(start, end, count: end - start)
    }
    let first = offset(start)
    var last = first
    for _ in start..<end where last < bytes.count { last += Str.sequenceLength(bytes[last]) }
    return copy(first, Swift.min(last, byteCount), count: end - start)
  }

  /// Bytes start..<end, which must begin and end on code points.
  package func byteSlice(_ start: Int, _ end: Int) -> Str {
    if start >= end { return .empty }
    if start == 0 && end == bytes.count { return self }
    if isASCII { return copy(start, end, count: end - start) }
    return Str(bytes: bytes.array(start, end))
  }

  /// Every `step`-th code point from `start`, `n` of them.
  package func slice(start: Int, step: Int, count n: Int) -> Str {
    if n <= 0 { return .empty }
    if step == 1 { return slice(start, start + n) }
    var out: [UInt8] = []
    if isASCII {
      out.reserveCapacity(n)
      for i in 0..<n { out.append(bytes[start + i * step]) }
      return Str(bytes: out, count: n)
    }
    let all = scalars
    for i in 0..<n { out.append(contentsOf: UTF8.encode(all[start + i * step])!) }
    return Str(bytes: out, count: n)
  }

  /// The code points.
  package var scalars: [Unicode.Scalar] { Array(string.unicodeScalars) }

  package convenience init(_ scalars: some Sequence<Unicode.Scalar>) {
    var out: [UInt8] = []
    var n = 0
    for scalar in scalars {
      out.append(contentsOf: UTF8.encode(scalar)!)
      n += 1
    }
    self.init(bytes: out, count: n)
  }

  /// Order by code points, which for UTF-8 is the order of bytes: negative, 0 or positive.
  package func order(_ other: Str) -> Int {
    if self === other { return 0 }
    let n = Swift.min(bytes.count, other.bytes.count)
    let difference = tnb_compare_bytes(base, other.base, n)
    return difference != 0 ? Int(difference) : byteCount - other.byteCount
  }
}
