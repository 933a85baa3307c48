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

extension Session {
  /// `%edit`.
  func edit(_ words: [String], runs: Bool) throws(CommandError) {
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
