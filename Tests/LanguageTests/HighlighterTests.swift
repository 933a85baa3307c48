import Foundation
import XCTest

@testable import Language

final class HighlighterTests: XCTestCase {
  /// Each coloured piece with its kind.
  private func spans(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return Highlighter.spans(of: bytes).filter { $0.kind != .name && $0.kind != .symbol }.map {
      "\($0.kind) \(String(decoding: bytes[$0.lo..<$0.hi], as: UTF8.self))"
    }
  }

  func testProgram() {
    XCTAssertEqual(
      spans("@property\ndef f(x):  # comment\n    return x is None and 'a' + f\"{x}\" + 1.5e3"),
      [
        "decorator @", "decorator property", "keyword def", "definition f", "comment # comment", "keyword return",
        "keyword is", "constant None", "keyword and", "string 'a'", "string f\"{x}\"", "number 1.5e3",
      ])
    XCTAssertEqual(spans("a @ b"), [])
    XCTAssertEqual(spans("# one\n# two"), ["comment # one", "comment # two"])
  }

  func testTextThatIsBeingTyped() {
    XCTAssertEqual(spans("x = 'abc"), ["string 'abc"])
    XCTAssertEqual(spans("x = 'abc\nif y"), ["string 'abc", "keyword if"])
    XCTAssertEqual(spans("x = '''abc\nif y"), ["string '''abc\nif y"])
    XCTAssertEqual(spans("f(1, [2"), ["number 1", "number 2"])
    XCTAssertEqual(spans("x = ? 1"), ["number 1"])
    XCTAssertEqual(spans("x = 1 $ 'a'  # b"), ["number 1", "string 'a'", "comment # b"])
    XCTAssertEqual(spans("if x:\n    y\n  return"), ["keyword if", "keyword return"])
    XCTAssertEqual(spans("\u{0}'é'"), ["string 'é'"])
  }

  func testEveryTextIsReadToItsEnd() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("ab1'\"#\n\\ ()[]{}:.@$\u{0}é\t%f".utf8)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! }
      var position = 0
      for span in Highlighter.spans(of: text) {
        XCTAssertGreaterThanOrEqual(span.lo, position)
        XCTAssertLessThan(span.lo, span.hi)
        position = span.hi
      }
      XCTAssertLessThanOrEqual(position, text.count)
      _ = CursorContext(endOf: text)
      _ = Indentation.next(after: text)
    }
  }

  func testLongTextsTakeNoLonger() {
    let start = Date()
    _ = Highlighter.spans(of: Array(String(repeating: "x = ? '\n", count: 20_000).utf8))
    XCTAssertLessThan(Date().timeIntervalSince(start), 5)
  }
}
