import Runtime

/// Reads a pattern into a program.
struct RegularParser {
  struct Failure: Error {
    let message: String
    let position: Int
  }

  static let ignoreCase = 2
  static let multiline = 8
  static let dotAll = 16
  static let verbose = 64
  static let ascii = 256

  private indirect enum Node {
    case step(RegularProgram.Step)
    case sequence([Node])
    case either([Node])
    case loop(Node, low: Int, high: Int?, isLazy: Bool, isPossessive: Bool)
    case group(Int, Node)
    case look(Node, isNegative: Bool, width: Int?)
    case atomic(Node)
  }

  private let pattern: [UInt32]
  private var at = 0
  private(set) var flags: Int
  private var program = RegularProgram()
  private var openGroups: Set<Int> = []
  private var depth = 0

  init(_ pattern: [UInt32], flags: Int) {
    self.pattern = pattern
    self.flags = flags
  }

  mutating func parse() throws(Failure) -> RegularProgram {
    try readLeadingFlags()
    let tree = try alternatives()
    if at < pattern.count { throw failure("unbalanced parenthesis", at) }
    try emit(tree)
    program.steps.append(.match)
    program.ignoresCase = has(RegularParser.ignoreCase)
    program.isASCII = has(RegularParser.ascii)
    return program
  }

  private func has(_ flag: Int) -> Bool { flags & flag != 0 }
  private func failure(_ message: String, _ position: Int) -> Failure { Failure(message: message, position: position) }

  private var next: Character? { at < pattern.count ? character(pattern[at]) : nil }
  private func character(_ c: UInt32) -> Character { Unicode.Scalar(c).map { Character($0) } ?? "\u{FFFD}" }

  private mutating func accept(_ text: String) -> Bool {
    let wanted = text.unicodeScalars.map(\.value)
    guard at + wanted.count <= pattern.count, Array(pattern[at..<at + wanted.count]) == wanted else { return false }
    at += wanted.count
    return true
  }

  /// `(?im)` at the very beginning.
  private mutating func readLeadingFlags() throws(Failure) {
    let start = at
    guard accept("(?") else { return }
    var found = 0
    while let c = next, let flag = RegularParser.flagValue(c) {
      found |= flag
      at += 1
    }
    if at > start + 2 && accept(")") {
      flags |= found
      try readLeadingFlags()
    } else {
      at = start
    }
  }

  private static func flagValue(_ c: Character) -> Int? {
    ["i": ignoreCase, "m": multiline, "s": dotAll, "x": verbose, "a": ascii, "u": 32][c]
  }

  private mutating func alternatives() throws(Failure) -> Node {
    depth += 1
    defer { depth -= 1 }
    if depth > 200 { throw failure("too many nested groups for tnb", at) }
    var list = [try sequence()]
    while accept("|") { list.append(try sequence()) }
    return list.count == 1 ? list[0] : .either(list)
  }

  private mutating func sequence() throws(Failure) -> Node {
    var list: [Node] = []
    while let c = next, c != "|", c != ")" {
      if has(RegularParser.verbose) {
        if c.isWhitespace {
          at += 1
          continue
        }
        if c == "#" {
          while let c = next, c != "\n" { at += 1 }
          continue
        }
      }
      if accept("(?#") {
        let start = at - 3
        while let c = next, c != ")" { at += 1 }
        if !accept(")") { throw failure("missing ), unterminated comment", start) }
        continue
      }
      let start = at
      if "*+?".contains(c) || c == "{" && bounds() != nil { throw failure("nothing to repeat", start) }
      let item = try atom()
      list.append(try repeated(item, start))
    }
    return list.count == 1 ? list[0] : .sequence(list)
  }

  /// `{2,5}` at this place, without moving on.
  private func bounds() -> (low: Int, high: Int?, length: Int)? {
    var i = at + 1
    func number() -> (Int?, Int) {
      var (value, k) = (0, i)
      while k < pattern.count, (0x30...0x39).contains(pattern[k]), value < 1_000_000 {
        value = value * 10 + Int(pattern[k] - 0x30)
        k += 1
      }
      return (k == i ? nil : value, k)
    }
    let (low, afterLow) = number()
    i = afterLow
    var high = low
    if i < pattern.count, pattern[i] == 0x2C {
      i += 1
      let (value, k) = number()
      high = value
      i = k
      guard i < pattern.count, pattern[i] == 0x7D else { return nil }
      return (low ?? 0, high, i + 1 - at)
    }
    guard low != nil, i < pattern.count, pattern[i] == 0x7D else { return nil }
    return (low!, high, i + 1 - at)
  }

