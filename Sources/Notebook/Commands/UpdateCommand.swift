/// `tnb update FILE...`: runs notebooks and rewrites what they record.
package enum UpdateCommand {
  package static func run(_ paths: [String], options: RunOptions) -> ExitStatus {
    var code = ExitStatus.success
    // One after another: a notebook may read what the one before it wrote.
    Workers.run(count: paths.count, atOnce: 1) { index in
      update(paths[index], options: options)
    } finished: { index, outcome in
      if let signal = outcome.signal {
        options.console.printError("tnb: \(paths[index]): the run crashed (signal \(signal)); the file is as it was\n")
        if code == .success { code = .failure }
        return
      }
      let own = outcome.numbers.first.flatMap { ExitStatus(rawValue: Int32(truncatingIfNeeded: $0)) } ?? .failure
      own == .success ? options.console.print(outcome.text) : options.console.printError(outcome.text)
      if own.rawValue > code.rawValue { code = own }
    }
    options.console.flush()
    return code
  }

  private static func update(_ path: String, options: RunOptions) -> (text: String, numbers: [Int]) {
    var text = ""
    let code = Machine.run(maximumMemory: options.maximumMemory) {
      do throws(NotebookError) {
        let report = try Updater.update(path, permissions: options.permissions, runner: options.makeRunner)
        if report.isInterrupted {
          text = "tnb: \(path): interrupted; the file is as it was\n"
          return .interrupted
        }
        text = "\(path): \(report.cells) \(report.cells == 1 ? "cell" : "cells"), \(report.changed) changed"
        text += report.raised > 0 ? ", \(report.raised) raised\n" : "\n"
        for note in report.fileNotes { text += "  \(note)\n" }
        return .success
      } catch {
        text = "tnb: \(error.description)\n"
        return .usage
      }
    }
    return (text, [Int(code.rawValue)])
  }
}
