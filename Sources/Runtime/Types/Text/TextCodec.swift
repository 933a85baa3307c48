/// Strings to bytes and back.
package enum TextCodec: Equatable {
  case utf8
  /// With a byte order mark at the start, as spreadsheets write it.
  case utf8Signed
  case ascii
  case latin1
  case cp1252
  case utf16
  case utf16Little
  case utf16Big

  /// As Python's error messages have it.
  var name: String {
    switch self {
    case .utf8, .utf8Signed: "utf-8"
    case .ascii: "ascii"
    case .latin1: "latin-1"
    case .cp1252: "charmap"
    case .utf16: "utf-16"
    case .utf16Little: "utf-16-le"
    case .utf16Big: "utf-16-be"
    }
  }

  /// The codec of an encoding's name.
  package init(named name: String) throws(ExceptionObject) {
    switch name.lowercased().replacing("_", with: "-") {
    case "utf-8", "utf8", "u8", "cp65001": self = .utf8
    case "utf-8-sig", "utf8-sig": self = .utf8Signed
    case "ascii", "us-ascii", "646": self = .ascii
    case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "8859", "l1": self = .latin1
    case "cp1252", "windows-1252", "1252": self = .cp1252
    case "utf-16", "utf16", "u16": self = .utf16
    case "utf-16-le", "utf-16le": self = .utf16Little
    case "utf-16-be", "utf-16be": self = .utf16Big
    case let known where TextCodec.others.contains(known):
      throw .make(Types.lookupError, "encoding \(name) is not available in tnb")
    default: throw .make(Types.lookupError, "unknown encoding: \(name)")
    }
  }

  /// Some that Python has and tnb has not.
  private static let others: Set<String> = [
    "utf-7", "utf-32", "utf-32-le", "utf-32-be", "cp1250", "cp1251", "cp1253", "cp437", "cp850", "gb2312", "gbk",
    "gb18030", "big5", "shift-jis", "euc-jp", "euc-kr", "koi8-r", "iso-8859-2", "iso-8859-15", "mac-roman",
    "unicode-escape", "raw-unicode-escape", "idna", "punycode", "rot13", "hex", "base64",
  ]

  /// The code points of bytes 0x80…0x9F; 0 where there is none.
  static let cp1252Points: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  // MARK: Encoding

  package static func encode(_ text: Str, _ encoding: String, errors: String) throws(ExceptionObject) -> [UInt8] {
    try TextCodec(named: encoding).encode(text, errors: errors, isStart: true)
  }

  /// `isStart`: a mark of the byte order belongs before it, where the encoding has one.
  package func encode(_ text: Str, errors: String, isStart: Bool) throws(ExceptionObject) -> [UInt8] {
    switch self {
    case .utf8: return Array(text.bytes)
    case .utf8Signed: return (isStart ? [0xEF, 0xBB, 0xBF] : []) + Array(text.bytes)
    case .utf16: return (isStart ? [0xFF, 0xFE] : []) + utf16(text, isBig: false)
    case .utf16Little: return utf16(text, isBig: false)
    case .utf16Big: return utf16(text, isBig: true)
    case .ascii, .latin1, .cp1252: return text.isASCII ? Array(text.bytes) : try single(text, errors)
    }
  }

  private func utf16(_ text: Str, isBig: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count * 2)
    for unit in text.string.utf16 {
      let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
      if isBig { out += [high, low] } else { out += [low, high] }
    }
    return out
  }

  private func byte(of scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x80 { return UInt8(scalar.value) }
    switch self {
    case .latin1: return UInt8(exactly: scalar.value)
    case .cp1252:
      if (0xA0...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
      return TextCodec.cp1252Points.firstIndex { UInt32($0) == scalar.value }.map { UInt8(0x80 + $0) }
    case .ascii, .utf8, .utf8Signed, .utf16, .utf16Little, .utf16Big: return nil
    }
  }

  /// One byte for each character.
  private func single(_ text: Str, _ errors: String) throws(ExceptionObject) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    let scalars = text.scalars
    for (i, s) in scalars.enumerated() {
      if let byte = byte(of: s) {
        out.append(byte)
        continue
      }
      switch errors {
      case "ignore": break
      case "replace": out.append(UInt8(ascii: "?"))
      case "backslashreplace": out += StrMethods.escape(s).utf8
      case "xmlcharrefreplace": out += "&#\(s.value);".utf8
      case "strict": throw encodeError(scalars, i)
      default: throw .make(Types.lookupError, "unknown error handler name '\(errors)'")
      }
    }
    return out
  }

  private func encodeError(_ scalars: [Unicode.Scalar], _ start: Int) -> ExceptionObject {
    // A run of characters is named as one.
    var end = start + 1
    while end < scalars.count, byte(of: scalars[end]) == nil { end += 1 }
    let why =
      self == .cp1252 ? "character maps to <undefined>" : "ordinal not in range(\(self == .ascii ? 128 : 256))"
    let what =
      end - start == 1
      ? "character '\(StrMethods.escape(scalars[start]))' in position \(start)"
      : "characters in position \(start)-\(end - 1)"
    return .make(Types.unicodeEncodeError, "'\(name)' codec can't encode \(what): \(why)")
  }

  // MARK: Decoding

  package static func decode(_ bytes: [UInt8], _ encoding: String, errors: String) throws(ExceptionObject) -> Str {
    var decoder = TextDecoder(try TextCodec(named: encoding), errors: errors)
    return Str(bytes: try decoder.decode(bytes, isFinal: true))
  }
}
