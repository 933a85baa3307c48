extension NotebookCell {
  /// The text of a prose cell: its comment lines without their marks. Lines that are no comments are taken as they are.
  package var prose: String {
    guard kind == .prose else { return "" }
    var text = lines.map { line -> String in
      var line = String(decoding: line.text, as: UTF8.self)
      // Two spaces at its end are Markdown for a line break.
      if line.hasSuffix("\r") { line.removeLast() }
      guard line.hasPrefix("#") else { return line }
      return String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1))
    }
    while text.last?.allSatisfy(\.isWhitespace) == true { text.removeLast() }
    while text.first?.allSatisfy(\.isWhitespace) == true { text.removeFirst() }
    return text.joined(separator: "\n")
  }
}
