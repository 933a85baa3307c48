import Foundation
import XCTest

/// Tab.
final class CompletionKeyTests: ShellTestCase {
  func testOneCandidateIsInserted() throws {
    let terminal = try start()
    run("weights = zeros(2, 3)", on: terminal, prompt: 2)
    terminal.type(Key.control("l") + "weig\t.sha\t")
    expectScreen(
      "In [2]: weights.shape\nshape  share_memory_".replacingOccurrences(
        of: "weights.shape\nshape  share_memory_", with: "weights.sha") + "\nshape  share_memory_", on: terminal)
    terminal.type("p\t")
    expectScreen("In [2]: weights.shape", on: terminal)
  }

  func testSeveralAreListedBelowUntilTheNextKey() throws { for size in Self.sizes { try list(try start(size)) } }

  private func list(_ terminal: PseudoTerminal) throws {
    run("alpha_one = alpha_two = 1", on: terminal, prompt: 2)
    terminal.type(Key.control("l") + "x = (\ralp\t")
    expectScreen("In [2]: x = (\n   ...:     alpha_\nalpha_one  alpha_two", on: terminal)
    XCTAssertEqual(terminal.screen.cursorRow, 1)
    terminal.type("o")
    expectScreen("In [2]: x = (\n   ...:     alpha_o", on: terminal)
    terminal.type("\t")
    expectScreen("In [2]: x = (\n   ...:     alpha_one", on: terminal)
  }

  func testALongListComesInPages() throws {
    let terminal = try start(columns: 40, rows: 10)
    terminal.type("torch.\t")
    expect("page 1 of", on: terminal)
    let first = terminal.screen.lines
    XCTAssert(first.contains("In [1]: torch."))
    terminal.type("\t")
    expect("page 2 of", on: terminal)
    XCTAssert(terminal.screen.lines.contains("In [1]: torch."))
    XCTAssertNotEqual(first[3], terminal.screen.lines[3])
    terminal.type("rand\t")
    terminal.wait { $0.lines.contains { $0.hasPrefix("randint") } }
    expectScreen(
      "\nIn [1]: torch.rand\nrand       randint_like  random\nrand_like  randn         randperm\nrandint    randn_like",
      on: terminal)

    XCTAssertEqual(terminal.screen.unknown, [])
  }

  func testFromTheMiddleOfACell() throws {
    let terminal = try start()
    terminal.type("first" + Key.altEnter + "last" + Key.up + Key.end + " = Fal\t")
    expectScreen("\nIn [1]: first = False\n   ...: last", on: terminal)
  }

  func testNothingToOffer() throws {
    let terminal = try start()
    terminal.type("zzz\t")
    XCTAssert(terminal.wait { $0.bells == 1 })
    expectScreen("\nIn [1]: zzz", on: terminal)
  }

  func testCommands() throws {
    let terminal = try start()
    terminal.type("%hi\t")
    expect("%hist", on: terminal)
    try write("1\n", to: "lesson.tnb")
    terminal.type(Key.control("u") + "%run les\t\r")
    expect("%run lesson.tnb\nOut[1]: 1", on: terminal)
  }
}