  private mutating func repeated(_ item: Node, _ start: Int) throws(Failure) -> Node {
    while has(RegularParser.verbose), let c = next, c.isWhitespace { at += 1 }
    var (low, high): (Int, Int?) = (0, nil)
    let here = at
    switch next {
    case "*": at += 1
    case "+": (low, at) = (1, at + 1)
    case "?": (high, at) = (1, at + 1)
    case "{":
      guard let found = bounds() else { return item }
      (low, high) = (found.low, found.high)
      if let high, high < low { throw failure("min repeat greater than max repeat", here + 1) }
      at += found.length
    default: return item
    }
    if case .step(let step) = item {
      switch step {
      case .lineStart, .textStart: throw failure("nothing to repeat", here)
      default: break
      }
    }
    let isLazy = accept("?")
    let isPossessive = !isLazy && accept("+")
    if let c = next, "*+?".contains(c) || c == "{" && bounds() != nil { throw failure("multiple repeat", at) }
    return .loop(item, low: low, high: high, isLazy: isLazy, isPossessive: isPossessive)
  }

  private mutating func atom() throws(Failure) -> Node {
    let start = at
    let c = pattern[at]
    at += 1
    switch character(c) {
    case ".": return .step(has(RegularParser.dotAll) ? .any : .anyButNewline)
    case "^": return .step(has(RegularParser.multiline) ? .lineStart : .textStart)
    case "$": return .step(has(RegularParser.multiline) ? .lineEnd : .nearEnd)
    case "(": return try parenthesis(start)
    case "[": return .step(.set(try set(start)))
    case "\\": return try escape(start)
    default: return .step(.character(c))
    }
  }

  private mutating func parenthesis(_ start: Int) throws(Failure) -> Node {
    func closed(_ node: Node, _ parser: inout RegularParser) throws(Failure) -> Node {
      if !parser.accept(")") { throw parser.failure("missing ), unterminated subpattern", start) }
      return node
    }
    if !accept("?") {
      program.groupCount += 1
      let number = program.groupCount
      openGroups.insert(number)
      let inner = try alternatives()
      openGroups.remove(number)
      return try closed(.group(number, inner), &self)
    }
    if accept("P<") { return try named(start) }
    if accept("P=") {
      let name = try word(until: ")", start)
      guard let (_, number) = program.groupNames.first(where: { $0.0 == name }) else {
        throw failure("unknown group name '\(name)'", start + 4)
      }
      return .step(.group(number))
    }
    if accept(":") { return try closed(alternatives(), &self) }
    if accept(">") { return try closed(.atomic(alternatives()), &self) }
    for (mark, isNegative, isBehind) in [
      ("=", false, false), ("!", true, false), ("<=", false, true), ("<!", true, true),
    ] where accept(mark) {
      let inner = try alternatives()
      var width: Int?
      if isBehind {
        guard let fixed = self.width(inner) else { throw failure("look-behind requires fixed-width pattern", -1) }
        width = fixed
      }
      return try closed(.look(inner, isNegative: isNegative, width: width), &self)
    }
    // `(?i:…)`: flags for a part; those that change single steps only.
    let kept = flags
    while let c = next, let flag = RegularParser.flagValue(c) {
      if flag == RegularParser.ignoreCase && !has(flag) {
        throw failure("flag i for a part of a pattern is not available in tnb", at)
      }
      flags |= flag
      at += 1
    }
    if flags != kept && accept(":") {
      let inner = try alternatives()
      flags = kept
      return try closed(inner, &self)
    }
    if flags != kept { throw failure("global flags not at the start of the expression", start) }
    if next == "(" { throw failure("conditional groups are not available in tnb", start) }
    guard let c = next else { throw failure("unexpected end of pattern", at) }
    let isLonger = (c == "P" || c == "<") && at + 1 < pattern.count
    throw failure("unknown extension ?\(c)\(isLonger ? String(character(pattern[at + 1])) : "")", start + 1)
  }

