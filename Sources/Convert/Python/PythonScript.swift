import Notebook

/// A notebook as a Python script in the percent format that editors and jupytext know. It is the notebook's own file, with the
/// recorded outputs as comments, but for a part at the top that Python needs, and what `PythonCode` says.
enum PythonScript {
  private static let begin =
    "# >>> tnb: lets Python with PyTorch run this notebook; `tnb convert` leaves this part out on the way back"
  private static let end = "# <<< tnb"

  // MARK: Writing

  static func write(_ notebook: Notebook) -> [UInt8] {
    let preamble = PythonPreamble(notebook, for: .script)
    let bytes = write(notebook, preamble, text: preamble.text)
    // Without a preamble the way back takes the file for somebody's script, which it may have to change.
    if preamble.text == nil, (try? read(bytes, path: "").notebook.bytes) != notebook.bytes {
      return write(notebook, preamble, text: "")
    }
    return bytes
  }

  /// What a script cannot do as the notebook does.
  static func notes(_ notebook: Notebook) -> [Document.Note] {
    NameUses(notebook).sessionNames.map {
      .init(cell: $0.cell, "`\($0.name)` is what a session remembers; the script has no such name")
    }
  }

  private static func write(_ notebook: Notebook, _ preamble: PythonPreamble, text: String?) -> [UInt8] {
    let code = PythonCode(display: preamble.display, raises: preamble.raises)
    let newline = newline(of: notebook)
    var bytes = notebook.head
    if let text {
      var block = bytes.isEmpty ? "" : "\n"
      block += begin + "\n" + (text.isEmpty ? "" : text + "\n") + end + "\n\n"
      bytes += block.replacing("\n", with: newline.rawValue).utf8
    }
    for cell in notebook.cells {
      let expectsError = cell.expectsError && canBeWrapped(cell)
      bytes += changing(cell, newline) { code.exported($0, expectsError: expectsError) }
    }
    return bytes
  }

  private static func newline(of notebook: Notebook) -> NotebookLine.Ending {
    let lines =
      NotebookLine.split(notebook.head[...]) + notebook.cells.flatMap { [$0.mark].compactMap(\.self) + $0.lines }
    return lines.contains { $0.ending == .carriageReturnNewline } && !lines.contains { $0.ending == .newline }
      ? .carriageReturnNewline : .newline
  }

  /// Whether the number of a cell's lines can change without anything else being lost: its records stand below its code, and its
  /// lines end alike.
  private static func canBeWrapped(_ cell: NotebookCell) -> Bool {
    let first = cell.lines.firstIndex { Record($0) != nil } ?? cell.lines.count
    let code = cell.lines[..<first]
    guard code.allSatisfy({ $0.ending == code.first?.ending || $0.isUnfinished }) else { return false }
    return cell.lines[first...].allSatisfy { Record($0) != nil || $0.isBlank }
  }

  /// The bytes of a cell whose code is another; its records and blank lines stay where they are.
  private static func changing(
    _ cell: NotebookCell, _ newline: NotebookLine.Ending, _ change: (String) -> String
  ) -> [UInt8] {
    var bytes = cell.mark.map { $0.text + $0.ending.rawValue.utf8 } ?? []
    var lines = cell.lines
    if cell.kind == .code, cell.isRunnable {
      let isCode = lines.map { Record($0) == nil }
      let last = lines.indices.last { isCode[$0] && !lines[$0].isBlank }!
      let places = lines.indices.filter { isCode[$0] && $0 <= last }
      let old = String(
        decoding: Array(places.map { lines[$0].text }.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
      let new = Array(change(old).utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
        Array($0)
      }
      // Lines that stay the same keep their place among the records; where their number changes, all stand at the top.
      if new.count == places.count {
        for (place, text) in zip(places, new) { lines[place].text = text }
      } else {
        let ending = lines[places[0]].isUnfinished ? newline : lines[places[0]].ending
        var made = new.map { NotebookLine(text: $0, ending: ending) }
        made[made.count - 1].ending = lines[last].ending
        let rest = lines.indices.filter { !places.contains($0) }.map { lines[$0] }
        lines = made + rest
      }
    }
    for line in lines { bytes += line.text + line.ending.rawValue.utf8 }
    return bytes
  }

  // MARK: Reading

  static func read(_ bytes: [UInt8], path: String) throws(NotebookError) -> Document {
    let script = try Notebook(bytes, path: path)
    guard let (rest, preamble) = withoutPreamble(bytes, head: script.head.count) else {
      return try ForeignScript.read(bytes, path: path)
    }
    let notebook = try Notebook(rest, path: path)
    let code = PythonCode(
      display: helper(in: preamble, "def ", "display", "(value):"),
      raises: helper(in: preamble, "class ", "raises", ":"))
    var result = notebook.head
    for cell in notebook.cells {
      result += changing(cell, newline(of: notebook)) {
        code.imported($0, expectsError: cell.expectsError && canBeWrapped(cell))
      }
    }
    return Document(notebook: try Notebook(result, path: path))
  }

  /// The file without what `write` put above its cells, and the lines of that; nil when there is no such part.
  private static func withoutPreamble(_ bytes: [UInt8], head: Int) -> (rest: [UInt8], preamble: [String])? {
    let lines = NotebookLine.split(bytes[head...])
    guard let first = lines.firstIndex(where: { $0.text.elementsEqual(begin.utf8) }), first == (head > 0 ? 1 : 0),
      let last = lines[first...].firstIndex(where: { $0.text.elementsEqual(end.utf8) })
    else { return nil }
    var next = last + 1
    if next < lines.count, lines[next].text.isEmpty { next += 1 }
    var rest = Array(bytes[..<head])
    for line in lines[next...] { rest += line.text + line.ending.rawValue.utf8 }
    return (rest, lines[first..<last].map { String(decoding: $0.text, as: UTF8.self) })
  }

  /// `display_2` of a line `def display_2(value):`.
  private static func helper(in preamble: [String], _ word: String, _ name: String, _ end: String) -> String? {
    for line in preamble where line.hasPrefix(word + name) && line.hasSuffix(end) {
      return String(line.dropFirst(word.count).dropLast(end.count))
    }
    return nil
  }
}
