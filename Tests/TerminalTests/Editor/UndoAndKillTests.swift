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
