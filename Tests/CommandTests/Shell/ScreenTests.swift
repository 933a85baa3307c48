import Foundation
import XCTest

/// Windows of several sizes and kinds.
final class ScreenTests: ShellTestCase {
  func testResizingRedraws() throws {
    let terminal = try start()
    run("print('above')", on: terminal, prompt: 2)
    terminal.type("def function(argument):\rreturn argument + 'a text that is rather long, so that it wraps'")
    expect("it wraps", on: terminal)
    terminal.resize(columns: 40, rows: 10)
    expectScreen(
      """

      In [1]: print('above')
      above

      In [2]: def function(argument):
         ...:     return argument + 'a text th
              at is rather long, so that it wr
              aps'
      """, on: terminal)
    terminal.resize(columns: 100, rows: 30)
    expect("   ...:     return argument + 'a text that is rather long, so that it wraps'", on: terminal)
    terminal.type("\r\r1 + 1\r")
    expect("Out[3]: 2", on: terminal)
    XCTAssertEqual(terminal.screen.text.components(separatedBy: "def function").count, 2, terminal.screen.text)
  }

  func testACellTallerThanTheScreen() throws {
    let terminal = try start(columns: 40, rows: 10)
    terminal.type(Key.paste((1...30).map { "a\($0) = \($0)" }.joined(separator: "\n")))
    expect("a30 = 30", on: terminal)
    XCTAssertEqual(terminal.screen.lines.first, "   ...: a21 = 21")
    XCTAssertEqual(terminal.screen.cursorRow, 9)
    terminal.type(String(repeating: Key.up, count: 15))
    expect("a15 = 15", on: terminal)
    XCTAssertEqual(terminal.screen.lines[terminal.screen.cursorRow], "   ...: a15 = 15")
    terminal.type(Key.end + "00")
    expect("a15 = 1500", on: terminal)
    terminal.type(String(repeating: Key.up, count: 14))
    expect("In [1]: a1 = 1", on: terminal)
    terminal.type("\u{1B}>" + "\ra15\r")
    expect("Out[2]: 1500", on: terminal)
    let shown = terminal.screen.transcript.components(separatedBy: "\n")
    for i in 1...30 { XCTAssertEqual(shown.filter { $0.contains(": a\(i) = ") }.count, 1, "line \(i) is shown once") }
  }

  func testANarrowWindow() throws {
    let terminal = try start(columns: 12, rows: 6)
    terminal.type("x = 1234567")
    expectScreen(
      "\nIn [1]: x =\n1234567".replacingOccurrences(of: "x =\n1234567", with: "x = \n1234567").replacingOccurrences(
        of: "= \n", with: "=\n"), on: terminal)
    terminal.type("\r")
    run("x", on: terminal, prompt: 3)
    expect("Out[2]: 1234\n567", on: terminal)
  }

  func testColors() throws {
    let terminal = try start()
    terminal.type("def f(): return 'text'  # why")
    expect("# why", on: terminal)
    XCTAssertEqual(terminal.screen.look(of: "def"), "1;32")
    XCTAssertEqual(terminal.screen.look(of: "'text'"), "33")
    XCTAssertEqual(terminal.screen.look(of: "In ["), "32")
    XCTAssertEqual(terminal.screen.look(of: " f()"), "")
    terminal.type(Key.control("c") + "1/0\r")
    expect("ZeroDivisionError", on: terminal)
    XCTAssertEqual(terminal.screen.look(of: "ZeroDivisionError"), "1;31")
  }

  func testNoColorWhereNoneIsWanted() throws {
    let terminal = try start(environment: ["NO_COLOR": "1"])
    run("def f(): return 'text'\r", on: terminal, prompt: 2)
    run("1/0", on: terminal, prompt: 3)
    expect("ZeroDivisionError", on: terminal)
    XCTAssertFalse(terminal.screen.hasColor)
    terminal.type("x\t" + Key.control("r") + "def")
    expect("(reverse-i-search)", on: terminal)
    XCTAssertFalse(terminal.screen.hasColor)
  }

  func testADumbTerminal() throws {
    for (columns, rows) in [(80, 24), (40, 10)] {
      let terminal = try start(columns: columns, rows: rows, term: "dumb")
      terminal.type("def f(x):\n")
      expect("   ...:", on: terminal)
      terminal.type("    return x\n")
      terminal.type("\nf(5)\n")
      expect("Out[2]: 5\n\nIn [3]:", on: terminal)
      terminal.type(Self.endless + "\n")
      expect("\ngoing", on: terminal)
      terminal.type(Key.control("c"))
      expect("KeyboardInterrupt", on: terminal)
      expect("In [4]:", on: terminal)
      terminal.type("abc")
      expect("abc", on: terminal)
      terminal.type(Key.control("c"))
      expect("abc^C\nIn [4]:", on: terminal)
      terminal.type("%quit\n")
      XCTAssertEqual(terminal.waitForEnd(), 0)
      XCTAssertFalse(terminal.output.contains(0x1B), "no escape sequences")
    }
  }

  func testViAndBindingsOfTheUsers() throws {
    try Data("bind -v\nhistory size 100\nbind ^G tnb-line-start\n# a comment\nbind \"^[[15~\" tnb-line-end\n".utf8)
      .write(to: folder.appendingPathComponent(".editrc"))
    let terminal = try start()
    terminal.type("alpha beta" + Key.escape)
    terminal.read(for: 0.2)
    terminal.type("0xA!" + Key.escape)
    terminal.read(for: 0.2)
    terminal.type("bcwgamma")
    expectScreen("\nIn [1]: lpha gamma!".replacingOccurrences(of: "gamma!", with: "gamma!"), on: terminal)
    terminal.type(Key.control("g") + "x" + "\u{1B}[15~" + "y")
    expectScreen("\nIn [1]: xlpha gamma!y", on: terminal)
    terminal.type(Key.control("c"))
    run("one = 1", on: terminal, prompt: 2)
    terminal.type(Key.escape)
    terminal.read(for: 0.2)
    terminal.type("k")
    expect("In [2]: one = 1", on: terminal)
    terminal.type("\r")
    expect("In [3]:", on: terminal)
    terminal.type(Key.left + Key.up + Key.home + "two = ")
    expect("In [3]: two = one = 1", on: terminal)
  }

  func testUTF8WithoutALocale() throws {
    let terminal = try start(environment: ["LANG": "", "LC_ALL": "C"])
    run("'ü世界' + 'é'", on: terminal, prompt: 2)
    expect("Out[1]: 'ü世界é'", on: terminal)
  }

  func testTheBannerNamesWhatComesFirst() throws {
    let terminal = try start(banner: true)
    XCTAssert(terminal.screen.text.contains("help()"), terminal.screen.text)
  }

  func testOutputOfOthersDoesNotDisturbThePrompt() throws {
    let terminal = try start()
    terminal.type("!printf abc\r")
    expectScreen("\nIn [1]: !printf abc\nabc\n\nIn [1]:", on: terminal)
    terminal.type("!echo def\r")
    expectScreen("\nIn [1]: !printf abc\nabc\n\nIn [1]: !echo def\ndef\n\nIn [1]:", on: terminal)
    run("print('x', end='')", on: terminal, prompt: 2)
    expect("print('x', end='')\nx\n\nIn [2]:", on: terminal)
  }
}
