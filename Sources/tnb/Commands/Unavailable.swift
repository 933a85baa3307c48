import ArgumentParser

// Commands that later versions bring. They are known by name so that nobody takes them for files.

struct Learn: UnavailableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Interactive lessons (not available in this version).")
  @Argument(parsing: .allUnrecognized) var rest: [String] = []
}

protocol UnavailableCommand: ParsableCommand {}

extension UnavailableCommand {
  func run() throws {
    throw ValidationError("`tnb \(Self.configuration.commandName ?? "")` is not available in this version of tnb")
  }
}
