/// An error for a reader: what, where with a caret, by which calls, and what may help.
///
///     RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)
///       linear.tnb:17, cell 4 "raises"
///         w @ w
///         ^^^^^
///       hint: …
package enum Diagnostic {
  /// The pieces of a diagnostic, for who shows them in colour.
  package enum Part {
    /// `RuntimeError`.
    case type
    /// `linear.tnb:17, cell 4`.
    case place
    case code
    case caret
    case hint
  }

  /// Ends in a line break. `paint` may change how a piece looks.
  ///
  /// Control characters of the program and of its messages are shown, not sent.
  package static func render(
    _ error: CellError, paint given: (String, Part) -> String = { text, _ in text }
  ) -> String {
    func paint(_ text: String, _ part: Part) -> String { given(text.showingControls(), part) }
    var text = paint(error.type, .type)
    text += String(error.summary.dropFirst(error.type.count)).showingControls() + "\n"
    let frames = error.frames
    var i = 0
    while i < frames.count {
      let frame = frames[i]
      text += render(frame, paint)
      // Deep recursion repeats a frame: it is shown once.
      var repeats = 0
      while i + 1 + repeats < frames.count, isSame(frames[i + 1 + repeats], frame) { repeats += 1 }
      if repeats > 2 {
        text += "    … the same call \(repeats) more times\n"
        i += repeats
      }
      i += 1
    }
    for hint in error.hints { text += "  \(paint(hint, .hint))\n" }
    return text
  }

  private static func isSame(_ a: CellError.Frame, _ b: CellError.Frame) -> Bool {
    a.source === b.source && a.range == b.range && a.function == b.function
  }

  private static func render(_ frame: CellError.Frame, _ paint: (String, Part) -> String) -> String {
    let line = frame.source.line(at: frame.range.lowerBound)
    var place = "\(frame.source.path):\(line.number)"
    if !frame.source.title.isEmpty { place += ", \(frame.source.title)" }
    if frame.function != "<module>" { place += ", in \(frame.function)" }
    let indent = line.text.prefix(while: isPlainSpace).count
    let shown = trimmingTrailingSpace(line.text.dropFirst(indent))
    place = paint(place, .place)
    guard !shown.isEmpty else { return "  \(place)\n" }
    let first = max(frame.range.lowerBound, line.start + indent)
    let last = min(frame.range.upperBound, line.start + indent + shown.count)
    let before = columns(shown.prefix(first - line.start - indent))
    let marked = max(1, last > first ? columns(frame.source.text[first..<last]) : 1)
    let code = paint(String(decoding: shown, as: UTF8.self).replacingControls(), .code)
    let caret = paint(String(repeating: "^", count: marked), .caret)
    return "  \(place)\n    \(code)\n    \(spaces(before))\(caret)\n"
  }

  private static func columns(_ bytes: ArraySlice<UInt8>) -> Int {
    TextWidth.of(String(decoding: bytes, as: UTF8.self).replacingControls())
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension String {
  /// A tab's width depends on its column; in a quotation of one line a fixed one keeps the caret below its text. Other control
  /// characters are shown.
  fileprivate func replacingControls() -> String {
    guard utf8.contains(where: { $0 == 0x09 || $0 == 0x0D }) else { return showingControls() }
    let plain = split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    ")
    return plain.split(separator: "\r", omittingEmptySubsequences: false).joined(separator: "^M").showingControls()
  }
}
