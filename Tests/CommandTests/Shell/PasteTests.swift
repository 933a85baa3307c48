import Foundation
import XCTest

final class PasteTests: ShellTestCase {
  func testAPastedCellStaysAsItIs() throws { for size in Self.sizes { try pasteAFunction(try start(size)) } }

  private func pasteAFunction(_ terminal: PseudoTerminal) throws {
    terminal.type(Key.paste("def f(x):\n    if x:\n        return 1\n\n    return 2\n"))
    expectScreen(
      "\nIn [1]: def f(x):\n   ...:     if x:\n   ...:         return 1\n   ...:\n   ...:     return 2", on: terminal)
    terminal.type("\r\r")
    run("f(0)", on: terminal, prompt: 3)
    expect("Out[2]: 2", on: terminal)
  }

  func testPromptsAndOutputsOfATranscriptGo() throws {
    let terminal = try start()
    terminal.type(Key.paste("    In [1]: x = 20\r\n    In [2]: x + 1\r\n    Out[2]: 21\r\n"))
    expectScreen("\nIn [1]: x = 20\n   ...: x + 1", on: terminal)
    terminal.type("\r")
    expect("Out[1]: 21", on: terminal)
  }

  func testANotebookRunsAsItsCells() throws {
    let terminal = try start()
    terminal.type(Key.paste("# %% [markdown]\n# Prose\n\n# %%\nx = 1\nx\n#> 1\n\n# %%\nx + 1\n#> 2\n") + "\r")
    expect("Out[1]: 1\nOut[2]: 2\n\nIn [3]:", on: terminal)
  }

  func testWithoutBrackets() throws {
    // A terminal that does not mark pastes types the lines; those in a block indent themselves.
    let terminal = try start()
    terminal.type("x = 1\ry = 2\rx + y\r")
    expect("Out[3]: 3", on: terminal)
  }

  func testTwoThousandLines() throws {
    let terminal = try start()
    let lines = (0..<2_000).map { "value_\($0) = \($0) * 2 + len('some text')" }
    let begin = Date()
    terminal.type(Key.paste(lines.joined(separator: "\n")))
    expect("value_1999", on: terminal)
    // 1 s is promised of a release build.
    XCTAssertLessThan(Date().timeIntervalSince(begin), 5)
    terminal.type("\rvalue_1999\r")
    expect("Out[2]: 4007", on: terminal, seconds: 20)
    XCTAssert(
      terminal.screen.scrollback.contains("In [1]: value_0 = 0 * 2 + len('some text')"),
      "the whole cell can be read above")
    XCTAssertEqual(terminal.screen.scrollback.filter { $0.contains("value_1000 =") }.count, 1, "and stands there once")
  }

  func testTabsAreKept() throws {
    let terminal = try start()
    terminal.type(Key.paste("if 1:\n\tx = 5\n\tif x:\n\t\ty = 6\n") + "\r\r")
    run("x, y", on: terminal, prompt: 3)
    expect("Out[2]: (5, 6)", on: terminal)
  }
}
