import Notebook
import XCTest

@testable import Shell

/// Whatever is typed, pasted or completed, the shell goes on.
final class TypedTextFuzzTests: SessionTestCase {
  private static let pieces = [
    "x", "torch", ".", "(", ")", "[", "]", "{", "}", "'", "\"", "'''", "\\", "\n", "\n    ", " ", "\t", "%", "%%",
    "!true", "?", "#",
    "# %%", "#>", "=", ":", ",", "def f", "import ", "from ", "lambda", "1", "0x", "é", "世", "🎉", "\u{301}", "@", "if",
    "else",
    "return", "%run ", "%history ", "%save ", "~1/", "-g", "4-6", "In [1]: ", ">>> ", "...", "\u{0}", "\u{1B}", "f\"{",
  ]

  func testRandomTexts() throws {
    let sink = Console.Sink.closure { _ in }
    let session = Session(console: Console(output: sink, errors: sink), history: History(file: nil))
    let editing = CellEditing(session)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random)! }.joined()
      // The editor's cursor stands between characters.
      let end = text.unicodeScalars.indices.randomElement(using: &random) ?? text.unicodeScalars.startIndex
      let cursor = String(text.unicodeScalars[..<end]).utf8.count
      _ = editing.enter(text, cursor: cursor)
      _ = editing.indentation(text, cursor: cursor)
      _ = editing.highlights(Array(text.utf8))
      let completion = editing.complete(text, cursor: cursor)
      XCTAssertLessThanOrEqual(completion.replacing.upperBound, text.utf8.count)
      _ = completion.commonPrefix
      _ = editing.insertion(ofPasted: text, into: "if x:\n    ", cursor: 10)
      _ = ShellLine.parts(of: text)
    }
  }

  func testRandomTextsRun() throws {
    let sink = Console.Sink.closure { _ in }
    let session = Session(
      console: Console(output: sink, errors: sink), recovery: RecoveryFile(folder: path("recovery"), seed: 1))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let count = Int.random(in: 1...6, using: &random)
      let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random)! }.joined()
      // What a notebook cannot hold is refused when it is saved; what the system's shell says is not this test's.
      if text.unicodeScalars.contains("\u{0}") || text.contains("!") { continue }
      session.submit(text)
    }
    // What was kept on the way is a notebook.
    _ = try session.notebook(path: "a.tnb")
    XCTAssertNoThrow(session.close())
  }
}
