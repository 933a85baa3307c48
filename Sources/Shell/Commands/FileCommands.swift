import Glibc
import Notebook

extension CommandTable {
  /// Notebooks and scripts.
  static var fileCommands: [Command] {
    [
      Command(
        "run", usage: "FILE", "Run the cells of a notebook or a Python file in this session.",
        help: """
          They become cells of the session, so that what is saved replays. What they open is named from the file's folder. The
          first error that is not recorded ends the run.
          """, arguments: .file
      ) {
        (session, arguments) throws(CommandError) in
        let path = try session.path(arguments, "run")
        let notebook = try session.notebook(at: path)
        if !(inFolder(of: path) { session.run(notebook, path: path) }) { session.failed = true }
      },
      Command(
        "load", usage: "FILE|RANGE", "Put a file's code, or that of cells, at the prompt.",
        help: "Nothing runs until Enter. Recorded outputs are left out.", arguments: .file
      ) {
        (session, arguments) throws(CommandError) in
        let words = arguments.words
        guard !words.isEmpty else { throw CommandError("%load needs the name of a file") }
        if !words.isEmpty, words.allSatisfy({ CellRange($0) != nil }), access(words[0], F_OK) != 0 {
          session.nextText = try session.code(words)
          return
        }
        session.nextText = try session.notebook(at: session.path(arguments, "load")).code
      },
      Command(
        "save", usage: "[-f] [FILE] [RANGE...]", "Write the session's notebook: cells, outputs and prose.",
        help: """
          The name gets `.tnb` when it has no ending; later saves need none. Another file is left alone, and so is one that
          somebody else changed meanwhile, unless `-f` stands before it. The seed is kept when random numbers were drawn from
          it; cells that Ctrl-C stopped are left out.
          """, arguments: .file
      ) {
        (session, arguments) throws(CommandError) in
        var words = arguments.words
        let overwrites = words.first == "-f"
        if overwrites { words.removeFirst() }
        try session.save(to: words.first, ranges: CellRange.parse(Array(words.dropFirst())), overwrites: overwrites)
      },
      Command(
        "open", usage: "[-f] FILE", "Put a notebook in this session's place and run it.",
        help: """
          Its cells run unseen, up to the first error that is not recorded; `%cells` lists them. `%save` then writes the file
          again. An unsaved session is not forgotten unless `-f` stands before the name.
          """, arguments: .file
      ) {
        (session, arguments) throws(CommandError) in
        var words = arguments.words
        let discards = words.first == "-f"
        if discards { words.removeFirst() }
        guard words.count == 1 else { throw CommandError("%open needs the name of a notebook") }
        try session.open(words[0], discards: discards)
      },
      Command("cd", usage: "[FOLDER]", "Change the current folder.", arguments: .file) {
        (session, arguments) throws(CommandError) in
        let path = UserFiles.expanded(arguments.words.first ?? "~")
        guard chdir(path) == 0 else { throw CommandError("\(path): \(String(cString: strerror(errno)))") }
        session.print(Session.currentFolder + "\n")
      },
      Command("pwd", "Show the current folder.") {
        (session, arguments) throws(CommandError) in
        session.print(Session.currentFolder + "\n")
      },
    ]
  }
}

extension Session {
  fileprivate static var currentFolder: String {
    guard let text = getcwd(nil, 0) else { return "." }
    defer { free(text) }
    return String(cString: text)
  }

  /// The one path that a command takes.
  fileprivate func path(_ arguments: CommandArguments, _ command: String) throws(CommandError) -> String {
    let words = arguments.words
    guard let path = words.first else { throw CommandError("%\(command) needs the name of a file") }
    guard words.count == 1 else { throw CommandError("%\(command) takes one file; quote a name that has spaces") }
    return UserFiles.expanded(path)
  }

  fileprivate func notebook(at path: String) throws(CommandError) -> Notebook {
    do throws(NotebookError) {
      return try Notebook(readFile(path), path: path)
    } catch {
      throw CommandError(error.description)
    }
  }

  /// The code of cells of this or earlier sessions, as one text.
  func code(_ words: [String]) throws(CommandError) -> String {
    let items = try HistoryListing.items(CellRange.parse(words), self)
    guard !items.isEmpty else { throw CommandError("there is no cell \(words.joined(separator: " "))") }
    return items.map(\.text).joined(separator: "\n")
  }

  /// Writes a text file, which must not exist.
  func write(_ text: String, to path: String) throws(CommandError) {
    let path = UserFiles.expanded(path)
    guard access(path, F_OK) != 0 else { throw CommandError("\(path) exists") }
    do throws(NotebookError) {
      try replaceFile(path, with: Array(text.utf8))
    } catch {
      throw CommandError(error.description)
    }
  }
}

extension Notebook {
  /// The code of its cells, with their marks when there are several.
  fileprivate var code: String {
    let sources = cells.filter(\.isRunnable)
    guard sources.count > 1 else { return sources.first.map { String(decoding: $0.source, as: UTF8.self) } ?? "" }
    return sources.map { cell in
      let mark = cell.mark.map { String(decoding: $0.text, as: UTF8.self) + "\n" } ?? ""
      return mark + String(decoding: cell.source, as: UTF8.self)
    }.joined(separator: "\n\n")
  }
}
