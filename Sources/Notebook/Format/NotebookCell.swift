/// A cell of a notebook: its mark, and the lines up to the next one.
package struct NotebookCell: Equatable {
  package enum Kind {
    case code
    case prose
  }

  /// The `# %%` line; nil for the lines before a file's first mark.
  package private(set) var mark: NotebookLine?
  /// The lines below the mark: code, records and blank lines of a code cell, comment lines of a prose cell.
  package private(set) var lines: [NotebookLine]
  /// The line of the file, counted from 1, that `lines` starts at.
  package let firstLine: Int
  package let kind: Kind
  /// A prose cell that is no Markdown but text for a tool, `[raw]`.
  package let isRaw: Bool
  /// The words between the mark and the first option; empty for a nameless cell.
  package private(set) var name: String
  /// The `key=value` options of the mark, in order.
  package let options: [(key: String, value: String)]

  package init(mark: NotebookLine?, lines: [NotebookLine], firstLine: Int) {
    self.mark = mark
    self.lines = lines
    self.firstLine = firstLine
    let title = MarkTitle(mark)
    kind = title.isProse ? .prose : .code
    isRaw = title.isRaw
    name = title.name
    options = title.options
  }

  package static func == (a: NotebookCell, b: NotebookCell) -> Bool {
    a.mark == b.mark && a.lines == b.lines && a.firstLine == b.firstLine
  }

  /// Whether there is code to run: not a prose cell, and not blank.
  package var isRunnable: Bool {
    kind == .code && lines.contains { !$0.isBlank && Record($0) == nil }
  }

  /// The code: the lines that are not records, up to the last that is not blank, joined with `\n`.
  ///
  /// Line `n` of it (counted from 0) is line `sourceLines[n]` of the file.
  package var source: [UInt8] {
    var result: [UInt8] = []
    for (i, line) in codeLines.enumerated() {
      if i > 0 { result.append(UInt8(ascii: "\n")) }
      var text = line.line.text[...]
      while text.last == UInt8(ascii: "\r") { text = text.dropLast() }
      result += text
    }
    return result
  }

  /// For each line of `source` its number in the file.
  package var sourceLines: [Int] { codeLines.map(\.number) }

  private var codeLines: [(number: Int, line: NotebookLine)] {
    var code: [(number: Int, line: NotebookLine)] = []
    for (i, line) in lines.enumerated() where Record(line) == nil { code.append((firstLine + i, line)) }
    while let last = code.last, last.line.isBlank { code.removeLast() }
    return code
  }

  /// The text of a prose cell: its lines without the comment sign and the space behind it, up to the last that is not blank.
  package var prose: String {
    var texts = lines.map { line in
      var text = line.text[...]
      while text.last == UInt8(ascii: "\r") { text = text.dropLast() }
      if text.first == UInt8(ascii: "#") {
        text = text.dropFirst()
        if text.first == UInt8(ascii: " ") { text = text.dropFirst() }
      }
      return String(decoding: text, as: UTF8.self)
    }
    while let last = texts.last, last.utf8.allSatisfy(isPlainSpace), !lines[texts.count - 1].starts(with: "#") {
      texts.removeLast()
    }
    return texts.joined(separator: "\n")
  }

  /// What the file says the cell printed and raised.
  package var records: [Record] { kind == .code ? lines.compactMap { Record($0) } : [] }

  /// Whether the file says that the cell raises.
  package var expectsError: Bool { kind == .code && lines.contains { $0.starts(with: "#!") } }

  /// Puts `records` under the code in place of those that are there; every other line stays as it is.
  ///
  /// `ending` is what a new line ends in. Nothing changes when the records are equal to those in the file.
  package mutating func replaceRecords(_ new: [Record], ending: NotebookLine.Ending) {
    guard kind == .code, records != new || !recordsStandBelowCode else { return }
    var code = lines.filter { Record($0) == nil }
    var blank: [NotebookLine] = []
    while let last = code.last, last.isBlank { blank.insert(code.removeLast(), at: 0) }
    let fileEnding = lines.last.flatMap { $0.isUnfinished ? $0.ending : nil }
    lines = code + new.map { NotebookLine(text: Array($0.line.utf8), ending: ending) } + blank
    for i in lines.indices where lines[i].isUnfinished { lines[i].ending = ending }
    if let fileEnding, let last = lines.indices.last { lines[last].ending = fileEnding }
  }

  /// Gives it another name; options stay.
  package mutating func rename(_ new: String, ending: NotebookLine.Ending) {
    name = new
    let text = NotebookWriter.mark(kind: kind, isRaw: isRaw, name: new, options: options)
    mark = NotebookLine(text: Array(text.utf8), ending: mark?.ending ?? ending)
  }

  /// A cell that is in no file yet: a mark, and the lines below it. Its `firstLine` is 0.
  package init(made text: [UInt8]) {
    let lines = NotebookLine.split(text[...])
    self.init(mark: lines.first, lines: Array(lines.dropFirst()), firstLine: 0)
  }

  /// The mark and the lines, as they stand in the file.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    if let mark { result += mark.text + mark.ending.rawValue.utf8 }
    for line in lines { result += line.text + line.ending.rawValue.utf8 }
    return result
  }

  private var recordsStandBelowCode: Bool {
    guard let first = lines.firstIndex(where: { Record($0) != nil }) else { return true }
    let rest = lines[first...].drop { Record($0) != nil }
    return rest.allSatisfy(\.isBlank) && (first == 0 || !lines[first - 1].isBlank)
  }
}

/// What a `# %%` line says after the mark: `name words [markdown] key=value key="quoted value"`.
private struct MarkTitle {
  var isProse = false
  var isRaw = false
  var name = ""
  var options: [(key: String, value: String)] = []

  init(_ mark: NotebookLine?) {
    guard let mark else { return }
    var words: [String] = []
    for word in Self.words(of: String(decoding: mark.text.dropFirst("# %%".utf8.count), as: UTF8.self)) {
      switch word {
      case "[markdown]", "[md]":
        isProse = true
      case "[raw]":
        isProse = true
        isRaw = true
      default:
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !parts[0].isEmpty {
          options.append((String(parts[0]), Self.unquoted(parts[1])))
        } else if options.isEmpty {
          words.append(word)
        }
      }
    }
    name = words.joined(separator: " ")
  }

  /// Splits at white space outside double quotes.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quoted = false
    for character in text {
      if character == "\"" { quoted.toggle() }
      if character.isWhitespace && !quoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func unquoted(_ text: Substring) -> String {
    text.count >= 2 && text.first == "\"" && text.last == "\"" ? String(text.dropFirst().dropLast()) : String(text)
  }
}
