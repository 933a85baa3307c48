import Notebook

/// A notebook on its way from one format to another, with the files that it refers to.
package struct Document {
  package var notebook: Notebook
  /// Files that came with it and are to stand beside it, such as the images of its outputs.
  package var files: [File] = []
  /// What could not be kept as it was.
  package var notes: [Note] = []

  package struct File: Equatable {
    /// From the notebook's folder.
    package var path: String
    package var bytes: [UInt8]
  }

  /// Something that could not be kept, and where it stands.
  package struct Note: Equatable {
    /// Counted from 1 over all cells of the source; nil for the notebook as a whole.
    package var cell: Int?
    /// Counted from 1 within the cell.
    package var line: Int?
    package var message: String

    package init(cell: Int? = nil, line: Int? = nil, _ message: String) {
      self.cell = cell
      self.line = line
      self.message = message
    }

    /// `lesson.ipynb: cell 3, line 1: …`.
    package func description(path: String) -> String {
      var place = path
      if let cell { place += ": cell \(cell)" }
      if let line { place += ", line \(line)" }
      return "\(place): \(message)"
    }
  }
}

extension Notebook {
  /// The cells without blank lines above the first mark, which are a cell of the file and none to a reader.
  var shownCells: ArraySlice<NotebookCell> {
    guard let first = cells.first, first.mark == nil, cells.count > 1, first.lines.allSatisfy(\.text.isEmpty) else {
      return cells[...]
    }
    return cells.dropFirst()
  }
}
