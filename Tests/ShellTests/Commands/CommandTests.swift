import XCTest

@testable import Shell

final class CommandTests: SessionTestCase {
  func testAnUnknownCommandSuggestsTheNearest() throws {
    try assertTranscript(
      "%histry\n%xyzzy\n%",
      """
      In [1]: %histry
      there is no command %histry
        hint: did you mean %history?

      In [1]: %xyzzy
      there is no command %xyzzy

      In [1]: %
      there is no command %
      """)
  }

  func testTheTableIsConsistent() {
    var names: Set<String> = []
    for command in CommandTable.all {
      for name in [command.name] + command.aliases {
        XCTAssert(names.insert(name).inserted, "%\(name) is declared twice")
        XCTAssert(name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }, name)
      }
      XCTAssert(command.summary.hasSuffix("."), command.name)
      XCTAssertFalse(command.summary.contains("\n"), command.name)
    }
  }

  func testCommandsAboveACell() throws {
    try assertTranscript(
      "%pwd x^[^M\n!true^[^M\n1 + 1",
      """
      In [1]: %pwd x
         ...: !true
         ...: 1 + 1
      \(FileManager.default.currentDirectoryPath)
      Out[1]: 2
      """)
  }

  func testSystem() throws {
    let screen = try transcript("!exit 3\n!\n%system true")
    XCTAssert(screen.contains("! needs a command"), screen)
  }

  func testReset() throws {
    try assertTranscript(
      "x = 1\nx\n%reset\nn\n%reset -f\nx\n%reset -x",
      """
      In [1]: x = 1

      In [2]: x
      Out[2]: 1

      In [3]: %reset
      Forget all variables and cells? (y/[n]) n
      Nothing was reset.

      In [3]: %reset -f

      In [1]: x
      NameError: name 'x' is not defined
        In [1]:1
          x
          ^

      In [2]: %reset -x
      %reset takes -f or nothing
      """)
  }

  func testDelete() throws {
    try assertTranscript(
      "x = ones(2)\nx\nlen(Out)\n%del x\nlen(Out), 'x' in globals()\n%del x\n%del\n%history 4",
      """
      In [1]: x = ones(2)

      In [2]: x
      Out[2]: tensor([1., 1.])

      In [3]: len(Out)
      Out[3]: 1

      In [4]: %del x

      In [5]: len(Out), 'x' in globals()
      Out[5]: (1, False)

      In [6]: %del x
      there is no variable x

      In [6]: %del
      %del needs the name of a variable

      In [6]: %history 4
      del x
      """)
  }

  func testConfig() throws {
    try assertTranscript(
      "%config banner\n%config banner = False\n%config banner\n%config nothing\n%config color maybe",
      """
      In [1]: %config banner
      banner = True  # greet at the start

      In [1]: %config banner = False

      In [1]: %config banner
      banner = False  # greet at the start

      In [1]: %config nothing
      there is no setting nothing
        hint: %config lists them

      In [1]: %config color maybe
      color is True or False, not maybe
      """)
    XCTAssertEqual(try contents(of: "settings"), "confirm_exit = False\nbanner = False\n")
    XCTAssertFalse(Settings(path: path("settings")).showsBanner)
  }

  func testEdit() throws {
    setenv("EDITOR", "sed -i s/1/41/", 1)
    setenv("VISUAL", "", 1)
    defer { unsetenv("EDITOR") }
    try assertTranscript(
      "x = 1\n%edit 1\nx\n%edit -x 1\n\n%edit 7\n%edit 1-2\n%edit",
      """
      In [1]: x = 1

      In [2]: %edit 1
      In [1]: x = 41
      1 cell ran.

      In [2]: x
      Out[2]: 41

      In [3]: %edit -x 1

      In [3]: x = 441

      In [4]: %edit 7
      there is no cell 7: this session has 3
        hint: %cells lists them

      In [4]: %edit 1-2
      In [4]: x = 441
         ...: x
      Out[4]: 441

      In [5]: %edit
      Nothing to run.
      """)
    setenv("EDITOR", "false", 1)
    XCTAssert(try transcript("%edit").hasSuffix("the editor failed; nothing was changed"))
  }
}