  private mutating func named(_ start: Int) throws(Failure) -> Node {
    let name = try word(until: ">", start)
    program.groupCount += 1
    let number = program.groupCount
    if let (_, old) = program.groupNames.first(where: { $0.0 == name }) {
      throw failure("redefinition of group name '\(name)' as group \(number); was group \(old)", start + 4)
    }
    program.groupNames.append((name, number))
    openGroups.insert(number)
    let inner = try alternatives()
    openGroups.remove(number)
    if !accept(")") { throw failure("missing ), unterminated subpattern", start) }
    return .group(number, inner)
  }

  private mutating func word(until mark: Character, _ start: Int) throws(Failure) -> String {
    let begin = at
    var name = ""
    while let c = next, c != mark {
      name.append(c)
      at += 1
    }
    if next == nil { throw failure(name.isEmpty ? "missing group name" : "missing \(mark), unterminated name", begin) }
    at += 1
    if name.isEmpty { throw failure("missing group name", begin) }
    let isName = name.unicodeScalars.allSatisfy { RegularClass.isWord($0.value, isASCII: false) }
    if !isName || name.first!.isNumber { throw failure("bad character in group name '\(name)'", begin) }
    return name
  }

  // MARK: Escapes and sets

  private mutating func escape(_ start: Int) throws(Failure) -> Node {
    guard at < pattern.count else { throw failure("bad escape (end of pattern)", start) }
    let c = pattern[at]
    switch character(c) {
    case "A": return taken(.textStart)
    case "Z": return taken(.textEnd)
    case "b": return taken(.wordBoundary(true))
    case "B": return taken(.wordBoundary(false))
    case "1"..."9":
      var number = Int(c - 0x30)
      at += 1
      if at < pattern.count, (0x30...0x39).contains(pattern[at]) {
        number = number * 10 + Int(pattern[at] - 0x30)
        at += 1
      }
      if number > program.groupCount { throw failure("invalid group reference \(number)", start + 1) }
      if openGroups.contains(number) { throw failure("cannot refer to an open group", start) }
      return .step(.group(number))
    default: break
    }
    if let kind = classEscape() {
      program.sets.append(RegularProgram.CharacterSet(classes: [kind]))
      return .step(.set(program.sets.count - 1))
    }
    return .step(.character(try characterEscape(start)))
  }

  private mutating func taken(_ step: RegularProgram.Step) -> Node {
    at += 1
    return .step(step)
  }

  private mutating func classEscape() -> RegularClass? {
    guard let c = next, "dDsSwW".contains(c) else { return nil }
    at += 1
    let low = Character(c.lowercased())
    return RegularClass(kind: low.asciiValue!, isNegative: low != c)
  }

  /// What stands behind a backslash, as one character.
  private mutating func characterEscape(_ start: Int) throws(Failure) -> UInt32 {
    let c = pattern[at]
    at += 1
    switch character(c) {
    case "n": return 10
    case "t": return 9
    case "r": return 13
    case "f": return 12
    case "v": return 11
    case "a": return 7
    case "0":
      var value: UInt32 = 0
      var digits = 0
      while digits < 2, at < pattern.count, (0x30...0x37).contains(pattern[at]) {
        value = value * 8 + pattern[at] - 0x30
        at += 1
        digits += 1
      }
      return value
    case "x": return try hexadecimal(2, "x", start)
    case "u": return try hexadecimal(4, "u", start)
    case "U": return try hexadecimal(8, "U", start)
    case let letter where letter.isASCII && (letter.isLetter || letter.isNumber):
      throw failure("bad escape \\\(letter)", start)
    default: return c
    }
  }

  private mutating func hexadecimal(_ count: Int, _ name: String, _ start: Int) throws(Failure) -> UInt32 {
    var (value, digits): (UInt32, String) = (0, "")
    while digits.count < count, let c = next, let digit = c.hexDigitValue, c.isASCII {
      value = value << 4 | UInt32(digit)
      digits.append(c)
      at += 1
    }
    if digits.count < count { throw failure("incomplete escape \\\(name)\(digits)", start) }
    return value
  }

  private mutating func set(_ start: Int) throws(Failure) -> Int {
    var set = RegularProgram.CharacterSet()
    set.isNegative = accept("^")
    let first = at
    while true {
      guard let c = next else { throw failure("unterminated character set", start) }
      if c == "]" && at > first { break }
      let begin = at
      guard let low = try setItem(&set) else { continue }
      if next == "-", at + 1 < pattern.count, character(pattern[at + 1]) != "]" {
        at += 1
        guard let high = try setItem(&set) else {
          throw failure("bad character range \(text(begin, at))", begin)
        }
        if high < low { throw failure("bad character range \(text(begin, at))", begin) }
        set.ranges.append(low...high)
      } else {
        set.ranges.append(low...low)
      }
    }
    at += 1
    program.sets.append(set)
    return program.sets.count - 1
  }

