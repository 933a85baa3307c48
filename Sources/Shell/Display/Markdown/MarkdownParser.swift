/// Reads Markdown: headings, paragraphs, code, lists, quotes, rules and tables. Anything else is text.
struct MarkdownParser {
  private let lines: [Substring]
  private var next = 0

  static func parse(_ text: String) -> [MarkdownBlock] {
    var parser = MarkdownParser(text.split(separator: "\n", omittingEmptySubsequences: false).map(untabbed))
    return parser.blocks()
  }

  private init(_ lines: [Substring]) { self.lines = lines }

  private static func untabbed(_ line: Substring) -> Substring {
    var line = line
    if line.hasSuffix("\r") { line.removeLast() }
    guard line.contains("\t") else { return line }
    return line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    ")[...]
  }

  private mutating func blocks() -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    while next < lines.count {
      let line = lines[next]
      if line.isBlank {
        next += 1
      } else if line.indent >= 4 {
        blocks.append(indentedCode())
      } else if let fence = Fence(line) {
        blocks.append(fencedCode(fence))
      } else if let heading = heading(line) {
        blocks.append(heading)
        next += 1
      } else if line.isRule {
        blocks.append(.rule)
        next += 1
      } else if line.isQuote {
        blocks.append(quote())
      } else if let marker = ListMarker(line) {
        blocks.append(list(marker))
      } else if let table = table() {
        blocks.append(table)
      } else {
        blocks.append(paragraph())
      }
    }
    return blocks
  }

  // MARK: Leaves

  private func heading(_ line: Substring) -> MarkdownBlock? {
    let text = line.drop { $0 == " " }
    let level = text.prefix { $0 == "#" }.count
    guard (1...6).contains(level) else { return nil }
    var title = text.dropFirst(level)
    guard title.isEmpty || title.hasPrefix(" ") else { return nil }
    title = title.trimmingSpace
    // A closing row of marks is decoration.
    let closing = title.reversed().prefix { $0 == "#" }.count
    if closing == title.count || (closing > 0 && title.dropLast(closing).hasSuffix(" ")) {
      title = title.dropLast(closing).trimmingSpace
    }
    return .heading(level: level, InlineParser.parse(String(title)))
  }

  private mutating func indentedCode() -> MarkdownBlock {
    var code: [String] = []
    while next < lines.count, lines[next].isBlank || lines[next].indent >= 4 {
      code.append(String(lines[next].dropFirst(4)))
      next += 1
    }
    while code.last?.allSatisfy(\.isWhitespace) == true { code.removeLast() }
    return .code(language: "", lines: code)
  }

  private mutating func fencedCode(_ fence: Fence) -> MarkdownBlock {
    next += 1
    var code: [String] = []
    while next < lines.count {
      let line = lines[next]
      next += 1
      if let end = Fence(line), end.character == fence.character, end.count >= fence.count, end.info.isEmpty { break }
      code.append(String(line.dropFirst(min(fence.indent, line.indent))))
    }
    let language = fence.info.split(separator: " ").first.map(String.init) ?? ""
    return .code(language: language, lines: code)
  }

  private mutating func paragraph() -> MarkdownBlock {
    var text: [Substring] = []
    while next < lines.count {
      let line = lines[next]
      if !text.isEmpty {
        if let level = line.underlineLevel {
          next += 1
          return .heading(level: level, InlineParser.parse(text.joined(separator: "\n")))
        }
        if line.isBlank || line.endsParagraph { break }
      }
      text.append(line.drop { $0 == " " })
      next += 1
    }
    return .paragraph(InlineParser.parse(text.joined(separator: "\n")))
  }

  private mutating func table() -> MarkdownBlock? {
    guard next + 1 < lines.count, lines[next].contains("|"), lines[next + 1].isTableRule else { return nil }
    let header = lines[next].tableCells
    guard header.count == lines[next + 1].tableCells.count else { return nil }
    var rows = [header]
    next += 2
    while next < lines.count, !lines[next].isBlank, lines[next].contains("|") {
      let cells = lines[next].tableCells.prefix(header.count)
      rows.append(cells + Array(repeating: "", count: header.count - cells.count))
      next += 1
    }
    return .table(rows.map { $0.map { InlineParser.parse($0) } })
  }

  // MARK: Containers

  private mutating func quote() -> MarkdownBlock {
    var inner: [Substring] = []
    while next < lines.count {
      let line = lines[next]
      if line.isQuote {
        var rest = line.drop { $0 == " " }.dropFirst()
        if rest.hasPrefix(" ") { rest = rest.dropFirst() }
        inner.append(rest)
      } else if line.isBlank || line.endsParagraph || inner.last?.isBlank == true {
        break
      } else {
        inner.append(line)
      }
      next += 1
    }
    var parser = MarkdownParser(inner)
    return .quote(parser.blocks())
  }

  private mutating func list(_ first: ListMarker) -> MarkdownBlock {
    var list = MarkdownList(start: first.number, items: [], isTight: true)
    while next < lines.count, let marker = ListMarker(lines[next]), marker.continues(first), !lines[next].isRule {
      let (item, endsInBlank, holdsBlank) = itemLines(marker)
      var parser = MarkdownParser(item)
      list.items.append(parser.blocks())
      let goesOn = next < lines.count && ListMarker(lines[next])?.continues(first) == true
      if holdsBlank || (endsInBlank && goesOn) { list.isTight = false }
    }
    return .list(list)
  }

  /// The lines of one item, without its marker and indentation.
  private mutating func itemLines(_ marker: ListMarker) -> (lines: [Substring], endsInBlank: Bool, holdsBlank: Bool) {
    var item = [lines[next].dropFirst(min(marker.width, lines[next].count))]
    next += 1
    var blanks = 0
    var holdsBlank = false
    while next < lines.count {
      let line = lines[next]
      if line.isBlank {
        blanks += 1
      } else if line.indent >= marker.width {
        if blanks > 0 { holdsBlank = true }
        item += Array(repeating: "", count: blanks)
        blanks = 0
        item.append(line.dropFirst(marker.width))
      } else if blanks == 0, ListMarker(line) == nil, !line.endsParagraph {
        item.append(line.drop { $0 == " " })
      } else {
        break
      }
      next += 1
    }
    return (item, blanks > 0, holdsBlank)
  }
}

