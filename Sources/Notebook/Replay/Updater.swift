import Files

/// Runs a notebook and rewrites what it records.
package enum Updater {
  package struct Report {
    package var cells = 0
    /// How many cells got other records than they had.
    package var changed = 0
    /// How many cells raised.
    package var raised = 0
    package var isInterrupted = false
    /// What was written and not kept.
    package var fileNotes: [String] = []
  }

  /// The file is written only when its bytes change, and left alone when the run is interrupted.
  package static func update(
    _ path: String, permissions: FilePermissions = FilePermissions(), runner: () -> CellRunner
  ) throws(NotebookError) -> Report {
    let bytes = try readFile(path)
    var notebook = try Notebook(bytes, path: path)
    var report = Report()
    var results: [(index: Int, records: [Record])] = []
    let replay = Replay(notebook, path: path, runner: runner(), permissions: permissions)
    report.isInterrupted = !inFolder(of: path) {
      replay.collect { result in
        results.append((result.index, result.records))
        if result.error != nil { report.raised += 1 }
      }
    }
    report.fileNotes = replay.fileNotes
    guard !report.isInterrupted else { return report }
    report.cells = results.count
    for index in notebook.cells.indices where !notebook.cells[index].isRunnable {
      // Records without code are left over from a cell that was emptied.
      notebook.replaceRecords(ofCell: index, with: [])
    }
    for result in results {
      if notebook.cells[result.index].records != result.records { report.changed += 1 }
      notebook.replaceRecords(ofCell: result.index, with: result.records)
    }
    let updated = notebook.bytes
    if updated != bytes { try replaceFile(path, with: updated) }
    return report
  }
}
