import Files
import Glibc
import Notebook

/// The command lines that only run code, recognised without a parser: `tnb FILE`, `tnb -c CODE`, `tnb -`, and `tnb` alone.
enum QuickStart {
  /// nil when the arguments are for `RootCommand`.
  static func run(_ arguments: ArraySlice<String>) -> ExitStatus? {
    var permissions = FilePermissions()
    var rest: [String] = []
    for argument in arguments {
      do throws(FileError) {
        // What is wrong with an option is RootCommand's to say.
        if try !permissions.take(argument) { rest.append(argument) }
      } catch {
        return nil
      }
    }
    let arguments = rest[...]
    let options = RunOptions(permissions: permissions, console: .standard()) { Interpreter() }
    guard let first = arguments.first else { return ShellCommand.run(options: options) }
    switch (first, arguments.count) {
    case ("-", 1):
      return RunCommand.standardInput(options: options)
    case ("-c", 2):
      return RunCommand.code(arguments.last!, options: options)
    case (_, 1) where !first.hasPrefix("-") && !RootCommand.subcommandNames.contains(first):
      return RunCommand.file(first, options: options)
    default:
      return nil
    }
  }
}
