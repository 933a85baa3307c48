/// Text within HTML and XML.
package enum Markup {
  /// The text with the characters that mean something in markup written as references, in attributes too. A control character,
  /// which neither format can hold, is shown by its picture.
  package static func escape(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case UInt8(ascii: "\n"), UInt8(ascii: "\t"): result.append(byte)
      case 0..<0x20: result += String(Unicode.Scalar(0x2400 + UInt32(byte))!).utf8
      case 0x7F: result += "\u{2421}".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
