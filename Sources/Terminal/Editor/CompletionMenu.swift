import Shell

/// The list of what Tab found, shown below the cell, a page at a time.
struct CompletionMenu {
  let labels: [String]
  private var page = 0
  /// How many pages the last drawing had.
  private var pages = 1

  init(_ labels: [String]) { self.labels = labels }

  /// Goes to the next page, or from the last to the first; false when there is only one.
  mutating func turnPage() -> Bool {
    guard pages > 1 else { return false }
    page = (page + 1) % pages
    return true
  }

  /// The rows of the current page for a screen on which the cell takes `taken` rows, and what says that there are more.
  mutating func rows(columns: Int, height: Int, taken: Int) -> (rows: [String], footer: String?) {
    let room = max(height - min(taken, height / 2) - 1, 2)
    guard ColumnList.pages(labels, width: columns, height: room).count > 1 else {
      pages = 1
      return (ColumnList.rows(labels, width: columns), nil)
    }
    let parts = ColumnList.pages(labels, width: columns, height: room - 1)
    pages = parts.count
    page = min(page, pages - 1)
    let shown = ColumnList.rows(Array(labels[parts[page]]), width: columns)
    return (shown, "\(labels.count) names, page \(page + 1) of \(pages): Tab for the next")
  }
}
