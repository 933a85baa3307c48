import Glibc
import Lessons
import Notebook
import Shell
import Terminal

/// `tnb` without a file: the shell at a terminal, or what a pipe brings.
enum ShellCommand {
  /// `notebook`: one to go on with.
  static func run(options: RunOptions, notebook: String? = nil) -> ExitStatus {
    guard isatty(0) == 1 else { return runPipe(options: options, notebook: notebook) }
    return Machine.run(maximumMemory: options.maximumMemory) {
      let session = Session.standard(console: options.console, hasColor: TerminalKind.hasColor)
      let lines: LineSource = TerminalLineSource() ?? PlainLineSource()
      session.lines = lines
      LearnCommand.install(in: session)
      session.greet(version: version)
      if let notebook, !open(notebook, in: session) { return .usage }
      return ShellLoop(session, lines: lines).run()
    }
  }

  private static func open(_ notebook: String, in session: Session) -> Bool {
    do throws(CommandError) {
      try session.begin(with: notebook)
      return true
    } catch {
      session.report(error)
      session.console.flush()
      return false
    }
  }

  /// `tnb learn`.
  static func listLessons(options: RunOptions) -> ExitStatus {
    let width = isatty(1) == 1 ? PlainLineSource.screenWidth : 80
    return LearnCommand.list(console: options.console, width: width, Palette(isColored: TerminalKind.hasColor))
  }

  /// `tnb learn NAME`.
  static func learn(_ lesson: Lesson, options: RunOptions) -> ExitStatus {
    guard isatty(0) == 1, isatty(1) == 1 else {
      options.console.printError(
        "tnb: a lesson needs a terminal to be gone through; `tnb \(lesson.path ?? "FILE.tnb")` runs a notebook\n")
      return .usage
    }
    return Machine.run(maximumMemory: options.maximumMemory) {
      let session = Session.standard(console: options.console, hasColor: TerminalKind.hasColor, isRecovered: false)
      return LearnCommand.run(
        lesson, session: session, lines: TerminalLineSource() ?? PlainLineSource(), permissions: options.permissions)
    }
  }

  private static func runPipe(options: RunOptions, notebook: String?) -> ExitStatus {
    let input = LineReader(descriptor: 0)
    let first = input.next()
    // A whole notebook runs as one: its header has a seed, its records tell which errors are meant.
    if notebook == nil, let first, ["# ---", "# %%", "#!"].contains(where: { first.starts(with: Array($0.utf8)) }) {
      return RunCommand.standardInput(options: options, after: first + [0x0A] + input.rest)
    }
    return Machine.run(maximumMemory: options.maximumMemory) {
      let session = Session(console: options.console, showsOutPrompt: false)
      if let notebook, !open(notebook, in: session) { return .usage }
      var pending = first
      return PipedCells(session) {
        defer { pending = nil }
        return (pending ?? input.next()).map { String(decoding: $0, as: UTF8.self) }
      }.run()
    }
  }
}
