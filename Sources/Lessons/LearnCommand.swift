import Files
import Notebook
import Shell

/// `tnb learn [NAME|FILE.tnb]`, and `%learn` in the shell.
package enum LearnCommand {
  /// Lists the lessons.
  package static func list(console: Console, width: Int, _ palette: Palette) -> ExitStatus {
    console.print(LessonList.text(.standard(), width: width, palette))
    console.flush()
    return .success
  }

  /// Goes through a lesson. One from a file may do with files what a replay of it may do.
  package static func run(
    _ lesson: Lesson, session: Session, lines: LineSource, permissions: FilePermissions = FilePermissions(),
    progress: LessonProgress = .standard()
  ) -> ExitStatus {
    let walkthrough = Walkthrough(lesson, session: session, lines: lines, progress: progress)
    guard let path = lesson.path else { return walkthrough.run() }
    return inFolder(of: path) {
      session.files = permissions.access()
      defer { for note in FileNotes.lines(session.files) { session.printError("tnb: \(note)\n") } }
      return walkthrough.run()
    }
  }

  /// Lets a session begin lessons with `%learn`. A lesson is a session within it: variables, cells and random numbers are then
  /// as before.
  package static func install(in session: Session, progress: @escaping () -> LessonProgress = LessonProgress.standard) {
    // A variable, as the compiler crashes on a throwing closure that is assigned directly.
    let start: (String?) throws(CommandError) -> Void = { [unowned session] (name: String?) throws(CommandError) in
      guard let name else {
        return session.print(LessonList.text(progress(), width: session.lines?.width ?? 80, session.palette))
      }
      guard let lines = session.lines, session.isInteractive else { throw CommandError("a lesson needs a terminal") }
      let lesson: Lesson
      do throws(NotebookError) {
        lesson = try LessonLibrary.lesson(name)
      } catch {
        throw CommandError(error.description)
      }
      session.print("\n")
      session.apart {
        let inner = Session(
          console: session.console, palette: session.palette, history: session.history, settings: session.settings)
        inner.reset()
        _ = run(lesson, session: inner, lines: lines, progress: progress())
      }
      session.print(session.palette.paint("Back in the shell.", .quiet) + "\n")
    }
    session.startLesson = start
    session.lessonNames = { LessonLibrary.entries.map(\.name) }
  }
}
