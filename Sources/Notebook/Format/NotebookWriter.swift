import Language

/// The text of a new notebook.
package enum NotebookWriter {
  /// `# seed: 42` between fences; nothing without a seed.
  package static func header(seed: UInt64?) -> [UInt8] {
    guard let seed else { return [] }
    return Array("# ---\n# tnb: \(NotebookHeader.version)\n# seed: \(seed)\n# ---\n".utf8)
  }

  /// A mark and the code.
  ///
  /// Comments that would be read as marks or records get a space; a string whose line begins like one cannot be written.
  package static func code(_ code: String, path: String) throws(NotebookError) -> [UInt8] {
    Array("# %%\n".utf8) + (try body(code, path: path))
  }

  /// As `code`, without the mark.
  package static func body(_ code: String, path: String) throws(NotebookError) -> [UInt8] {
    guard !code.utf8.contains(0) else {
      throw NotebookError(path: path, "a NUL byte in a cell: a notebook cannot hold it")
    }
    let (bytes, strings) = withoutMarks(code)
    if let line = strings.first {
      throw NotebookError(path: path, "a notebook cannot hold a string with a line that begins like a mark: \(line)")
    }
    return bytes + [0x0A]
  }

  /// The code with a space put into lines that would be read as marks or records, and those among them that are no comments but
  /// part of a string, which is another one now.
  package static func withoutMarks(_ code: String) -> (bytes: [UInt8], strings: [String]) {
    var bytes = Array(code.utf8)
    let lines = lineStarts(of: bytes).filter { looksLikeMark(bytes[$0...]) }
    guard !lines.isEmpty else { return (bytes, []) }
    let comments = Set(Highlighter.spans(of: bytes).filter { $0.kind == .comment }.map(\.lo))
    var strings: [String] = []
    for start in lines.reversed() {
      if !comments.contains(start) {
        strings.insert(String(decoding: bytes[start...].prefix { $0 != 0x0A }, as: UTF8.self), at: 0)
      }
      // `# %%` has its space already: `#  %%` is a comment as any other.
      bytes.insert(0x20, at: start + 1)
    }
    return (bytes, strings)
  }

  /// A `# %%` line; values that are no single word are quoted.
  package static func mark(
    kind: NotebookCell.Kind, isRaw: Bool = false, name: String = "", options: [(key: String, value: String)] = []
  ) -> String {
    var words = ["# %%"]
    if !name.isEmpty { words.append(name) }
    if kind == .prose { words.append(isRaw ? "[raw]" : "[markdown]") }
    for option in options {
      let isWord = !option.value.isEmpty && option.value.first != "\"" && !option.value.contains(where: \.isWhitespace)
      let isQuoted = option.value.first == "[" || option.value.first == "{"
      words.append(isWord || isQuoted ? "\(option.key)=\(option.value)" : "\(option.key)=\"\(option.value)\"")
    }
    return words.joined(separator: " ")
  }

  /// Markdown or raw text as comment lines, each with its line end.
  package static func prose(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // `# %%` would begin a cell.
      line.isEmpty ? "#\n" : line.hasPrefix("%%") ? "#  \(line)\n" : "# \(line)\n"
    }.joined()
  }

  package static func records(_ records: [Record]) -> [UInt8] { records.flatMap { Array($0.line.utf8) + [0x0A] } }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  private static func looksLikeMark(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["#>", "#!", "# %%"].contains { bytes.starts(with: Array($0.utf8)) }
  }
}
