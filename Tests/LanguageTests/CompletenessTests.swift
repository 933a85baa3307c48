import XCTest

@testable import Language

/// When a shell asks for another line.
final class CompletenessTests: XCTestCase {
  private func of(_ text: String) -> Completeness { Completeness.of(Array(text.utf8)) }

  func testComplete() {
    for text in ["", "x", "x = 1", "if a: b", "f(\n1)", "def f():\n    return 1\n", "for a in b:\n    c\n\n"] {
      XCTAssertEqual(of(text), .complete, text)
    }
  }

  func testIncomplete() {
    XCTAssertEqual(of("if a:"), .incomplete(indent: 4))
    XCTAssertEqual(of("if a:\n    while b:"), .incomplete(indent: 8))
    XCTAssertEqual(of("if a:\n    b"), .incomplete(indent: 4))
    XCTAssertEqual(of("def f():\n    return 1"), .incomplete(indent: 0))
    XCTAssertEqual(of("f("), .incomplete(indent: 4))
    XCTAssertEqual(of("f(a,"), .incomplete(indent: 0))
    XCTAssertEqual(of("'''a"), .incomplete(indent: 0))
    XCTAssertEqual(of("@a"), .incomplete(indent: 0))
    XCTAssertEqual(of("a \\"), .incomplete(indent: 0))
    XCTAssertEqual(of("try:\n    a\n"), .incomplete(indent: 0))
  }

  func testInvalid() {
    for text in ["a b", "'a", "1 = x", "x = 5 +", "f(]", "if a", "f'{'", "  x"] {
      XCTAssertEqual(of(text), .invalid, text)
    }
  }
}
