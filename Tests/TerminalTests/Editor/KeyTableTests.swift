import XCTest

@testable import Terminal

final class KeyTableTests: XCTestCase {
  func testEveryActionHasAKeyAndEveryKeyOneAction() {
    var seen: [String: EditorAction] = [:]
    for binding in KeyTable.bindings {
      for keys in binding.keys { XCTAssertNil(seen.updateValue(binding.action, forKey: keys), keys) }
    }
    let bound = Set(KeyTable.bindings.map(\.action))
    XCTAssertEqual(EditorAction.allCases.filter { !bound.contains($0) }, [.insertPasted])
  }

  func testNamesForBindings() {
    XCTAssertEqual(EditorAction.lineStart.functionName, "tnb-line-start")
    XCTAssertEqual(Set(EditorAction.allCases.map(\.functionName)).count, EditorAction.allCases.count)
  }
}
