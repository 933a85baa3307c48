import Foundation
import Shell
import XCTest

@testable import Terminal

final class ShellPageTests: XCTestCase {
  func testThePageShowsTheTables() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/shell.md"), encoding: .utf8)
    XCTAssertEqual(
      ShellTables.update(page, keys: TerminalLineSource.keyDescriptions), page,
      "docs/shell.md differs from the tables; run scripts/reference")
    for command in CommandTable.all {
      XCTAssert(page.contains("`\(command.synopsis.replacingOccurrences(of: "|", with: "\\|"))`"), command.name)
    }
    for key in KeyTable.descriptions { XCTAssert(page.contains(key.does), key.keys) }
  }
}

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
