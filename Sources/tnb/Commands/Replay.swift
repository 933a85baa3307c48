import ArgumentParser
import Notebook

/// `tnb FILE`, `tnb -c CODE`, `tnb -`.
struct Replay: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a notebook's cells in order.", shouldDisplay: false)

  @Option(name: .customShort("c"), help: ArgumentHelp("Run one cell given as text.", valueName: "code"))
  var code: String?

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "The notebook; - reads standard input.")
  var file: String?

  func validate() throws {
    if code != nil, let file { throw ValidationError("-c takes the whole cell; '\(file)' is left over") }
  }

  func start(with options: RunOptions) -> ExitStatus {
    if let code { return RunCommand.code(code, options: options) }
    guard let file else { return ShellCommand.run(options: options) }
    if file == "-" { return RunCommand.standardInput(options: options) }
    return RunCommand.file(file, options: options)
  }
}
