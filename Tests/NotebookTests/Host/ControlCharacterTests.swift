import XCTest

@testable import Notebook

final class ControlCharacterTests: XCTestCase {
  func testControlsAreShown() {
    XCTAssertEqual("a\u{1B}[31mb\u{07}\u{08}\u{7F}\0".showingControls(), "a^[[31mb^G^H^?^@")
    XCTAssertEqual("\u{9B}31m".showingControls(), #"\x9b31m"#)
    XCTAssertEqual("ä\u{1B}]0;title\u{07}€".showingControls(), "ä^[]0;title^G€")
  }

  func testLineEndsTabsAndReturnsStay() {
    XCTAssertEqual("a\tb\r\n50%\r100%\n".showingControls(), "a\tb\r\n50%\r100%\n")
    XCTAssertEqual("plain é 漢字 \u{A0}".showingControls(), "plain é 漢字 \u{A0}")
  }

  func testColoursMayPass() {
    XCTAssertEqual("\u{1B}[1;31mred\u{1B}[0m".showingControls(keepingColours: true), "\u{1B}[1;31mred\u{1B}[0m")
    XCTAssertEqual("\u{1B}[2J\u{1B}[31;".showingControls(keepingColours: true), "^[[2J^[[31;")
    XCTAssertEqual("\u{1B}".showingControls(keepingColours: true), "^[")
  }

  /// A terminal gets no control character of a cell; a pipe gets its bytes.
  func testTheConsoleTellsTerminalsFromPipes() {
    for (isTerminal, expected) in [(true, "^[[2Jx\r\u{1B}[1mbold ^[c"), (false, "\u{1B}[2Jx\r\u{1B}[1mbold \u{1B}c")] {
      var written = ""
      let console = Console(
        output: .closure { written += String(decoding: $0, as: UTF8.self) }, errors: .closure { _ in },
        isTerminal: isTerminal)
      console.printOutput("\u{1B}[2Jx\r")
      console.print("\u{1B}[1mbold \u{1B}c")
      console.flush()
      XCTAssertEqual(written, expected)
    }
  }
}
