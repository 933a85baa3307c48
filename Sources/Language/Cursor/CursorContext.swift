/// What a word at the end of a text can be, for completion. Read from the words before it; nothing has to parse.
package struct CursorContext: Equatable {
  package let kind: Kind
  /// Where the word begins.
  package let start: Int
  /// The word as far as it is typed.
  package let prefix: String

  package enum Kind: Equatable {
    /// A comment, a number, text: nothing to complete.
    case nothing
    /// Any name; in a call's argument list also the call's keywords.
    case name(call: Call?)
    /// An attribute of an expression; nil when that is no plain chain of names.
    case attribute(of: [Link]?)
    /// `import m`, `from m`.
    case module
    /// `from module import n`.
    case member(module: String)
    /// The inside of a string that is an argument of a call, or a subscript.
    case text(call: Call?, subscript: [Link]?)
  }

  /// A piece of `model.layers[0].weight`, from its beginning.
  package enum Link: Equatable {
    case name(String)
    case attribute(String)
    case index(Int)
    case key(String)
    /// A string literal at the beginning.
    case text
  }

  package struct Call: Equatable {
    /// What is called; nil when it is no plain chain.
    package let callee: [Link]?
    /// Keywords that the call has already.
    package let keywords: [String]
    /// Whether the word stands where an argument begins.
    package let isAtStart: Bool
  }

  /// Judges the end of `text`.
  package init(endOf text: [UInt8]) {
    let reader = ContextReader(text)
    (kind, start) = reader.context()
    prefix = String(decoding: text[start...], as: UTF8.self)
  }
}

private struct ContextReader {
  let text: [UInt8]
  private var words: [Token] = []

  init(_ text: [UInt8]) {
    self.text = text
    words = Self.tokens(text)
  }

  /// The words, and the ends of logical lines. After something that cannot be read, reading goes on in the next line.
  private static func tokens(_ text: [UInt8]) -> [Token] {
    var words: [Token] = []
    var from = 0
    while from < text.count {
      var tokens: [Token] = []
      text[from...].withUnsafeBufferPointer { bytes in
        var lexer = Lexer(bytes, source: 0)
        while true {
          let count = tokens.count
          lexer.read(into: &tokens)
          if tokens.count == count { break }
        }
      }
      for var token in tokens where token.kind != .failure && token.hi > token.lo && Int(token.hi) + from <= text.count
      {
        guard token.kind != .indent, token.kind != .dedent else { continue }
        token.lo += UInt32(from)
        token.hi += UInt32(from)
        words.append(token)
      }
      guard tokens.last?.kind == .failure else { break }
      let end = max(words.last.map { Int($0.hi) } ?? 0, from)
      // An indentation that fits nothing, in a text that begins in its middle.
      guard let newline = text[end...].firstIndex(of: 0x0A), !isOpenString(text, after: end) else { break }
      from = newline + 1
    }
    return words
  }

  private static func isOpenString(_ text: [UInt8], after end: Int) -> Bool {
    stringStart(text, after: end).map { Self.quoteLength(text, at: $0.quote) == 3 } ?? false
  }

  /// Where a string begins that is the next word after `end`: its prefix, and its quote.
  private static func stringStart(_ text: [UInt8], after end: Int) -> (word: Int, quote: Int)? {
    var i = end
    while i < text.count, [0x20, 0x09, 0x0A, 0x0D, 0x5C].contains(text[i]) { i += 1 }
    let word = i
    while i < text.count, i - word < 2, [0x62, 0x66, 0x72, 0x75].contains(text[i] | 0x20) { i += 1 }
    guard i < text.count, text[i] == 0x22 || text[i] == 0x27 else { return nil }
    return (word, i)
  }

  private static func quoteLength(_ text: [UInt8], at quote: Int) -> Int {
    quote + 2 < text.count && text[quote + 1] == text[quote] && text[quote + 2] == text[quote] ? 3 : 1
  }

  func context() -> (CursorContext.Kind, Int) {
    let end = words.last.map { Int($0.hi) } ?? 0
    if let string = Self.stringStart(text, after: end) {
      let start = string.quote + Self.quoteLength(text, at: string.quote)
      return (textContext(before: words.count), min(start, text.count))
    }
    if text[end...].contains(0x23) { return (.nothing, text.count) }
    var count = words.count
    var start = text.count
    if let last = words.last, Int(last.hi) == text.count {
      if last.kind == .name || last.kind.isKeyword || [.true, .false, .none].contains(last.kind) {
        count -= 1
        start = Int(last.lo)
      } else if last.kind == .number || last.kind == .string {
        return (.nothing, text.count)
      }
    }
    return (wordContext(before: count), start)
  }

