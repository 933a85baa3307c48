import Notebook
import Runtime

extension CommandTable {
  /// What things are and what there is.
  static var helpCommands: [Command] {
    [
      Command(
        "help", usage: "[NAME|%COMMAND]", "List the commands, or say what a name or a command is.",
        help: "`?` alone does the same; `x?` is `%help x`.", arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        guard arguments.text.isEmpty else { return try session.explain(arguments.text) }
        session.print(CommandList.text(session))
      },
      Command("tour", "Show what the shell can do, on one screen.") {
        (session, arguments) throws(CommandError) in
        session.print(Tour.text(width: session.width, session.palette))
      },
      Command(
        "learn", usage: "[NAME|FILE]", "List the lessons, or go through one.",
        help:
          "The lesson has variables of its own; Ctrl-D comes back to this session. `tnb learn NAME` does the same from outside.",
        arguments: .lesson
      ) {
        (session, arguments) throws(CommandError) in
        guard let start = session.startLesson else {
          throw CommandError("%learn begins a lesson at a terminal's prompt, and not within another one")
        }
        try start(arguments.words.first)
      },
      Command(
        "pinfo", usage: "NAME", "Say what a name is; `NAME?` is short for it.",
        help:
          "Type, shape and value of a variable; how a function is called, what it does, an example. `*sum*?` lists names.",
        arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        guard !arguments.text.isEmpty else { return session.print(CommandList.text(session)) }
        try session.explain(arguments.text)
      },
      Command(
        "pinfo2", usage: "NAME", "Show the source of a function or class; `NAME??` is short for it.",
        help: "Also that of the library, where it is written in the language.", arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        try session.showSource(arguments.text)
      },
    ]
  }
}

extension Session {
  /// `name?`, `%command?`, `*pattern*?`.
  fileprivate func explain(_ name: String) throws(CommandError) {
    if name.hasPrefix("%") {
      let word = String(name.drop { $0 == "%" })
      guard let command = command(word) else { throw unknownCommand(word) }
      return print(CommandList.text(of: command, self))
    }
    let inspection = Inspection(self)
    print(name.contains("*") ? inspection.matching(name) : try inspection.describe(name))
  }

  fileprivate func showSource(_ name: String) throws(CommandError) {
    if name.hasPrefix("%") || name.contains("*") { return try explain(name) }
    let inspection = Inspection(self)
    guard let found = SourceText(interpreter.vm).of(try inspection.value(name)) else {
      print(try inspection.describe(name))
      return print(palette.paint("It is built into tnb: there is no source in the language.", .quiet) + "\n")
    }
    print(palette.paint("# \(found.place)", .comment) + "\n" + CodePainter.paint(found.code, palette) + "\n")
  }
}
