import ArgumentParser
import Notebook

/// `tnb shell`: as `tnb` alone.
struct OpenShell: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "Open the shell, as tnb without arguments does.")

  @OptionGroup var memory: MemoryOptions

  @Argument(help: ArgumentHelp("A notebook to go on with.", visibility: .hidden))
  var file: String?

  func validate() throws {
    if let file {
      throw ValidationError(
        "`tnb shell \(file)` is not available in this version of tnb; open the shell and give it `%run \(file)`")
    }
  }

  func start(with options: RunOptions) -> ExitStatus { ShellCommand.run(options: options) }
}
