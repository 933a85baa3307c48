import Foundation
import XCTest

/// A Python to compare with: `$TNB_PEER_PYTHON`, or `python3`. Tests that need a package which it lacks are skipped.
enum Peer {
  static let python = ProcessInfo.processInfo.environment["TNB_PEER_PYTHON"] ?? "python3"

  static func require(_ package: String) throws {
    let probe = try? run(["-c", "import \(package)"])
    guard probe?.status == 0 else { throw XCTSkip("\(python) has no \(package)") }
  }

  static func run(
    _ arguments: [String], folder: URL? = nil
  ) throws -> (output: String, errors: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    if let folder { process.currentDirectoryURL = folder }
    let work = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    let files = ["out", "err"].map { work.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (
      String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      String(decoding: try Data(contentsOf: files[1]), as: UTF8.self), process.terminationStatus
    )
  }

  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
