import XCTest

@testable import Notebook

final class ComparisonTests: XCTestCase {
  private func matches(_ expected: String, _ actual: String) -> Bool {
    Comparison.matches(
      expected: Record.lines(output: Array(expected.utf8), error: nil),
      actual: Record.lines(output: Array(actual.utf8), error: nil))
  }

  func testNoiseOfAnotherMachinePasses() {
    XCTAssertTrue(matches("tensor(0.5176)", "tensor(0.5177)"))
    XCTAssertTrue(matches("tensor(-7731.2002)", "tensor(-7731.2007)"), "2e-6 relative")
    XCTAssertTrue(matches("tensor([1.0000e-05])", "tensor([1.0001e-05])"))
    XCTAssertTrue(matches("0.30000000000000004", "0.3"))
    XCTAssertTrue(matches("-0.0000", "0.0000"))
    XCTAssertTrue(matches("loss: 2536.4!", "loss: 2536.5!"))
    XCTAssertTrue(matches("nan inf", "nan inf"))
    XCTAssertTrue(matches("<a.B object at 0x5581daaedb40>", "<a.B object at 0x7f17a7c220>"))
  }

  func testDriftFails() {
    XCTAssertFalse(matches("tensor(0.5176)", "tensor(0.5178)"))
    XCTAssertFalse(matches("tensor(0.5176)", "tensor(-0.5176)"))
    XCTAssertFalse(matches("3", "3."), "int against float")
    XCTAssertFalse(matches("3", "3.0"))
    XCTAssertFalse(matches("3", "4"), "an integer is exact")
    XCTAssertFalse(matches("12757189", "12757190"))
    XCTAssertFalse(matches("tensor(3.)", "tensor(4.)"), "nothing says that 3. was rounded")
    XCTAssertFalse(matches("torch.Size([2, 3])", "torch.Size([2, 4])"))
    XCTAssertFalse(matches("dtype=torch.float32", "dtype=torch.float64"))
    XCTAssertFalse(matches("2x3", "2x4"))
    XCTAssertFalse(matches("AddBackward0", "AddBackward1"))
    XCTAssertFalse(matches("0.3", "0.35"), "the finer of the two units counts")
    XCTAssertFalse(matches("nan", "1.0"))
    XCTAssertFalse(matches("a", "b"))
    XCTAssertFalse(matches("0x5581daaedb40", "0x5581daaedb41"), "no address")
    XCTAssertFalse(matches("at 0x5581daaedb40", "at home"))
    XCTAssertFalse(matches("a", "a\nb"))
    XCTAssertFalse(matches("", "a"))
    XCTAssertFalse(matches("1e308", "-1e308"))
    XCTAssertFalse(
      Comparison.matches(expected: [Record(.output, "a")], actual: [Record(.error, "a")]), "printed is not raised")
  }

  func testColumnsMayMoveOnlyWithTheNumbers() {
    let narrow = "tensor([[ 9.9999, -1.0000],\n        [ 2.0000,  3.0000]])"
    let wide = "tensor([[10.0000, -1.0000],\n        [ 2.0000,  3.0000]])"
    XCTAssertTrue(matches(narrow, wide))
    XCTAssertFalse(matches("[ 1.5000]", "[1.5000]"))
    XCTAssertFalse(matches("a  b", "a b"))
    XCTAssertFalse(matches("a  b 0.1", "a b 0.2"), "the numbers are as long as before")
  }

  func testNumbersAreWordsOfTheirOwn() {
    XCTAssertEqual(
      PrintedToken.tokens(of: "x1 -2 3-4"),
      [.text("x1"), .space(1), .integer("-2"), .space(1), .integer("3"), .text("-"), .integer("4")])
    XCTAssertEqual(
      PrintedToken.tokens(of: "[1.e-5,"), [.text("["), .decimal(PrintedDecimal("1.e-5")!), .text(",")])
    XCTAssertEqual(PrintedToken.tokens(of: "0x7f 1.2.3"), [.text("0x7f"), .space(1), .text("1.2.3")])
    XCTAssertEqual(PrintedDecimal("-7731.2002")?.lastDigitUnit, 1e-4)
    XCTAssertEqual(PrintedDecimal("1.0000e-05")?.lastDigitUnit, 1e-9)
    XCTAssertEqual(PrintedDecimal(".5")?.value, 0.5)
    XCTAssertNil(PrintedDecimal("12"))
    XCTAssertNil(PrintedDecimal("1e"))
  }

  func testDiffShowsWhatDiffers() {
    func diff(_ expected: String, _ actual: String) -> String {
      RecordDiff(
        expected: Record.lines(output: Array(expected.utf8), error: nil),
        actual: Record.lines(output: Array(actual.utf8), error: nil)
      ).rendered(indent: "")
    }
    XCTAssertEqual(diff("a\nb", "a\nc"), "  #> a\n- #> b\n+ #> c\n")
    XCTAssertEqual(diff("1\n2\n3\n4\nx", "1\n2\n3\n4"), "  ...\n  #> 3\n  #> 4\n- #> x\n")
    XCTAssertEqual(diff("a  b", "a b"), "- #> a  b\n+ #> a b\n")
  }
}
