import Language

/// The text of a new notebook.
package enum NotebookWriter {
  /// A header with the seed, if there is one, then each cell's code with its records below.
  package static func text(
    cells: [(code: String, records: [Record])], seed: UInt64?, path: String = "<notebook>"
  ) throws(NotebookError) -> [UInt8] {
    var text = header(seed: seed)
    for (i, cell) in cells.enumerated() {
      if i > 0 || !text.isEmpty { text.append(UInt8(ascii: "\n")) }
      text += try self.code(cell.code, path: path)
      text += self.records(cell.records)
    }
    return text
  }

  /// `# seed: 42` between fences; nothing without a seed.
  package static func header(seed: UInt64?) -> [UInt8] {
    guard let seed else { return [] }
    return Array("# ---\n# tnb: \(NotebookHeader.version)\n# seed: \(seed)\n# ---\n".utf8)
  }

  /// A mark and the code.
  ///
  /// Comments that would be read as marks or records get a space; a string whose line begins like one cannot be written.
  package static func code(_ code: String, path: String) throws(NotebookError) -> [UInt8] {
    var bytes = Array(code.utf8)
    guard !bytes.contains(0) else { throw NotebookError(path: path, "a NUL byte in a cell: a notebook cannot hold it") }
    let lines = lineStarts(of: bytes).filter { looksLikeMark(bytes[$0...]) }
    if !lines.isEmpty {
      let comments = Set(Highlighter.spans(of: bytes).filter { $0.kind == .comment }.map(\.lo))
      for start in lines.reversed() {
        guard comments.contains(start) else {
          let line = String(decoding: bytes[start...].prefix { $0 != 0x0A }, as: UTF8.self)
          throw NotebookError(
            path: path, "a notebook cannot hold a string with a line that begins like a mark: \(line)")
        }
        bytes.insert(0x20, at: start + 1)
        // `# %%` has its space already: `#  %%` is a comment as any other.
      }
    }
    return Array("# %%\n".utf8) + bytes + [0x0A]
  }

  package static func records(_ records: [Record]) -> [UInt8] { records.flatMap { Array($0.line.utf8) + [0x0A] } }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  private static func looksLikeMark(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["#>", "#!", "# %%"].contains { bytes.starts(with: Array($0.utf8)) }
  }
}
