import Language
import Notebook

/// Tells what a cell printed from what it displayed, which its record does not say.
struct OutputShapes {
  /// The functions and classes of the notebook that print.
  private var printing: Set<String> = ["print", "pprint", "help", "display"]

  init(_ notebook: Notebook) {
    for cell in notebook.cells where cell.isRunnable {
      guard let tree = try? Parser.parse(cell.source), let names = try? GlobalNames(tree) else { continue }
      for (function, read) in names.deferred where !read.isDisjoint(with: printing) { printing.insert(function) }
    }
  }

  /// Whether all that a cell gave is the value of its last expression: it ends in one, and names nothing that prints.
  func isResult(_ cell: NotebookCell) -> Bool {
    guard cell.isRunnable, !cell.expectsError, let tree = try? Parser.parse(cell.source), !tree.endsInSemicolon,
      case .expression? = tree.body.last?.kind, let names = try? GlobalNames(tree)
    else { return false }
    return names.mentioned.isDisjoint(with: printing)
  }
}
