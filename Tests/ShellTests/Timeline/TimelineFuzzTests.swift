import Notebook
import Runtime
import XCTest

@testable import Shell

/// Commands with arguments that make no sense, among cells that do all kinds of things: each gives an error or works, and the
/// notebook can be saved and read afterwards.
final class TimelineFuzzTests: SessionTestCase {
  private static let cells = [
    "x = randn(3)", "x += 1", "L = [1]", "L.append(L)", "def f(): return x", "f()", "1/0", "import os", "_", "In",
    "Out",
    "del x", "w = zeros(2, grad); (w * w).sum().backward()", "w.grad.zero_()", "class A: pass", "a = A(); a.b = a",
    "print('hi')", "it = iter(L)", "next(it)", "torch.manual_seed(3);", "x = = 1", "raise KeyboardInterrupt",
    "globals()",
    "open('zz.txt', 'w').write('a')", "f = open('zz.txt')", "f.read()", "'''\n#> a\n'''", "# only a comment",
    "\u{E9} = 1",
    "print('\\x1b[1m')", "raise SystemExit", "'a\\0b'", "import gc; gc.collect()", "def f():\n    yield x\n",
  ]
  private static let commands = [
    "undo", "redo", "goto", "rerun", "stale", "slice", "cells", "show", "note", "name", "move", "drop", "open", "save",
    "edit", "%edit", "load", "run", "del", "seed", "history", "time", "timeit -n1 -r1", "why", "shapes", "who", "whos",
    "graph", "config undo_memory =", "reset -f",
  ]
  private static let arguments = [
    "", "1", "2", "0", "-1", "99999999999999999999", "1..", "2-3", "1 2", "2 1", "x", "L", "note", "note 1", "-n 1",
    "-f zz", "zz", "zz.tnb", "~1/", "-x 1", "x zz2 zz3", "1 name=\"", "\u{E9}", "\"", "  ", "0 MiB", "1 MiB",
    "1 the name",
  ]

  func testNothingBreaksTheSession() throws {
    for name in ["EDITOR", "VISUAL"] { setenv(name, "true", 1) }
    defer { for name in ["EDITOR", "VISUAL"] { unsetenv(name) } }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<25 {
      let sink = Console.Sink.closure { _ in }
      let session = Session(
        console: Console(output: sink, errors: sink), recovery: RecoveryFile(folder: path("recovery"), seed: 1))
      var log: [String] = []
      for _ in 0..<40 {
        let cell = Self.cells.randomElement(using: &random)!
        var text = cell
        if Bool.random(using: &random) {
          text = "%\(Self.commands.randomElement(using: &random)!) \(Self.arguments.randomElement(using: &random)!)"
          if text.hasPrefix("%%") { text += "\n" + cell }
        }
        log.append(text)
        session.submit(text)
        XCTAssertEqual(session.cells.map(\.number), Array(1..<(session.cells.count + 1)), log.joined(separator: "\n"))
        XCTAssertEqual(session.journal.position, session.cells.count, log.joined(separator: "\n"))
      }
      if let bytes = try? session.notebook(path: "a.tnb") {
        let notebook = try Notebook(bytes)
        XCTAssertEqual(
          notebook.cells.filter(\.isRunnable).count,
          (session.sheet.done + session.sheet.pending).filter { !$0.wasInterrupted && !$0.isComment }.count,
          log.joined(separator: "\n"))
      }
      session.close()
    }
  }
}

extension SessionCell {
  /// A notebook takes no blank cell for one.
  fileprivate var isComment: Bool { text.allSatisfy(\.isWhitespace) }
}
