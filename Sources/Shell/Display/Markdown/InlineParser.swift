/// Reads what stands in a line of Markdown: code, emphasis, links, escapes.
struct InlineParser {
  private let text: [Character]
  private var position = 0
  /// What was read, with the delimiters that may yet become emphasis.
  private var pieces: [Piece] = []
  private var plain = ""

  private enum Piece {
    case inline(MarkdownInline)
    case delimiter(Delimiter)
  }

  private struct Delimiter {
    var character: Character
    var count: Int
    var canOpen: Bool
    var canClose: Bool
    var original: Int
  }

  static func parse(_ text: String) -> [MarkdownInline] {
    var parser = InlineParser(Array(text))
    return parser.inlines()
  }

  private init(_ text: [Character]) { self.text = text }

  private mutating func inlines() -> [MarkdownInline] {
    while position < text.count {
      switch text[position] {
      case "\\": escape()
      case "`": code()
      case "*", "_": delimiter()
      case "[": link(isImage: false)
      case "!" where position + 1 < text.count && text[position + 1] == "[": link(isImage: true)
      case "<": autolink()
      case "&": entity()
      case "\n": lineEnd()
      default: take()
      }
    }
    flush()
    return Self.emphasised(pieces)
  }

  private mutating func take() {
    plain.append(text[position])
    position += 1
  }

  private mutating func flush() {
    guard !plain.isEmpty else { return }
    pieces.append(.inline(.text(plain)))
    plain = ""
  }

  private mutating func add(_ inline: MarkdownInline, upTo end: Int) {
    flush()
    pieces.append(.inline(inline))
    position = end
  }

  private mutating func escape() {
    let next = position + 1 < text.count ? text[position + 1] : " "
    if next == "\n" { return add(.lineBreak, upTo: position + 2) }
    guard next.isASCII, next.isPunctuation || next.isSymbol else { return take() }
    plain.append(next)
    position += 2
  }

  private mutating func lineEnd() {
    let spaces = plain.reversed().prefix { $0 == " " }.count
    plain.removeLast(spaces)
    if spaces >= 2 { return add(.lineBreak, upTo: position + 1) }
    plain.append(" ")
    position += 1
  }

  private mutating func code() {
    let count = run(at: position)
    var end = position + count
    while end < text.count {
      guard text[end] == "`" else {
        end += 1
        continue
      }
      let closing = run(at: end)
      if closing == count {
        var inner = String(text[(position + count)..<end].map { $0 == "\n" ? " " : $0 })
        if inner.hasPrefix(" "), inner.hasSuffix(" "), inner.contains(where: { $0 != " " }) {
          inner = String(inner.dropFirst().dropLast())
        }
        return add(.code(inner), upTo: end + count)
      }
      end += closing
    }
    for _ in 0..<count { take() }
  }

  /// How often the character at `start` is repeated.
  private func run(at start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == text[start] { end += 1 }
    return end - start
  }

  private mutating func delimiter() {
    let character = text[position]
    let count = run(at: position)
    let before = position > 0 ? text[position - 1] : " "
    let after = position + count < text.count ? text[position + count] : " "
    func isMark(_ c: Character) -> Bool { c.isPunctuation || c.isSymbol }
    let opens = !after.isWhitespace && (!isMark(after) || before.isWhitespace || isMark(before))
    let closes = !before.isWhitespace && (!isMark(before) || after.isWhitespace || isMark(after))
    flush()
    pieces.append(
      .delimiter(
        Delimiter(
          character: character, count: count,
          canOpen: opens && (character == "*" || !closes || isMark(before)),
          canClose: closes && (character == "*" || !opens || isMark(after)), original: count)))
    position += count
  }

