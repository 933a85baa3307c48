import XCTest

@testable import Language

/// When a shell asks for another line, and where that begins.
final class CompletenessTests: XCTestCase {
  private func of(_ text: String) -> Completeness { Completeness.of(Array(text.utf8)) }

  func testComplete() {
    for text in ["", "x", "x = 1", "if a: b", "f(\n1)", "def f():\n    return 1\n", "for a in b:\n    c\n\n"] {
      XCTAssertEqual(of(text), .complete, text)
    }
  }

  func testIncomplete() {
    for text in [
      "if a:", "if a:\n    while b:", "if a:\n    b", "def f():\n    return 1", "f(", "f(a,", "'''a", "@a", "a \\",
      "try:\n    a\n",
    ] {
      XCTAssertEqual(of(text), .incomplete, text)
    }
  }

  func testInvalid() {
    for text in ["a b", "'a", "1 = x", "x = 5 +", "f(]", "if a", "f'{'", "  x"] {
      XCTAssertEqual(of(text), .invalid, text)
    }
  }
}

final class IndentationTests: XCTestCase {
  private func assert(
    _ text: String, _ indent: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    XCTAssertEqual(
      String(decoding: Indentation.next(after: Array(text.utf8)), as: UTF8.self), indent, text, file: file, line: line)
  }

  func testBlocks() {
    assert("x", "")
    assert("if a:", "    ")
    assert("if a:  # why", "    ")
    assert("if a:\n    while b:", "        ")
    assert("if a:\n    b", "    ")
    assert("class A:\n    def f(self):\n        x = 1", "        ")
    assert("x = {1:", "")
    assert("f = lambda:", "    ")
  }

  func testLeavingABlock() {
    for word in ["return 1", "break", "continue", "pass", "raise E"] {
      assert("def f():\n    for a in b:\n        \(word)", "    ")
    }
    assert("def f():\n    returned = 1", "    ")
    assert("pass", "")
  }

  func testBrackets() {
    assert("f(", "    ")
    assert("x = [", "    ")
    assert("f(a,", "")
    assert("f(\n    a,", "    ")
    assert("def f():\n    x = g(\n        1,\n        2)", "    ")
    assert("def f(\n    a, b\n):", "    ")
    assert("def f():\n    return g(\n        1)", "")
  }

  func testStringsAndContinuedLines() {
    assert("def f():\n    \"\"\"Says", "    ")
    assert("x = 1 + \\", "")
    assert("if a:\n    x = 1 + \\\n        2", "    ")
    assert("def f():\n    # return", "    ")
  }

  func testTheStepIsTheTexts() {
    assert("if a:\n  if b:", "    ")
    assert("if a:\n  b\nif c:", "  ")
    assert("if a:\n\tif b:", "\t\t")
  }
}
