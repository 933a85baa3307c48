import Foundation
import XCTest

/// The sessions that the documentation shows are what the shell shows.
final class RecordedSessionTests: ShellTestCase {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  func testSessionsOfThePages() throws {
    for page in ["README.md", "docs/shell.md"] {
      let text = try String(contentsOf: Self.root.appendingPathComponent(page), encoding: .utf8)
      let blocks = text.components(separatedBy: "```text\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
      let sessions = blocks.filter { $0.contains("In [1]:") }
      XCTAssertGreaterThan(sessions.count, 0, page)
      for session in sessions {
        let lines = session.split(separator: "\n").map(String.init).drop { !$0.hasPrefix("In [") }
        try replay(Array(lines), page)
      }
    }
  }

  /// Types what stands behind the prompts and compares everything that is shown.
  private func replay(_ lines: [String], _ page: String) throws {
    let terminal = try start(columns: 120, rows: 50)
    var typed = 0
    for line in lines {
      let isFirst = line.hasPrefix("In [")
      guard isFirst || line.hasPrefix("   ...:") else { continue }
      let code = line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
      let prompt = String(line.prefix { $0 != ":" }) + ":"
      // One more than before: a command's own line has the same number.
      let isReady = terminal.wait { screen in
        let shown = screen.transcript.components(separatedBy: "\n")
        let prompts = shown.filter { $0.hasPrefix("In [") || $0.hasPrefix("   ...:") }
        return prompts.count == typed + 1 && prompts.last?.hasPrefix(prompt) == true
      }
      typed += 1
      XCTAssert(isReady, "\(page): \(line)\n\(terminal.screen.text)")
      terminal.type(code + "\r")
    }
    XCTAssert(terminal.wait { $0.lines[$0.cursorRow].hasPrefix("In [") && $0.isPasteBracketed })
    while terminal.read(for: 0.1) {}
    let shown = terminal.screen.transcript.components(separatedBy: "\n").filter { !$0.isEmpty }.dropLast()
    let expected = lines.map { line in line.hasSuffix(" ") ? String(line.dropLast()) : line }
    XCTAssertEqual(Array(shown), expected, page)
    terminal.type("%quit\r")
    XCTAssertEqual(terminal.waitForEnd(), 0)
  }
}
