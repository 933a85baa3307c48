import Files

/// `tnb FILE`, `tnb -c CODE` and `tnb -`: cells run as a script.
package enum RunCommand {
  /// Replays a file.
  package static func file(_ path: String, options: RunOptions) -> ExitStatus {
    do throws(NotebookError) {
      return run(try Notebook(readFile(path), path: path), path: path, options: options)
    } catch {
      return report(error, options.console)
    }
  }

  /// Runs what can be read from standard input: a notebook, or a script of one cell.
  /// `head` is what was read of it already.
  package static func standardInput(options: RunOptions, after head: [UInt8] = []) -> ExitStatus {
    let path = "<stdin>"
    do throws(NotebookError) {
      guard let bytes = readAll(from: 0) else { throw NotebookError(path: path, "cannot be read") }
      return run(try Notebook(head + bytes, path: path), path: path, options: options)
    } catch {
      return report(error, options.console)
    }
  }

  /// Runs one cell given on the command line.
  package static func code(_ code: String, options: RunOptions) -> ExitStatus {
    Machine.run(maximumMemory: options.maximumMemory) {
      let runner = options.makeRunner()
      runner.write = { options.console.printOutput($0) }
      // Whoever typed it could as well have typed it into the shell.
      runner.files = DirectAccess()
      let error = runner.run(CellSource(path: "<command>", text: Array(code.utf8)))
      options.console.flush()
      guard let error else { return .success }
      if let code = error.exitStatus { return code }
      options.console.printError(Diagnostic.render(error))
      return error.isInterrupt ? .interrupted : .failure
    }
  }

  private static func run(_ notebook: Notebook, path: String, options: RunOptions) -> ExitStatus {
    Machine.run(maximumMemory: options.maximumMemory) {
      inFolder(of: path) {
        Replay(notebook, path: path, runner: options.makeRunner(), permissions: options.permissions).stream(
          to: options.console)
      }
    }
  }

  private static func report(_ error: NotebookError, _ console: Console) -> ExitStatus {
    console.printError("tnb: \(error.description)\n")
    return .usage
  }
}

/// What every command that runs cells needs.
package struct RunOptions {
  /// In bytes; nil leaves it to the machine.
  package var maximumMemory: Int?
  /// What a replay may do with files.
  package var permissions: FilePermissions
  package var console: Console
  package var makeRunner: () -> CellRunner

  package init(
    maximumMemory: Int? = nil, permissions: FilePermissions = FilePermissions(), console: Console,
    makeRunner: @escaping () -> CellRunner
  ) {
    self.maximumMemory = maximumMemory
    self.permissions = permissions
    self.console = console
    self.makeRunner = makeRunner
  }
}
