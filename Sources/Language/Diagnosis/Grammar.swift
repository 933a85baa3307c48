/// A grammar in the notation of `Grammar.text`, read into a form that can be run.
struct Grammar {
  enum Pattern {
    case token(TokenKind)
    /// A token that must be there; its spelling is for the message.
    case required(TokenKind, String)
    /// One or more string literals, which must make sense together.
    case strings
    /// `_`, `case` or `match`, or the beginning of one, as a name.
    case softKeyword
    case rule(Int)
    indirect case optional(Pattern)
    indirect case repeated(Pattern, atLeastOne: Bool)
    indirect case separated(Pattern, by: Pattern)
    indirect case ahead(Pattern, expected: Bool)
    indirect case capture(Capture, Pattern)
    case commit
  }

  enum Capture {
    case a, b
  }

  struct Alternative {
    var patterns: [Pattern] = []
    var isDiagnostic = false
    var action: Action?
  }

  /// What an alternative says about an error.
  enum Action {
    case message(Place, String)
    case custom(Finding)
  }

  /// What takes more than a message to say.
  enum Finding: String {
    case legacy, forgottenComma, target, forTarget, deleteTarget, generatorInCall, positionalAfterKeyword
    case constantKeyword, keyWithoutColon
  }

  enum Place: String {
    case a
    case aToB = "ab"
    case fromA = "a."
    case lastToken = "."
    case indentation = ">"
  }

  struct Rule {
    var name: String
    var alternatives: [Alternative] = []
    var isRemembered = false
    /// Nothing diagnostic is tried inside.
    var isPlain = false
  }

  private(set) var rules: [Rule] = []
  private var indices: [String: Int] = [:]

  /// The grammar of the language. Read once, when the first error is looked into.
  static let python = Grammar(text)

  func rule(_ name: String) -> Int { indices[name]! }

  // MARK: Reading

  private init(_ text: String) {
    var lines: [Substring] = []
    for line in text.split(separator: "\n") {
      if line.first == " ", let last = lines.last {
        lines[lines.count - 1] = last + "\n" + line.drop { $0 == " " }
      } else {
        lines.append(line)
      }
    }
    var bodies: [(Int, Substring)] = []
    for line in lines {
      let parts = line.split(separator: "=", maxSplits: 1)
      var name = parts[0].filter { $0 != " " }
      var rule = Rule(name: "")
      if name.first == "@" { rule.isRemembered = true }
      if name.first == "^" { rule.isPlain = true }
      if rule.isRemembered || rule.isPlain { name.removeFirst() }
      rule.name = name
      indices[name] = rules.count
      bodies.append((rules.count, parts[1]))
      rules.append(rule)
    }
    for (index, body) in bodies {
      var reader = GrammarReader(body)
      rules[index].alternatives = alternatives(&reader)
    }
  }

  private mutating func alternatives(_ reader: inout GrammarReader) -> [Alternative] {
    var result: [Alternative] = []
    repeat {
      var alternative = Alternative()
      if reader.accept("?") { alternative.isDiagnostic = true }
      while let pattern = repeated(&reader) { alternative.patterns.append(pattern) }
      if reader.accept("=>") { alternative.action = reader.action() }
      result.append(alternative)
    } while reader.accept("|")
    return result
  }

  private mutating func repeated(_ reader: inout GrammarReader) -> Pattern? {
    if reader.accept("a:") { return .capture(.a, repeated(&reader)!) }
    if reader.accept("b:") { return .capture(.b, repeated(&reader)!) }
    guard let item = item(&reader) else { return nil }
    if reader.acceptHere(".") {
      let element = self.item(&reader)!
      _ = reader.acceptHere("+")
      return .separated(element, by: item)
    }
    if reader.acceptHere("*") { return .repeated(item, atLeastOne: false) }
    if reader.acceptHere("+") { return .repeated(item, atLeastOne: true) }
    return item
  }

  private mutating func item(_ reader: inout GrammarReader) -> Pattern? {
    if reader.accept("&") { return .ahead(item(&reader)!, expected: true) }
    if reader.accept("!") { return .ahead(item(&reader)!, expected: false) }
    if reader.accept("~") { return .commit }
    if reader.accept("(") {
      let group = group(&reader)
      _ = reader.accept(")")
      return group
    }
    if reader.accept("[") {
      let group = group(&reader)
      _ = reader.accept("]")
      return .optional(group)
    }
    if let spelling = reader.quoted() {
      let kind = TokenKind.spellings.first { $0.0 == spelling }!.1
      return reader.acceptHere("!") ? .required(kind, spelling) : .token(kind)
    }
    guard let word = reader.word() else { return nil }
    switch word {
    case "NAME": return .token(.name)
    case "NUMBER": return .token(.number)
    case "STRING": return .token(.string)
    case "STRINGS": return .strings
    case "NEWLINE": return .token(.newline)
    case "INDENT": return .token(.indent)
    case "DEDENT": return .token(.dedent)
    case "END": return .token(.end)
    case "SOFT_KEYWORD": return .softKeyword
    default: return .rule(indices[word]!)
    }
  }

  /// What is in brackets; several patterns become a rule without a name.
  private mutating func group(_ reader: inout GrammarReader) -> Pattern {
    let alternatives = alternatives(&reader)
    if alternatives.count == 1 && alternatives[0].patterns.count == 1 { return alternatives[0].patterns[0] }
    rules.append(Rule(name: "", alternatives: alternatives))
    return .rule(rules.count - 1)
  }
}

/// Reads the words of a rule.
struct GrammarReader {
  private var rest: Substring

  init(_ text: Substring) {
    rest = text
  }

  private mutating func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\n" } }

  mutating func accept(_ text: String) -> Bool {
    skipSpaces()
    return acceptHere(text)
  }

  /// Accepts only if no space comes before.
  mutating func acceptHere(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  mutating func quoted() -> String? {
    skipSpaces()
    guard rest.first == "'", let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
    let text = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    return String(text)
  }

  mutating func word() -> String? {
    skipSpaces()
    let word = rest.prefix { $0.isLetter || $0 == "_" }
    rest = rest.dropFirst(word.count)
    return word.isEmpty ? nil : String(word)
  }

  /// What follows `=>`, up to the next alternative.
  mutating func action() -> Grammar.Action {
    let text = rest.prefix { $0 != "\n" }
    rest = rest[text.endIndex...]
    if text.first == "#" { return .custom(Grammar.Finding(rawValue: String(text.dropFirst()))!) }
    let place = text.prefix { $0 != " " }
    return .message(Grammar.Place(rawValue: String(place))!, String(text.dropFirst(place.count + 1)))
  }
}
