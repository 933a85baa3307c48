import Language

/// Completes talk with the shell: names of commands, and their arguments by what the table says they are.
struct CommandCompleter {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// nil when the line is no talk, or when code stands at the cursor.
  func complete(_ line: String, lineStart: Int, cursor: Int) -> Completion? {
    let indent = line.prefix { $0 == " " }.count
    let text = String(line.dropFirst(indent))
    if text.hasPrefix("!") { return files(String(text.dropFirst()), cursor) }
    guard text.hasPrefix("%") else { return nil }
    let marks = text.hasPrefix("%%") ? 2 : 1
    let name = text.dropFirst(marks).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let rest = String(text.dropFirst(marks + name.count))
    let start = lineStart + indent + marks
    guard !rest.isEmpty else { return words(names(cells: marks == 2), String(name), start, cursor) }
    guard let command = session.command(String(name)) else { return .none(at: cursor) }
    let word = String(rest.reversed().prefix { $0 != " " }.reversed())
    let wordStart = cursor - word.utf8.count
    switch command.arguments {
    case .none, .cells: return .none(at: cursor)
    case .expression: return nil
    case .file: return files(rest, cursor)
    case .variable: return words(session.variables.sorted(), word, wordStart, cursor)
    case .command: return words(names(cells: false), word, wordStart, cursor)
    case .setting: return words(Settings.declarations.map(\.name), word, wordStart, cursor)
    case .lesson:
      let lessons = words(session.lessonNames(), word, wordStart, cursor)
      return lessons.candidates.isEmpty ? files(rest, cursor) : lessons
    case .words(let known): return words(known, word, wordStart, cursor)
    }
  }

  /// Where the expression behind a command begins in its line; nil when there is none.
  static func codeStart(of line: String) -> Int? {
    let indent = line.prefix { $0 == " " }.count
    let text = line.dropFirst(indent)
    guard text.hasPrefix("%") else { return nil }
    let name = text.prefix { $0 != " " }
    return indent + name.utf8.count
  }

  private func names(cells: Bool) -> [String] {
    session.commandFamilies.flatMap(\.commands).filter { !cells || $0.takesCell }.flatMap { [$0.name] + $0.aliases }
      .sorted()
  }

  private func words(_ known: [String], _ prefix: String, _ start: Int, _ cursor: Int) -> Completion {
    Completion(
      replacing: start..<cursor,
      candidates: known.filter { $0.hasPrefix(prefix) }.map { Completion.Candidate($0) })
  }

  private func files(_ rest: String, _ cursor: Int) -> Completion {
    let word = FileCompleter.lastWord(of: rest)
    return Completion(
      replacing: (cursor - word.raw.utf8.count)..<cursor,
      candidates: FileCompleter.paths(word.path).map {
        Completion.Candidate(FileCompleter.quoted($0, like: word.raw), label: FileCompleter.label($0))
      })
  }
}
