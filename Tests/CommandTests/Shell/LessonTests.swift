import Foundation
import XCTest

/// `tnb learn` on a terminal.
final class LessonTests: ShellTestCase {
  private let sample = """
    # ---
    # title: A sample
    # ---

    # %% [markdown]
    # Some *prose* about **x**.

    # %%
    for i in range(3):
        x = i * 10
        print(x)
    #> 0
    #> 10
    #> 20

    # %% [markdown]
    # The end is near.

    # %%
    x + 1
    #> 21

    """

  private func learn(
    columns: Int = 80, rows: Int = 24, term: String = "xterm-256color", environment: [String: String] = [:],
    showing prompt: String = "In [1]:"
  ) throws -> PseudoTerminal {
    try Data(sample.utf8).write(to: folder.appendingPathComponent("sample.tnb"))
    return try start(
      columns: columns, rows: rows, term: term, environment: environment, arguments: ["learn", "sample.tnb"],
      showing: prompt)
  }

  func testEnterRunsTheCellThatStandsReady() throws {
    let terminal = try learn()
    expect("Some prose about x.", on: terminal)
    expect("In [1]: for i in range(3):\n   ...:     x = i * 10\n   ...:     print(x)", on: terminal)
    terminal.type("\r")
    expect("\n0\n10\n20\n\n─── 2 of 2", on: terminal)
    expect("The end is near.\n\nIn [2]: x + 1", on: terminal)
    terminal.type("\r")
    expect("Out[2]: 21", on: terminal)
    expect("This is the end of the lesson.", on: terminal)
    // Before the editor listens, the terminal itself takes the key.
    terminal.wait { $0.text.hasSuffix("In [3]:") && $0.isPasteBracketed }
    terminal.type(Key.control("d"))
    XCTAssertEqual(terminal.waitForEnd(), 0)
    XCTAssertEqual(try Command.run(["learn", "nosuch"], folder: folder).status, 2)
  }

  func testEnterRunsTheChangedCellFromItsMiddle() throws {
    let terminal = try learn()
    terminal.type(Key.up + Key.end + Key.backspace + Key.backspace + "7")
    expect("x = i * 7", on: terminal)
    terminal.type("\r")
    expect("\n0\n7\n14\n\n─── 2 of 2", on: terminal)
    expect("In [2]: x + 1", on: terminal)
    terminal.type("\r")
    expect("Out[2]: 15\nIn the lesson this cell shows something else:\n    21\n", on: terminal)
  }

  func testOtherCodeAndCommands() throws {
    let terminal = try learn()
    terminal.type(Key.control("c"))
    expect("Enter on an empty line brings the lesson's cell back.", on: terminal)
    terminal.type("6 * 7\r")
    expect("Out[1]: 42", on: terminal)
    terminal.type("\r")
    expect("In [2]: for i in range(3):\n   ...:     x = i * 10\n   ...:     print(x)", on: terminal)
    // Behind the cell, as somebody types who does not think of taking it away.
    terminal.type("%list\r")
    expect("> 1  for i in range(3):\n  2  x + 1\n", on: terminal)
    terminal.type(Key.control("c"))
    terminal.type("%ne\t\r")
    expect("─── 2 of 2", on: terminal)
  }

  func testThePlaceIsKeptEvenWhenTheShellIsKilled() throws {
    let terminal = try learn()
    terminal.type("\r")
    expect("In [2]: x + 1", on: terminal)
    terminal.send(SIGKILL)
    _ = terminal.waitForEnd()
    let list = try Command.run(["learn"], folder: folder)
    XCTAssertEqual(list.status, 0)
    let again = try learn(showing: "Go on there? ([y]/n)")
    expect("Last time you came to step 2 of 2", on: again)
    again.type("\r")
    expect("In [2]: x + 1", on: again)
    again.type("\r")
    expect("Out[2]: 21", on: again)
    let after = try start()
    XCTAssertFalse(after.screen.text.contains("cut off"), "a lesson leaves no session to recover")
  }

  func testASmallWindow() throws {
    let terminal = try learn(columns: 40, rows: 10, showing: "··· Enter goes on")
    XCTAssert(terminal.screen.text.contains("Ctrl-D leaves"), terminal.screen.text)
    terminal.type("\r")
    expect("─── 1 of 2 ────────────────────────────\n\nSome prose about x.", on: terminal)
    expect("In [1]: for i in range(3):\n   ...:     x = i * 10\n   ...:     print(x)", on: terminal)
    terminal.type("\r")
    expect("0\n10\n20\n··· Enter goes on", on: terminal)
    terminal.type("\r")
    expect("─── 2 of 2 ────────────────────────────\n\nThe end is near.\n\nIn [2]: x + 1", on: terminal)
    XCTAssertEqual(terminal.screen.unknown, [])
  }

