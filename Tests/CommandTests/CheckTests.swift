import Foundation
import XCTest

final class CheckTests: CommandTestCase {
  func testPassingAndFailingCellsAreCounted() throws {
    try write("# %%\n1\n#> 1\n\n# %% two\n2\n#> 3\n\n# %%\n1/0\n#! ZeroDivisionError: division by zero\n")
    let result = try tnb("check", "a.tnb")
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(
      result.output,
      """
      a.tnb: 1 of 3 cells failed
        a.tnb:6: cell 2 "two" differs (- recorded, + now)
          - #> 3
          + #> 2
      2 passed, 1 failed

      """)
  }

  func testEachKindOfDriftIsFound() throws {
    let drifts = [
      "1\n#> 1.0": "int against float",
      "1\n": "output that is not recorded",
      "1;\n#> 1": "output that is gone",
      "print('a')\n#> b": "text",
      "0.1234\n#> 0.1236": "a number",
      "zeros(2).shape\n#> torch.Size([3])": "a shape",
      "zeros(2, dtype=float64)\n#> tensor([0., 0.])": "a dtype",
      "1/0\n#> 1": "an error that is not recorded",
      "1/0\n#! ValueError: division by zero": "another type of error",
      "1/0\n#! ZeroDivisionError: other": "another message",
      "1\n#> 1\n#! ZeroDivisionError: division by zero": "no error",
    ]
    for (cell, what) in drifts {
      try write("# %%\n\(cell)\n")
      let result = try tnb("check", "a.tnb")
      XCTAssertEqual(result.status, 1, what)
      XCTAssert(result.output.hasSuffix("0 passed, 1 failed\n"), "\(what): \(result.output)")
    }
  }

  func testFoldersAreSearched() throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("sub/deep"), withIntermediateDirectories: true)
    try write("1\n#> 1\n", to: "b.tnb")
    try write("1\n#> 1\n", to: "sub/deep/a.tnb")
    try write("not a notebook", to: "sub/a.txt")
    try write("not a notebook", to: ".hidden.tnb")
    let result = try tnb("check", ".", "b.tnb")
    XCTAssertEqual(result.status, 0)
    XCTAssertEqual(
      result.output,
      "./b.tnb: 1 cell passed\n./sub/deep/a.tnb: 1 cell passed\nb.tnb: 1 cell passed\n3 passed, 0 failed\n")
  }

  func testFilesDoNotShareState() throws {
    try write("x = 1\nset_default_dtype(float64)\nmanual_seed(0);\n", to: "a.tnb")
    try write("# %%\nx\n#! NameError: name 'x' is not defined\n# %%\nzeros(1)\n#> tensor([0.])\n", to: "b.tnb")
    XCTAssertEqual(try tnb("check", ".").status, 0)
  }

  func testMalformedFileIsNamedAndTheOthersAreChecked() throws {
    try write("# ---\n", to: "a.tnb")
    try write("1\n#> 1\n", to: "b.tnb")
    let result = try tnb("check", ".")
    XCTAssertEqual(result.status, 2)
    XCTAssert(result.errors.hasPrefix("tnb: ./a.tnb:1: the header"), result.errors)
    XCTAssert(result.output.hasSuffix("1 passed, 0 failed\n"), result.output)
  }

  func testInterruptEndsTheRun() throws {
    try write("while True:\n    pass\n")
    let result = try Command.run(["check", "a.tnb"], folder: folder) { process in
      Thread.sleep(forTimeInterval: 0.5)
      // As a terminal does: to the command and its workers.
      for child in children(of: process.processIdentifier) { kill(child, SIGINT) }
      kill(process.processIdentifier, SIGINT)
    }
    XCTAssertEqual(result.status, 130)
    XCTAssertLessThan(result.seconds, 2)
  }

  private func children(of process: pid_t) -> [pid_t] {
    let path = "/proc/\(process)/task/\(process)/children"
    return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ").compactMap { pid_t($0) }
  }
}
