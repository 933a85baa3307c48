/// Makes a pasted text what its author typed: without prompts, without recorded outputs, at the left margin.
enum PastedText {
  /// The text to insert at `cursor`, an offset in UTF-8, of a cell.
  static func cleaned(_ pasted: String, into text: String, cursor: Int) -> String {
    var lines = normalised(pasted).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count > 1 || Transcript.isPrompt(lines[0]) else { return lines[0] }
    if let code = Transcript.code(lines) { lines = code }
    if lines.contains(where: isRecord) { lines = lines.filter { !isRecord($0) } }
    guard !lines.isEmpty else { return "" }
    let before = String(decoding: Array(text.utf8.prefix(cursor)), as: UTF8.self)
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    lines = outdented(lines)
    if !line.isEmpty, line.allSatisfy({ $0 == " " || $0 == "\t" }) {
      // Into an indented line: the further lines go where the first does.
      lines = [lines[0]] + lines.dropFirst().map { $0.isEmpty ? $0 : line + $0 }
    }
    while lines.count > 1, lines.last!.allSatisfy(\.isWhitespace) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Line feeds alone, no characters that cannot be seen.
  private static func normalised(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": result.append("\n")
      case "\n": if previous != "\r" { result.append("\n") }
      case "\t": result.append(scalar)
      // Web pages hold them where a space is meant.
      case "\u{A0}": result.append(" ")
      case "\u{FEFF}", "\u{200B}": break
      default: if scalar.value >= 0x20, !(0x7F..<0xA0).contains(scalar.value) { result.append(scalar) }
      }
      previous = scalar
    }
    return String(result)
  }

  private static func isRecord(_ line: String) -> Bool { line.hasPrefix("#>") || line.hasPrefix("#!") }

  /// Takes away the white space that every line begins with. A first line without any may have lost it to the selection: then
  /// the others keep theirs relative to the least indented when that alone makes no block of them.
  private static func outdented(_ lines: [String]) -> [String] {
    func indent(_ line: String) -> Substring { line.prefix { $0 == " " || $0 == "\t" } }
    let filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
    guard var common = filled.first.map(indent) else { return lines }
    for line in filled { while !line.hasPrefix(common) { common = common.dropLast() } }
    guard !common.isEmpty else { return lines }
    return lines.map { $0.hasPrefix(common) ? String($0.dropFirst(common.count)) : $0.trimmingSpace() }
  }
}

/// The code in a copied session: of this shell, of IPython, or of Python.
enum Transcript {
  /// `In [3]: x`, `>>> x`.
  static func isPrompt(_ line: String) -> Bool { first(line) != nil }

  /// What was typed; nil when the lines are no session. Lines that are neither prompted nor code are output, and left out.
  static func code(_ lines: [String]) -> [String]? {
    guard let start = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }), isPrompt(start) else { return nil }
    var code: [String] = []
    var isInput = false
    for line in lines {
      if let text = first(line) {
        code.append(text)
        isInput = true
      } else if isInput, let text = further(line) {
        code.append(text)
      } else {
        isInput = false
      }
    }
    return code
  }

  private static func first(_ line: String) -> String? {
    let text = line.drop { $0 == " " }
    if text == ">>>" || text.hasPrefix(">>> ") { return String(text.dropFirst(4)) }
    guard text.hasPrefix("In ["), let close = text.range(of: "]:") else { return nil }
    guard text[text.index(text.startIndex, offsetBy: 4)..<close.lowerBound].allSatisfy(\.isNumber) else { return nil }
    let rest = text[close.upperBound...]
    return String(rest.hasPrefix(" ") ? rest.dropFirst() : rest)
  }

  /// `   ...: x`, `... x`.
  private static func further(_ line: String) -> String? {
    let text = line.drop { $0 == " " }
    guard text.hasPrefix("...") else { return nil }
    var rest = text.dropFirst(3)
    if rest.hasPrefix(":") { rest = rest.dropFirst() }
    guard rest.isEmpty || rest.hasPrefix(" ") else { return nil }
    return String(rest.dropFirst())
  }
}

extension Substring {
  /// Where a text stands first.
  fileprivate func range(of wanted: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
      start = index(after: start)
    }
    return nil
  }
}
