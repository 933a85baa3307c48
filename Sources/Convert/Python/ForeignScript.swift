import Notebook

/// A Python script that tnb did not write: from jupytext, an editor, `jupyter nbconvert --to script`, or none of them. What
/// needs no change keeps its bytes.
struct ForeignScript {
  private var lines: [NotebookLine]
  private var notes: [Document.Note] = []

  static func read(_ bytes: [UInt8], path: String) throws(NotebookError) -> Document {
    var script = ForeignScript(lines: NotebookLine.split(bytes[...]))
    script.dropTop()
    script.spellMarks()
    let marked = try Notebook(script.bytes, path: path)
    let notebook = try Notebook(marked.head + script.cells(of: marked), path: path)
    return Document(notebook: notebook, notes: script.notes + UnsupportedCode.notes(notebook))
  }

  private var bytes: [UInt8] { lines.flatMap { $0.text + $0.ending.rawValue.utf8 } }

  /// Lines for Python and for jupytext alone: the interpreter, the encoding, and a header that says `jupyter:`.
  private mutating func dropTop() {
    while let first = lines.first,
      first.starts(with: "#!") && first.trimmed.contains("python") || Self.namesEncoding(first)
    {
      lines.removeFirst()
    }
    guard lines.first?.trimmed == "# ---", let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "# ---" }),
      lines[..<end].contains(where: { $0.starts(with: "# jupyter:") || $0.starts(with: "# jupytext:") })
    else { return }
    let title = lines[..<end].first { $0.starts(with: "# title:") }
    lines.removeSubrange(...end)
    if let title {
      let fence = NotebookLine(text: Array("# ---".utf8), ending: .newline)
      lines.insert(
        contentsOf: [fence, NotebookLine(text: Array("# tnb: 1".utf8), ending: .newline), title, fence], at: 0)
    } else {
      while let first = lines.first, first.isBlank { lines.removeFirst() }
    }
  }

  private static func namesEncoding(_ line: NotebookLine) -> Bool {
    line.starts(with: "# coding:") || line.starts(with: "# -*- coding:")
  }

  /// `#%%` and `# In[3]:` as `# %%`.
  private mutating func spellMarks() {
    for i in lines.indices {
      if lines[i].starts(with: "#%%") {
        lines[i].text.insert(0x20, at: 1)
      } else if lines[i].starts(with: "# In["), lines[i].trimmed.hasSuffix("]:") {
        lines[i].text = Array("# %%".utf8)
      }
    }
  }

  /// The cells with prose as comments and without what is IPython's.
  private mutating func cells(of notebook: Notebook) -> [UInt8] {
    var result: [UInt8] = []
    for (i, cell) in notebook.cells.enumerated() {
      if let mark = cell.mark { result += mark.text + mark.ending.rawValue.utf8 }
      var text = cell.lines.flatMap { $0.text + $0.ending.rawValue.utf8 }
      if cell.kind == .prose, let prose = Self.quoted(cell) {
        text = Array((NotebookWriter.prose(prose) + "\n").utf8)
      } else if cell.kind == .code, cell.records.isEmpty {
        let source = String(decoding: cell.source, as: UTF8.self)
        let imported = IPythonCode.imported(source)
        for note in imported.notes { notes.append(.init(cell: i + 1, line: note.line, note.message)) }
        if imported.code != source { text = Array((imported.code + "\n\n").utf8) }
      }
      result += text
    }
    return result
  }

  /// The prose of a cell that is written as a string, `\"\"\"…\"\"\"`.
  private static func quoted(_ cell: NotebookCell) -> String? {
    let text = String(decoding: cell.lines.flatMap { $0.text + [UInt8(ascii: "\n")] }, as: UTF8.self).trimmed
    for quote in ["\"\"\"", "'''"] {
      for prefix in ["", "r"]
      where text.hasPrefix(prefix + quote) && text.hasSuffix(quote) && text.count >= 6 + prefix.count {
        return String(text.dropFirst(3 + prefix.count).dropLast(3)).trimmed
      }
    }
    return nil
  }
}
