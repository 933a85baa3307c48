import XCTest

@testable import Language

/// Long and deep texts neither exhaust the native stack nor take long.
final class LimitTests: XCTestCase {
  private func outcome(_ text: String) -> String {
    do throws(SyntaxError) {
      let module = try Parser.parse(Array(text.utf8))
      _ = try SymbolTable(module)
      return "\(module.body.count)"
    } catch {
      return "\(error.kind.rawValue): \(error.message)"
    }
  }

  private func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  private let recursion = "RecursionError: maximum recursion depth exceeded during compilation"

  func testDeepTreesAreRefused() {
    for text in [
      times("1+", 100_000) + "1", "a" + times(".b", 100_000), times("not ", 100_000) + "x", times("- ", 100_000) + "x",
      times("lambda: ", 100_000) + "1", times("2**", 100_000) + "2", times("x if y else ", 100_000) + "z",
      "f" + times("()", 100_000),
    ] {
      XCTAssertEqual(outcome(text), recursion, String(text.prefix(20)))
    }
  }

  func testDeepTreesWithinTheLimit() {
    for text in [
      times("1+", 900) + "1", times("not ", 900) + "x", times("lambda: ", 400) + "1", times("x if y else ", 400) + "z",
      times("(", 199) + "1" + times(")", 199), times("f(", 199) + times(")", 199), times("[", 199) + times("]", 199),
      times("{1:", 199) + "2" + times("}", 199), times("a[", 199) + "0" + times("]", 199),
    ] {
      XCTAssertEqual(outcome(text), "1", String(text.prefix(20)))
    }
  }

  func testBrackets() {
    XCTAssertEqual(outcome(times("(", 201)), "SyntaxError: too many nested parentheses")
    XCTAssertEqual(outcome(times("f(", 100_000)), "SyntaxError: too many nested parentheses")
  }

  func testIndentation() {
    func nest(_ count: Int) -> String {
      (0..<count).map { times(" ", $0) + "if x:\n" }.joined() + times(" ", count) + "y"
    }
    XCTAssertEqual(outcome(nest(99)), "1")
    XCTAssertEqual(outcome(nest(100)), "IndentationError: too many levels of indentation")
  }

  func testLongChains() {
    XCTAssertEqual(outcome("if a: b\n" + times("elif c: d\n", 5_000)), "1")
    XCTAssertEqual(outcome("x = " + times("a and ", 100_000) + "b"), "1")
    XCTAssertEqual(outcome("x = " + times("a < ", 100_000) + "b"), "1")
    XCTAssertEqual(outcome(times("a = ", 100_000) + "1"), "1")
    XCTAssertEqual(outcome(times("a;", 100_000)), "100000")
    XCTAssertEqual(outcome("[" + times("1,", 100_000) + "]"), "1")
    XCTAssertEqual(outcome("x = '" + times("a", 1_000_000) + "'"), "1")
  }

  func testErrorsInDeepText() {
    XCTAssertEqual(outcome(times("not ", 900)), "SyntaxError: invalid syntax")
    XCTAssertEqual(outcome(times("(", 150)), "SyntaxError: '(' was never closed")
    XCTAssertEqual(
      outcome(times("(", 150) + "1 2" + times(")", 150)), "SyntaxError: invalid syntax. Perhaps you forgot a comma?")
    XCTAssertEqual(outcome("if a: b\n" + times("elif c: d\n", 2_000) + "else x"), "SyntaxError: expected ':'")
  }

  func testBytesThatAreNoText() {
    func message(_ bytes: [UInt8]) -> String {
      do throws(SyntaxError) {
        _ = try Parser.parse(bytes)
        return "ok"
      } catch {
        return error.message
      }
    }
    XCTAssertEqual(message([0x61, 0]), "source code cannot contain null bytes")
    XCTAssertEqual(message([0x22, 0, 0x22]), "source code cannot contain null bytes")
    XCTAssertEqual(
      message([0x61, 0xFF]), "(unicode error) 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte")
    XCTAssertEqual(
      message([0xC3]), "(unicode error) 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data")
    XCTAssertEqual(message([]), "ok")
  }
}
