import CKernels
import Runtime

/// Which line ends a text stream knows: the argument `newline` of `open`.
enum NewlineMode: Equatable {
  /// None: every kind is read as `\n`.
  case universal
  /// '': every kind ends a line and is given as it is.
  case untranslated
  /// `\n`, `\r` or `\r\n` alone ends a line; written in place of `\n`.
  case only([UInt8])

  init(_ value: Value?, _ vm: VM) throws(ExceptionObject) {
    guard let value else {
      self = .universal
      return
    }
    guard let text = value.string else {
      throw .type("open() argument 'newline' must be str or None, not \(vm.typeName(value))")
    }
    switch text {
    case "": self = .untranslated
    case "\n", "\r", "\r\n": self = .only(Array(text.utf8))
    default: throw .value("illegal newline value: \(text)")
    }
  }

  /// The index behind the first line end in UTF-8 text from `start`; nil where more text has to come first.
  func lineEnd(_ text: [UInt8], _ start: Int, isFinal: Bool) -> Int? {
    switch self {
    case .universal: return text[start...].firstIndex(of: 0x0A).map { $0 + 1 }
    case .only(let mark):
      guard mark.count == 2 else { return text[start...].firstIndex(of: mark[0]).map { $0 + 1 } }
      var at = start
      while let cr = text[at...].firstIndex(of: 0x0D) {
        if cr + 1 < text.count, text[cr + 1] == 0x0A { return cr + 2 }
        at = cr + 1
      }
      return nil
    case .untranslated:
      guard let end = text[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
      if text[end] == 0x0A { return end + 1 }
      if end + 1 < text.count { return text[end + 1] == 0x0A ? end + 2 : end + 1 }
      return isFinal ? end + 1 : nil
    }
  }

  /// What is written for a text.
  func written(_ text: Str) -> Str {
    guard case .only(let mark) = self, mark != [0x0A], text.bytes.contains(0x0A) else { return text }
    return Str(bytes: text.bytes.flatMap { $0 == 0x0A ? mark : [$0] })
  }

  /// UTF-8 text with `\r\n` and `\r` as `\n`.
  static func translated(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0x0D) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for (i, byte) in text.enumerated() {
      if byte == 0x0D {
        out.append(0x0A)
      } else if byte != 0x0A || i == 0 || text[i - 1] != 0x0D {
        out.append(byte)
      }
    }
    return out
  }
}

/// Text over a stream of bytes: decodes, encodes, and knows lines.
final class TextStream {
  let source: ByteStream
  let codec: TextCodec
  let errors: String
  let newline: NewlineMode
  /// Every line that is written goes on at once.
  let flushesLines: Bool
  /// The kinds of line ends that were read.
  private(set) var seenNewlines: Set<String> = []
  /// `next` was called: the position is not known before the end.
  var isIterating = false

  /// Text that was decoded and not yet given, from `next` on.
  private var decoded: [UInt8] = []
  private var next = 0
  private var decoder: TextDecoder
  /// A `\r` at the end of what was decoded, which may be half of a line end.
  private var heldReturn = false
  private var isAtEnd = false
  /// What `decoded` came from, for `tell`: the place of its first byte, the bytes, and the decoder before it saw them.
  private var chunk: (start: Int, bytes: [UInt8], decoder: TextDecoder, heldReturn: Bool)?
  /// Nothing was written yet: an encoding's mark comes first.
  private var isStart: Bool

  init(
    _ source: ByteStream, _ codec: TextCodec, errors: String, newline: NewlineMode, flushesLines: Bool = false
  ) {
    self.source = source
    self.codec = codec
    self.errors = errors
    self.newline = newline
    self.flushesLines = flushesLines
    decoder = TextDecoder(codec, errors: errors)
    isStart = source.position == 0
  }

  // MARK: Reading

  /// Decodes more; false at the end. `decoded` keeps what was not given yet.
  private func fill(_ vm: VM) throws(ExceptionObject) -> Bool {
    if isAtEnd { return false }
    let start = source.position - decoder.pending.count - (heldReturn ? codec.unitSize : 0)
    let bytes = try source.readSome(1 << 13, vm)
    let before = (start, bytes, decoder, heldReturn)
    let fresh = try decode(bytes, isFinal: bytes.isEmpty)
    // Text that waits for the rest of its line has no place that `tell` could give any more.
    chunk = next == decoded.count ? before : nil
    decoded = next == decoded.count ? fresh : Array(decoded[next...]) + fresh
    next = 0
    if bytes.isEmpty { isAtEnd = true }
    return !bytes.isEmpty || !fresh.isEmpty
  }

  /// The text of further bytes, line ends translated.
  private func decode(_ bytes: [UInt8], isFinal: Bool) throws(ExceptionObject) -> [UInt8] {
    var text = try decoder.decode(bytes, isFinal: isFinal)
    guard newline == .universal else { return text }
    if heldReturn { text.insert(0x0D, at: 0) }
    heldReturn = !isFinal && text.last == 0x0D
    if heldReturn { text.removeLast() }
    if text.contains(0x0D) {
      note(text)
      return NewlineMode.translated(text)
    }
    if seenNewlines.isEmpty, text.contains(0x0A) { seenNewlines.insert("\n") }
    return text
  }

