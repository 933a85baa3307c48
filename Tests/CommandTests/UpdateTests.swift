import Foundation
import XCTest

final class UpdateTests: CommandTestCase {
  func testOnlyRecordsChange() throws {
    let before = """
      # ---
      # tnb: 1
      # ---

      # %% [markdown]
      # Prose  \n
      # %% sum
      x = 1  \nx + 1
      #> 3


      # %%
      print("kept")
      1 / 0

      # %%
      x
      """
    let after = """
      # ---
      # tnb: 1
      # ---

      # %% [markdown]
      # Prose  \n
      # %% sum
      x = 1  \nx + 1
      #> 2


      # %%
      print("kept")
      1 / 0
      #> kept
      #! ZeroDivisionError: division by zero

      # %%
      x
      #> 1
      """
    try write(before)
    let result = try tnb("update", "a.tnb")
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(result.output, "a.tnb: 3 cells, 3 changed, 1 raised\n")
    XCTAssertEqual(try contents(), after)

    XCTAssertEqual(try tnb("check", "a.tnb").status, 0)
    let date = try modificationDate()
    XCTAssertEqual(try tnb("update", "a.tnb").output, "a.tnb: 3 cells, 0 changed, 1 raised\n")
    XCTAssertEqual(try contents(), after, "updating is idempotent")
    XCTAssertEqual(try modificationDate(), date, "an unchanged file is not written")
  }

  private func modificationDate() throws -> Date? {
    let path = folder.appendingPathComponent("a.tnb").path
    return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  func testLineEndingsStay() throws {
    try write("# %%\r\n1\r\n#> 2\r\n")
    XCTAssertEqual(try tnb("update", "a.tnb").status, 0)
    XCTAssertEqual(try contents(), "# %%\r\n1\r\n#> 1\r\n")
  }

  func testLinksAndModesStay() throws {
    try write("1\n", to: "real.tnb")
    let real = folder.appendingPathComponent("real.tnb")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real.path)
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("link.tnb"), withDestinationURL: real)
    XCTAssertEqual(try tnb("update", "link.tnb").status, 0)
    XCTAssertEqual(try contents(of: "real.tnb"), "1\n#> 1\n")
    let mode = try FileManager.default.attributesOfItem(atPath: real.path)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o640)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted(), ["link.tnb", "real.tnb"])
  }

  func testInterruptLeavesTheFileAlone() throws {
    let text = "1\n#> 2\nwhile True:\n    pass\n"
    try write(text)
    let result = try Command.run(["update", "a.tnb"], folder: folder) { process in
      Thread.sleep(forTimeInterval: 0.5)
      let path = "/proc/\(process.processIdentifier)/task/\(process.processIdentifier)/children"
      for child in ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ") {
        if let child = pid_t(child) { kill(child, SIGINT) }
      }
    }
    XCTAssertEqual(result.status, 130)
    XCTAssertEqual(try contents(), text)
  }
}
