import XCTest

final class TranscriptTests: XCTestCase {
  func testCellsShareVariables() {
    XCTAssertEqual(
      transcript("x = 20\nx + 1\n%history"),
      """
      In [1]: x = 20
      In [2]: x + 1
      21
      In [3]: %history
      x = 20
      x + 1

      """)
  }

  func testABlockEndsWithAnEmptyLine() {
    XCTAssertEqual(
      transcript("def f(x):\n    return x + 1\n\nf(1)"),
      """
      In [1]: def f(x):
         ...:     return x + 1
         ...:\(" ")
      In [2]: f(1)
      2

      """)
  }

  func testAnUnknownCommandSuggestsTheNearest() {
    XCTAssertEqual(
      transcript("%histry"),
      """
      In [1]: %histry
      there is no command %histry
        hint: did you mean %history?

      """)
  }
}
