import Files
import Foundation
import Runtime
import XCTest

/// Files that Python wrote, and a folder of its own for what a test writes.
class FileTestCase: XCTestCase {
  private(set) var folder = ""

  override func setUpWithError() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("tnb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func fixture(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: fixtures.appendingPathComponent(name)))
  }

  /// Cells that work in a folder for real.
  func session(in folder: String) throws -> CellSession {
    var permissions = FilePermissions()
    _ = try permissions.take("--allow-write")
    return CellSession(files: try SandboxedAccess(folder: folder, permissions: permissions) { _ in true })
  }

  /// Reads the files that Python wrote.
  func fixtureSession() throws -> CellSession { try session(in: Self.fixtures.path) }
}
