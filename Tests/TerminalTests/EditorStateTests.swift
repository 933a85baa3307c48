import Shell
import XCTest

@testable import Terminal

private func characters(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

final class UndoStackTests: XCTestCase {
  private var stack = UndoStack()

  private func type(_ text: String) {
    for end in text.indices.map({ text.index(after: $0) }) {
      let typed = characters(String(text[..<end]))
      stack.record(.init(text: typed, cursor: typed.count))
    }
  }

  func testTypingIsUndoneByWords() {
    type("one two")
    XCTAssertEqual(stack.undo()?.text, characters("one"))
    XCTAssertEqual(stack.undo()?.text, [])
    XCTAssertNil(stack.undo())
    XCTAssertEqual(stack.redo()?.text, characters("one"))
  }

  func testAChangeEndsWhatCouldBeRedone() {
    type("a")
    stack.record(.init(text: characters("ab c"), cursor: 4))
    XCTAssertEqual(stack.undo()?.text, characters("a"))
    stack.record(.init(text: characters("x"), cursor: 1))
    XCTAssertNil(stack.redo())
    XCTAssertEqual(stack.undo()?.text, characters("a"))
  }

  func testMovingIsNoChange() {
    type("ab")
    stack.record(.init(text: characters("ab"), cursor: 0))
    XCTAssertEqual(stack.undo()?.text, [])
  }
}

final class KillRingTests: XCTestCase {
  func testKillsInARowAreOneEntry() {
    var ring = KillRing()
    XCTAssertNil(ring.yank())
    ring.add(characters("b"), backward: false, continuing: false)
    ring.add(characters("c"), backward: false, continuing: true)
    ring.add(characters("a"), backward: true, continuing: true)
    ring.add(characters("z"), backward: true, continuing: false)
    XCTAssertEqual(ring.yank(), characters("z"))
    XCTAssertEqual(ring.earlier(), characters("abc"))
    XCTAssertEqual(ring.earlier(), characters("z"))
  }
}

final class CellLayoutTests: XCTestCase {
  private func layout(_ text: String, cursor: Int, columns: Int) -> CellLayout {
    let text = characters(text)
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
      for cursor in 0...characters(text).count {
        let cell = layout(text, cursor: cursor, columns: columns)
        XCTAssertLessThan(cell.cursorRow, cell.rows.count)
        XCTAssertLessThan(cell.cursorColumn, max(columns, 2))
        if columns >= 4 { XCTAssertLessThanOrEqual(cell.widths.max()!, columns) }
      }
    }
  }
}
