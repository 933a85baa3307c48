extension String {
  /// The text with its control characters shown and not sent: ESC as `^[`, DEL as `^?`, C1 controls as `\x9b`. Line ends, tabs
  /// and `\r`, by which progress bars begin their line anew, stay.
  ///
  /// `keepingColours` lets through what changes the look of text and does nothing else: `ESC [ 1;31 m`.
  package func showingControls(keepingColours: Bool = false) -> String {
    var text = self
    let hasControls = text.withUTF8 { bytes in
      bytes.indices.contains { i in
        bytes[i] < 0x20
          ? bytes[i] != 0x0A && bytes[i] != 0x09 && bytes[i] != 0x0D
          : bytes[i] == 0x7F || bytes[i] == 0xC2 && bytes[i + 1] < 0xA0
      }
    }
    guard hasControls else { return self }
    var shown = String.UnicodeScalarView()
    let scalars = Array(unicodeScalars)
    var i = 0
    while i < scalars.count {
      let scalar = scalars[i]
      if keepingColours, let end = Self.colour(scalars, i) {
        shown.append(contentsOf: scalars[i..<end])
        i = end
        continue
      }
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: shown.append(scalar)
      case 0..<0x20, 0x7F:
        shown.append("^")
        shown.append(Unicode.Scalar(UInt8(scalar.value ^ 0x40)))
      case 0x80..<0xA0: shown.append(contentsOf: "\\x\(String(scalar.value, radix: 16))".unicodeScalars)
      default: shown.append(scalar)
      }
      i += 1
    }
    return String(shown)
  }

  /// The end of a sequence that sets colours; nil where none begins.
  private static func colour(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    guard scalars[start] == "\u{1B}", start + 1 < scalars.count, scalars[start + 1] == "[" else { return nil }
    var i = start + 2
    while i < scalars.count, scalars[i] == ";" || ("0"..."9").contains(scalars[i]) { i += 1 }
    return i < scalars.count && scalars[i] == "m" ? i + 1 : nil
  }
}
