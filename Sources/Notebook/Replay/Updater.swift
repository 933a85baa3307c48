import Files

/// Runs a notebook and rewrites what it records.
package struct Updater {
  /// Whether to overwrite a file that somebody else wrote while the notebook ran.
  package var overwrites = false
  /// Whether to record digests of exact values beside the notebook.
  package var recordsBits = false

  /// What the notebook may do with files.
  package var permissions: FilePermissions

  package init(
    overwrites: Bool = false, recordsBits: Bool = false, permissions: FilePermissions = FilePermissions()
  ) {
    self.permissions = permissions
    self.overwrites = overwrites
    self.recordsBits = recordsBits
  }

  package struct Report {
    package var cells = 0
    /// How many cells got other records than they had.
    package var changed = 0
    /// How many cells raised.
    package var raised = 0
    package var isInterrupted = false
    package var notes: [String] = []
    /// What was written and not kept.
    package var fileNotes: [String] = []
  }

  /// A cell that gave something else than the file records.
  package struct Change {
    package let index: Int
    package let source: CellSource
    package let diff: RecordDiff
  }

  /// What a run gave, before anything is written.
  package struct Run {
    package fileprivate(set) var report = Report()
    package fileprivate(set) var changes: [Change] = []
    fileprivate let path: String
    fileprivate let bytes: [UInt8]
    fileprivate let notebook: Notebook
    fileprivate var results: [(index: Int, records: [Record])] = []
    fileprivate var recorder = BitsRecorder()
  }

  package func run(_ path: String, runner makeRunner: () -> CellRunner) throws(NotebookError) -> Run {
    let bytes = try readFile(path)
    let notebook = try Notebook(bytes, path: path)
    var run = Run(path: path, bytes: bytes, notebook: notebook)
    let runner = makeRunner()
    let replay = Replay(notebook, path: path, runner: runner, permissions: permissions)
    run.report.notes = replay.sources.flatMap(\.source.notes)
    let ending = inFolder(of: path) {
      replay.collect { result in
        run.results.append((result.index, result.records))
        if result.error != nil { run.report.raised += 1 }
        if recordsBits { run.recorder.add(result, runner) }
        let old = notebook.cells[result.index].records
        guard old != result.records else { return }
        run.changes.append(
          Change(
            index: result.index, source: result.source, diff: RecordDiff(expected: old, actual: result.records)))
      }
    }
    run.report.fileNotes = replay.fileNotes
    run.report.isInterrupted = ending == .interrupted
    run.report.cells = run.results.count
    return run
  }

  /// Writes what a run gave, but for the cells that `keeping` names by their index in the notebook: they keep what they record.
  ///
  /// The file is written only when its bytes change, and left alone when the run was interrupted, or when somebody else wrote it
  /// meanwhile.
  package func write(_ run: Run, keeping: Set<Int> = []) throws(NotebookError) -> Report {
    var report = run.report
    guard !report.isInterrupted else { return report }
    var notebook = run.notebook
    for index in notebook.cells.indices where !notebook.cells[index].isRunnable {
      // Records without code are left over from a cell that was emptied.
      notebook.replaceRecords(ofCell: index, with: [])
    }
    for result in run.results where !keeping.contains(result.index) {
      if notebook.cells[result.index].records != result.records { report.changed += 1 }
      notebook.replaceRecords(ofCell: result.index, with: result.records)
    }
    let updated = notebook.bytes
    if updated != run.bytes {
      try replaceFile(run.path, with: updated, overwriting: overwrites ? .always : .unchanged(since: run.bytes))
    }
    if recordsBits {
      let file = BitsFile(machine: BitsFile.thisMachine, cells: run.recorder.cells)
      let name = run.path.split(separator: "/").last.map(String.init) ?? run.path
      let bytes = Array(file.text(notebook: name).utf8)
      let path = BitsFile.path(of: run.path)
      if (try? readFile(path)) != bytes { try replaceFile(path, with: bytes) }
    }
    return report
  }
}
