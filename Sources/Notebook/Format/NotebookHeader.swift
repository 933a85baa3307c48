/// What stands between the two `# ---` lines at the top of a file: `# key: value` lines.
package struct NotebookHeader: Equatable {
  /// The entries in order; keys that tnb does not know are kept and ignored.
  package private(set) var entries: [Entry] = []
  /// What seeds torch's generator before the first cell, as 64 bits.
  package private(set) var seed: UInt64?

  package struct Entry: Equatable {
    package var key: String
    package var value: String
  }

  /// The version of the format that this program reads.
  package static let version = "1"

  package var title: String? { entries.last { $0.key == "title" }?.value }

  /// Reads a header that starts at line `first`, if there is one; gives it and the index of the line after it.
  static func read(_ lines: [NotebookLine], from first: Int, path: String) throws(NotebookError) -> (
    NotebookHeader, Int
  ) {
    var header = NotebookHeader()
    guard first < lines.count, lines[first].trimmed == fence else { return (header, first) }
    for i in (first + 1)..<max(lines.count, first + 1) {
      let text = lines[i].trimmed
      if text == fence { return (header, i + 1) }
      guard text.isEmpty || text.hasPrefix("#") else { break }
      try header.add(text, path: path, line: i + 1)
    }
    throw NotebookError(path: path, line: first + 1, "the header that starts here has no closing `\(fence)` line")
  }

  private static let fence = "# ---"

  /// What stands above a file's first cell, with a seed added to its header. `head` holds no seed.
  package static func adding(seed: UInt64, to head: [UInt8], ending: NotebookLine.Ending) -> [UInt8] {
    var lines = NotebookLine.split(head[...])
    let added = NotebookLine(text: Array("# seed: \(seed)".utf8), ending: ending)
    if let fence = lines.lastIndex(where: { $0.trimmed == fence }) {
      lines.insert(added, at: fence)
    } else {
      let header = NotebookLine.split(NotebookWriter.header(seed: seed)[...])
      lines += header.map { NotebookLine(text: $0.text, ending: ending) }
    }
    return lines.flatMap { $0.text + $0.ending.rawValue.utf8 }
  }

  private mutating func add(_ text: String, path: String, line: Int) throws(NotebookError) {
    let body = text.drop { $0 == "#" || $0 == " " || $0 == "\t" }
    guard let colon = body.firstIndex(of: ":") else { return }
    let key = String(body[..<colon])
    guard !key.isEmpty, key.utf8.allSatisfy({ isKeyByte($0) }) else { return }
    let value = String(decoding: trimmingSpace(Array(body[body.index(after: colon)...].utf8)[...]), as: UTF8.self)
    entries.append(Entry(key: key, value: value))
    switch key {
    case "tnb":
      guard value == Self.version else {
        throw NotebookError(
          path: path, line: line, "format version \(value) is not supported; this tnb reads version \(Self.version)")
      }
    case "seed":
      guard let seed = UInt64(value) ?? Int64(value).map(UInt64.init(bitPattern:)) else {
        throw NotebookError(path: path, line: line, "the seed must be an integer of 64 bits, not \(value)")
      }
      self.seed = seed
    default:
      break
    }
  }

  private func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      return true
    default:
      return false
    }
  }
}
