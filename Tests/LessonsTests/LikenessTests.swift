import XCTest

@testable import Lessons

final class LikenessTests: XCTestCase {
  func testAChangedNumberIsStillTheCell() {
    XCTAssertEqual(Likeness.of("x = 1", "x = 1"), 1)
    XCTAssertEqual(Likeness.of("x = 1\n", "x  =  1"), 1, "white space does not count")
    XCTAssertGreaterThan(Likeness.of("x = tensor(3.)\nx", "x = tensor(47.5)\nx"), 0.7)
    XCTAssertLessThan(Likeness.of("x = tensor(3.)\nx", "%graph y"), 0.4)
    XCTAssertEqual(Likeness.of("", "x"), 0)
    XCTAssertEqual(Likeness.of(String(repeating: "a", count: 9000), String(repeating: "b", count: 9000)), 0)
  }
}
