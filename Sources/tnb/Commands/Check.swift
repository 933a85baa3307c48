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

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Run so many notebooks at once (default: one a processor).", valueName: "n")
  )
  var jobs: Int?

  @Option(
    help: ArgumentHelp("Stop a cell that takes longer; it fails, and those below it are not run.", valueName: "seconds")
  )
  var timeout: Double?

  @Option(name: .customLong("junit"), help: ArgumentHelp("Write a JUnit XML report as well.", valueName: "file"))
  var junitPath: String?

  @Flag(
    name: .customLong("bits"),
    help: "Compare exact values too, with the digests that `tnb update --bits` keeps in FILE.tnb.bits.")
  var comparesBits = false

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "Notebooks, or folders to search for them.")
  var paths: [String]

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a count of 1 or more, not \(jobs)") }
    if let timeout, !(timeout > 0 && timeout < 1e9) {
      throw ValidationError("--timeout takes a number of seconds, not \(timeout)")
    }
  }

  func start(with options: RunOptions) -> ExitStatus {
    var command = CheckCommand(options: options)
    command.jobs = jobs
    command.checker = Checker(timeout: timeout, comparesBits: comparesBits, permissions: options.permissions)
    command.junitPath = junitPath
    return command.run(paths)
  }
}
