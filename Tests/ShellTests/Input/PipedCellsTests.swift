import Notebook
import XCTest

@testable import Shell

final class PipedCellsTests: SessionTestCase {
  private func run(_ text: String) -> (output: String, errors: String, status: ExitStatus) {
    var output = ""
    var errors = ""
    let console = Console(
      output: .closure { output += String(decoding: $0, as: UTF8.self) },
      errors: .closure { errors += String(decoding: $0, as: UTF8.self) })
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    let status = PipedCells(Session(console: console, showsOutPrompt: false)) {
      lines.isEmpty ? nil : lines.removeFirst()
    }.run()
    return (output, errors, status)
  }

  func testEveryStatementIsACell() {
    XCTAssertEqual(run("x = 3\nx\n\n# a comment\nx + 1\nprint('a', end='')\n[1,\n 2]\n").output, "3\n4\na\n[1, 2]\n")
    XCTAssertEqual(run("").status, .success)
    XCTAssertEqual(run("\n\n# nothing\n").output, "")
  }

  func testBlocks() {
    XCTAssertEqual(
      run("def f(x):\n    y = x\n\n    # half way\n    return y\nf(1)\nif f(0):\n    2\nelse:\n    print('no')\n")
        .output,
      "1\nno\n")
    XCTAssertEqual(run("for i in range(2):\n    print(i)").output, "0\n1\n")
    XCTAssertEqual(run("def f(\n  a,\n  b\n):\n    return a\nf(1, 2)\n").output, "1\n")
    XCTAssertEqual(run("x = '''a\nb\n\nc'''\nlen(x)\n").output, "6\n")
    XCTAssertEqual(
      run("try:\n    1/0\nexcept ZeroDivisionError:\n    print('caught')\nfinally:\n    print('end')\n").output,
      "caught\nend\n")
  }

  func testTheFirstErrorEndsTheRun() {
    let result = run("x = 1\n1/0\nx\n")
    XCTAssertEqual(result.output, "")
    XCTAssertEqual(result.errors, "ZeroDivisionError: division by zero\n  <stdin>:2\n    1/0\n    ^^^\n")
    XCTAssertEqual(result.status, .failure)
    XCTAssertEqual(run("def f():\n    return 1\n  x\n").status, .failure)
    XCTAssertEqual(run("%nothing\n1\n").status, .failure)
    XCTAssertEqual(run("import sys\nsys.exit(0)\n1\n").status, .success)
  }

  func testTalkAndMarks() {
    XCTAssertEqual(run("x = 1\n%history\n%quit\n2\n").output, "x = 1\n")
    XCTAssertEqual(run("1\n# %%\n2\n3\n# %%\n4\n").output, "1\n3\n4\n")
    XCTAssert(run("1\n# %%\n2\n1/0\n").errors.contains("<stdin>:4\n"))
  }
}
