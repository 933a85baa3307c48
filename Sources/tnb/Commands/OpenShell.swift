import ArgumentParser
import Notebook

/// `tnb shell [FILE]`: as `tnb` alone, or with a notebook to go on with.
struct OpenShell: NotebookCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "Open the shell, as tnb without arguments does, or a notebook in it.",
    discussion: """
      The notebook's cells run, unseen, and are the session's cells: %cells lists them, %save writes them back. A name that is \
      no file yet is that of a new notebook.
      """)

  @OptionGroup var memory: MemoryOptions

  @Argument(help: "A notebook to go on with.")
  var file: String?

  func start(with options: RunOptions) -> ExitStatus { ShellCommand.run(options: options, notebook: file) }
}
