import CKernels

/// `tnb check PATH...`: files run side by side, each in a process of its own.
package struct CheckCommand {
  /// Files that run at once; nil: as many as there are processors.
  package var jobs: Int?
  package var checker = Checker()
  /// Where the report for continuous integration goes.
  package var junitPath: String?

  private let options: RunOptions
  private var junit = JUnitReport()
  private var passed = 0
  private var failed = 0
  private var notRun = 0
  private var status = ExitStatus.success

  package init(options: RunOptions) { self.options = options }

  package mutating func run(_ paths: [String]) -> ExitStatus {
    let console = options.console
    let files: [String]
    do throws(NotebookError) {
      files = try notebookFiles(at: paths)
    } catch {
      console.printError("tnb: \(error.description)\n")
      return .usage
    }
    guard !files.isEmpty else {
      console.printError("tnb: no .tnb file in \(paths.joined(separator: ", "))\n")
      return .usage
    }
    let atOnce = min(files.count, jobs ?? Workers.processorCount)
    Workers.run(count: files.count, atOnce: atOnce) { index in
      check(files[index], atOnce: atOnce)
    } finished: { index, outcome in
      finish(files[index], outcome)
    }
    console.print("\(passed) passed, \(failed) failed\(notRun > 0 ? ", \(notRun) not run" : "")\n")
    console.flush()
    if let junitPath {
      do throws(NotebookError) {
        try replaceFile(junitPath, with: Array(junit.text.utf8))
      } catch {
        console.printError("tnb: \(error.description)\n")
        return .usage
      }
    }
    return status == .success && failed > 0 ? .failure : status
  }

  private mutating func finish(_ file: String, _ outcome: Workers.Outcome) {
    switch outcome {
    case .report(let report):
      let own = ExitStatus(rawValue: Int32(truncatingIfNeeded: report.numbers[3])) ?? .failure
      options.console.print(report.text)
      if !report.errors.isEmpty { options.console.printError(report.errors) }
      passed += report.numbers[0]
      failed += report.numbers[1]
      notRun += report.numbers[2]
      let isBroken = own == .usage || own == .interrupted
      junit.add(
        report.attachment, passed: report.numbers[0], failed: report.numbers[1], errors: isBroken ? 1 : 0,
        notRun: report.numbers[2], seconds: Double(report.numbers[4]) / 1000)
      raise(to: own)
    case .crash(let signal, let code):
      let message: String
      switch (signal, code) {
      case (2?, _): message = "interrupted"
      case (let signal?, _): message = "the run crashed (signal \(signal))"
      case (nil, Int32(tnb_deadline_status)): message = "a cell took too long and could not be stopped"
      case (nil, _): message = "the run ended without a report"
      }
      options.console.print("\(file): \(message)\n")
      junit.add(JUnitReport.broken(file, message), passed: 0, failed: 0, errors: 1, notRun: 0, seconds: 0)
      if signal == 2 { raise(to: .interrupted) } else { failed += 1 }
    }
  }

  private mutating func raise(to own: ExitStatus) {
    if own.rawValue > status.rawValue { status = own }
  }

  private func check(_ path: String, atOnce: Int) -> Workers.Report {
    var report = FileReport(path: path)
    _ = Machine.run(maximumMemory: options.maximumMemory, atOnce: atOnce) {
      report = checker.check(path, runner: options.makeRunner)
      return .success
    }
    let milliseconds = report.cells.reduce(0) { $0 + $1.seconds } * 1000
    let isBroken = report.error != nil || report.isInterrupted
    var result = Workers.Report(
      numbers: (isBroken ? [0, 0, 0] : [report.passed, report.failed, report.notRun])
        + [Int(report.status.rawValue), Int(milliseconds.rounded())])
    // A file that cannot be read goes to standard error, as with every command.
    if report.error != nil { result.errors = "tnb: " + report.rendered() } else { result.text = report.rendered() }
    result.errors += report.notes.joined()
    if junitPath != nil { result.attachment = JUnitReport.suite(report) }
    return result
  }
}
