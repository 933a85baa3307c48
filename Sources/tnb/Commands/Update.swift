import ArgumentParser
import Notebook

/// `tnb update FILE...`.
struct Update: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Run notebooks and rewrite their recorded outputs in place.",
    discussion: "Only #> and #! lines change. A cell that raises records its error, and the run goes on.")

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "The notebooks to rewrite.")
  var files: [String]

  func start(with options: RunOptions) -> ExitStatus { UpdateCommand.run(files, options: options) }
}