  private func note(_ text: [UInt8]) {
    for (i, byte) in text.enumerated() {
      if byte == 0x0D {
        seenNewlines.insert(i + 1 < text.count && text[i + 1] == 0x0A ? "\r\n" : "\r")
      } else if byte == 0x0A, i == 0 || text[i - 1] != 0x0D {
        seenNewlines.insert("\n")
      }
    }
  }

  /// `count` characters, fewer at the end; all that are left without a count.
  func read(_ count: Int?, _ vm: VM) throws(ExceptionObject) -> Str {
    guard let count else {
      let rest = Array(decoded[next...]) + (isAtEnd ? [] : try decode(source.read(nil, vm), isFinal: true))
      // The end of the file may move.
      reset()
      return Str(bytes: rest)
    }
    var end = next
    var left = count
    while true {
      while left > 0, end < decoded.count {
        end += Str.sequenceLength(decoded[end])
        left -= 1
      }
      if left == 0 { break }
      let taken = end - next
      guard try fill(vm) else { break }
      end = next + taken
    }
    let text = Str(bytes: Array(decoded[next..<end]))
    next = end
    if left > 0 { isAtEnd = false }
    return text
  }

  /// The text to the next line end, it included, at most `limit` characters; empty at the end.
  func readLine(limit: Int? = nil, _ vm: VM) throws(ExceptionObject) -> Str {
    if let limit, limit >= 0 { return try readLimitedLine(limit, vm) }
    var searched = next
    while true {
      if let end = newline.lineEnd(decoded, searched, isFinal: isAtEnd) { return take(to: end) }
      // A line end may have begun already.
      let waiting = max(0, decoded.count - next - 1)
      guard try fill(vm) else { break }
      searched = next + waiting
      if decoded.count > 1 << 20 { try Capacity.check(decoded.count, stride: 2) }
      if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
    if let end = newline.lineEnd(decoded, next, isFinal: true) { return take(to: end) }
    isAtEnd = false
    return take(to: decoded.count)
  }

  private func readLimitedLine(_ limit: Int, _ vm: VM) throws(ExceptionObject) -> Str {
    let line = try readLine(vm)
    if line.count <= limit { return line }
    // What is too much goes back.
    let kept = line.offset(limit)
    next -= line.byteCount - kept
    return line.byteSlice(0, kept)
  }

  private func take(to end: Int) -> Str {
    let text = Str(bytes: Array(decoded[next..<end]))
    next = end
    return text
  }

  /// Forgets what was read ahead.
  private func reset() {
    decoded = []
    next = 0
    chunk = nil
    decoder = TextDecoder(codec, errors: errors)
    heldReturn = false
    isAtEnd = false
  }

  // MARK: Writing

  func write(_ text: Str, _ vm: VM) throws(ExceptionObject) {
    let bytes = try codec.encode(newline.written(text), errors: errors, isStart: isStart)
    if !bytes.isEmpty { isStart = false }
    reset()
    try source.write(bytes, vm)
    if flushesLines, text.bytes.contains(0x0A) || text.bytes.contains(0x0D) { try source.flush(vm) }
  }

  // MARK: The position

  /// The place in the file of the next character.
  func tell(_ vm: VM) throws(ExceptionObject) -> Int {
    if next == decoded.count, decoder.pending.isEmpty, !heldReturn { return source.position }
    guard let chunk else {
      throw .make(
        IOModule.unsupportedOperation, "telling the position in the middle of a long line is not available in tnb")
    }
    // As many bytes as give the text that was taken.
    var (low, high) = (0, chunk.bytes.count)
    while low < high {
      let middle = (low + high) / 2
      if try decodedCount(chunk.bytes, middle, chunk.decoder, chunk.heldReturn) < next {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return chunk.start + chunk.decoder.pending.count + (chunk.heldReturn ? codec.unitSize : 0) + low
  }

  /// How much text the first `count` bytes of a chunk give.
  private func decodedCount(
    _ bytes: [UInt8], _ count: Int, _ before: TextDecoder, _ heldReturn: Bool
  ) throws(ExceptionObject) -> Int {
    var decoder = before
    var text = try decoder.decode(Array(bytes[..<count]), isFinal: false)
    guard newline == .universal else { return text.count }
    if heldReturn { text.insert(0x0D, at: 0) }
    // A return at the end is a line end already, unless its newline follows or may follow.
    if text.last == 0x0D, count == bytes.count || bytes[count] == 0x0A { text.removeLast() }
    return NewlineMode.translated(text).count
  }

  func seek(to offset: Int, _ vm: VM) throws(ExceptionObject) {
    try source.seek(to: offset, vm)
    reset()
    if offset == 0 { isStart = true }
  }
}

extension TextCodec {
  /// The bytes of a `\r`.
  fileprivate var unitSize: Int { isASCIICompatible ? 1 : 2 }
}
