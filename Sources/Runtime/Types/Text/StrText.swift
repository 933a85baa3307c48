/// `repr` and `ascii` of strings.
package enum StrMethods {
  /// In quotes, with escapes, as CPython writes it.
  package static func repr(_ text: Str) -> String {
    var hasSingle = false
    var hasDouble = false
    var plain = true
    for b in text.bytes {
      if b == 0x27 { hasSingle = true } else if b == 0x22 { hasDouble = true }
      if b < 0x20 || b >= 0x7F || b == 0x5C { plain = false }
    }
    let quote: UInt8 = hasSingle && !hasDouble ? 0x22 : 0x27
    var out: [UInt8] = [quote]
    out.reserveCapacity(text.bytes.count + 2)
    if plain && (quote == 0x22 || !hasSingle) {
      out += text.bytes
      out.append(quote)
      return String(decoding: out, as: UTF8.self)
    }
    for scalar in text.string.unicodeScalars {
      switch scalar {
      case "\\": out += [0x5C, 0x5C]
      case "\n": out += [0x5C, 0x6E]
      case "\r": out += [0x5C, 0x72]
      case "\t": out += [0x5C, 0x74]
      default:
        if scalar.value == UInt32(quote) {
          out += [0x5C, quote]
        } else if CharacterClass.isPrintable(scalar) {
          out += Array(UTF8.encode(scalar)!)
        } else {
          out += escape(scalar).utf8
        }
      }
    }
    out.append(quote)
    return String(decoding: out, as: UTF8.self)
  }

  /// `\x..`, `\u....` or `\U........`.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
    return "\\" + mark + String(repeating: "0", count: width - hex.utf8.count) + hex
  }

  /// What `ascii()` makes of a repr: everything past ASCII escaped.
  package static func escapeNonASCII(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII { out.unicodeScalars.append(scalar) } else { out += escape(scalar) }
    }
    return out
  }
}
