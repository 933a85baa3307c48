/// Helpers on UTF-8 text.

/// The scalar at an offset of valid UTF-8 and its length in bytes.
func decodeScalar(_ text: UnsafeBufferPointer<UInt8>, at offset: Int, end: Int) -> (Unicode.Scalar, Int) {
  let first = UInt32(text[offset])
  if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
  let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  guard offset + length <= end else { return ("\u{FFFD}", 1) }
  var value = first & (0xFF >> UInt32(length + 1))
  for index in 1..<length { value = value << 6 | UInt32(text[offset + index] & 0x3F) }
  return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
}

/// The line an offset is on, from 1.
func lineNumber(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
  var line = 1
  var index = 0
  while index < offset {
    if text[index] == 0x0A || (text[index] == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A)) {
      line += 1
    }
    index += 1
  }
  return line
}

/// At least four capital hexadecimal digits.
func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// Python's `str.isprintable` for one scalar.
func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
  case .spaceSeparator: return scalar == " "
  default: return true
  }
}

/// The first byte that is not UTF-8 and what Python's codec says about it; nil for valid text.
func firstInvalidUTF8(_ text: UnsafeBufferPointer<UInt8>) -> (offset: Int, reason: String)? {
  var offset = 0
  let end = text.count
  while offset < end {
    let first = text[offset]
    if first < 0x80 {
      offset += 1
      continue
    }
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return (offset, "invalid start byte")
    }
    for index in 1..<length {
      if offset + index >= end { return (offset, "unexpected end of data") }
      let byte = text[offset + index]
      if byte < lowest || byte > highest { return (offset, "invalid continuation byte") }
      (lowest, highest) = (0x80, 0xBF)
    }
    offset += length
  }
  return nil
}
