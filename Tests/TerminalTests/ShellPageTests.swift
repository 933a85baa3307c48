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
