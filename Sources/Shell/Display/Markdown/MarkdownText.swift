import Notebook

/// Prose drawn for a terminal.
///
/// In colour the marks go and their look stays; without, emphasis and code keep their marks, and headings are underlined, so
/// that nothing is lost on a plain terminal.
package struct MarkdownText {
  private let palette: Palette

  /// The lines of a text, none wider than `width` but those of code.
  package static func lines(_ markdown: String, width: Int, _ palette: Palette) -> [String] {
    MarkdownText(palette: palette).lines(MarkdownParser.parse(markdown), max(width, 8))
  }

  /// The text with a line break behind each line.
  package static func render(_ markdown: String, width: Int, _ palette: Palette) -> String {
    lines(markdown, width: width, palette).map { $0 + "\n" }.joined()
  }

  /// The text of its headings, without marks.
  package static func headings(_ markdown: String) -> [String] {
    MarkdownParser.parse(markdown).compactMap { block in
      guard case .heading(_, let title) = block else { return nil }
      return plainText(title)
    }
  }

  private static func plainText(_ inlines: [MarkdownInline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .link(let inner, _): plainText(inner)
      case .lineBreak: " "
      }
    }.joined()
  }

  private func lines(_ blocks: [MarkdownBlock], _ width: Int, isTight: Bool = false) -> [String] {
    var lines: [String] = []
    for (i, block) in blocks.enumerated() {
      if i > 0, !isTight { lines.append("") }
      lines += self.lines(block, width)
    }
    return lines
  }

  private func lines(_ block: MarkdownBlock, _ width: Int) -> [String] {
    switch block {
    case .heading(let level, let title): return heading(level, title, width)
    case .paragraph(let text): return wrapped(text, width)
    case .code(let language, let code): return self.code(language, code)
    case .list(let list): return items(list, width)
    case .quote(let blocks):
      let bar = palette.isColored ? palette.paint("│ ", .quiet) : "> "
      return lines(blocks, width - 2).map { $0.isEmpty ? String(bar.dropLastSpace()) : bar + $0 }
    case .rule: return [palette.paint(String(repeating: palette.isColored ? "─" : "-", count: min(width, 40)), .quiet)]
    case .table(let rows): return table(rows, width)
    }
  }

  private func heading(_ level: Int, _ title: [MarkdownInline], _ width: Int) -> [String] {
    let lines = wrapped(title, width, [.heading])
    if palette.isColored { return lines }
    let longest = lines.map { TextWidth.of($0) }.max() ?? 0
    return lines + [String(repeating: level == 1 ? "=" : "-", count: longest)]
  }

  private func code(_ language: String, _ code: [String]) -> [String] {
    let isOurs = ["", "python", "py", "tnb"].contains(language)
    let text = code.joined(separator: "\n")
    let painted = isOurs ? CodePainter.paint(text, palette) : text
    return painted.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
  }

  private func items(_ list: MarkdownList, _ width: Int) -> [String] {
    var lines: [String] = []
    let last = (list.start ?? 0) + list.items.count - 1
    let numberWidth = String(last).count
    for (i, item) in list.items.enumerated() {
      if i > 0, !list.isTight { lines.append("") }
      let marker: String
      if let start = list.start {
        let number = String(start + i)
        marker = String(repeating: " ", count: numberWidth - number.count) + number + ". "
      } else {
        marker = palette.isColored ? "• " : "- "
      }
      let indent = String(repeating: " ", count: marker.count)
      let inner = self.lines(item, width - marker.count, isTight: list.isTight)
      lines.append(marker + (inner.first ?? ""))
      lines += inner.dropFirst().map { $0.isEmpty ? "" : indent + $0 }
    }
    return lines
  }

  /// Columns as wide as their text; where that does not fit, a line for each cell.
  private func table(_ rows: [[[MarkdownInline]]], _ width: Int) -> [String] {
    let columns = rows[0].indices.map { column in rows.map { plainWidth($0[column]) }.max() ?? 0 }
    guard columns.reduce(-2, { $0 + $1 + 2 }) <= width else { return tall(rows, width) }
    var lines: [String] = []
    for (i, row) in rows.enumerated() {
      var line = ""
      for (column, cell) in row.enumerated() {
        line += wrapped(cell, .max, i == 0 ? [.strong] : []).first ?? ""
        if column + 1 < row.count {
          line += String(repeating: " ", count: columns[column] - plainWidth(cell, i == 0 ? [.strong] : []) + 2)
        }
      }
      lines.append(line.droppingBlankEnd())
    }
    return lines
  }

  private func tall(_ rows: [[[MarkdownInline]]], _ width: Int) -> [String] {
    var lines: [String] = []
    for row in rows.dropFirst() {
      if !lines.isEmpty { lines.append("") }
      for (name, cell) in zip(rows[0], row) {
        lines += wrapped(name + [.text(": ")] + cell, width)
      }
    }
    return lines
  }

  private func plainWidth(_ inlines: [MarkdownInline], _ roles: [Role] = []) -> Int {
    // The plain form keeps marks that the coloured one has not.
    let text = MarkdownText(palette: .plain).wrapped(inlines, .max, roles).first ?? ""
    return palette.isColored ? visibleWidth(inlines) : TextWidth.of(text)
  }

  private func visibleWidth(_ inlines: [MarkdownInline]) -> Int {
    inlines.reduce(0) { sum, inline in
      switch inline {
      case .text(let text), .code(let text): sum + TextWidth.of(text)
      case .emphasis(let inner), .strong(let inner): sum + visibleWidth(inner)
      case .link(let inner, let target):
        sum + visibleWidth(inner) + (Self.shows(target, beside: inner) ? TextWidth.of(target) + 3 : 0)
      case .lineBreak: sum
      }
    }
  }

  // MARK: Inlines

  private func wrapped(_ inlines: [MarkdownInline], _ width: Int, _ roles: [Role] = []) -> [String] {
    var words = StyledWords()
    add(inlines, roles, to: &words)
    return words.lines(width: width, palette)
  }

  private func add(_ inlines: [MarkdownInline], _ roles: [Role], to words: inout StyledWords) {
    for inline in inlines {
      switch inline {
      case .text(let text): words.add(text, roles)
      case .code(let text):
        // An expression is read more easily in one piece.
        words.add(palette.isColored ? text : "`\(text)`", roles + [.code], isWhole: text.count <= 24)
      case .emphasis(let inner): marked(inner, "*", roles + [.emphasis], &words)
      case .strong(let inner): marked(inner, "**", roles + [.strong], &words)
      case .link(let inner, let target):
        add(inner, roles + [.link], to: &words)
        if Self.shows(target, beside: inner) { words.add(" (\(target))", roles + [.quiet]) }
      case .lineBreak: words.breakLine()
      }
    }
  }

  private func marked(_ inner: [MarkdownInline], _ mark: String, _ roles: [Role], _ words: inout StyledWords) {
    let shown = palette.isColored ? "" : mark
    words.add(shown, roles)
    add(inner, roles, to: &words)
    words.add(shown, roles)
  }

  private static func shows(_ target: String, beside label: [MarkdownInline]) -> Bool {
    !target.isEmpty && !target.hasPrefix("#") && label != [.text(target)]
  }
}

extension String {
  fileprivate func dropLastSpace() -> Substring {
    // Escape sequences end the text in colour: there the space stays.
    hasSuffix(" ") ? dropLast() : self[...]
  }
}
