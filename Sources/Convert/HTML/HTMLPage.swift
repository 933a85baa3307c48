import Notebook

/// A notebook as one page of HTML that needs nothing else: code in colour, prose, outputs and images, and the notebook itself to
/// be taken along.
///
/// The page's own policy forbids it to run scripts and to load anything, whatever a notebook holds.
struct HTMLPage {
  private let notebook: Notebook
  private let title: String
  private let file: (String) -> [UInt8]?

  /// `name` stands for a title where the notebook has none.
  static func write(
    _ notebook: Notebook, name: String, path: String, file: @escaping (String) -> [UInt8]?
  ) throws(NotebookError) -> [UInt8] {
    var page = HTMLPage(notebook: notebook, title: title(of: notebook) ?? name, file: file)
    return Array(try page.text(name: name, path: path).utf8)
  }

  /// The header's title, or the first heading.
  private static func title(of notebook: Notebook) -> String? {
    if let title = notebook.header.title, !title.isEmpty { return title }
    for cell in notebook.cells where cell.kind == .prose && !cell.isRaw {
      for line in cell.prose.split(separator: "\n") where line.hasPrefix("# ") {
        return String(line.dropFirst(2)).trimmed
      }
    }
    return nil
  }

  private mutating func text(name: String, path: String) throws(NotebookError) -> String {
    let markdown = MarkdownHTML(file: file)
    var body = ""
    for cell in notebook.cells { body += try html(of: cell, markdown, path: path) }
    var contents = Self.contents(markdown.headings)
    // Below the title, where the page begins with one.
    let title = "<h1>\(Markup.escape(self.title))</h1>\n"
    if markdown.headings.first?.level != 1 {
      contents = title + contents
    } else {
      let bytes = Array(body.utf8)
      let end = Array("</h1>\n".utf8)
      let place = (bytes.firstIndex(of: end) ?? -end.count) + end.count
      body = String(decoding: bytes[..<place], as: UTF8.self)
      contents += String(decoding: bytes[place...], as: UTF8.self)
      (body, contents) = (body + contents, "")
    }
    let source = Base64.encode(notebook.bytes)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="tnb">
      <title>\(Markup.escape(self.title))</title>
      <style>
      \(PageStyle.css)</style>
      </head>
      <body>
      <main>
      \(contents)\(body)</main>
      <footer>Made with tnb · <a id="notebook" download="\(Markup.escape(name)).tnb" href="data:text/plain;charset=utf-8;base64,\(source)">download the notebook</a></footer>
      </body>
      </html>

      """
  }

  /// Links to the headings of the second and third level, where there are some.
  private static func contents(_ headings: [MarkdownHTML.Heading]) -> String {
    let shown = headings.filter { $0.level == 2 || $0.level == 3 }
    guard shown.count > 3 else { return "" }
    let items = shown.map {
      "<li class=\"h\($0.level)\"><a href=\"#\(Markup.escape($0.identifier))\">\(plain($0.text))</a></li>\n"
    }
    return "<details class=\"contents\"><summary>Contents</summary>\n<ul>\n\(items.joined())</ul>\n</details>\n"
  }

  /// HTML without links: one cannot stand in another.
  private static func plain(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      let tag = rest[open...].prefix { $0 != ">" }
      rest = rest[tag.endIndex...].dropFirst()
      let name = tag.dropFirst().drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      if name != "a", name != "img" { result += tag + ">" }
    }
    return result + rest
  }

  // MARK: Cells

  private func html(of cell: NotebookCell, _ markdown: MarkdownHTML, path: String) throws(NotebookError) -> String {
    let content = CellContent(cell)
    switch content.kind {
    case .markdown: return content.source.isEmpty ? "" : try markdown.render(content.source, path: path)
    case .raw: return content.source.isEmpty ? "" : "<pre class=\"raw\">\(Markup.escape(content.source))</pre>\n"
    case .code:
      guard !content.source.isEmpty || !content.records.isEmpty else { return "" }
      var html = "<div class=\"cell\">\n"
      if !content.name.isEmpty { html += "<div class=\"name\">\(Markup.escape(content.name))</div>\n" }
      if !content.source.isEmpty {
        html += "<pre class=\"code\"><code>\(CodeHTML.render(content.source))</code></pre>\n"
      }
      return html + outputs(of: content) + "</div>\n"
    }
  }

  private func outputs(of content: CellContent) -> String {
    var html = ""
    var lines: [String] = []
    var kind = Record.Kind.output
    func flush() {
      guard !lines.isEmpty else { return }
      let text = Markup.escape(lines.joined(separator: "\n"))
      html += kind == .error ? "<pre class=\"output error\">\(text)</pre>\n" : "<pre class=\"output\">\(text)</pre>\n"
      lines = []
    }
    for record in content.records {
      if record.kind != kind { flush() }
      kind = record.kind
      lines.append(TerminalText.withoutEscapes(record.text))
    }
    if kind == .output { flush() }
    for path in content.images {
      guard let data = PageImage.dataAddress(of: path, file: file) else { continue }
      html += "<div class=\"output\"><img src=\"\(data)\" alt=\"output\"></div>\n"
    }
    flush()
    return html
  }

  // MARK: Reading

  /// The notebook that a page made by tnb holds.
  static func read(_ bytes: [UInt8], path: String) throws(NotebookError) -> Document {
    let mark = Array("<a id=\"notebook\" ".utf8)
    let start = Array(";base64,".utf8)
    // It stands at the end, so that nothing a notebook holds is taken for it.
    guard let link = bytes.lastIndex(of: mark), let data = bytes[link...].firstIndex(of: start) else {
      throw NotebookError(path: path, "holds no notebook: only pages that `tnb convert` made can be converted back")
    }
    let text = bytes[(data + start.count)...].prefix { $0 != UInt8(ascii: "\"") }
    guard let source = Base64.decode(String(decoding: text, as: UTF8.self)) else {
      throw NotebookError(path: path, "holds a notebook that is cut off")
    }
    return Document(notebook: try Notebook(source, path: path))
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// Where a sequence of bytes first begins.
  fileprivate func firstIndex(of wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    return (startIndex...(endIndex - wanted.count)).first { self[$0] == wanted[0] && self[$0...].starts(with: wanted) }
  }

  /// Where a sequence of bytes last begins.
  fileprivate func lastIndex(of wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    return (startIndex...(endIndex - wanted.count)).last { self[$0] == wanted[0] && self[$0...].starts(with: wanted) }
  }
}

/// Text that was meant for a terminal.
enum TerminalText {
  /// Without the sequences that set colours and move the cursor.
  static func withoutEscapes(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var i = 0
    while i < bytes.count {
      guard bytes[i] == 0x1B, i + 1 < bytes.count, bytes[i + 1] == UInt8(ascii: "[") else {
        result.append(bytes[i])
        i += 1
        continue
      }
      i += 2
      while i < bytes.count, !(0x40...0x7E).contains(bytes[i]) { i += 1 }
      i += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
