import CKernels
import Glibc

/// `tnb update FILE...`: runs notebooks and rewrites what they record.
package struct UpdateCommand {
  package var updater = Updater()
  /// Asks for each cell that gave something else.
  package var asks = false

  private let options: RunOptions

  package init(options: RunOptions) { self.options = options }

  package func run(_ paths: [String]) -> ExitStatus {
    if asks, isatty(0) == 0 || isatty(1) == 0 {
      options.console.printError(
        "tnb: update -i asks at a terminal, and there is none; without -i it records what every cell gives\n")
      return .usage
    }
    var status = ExitStatus.success
    // One after another: a notebook may read what the one before it wrote.
    for path in paths {
      let (own, goesOn) = update(path)
      if own.rawValue > status.rawValue { status = own }
      if !goesOn { break }
    }
    options.console.flush()
    return status
  }

  private func update(_ path: String) -> (ExitStatus, goesOn: Bool) {
    var result = (ExitStatus.failure, goesOn: true)
    options.console.flush()
    Workers.run(count: 1, atOnce: 1) { _ in
      job(path)
    } finished: { _, outcome in
      switch outcome {
      case .report(let report):
        options.console.print(report.text)
        if !report.errors.isEmpty { options.console.printError(report.errors) }
        result = (ExitStatus(rawValue: Int32(report.numbers[0])) ?? .failure, report.numbers[1] == 1)
      case .crash(let signal, _):
        let how = signal.map { "the run crashed (signal \($0))" } ?? "the run ended without a report"
        options.console.printError("tnb: \(path): \(how); the file is as it was\n")
      }
    }
    return result
  }

  private func job(_ path: String) -> Workers.Report {
    var run: Updater.Run?
    var failure: NotebookError?
    _ = Machine.run(maximumMemory: options.maximumMemory) {
      do throws(NotebookError) {
        run = try updater.run(path, runner: options.makeRunner)
      } catch {
        failure = error
      }
      return .success
    }
    guard let run else { return Self.report(failure ?? NotebookError(path: path, "cannot be run")) }
    let notes = run.report.notes.joined()
    let interrupted = Workers.Report(
      errors: "\(notes)tnb: \(path): interrupted; the file is as it was\n",
      numbers: [Int(ExitStatus.interrupted.rawValue), 0])
    if run.report.isInterrupted { return interrupted }
    var questions = UpdateQuestions(console: options.console)
    if asks, !questions.ask(about: run.changes, path: path) { return interrupted }
    do throws(NotebookError) {
      let report = try updater.write(run, keeping: questions.kept)
      var text = "\(path): \(report.cells) \(report.cells == 1 ? "cell" : "cells"), \(report.changed) changed"
      if !questions.kept.isEmpty { text += ", \(questions.kept.count) kept" }
      text += report.raised > 0 ? ", \(report.raised) raised\n" : "\n"
      for note in report.fileNotes { text += "  \(note)\n" }
      return Workers.Report(text: text, errors: notes, numbers: [0, questions.isOver ? 0 : 1])
    } catch {
      return Self.report(error)
    }
  }

  private static func report(_ error: NotebookError) -> Workers.Report {
    var error = error
    if error.message.hasPrefix("changed on disk") { error.message += " (--force overwrites it)" }
    return Workers.Report(errors: "tnb: \(error.description)\n", numbers: [Int(ExitStatus.usage.rawValue), 1])
  }
}
