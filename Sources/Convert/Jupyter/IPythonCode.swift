import Language
import Notebook

/// Python as IPython reads it, with magics and shell commands, and as a notebook of tnb holds it: they are comments there,
/// `# IPython: !pip install torch`, from which the way back makes them again.
enum IPythonCode {
  private static let mark = "# IPython: "

  /// Cell magics below which Python goes on.
  private static let transparentMagics: Set<String> = ["time", "capture", "prun", "debug", "memit"]
  /// Line magics that run the rest of their line.
  private static let runningMagics: Set<String> = ["time", "prun", "memit"]

  struct Imported: Equatable {
    var code: String
    /// Nothing is left that runs.
    var isTalkAlone = false
    var notes: [Note] = []

    /// A magic measured how long something took, and wrote it down.
    var isTimed: Bool { notes.contains { $0.message.contains("%time") } }

    struct Note: Equatable {
      /// Counted from 1.
      var line: Int
      var message: String
    }
  }

  // MARK: From IPython

  static func imported(_ source: String) -> Imported {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = lines.firstIndex { !$0.trimmed.isEmpty }
    if let first, lines[first].hasPrefix("%%") {
      let name = String(lines[first].dropFirst(2).prefix { $0.isLetter || $0 == "_" || $0 == "!" })
      let what = "`%%\(name)` and its cell are a comment now"
      guard transparentMagics.contains(name) else {
        return Imported(
          code: lines.map(comment).joined(separator: "\n"), isTalkAlone: true,
          notes: [.init(line: first + 1, message: what)])
      }
      let rest = imported(lines[(first + 1)...].joined(separator: "\n"))
      let note = Imported.Note(line: first + 1, message: "`%%\(name)` is a comment now")
      let head = lines[...first].map { $0.isEmpty ? "" : comment($0) } + (first + 1 < lines.count ? [rest.code] : [])
      return Imported(
        code: head.joined(separator: "\n"), isTalkAlone: rest.isTalkAlone || first + 1 == lines.count,
        notes: [note] + rest.notes.map { .init(line: $0.line + first + 1, message: $0.message) })
    }
    return withoutLineMagics(source, lines)
  }

  private static func withoutLineMagics(_ source: String, _ lines: [String]) -> Imported {
    let bytes = Array(source.utf8)
    let talk = LogicalLines.talk(in: bytes, where: isTalk)
    guard !talk.isEmpty else { return Imported(code: source) }
    var lines = lines
    var notes: [Imported.Note] = []
    var replaced: Set<Int> = []
    var starts = [0]
    for (i, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(i + 1) }
    var place = 0
    for range in talk {
      while place + 1 < starts.count, starts[place + 1] <= range.lowerBound { place += 1 }
      var index = place
      let line = lines[index]
      let indent = String(line.prefix { $0 == " " || $0 == "\t" })
      let text = String(line.dropFirst(indent.count))
      if indent.isEmpty, ShellTalk.isPreamble(Array(text.utf8)[...]) { continue }
      let shown = text.trimmed
      if let (magic, statement) = running(text) {
        lines[index] = "\(indent)\(statement)  \(mark)%\(magic)"
        notes.append(.init(line: index + 1, message: "`\(shown)` runs without its %\(magic)"))
        continue
      }
      notes.append(.init(line: index + 1, message: message(shown)))
      lines[index] = indent.isEmpty ? comment(text) : "\(indent)pass  \(comment(text))"
      replaced.insert(index)
      // A command of the shell may go on behind a backslash.
      while lines[index].hasSuffix("\\"), index + 1 < lines.count {
        index += 1
        lines[index] = comment(lines[index])
        replaced.insert(index)
      }
    }
    let isTalkAlone = lines.enumerated().allSatisfy {
      replaced.contains($0) || $1.trimmed.isEmpty || $1.trimmed.hasPrefix("#")
    }
    return Imported(code: lines.joined(separator: "\n"), isTalkAlone: isTalkAlone, notes: notes)
  }

