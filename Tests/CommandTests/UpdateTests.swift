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

  func testWhatSomebodyTypedMeanwhileStays() throws {
    try write("import time\ntime.sleep(1)\n1\n#> 2\n")
    let theirs = "mine\n"
    let result = try Command.run(["update", "a.tnb"], folder: folder) { _ in
      Thread.sleep(forTimeInterval: 0.4)
      try? write(theirs)
    }
    XCTAssertEqual(result.status, 2)
    XCTAssertEqual(
      result.errors, "tnb: a.tnb: changed on disk since it was read; nothing was written (--force overwrites it)\n")
    XCTAssertEqual(try contents(), theirs)

    try write("import time\ntime.sleep(1)\n1\n#> 2\n")
    let forced = try Command.run(["update", "--force", "a.tnb"], folder: folder) { _ in
      Thread.sleep(forTimeInterval: 0.4)
      try? write(theirs)
    }
    XCTAssertEqual(forced.status, 0, forced.errors)
    XCTAssertEqual(try contents(), "import time\ntime.sleep(1)\n1\n#> 1\n")
  }

  func testQuestionsNeedATerminal() throws {
    try write("1\n")
    let result = try tnb("update", "-i", "a.tnb", input: "y\n")
    XCTAssertEqual(result.status, 2)
    XCTAssert(result.errors.hasPrefix("tnb: update -i asks at a terminal, and there is none"), result.errors)
    XCTAssertEqual(try contents(), "1\n")
  }

  private let drifted = "# %%\n1\n#> 2\n# %%\n3\n#> 3\n# %% two\n2\n#> 3\n# %%\n4\n"

  private func answer(_ answers: [String], files: [String] = ["a.tnb"]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      [Command.path, "update", "-i"] + files, environment: ["TERM": "xterm"], folder: folder, columns: 80, rows: 40)
    for (i, answer) in answers.enumerated() {
      XCTAssert(
        terminal.wait { $0.transcript.components(separatedBy: "[y,n,a,q,?]?").count == i + 2 },
        terminal.screen.transcript)
      terminal.type(answer)
    }
    return terminal
  }

  func testEachCellIsAskedAbout() throws {
    try write(drifted)
    let terminal = try answer(["y\r", "?\r", "n\r", "yes\r"])
    XCTAssertEqual(terminal.waitForEnd(), 0)
    XCTAssertEqual(try contents(), "# %%\n1\n#> 1\n# %%\n3\n#> 3\n# %% two\n2\n#> 3\n# %%\n4\n#> 4\n")
    let text = terminal.screen.transcript
    XCTAssert(text.contains("a.tnb:8: cell 3 \"two\" (- recorded, + now)\n  - #> 3\n  + #> 2\nRecord it (2/3)"), text)
    XCTAssert(text.contains("n  keep what is recorded"), text)
    XCTAssert(text.contains("a.tnb: 4 cells, 2 changed, 1 kept"), text)
  }

  func testAllAndQuit() throws {
    try write(drifted)
    XCTAssertEqual(try answer(["a\r"]).waitForEnd(), 0)
    XCTAssertEqual(try tnb("check", "a.tnb").status, 0)

    try write(drifted)
    try write(drifted, to: "b.tnb")
    XCTAssertEqual(try answer(["y\r", "q\r"], files: ["a.tnb", "b.tnb"]).waitForEnd(), 0)
    XCTAssertEqual(try contents(), drifted.replacingOccurrences(of: "1\n#> 2", with: "1\n#> 1"))
    XCTAssertEqual(try contents(of: "b.tnb"), drifted)

    XCTAssertEqual(try answer(["\u{4}"], files: ["b.tnb"]).waitForEnd(), 0, "Ctrl-D is q")
    XCTAssertEqual(try answer(["a\r", "\u{3}"], files: ["a.tnb", "b.tnb"]).waitForEnd(), 130, "Ctrl-C")
    XCTAssertEqual(try contents(of: "b.tnb"), drifted)
  }
}
