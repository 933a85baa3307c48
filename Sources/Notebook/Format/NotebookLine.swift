/// A line of a notebook file with the bytes that end it, so that writing gives back what was read.
package struct NotebookLine: Equatable {
  package enum Ending: String {
    case newline = "\n"
    case carriageReturnNewline = "\r\n"
    /// At the end of a file only.
    case carriageReturn = "\r"
    /// The last line of a file that does not end in a line break.
    case none = ""
  }

  /// The text without its ending; UTF-8.
  package var text: [UInt8]
  package var ending: Ending

  package init(text: [UInt8], ending: Ending) {
    self.text = text
    self.ending = ending
  }

  /// Splits at `\n` and `\r\n`; a lone `\r` stays within its line unless the file ends in it. No bytes give no lines.
  package static func split(_ bytes: ArraySlice<UInt8>) -> [NotebookLine] {
    var lines: [NotebookLine] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      guard let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
        let rest = bytes[start...]
        if rest.last == UInt8(ascii: "\r") {
          lines.append(NotebookLine(text: Array(rest.dropLast()), ending: .carriageReturn))
        } else {
          lines.append(NotebookLine(text: Array(rest), ending: .none))
        }
        break
      }
      if newline > start, bytes[newline - 1] == UInt8(ascii: "\r") {
        lines.append(NotebookLine(text: Array(bytes[start..<(newline - 1)]), ending: .carriageReturnNewline))
      } else {
        lines.append(NotebookLine(text: Array(bytes[start..<newline]), ending: .newline))
      }
      start = newline + 1
    }
    return lines
  }

  package func starts(with prefix: StaticString) -> Bool {
    guard text.count >= prefix.utf8CodeUnitCount else { return false }
    for i in 0..<prefix.utf8CodeUnitCount where text[i] != prefix.utf8Start[i] { return false }
    return true
  }

  /// Whether the line can only be a file's last.
  package var isUnfinished: Bool { ending == .none || ending == .carriageReturn }

  package var isBlank: Bool { text.allSatisfy(isPlainSpace) }

  /// The text without white space at either end.
  package var trimmed: String { String(decoding: trimmingSpace(text[...]), as: UTF8.self) }
}

/// The ASCII characters that Python's `str.strip` takes for white space.
package func isPlainSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

package func trimmingSpace(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  guard let first = bytes.firstIndex(where: { !isPlainSpace($0) }) else { return [] }
  return trimmingTrailingSpace(bytes[first...])
}

package func trimmingTrailingSpace(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  guard let last = bytes.lastIndex(where: { !isPlainSpace($0) }) else { return [] }
  return bytes[bytes.startIndex...last]
}
