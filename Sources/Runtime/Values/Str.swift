import CKernels

/// Text: UTF-8 bytes with the count of code points, so ASCII indexing is direct and comparison is by bytes.
public final class Str: Object {
  /// The interned name's id, or -1 when it was not asked for yet.
  package final var symbol: Int32 = -1
  /// Cached hash; 0 = not computed.
  package final var cachedHash = 0
  package let byteCount: Int
  /// The bytes, which never change: in the object itself where they are few.
  package final private(set) var base: UnsafeMutablePointer<UInt8>
  /// Code points: what `len` gives.
  package let count: Int
  private var own: (UInt64, UInt64) = (0, 0)

  static let ownBytes = 16
  /// Where `own` stands in the object, checked by `ValueLayout.verify`.
  static let ownOffset = 72

  /// Text whose bytes `fill` writes: valid UTF-8 of `count` code points.
  @inline(__always)
  package init(byteCount: Int, count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    self.count = count
    self.byteCount = byteCount
    base = UnsafeMutablePointer(bitPattern: 8).unsafelyUnwrapped
    super.init()
    base =
      byteCount <= Str.ownBytes
      ? (Unmanaged.passUnretained(self).toOpaque() + Str.ownOffset).assumingMemoryBound(to: UInt8.self)
      : Str.allocate(byteCount)
    fill(base)
  }

  /// A copy of bytes that are valid UTF-8 of `count` code points.
  package convenience init(copying source: UnsafePointer<UInt8>, byteCount: Int, count: Int) {
    self.init(byteCount: byteCount, count: count) { $0.update(from: source, count: byteCount) }
  }

  package convenience init(_ text: String) {
    var text = text
    self.init(utf8: &text)
  }

  private convenience init(utf8 text: inout String) {
    let (bytes, points) = text.withUTF8 { ($0.count, Str.points($0)) }
    self.init(byteCount: bytes, count: points) { target in
      text.withUTF8 { if let source = $0.baseAddress { target.update(from: source, count: bytes) } }
    }
  }

  /// `bytes` must be valid UTF-8.
  package convenience init(bytes: [UInt8]) {
    self.init(bytes: bytes, count: bytes.withUnsafeBufferPointer { Str.points($0) })
  }

  /// As above, where the number of code points is known.
  package convenience init(bytes: [UInt8], count: Int) {
    self.init(byteCount: bytes.count, count: count) { target in
      bytes.withUnsafeBufferPointer { if let source = $0.baseAddress { target.update(from: source, count: $0.count) } }
    }
  }

  deinit { if byteCount > Str.ownBytes { tnb_small_free(base, byteCount) } }

  /// Whether `own` stands where `base` says.
  static func verifyLayout() {
    let text = Str(byteCount: 1, count: 1) { $0[0] = 77 }
    let place = withUnsafeMutablePointer(to: &text.own) { UnsafeMutableRawPointer($0) }
    precondition(place == UnsafeMutableRawPointer(text.base))
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    guard let memory = tnb_small_alloc(count) else { fatalError("tnb: out of memory") }
    return memory.bindMemory(to: UInt8.self, capacity: count)
  }

  /// How many code points begin in some bytes.
  private static func points(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var n = 0
    for b in bytes where b & 0xC0 != 0x80 { n &+= 1 }
    return n
  }

  package var isASCII: Bool { byteCount == count }
  package var bytes: TextBytes { TextBytes(owner: self) }
  package var string: String { String(decoding: UnsafeBufferPointer(start: base, count: byteCount), as: UTF8.self) }

  @inline(__always) package func hasSameBytes(as other: Str) -> Bool {
    if byteCount != other.byteCount { return false }
    // What stands in the objects themselves has zeros behind it.
    return byteCount <= Str.ownBytes
      ? (own.0 ^ other.own.0) | (own.1 ^ other.own.1) == 0
      : tnb_same_bytes(base, other.base, byteCount) != 0
  }

  public override var builtinType: TypeObject { Types.str }
}

/// The bytes of a string, which they keep alive.
package struct TextBytes: RandomAccessCollection, Equatable {
  package let owner: Str

  @inline(__always) package var startIndex: Int { 0 }
  @inline(__always) package var endIndex: Int { owner.byteCount }
  @inline(__always) package subscript(i: Int) -> UInt8 {
    precondition(i >= 0 && i < owner.byteCount)
    return owner.base[i]
  }

  @inline(__always)
  package func withUnsafeBufferPointer<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R
  {
    defer { withExtendedLifetime(owner) {} }
    return try body(UnsafeBufferPointer(start: owner.base, count: owner.byteCount))
  }

  @inline(__always)
  package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(owner) {} }
    return try body(UnsafeRawBufferPointer(start: owner.base, count: owner.byteCount))
  }

  @inline(__always)
  package func withContiguousStorageIfAvailable<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
    defer { withExtendedLifetime(owner) {} }
    return try body(UnsafeBufferPointer(start: owner.base, count: owner.byteCount))
  }

  /// Bytes start..<end as an array.
  package func array(_ start: Int, _ end: Int) -> [UInt8] {
    precondition(start >= 0 && start <= end && end <= owner.byteCount)
    return withUnsafeBufferPointer { Array($0[start..<end]) }
  }

  package static func == (a: TextBytes, b: TextBytes) -> Bool { a.owner.hasSameBytes(as: b.owner) }
}
