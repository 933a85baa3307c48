/// What a typed text is: a cell of the language, or a talk with the shell.
package enum ShellLine: Equatable {
  case blank
  /// `exit` or `quit`, as a word or called.
  case leave
  case cell(String)
  case command(name: String, CommandArguments)

  package init(_ text: String) {
    let trimmed = text.trimmingSpace()
    switch trimmed {
    case "": self = .blank
    case "exit", "quit", "exit()", "quit()": self = .leave
    default: self = Self.talk(trimmed) ?? .cell(text)
    }
  }

  /// `%name arguments`, `%%name` with a cell, `!command`, `name?`: nil for code.
  private static func talk(_ text: String) -> ShellLine? {
    if text.hasPrefix("!") {
      return .command(name: "system", CommandArguments(String(text.dropFirst()).trimmingSpace()))
    }
    if text.hasPrefix("%") { return command(text) }
    guard !text.contains("\n") else { return nil }
    return inspection(text)
  }

  private static func command(_ text: String) -> ShellLine {
    let takesCell = text.hasPrefix("%%")
    var rest = text.dropFirst(takesCell ? 2 : 1)
    var body: String?
    if takesCell {
      body = ""
      if let newline = rest.firstIndex(of: "\n") {
        body = String(rest[rest.index(after: newline)...])
        rest = rest[..<newline]
      }
    }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let arguments = String(rest.dropFirst(name.count)).trimmingSpace()
    // `%time?` asks what the command is for.
    if arguments == "?" || arguments == "??" {
      return .command(name: "pinfo", CommandArguments("%" + name))
    }
    return .command(name: String(name), CommandArguments(arguments, cell: body))
  }

  /// `x?`, `?x`: `%pinfo x`; with two marks `%pinfo2 x`.
  private static func inspection(_ text: String) -> ShellLine? {
    let before = text.prefix { $0 == "?" }.count
    var after = 0
    for character in text.reversed() {
      guard character == "?" else { break }
      after += 1
    }
    let marks = max(before, after)
    guard marks > 0 else { return nil }
    let name = String(text.dropFirst(before).dropLast(before == text.count ? 0 : after)).trimmingSpace()
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || "_.[]'\"%*".contains($0) }) else { return nil }
    return .command(name: marks >= 2 ? "pinfo2" : "pinfo", CommandArguments(name))
  }
}

extension String {
  /// Without white space at either end.
  func trimmingSpace() -> String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
