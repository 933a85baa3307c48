import XCTest

@testable import Lessons

final class PageTests: XCTestCase {
  private func page(_ count: Int, code: Int = 1) -> Page {
    Page(rule: "----", lines: (0..<count).map { "\($0)" }, codeLines: code)
  }

  func testWhatFitsIsOnePart() {
    XCTAssertEqual(page(2).parts(height: 24, unread: 0), [.init(text: "\n----\n\n0\n1\n", waitsBefore: false)])
    XCTAssertEqual(page(0).parts(height: 24, unread: 0), [.init(text: "\n----\n", waitsBefore: false)])
  }

  func testOutputThatWasNotReadWaits() {
    XCTAssertEqual(page(2).parts(height: 24, unread: 20).map(\.waitsBefore), [true])
    XCTAssertEqual(page(2).parts(height: 24, unread: 10).map(\.waitsBefore), [false])
  }

  func testTheCellWaitsWhereItDoesNotFit() {
    let parts = page(5, code: 4).parts(height: 10, unread: 0)
    XCTAssertEqual(parts.map(\.waitsBefore), [false, true])
    XCTAssertEqual(parts.last?.text, "")
  }

  func testNoPartIsHigherThanTheScreen() {
    for height in 7...30 {
      for count in 0...60 {
        for unread in [0, 3, 50] {
          let parts = page(count, code: 5).parts(height: height, unread: unread)
          for part in parts {
            XCTAssertLessThan(part.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1, height)
          }
          let shown = parts.map(\.text).joined().split(separator: "\n").dropFirst()
          XCTAssertEqual(shown.joined(), (0..<count).map { "\($0)" }.joined(), "nothing is lost")
        }
      }
    }
  }
}
