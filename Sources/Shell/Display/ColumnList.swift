import Notebook

/// Names side by side in columns, read downwards as `ls` shows them.
package enum ColumnList {
  /// The rows for a terminal of `width` columns: as few as fit. A name that is wider than that is cut.
  package static func rows(_ names: [String], width: Int) -> [String] {
    guard !names.isEmpty else { return [] }
    let room = max(width - 1, 8)
    let names = names.map { cut($0, to: room) }
    let widths = names.map { TextWidth.of($0) }
    var count = max(1, names.count * (widths.min()! + gap) / (room + gap))
    var columns = columnWidths(widths, rows: count)
    while columns.reduce(-gap, { $0 + $1 + gap }) > room {
      count += 1
      columns = columnWidths(widths, rows: count)
    }
    return (0..<count).map { row in
      var text = ""
      for (column, i) in stride(from: row, to: names.count, by: count).enumerated() {
        let isLast = i + count >= names.count
        text += names[i] + (isLast ? "" : String(repeating: " ", count: columns[column] - widths[i] + gap))
      }
      return text
    }
  }

  /// Parts names into pages of at most `height` rows, each with columns of its own.
  package static func pages(_ names: [String], width: Int, height: Int) -> [Range<Int>] {
    var pages: [Range<Int>] = []
    var start = 0
    while start < names.count {
      // More names never take fewer rows, nearly: what fits is found by halving.
      var fits = min(height, names.count - start)
      var tooMany = names.count - start + 1
      while fits + 1 < tooMany {
        let middle = (fits + tooMany) / 2
        if rows(Array(names[start..<(start + middle)]), width: width).count <= height {
          fits = middle
        } else {
          tooMany = middle
        }
      }
      pages.append(start..<(start + max(fits, 1)))
      start += max(fits, 1)
    }
    return pages
  }

  private static let gap = 2

  private static func columnWidths(_ widths: [Int], rows: Int) -> [Int] {
    stride(from: 0, to: widths.count, by: rows).map { widths[$0..<min($0 + rows, widths.count)].max() ?? 0 }
  }

  /// A text without what does not fit into `width` columns.
  package static func cut(_ name: String, to width: Int) -> String {
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
