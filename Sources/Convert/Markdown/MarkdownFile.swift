import Notebook

/// A notebook as a Markdown file: prose as it is, code and outputs in fences.
///
///     ```python %% weights
///     w = randn(2, 3)
///     ```
///
///     ```text
///     tensor(…
///     ```
///
/// `%%` behind the language says that a fence is a cell, and what follows is its mark; so a fence of the prose stays prose. A file
/// without such marks is somebody else's: there every Python fence is a cell.
enum MarkdownFile {
  // MARK: Writing

  static func write(_ notebook: Notebook) -> [UInt8] {
    var parts: [String] = []
    if let matter = frontMatter(notebook.header) { parts.append(matter) }
    // A file without a mark would be taken for somebody else's.
    var isAfterProse =
      notebook.cells.allSatisfy { $0.kind == .prose && !$0.isRaw }
      && notebook.cells.contains {
        $0.prose.contains("```") || $0.prose.contains("~~~")
      }
    for cell in notebook.cells {
      let content = CellContent(cell)
      let title = markTitle(content)
      switch content.kind {
      case .markdown:
        if isAfterProse || !title.isEmpty || !isPlain(content.source) { parts.append("<!-- %%\(title) -->") }
        if !content.source.isEmpty { parts.append(content.source) }
        isAfterProse = true
      case .raw:
        parts.append(fence(content.source, "raw %%\(title)"))
        isAfterProse = false
      case .code:
        guard cell.mark != nil || cell.isRunnable || !content.records.isEmpty else { continue }
        parts.append(fence(content.source, "python %%\(title)"))
        parts += outputs(of: content)
        isAfterProse = false
      }
    }
    return Array((parts.joined(separator: "\n\n") + (parts.isEmpty ? "" : "\n")).utf8)
  }

  private static func outputs(of content: CellContent) -> [String] {
    var parts: [String] = []
    var lines: [Record] = []
    func flush() {
      guard let first = lines.first else { return }
      parts.append(fence(lines.map(\.text).joined(separator: "\n"), first.kind == .error ? "text error" : "text"))
      lines = []
    }
    for record in content.records {
      if let last = lines.last, last.kind != record.kind { flush() }
      lines.append(record)
    }
    flush()
    return parts + content.images.map { "![\(CellContent.imageKey)](<\($0)>)" }
  }

  /// ` weights slow=true`, as it stands behind `%%`.
  private static func markTitle(_ content: CellContent) -> String {
    let mark = NotebookWriter.mark(kind: .code, name: content.name, options: content.options.map { ($0.key, $0.value) })
    return String(mark.dropFirst("# %%".count))
  }

  /// Whether prose cannot be taken for a part of what `write` adds.
  private static func isPlain(_ prose: String) -> Bool {
    !prose.isEmpty && prose.first?.isNewline == false && prose == prose.droppingBlankEnd && !prose.hasPrefix("---")
      && !prose.hasPrefix("```text") && !prose.hasPrefix("~~~text") && !prose.hasPrefix("![\(CellContent.imageKey)](<")
  }

  /// Text between fences that are longer than any within it.
  private static func fence(_ text: String, _ info: String) -> String {
    var longest = 2
    for line in text.split(separator: "\n") {
      let start = line.drop { $0 == " " }
      longest = max(longest, start.prefix { $0 == "`" }.count)
    }
    let mark = String(repeating: "`", count: longest + 1)
    return "\(mark)\(info)\n\(text.isEmpty ? "" : text + "\n")\(mark)"
  }

  private static func frontMatter(_ header: NotebookHeader) -> String? {
    guard !header.entries.isEmpty else { return nil }
    let lines = header.entries.map { entry in
      let needsQuotes =
        entry.value.contains(": ") || entry.value.contains(" #") || entry.value.hasPrefix("- ")
        || "[]{}&*!|>'\"%@`#,?:".contains(entry.value.first ?? "a")
      return "\(entry.key): \(needsQuotes ? JSON.string(entry.value).compactText() : entry.value)\n"
    }
    return "---\n\(lines.joined())---"
  }

  // MARK: Reading

  static func read(_ bytes: [UInt8], path: String) throws(NotebookError) -> Document {
    // Checks that it is text.
    _ = try Notebook(Array("# %%\n".utf8) + bytes, path: path)
    var lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    )
    .map(String.init)
    if lines.first?.hasPrefix("\u{FEFF}") == true { lines[0].unicodeScalars.removeFirst() }
    var reader = MarkdownReader(lines)
    return Document(notebook: try Notebook(Array(reader.text().utf8), path: path), notes: reader.notes)
  }
}