/// The beginning or the end of a code block.
private struct Fence {
  let character: Character
  let count: Int
  let indent: Int
  let info: Substring

  init?(_ line: Substring) {
    indent = line.indent
    let text = line.dropFirst(indent)
    guard indent < 4, let first = text.first, first == "`" || first == "~" else { return nil }
    character = first
    count = text.prefix { $0 == first }.count
    info = text.dropFirst(count).trimmingSpace
    guard count >= 3, first == "~" || !info.contains("`") else { return nil }
  }
}

/// `- `, `3. `: what begins an item of a list.
private struct ListMarker {
  let character: Character
  let number: Int?
  /// Columns up to the item's text.
  let width: Int

  init?(_ line: Substring) {
    let indent = line.indent
    let text = line.dropFirst(indent)
    guard indent < 4, let first = text.first else { return nil }
    let length: Int
    if "-+*".contains(first) {
      (character, number, length) = (first, nil, 1)
    } else {
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      guard (1...9).contains(digits.count), let sign = text.dropFirst(digits.count).first, sign == "." || sign == ")"
      else { return nil }
      (character, number, length) = (sign, Int(digits), digits.count + 1)
    }
    let rest = text.dropFirst(length)
    guard rest.isEmpty || rest.hasPrefix(" ") else { return nil }
    // Five spaces and more are code within the item.
    let spaces = rest.isBlank || rest.indent > 4 ? 1 : rest.indent
    width = indent + length + spaces
  }

  func continues(_ first: ListMarker) -> Bool {
    character == first.character && (number == nil) == (first.number == nil)
  }
}

extension Substring {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }

  fileprivate var indent: Int { prefix { $0 == " " }.count }

  fileprivate var trimmingSpace: Substring {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  fileprivate var isQuote: Bool { indent < 4 && dropFirst(indent).hasPrefix(">") }

  /// `---`, `* * *`.
  fileprivate var isRule: Bool {
    let marks = filter { !$0.isWhitespace }
    guard indent < 4, marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
    return marks.allSatisfy { $0 == first }
  }

  /// The level of a heading that this line underlines.
  fileprivate var underlineLevel: Int? {
    let text = trimmingSpace
    guard indent < 4, !text.isEmpty else { return nil }
    return text.allSatisfy { $0 == "=" } ? 1 : text.allSatisfy { $0 == "-" } ? 2 : nil
  }

  /// Whether it begins something else than more text of a paragraph.
  fileprivate var endsParagraph: Bool {
    if isQuote || isRule || Fence(self) != nil { return true }
    let text = drop { $0 == " " }
    let marks = text.prefix { $0 == "#" }.count
    if indent < 4, (1...6).contains(marks), text.dropFirst(marks).isEmpty || text.dropFirst(marks).hasPrefix(" ") {
      return true
    }
    guard let marker = ListMarker(self), trimmingSpace.count > 2 else { return false }
    // A number at the beginning of a line is as likely a number.
    return marker.number == nil || marker.number == 1
  }

  /// `|---|:--:|`.
  fileprivate var isTableRule: Bool {
    contains("-") && contains("|") && allSatisfy { "-|: ".contains($0) }
  }

  fileprivate var tableCells: [String] {
    var text = trimmingSpace
    if text.hasPrefix("|") { text = text.dropFirst() }
    if text.hasSuffix("|"), !text.hasSuffix("\\|") { text = text.dropLast() }
    var cells: [String] = []
    var cell = ""
    var escaped = false
    for character in text {
      if character == "|", !escaped {
        cells.append(String(cell[...].trimmingSpace))
        cell = ""
      } else {
        if character == "|" { cell.removeLast() }
        cell.append(character)
      }
      escaped = character == "\\" && !escaped
    }
    return cells + [String(cell[...].trimmingSpace)]
  }
}