  /// `[text](target)`; an image shows its text.
  private mutating func link(isImage: Bool) {
    let open = position + (isImage ? 1 : 0)
    guard let close = closing(of: open, "[", "]"), close + 1 < text.count, text[close + 1] == "(",
      let end = closing(of: close + 1, "(", ")")
    else { return take() }
    let label = InlineParser.parse(String(text[(open + 1)..<close]))
    var target = String(text[(close + 2)..<end]).trimmingSpace()
    // A title may follow.
    if let space = target.firstIndex(of: " ") { target = String(target[..<space]) }
    if target.hasPrefix("<"), target.hasSuffix(">") { target = String(target.dropFirst().dropLast()) }
    add(.link(label, target: target), upTo: end + 1)
  }

  private func closing(of start: Int, _ open: Character, _ close: Character) -> Int? {
    var depth = 0
    var i = start
    while i < text.count {
      if text[i] == "\\" {
        i += 1
      } else if text[i] == open {
        depth += 1
      } else if text[i] == close {
        depth -= 1
        if depth == 0 { return i }
      }
      i += 1
    }
    return nil
  }

  /// `<https://…>`.
  private mutating func autolink() {
    guard let close = text[position...].firstIndex(of: ">") else { return take() }
    let target = String(text[(position + 1)..<close])
    guard target.hasPrefix("http://") || target.hasPrefix("https://") || target.hasPrefix("mailto:"),
      !target.contains(where: \.isWhitespace)
    else { return take() }
    add(.link([.text(target)], target: target), upTo: close + 1)
  }

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "times": "×", "middot": "·",
    "hellip": "…", "ndash": "–", "mdash": "—", "larr": "←", "rarr": "→",
  ]

  private mutating func entity() {
    guard let end = text[position...].prefix(10).firstIndex(of: ";"),
      let character = Self.entities[String(text[(position + 1)..<end])]
    else { return take() }
    plain += character
    position = end + 1
  }

  // MARK: Emphasis

  /// CommonMark's rule: each closing delimiter takes the nearest opening one before it.
  private static func emphasised(_ source: [Piece]) -> [MarkdownInline] {
    var pieces = source
    var i = 0
    while i < pieces.count {
      guard case .delimiter(let close) = pieces[i], close.canClose,
        let j = opener(in: pieces, before: i, for: close), case .delimiter(let open) = pieces[j]
      else {
        i += 1
        continue
      }
      let used = open.count >= 2 && close.count >= 2 ? 2 : 1
      let inner = pieces[(j + 1)..<i].map(inline)
      var replacement: [Piece] = []
      if open.count > used {
        var rest = open
        rest.count -= used
        replacement.append(.delimiter(rest))
      }
      replacement.append(.inline(used == 2 ? .strong(merged(inner)) : .emphasis(merged(inner))))
      let at = j + replacement.count
      if close.count > used {
        var rest = close
        rest.count -= used
        replacement.append(.delimiter(rest))
      }
      pieces.replaceSubrange(j...i, with: replacement)
      i = at
    }
    return merged(pieces.map(inline))
  }

  private static func opener(in pieces: [Piece], before i: Int, for close: Delimiter) -> Int? {
    var j = i - 1
    while j >= 0 {
      if case .delimiter(let open) = pieces[j], open.character == close.character, open.canOpen {
        // `a**b*c`: the rule of three keeps odd pairs apart.
        let isOdd = (open.canClose || close.canOpen) && (open.original + close.original) % 3 == 0
        if !isOdd || (open.original % 3 == 0 && close.original % 3 == 0) { return j }
      }
      j -= 1
    }
    return nil
  }

  private static func inline(_ piece: Piece) -> MarkdownInline {
    switch piece {
    case .inline(let inline): inline
    case .delimiter(let rest): .text(String(repeating: String(rest.character), count: rest.count))
    }
  }

  private static func merged(_ inlines: [MarkdownInline]) -> [MarkdownInline] {
    var result: [MarkdownInline] = []
    for inline in inlines {
      if case .text(let b) = inline, case .text(let a)? = result.last {
        result[result.count - 1] = .text(a + b)
      } else {
        result.append(inline)
      }
    }
    return result
  }
}
