import ArgumentParser
import Notebook

/// `tnb update FILE...`.
struct Update: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Run notebooks and rewrite their recorded outputs in place.",
    discussion: "Only #> and #! lines change. A cell that raises records its error, and the run goes on.")

  @Flag(name: .shortAndLong, help: "Show what each cell would record, and ask.")
  var interactive = false

  @Flag(name: .customLong("bits"), help: "Keep digests of exact values in FILE.tnb.bits, for `tnb check --bits`.")
  var recordsBits = false

  @Flag(name: .shortAndLong, help: "Overwrite a file that changed on disk while it ran.")
  var force = false

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "The notebooks to rewrite.")
  var files: [String]

  func start(with options: RunOptions) -> ExitStatus {
    var command = UpdateCommand(options: options)
    command.updater = Updater(overwrites: force, recordsBits: recordsBits, permissions: options.permissions)
    command.asks = interactive
    return command.run(files)
  }
}