  func testTheFirstLessonAtBothSizes() throws {
    for size in Self.sizes {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(".local"))
      let terminal = try start(
        columns: size.columns, rows: size.rows, arguments: ["learn", "linear-regression"],
        showing: size.rows > 20 ? "In [1]:" : "··· Enter goes on")
      // Enter alone leads through: it runs cells and goes on at pauses.
      for _ in 0..<150 {
        terminal.wait { $0.isPasteBracketed }
        while terminal.read(for: 0.05) {}
        terminal.type("\r")
        terminal.read(for: 0.02)
        if terminal.screen.transcript.contains("This is the end of the lesson.") { break }
      }
      expect("This is the end of the lesson.", on: terminal)
      XCTAssertFalse(terminal.screen.transcript.contains("In the lesson this cell"))
      XCTAssertEqual(terminal.screen.unknown, [])
      terminal.wait { $0.lines[$0.cursorRow].hasPrefix("In [22]:") }
      terminal.type(Key.control("d"))
      XCTAssertEqual(terminal.waitForEnd(), 0)
    }
  }

  func testCtrlDLeavesWhileTheCellStandsReady() throws {
    let terminal = try learn()
    terminal.type(Key.left + Key.control("d") + Key.control("d"))
    terminal.wait { $0.text.hasSuffix("print(x") }
    XCTAssert(terminal.screen.text.hasSuffix("   ...:     print(x"), terminal.screen.text)
    terminal.type(")")
    expect("   ...:     print(x)", on: terminal)
    terminal.type(Key.control("d"))
    XCTAssertEqual(terminal.waitForEnd(), 0)
  }

  func testADumbTerminal() throws {
    let terminal = try learn(term: "dumb")
    expect("Some *prose* about **x**.", on: terminal)
    expect("In [1]: for i in range(3):\n   ...:     x = i * 10\n   ...:     print(x)\n   ...:", on: terminal)
    terminal.type("\n")
    expect("10\n20\n\n--- 2 of 2", on: terminal)
    expect("In [2]: x + 1\n   ...:", on: terminal)
    terminal.type("\n")
    expect("Out[2]: 21", on: terminal)
    terminal.type("%quit\n")
    XCTAssertEqual(terminal.waitForEnd(), 0)
    XCTAssertFalse(terminal.output.contains(0x1B), "no escape sequences")
  }

  func testWithoutColour() throws {
    let terminal = try learn(environment: ["NO_COLOR": "1"])
    expect("Some *prose* about **x**.", on: terminal)
    XCTAssertFalse(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[1m"))
    XCTAssertFalse(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[32m"))
  }

  func testCtrlCStopsACellOfTheLesson() throws {
    try Data("# %%\nfor i in range(10**15): i or print('going')\n".utf8).write(
      to: folder.appendingPathComponent("long.tnb"))
    let terminal = try start(arguments: ["learn", "long.tnb"])
    terminal.type("\r")
    XCTAssert(terminal.wait { $0.lines.contains("going") })
    terminal.type(Key.control("c"))
    expect("KeyboardInterrupt", on: terminal)
    expect("The lesson's cell comes back as it was", on: terminal)
    expect("In [2]: for i in range(10**15)", on: terminal)
  }

  func testLearnWithinTheShell() throws {
    let terminal = try start()
    run("x = 5", on: terminal, prompt: 2)
    terminal.type("%learn gradients\r")
    expect("In [1]: x = tensor(3., grad)", on: terminal)
    terminal.type(Key.control("d"))
    expect("Back in the shell.", on: terminal)
    run("x", on: terminal, prompt: 3)
    expect("Out[2]: 5", on: terminal)
  }

  func testTheListAndWhatIsNoLesson() throws {
    let list = try Command.run(["learn"], folder: folder)
    XCTAssertEqual(list.status, 0)
    XCTAssert(list.output.hasPrefix("Lessons\n\n  linear-regression"), list.output)
    XCTAssertEqual(
      try Command.run(["learn", "tensor"], folder: folder).errors,
      "tnb: tensor: there is no lesson of this name; did you mean tensors?\n")
    let piped = try Command.run(["learn", "tensors"], input: "\n", folder: folder)
    XCTAssertEqual(piped.status, 2)
    XCTAssert(piped.errors.contains("a lesson needs a terminal"), piped.errors)
    try Data("# %% [markdown]\n#\n".utf8).write(to: folder.appendingPathComponent("empty.tnb"))
    XCTAssert(try Command.run(["learn", "empty.tnb"], folder: folder).errors.contains("nothing to go through"))
  }
}
