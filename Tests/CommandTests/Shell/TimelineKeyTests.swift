import Foundation
import XCTest

/// Going back, changing cells and going on with a notebook at a terminal.
final class TimelineKeyTests: ShellTestCase {
  func testACellIsChangedAtThePrompt() throws {
    for size in Self.sizes {
      let terminal = try start(size)
      run("x = 2", on: terminal, prompt: 2)
      run("x * 10", on: terminal, prompt: 3)
      terminal.type("%edit 1\r")
      expect("In [1]: x = 2", on: terminal)
      terminal.wait { $0.lines[$0.cursorRow] == "In [1]: x = 2" && $0.isPasteBracketed }
      terminal.type(Key.backspace + "7\r")
      expect("Out[2]: 70", on: terminal)
      expect("2 cells ran.", on: terminal)
      terminal.type("%edit 2\r")
      terminal.wait { $0.lines[$0.cursorRow] == "In [2]: x * 10" && $0.isPasteBracketed }
      terminal.type(Key.control("c"))
      expect("In [2] is unchanged.", on: terminal)
      run("x", on: terminal, prompt: 4)
      expect("Out[3]: 7", on: terminal)
    }
  }

  func testAnInterruptedCellIsTakenBack() throws {
    let terminal = try start()
    run("L = [1]; w = zeros(3)", on: terminal, prompt: 2)
    terminal.type("for i in range(10**15): L.append(i); w.add_(1); i or print('going')\r")
    expect("\ngoing", on: terminal)
    terminal.type(Key.control("c"))
    expect("hint: %undo takes back what the cell did so far", on: terminal)
    terminal.type("%undo\r")
    expect("In [2] is undone", on: terminal)
    run("L, w", on: terminal, prompt: 3)
    expect("Out[2]: ([1], tensor([0., 0., 0.]))", on: terminal)
  }

  /// An interrupt while cells run again leaves everything as it was.
  func testAnInterruptedRerunChangesNothing() throws {
    let terminal = try start()
    run("n = 3", on: terminal, prompt: 2)
    run("L = list(range(n))", on: terminal, prompt: 3)
    run("for i in range(n): i or print('going', n)", on: terminal, prompt: 4)
    terminal.type("%%edit 1\rn = 3 * 10**6\r\r")
    // As soon as it is under way, or after it: both must leave a consistent notebook.
    XCTAssert(terminal.wait { !$0.isPasteBracketed })
    terminal.read(for: 0.05)
    terminal.type(Key.control("c"))
    XCTAssert(terminal.wait(seconds: 30) { $0.text.contains("as it was before") || $0.text.contains("cells ran") })
    terminal.type("\rlen(L) == n\r")
    expect("]: True", on: terminal, seconds: 30)
  }

  func testGoingOnWithANotebook() throws {
    try write("# %% [markdown]\n# # Title\n\n# %%\nx = ones(2)\nx\n#> tensor([1., 1.])\n", to: "a.tnb")
    let terminal = try start(arguments: ["shell", "a.tnb"], showing: "In [2]:")
    expect("a.tnb: 1 of 1 cell ran", on: terminal)
    run("x + 1", on: terminal, prompt: 3)
    terminal.type("%save\r")
    expect("a.tnb: 2 cells saved", on: terminal)
    terminal.wait { $0.text.hasSuffix("In [3]:") && $0.isPasteBracketed }
    terminal.type(Key.control("d"))
    XCTAssertEqual(terminal.waitForEnd(), 0)
    XCTAssertEqual(
      try String(contentsOf: folder.appendingPathComponent("a.tnb"), encoding: .utf8),
      "# %% [markdown]\n# # Title\n\n# %%\nx = ones(2)\nx\n#> tensor([1., 1.])\n\n# %%\nx + 1\n#> tensor([2., 2.])\n")
  }

  /// What a killed session offers is what its state was: without what was undone, with what was edited.
  func testRecoveryKnowsOfUndoAndEdit() throws {
    let terminal = try start()
    run("a = 1", on: terminal, prompt: 2)
    run("b = a", on: terminal, prompt: 3)
    run("c = 3", on: terminal, prompt: 4)
    terminal.type("%undo\r")
    expect("In [3] is undone", on: terminal)
    terminal.type("%%edit 1\ra = 5\r\r")
    expect("2 cells ran.", on: terminal)
    terminal.send(SIGKILL)
    _ = terminal.waitForEnd()
    let next = try start(banner: true)
    expect("A session was cut off: 2 cells", on: next)
    next.type("%recover\r")
    expect("In [3]:", on: next)
    run("b, 'c' in globals()", on: next, prompt: 4)
    expect("Out[3]: (5, False)", on: next)
  }
}
