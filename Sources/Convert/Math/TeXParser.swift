import Notebook

/// Reads the TeX of formulas and writes MathML.
struct TeXParser {
  private let text: [Character]
  private var next = 0
  private var depth = 0

  /// One piece of a formula, and how an index or exponent is put to it.
  private struct Atom {
    var html: String
    /// Limits stand below and above.
    var hasLimits = false
  }

  init(_ tex: String) { text = Array(tex) }

  /// The whole formula; nil when it holds anything that this parser does not know.
  mutating func formula() -> String? {
    guard let row = row(until: { _ in false }), next == text.count else { return nil }
    return row
  }

  // MARK: Rows

  /// Atoms up to an end, which is not stepped over.
  private mutating func row(until isEnd: (inout TeXParser) -> Bool) -> String? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return nil }
    var html = ""
    while true {
      skipSpace()
      guard next < text.count, !isEnd(&self) else { break }
      guard let atom = scripted() else { return nil }
      html += atom
    }
    return html
  }

  private mutating func skipSpace() {
    while next < text.count, text[next].isWhitespace || text[next] == "~" { next += 1 }
  }

  /// An atom with its index and exponent.
  private mutating func scripted() -> String? {
    let base: Atom
    if text[next] == "^" || text[next] == "_" {
      base = Atom(html: "<mrow></mrow>")
    } else {
      guard let atom = atom() else { return nil }
      base = atom
    }
    var lower: String?
    var upper: String?
    var primes = ""
    while true {
      skipSpace()
      guard next < text.count else { break }
      if text[next] == "'" {
        primes += "′"
        next += 1
        continue
      }
      if text[next] == "\\", peekCommand() == "limits" || peekCommand() == "nolimits" {
        _ = command()
        continue
      }
      guard text[next] == "^" || text[next] == "_" else { break }
      let isUpper = text[next] == "^"
      guard (isUpper ? upper : lower) == nil else { return nil }
      next += 1
      guard let script = argument() else { return nil }
      if isUpper { upper = script } else { lower = script }
    }
    if !primes.isEmpty { upper = "<mrow><mo>\(primes)</mo>\(upper ?? "")</mrow>" }
    switch (lower, upper) {
    case (nil, nil): return base.html
    case (let lower?, nil):
      return base.hasLimits ? "<munder>\(base.html)\(lower)</munder>" : "<msub>\(base.html)\(lower)</msub>"
    case (nil, let upper?):
      return base.hasLimits ? "<mover>\(base.html)\(upper)</mover>" : "<msup>\(base.html)\(upper)</msup>"
    case (let lower?, let upper?):
      return base.hasLimits
        ? "<munderover>\(base.html)\(lower)\(upper)</munderover>" : "<msubsup>\(base.html)\(lower)\(upper)</msubsup>"
    }
  }

  // MARK: Atoms

  private mutating func atom() -> Atom? {
    let character = text[next]
    switch character {
    case "{": return group().map { Atom(html: $0) }
    case "}", "&", "$", "#", "%": return nil
    case "\\": return commandAtom()
    case "(", ")", "[", "]", "|":
      next += 1
      return Atom(html: "<mo stretchy=\"false\">\(character)</mo>")
    case "-":
      next += 1
      return Atom(html: "<mo>−</mo>")
    case "*":
      next += 1
      return Atom(html: "<mo>∗</mo>")
    default: break
    }
    if character.isNumber {
      var number = ""
      while next < text.count,
        text[next].isNumber || (text[next] == "." && next + 1 < text.count && text[next + 1].isNumber)
      {
        number.append(text[next])
        next += 1
      }
      return Atom(html: "<mn>\(number)</mn>")
    }
    next += 1
    let shown = Markup.escape(String(character))
    return Atom(html: character.isLetter ? "<mi>\(shown)</mi>" : "<mo>\(shown)</mo>")
  }

  /// `{…}`, as one piece.
  private mutating func group() -> String? {
    next += 1
    guard let html = row(until: { $0.text[$0.next] == "}" }), next < text.count else { return nil }
    next += 1
    return "<mrow>\(html)</mrow>"
  }

  /// What a command or a script applies to: a group, or one character or command.
  private mutating func argument() -> String? {
    skipSpace()
    guard next < text.count else { return nil }
    if text[next] == "{" { return group() }
    if text[next].isNumber {
      defer { next += 1 }
      return "<mn>\(text[next])</mn>"
    }
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return nil }
    return atom()?.html
  }

  /// The text between braces, as it stands.
  private mutating func plainArgument() -> String? {
    skipSpace()
    guard next < text.count, text[next] == "{" else { return nil }
    var result = ""
    var level = 0
    while next < text.count {
      let character = text[next]
      next += 1
      if character == "{" {
        level += 1
        if level == 1 { continue }
      }
      if character == "}" {
        level -= 1
        if level == 0 { return result }
      }
      result.append(character)
    }
    return nil
  }

  // MARK: Commands

  /// The name behind a backslash; `next` goes behind it.
  private mutating func command() -> String? {
    guard next + 1 < text.count else { return nil }
    next += 1
    guard text[next].isASCII, text[next].isLetter else {
      next += 1
      return String(text[next - 1])
    }
    var name = ""
    while next < text.count, text[next].isASCII, text[next].isLetter {
      name.append(text[next])
      next += 1
    }
    return name
  }

  private func peekCommand() -> String? {
    var copy = self
    return copy.command()
  }

  private mutating func commandAtom() -> Atom? {
    guard let name = command() else { return nil }
    if let letter = TeXSymbols.letters[name] { return Atom(html: "<mi>\(letter)</mi>") }
    if let sign = TeXSymbols.operators[name] { return Atom(html: "<mo>\(Markup.escape(sign))</mo>") }
    if let fence = TeXSymbols.fences[name] { return Atom(html: "<mo stretchy=\"false\">\(fence)</mo>") }
    if let sign = TeXSymbols.large[name] {
      return Atom(html: "<mo movablelimits=\"true\">\(sign)</mo>", hasLimits: true)
    }
    if let sign = TeXSymbols.integrals[name] { return Atom(html: "<mo>\(sign)</mo>") }
    if let hasLimits = TeXSymbols.functions[name] { return function(name, hasLimits: hasLimits) }
    if let width = TeXSymbols.spaces[name] { return Atom(html: "<mspace width=\"\(width)em\"></mspace>") }
    if TeXSymbols.ignored.contains(name) { return Atom(html: "") }
    if let accent = TeXSymbols.accents[name] {
      return argument().map { Atom(html: "<mover accent=\"true\">\($0)<mo>\(accent)</mo></mover>") }
    }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac": return pair().map { Atom(html: "<mfrac>\($0)\($1)</mfrac>") }
    case "binom":
      return pair().map { Atom(html: "<mrow><mo>(</mo><mfrac linethickness=\"0\">\($0)\($1)</mfrac><mo>)</mo></mrow>") }
    case "stackrel", "overset": return pair().map { Atom(html: "<mover>\($1)\($0)</mover>") }
    case "underset": return pair().map { Atom(html: "<munder>\($1)\($0)</munder>") }
    case "sqrt": return root()
    case "underline": return argument().map { Atom(html: "<munder>\($0)<mo>_</mo></munder>") }
    case "underbrace": return argument().map { Atom(html: "<munder>\($0)<mo>⏟</mo></munder>", hasLimits: true) }
    case "overbrace": return argument().map { Atom(html: "<mover>\($0)<mo>⏞</mo></mover>", hasLimits: true) }
    case "text", "mathrm", "textrm", "mathsf", "mathtt", "texttt", "textit", "mbox", "mathit", "operatorname":
      return upright(name)
    case "mathbf", "boldsymbol", "bm", "textbf", "mathbb", "mathcal", "mathscr": return styled(name)
    case "left": return delimited()
    case "begin": return environment()
    case "not":
      return argument().map { Atom(html: "<mrow>\($0)<mo>\u{338}</mo></mrow>") }
    case "$", "%", "#", "&", "_": return Atom(html: "<mo>\(Markup.escape(name))</mo>")
    default: return nil
    }
  }

  private func function(_ name: String, hasLimits: Bool) -> Atom {
    let shown = ["argmax": "arg max", "argmin": "arg min", "limsup": "lim sup", "liminf": "lim inf"][name] ?? name
    return Atom(
      html: "<mo movablelimits=\"\(hasLimits)\" form=\"prefix\" lspace=\"0\">\(shown)</mo>", hasLimits: hasLimits)
  }

  private mutating func pair() -> (String, String)? {
    guard let first = argument(), let second = argument() else { return nil }
    return (first, second)
  }

  private mutating func root() -> Atom? {
    skipSpace()
    guard next < text.count, text[next] == "[" else { return argument().map { Atom(html: "<msqrt>\($0)</msqrt>") } }
    next += 1
    guard let degree = row(until: { $0.text[$0.next] == "]" }), next < text.count else { return nil }
    next += 1
    return argument().map { Atom(html: "<mroot>\($0)<mrow>\(degree)</mrow></mroot>") }
  }

  private mutating func upright(_ name: String) -> Atom? {
    if name == "operatorname", next < text.count, text[next] == "*" {
      next += 1
      return plainArgument().map {
        Atom(html: "<mo movablelimits=\"true\" form=\"prefix\">\(Markup.escape($0))</mo>", hasLimits: true)
      }
    }
    guard let content = plainArgument(), !content.contains("\\"), !content.contains("$") else { return nil }
    let shown = Markup.escape(content)
    switch name {
    case "operatorname": return Atom(html: "<mo form=\"prefix\">\(shown)</mo>")
    case "mathrm", "mathsf", "mathtt": return Atom(html: "<mi mathvariant=\"normal\">\(shown)</mi>")
    case "mathit": return Atom(html: "<mi>\(shown)</mi>")
    default: return Atom(html: "<mtext>\(shown.replacing(" ", with: "\u{A0}"))</mtext>")
    }
  }

  private mutating func styled(_ style: String) -> Atom? {
    skipSpace()
    var content: String
    if next < text.count, text[next] == "{" {
      guard let braced = plainArgument() else { return nil }
      content = braced.trimmed
    } else {
      guard next < text.count else { return nil }
      guard text[next] == "\\" else {
        next += 1
        return Atom(html: "<mi>\(Markup.escape(TeXSymbols.styled(text[next - 1], style)))</mi>")
      }
      guard let name = command() else { return nil }
      content = "\\" + name
    }
    if content.hasPrefix("\\") {
      let name = String(content.dropFirst())
      guard let letter = TeXSymbols.letters[name] else { return nil }
      content = letter
    }
    guard content.allSatisfy({ $0.isLetter || $0.isNumber || "∇∂".contains($0) }) else { return nil }
    return Atom(html: "<mi>\(content.map { TeXSymbols.styled($0, style) }.joined())</mi>")
  }

  // MARK: Delimiters and environments

  /// What follows `\left`: a fence, a row, `\right` and a fence.
  private mutating func delimited() -> Atom? {
    guard let open = delimiter() else { return nil }
    guard let inner = row(until: { $0.text[$0.next] == "\\" && $0.peekCommand() == "right" }), next < text.count else {
      return nil
    }
    _ = command()
    guard let close = delimiter() else { return nil }
    return Atom(html: "<mrow>\(Self.fence(open, "prefix"))\(inner)\(Self.fence(close, "postfix"))</mrow>")
  }

  private static func fence(_ sign: String, _ form: String) -> String {
    sign.isEmpty ? "" : "<mo fence=\"true\" stretchy=\"true\" form=\"\(form)\">\(Markup.escape(sign))</mo>"
  }

  /// Empty for `.`.
  private mutating func delimiter() -> String? {
    skipSpace()
    guard next < text.count else { return nil }
    if text[next] == "\\" {
      guard let name = command() else { return nil }
      return TeXSymbols.fences[name]
    }
    next += 1
    switch text[next - 1] {
    case ".": return ""
    case "(", ")", "[", "]", "|", "/": return String(text[next - 1])
    case "<": return "⟨"
    case ">": return "⟩"
    default: return nil
    }
  }

  private static let matrices: [String: (String, String)] = [
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""), "array": ("", ""), "cases": ("{", ""), "aligned": ("", ""),
    "align": ("", ""),
    "align*": ("", ""), "split": ("", ""), "gathered": ("", ""), "equation": ("", ""), "equation*": ("", ""),
  ]

  private mutating func environment() -> Atom? {
    guard let name = plainArgument(), let (open, close) = Self.matrices[name] else { return nil }
    if name == "array" { guard plainArgument() != nil else { return nil } }
    let isAligned = name.hasPrefix("align") || name == "split"
    var rows = ""
    var cells = ""
    var column = 0
    while true {
      guard
        let cell = row(until: { parser in
          parser.text[parser.next] == "&"
            || (parser.text[parser.next] == "\\" && ["\\", "end"].contains(parser.peekCommand() ?? ""))
        }), next < text.count
      else { return nil }
      let side = name == "cases" || (isAligned && column % 2 == 1) ? "l" : isAligned ? "r" : ""
      cells += side.isEmpty ? "<mtd>\(cell)</mtd>" : "<mtd class=\"\(side)\">\(cell)</mtd>"
      column += 1
      if text[next] == "&" {
        next += 1
        continue
      }
      guard command() == "end" else {
        rows += "<mtr>\(cells)</mtr>"
        cells = ""
        column = 0
        continue
      }
      guard plainArgument() == name else { return nil }
      if column > 1 || !cell.isEmpty { rows += "<mtr>\(cells)</mtr>" }
      let table = "<mtable\(isAligned ? " displaystyle=\"true\"" : "")>\(rows)</mtable>"
      return Atom(html: "<mrow>\(Self.fence(open, "prefix"))\(table)\(Self.fence(close, "postfix"))</mrow>")
    }
  }
}
