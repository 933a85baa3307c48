import ArgumentParser
import Notebook

/// `tnb check PATH...`.
struct Check: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Run notebooks and compare what their cells give with what they record.",
    discussion: """
      Text must be equal. A printed decimal may differ by one unit in its last digit or by 2e-6 relative; an integer, a \
      shape and a dtype may not differ. A cell with #! lines must raise just that error. The last line is the count of \
      cells: `N passed, N failed`.
      """)

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "Notebooks, or folders to search for them.")
  var paths: [String]

  func start(with options: RunOptions) -> ExitStatus { CheckCommand.run(paths, options: options) }
}
