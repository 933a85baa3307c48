import CKernels
import Glibc
import Notebook

/// `$VISUAL`, `$EDITOR`, or `vi`.
enum ExternalEditor {
  /// Opens a file and waits until its editor ends; false when that failed.
  static func open(_ path: String) -> Bool {
    let command = ["VISUAL", "EDITOR"].lazy.compactMap(variable).first { !$0.isEmpty }
    let quoted = path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    // The variable may hold arguments, so that the system's shell has to read it.
    let status = tnb_terminal_run("\(command ?? "vi") '\(quoted)'")
    tnb_interrupt_set(0)
    return status == 0
  }

  /// The user named an editor.
  static var isChosen: Bool { ["VISUAL", "EDITOR"].contains { !(variable($0) ?? "").isEmpty } }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Lets a text be changed. Its file ends in `.py`, by which editors know the language.
  static func edit(_ text: String) throws(CommandError) -> String {
    let parent = variable("TMPDIR") ?? "/tmp"
    var template = Array((parent + "/tnb-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandError("no file for the editor can be made: \(String(cString: strerror(errno)))")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let path = folder + "/cell.py"
    defer {
      unlink(path)
      rmdir(folder)
    }
    var changed: String?
    do throws(NotebookError) {
      try replaceFile(path, with: Array((text.isEmpty ? "" : text + "\n").utf8))
      if open(path) { changed = String(decoding: try readFile(path), as: UTF8.self) }
    } catch {
      throw CommandError(error.description)
    }
    guard let changed else { throw CommandError("the editor failed; nothing was changed") }
    return changed.droppingBlankEnd()
  }
}

/// The arguments of `%edit`.
struct EditOptions {
  var runs = true
  var isAtPrompt = false
  var isNewCell = false
  var words: [String] = []
  var text: String?

  init(_ arguments: CommandArguments) throws(CommandError) {
    words = arguments.words
    text = arguments.cell
    while let option = words.first, option.hasPrefix("-"), option.count > 1 {
      switch option {
      case "-n": runs = false
      case "-p": isAtPrompt = true
      case "-x": isNewCell = true
      default: throw CommandError("%edit has no option \(option)")
      }
      words.removeFirst()
    }
  }
}

extension Session {
  /// `%edit`.
  func edit(_ options: EditOptions) throws(CommandError) {
    if let text = options.text {
      guard options.words.count == 1 else {
        throw CommandError("%%edit takes the number of the cell whose text stands below")
      }
      let cell = try cell(options.words[0], of: "%edit")
      return try edit(checked(cell), to: text, runs: options.runs)
    }
    if options.words.count == 1, !options.isNewCell, Int(options.words[0]) != nil {
      let cell = try checked(cell(options.words[0], of: "edit"))
      guard let text = try changedText(of: cell, options) else { return note("\(cell.title) is unchanged.") }
      return try edit(cell, to: text, runs: options.runs)
    }
    try editNewCell(options.words, runs: !options.isNewCell)
  }

  private func checked(_ cell: SessionCell) throws(CommandError) -> SessionCell {
    if sheet.undone.contains(where: { $0 === cell }) {
      throw CommandError("\(cell.title) is undone", hint: "%redo brings it back")
    }
    return cell
  }

  /// nil when the user gives up.
  private func changedText(of cell: SessionCell, _ options: EditOptions) throws(CommandError) -> String? {
    let before = cell.edit ?? cell.text
    console.flush()
    if let lines, isInteractive, options.isAtPrompt || !ExternalEditor.isChosen {
      let request = CellRequest(prompt: .cell(cell.number), initialText: before)
      guard case .text(let text) = lines.readUnwatched(request, editing: CellEditing(self)) else { return nil }
      return text
    }
    let text = try ExternalEditor.edit(before)
    lines?.othersWrote()
    return text
  }

  private func editNewCell(_ words: [String], runs: Bool) throws(CommandError) {
    console.flush()
    if words.count == 1, CellRange(words[0]) == nil {
      let path = UserFiles.expanded(words[0])
      guard ExternalEditor.open(path) else { throw CommandError("the editor failed") }
      lines?.othersWrote()
      submit("%\(runs ? "run" : "load") \(Self.quoted(words[0]))")
      return
    }
    let before = words.isEmpty ? "" : try code(words)
    let text = try ExternalEditor.edit(before)
    lines?.othersWrote()
    guard !text.isEmpty else { return print("Nothing to run.\n") }
    guard runs else {
      nextText = text
      return
    }
    print(echo(text))
    submit(text)
  }

  private static func quoted(_ path: String) -> String { path.contains(" ") ? "\"\(path)\"" : path }
}
