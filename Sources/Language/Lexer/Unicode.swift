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
