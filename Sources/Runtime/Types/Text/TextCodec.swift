/// Strings to bytes and back, in UTF-8, ASCII and Latin-1.
package enum TextCodec {
  private enum Codec: String {
    case utf8 = "utf-8"
    case ascii
    case latin1 = "latin-1"
  }

  private static func codec(_ name: String) throws(ExceptionObject) -> Codec {
    switch name.lowercased().replacing("_", with: "-") {
    case "utf-8", "utf8", "u8": return .utf8
    case "ascii", "us-ascii": return .ascii
    case "latin-1", "latin1", "iso-8859-1", "l1": return .latin1
    default: throw .make(Types.lookupError, "unknown encoding: \(name)")
    }
  }

  package static func encode(_ text: Str, _ encoding: String, errors: String) throws(ExceptionObject) -> [UInt8] {
    let codec = try codec(encoding)
    if codec == .utf8 || text.isASCII { return Array(text.bytes) }
    let limit: UInt32 = codec == .ascii ? 128 : 256
    var out: [UInt8] = []
    for (i, s) in text.string.unicodeScalars.enumerated() {
      if s.value < limit {
        out.append(UInt8(s.value))
        continue
      }
      switch errors {
      case "ignore": break
      case "replace": out.append(UInt8(ascii: "?"))
      case "backslashreplace": out += StrMethods.escape(s).utf8
      case "xmlcharrefreplace": out += "&#\(s.value);".utf8
      case "strict":
        throw .make(
          Types.unicodeEncodeError,
          "'\(codec.rawValue)' codec can't encode character '\(StrMethods.escape(s))' in position \(i): "
            + "ordinal not in range(\(limit))")
      default: throw .make(Types.lookupError, "unknown error handler name '\(errors)'")
      }
    }
    return out
  }

  package static func decode(_ bytes: [UInt8], _ encoding: String, errors: String) throws(ExceptionObject) -> Str {
    switch try codec(encoding) {
    case .latin1: return Str(bytes.map { Unicode.Scalar($0) })
    case .ascii:
      if let i = bytes.firstIndex(where: { $0 >= 0x80 }), errors == "strict" {
        throw decodeError("ascii", bytes[i], i, "ordinal not in range(128)")
      }
      return Str(bytes.compactMap { $0 < 0x80 ? Unicode.Scalar($0) : errors == "ignore" ? nil : "\u{FFFD}" })
    case .utf8: return try decodeUTF8(bytes, errors: errors)
    }
  }

  private static func decodeUTF8(_ bytes: [UInt8], errors: String) throws(ExceptionObject) -> Str {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      let b = bytes[i]
      if b < 0x80 {
        out.append(b)
        i += 1
        continue
      }
      let (length, why) = sequence(bytes, i)
      if why.isEmpty {
        out += bytes[i..<(i + length)]
        i += length
        continue
      }
      switch errors {
      case "ignore": break
      case "replace": out += "\u{FFFD}".utf8
      case "strict": throw decodeError("utf-8", b, i, why)
      default: throw .make(Types.lookupError, "unknown error handler name '\(errors)'")
      }
      i += length
    }
    return Str(bytes: out)
  }

  /// The length of the sequence at `i`, and what is wrong with it (then the length is what to skip).
  private static func sequence(_ bytes: [UInt8], _ i: Int) -> (length: Int, why: String) {
    let b = bytes[i]
    guard (0xC2...0xF4).contains(b) else { return (1, "invalid start byte") }
    let length = Str.sequenceLength(b)
    for k in 1..<length {
      guard i + k < bytes.count else { return (k, "unexpected end of data") }
      let c = bytes[i + k]
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
      if !range.contains(c) { return (k, "invalid continuation byte") }
    }
    return (length, "")
  }

  private static func decodeError(_ codec: String, _ byte: UInt8, _ at: Int, _ why: String) -> ExceptionObject {
    let hex = String(byte, radix: 16)
    return .make(
      Types.unicodeDecodeError,
      "'\(codec)' codec can't decode byte 0x\(hex.utf8.count == 1 ? "0" + hex : hex) in position \(at): \(why)")
  }
}
