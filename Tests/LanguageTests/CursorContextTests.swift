import XCTest

@testable import Language

final class CursorContextTests: XCTestCase {
  private func kind(_ text: String) -> CursorContext.Kind { CursorContext(endOf: Array(text.utf8)).kind }

  func testWords() {
    XCTAssertEqual(kind("ab"), .name(call: nil))
    XCTAssertEqual(CursorContext(endOf: Array("x = ab".utf8)).prefix, "ab")
    XCTAssertEqual(CursorContext(endOf: Array("x = ab".utf8)).start, 4)
    XCTAssertEqual(CursorContext(endOf: Array("x = ".utf8)).start, 4)
    XCTAssertEqual(kind("12"), .nothing)
    XCTAssertEqual(kind("# ab"), .nothing)
    XCTAssertEqual(kind("'a'"), .nothing)
  }

  func testAttributes() {
    XCTAssertEqual(kind("a.b.c"), .attribute(of: [.name("a"), .attribute("b")]))
    XCTAssertEqual(kind("x + a."), .attribute(of: [.name("a")]))
    XCTAssertEqual(kind("a[0].b[-1]."), .attribute(of: [.name("a"), .index(0), .attribute("b"), .index(-1)]))
    XCTAssertEqual(kind("a['k'].b"), .attribute(of: [.name("a"), .key("k")]))
    XCTAssertEqual(kind("'s'."), .attribute(of: [.text]))
    XCTAssertEqual(kind("f(x)."), .attribute(of: nil))
    XCTAssertEqual(kind("a[i]."), .attribute(of: nil))
    XCTAssertEqual(kind("1.."), .attribute(of: nil))
    XCTAssertEqual(kind("x = ? a."), .attribute(of: [.name("a")]))
  }

  func testCalls() {
    func call(_ text: String) -> CursorContext.Call? {
      if case .name(let call) = kind(text) { return call }
      return nil
    }
    XCTAssertEqual(call("f("), .init(callee: [.name("f")], keywords: [], isAtStart: true))
    XCTAssertEqual(
      call("a.f(1, b=2, c"), .init(callee: [.name("a"), .attribute("f")], keywords: ["b"], isAtStart: true))
    XCTAssertEqual(call("f(1 + c")?.isAtStart, false)
    XCTAssertEqual(call("f(g(1), x")?.callee, [.name("f")])
    XCTAssertEqual(call("f(\n  x")?.callee, [.name("f")])
    XCTAssertNil(call("(x"))
    XCTAssertNil(call("f([x"))
    XCTAssertNil(call("def f(x"))
    XCTAssertNil(call("f(1)\nx"))
  }

  func testImportsAndText() {
    XCTAssertEqual(kind("import a"), .module)
    XCTAssertEqual(kind("from a"), .module)
    XCTAssertEqual(kind("from a.b import c, d"), .member(module: "a.b"))
    XCTAssertEqual(
      kind("open('a"), .text(call: .init(callee: [.name("open")], keywords: [], isAtStart: true), subscript: nil))
    XCTAssertEqual(kind("d['a"), .text(call: nil, subscript: [.name("d")]))
    XCTAssertEqual(kind("'''a\nb"), .text(call: nil, subscript: nil))
  }
}