  private func wordContext(before count: Int) -> CursorContext.Kind {
    if count > 0, words[count - 1].kind == .dot, let module = modulePath(before: count) { return module }
    if count > 0, words[count - 1].kind == .dot { return .attribute(of: chain(endingBefore: count - 1)) }
    if let module = modulePath(before: count) { return module }
    return .name(call: call(around: count))
  }

  /// `import a, b`, `from a import b, c`.
  private func modulePath(before count: Int) -> CursorContext.Kind? {
    var first = count
    while first > 0, words[first - 1].kind != .newline, words[first - 1].kind != .semicolon { first -= 1 }
    guard first < count else { return nil }
    let statement = words[first..<count]
    if statement.first!.kind == .import { return .module }
    guard statement.first!.kind == .from else { return nil }
    guard let keyword = statement.firstIndex(where: { $0.kind == .import }) else { return .module }
    let path = statement[(statement.startIndex + 1)..<keyword].map { string($0) }.joined()
    return .member(module: path)
  }

  private func textContext(before count: Int) -> CursorContext.Kind {
    if count > 1, words[count - 1].kind == .leftBracket, let chain = chain(endingBefore: count - 1) {
      return .text(call: nil, subscript: chain)
    }
    return .text(call: call(around: count), subscript: nil)
  }

  // MARK: Calls

  /// The call whose argument list the word at `count` is in.
  private func call(around count: Int) -> CursorContext.Call? {
    var depth = 0
    var i = count - 1
    var keywords: [String] = []
    while i >= 0 {
      switch words[i].kind {
      case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
      case .leftParenthesis where depth == 0:
        guard i > 0,
          words[i - 1].kind == .name || words[i - 1].kind == .rightBracket || words[i - 1].kind == .rightParenthesis
        else { return nil }
        // `def f(` and `class A(` begin definitions.
        if i > 1, words[i - 2].kind == .def || words[i - 2].kind == .class { return nil }
        let before = words[count - 1].kind
        return CursorContext.Call(
          callee: chain(endingBefore: i), keywords: keywords,
          isAtStart: before == .comma || count - 1 == i)
      case .leftParenthesis, .leftBracket, .leftBrace:
        if depth == 0 { return nil }
        depth -= 1
      case .equal where depth == 0 && i > 0 && words[i - 1].kind == .name: keywords.append(string(words[i - 1]))
      case .newline where words[i].level == 0, .colon where depth == 0, .lambda where depth == 0: return nil
      default: break
      }
      i -= 1
    }
    return nil
  }

  // MARK: Chains

  /// The chain of names, attributes and constant subscripts that ends before word `end`.
  private func chain(endingBefore end: Int) -> [CursorContext.Link]? {
    var links: [CursorContext.Link] = []
    var i = end - 1
    while i >= 0 {
      switch words[i].kind {
      case .name:
        let name = string(words[i])
        guard i > 0, words[i - 1].kind == .dot else { return [.name(name)] + links }
        links.insert(.attribute(name), at: 0)
        i -= 2
      case .string:
        return i > 0 && words[i - 1].kind == .dot ? nil : [.text] + links
      case .rightBracket:
        guard i >= 2, let (link, open) = subscriptLink(endingAt: i), open > 0 else { return nil }
        links.insert(link, at: 0)
        i = open - 1
      default:
        return nil
      }
    }
    return nil
  }

  /// `[0]`, `[-1]`, `["key"]`: the link, and where its bracket is.
  private func subscriptLink(endingAt close: Int) -> (CursorContext.Link, Int)? {
    let value = words[close - 1]
    if value.kind == .string, words[close - 2].kind == .leftBracket {
      let quoted = string(value)
      guard quoted.count >= 2, let first = quoted.first, first == "\"" || first == "'", !quoted.contains("\\") else {
        return nil
      }
      return (.key(String(quoted.dropFirst().dropLast())), close - 2)
    }
    guard value.kind == .number, let number = Int(string(value)) else { return nil }
    if words[close - 2].kind == .leftBracket { return (.index(number), close - 2) }
    guard close >= 3, words[close - 2].kind == .minus, words[close - 3].kind == .leftBracket else { return nil }
    return (.index(-number), close - 3)
  }

  private func string(_ token: Token) -> String {
    String(decoding: text[Int(token.lo)..<Int(token.hi)], as: UTF8.self)
  }
}

extension CursorContext {
  /// The names that stand in a text, in order, each once.
  package static func names(in text: [UInt8]) -> [String] {
    var seen: Set<String> = []
    return Highlighter.spans(of: text).compactMap { span in
      guard span.kind == .name || span.kind == .definition else { return nil }
      let name = String(decoding: text[span.lo..<span.hi], as: UTF8.self)
      return seen.insert(name).inserted ? name : nil
    }
  }

  /// Python's keywords.
  package static let keywords: [String] = TokenKind.spellings.filter {
    $0.1.isKeyword || [.true, .false, .none].contains($0.1)
  }.map(\.0)
}
