import Shell
import XCTest

@testable import Terminal

final class CellLayoutTests: XCTestCase {
  private func layout(_ text: String, cursor: Int, columns: Int) -> CellLayout {
    let text = text.unicodeScalars.map(\.value)
    return CellLayout(
      text: text, cursor: cursor, looks: .init(repeating: 0, count: text.count), sequences: [[]], prompt: .cell(1),
      palette: .plain, columns: columns)
  }

  func testRowsAndCursor() {
    let cell = layout("ab\nc", cursor: 4, columns: 20)
    XCTAssertEqual(cell.rows.map { String(decoding: $0, as: UTF8.self) }, ["In [1]: ab", "   ...: c"])
    XCTAssertEqual(cell.cursorRow, 1)
    XCTAssertEqual(cell.cursorColumn, 9)
  }

  func testEveryCursorHasAPlaceInEveryWidth() {
    let text = "def f(x): # 世界\n\treturn 'e\u{301} 🎉' + x\n" + String(repeating: "long ", count: 20)
    for columns in 1...60 {
      for cursor in 0...text.unicodeScalars.count {
        let cell = layout(text, cursor: cursor, columns: columns)
        XCTAssertLessThan(cell.cursorRow, cell.rows.count)
        XCTAssertLessThan(cell.cursorColumn, max(columns, 2))
        if columns >= 4 { XCTAssertLessThanOrEqual(cell.widths.max()!, columns) }
      }
    }
  }
}
