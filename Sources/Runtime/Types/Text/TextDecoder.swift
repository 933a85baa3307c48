/// Bytes to text, piece by piece.
package struct TextDecoder {
  package let codec: TextCodec
  package let errors: String
  /// Bytes of a character that is not complete yet.
  package private(set) var pending: [UInt8] = []
  private var isStart = true
  /// What the byte order mark said; nil before it was seen.
  private var isBig: Bool?

  package init(_ codec: TextCodec, errors: String) {
    self.codec = codec
    self.errors = errors
    isBig = codec == .utf16Big ? true : codec == .utf16Little ? false : nil
  }

  /// The text of further bytes in UTF-8. At the end nothing may be left over.
  package mutating func decode(_ bytes: [UInt8], isFinal: Bool) throws(ExceptionObject) -> [UInt8] {
    let bytes = pending.isEmpty ? bytes : pending + bytes
    guard let start = skipMark(bytes, isFinal: isFinal) else {
      pending = bytes
      return []
    }
    pending = []
    if codec != .utf16, codec != .utf16Little, codec != .utf16Big, !bytes.contains(where: { $0 >= 0x80 }) {
      return start == 0 ? bytes : Array(bytes[start...])
    }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 8)
    var at = start
    while at < bytes.count {
      if codec.isASCIICompatible, bytes[at] < 0x80 {
        out.append(bytes[at])
        at += 1
        continue
      }
      switch step(bytes, at, isFinal: isFinal) {
      case .scalar(let scalar, let length):
        out.append(contentsOf: UTF8.encode(scalar)!)
        at += length
      case .sequence(let length):
        out += bytes[at..<(at + length)]
        at += length
      case .incomplete:
        pending = Array(bytes[at...])
        return out
      case .wrong(let length, let why):
        try replace(bytes, at, length, why, &out)
        at += length
      }
    }
    return out
  }

  /// Where the text begins; nil where it takes more bytes to see.
  private mutating func skipMark(_ bytes: [UInt8], isFinal: Bool) -> Int? {
    guard isStart else { return 0 }
    switch codec {
    case .utf8Signed:
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      if !isFinal, bytes.count < 3, mark.starts(with: bytes) { return nil }
      isStart = false
      return bytes.starts(with: mark) ? 3 : 0
    case .utf16:
      if bytes.count < 2 { return isFinal ? 0 : nil }
      isStart = false
      isBig = bytes[0] == 0xFE && bytes[1] == 0xFF
      return isBig! || bytes[0] == 0xFF && bytes[1] == 0xFE ? 2 : 0
    case .utf8, .ascii, .latin1, .cp1252, .utf16Little, .utf16Big:
      isStart = false
      return 0
    }
  }

  private enum Step {
    case scalar(Unicode.Scalar, length: Int)
    /// Bytes that are valid UTF-8 as they are.
    case sequence(length: Int)
    case incomplete
    /// `length` bytes that stand for nothing.
    case wrong(length: Int, why: String)
  }

  private func step(_ bytes: [UInt8], _ i: Int, isFinal: Bool) -> Step {
    let b = bytes[i]
    switch codec {
    case .latin1: return .scalar(Unicode.Scalar(b), length: 1)
    case .ascii: return .wrong(length: 1, why: "ordinal not in range(128)")
    case .cp1252:
      if b >= 0xA0 { return .scalar(Unicode.Scalar(b), length: 1) }
      let point = TextCodec.cp1252Points[Int(b) - 0x80]
      if point != 0, let scalar = Unicode.Scalar(point) { return .scalar(scalar, length: 1) }
      return .wrong(length: 1, why: "character maps to <undefined>")
    case .utf8, .utf8Signed: return utf8(bytes, i, isFinal)
    case .utf16, .utf16Little, .utf16Big: return utf16(bytes, i, isFinal)
    }
  }

  private func utf8(_ bytes: [UInt8], _ i: Int, _ isFinal: Bool) -> Step {
    let b = bytes[i]
    guard (0xC2...0xF4).contains(b) else { return .wrong(length: 1, why: "invalid start byte") }
    let length = Str.sequenceLength(b)
    for k in 1..<length {
      guard i + k < bytes.count else {
        return isFinal ? .wrong(length: k, why: "unexpected end of data") : .incomplete
      }
      var range: ClosedRange<UInt8> = 0x80...0xBF
      if k == 1 {
        switch b {
        case 0xE0: range = 0xA0...0xBF
        case 0xED: range = 0x80...0x9F
        case 0xF0: range = 0x90...0xBF
        case 0xF4: range = 0x80...0x8F
        default: break
        }
      }
      if !range.contains(bytes[i + k]) { return .wrong(length: k, why: "invalid continuation byte") }
    }
    return .sequence(length: length)
  }

  private func utf16(_ bytes: [UInt8], _ i: Int, _ isFinal: Bool) -> Step {
    func unit(_ at: Int) -> UInt32 {
      let (first, second) = (UInt32(bytes[at]), UInt32(bytes[at + 1]))
      return isBig == true ? first << 8 | second : second << 8 | first
    }
    guard i + 1 < bytes.count else {
      return isFinal ? .wrong(length: bytes.count - i, why: "truncated data") : .incomplete
    }
    let first = unit(i)
    if let scalar = Unicode.Scalar(first) { return .scalar(scalar, length: 2) }
    guard first < 0xDC00 else { return .wrong(length: 2, why: "illegal encoding") }
    guard i + 3 < bytes.count else {
      return isFinal ? .wrong(length: bytes.count - i, why: "unexpected end of data") : .incomplete
    }
    let second = unit(i + 2)
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { return .wrong(length: 2, why: "illegal UTF-16 surrogate") }
    return .scalar(scalar, length: 4)
  }

  private func replace(
    _ bytes: [UInt8], _ at: Int, _ length: Int, _ why: String, _ out: inout [UInt8]
  ) throws(ExceptionObject) {
    switch errors {
    case "ignore": break
    case "replace": out += "\u{FFFD}".utf8
    case "backslashreplace": for b in bytes[at..<(at + length)] { out += ("\\x" + hex(b)).utf8 }
    case "strict":
      let what =
        length == 1
        ? "byte 0x\(hex(bytes[at])) in position \(at)" : "bytes in position \(at)-\(at + length - 1)"
      throw .make(Types.unicodeDecodeError, "'\(decodingName)' codec can't decode \(what): \(why)")
    default: throw .make(Types.lookupError, "unknown error handler name '\(errors)'")
    }
  }

  /// The byte order that was found is a codec of its own in messages.
  private var decodingName: String {
    guard codec == .utf16, let isBig else { return codec.name }
    return isBig ? "utf-16-be" : "utf-16-le"
  }

  private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

extension TextCodec {
  /// Bytes below 0x80 are the characters that ASCII has there, wherever they stand.
  package var isASCIICompatible: Bool {
    switch self {
    case .utf8, .utf8Signed, .ascii, .latin1, .cp1252: true
    case .utf16, .utf16Little, .utf16Big: false
    }
  }
}
