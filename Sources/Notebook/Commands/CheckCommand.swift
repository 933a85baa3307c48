import CKernels

/// `tnb check PATH...`: files run side by side, each in a process of its own.
package enum CheckCommand {
  package static func run(_ paths: [String], options: RunOptions) -> ExitStatus {
    let files: [String]
    do throws(NotebookError) {
      files = try notebookFiles(at: paths)
    } catch {
      options.console.printError("tnb: \(error.description)\n")
      return .usage
    }
    guard !files.isEmpty else {
      options.console.printError("tnb: no .tnb file in \(paths.joined(separator: ", "))\n")
      return .usage
    }
    var passed = 0
    var failed = 0
    var code = ExitStatus.success
    let atOnce = min(files.count, Workers.processorCount)
    Workers.run(count: files.count, atOnce: atOnce) { index in
      check(files[index], options: options, atOnce: atOnce)
    } finished: { index, outcome in
      if let signal = outcome.signal {
        let interrupted = signal == 2
        options.console.print(
          "\(files[index]): \(interrupted ? "interrupted" : "the run crashed (signal \(signal))")\n")
        if interrupted { code = .interrupted } else { failed += 1 }
      } else if outcome.numbers.count == 3 {
        passed += outcome.numbers[0]
        failed += outcome.numbers[1]
        let own = ExitStatus(rawValue: Int32(truncatingIfNeeded: outcome.numbers[2])) ?? .failure
        // A file that cannot be read goes to standard error, as with every command.
        own == .usage ? options.console.printError("tnb: " + outcome.text) : options.console.print(outcome.text)
        if own.rawValue > code.rawValue { code = own }
      } else {
        options.console.print("\(files[index]): the run ended without a report\n")
        failed += 1
      }
    }
    options.console.print("\(passed) passed, \(failed) failed\n")
    options.console.flush()
    return code == .success && failed > 0 ? .failure : code
  }

  private static func check(
    _ path: String, options: RunOptions, atOnce: Int
  ) -> (text: String, numbers: [Int]) {
    var report = FileReport()
    _ = Machine.run(maximumMemory: options.maximumMemory, atOnce: atOnce) {
      report = Checker.check(path, permissions: options.permissions, runner: options.makeRunner)
      return .success
    }
    let code: ExitStatus =
      report.isInterrupted ? .interrupted : report.error != nil ? .usage : report.failures.isEmpty ? .success : .failure
    return (report.rendered(path: path), [report.passed, report.failures.count, Int(code.rawValue)])
  }
}
