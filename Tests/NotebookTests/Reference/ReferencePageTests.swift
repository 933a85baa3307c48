import Foundation
import XCTest

@testable import Notebook

final class ReferencePageTests: XCTestCase {
  func testThePageIsUpToDate() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/reference.md"), encoding: .utf8)
    XCTAssert(page == ReferencePage.render(), "docs/reference.md differs from the declarations; run scripts/reference")
  }
}
