import Notebook
import Runtime
import Shell

/// The lessons that ship, in the order in which they are meant. Their notebooks stand in docs/lessons.
package enum LessonLibrary {
  /// A lesson's text, in the binary.
  package struct Entry {
    package let name: String
    let bytes: () -> [UInt8]

    /// Read when it is asked for.
    package var lesson: Lesson? { try? Lesson(Notebook(bytes(), path: name), name: name, key: name) }
  }

  package static let entries: [Entry] = [
    Entry(name: "linear-regression", bytes: { PackageResources.linear_regression_tnb }),
    Entry(name: "tensors", bytes: { PackageResources.tensors_tnb }),
    Entry(name: "gradients", bytes: { PackageResources.gradients_tnb }),
  ]

  /// The lesson that an argument means: a name, or a notebook's file.
  package static func lesson(_ argument: String) throws(NotebookError) -> Lesson {
    if let entry = entries.first(where: { $0.name == argument }) {
      return try Lesson(Notebook(entry.bytes(), path: argument), name: argument, key: argument)
    }
    guard argument.contains("/") || argument.hasSuffix(".tnb") else {
      let near = NearName.nearest(to: argument, among: entries.map(\.name))
      let hint = near.map { "; did you mean \($0)?" } ?? "; `tnb learn` lists them, and a file's name ends in .tnb"
      throw NotebookError(path: argument, "there is no lesson of this name" + hint)
    }
    let path = UserFiles.expanded(argument)
    let notebook = try Notebook(readFile(path), path: path)
    return try Lesson(notebook, name: argument, key: UserFiles.absolute(path), path: path)
  }
}
