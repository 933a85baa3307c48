import Notebook

/// Names side by side in columns of one width, read downwards as `ls` shows them.
package enum ColumnList {
  /// The rows for a terminal of `width` columns. A name that is wider than that is cut.
  package static func rows(_ names: [String], width: Int) -> [String] {
    guard !names.isEmpty else { return [] }
    let room = max(width - 1, 8)
    let widest = min(names.reduce(0) { max($0, TextWidth.of($1)) }, room)
    let cell = widest + 2
    let columns = max(1, min((room + 2) / cell, names.count))
    let count = (names.count + columns - 1) / columns
    return (0..<count).map { row in
      var text = ""
      var column = 0
      for i in stride(from: row, to: names.count, by: count) {
        text += String(repeating: " ", count: column * cell - TextWidth.of(text))
        text += cut(names[i], to: room)
        column += 1
      }
      return text
    }
  }

  private static func cut(_ name: String, to width: Int) -> String {
    guard TextWidth.of(name) > width else { return name }
    var text = ""
    var used = 0
    for scalar in name.unicodeScalars {
      used += TextWidth.of(scalar)
      if used >= width { break }
      text.unicodeScalars.append(scalar)
    }
    return text + "…"
  }
}
