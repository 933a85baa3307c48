import Files

/// What checking one file gave.
package struct FileReport {
  package var passed = 0
  package var failures: [CellFailure] = []
  /// The file could not be read.
  package var error: NotebookError?
  package var isInterrupted = false
  /// What was written and not kept.
  package var fileNotes: [String] = []

  /// A cell whose output is not what the file records.
  package struct CellFailure {
    /// `cell 3 "weights"`.
    package let title: String
    /// Of the cell's first line of code.
    package let line: Int
    package let diff: RecordDiff
    /// Where the error that was not expected came from.
    package let diagnostic: String?
  }

  /// A line for the file, then what differs.
  package func rendered(path: String) -> String {
    if let error { return "\(error.description)\n" }
    if isInterrupted { return "\(path): interrupted\n" }
    let total = passed + failures.count
    let notes = fileNotes.map { "  \($0)\n" }.joined()
    guard !failures.isEmpty else { return "\(path): \(total) \(total == 1 ? "cell" : "cells") passed\n" + notes }
    var text = "\(path): \(failures.count) of \(total) \(total == 1 ? "cell" : "cells") failed\n"
    for failure in failures {
      text += "  \(path):\(failure.line): \(failure.title) differs (- recorded, + now)\n"
      text += failure.diff.rendered(indent: "    ")
      if let diagnostic = failure.diagnostic {
        for line in diagnostic.split(separator: "\n").dropFirst() { text += "    \(line)\n" }
      }
    }
    return text + notes
  }
}

/// Runs a notebook and compares what its cells give with what it records.
package enum Checker {
  package static func check(
    _ path: String, permissions: FilePermissions = FilePermissions(), runner: () -> CellRunner
  ) -> FileReport {
    var report = FileReport()
    let notebook: Notebook
    do throws(NotebookError) {
      notebook = try Notebook(readFile(path), path: path)
    } catch {
      report.error = error
      return report
    }
    let replay = Replay(notebook, path: path, runner: runner(), permissions: permissions)
    report.isInterrupted = !inFolder(of: path) {
      replay.collect { result in
        let expected = notebook.cells[result.index].records
        if Comparison.matches(expected: expected, actual: result.records) {
          report.passed += 1
        } else {
          report.failures.append(failure(of: result, expected: expected))
        }
      }
    }
    report.fileNotes = replay.fileNotes
    return report
  }

  private static func failure(of result: Replay.Result, expected: [Record]) -> FileReport.CellFailure {
    FileReport.CellFailure(
      title: result.source.title, line: result.source.line(at: 0).number,
      diff: RecordDiff(expected: expected, actual: result.records),
      diagnostic: result.error.map { Diagnostic.render($0) })
  }
}
