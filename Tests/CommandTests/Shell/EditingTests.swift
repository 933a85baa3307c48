import Foundation
import XCTest

/// Keys on a real terminal.
final class EditingTests: ShellTestCase {
  func testACellOfSeveralLines() throws { for size in Self.sizes { try typeAFunction(try start(size)) } }

  private func typeAFunction(_ terminal: PseudoTerminal) throws {
    terminal.type("def f(x):\ry = x + 1\rreturn y\r\r")
    expectScreen(
      """

      In [1]: def f(x):
         ...:     y = x + 1
         ...:     return y
         ...:

      In [2]:
      """, on: terminal)
    run("f(41)", on: terminal, prompt: 3)
    expect("Out[2]: 42", on: terminal)
  }

  func testMovingAndChangingLines() throws {
    let terminal = try start()
    terminal.type("x = (1,\r2)" + Key.up + Key.end + "9," + Key.control("a") + "y = " + Key.down + Key.end + "; y")
    expectScreen("\nIn [1]: y = x = (1,9,\n   ...: 2); y", on: terminal)
    XCTAssertEqual(terminal.screen.cursorRow, 2)
    XCTAssertEqual(terminal.screen.cursorColumn, 13)
    run("", on: terminal, prompt: 2)
    expect("Out[1]: (1, 9, 2)", on: terminal)
  }

  func testEnterInTheMiddlePartsALine() throws {
    let terminal = try start()
    terminal.type("a = 1" + Key.altEnter + "b = 2" + Key.up + Key.home + Key.right + "\r")
    expectScreen("\nIn [1]: a\n   ...: = 1\n   ...: b = 2", on: terminal)
  }

  func testJoiningLines() throws {
    let terminal = try start()
    terminal.type("a = 1" + Key.altEnter + "+ 2" + Key.home + Key.backspace)
    expectScreen("\nIn [1]: a = 1+ 2", on: terminal)
    terminal.type(Key.home + Key.delete + "b")
    expectScreen("\nIn [1]: b = 1+ 2", on: terminal)
  }

  func testIndentation() throws {
    let terminal = try start()
    terminal.type("if 1:\rif 2:\r" + Key.backspace + "x")
    expectScreen("\nIn [1]: if 1:\n   ...:     if 2:\n   ...:     x", on: terminal)
    terminal.type(Key.control("u") + "\t\ty")
    expectScreen("\nIn [1]: if 1:\n   ...:     if 2:\n   ...:         y", on: terminal)
    terminal.type("\u{1B}[Z")
    expectScreen("\nIn [1]: if 1:\n   ...:     if 2:\n   ...:     y", on: terminal)
  }

  func testWordsAndKills() throws {
    let terminal = try start()
    terminal.type("alpha beta.gamma" + Key.alt("b") + "X" + Key.alt("b") + Key.alt("b") + "Y")
    expectScreen("\nIn [1]: alpha Ybeta.Xgamma", on: terminal)
    terminal.type(Key.end + Key.control("w"))
    expectScreen("\nIn [1]: alpha", on: terminal)
    terminal.type("b c" + Key.alt(Key.backspace) + Key.control("u") + Key.control("y"))
    expectScreen("\nIn [1]: alpha b c", on: terminal)
    terminal.type(Key.home + Key.alt("d") + Key.alt("d") + Key.end + Key.control("y"))
    expectScreen("\nIn [1]:  calpha b", on: terminal)
    terminal.type(Key.alt("y"))
    expectScreen("\nIn [1]:  calpha b c", on: terminal)
  }

  func testKillingLinesOfACell() throws {
    let terminal = try start()
    terminal.type("first" + Key.altEnter + "second" + Key.altEnter + "third" + Key.up + Key.home + Key.control("k"))
    expectScreen("\nIn [1]: first\n   ...:\n   ...: third", on: terminal)
    terminal.type(Key.control("k"))
    expectScreen("\nIn [1]: first\n   ...: third", on: terminal)
    terminal.type(Key.control("y"))
    expectScreen("\nIn [1]: first\n   ...: second\n   ...: third", on: terminal)
  }

  func testUndoAndRedo() throws {
    let terminal = try start()
    terminal.type("one two" + Key.control("w") + Key.control("_"))
    expectScreen("\nIn [1]: one two", on: terminal)
    terminal.type(Key.control("_"))
    expectScreen("\nIn [1]: one", on: terminal)
    terminal.type(Key.control("x") + Key.control("u") + Key.control("_"))
    expectScreen("\nIn [1]:", on: terminal)
    terminal.type(Key.alt("_") + Key.alt("_"))
    expectScreen("\nIn [1]: one two", on: terminal)
  }

  func testUnicode() throws {
    let terminal = try start()
    terminal.type("größe = 'ü世界e\u{301}🎉'" + Key.left + Key.left + Key.backspace + Key.left + "x")
    expectScreen("\nIn [1]: größe = 'ü世x界🎉'", on: terminal)
  }