  private static func message(_ text: String) -> String {
    let assigns = text.first.map { $0.isLetter || $0 == "_" } ?? false && text.contains("=") && !text.hasSuffix("?")
    let lost = assigns ? ": what it assigns has no value" : ""
    return "`\(text)` is a comment now\(lost)"
  }

  private static func comment(_ line: String) -> String { line.isEmpty ? String(mark.dropLast()) : mark + line }

  /// `("time", "x = f()")` of `%time x = f()`.
  private static func running(_ text: String) -> (magic: String, statement: String)? {
    guard text.hasPrefix("%") else { return nil }
    let name = String(text.dropFirst().prefix { $0.isLetter || $0 == "_" })
    let rest = String(text.dropFirst(name.count + 1))
    guard runningMagics.contains(name), rest.hasPrefix(" ") else { return nil }
    let statement = String(rest.dropFirst())
    guard statement == statement.trimmed, !statement.isEmpty, !statement.contains("#"),
      (try? Parser.parse(Array(statement.utf8))) != nil
    else { return nil }
    return (name, statement)
  }

  /// Whether a line at which a statement may begin is none of Python's.
  private static func isTalk(_ line: ArraySlice<UInt8>) -> Bool {
    if ShellTalk.isTalk(line) { return true }
    let text = String(decoding: line, as: UTF8.self).trimmed
    return asksForHelp(text) || assignsTalk(text) || isAutomatic(text)
  }

  /// `x?`, `torch.randn??`.
  private static func asksForHelp(_ text: String) -> Bool {
    guard text.hasSuffix("?") else { return false }
    var name = text.dropLast()
    if name.hasSuffix("?") { name = name.dropLast() }
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "_.*".contains($0) }
  }

  /// `files = !ls`, `t = %timeit -o f()`.
  private static func assignsTalk(_ text: String) -> Bool {
    guard let equal = text.firstIndex(of: "=") else { return false }
    let target = text[..<equal]
    guard target.allSatisfy({ $0.isLetter || $0.isNumber || "_., ".contains($0) }) else { return false }
    let value = String(text[text.index(after: equal)...]).trimmed
    return value.hasPrefix("!") || value.hasPrefix("%")
  }

  /// Magics that need no percent sign where no variable has their name, and those that are written as calls.
  private static func isAutomatic(_ text: String) -> Bool {
    ["pip install ", "pip uninstall ", "conda install ", "get_ipython()."].contains { text.hasPrefix($0) }
  }

  /// Whether a line of output tells a duration, which is another one each time.
  static func isTiming(_ line: String) -> Bool {
    line.hasPrefix("CPU times: ") || line.hasPrefix("Wall time: ")
      || (line.contains(" per loop (") && line.hasSuffix("each)"))
  }

  // MARK: To IPython

  static func exported(_ code: String) -> String {
    guard code.contains(mark.dropLast()) else { return code }
    let bytes = Array(code.utf8)
    let comments = Set(Highlighter.spans(of: bytes).filter { $0.kind == .comment }.map(\.lo))
    var start = 0
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      defer { start += line.utf8.count + 1 }
      guard let place = position(of: mark.dropLast(), in: line) else { return String(line) }
      guard comments.contains(start + place) else { return String(line) }
      let before = String(decoding: Array(line.utf8)[..<place], as: UTF8.self)
      let after = String(line.dropFirst(before.count + mark.count - 1))
      guard after.isEmpty || after.hasPrefix(" ") else { return String(line) }
      let talk = String(after.dropFirst())
      if before.isEmpty { return talk }
      let indent = before.prefix { $0 == " " || $0 == "\t" }
      let statement = before.dropFirst(indent.count)
      if statement == "pass  " { return indent + talk }
      if statement.hasSuffix("  "), talk.hasPrefix("%"), runningMagics.contains(String(talk.dropFirst())) {
        return "\(indent)\(talk) \(statement.dropLast(2))"
      }
      return String(line)
    }
    return lines.joined(separator: "\n")
  }

  private static func position(of part: Substring, in line: Substring) -> Int? {
    let bytes = Array(line.utf8)
    let wanted = Array(part.utf8)
    guard bytes.count >= wanted.count else { return nil }
    return (0...(bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) }
  }
}
