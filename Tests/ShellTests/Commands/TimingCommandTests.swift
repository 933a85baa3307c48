import XCTest

@testable import Shell

final class TimingCommandTests: SessionTestCase {
  func testTimeRunsACell() throws {
    let screen = try transcript("%time x = sum(range(1000))\nx\n%time x + 1\n%time 1 +\n%%time\ny = 1\ny + 1\n\n%time")
    let span = #"[0-9.]+ (ns|µs|ms|s)"#
    let times = "CPU times: user \(span), sys: \(span), total: \(span)\nWall time: \(span)\n"
    XCTAssertNotNil(
      screen.range(of: "In \\[1\\]: %time x = sum\\(range\\(1000\\)\\)\n\(times)", options: .regularExpression), screen)
    XCTAssert(screen.contains("In [2]: x\nOut[2]: 499500"), screen)
    XCTAssertNotNil(screen.range(of: "x \\+ 1\n\(times)Out\\[3\\]: 499501\n", options: .regularExpression), screen)
    XCTAssertEqual(screen.components(separatedBy: "Wall time").count, 4, "text that is no program has no time")
    XCTAssertNotNil(screen.range(of: "Wall time: \(span)\nOut\\[4\\]: 2\n", options: .regularExpression), screen)
    XCTAssertFalse(try transcript("%time 1 / 0").contains("Wall time"), "nor has what failed")
    XCTAssert(screen.hasSuffix("%time needs code to run"), screen)
  }

  func testTimeitHasIPythonsForm() throws {
    let screen = try transcript("x = 3\n%timeit -n 1000 -r 3 x + 1\n%timeit -n1 -r1 y = x\ny")
    let span = #"[0-9.]+ (ns|µs|ms|s)"#
    XCTAssertNotNil(
      screen.range(
        of: "\n\(span) ± \(span) per loop \\(mean ± std. dev. of 3 runs, 1,000 loops each\\)\n",
        options: .regularExpression),
      screen)
    XCTAssert(screen.contains("of 1 run, 1 loop each)"), screen)
    XCTAssert(screen.contains("name 'y' is not defined"), "assignments are its own")
  }

  func testTimeitLoopsUntilTheFigureIsStable() throws {
    let screen = try transcript("%timeit -r 2 pass")
    let match = try XCTUnwrap(screen.firstMatch(of: #/of 2 runs, (10*(?:,000)+) loops each/#), screen)
    XCTAssertGreaterThanOrEqual(match.1.count, "10,000".count, "as many as 0.2 seconds need")
  }

  func testTimeitLeavesRandomNumbersAndCellsAlone() throws {
    let screen = try transcript(
      "torch.manual_seed(1); a = rand(1)\ntorch.manual_seed(1);\n%timeit -n 5 -r 1 rand(1); q = 5\n(rand(1) == a).item()"
    )
    XCTAssert(screen.hasSuffix("In [3]: (rand(1) == a).item()\nOut[3]: True"), screen)
  }

  func testMistakes() throws {
    XCTAssert(
      try transcript("%timeit 1 +").hasSuffix("SyntaxError: invalid syntax\n  %timeit:1\n    1 +\n       ^"))
    XCTAssert(
      try transcript("%timeit nosuch").hasSuffix(
        "NameError: name 'nosuch' is not defined\n  %timeit:1\n    nosuch\n    ^^^^^^"))
    XCTAssert(try transcript("%timeit").hasSuffix("%timeit needs code to time"))
    XCTAssert(try transcript("%timeit -n 0 x").hasSuffix("-n needs a number above 0"))
    XCTAssert(try transcript("%timeit -q x").hasSuffix("%timeit has no option -q\n  hint: %timeit? tells what it has"))
    XCTAssert(try transcript("x = 2\n%timeit -n 1 -r 1 -x").contains("per loop"), "-x is code")
  }

  func testACellBelowTimeit() throws {
    XCTAssert(try transcript("%%timeit -n 2 -r 1 x = 5\nx + 1\nx + 2\n\n").contains("of 1 run, 2 loops each"))
  }

  func testSpans() {
    for (seconds, text) in [
      (1.234e-7, "123 ns"), (1.5e-5, "15 µs"), (0.0123456, "12.3 ms"), (1, "1 s"), (59.96, "60 s"), (61, "1min 1s"),
      (3723, "1h 2min 3s"), (0, "0 ns"), (4e-10, "0.4 ns"),
    ] {
      XCTAssertEqual(TimeText.span(seconds), text)
    }
  }
}
