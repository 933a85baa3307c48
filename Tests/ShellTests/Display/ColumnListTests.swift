import XCTest

@testable import Shell

final class ColumnListTests: XCTestCase {
  func testColumnsAreAsManyAsFit() {
    XCTAssertEqual(ColumnList.rows([], width: 80), [])
    XCTAssertEqual(ColumnList.rows(["a", "b", "c"], width: 80), ["a  b  c"])
    XCTAssertEqual(ColumnList.rows(["alpha", "b", "gamma", "d"], width: 13), ["alpha  gamma", "b      d"])
    XCTAssertEqual(ColumnList.rows(["alpha", "b", "gamma", "d"], width: 12), ["alpha  d", "b", "gamma"])
    XCTAssertEqual(ColumnList.rows(["世界", "x"], width: 9), ["世界  x"])
    XCTAssertEqual(ColumnList.rows(["averylongname"], width: 9), ["averylo…"])
  }

  func testPages() {
    let names = (0..<100).map { "name\($0)" }
    let pages = ColumnList.pages(names, width: 40, height: 5)
    XCTAssertEqual(pages.first?.lowerBound, 0)
    XCTAssertEqual(pages.last?.upperBound, 100)
    for (a, b) in zip(pages, pages.dropFirst()) { XCTAssertEqual(a.upperBound, b.lowerBound) }
    for page in pages { XCTAssertLessThanOrEqual(ColumnList.rows(Array(names[page]), width: 40).count, 5) }
  }
}
