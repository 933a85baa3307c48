import ArgumentParser
import Notebook

/// `tnb reference`: prints docs/reference.md. For `scripts/reference`, so help does not list it.
struct Reference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the reference page.", shouldDisplay: false)

  func run() {
    let console = Console.standard()
    console.print(ReferencePage.render { Interpreter() })
    console.flush()
  }
}
