import Language
import XCTest

@testable import Runtime

final class CompilerLimitTests: CompilerTestCase {
  func testManyStatements() throws {
    let source = (0..<2000).map { "x\($0 % 100) = \($0)\n" }.joined()
    XCTAssertEqual(try compile(source).instructions.count, 4001)
  }

  func testLongDisplays() throws {
    let items = (0..<1000).map { "v\($0 % 7)" }.joined(separator: ", ")
    XCTAssertLessThan(try compile("[\(items)]\n").registerCount, 300)
    XCTAssertLessThan(try compile("(\(items))\n").registerCount, 300)
    let pairs = (0..<1000).map { "\($0): v" }.joined(separator: ", ")
    XCTAssertLessThan(try compile("{\(pairs)}\n").registerCount, 300)
  }

  func testJumpsPastSixteenBitsAreSplit() throws {
    let items = Array(repeating: "y", count: 17_000).joined(separator: ",")
    let code = try compile("while a < b:\n  x = [\(items)]\nc = 1\n")
    let lines = self.lines(code)
    XCTAssertEqual(Array(lines[2...4]), ["jumpIfNotLt r0 r1 → 4", "jump → 5", "jump → \(lines.count - 3)"])
    XCTAssertEqual(lines[lines.count - 4], "jumpBack → 0")
  }

  func testNestedFinallyBodiesAreBounded() throws {
    var body = "pass\n"
    for _ in 0..<30 {
      let indented = body.split(separator: "\n").map { "  \($0)\n" }.joined()
      body = "try:\n  f()\nfinally:\n" + indented
    }
    XCTAssertThrowsError(try compile(body)) { error in
      XCTAssertEqual((error as? SyntaxError)?.message, "too many statically nested blocks")
    }
  }
}
