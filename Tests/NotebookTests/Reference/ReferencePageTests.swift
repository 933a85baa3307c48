import Foundation
import Tensor
import XCTest

@testable import Notebook

final class ReferencePageTests: XCTestCase {
  func testThePageIsUpToDate() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/reference.md"), encoding: .utf8)
    // Numbers may differ in the last place between machines, as in any record.
    let expected = Record.lines(output: Array(page.utf8), error: nil)
    let actual = Record.lines(output: Array(ReferencePage.render { Interpreter() }.utf8), error: nil)
    XCTAssert(
      Comparison.matches(expected: expected, actual: actual),
      "docs/reference.md differs from the declarations; run scripts/reference")
  }

  func testEveryExampleRuns() {
    for declaration in OperationTable.all where !declaration.example.isEmpty {
      for record in ReferencePage.records(of: declaration.example, runner: Interpreter()) {
        XCTAssertEqual(record.kind, .output, "\(declaration.name): \(record.text)")
      }
    }
  }
}
