import XCTest

@testable import Shell

/// When Enter runs a cell, and where it parts a line. `|` is the cursor.
final class EnterRuleTests: XCTestCase {
  private func action(_ marked: String) -> EnterAction {
    let parts = marked.components(separatedBy: "|")
    return EnterRule.action(parts.joined(), cursor: parts[0].utf8.count)
  }

  func testCompleteCellsRun() {
    for text in [
      "1|", "x = 1|", "x =| 1", "|x", "a b|", "if a: b|", "f(\n1)|", "def f():\n    return 1\n|",
      "def f():\n    return 1\n    |", "x = '''a\nb'''|", "é = 'ü'|", "",
    ] {
      XCTAssertEqual(action(text), .run, text)
    }
  }

  func testMistakesRunAtOnce() {
    for text in ["'a|", "f(]|", "x = 5 +|", "1 = x|"] { XCTAssertEqual(action(text), .run, text) }
  }

  func testOthersGoOn() {
    XCTAssertEqual(action("def f():|"), .newLine(indent: "    "))
    XCTAssertEqual(action("def f():\n    return 1|"), .newLine(indent: ""))
    XCTAssertEqual(action("for a in b:\n    c|"), .newLine(indent: "    "))
    XCTAssertEqual(action("x = [1,|"), .newLine(indent: ""))
    XCTAssertEqual(action("x = '''a|"), .newLine(indent: ""))
    XCTAssertEqual(action("x = 1 + \\|"), .newLine(indent: ""))
    XCTAssertEqual(action("@a|"), .newLine(indent: ""))
    XCTAssertEqual(action("try:\n    a\n|"), .newLine(indent: ""))
  }

  func testEnterAboveTheLastLinePartsALine() {
    XCTAssertEqual(action("a =| 1\nb = 2"), .newLine(indent: ""))
    XCTAssertEqual(action("def f():|\n    return 1\n"), .newLine(indent: "    "))
    XCTAssertEqual(action("def f():\n    return 1|\n"), .newLine(indent: ""), "only blank lines below")
    XCTAssertEqual(action("a = 1\nb = 2|\n\n"), .run)
  }

  func testTalkIsALine() {
    for text in ["%time f(|", "!ls (|", "?x|", "%who|"] { XCTAssertEqual(action(text), .run, text) }
    XCTAssertEqual(action("%%time|"), .newLine(indent: ""))
    XCTAssertEqual(action("%%time\nf()|"), .newLine(indent: ""))
    XCTAssertEqual(action("%%time\nf()\n|"), .run)
  }
}
