/// Immutable bytes: `b"…"`.
package final class BytesObject: Object {
  package let bytes: [UInt8]
  package init(_ bytes: [UInt8]) { self.bytes = bytes }
  public override var builtinType: TypeObject { Types.bytes }

  /// `b'…'` with escapes, as CPython writes it.
  package final var text: String {
    let quote: UInt8 = bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
    var out: [UInt8] = [0x62, quote]
    let digits = Array("0123456789abcdef".utf8)
    for b in bytes {
      switch b {
      case quote, 0x5C: out += [0x5C, b]
      case 0x09: out += [0x5C, 0x74]
      case 0x0A: out += [0x5C, 0x6E]
      case 0x0D: out += [0x5C, 0x72]
      case 0x20..<0x7F: out.append(b)
      default: out += [0x5C, 0x78, digits[Int(b >> 4)], digits[Int(b & 15)]]
      }
    }
    out.append(quote)
    return String(decoding: out, as: UTF8.self)
  }
}
