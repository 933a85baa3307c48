import XCTest

@testable import Shell

final class PastedTextTests: XCTestCase {
  private func paste(_ text: String, into cell: String = "") -> String {
    PastedText.cleaned(text, into: cell, cursor: cell.utf8.count)
  }

  func testCodeStaysAsItIs() {
    for text in [
      "x = 1", "def f(x):\n    return x\n\nf(1)", "x = '''a\n  b\n'''", "  two", "\tx", "a\n\n\nb", "if a:\n\tb",
    ] {
      XCTAssertEqual(paste(text), text)
    }
  }

  func testUniformIndentationGoes() {
    XCTAssertEqual(paste("    x = 1\n    if x:\n        y\n"), "x = 1\nif x:\n    y")
    XCTAssertEqual(paste("\n    x = 1\n\n    y\n"), "\nx = 1\n\ny")
    XCTAssertEqual(paste("\tx\n\ty"), "x\ny")
  }

  func testIntoAnIndentedLine() {
    XCTAssertEqual(paste("a\nif b:\n    c", into: "def f():\n    "), "a\n    if b:\n        c")
    XCTAssertEqual(paste("    a\n    b", into: "def f():\n    "), "a\n    b")
    XCTAssertEqual(paste("1,\n2)", into: "x = ("), "1,\n2)")
  }

  func testPromptsAndOutputsOfSessionsGo() {
    XCTAssertEqual(
      paste(
        "In [1]: def f(x):\n   ...:     return x\n   ...: \n\nIn [2]: f(1)\nOut[2]: 1\n\nIn [3]: f(2)\nOut[3]: 2\n"),
      "def f(x):\n    return x\n\nf(1)\nf(2)")
    XCTAssertEqual(paste(">>> x = 1\n>>> for i in a:\n...     i\n...\n0\n1\n>>> x\n"), "x = 1\nfor i in a:\n    i\n\nx")
    XCTAssertEqual(paste("In [12]: x"), "x")
    XCTAssertEqual(paste(">>> "), "")
    XCTAssertEqual(paste("  >>> x\n  1"), "x")
    XCTAssertEqual(paste("a >>> b\nc"), "a >>> b\nc")
    XCTAssertEqual(paste("x[...]\n... "), "x[...]\n... ")
  }

  func testRecordedOutputsGo() {
    XCTAssertEqual(paste("#> 1\n#> 2"), "")
    XCTAssertEqual(paste("w\n#> tensor([1.])\n#! Error: no\nv"), "w\nv")
    XCTAssertEqual(paste("# %%\nw\n#> 1\n\n# %%\nv\n#> 2\n"), "# %%\nw\n\n# %%\nv")
  }

  func testLineEndingsAndInvisibleCharacters() {
    XCTAssertEqual(paste("a\r\nb\rc\n"), "a\nb\nc")
    XCTAssertEqual(paste("a\u{0}b\u{7}\u{1B}[31mc"), "ab[31mc")
    XCTAssertEqual(paste("x\u{A0}=\u{A0}1\u{200B}"), "x = 1")
    XCTAssertEqual(paste("s = 'ü 世界 🎉'"), "s = 'ü 世界 🎉'")
  }
}
