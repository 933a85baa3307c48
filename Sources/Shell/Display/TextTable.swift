import Notebook

/// Rows with their columns below each other; where they do not fit into the width, a paragraph for each row.
struct TextTable {
  var header: [String]
  var rows: [[String]] = []
  /// Columns whose values say nothing without their name.
  var named: Set<String> = []

  /// The lines, each ending in a line break. The last column is cut at the width rather than the others.
  func render(width: Int, _ palette: Palette) -> String {
    let used = header.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    var widths = used.map { column in ([header[column]] + rows.map { $0[column] }).map { TextWidth.of($0) }.max() ?? 0 }
    let fixed = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    guard fixed + min(widths.last ?? 0, 20) <= width else { return paragraphs(used, width, palette) }
    if let last = widths.last { widths[widths.count - 1] = min(last, width - fixed) }
    func line(_ cells: [String], _ role: Role) -> String {
      var text = ""
      for (i, column) in used.enumerated() {
        let cell = cells[column].cut(to: widths[i])
        text += cell + String(repeating: " ", count: widths[i] - TextWidth.of(cell) + 2)
      }
      return palette.paint(String(text.droppingBlankEnd()), role) + "\n"
    }
    return line(header, .heading) + rows.map { line($0, .plain) }.joined()
  }

  /// The first column, then the others with their names, below it and indented.
  private func paragraphs(_ used: [Int], _ width: Int, _ palette: Palette) -> String {
    rows.map { row in
      var words = StyledWords()
      var isFirst = true
      for column in used.dropFirst() where !row[column].isEmpty {
        if !isFirst { words.add(", ", []) }
        isFirst = false
        words.add(named.contains(header[column]) ? "\(header[column]) \(row[column])" : row[column], [], isWhole: true)
      }
      let lines = words.lines(width: width - 2, palette)
      return palette.paint(row[used[0]], .heading) + "\n" + lines.map { "  \($0)\n" }.joined()
    }.joined()
  }

}

extension String {
  /// Without its end, and a sign for that, when it is wider.
  package func cut(to width: Int) -> String {
    guard TextWidth.of(self) > width else { return self }
    var result = ""
    var columns = 0
    for character in self {
      columns += StyledWords.width(of: character)
      if columns >= width { break }
      result.append(character)
    }
    return result + "…"
  }
}
