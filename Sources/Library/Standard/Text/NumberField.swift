import Glibc

/// Numbers as tables have them: without Python's underscores and prefixes.
enum NumberField {
  /// The number that a field stands for, white space around it left out; nil where it is none.
  static func double(_ field: ArraySlice<UInt8>) -> Double? {
    let field = TextFields.trimmed(field)
    guard !field.isEmpty, field.count < 512 else { return nil }
    // What strtod takes beyond it: hexadecimal numbers, and `nan(…)`.
    for byte in field
    where byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X") || byte == UInt8(ascii: "(") || byte < 0x21 {
      return nil
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: field.count + 1) { text in
      for (i, byte) in field.enumerated() { text[i] = CChar(bitPattern: byte) }
      text[field.count] = 0
      var end: UnsafeMutablePointer<CChar>?
      let value = strtod(text.baseAddress!, &end)
      return end == text.baseAddress! + field.count ? value : nil
    }
  }

  static func integer(_ field: ArraySlice<UInt8>) -> Int? {
    let field = TextFields.trimmed(field)
    guard let first = field.first else { return nil }
    let digits = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? field.dropFirst() : field
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var value = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      let (product, a) = value.multipliedReportingOverflow(by: 10)
      // Down from zero, so that the least of all has room.
      let (sum, b) = product.subtractingReportingOverflow(Int(byte - 0x30))
      if a || b { return nil }
      value = sum
    }
    if first == UInt8(ascii: "-") { return value }
    return value == .min ? nil : -value
  }
}
