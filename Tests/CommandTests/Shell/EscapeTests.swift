import Foundation
import XCTest

/// Control characters that cells print reach no terminal.
final class EscapeTests: ShellTestCase {
  func testPrintedEscapesAreShown() throws {
    let terminal = try start()
    run(#"print('\x1b[2J\x1b]0;title\x07 \x9b31m')"#, on: terminal, prompt: 2)
    expect(#"^[[2J^[]0;title^G \x9b31m"#, on: terminal)
    run(#"type('R', (), {'__repr__': lambda self: '\x1b[31mred'})()"#, on: terminal, prompt: 3)
    expect("^[[31mred", on: terminal)
    run(#"raise ValueError('\x1b[31mred')"#, on: terminal, prompt: 4)
    expect("ValueError: ^[[31mred", on: terminal)
    XCTAssertFalse(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]0;title"))
  }

  func testProgressBarsBeginTheirLineAnew() throws {
    let terminal = try start()
    run(#"for i in range(3): print(f'\r{i}0%', end='')"#, on: terminal, prompt: 2)
    expect("\n20%\n", on: terminal)
  }

  func testARecordedEscapeIsShown() throws {
    let path = folder.appendingPathComponent("a.tnb")
    try Data("1\n#> \u{1B}[2J2\n".utf8).write(to: path)
    let terminal = try PseudoTerminal(
      [Command.path, "check", "a.tnb"], environment: ["TERM": "xterm"], folder: folder, columns: 80, rows: 24)
    XCTAssertEqual(terminal.waitForEnd(), 1)
    XCTAssertTrue(terminal.screen.text.contains("#> ^[[2J2"), terminal.screen.text)
  }

  func testAPipeGetsTheBytes() throws {
    XCTAssertEqual(
      try Command.run(["-c", #"print('\x1b[31mred\x1b[0m')"#], folder: folder).output, "\u{1B}[31mred\u{1B}[0m\n")
  }
}
