import Notebook

/// A piece of what was typed: a cell of the language, or talk with the shell.
package enum ShellLine: Equatable {
  /// `exit` or `quit`, as a word or called.
  case leave
  /// Code, and how many lines of the text stand above it.
  case cell(String, line: Int)
  case command(name: String, CommandArguments)

  /// The pieces of a text in the order in which they run. Usually there is one; lines of commands may stand above a cell, and
  /// `# %%` marks part cells, as in a notebook that was pasted.
  package static func parts(of text: String) -> [ShellLine] {
    var parts: [ShellLine] = []
    for (cell, start) in cells(of: text) {
      var line = start
      var rest = cell[...]
      while true {
        while let first = rest.first, first.isNewline {
          rest = rest.dropFirst()
          line += 1
        }
        let head = rest.prefix { !$0.isNewline }
        let trimmed = String(head).trimmingSpace()
        guard trimmed.hasPrefix("%") || trimmed.hasPrefix("!"), !trimmed.hasPrefix("%%") else { break }
        parts.append(talk(trimmed)!)
        rest = rest[head.endIndex...]
      }
      let code = String(rest).droppingBlankEnd()
      switch code.trimmingSpace() {
      case "": break
      case "exit", "quit", "exit()", "quit()": parts.append(.leave)
      case "help", "help()": parts.append(.command(name: "tour", CommandArguments("")))
      case let trimmed: parts.append(talk(trimmed) ?? .cell(code, line: line))
      }
    }
    return parts
  }

  /// The cells between marks, each with the number of lines above it.
  private static func cells(of text: String) -> [(text: String, line: Int)] {
    guard text.hasPrefix("# %%") || text.contains("\n# %%"), let notebook = try? Notebook(Array(text.utf8)) else {
      return [(text, 0)]
    }
    return notebook.cells.filter(\.isRunnable).map {
      (String(decoding: $0.source, as: UTF8.self), ($0.sourceLines.first ?? 1) - 1)
    }
  }

  /// `%name arguments`, `%%name` with a cell, `!command`, `name?`: nil for code.
  private static func talk(_ text: String) -> ShellLine? {
    if text.hasPrefix("!") {
      return .command(name: "system", CommandArguments(String(text.dropFirst()).trimmingSpace()))
    }
    if text.hasPrefix("%") { return command(text) }
    return text.contains("\n") ? nil : inspection(text)
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
    if arguments == "?" || arguments == "??" { return .command(name: "pinfo", CommandArguments("%" + name)) }
    return .command(name: String(name), CommandArguments(arguments, cell: body))
  }

  /// `x?`, `?x`: `%pinfo x`; with two marks `%pinfo2 x`.
  private static func inspection(_ text: String) -> ShellLine? {
    let before = text.prefix { $0 == "?" }.count
    guard before < text.count else { return .command(name: "pinfo", CommandArguments("")) }
    let after = text.reversed().prefix { $0 == "?" }.count
    let marks = max(before, after)
    guard marks > 0 else { return nil }
    let name = String(text.dropFirst(before).dropLast(after)).trimmingSpace()
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || "_.[]'\"%*".contains($0) }) else { return nil }
    return .command(name: marks >= 2 ? "pinfo2" : "pinfo", CommandArguments(name))
  }

  /// Whether a text begins as talk does, so that it is no program that goes on.
  package static func isTalk(_ text: String) -> Bool {
    let first = text.first { !$0.isWhitespace }
    return first == "%" || first == "!" || first == "?"
  }
}

extension String {
  /// Without white space at either end.
  package func trimmingSpace() -> String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// Without blank lines and spaces at its end.
  package func droppingBlankEnd() -> String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}
