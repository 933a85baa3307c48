import Files
import Glibc

/// Runs a notebook and compares what its cells give with what it records.
package struct Checker {
  /// How long a cell may take, in seconds; nil: for ever.
  package var timeout: Double?
  /// Whether values have to be the recorded ones to the last bit.
  package var comparesBits = false

  /// What the notebook may do with files.
  package var permissions: FilePermissions

  package init(
    timeout: Double? = nil, comparesBits: Bool = false, permissions: FilePermissions = FilePermissions()
  ) {
    self.permissions = permissions
    self.timeout = timeout
    self.comparesBits = comparesBits
  }

  package func check(_ path: String, runner makeRunner: () -> CellRunner) -> FileReport {
    var report = FileReport(path: path)
    let notebook: Notebook
    do throws(NotebookError) {
      notebook = try Notebook(readFile(path), path: path)
    } catch {
      report.error = error
      return report
    }
    var bits: BitsFile?
    if comparesBits {
      let file = BitsFile.path(of: path)
      do throws(NotebookError) {
        bits = try BitsFile(readFile(file), path: file)
      } catch {
        report.error = error
        if access(file, F_OK) != 0 {
          report.error?.message = "no digests are recorded; `tnb update --bits \(path)` does"
        }
        return report
      }
    }
    let runner = makeRunner()
    let replay = Replay(notebook, path: path, runner: runner, permissions: permissions)
    report.cells = replay.sources.map {
      FileReport.Cell(title: $0.source.title, line: $0.source.line(at: 0).number, outcome: .notRun)
    }
    report.notes = replay.sources.flatMap(\.source.notes)
    var results: [Replay.Result] = []
    var recorder = BitsRecorder()
    let ending = inFolder(of: path) {
      replay.collect(timeout: timeout) { result in
        report.cells[results.count].seconds = result.seconds
        report.cells[results.count].outcome = outcome(of: result, expected: notebook.cells[result.index].records)
        results.append(result)
        guard let bits else { return }
        recorder.add(result, runner)
        if case .passed = report.cells[results.count - 1].outcome,
          let differences = differences(of: recorder.cells.last!, from: bits, at: results.count - 1)
        {
          report.cells[results.count - 1].outcome = .failed(.bits(differences))
        }
      }
    }
    report.isInterrupted = ending == .interrupted
    report.fileNotes = replay.fileNotes
    report.diagnosis = DriftDiagnosis(notebook, results, report.cells).lines
    if let bits, bits.machine != BitsFile.thisMachine, report.failed > 0 {
      report.diagnosis.append("the bits were recorded on \(bits.machine); this is \(BitsFile.thisMachine)")
    }
    return report
  }

  /// nil when nothing differs.
  private func differences(of cell: BitsFile.Cell, from bits: BitsFile, at index: Int) -> [String]? {
    guard let recorded = bits.recorded(for: cell, at: index) else { return [] }
    let names = cell.differences(from: recorded)
    return names.isEmpty ? nil : names
  }

  private func outcome(of result: Replay.Result, expected: [Record]) -> FileReport.Outcome {
    if result.tookTooLong { return .failed(.tookTooLong(limit: timeout ?? 0)) }
    guard !Comparison.matches(expected: expected, actual: result.records) else { return .passed }
    return .failed(
      .differs(
        RecordDiff(expected: expected, actual: result.records),
        diagnostic: result.error.map { Diagnostic.render($0) }))
  }
}
