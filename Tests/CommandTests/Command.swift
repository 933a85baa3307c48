import Foundation
import XCTest

/// The built binary, run as a user runs it.
struct Command {
  struct Result {
    let output: String
    let errors: String
    /// The exit code, or minus the signal that ended the process.
    let status: Int32
    let seconds: Double
  }

  /// `tnb`, beside the test bundle.
  static let path: String = {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appendingPathComponent("tnb").path
  }()

  /// Runs to the end; `started` is called with the process while it runs.
  static func run(
    _ arguments: [String], input: String? = nil, folder: URL? = nil, started: (Process) -> Void = { _ in }
  ) throws -> Result {
    let work = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: work) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    let files = ["in", "out", "err"].map { work.appendingPathComponent($0) }
    try Data((input ?? "").utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    let start = Date()
    try process.run()
    started(process)
    process.waitUntilExit()
    return Result(
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self),
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      seconds: Date().timeIntervalSince(start))
  }

  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// A test with a folder of its own for notebooks.
class CommandTestCase: XCTestCase {
  private(set) var folder: URL!

  override func setUpWithError() throws { folder = try Command.temporaryFolder() }
  override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to name: String = "a.tnb") throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func contents(of name: String = "a.tnb") throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  func tnb(_ arguments: String..., input: String? = nil) throws -> Command.Result {
    try Command.run(arguments, input: input, folder: folder)
  }
}
