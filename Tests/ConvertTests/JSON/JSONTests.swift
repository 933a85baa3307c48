import XCTest

@testable import Convert
@testable import Notebook

final class JSONTests: XCTestCase {
  private func parse(_ text: String) throws -> JSON { try JSON.parse(Array(text.utf8), path: "a.ipynb") }

  private func error(_ text: String) -> String? {
    do throws(NotebookError) {
      _ = try JSON.parse(Array(text.utf8), path: "a.ipynb")
      return nil
    } catch {
      return error.description
    }
  }

  func testReadsAndWritesEveryKind() throws {
    let text = #"{"b":[null,true,false,-1,1.5,"é\"\\\n\u0000","🎉"],"a":{}}"#
    let value = try parse(text)
    XCTAssertEqual(value["b"]?.array?.count, 7)
    XCTAssertEqual(value["b"]?.array?[5].string, "é\"\\\n\0")
    XCTAssertEqual(value.compactText(), text)
    XCTAssertEqual(try parse(value.compactText()), value)
    XCTAssertEqual(
      String(
        decoding: JSON.object([.init("b", .array([.int(1)])), .init("a", .object([])), .init("c", .array([]))]).text(),
        as: UTF8.self),
      "{\n \"a\": {},\n \"b\": [\n  1\n ],\n \"c\": []\n}\n", "as Jupyter writes it")
  }

  func testPythonsNumbersAreRead() throws {
    XCTAssertEqual(try parse("[NaN, Infinity, -Infinity, \"NaN\"]"), .array([.null, .null, .null, .string("NaN")]))
    XCTAssertEqual(try parse("\u{FEFF}[1]"), .array([.int(1)]))
  }

  func testMistakesNameTheLine() {
    XCTAssertEqual(
      error("{\n \"a\": 1,\n}")?.hasPrefix("a.ipynb:3: this is no JSON: "), true, error("{\n \"a\": 1,\n}") ?? "")
    for text in ["", "{", "[1", "nul", "\"\\ud800\"", "[NaN", String(repeating: "[", count: 100_000)] {
      XCTAssertNotNil(error(text), String(text.prefix(20)))
    }
  }

  func testBase64() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      XCTAssertEqual(Base64.encode(bytes), Data(bytes).base64EncodedString())
      XCTAssertEqual(Base64.decode(Base64.encode(bytes) + "\n"), bytes)
    }
    for text in ["a", "ab=c", "a*==", "abcde"] { XCTAssertNil(Base64.decode(text), text) }
  }
}