  private func text(_ from: Int, _ to: Int) -> String { String(pattern[from..<to].map { character($0) }) }

  /// One character of a set; nil for a class, which is added.
  private mutating func setItem(_ set: inout RegularProgram.CharacterSet) throws(Failure) -> UInt32? {
    let begin = at
    guard next == "\\" else {
      at += 1
      return pattern[begin]
    }
    at += 1
    guard at < pattern.count else { throw failure("bad escape (end of pattern)", begin) }
    if let kind = classEscape() {
      set.classes.append(kind)
      return nil
    }
    if next == "b" {
      at += 1
      return 8
    }
    return try characterEscape(begin)
  }

  // MARK: Steps

  /// How many characters a part matches, where that is always the same.
  private func width(_ node: Node) -> Int? {
    switch node {
    case .step(let step):
      switch step {
      case .character, .set, .any, .anyButNewline: return 1
      case .group: return nil
      default: return 0
      }
    case .sequence(let list):
      var total = 0
      for item in list {
        guard let w = width(item) else { return nil }
        total += w
      }
      return total
    case .either(let list):
      let widths = Set(list.map { width($0) })
      return widths.count == 1 ? widths.first! : nil
    case .loop(let inner, let low, let high, _, _):
      guard low == high, let w = width(inner) else { return nil }
      return w * low
    case .group(_, let inner), .atomic(let inner): return width(inner)
    case .look: return 0
    }
  }

  private mutating func add(_ step: RegularProgram.Step) throws(Failure) {
    if program.steps.count >= RegularProgram.maximumSteps { throw failure("the pattern is too large for tnb", 0) }
    program.steps.append(step)
  }

  private mutating func emit(_ node: Node) throws(Failure) {
    switch node {
    case .step(let step): try add(step)
    case .sequence(let list): for item in list { try emit(item) }
    case .either(let list):
      var jumps: [Int] = []
      for (i, item) in list.enumerated() {
        if i == list.count - 1 {
          try emit(item)
          break
        }
        let split = program.steps.count
        try add(.split(0, 0))
        try emit(item)
        jumps.append(program.steps.count)
        try add(.jump(0))
        program.steps[split] = .split(split + 1, program.steps.count)
      }
      for jump in jumps { program.steps[jump] = .jump(program.steps.count) }
    case .group(let number, let inner):
      try add(.save(2 * number))
      try emit(inner)
      try add(.save(2 * number + 1))
    case .look(let inner, let isNegative, let width):
      let place = program.steps.count
      try add(.look(end: 0, isNegative: isNegative, width: width))
      try emit(inner)
      try add(.match)
      program.steps[place] = .look(end: program.steps.count, isNegative: isNegative, width: width)
    case .atomic(let inner):
      let place = program.steps.count
      try add(.atomic(end: 0))
      try emit(inner)
      try add(.match)
      program.steps[place] = .atomic(end: program.steps.count)
    case .loop(let inner, let low, let high, let isLazy, let isPossessive):
      if isPossessive {
        return try emit(.atomic(.loop(inner, low: low, high: high, isLazy: false, isPossessive: false)))
      }
      for _ in 0..<low { try emit(inner) }
      if let high {
        var splits: [Int] = []
        for _ in low..<Swift.max(high, low) {
          splits.append(program.steps.count)
          try add(.split(0, 0))
          try emit(inner)
        }
        let end = program.steps.count
        for split in splits { program.steps[split] = isLazy ? .split(end, split + 1) : .split(split + 1, end) }
        return
      }
      let start = program.steps.count
      try add(.split(0, 0))
      // A body that may match nothing must not go round for ever.
      let guarded = width(inner).map { $0 == 0 } ?? true
      let mark = program.markCount
      if guarded {
        program.markCount += 1
        try add(.mark(mark))
      }
      try emit(inner)
      if guarded { try add(.moved(mark)) }
      try add(.jump(start))
      let end = program.steps.count
      program.steps[start] = isLazy ? .split(end, start + 1) : .split(start + 1, end)
    }
  }
}
