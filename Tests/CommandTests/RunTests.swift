import Foundation
import XCTest

final class RunTests: CommandTestCase {
  func testCellsPrintAndDisplay() throws {
    try write(
      """
      # %% [markdown]
      # Prose prints nothing.

      # %%
      x = 20
      print("x is", x)
      x + 1

      # %%
      x;

      # %%
      _ * 2

      """)
    let result = try tnb("a.tnb")
    XCTAssertEqual(result.output, "x is 20\n21\n42\n")
    XCTAssertEqual(result.errors, "")
    XCTAssertEqual(result.status, 0)
  }

  func testCodeAndStandardInput() throws {
    XCTAssertEqual(try tnb("-c", "1 + 1").output, "2\n")
    XCTAssertEqual(try tnb("-c", "-1").output, "-1\n")
    XCTAssertEqual(try tnb("-c", "").output, "")
    XCTAssertEqual(try tnb("--max-memory", "1G", "-c", "3").output, "3\n")
    XCTAssertEqual(try tnb("-", input: "# %%\n1\n# %%\n2\n").output, "1\n2\n")
    XCTAssertEqual(try tnb(input: "a = 5\na\n").output, "5\n", "without arguments a pipe is run")
  }

  func testAPipeRunsAsWhatIsTyped() throws {
    XCTAssertEqual(try tnb(input: "randn(2, 3).shape\n").output, "torch.Size([2, 3])\n")
    let several = try tnb(input: "def f(x):\n    return x + 1\n\nf(1)\nf(2)\n%history 2\n")
    XCTAssertEqual(several.output, "2\n3\nf(1)\n")
    XCTAssertEqual(several.status, 0)
    let failing = try tnb(input: "1\n\nx.y\n2\n")
    XCTAssertEqual(failing.output, "1\n")
    XCTAssertEqual(failing.errors, "NameError: name 'x' is not defined\n  <stdin>:3\n    x.y\n    ^\n")
    XCTAssertEqual(failing.status, 1)
    XCTAssertEqual(try tnb(input: "# ---\n# seed: 0\n# ---\n\n# %%\nrandn(2)\n").output, "tensor([ 1.5410, -0.2934])\n")
    XCTAssertEqual(try tnb(input: "# %%\n1/0\n#! ZeroDivisionError: division by zero\n").status, 0)
    XCTAssertEqual(try tnb(input: "import sys; sys.exit(0)\n1/0\n").status, 0)
    XCTAssertEqual(try tnb(input: "x = 1\n\u{0}\n").status, 1)
  }

  func testUnexpectedErrorStopsWithADiagnostic() throws {
    try write("# %%\nprint('before')\n\n# %% divide\ndef f(x):\n    return 1 / x\n\nf(0)\n\n# %%\nprint('after')\n")
    let result = try tnb("a.tnb")
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(result.output, "before\n")
    XCTAssertEqual(
      result.errors,
      """
      ZeroDivisionError: division by zero
        a.tnb:8, cell 2 "divide"
          f(0)
          ^^^^
        a.tnb:6, cell 2 "divide", in f
          return 1 / x
                 ^^^^^

      """)
  }

  func testSyntaxErrorPointsAtTheLine() throws {
    try write("# %%\n1\n#> 1\nx = = 2\n")
    let result = try tnb("a.tnb")
    XCTAssertEqual(result.status, 1)
    XCTAssert(
      result.errors.hasPrefix("SyntaxError: invalid syntax\n  a.tnb:4, cell 1\n    x = = 2\n        ^"), result.errors)
  }

  func testRecordedErrorsAreExpected() throws {
    try write("# %%\n1/0\n#! ZeroDivisionError: division by zero\n\n# %%\n'on'\n")
    let result = try tnb("a.tnb")
    XCTAssertEqual(result.status, 0)
    XCTAssertEqual(result.output, "ZeroDivisionError: division by zero\n'on'\n")

    try write("# %%\n1\n#! ZeroDivisionError: division by zero\n")
    let missing = try tnb("a.tnb")
    XCTAssertEqual(missing.status, 1)
    XCTAssertEqual(
      missing.errors, "a.tnb:2: cell 1 is recorded to raise, but did not: ZeroDivisionError: division by zero\n")

    try write("# %%\nundefined\n#! ZeroDivisionError: division by zero\n")
    let other = try tnb("a.tnb")
    XCTAssertEqual(other.status, 1)
    XCTAssert(other.errors.hasPrefix("NameError: name 'undefined' is not defined\n"), other.errors)
  }

  func testSeedOfTheHeader() throws {
    try write("# ---\n# seed: 0\n# ---\nrandn(2)\n")
    XCTAssertEqual(try tnb("a.tnb").output, "tensor([ 1.5410, -0.2934])\n")
  }

  func testClosedPipeEndsQuietly() throws {
    try write("i = 0\nwhile True:\n    print(i)\n    i += 1\n")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "'\(Command.path)' a.tnb 2>errors | head -n 2 >lines"]
    shell.currentDirectoryURL = folder
    try shell.run()
    shell.waitUntilExit()
    XCTAssertEqual(try contents(of: "lines"), "0\n1\n")
    XCTAssertEqual(try contents(of: "errors"), "")
  }

  func testLargeInput() throws {
    let lines = (0..<20_000).map { "x\($0 % 100) = \($0)" }.joined(separator: "\n")
    try write(lines + "\nx99\n")
    XCTAssertEqual(try tnb("a.tnb").output, "19999\n")
    let cells = (0..<2_000).map { "# %%\n\($0)\n#> \($0)\n" }.joined(separator: "\n")
    try write(cells)
    let checked = try tnb("check", "a.tnb")
    XCTAssert(checked.output.hasSuffix("2000 passed, 0 failed\n"), checked.output)
  }

  func testDeepRecursionIsAnError() throws {
    let result = try tnb("-c", "def f(n):\n    return f(n + 1)\nf(0)")
    XCTAssertEqual(result.status, 1)
    XCTAssert(result.errors.hasPrefix("RecursionError: maximum recursion depth exceeded"), result.errors)
    XCTAssertLessThan(result.errors.count, 2_000, "a repeated frame is shown once")
  }

  func testMemoryLimitIsAnError() throws {
    let growing = try tnb("--max-memory", "300M", "-c", "a = []\nwhile True:\n    a.append([0] * 1000)")
    XCTAssertEqual(growing.status, 1, growing.errors)
    XCTAssert(growing.errors.hasPrefix("MemoryError"), growing.errors)
    let large = try tnb("--max-memory", "300M", "-c", "zeros(1000000000)")
    XCTAssertEqual(large.status, 1, large.errors)
    XCTAssert(large.errors.contains("1000000000") || large.errors.contains("4000000000"), large.errors)
  }

  func testInterruptStopsALoopAtOnce() throws {
    var sent = Date()
    let result = try Command.run(["-c", "print('running')\nwhile True:\n    pass"], folder: folder) { process in
      Thread.sleep(forTimeInterval: 0.5)
      sent = Date()
      kill(process.processIdentifier, SIGINT)
    }
    // 100 ms are promised; the machine may be busy.
    XCTAssertLessThan(Date().timeIntervalSince(sent), 2)
    XCTAssertEqual(result.status, 130)
    XCTAssertEqual(result.output, "running\n")
    XCTAssert(result.errors.hasPrefix("KeyboardInterrupt\n"), result.errors)
  }
}
