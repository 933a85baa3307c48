import Foundation
import XCTest

/// Every notebook and every notebook snippet of the documentation gives what it shows.
final class DocumentationTests: CommandTestCase {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  func testExamplesGiveWhatTheyRecord() throws {
    let examples = Self.root.appendingPathComponent("docs/examples").path
    let result = try tnb("check", examples)
    XCTAssertEqual(result.status, 0, result.output + result.errors)
    for name in try FileManager.default.contentsOfDirectory(atPath: examples) {
      XCTAssertEqual(try tnb("\(examples)/\(name)").status, 0, name)
    }
  }

  /// The snippets of a page are the cells of one notebook.
  func testSnippetsGiveWhatTheyRecord() throws {
    for page in ["README.md", "docs/language.md", "docs/lessons.md", "docs/notebooks.md"] {
      let text = try String(contentsOf: Self.root.appendingPathComponent(page), encoding: .utf8)
      let snippets = text.components(separatedBy: "```tnb\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
      XCTAssertGreaterThan(snippets.count, 0, page)
      try write(snippets.joined(separator: "\n# %%\n"))
      let result = try tnb("check", "a.tnb")
      XCTAssertEqual(result.status, 0, "\(page): \(result.output)\(result.errors)")
    }
  }

  func testPagesThatAreLinkedExist() throws {
    for page in [
      "README.md", "docs/architecture.md", "docs/adding-things.md", "docs/benchmarks.md", "docs/language.md",
      "docs/notebooks.md", "docs/shell.md",
    ] {
      let location = Self.root.appendingPathComponent(page)
      let text = try String(contentsOf: location, encoding: .utf8)
      for part in text.components(separatedBy: "](").dropFirst() {
        let link = part.prefix { $0 != ")" && $0 != "#" }
        guard !link.isEmpty, !link.hasPrefix("http") else { continue }
        let target = location.deletingLastPathComponent().appendingPathComponent(String(link)).path
        XCTAssert(FileManager.default.fileExists(atPath: target), "\(page): \(link)")
      }
    }
  }
}