  func testAWideCharacterDoesNotFitIntoTheLastColumn() throws {
    let terminal = try start(columns: 20, rows: 10)
    terminal.type("'" + String(repeating: "世", count: 8) + "'")
    expectScreen("\nIn [1]: '世世世世世\n        世世世'", on: terminal)
    terminal.type(Key.left + Key.left + Key.left + "界")
    expectScreen("\nIn [1]: '世世世世世\n        世界世世'", on: terminal)
  }

  func testALongLineGoesOnBelow() throws {
    let terminal = try start(columns: 40, rows: 10)
    terminal.type("x = " + String(repeating: "1234567890", count: 6))
    expectScreen("\nIn [1]: x = 1234567890123456789012345678\n        90123456789012345678901234567890", on: terminal)
    XCTAssertEqual(terminal.screen.cursorRow, 3, "behind the last column there is no place for the cursor")
    terminal.type(Key.home + Key.right)
    terminal.type("y")
    expectScreen(
      "\nIn [1]: xy = 123456789012345678901234567\n        89012345678901234567890123456789\n        0", on: terminal)
  }

  func testTabsAndControlCharacters() throws {
    let terminal = try start()
    terminal.type(Key.paste("x =\t'a\u{0}\u{1}b'") + Key.control("v") + "\u{2}")
    expectScreen("\nIn [1]: x = 'ab'^B", on: terminal)
  }

  func testCancelAndEnd() throws {
    let terminal = try start()
    terminal.type("x = (1,\r2" + Key.control("c"))
    expectScreen("\nIn [1]: x = (1,\n   ...: 2\nIn [1]:", on: terminal)
    terminal.type("ab" + Key.home + Key.control("d"))
    expectScreen("\nIn [1]: x = (1,\n   ...: 2\nIn [1]: b", on: terminal)
    terminal.type(Key.control("d") + Key.control("d"))
    XCTAssertEqual(terminal.waitForEnd(), 0)
  }

  func testClearingTheScreen() throws {
    let terminal = try start()
    run("print('gone')", on: terminal, prompt: 2)
    terminal.type("x" + Key.control("l"))
    expectScreen("In [2]: x", on: terminal)
  }

  func testAnEditorOfTheUsers() throws {
    try Data("#!/bin/sh\nsed -i 's/two/2/; s/one/1/' \"$1\"\n".utf8).write(to: folder.appendingPathComponent("editor"))
    chmod(folder.appendingPathComponent("editor").path, 0o755)
    let terminal = try start(environment: ["EDITOR": folder.appendingPathComponent("editor").path])
    terminal.type("one +" + Key.altEnter + "two" + Key.f2)
    expectScreen("\nIn [1]: 1 +\n   ...: 2", on: terminal)
    terminal.type(Key.control("x") + Key.control("e"))
    expectScreen("\nIn [1]: 1 +\n   ...: 2", on: terminal)
  }

  func testKeysThatAreBoundToNothingDoNothing() throws {
    let terminal = try start()
    terminal.type("a\u{1B}[57399u\u{1B}[15~\u{1B}[1;8Q\u{1B}[99;5;3~b\u{1B}[Mc")
    terminal.type("d")
    terminal.wait(seconds: 2) { $0.text.hasSuffix("d") }
    XCTAssert(terminal.screen.text.hasPrefix("\nIn [1]: ab"), terminal.screen.text)
    XCTAssertFalse(terminal.screen.text.contains("57399"))
  }

  func testRandomKeysLeaveTheShellAlive() throws {
    let terminal = try start(columns: 40, rows: 10)
    var random = SystemRandomNumberGenerator()
    let keys =
      (0x20..<0x7F).map { String(UnicodeScalar(UInt8($0))) } + ["\r", "\t", "世", "ü", "🎉"]
      + [Key.up, Key.down, Key.left, Key.right, Key.home, Key.end, Key.delete, Key.backspace, Key.altEnter, Key.escape]
      + "abefhjklnopqrstuvwxy_".map { Key.control($0) } + "bfdyul<>_".map { Key.alt(String($0)) }
      + [Key.paste("a\n  b\nc"), Key.paste("'''"), "\u{1B}[5~", "\u{1B}[Z"]
    var typed = ""
    for _ in 0..<1500 {
      let key = keys.randomElement(using: &random)!
      // What leaves or suspends the shell, or opens an editor, is not the point.
      if key == Key.control("e") { continue }
      typed += key
    }
    terminal.type(typed.replacingOccurrences(of: "!", with: "").replacingOccurrences(of: "%", with: ""))
    terminal.type(Key.control("g") + Key.control("c") + Key.control("c"))
    while terminal.read(for: 0.5) {}
    terminal.type("\u{15}40 + 2\r")
    expect("42", on: terminal)
    XCTAssertEqual(terminal.screen.unknown, [])
  }
}
