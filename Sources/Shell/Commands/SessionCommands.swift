import Glibc
import Notebook
import Runtime

extension CommandTable {
  /// Leaving, starting anew, settings.
  static var sessionCommands: [Command] {
    [
      Command(
        "quit", aliases: ["exit"], "Leave the shell.",
        help: "`exit` and `quit` without `%` do the same. Nothing is asked; `%recover last` brings unsaved cells back."
      ) {
        (session, arguments) throws(CommandError) in
        session.quit()
      },
      Command(
        "reset", usage: "[-f]", "Forget all variables and cells and start anew with cell 1.",
        help: "Asks first; `-f` does not. The cells can still be brought back with `%recover last`."
      ) {
        (session, arguments) throws(CommandError) in
        switch arguments.text {
        case "-f": break
        case "":
          guard !session.isInteractive || session.confirms("Forget all variables and cells?") else {
            return session.print("Nothing was reset.\n")
          }
        default: throw CommandError("%reset takes -f or nothing")
        }
        session.reset()
      },
      Command(
        "del", usage: "NAME...", "Delete variables, and what `Out` keeps of their values.",
        help: "In the notebook it is a cell `del NAME`, so that a replay does the same.", arguments: .variable
      ) {
        (session, arguments) throws(CommandError) in
        let names = arguments.words.flatMap { $0.split(separator: ",").map(String.init) }
        guard !names.isEmpty else { throw CommandError("%del needs the name of a variable") }
        try session.delete(names)
      },
      Command(
        "config", usage: "[NAME [= VALUE]]", "Show the settings, or change one for good.", arguments: .setting
      ) {
        (session, arguments) throws(CommandError) in
        let parts = arguments.text.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpace() }
        let words = parts.count == 2 ? parts : arguments.words
        switch words.count {
        case 0:
          for item in Settings.declarations { session.print(session.describe(item)) }
        case 1:
          guard let item = Settings.declaration(words[0]) else {
            throw CommandError("there is no setting \(words[0])", hint: "%config lists them")
          }
          session.print(session.describe(item))
        default: try session.settings.set(words[0], words[1])
        }
      },
      Command(
        "recover", usage: "[last|list|drop]", "Bring back the cells of a session that was killed.",
        help: """
          Without a word: the newest session that was cut off. Its cells run again; the one that was running stands
          at the prompt. `last` brings back the session that was left before this one without being saved, `list` shows what
          there is, `drop` forgets the sessions that were killed.
          """, arguments: .words(["last", "list", "drop"])
      ) {
        (session, arguments) throws(CommandError) in
        try session.recover(arguments.text)
      },
    ]
  }
}

extension Session {
  fileprivate func describe(_ item: Settings.Declaration) -> String {
    let value = settings[item.name]?.text ?? ""
    return palette.paint("\(item.name) = \(value)", .heading) + "  # \(item.summary)\n"
  }

  fileprivate func delete(_ names: [String]) throws(CommandError) {
    for name in names where !variables.contains(name) {
      throw CommandError("there is no variable \(name)")
    }
    interpreter.forgetResults(of: names)
    // `Out` is made of these again when cells are undone.
    let vm = interpreter.vm
    let values = names.compactMap { vm.main[Symbol($0)] }
    for cell in cells {
      if let shown = cell.run?.value, values.contains(where: { vm.isIdentical($0, shown) }) { cell.forgetValue() }
    }
    run("del " + names.joined(separator: ", "))
  }

  fileprivate func recover(_ word: String) throws(CommandError) {
    guard let folder = recovery?.folder else { throw CommandError("this session keeps no recovery files") }
    let lost = RecoveryFile.lost(in: folder)
    switch word {
    case "list":
      let last = RecoveryFile.last(in: folder)
      if lost.isEmpty, last == nil { return print("There is nothing to recover.\n") }
      for item in lost { print("killed: \(item.summary)\n") }
      if let last { print("last:   \(last.summary)\n") }
    case "drop":
      for item in lost { unlink(item.path) }
      print(lost.count == 1 ? "1 session dropped.\n" : "\(lost.count) sessions dropped.\n")
    case "", "last":
      guard let item = word == "last" ? RecoveryFile.last(in: folder) : lost.first else {
        throw CommandError("there is nothing to recover")
      }
      guard cells.isEmpty else {
        throw CommandError(
          "this session has cells already, and those to recover would not find the same state",
          hint: "%reset, then %recover; or %recover in another tnb")
      }
      restore(item)
    default: throw CommandError("%recover takes last, list, drop or nothing, not \(word)")
    }
  }

  /// Names of the variables that have a value.
  package var variables: [String] {
    let main = interpreter.vm.main
    return main.names.filter { main[$0] != nil }.map(\.text)
  }
}

extension RecoveryFile.Lost {
  /// `12 cells, 14:02`.
  package var summary: String {
    let count = notebook.cells.filter(\.isRunnable).count
    return "\(count) \(count == 1 ? "cell" : "cells"), \(TimeText.when(seconds))"
  }
}
