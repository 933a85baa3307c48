import CKernels
import Files
import Glibc
import Tensor

/// Runs a notebook's cells from the top, in one namespace.
package struct Replay {
  package let notebook: Notebook
  package let path: String
  private let runner: CellRunner
  private let permissions: FilePermissions

  /// What became of one cell.
  package struct Result {
    /// Its index in the notebook's cells.
    package let index: Int
    package let source: CellSource
    package let records: [Record]
    package let error: CellError?
    package let seconds: Double
    /// It was interrupted because its time was up.
    package let tookTooLong: Bool
    /// Whether torch's generator moved while it ran.
    package let drewRandomNumbers: Bool
  }

  /// How a run of all cells ended.
  package enum Ending {
    case finished
    /// Ctrl-C.
    case interrupted
    /// A cell took too long; those below it did not run.
    case stopped
  }

  package init(
    _ notebook: Notebook, path: String, runner: CellRunner, permissions: FilePermissions = FilePermissions()
  ) {
    self.notebook = notebook
    self.path = path
    self.runner = runner
    self.permissions = permissions
    if let seed = notebook.header.seed { runner.seed(seed) }
  }

  /// Runs every cell that has code, whatever the ones before did, and hands over what each gave. Ctrl-C ends it early, and so
  /// does a cell that takes longer than `timeout` seconds: it leaves things half done, on which those below would build.
  ///
  /// Files are looked for from the current folder, which should be the notebook's.
  package func collect(timeout: Double? = nil, _ body: (Result) -> Void) -> Ending {
    runner.files = permissions.access()
    var output: [UInt8] = []
    runner.write = { output += $0.utf8 }
    for (index, source) in sources {
      output.removeAll(keepingCapacity: true)
      let before = Generator.global.snapshot
      let start = Self.now
      if let timeout { tnb_deadline_set(Int(max(timeout, 0.001) * 1e9)) }
      let error = runner.run(source)
      let seconds = Self.now - start
      // A cell that catches the interrupt took too long all the same.
      let tookTooLong = timeout.map { seconds > $0 } ?? false
      if timeout != nil {
        tnb_deadline_set(0)
        if tookTooLong { tnb_interrupt_set(0) }
      }
      if let error, error.isInterrupt, !tookTooLong { return .interrupted }
      let records = Record.lines(output: output, error: error?.summary)
      body(
        Result(
          index: index, source: source, records: records, error: error, seconds: seconds, tookTooLong: tookTooLong,
          drewRandomNumbers: before != Generator.global.snapshot))
      if tookTooLong { return .stopped }
    }
    return .finished
  }

  /// Seconds since some moment.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Runs the notebook as a script: prints what the cells print, and an error that its cell is recorded to raise. The first
  /// other error, or a recorded one that does not come, ends the run with a diagnostic.
  package func stream(to console: Console) -> ExitStatus {
    runner.files = permissions.access()
    defer { for note in fileNotes { console.printError("tnb: \(note)\n") } }
    runner.write = { console.printOutput($0) }
    for (index, source) in sources {
      for note in source.notes { console.printError(note) }
      let error = runner.run(source)
      console.flush()
      let expected = notebook.cells[index].recordedError
      switch (error, expected) {
      case (nil, nil):
        break
      case (let error?, let expected?) where Self.type(ofSummary: expected) == error.type:
        console.printOutput(error.summary + "\n")
        console.flush()
      case (let error?, _):
        if let code = error.exitStatus { return code }
        var text = Diagnostic.render(error)
        if let expected { text += "The cell is recorded to raise \(expected)\n" }
        console.printError(text)
        return error.isInterrupt ? .interrupted : .failure
      case (nil, let expected?):
        let line = source.line(at: 0).number
        console.printError("\(path):\(line): \(source.title) is recorded to raise, but did not: \(expected)\n")
        return .failure
      }
    }
    return .success
  }

  /// What there is to say about files after the run.
  package var fileNotes: [String] { FileNotes.lines(runner.files) }

  /// The cells that have code: their index in the notebook and their source.
  package var sources: [(index: Int, source: CellSource)] {
    var number = 0
    var result: [(index: Int, source: CellSource)] = []
    for (index, cell) in notebook.cells.enumerated() where cell.isRunnable {
      number += 1
      result.append((index, CellSource(cell, number: number, path: path)))
    }
    return result
  }

  /// `RuntimeError` of `RuntimeError: shapes differ`.
  private static func type(ofSummary summary: String) -> Substring {
    summary.prefix { $0 != ":" && $0 != "\n" }
  }
}

extension NotebookCell {
  /// The `#!` lines as one text, if the cell has any.
  package var recordedError: String? {
    let lines = records.filter { $0.kind == .error }.map(\.text)
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
