import ArgumentParser
import Files
import Notebook

/// The whole command line. What runs code and nothing else goes by way of `QuickStart`, which must understand the same.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tnb",
    abstract: "A notebook shell for tensors: type cells, and run, check, update and convert .tnb notebooks.",
    usage: """
      tnb
      tnb shell FILE.tnb
      tnb learn [LESSON]
      tnb FILE.tnb
      tnb check PATH...
      tnb update FILE...
      tnb convert IN OUT
      tnb -c CODE
      tnb -
      """,
    discussion: """
      Without arguments tnb opens the shell; when standard input is no terminal, it runs what comes from there as if it were
      typed, without prompts.

      A .tnb notebook is a plain text script. Its cells start with `# %%`; what a cell printed stands below it in `#>` \
      lines, the error it raised in `#!` lines. Cells are written in a subset of Python with PyTorch's functions at hand.

      `--max-memory SIZE` (512M, 4G) raises MemoryError in a cell that makes the process larger; without it the limit is \
      most of what the machine has free.

      A notebook that is run from a file touches its folder alone. It reads what is there and below; what it writes is dropped
      at the end. `--allow-write` writes for real, `--allow-read=DIR` and `--allow-write=DIR` add folders.

      Exit codes: 0 success; 1 a cell failed or its output differs; 2 wrong usage or a file that cannot be read.
      """,
    version: version,
    subcommands: [
      Replay.self, Check.self, Update.self, OpenShell.self, Learn.self, ConvertNotebook.self, Reference.self,
    ],
    defaultSubcommand: Replay.self)

  /// The words that are commands; a file of such a name is given as `./check`.
  static let subcommandNames: Set<String> = ["check", "update", "shell", "learn", "convert", "help", "reference"]

  /// Parses the process's arguments and runs what they ask for.
  static func execute() -> ExitStatus {
    do {
      var permissions = FilePermissions()
      var arguments: [String] = []
      for argument in CommandLine.arguments.dropFirst() where try !permissions.takeOption(argument) {
        arguments.append(argument)
      }
      var command = try parseAsRoot(arguments)
      if let command = command as? FileCommand { return command.start(console: .standard()) }
      guard let runnable = command as? NotebookCommand else {
        try command.run()
        return .success
      }
      return runnable.start(
        with: RunOptions(
          maximumMemory: runnable.memory.maximum, permissions: permissions, console: .standard()
        ) { Interpreter() })
    } catch {
      let console = Console.standard()
      let isHelp = exitCode(for: error).isSuccess
      if isHelp {
        console.print(fullMessage(for: error) + "\n")
        console.flush()
        return .success
      }
      console.printError("tnb: \(message(for: error))\nSee `tnb --help`.\n")
      return .usage
    }
  }
}

/// A command that reads and writes files and runs nothing.
protocol FileCommand: ParsableCommand {
  func start(console: Console) -> ExitStatus
}

extension FilePermissions {
  /// As `take`, with an error for the command line. The parser knows no option that may have a value and need not.
  fileprivate mutating func takeOption(_ argument: String) throws -> Bool {
    if argument == "--allow-read" {
      throw ValidationError("--allow-read needs a folder: --allow-read=DIR")
    }
    do throws(FileError) {
      return try take(argument)
    } catch {
      throw ValidationError("\(argument): \(error.text)")
    }
  }
}

/// A command that runs cells.
protocol NotebookCommand: ParsableCommand {
  var memory: MemoryOptions { get }
  func start(with options: RunOptions) -> ExitStatus
}

struct MemoryOptions: ParsableArguments {
  @Option(
    name: .customLong("max-memory"),
    help: ArgumentHelp(
      "Raise MemoryError in a cell that makes the process larger than this, such as 512M or 4G.", valueName: "size"),
    transform: { text in
      guard let bytes = Machine.bytes(ofSize: text) else {
        throw ValidationError("'\(text)' is no size; write it like 512M or 4G")
      }
      return bytes
    })
  var maximum: Int?
}
