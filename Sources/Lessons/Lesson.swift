import Notebook
import Shell

/// A notebook to go through: prose, then a cell, step by step.
package struct Lesson {
  /// What `tnb learn` is given: the name of a lesson that ships, or a file.
  package let name: String
  /// What its progress is kept under: the name, or the file's absolute path.
  package let key: String
  package let title: String
  /// nil for a lesson that ships.
  package let path: String?
  package let seed: UInt64?
  package let steps: [LessonStep]

  /// Throws when there is nothing to go through.
  package init(_ notebook: Notebook, name: String, key: String, path: String? = nil) throws(NotebookError) {
    self.name = name
    self.key = key
    self.path = path
    seed = notebook.header.seed
    steps = LessonStep.steps(of: notebook)
    title = notebook.header.title ?? steps.lazy.compactMap(\.heading).first ?? name
    if steps.isEmpty {
      throw NotebookError(path: path ?? name, "the notebook is empty: there is nothing to go through")
    }
  }
}

/// Some prose and the cell that follows it.
package struct LessonStep {
  /// Counted from 1.
  package let number: Int
  /// Markdown; empty where two cells stand in a row.
  package let prose: String
  /// nil for prose at the end.
  package let cell: NotebookCell?

  /// The code to run, without its recorded output.
  package var code: String? { cell.map { String(decoding: $0.source, as: UTF8.self) } }

  /// Where the prose has a heading, its first.
  package var heading: String? { MarkdownText.headings(prose).first }

  /// What `%list` calls it: the cell's name, a heading, or how the code begins.
  package var title: String {
    if let name = cell?.name, !name.isEmpty { return name }
    if let heading { return heading }
    guard let code else { return "The end" }
    return code.split(separator: "\n").first { !$0.hasPrefix("#") && !$0.hasPrefix("import ") }.map(String.init) ?? code
  }

  /// Every prose cell belongs to the code cell below it.
  static func steps(of notebook: Notebook) -> [LessonStep] {
    var steps: [LessonStep] = []
    var prose: [String] = []
    func step(_ cell: NotebookCell?) -> LessonStep {
      LessonStep(number: steps.count + 1, prose: prose.joined(separator: "\n\n"), cell: cell)
    }
    for cell in notebook.cells {
      if cell.kind == .prose {
        prose.append(cell.prose)
      } else if cell.isRunnable {
        steps.append(step(cell))
        prose = []
      }
    }
    if prose.contains(where: { !$0.isEmpty }) { steps.append(step(nil)) }
    return steps
  }
}
