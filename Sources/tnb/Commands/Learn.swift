import ArgumentParser
import Lessons
import Notebook

/// `tnb learn [NAME|FILE.tnb]`.
struct Learn: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Go through a lesson in the shell; without a name, list the lessons.",
    discussion: """
      A lesson is a notebook: its prose is shown step by step, and each cell stands ready to be read, changed and run. The \
      place is kept. Any notebook can be gone through.
      """)

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "A lesson's name, or a notebook.")
  var lesson: String?

  func start(with options: RunOptions) -> ExitStatus {
    guard let lesson else { return ShellCommand.listLessons(options: options) }
    do throws(NotebookError) {
      return ShellCommand.learn(try LessonLibrary.lesson(lesson), options: options)
    } catch {
      options.console.printError("tnb: \(error.description)\n")
      return .usage
    }
  }
}
