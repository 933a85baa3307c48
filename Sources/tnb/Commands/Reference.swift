import ArgumentParser
import Notebook
import Shell
import Terminal

/// `tnb reference`: prints docs/reference.md; with a page, that page with its tables of keys and commands written anew. For
/// `scripts/reference`, so help does not list it.
struct Reference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the reference page.", shouldDisplay: false)

  @Argument(help: "docs/shell.md")
  var page: String?

  func run() throws {
    let console = Console.standard()
    if let page {
      console.print(
        ShellTables.update(
          String(decoding: try readFile(page), as: UTF8.self), keys: TerminalLineSource.keyDescriptions))
    } else {
      console.print(ReferencePage.render { Interpreter() })
    }
    console.flush()
  }
}
