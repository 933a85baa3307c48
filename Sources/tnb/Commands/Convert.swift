import ArgumentParser
import Convert
import Notebook

/// `tnb convert IN OUT`.
struct ConvertNotebook: FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert between .tnb, .ipynb, .py, .md and .html.",
    discussion: """
      The endings of the names say from what to what. No cell is run. What the other format cannot hold is listed, with its \
      place, on standard error. Images of outputs and prose go into a folder OUT_files, or into the page or notebook itself.

      A .py script runs under Python with PyTorch and prints what the notebook prints. An .html page needs nothing else and \
      holds the notebook as well. A .tnb notebook converted to .ipynb, .py or .html and back is the same file.
      """)

  @Flag(name: .shortAndLong, help: "Overwrite what is there.")
  var force = false

  @Argument(help: ArgumentHelp("The notebook to read.", valueName: "in"))
  var input: String

  @Argument(help: ArgumentHelp("The notebook to write.", valueName: "out"))
  var output: String

  func start(console: Console) -> ExitStatus {
    do throws(NotebookError) {
      for note in try Converter(overwrites: force).convert(input, to: output) { console.printError("\(note)\n") }
      return .success
    } catch {
      console.printError("tnb: \(error.description)\n")
      return .usage
    }
  }
}
