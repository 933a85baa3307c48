import Notebook
import Shell
import XCTest

@testable import Lessons

final class WalkthroughTests: LessonTestCase {
  private let text = """
    # ---
    # title: A sample
    # seed: 5
    # ---

    # %% [markdown]
    # # First
    # Some *prose*.

    # %%
    x = 2
    x
    #> 2

    # %% [markdown]
    # More.

    # %% twice exercise=1 hint="look at x"
    def twice(n):
        return 2 * n

    twice(x)
    #> 4

    # %%
    x @ x
    #! TypeError: unsupported operand type(s) for @: 'int' and 'int'

    # %% [markdown]
    # The end.
    """

  private let rule = String(repeating: "-", count: 48)

  func testFromTheFirstStepToTheEnd() throws {
    XCTAssertEqual(
      walk(try lesson(text), [.enter, .enter, .enter, .leave]),
      """
      A sample

      Read, then press **Enter** to run the code below the text.
      Change it first if you like. Ctrl-C empties the line for
      code of your own, Ctrl-P gets earlier code back. `%back`,
      `%next` and `%list` go through the steps. Ctrl-D leaves and
      keeps your place.

      --- 1 of 4 \(rule)

      First
      =====

      Some *prose*.

      In [1]: x = 2
         ...: x
      Out[1]: 2

      --- 2 of 4 \(rule)

      More.

      In [2]: def twice(n):
         ...:     return 2 * n
         ...:\(" ")
         ...: twice(x)
      Out[2]: 4

      --- 3 of 4 \(rule)

      In [3]: x @ x
      TypeError: unsupported operand type(s) for @: 'int' and 'int'
        In [3]:1
          x @ x
          ^^^^^

      --- 4 of 4 \(rule)

      The end.

      **This is the end of the lesson.** What you made is still
      here: go on as you like. Ctrl-D leaves. `tnb learn
      linear-regression` is the next one.

      In [4]: ^D

      """)
    XCTAssertEqual(progress["sample"], .init(done: 4, total: 4))
  }

  func testAChangedCellRunsAndGoesOn() throws {
    let screen = walk(try lesson(text), [.change("2", "50"), .enter])
    XCTAssert(screen.contains("In [1]: x = 50\n   ...: x\nOut[1]: 50\n\n--- 2 of 4"), screen)
    XCTAssert(screen.contains("Out[2]: 100\nIn the lesson this cell shows something else:\n    4\n"), screen)
    XCTAssert(screen.contains("may be why; %restart begins\nanew.\n\n--- 3 of 4"), screen)
  }

  func testWhateverElseIsTypedRunsToo() throws {
    XCTAssertEqual(
      walk(try lesson(text), from: 2, [.enter, .cancel, .type("x + 1"), .type("y = 3"), .enter, .enter]).prefix {
        $0 != "3" || true
      }
      .components(separatedBy: "--- 3 of").first,
      """
      --- 2 of 4 \(rule)

      More.

      In [2]: ^C
      (Type what you like. Enter on an empty line brings the
      lesson's cell back.)
      In [2]: x + 1
      Out[2]: 3

      In [3]: y = 3

      In [4]:\(" ")
      In [4]: def twice(n):
         ...:     return 2 * n
         ...:\(" ")
         ...: twice(x)
      Out[4]: 4


      """)
  }

  func testTextInPlaceOfTheCellIsNoStep() throws {
    let screen = walk(try lesson(text), from: 2, [.enter, .type("x = 7\nx"), .type("x"), .enter, .enter])
    XCTAssert(screen.contains("In [2]: x = 7\n   ...: x\nOut[2]: 7\n(Type what you like."), "the cell before, recalled")
    XCTAssert(screen.contains("Out[3]: 7"), screen)
    XCTAssert(screen.contains("Out[4]: 14\nIn the lesson"), screen)
  }

  func testACommandBehindTheCellIsACommand() throws {
    for (command, answer) in [
      ("%list", "> 1  First\n"), (" %whos", "There are no variables yet."), ("randn?", "Standard normal"),
    ] {
      let screen = walk(try lesson(text), from: 1, [.append(command), .enter])
      XCTAssert(screen.contains(answer), screen)
      XCTAssert(screen.contains("In [1]: x = 2\n   ...: x\nOut[1]: 2\n"), "the cell stands there again: \(screen)")
    }
    XCTAssert(
      walk(try lesson(text), [.append("%3"), .leave]).contains("In [1]: x = 2\n   ...: x%3\nOut[1]: 2"), "a remainder")
  }

  func testAnErrorDoesNotGoOn() throws {
    let screen = walk(try lesson(text), from: 1, [.change("2", "tow"), .enter])
    XCTAssert(screen.contains("NameError: name 'tow' is not defined"), screen)
    XCTAssert(
      screen.contains("The lesson's cell comes back as it was; Ctrl-P brings back\nyours.\n\nIn [2]: x = 2\n"), screen)
    XCTAssert(screen.contains("Out[2]: 2\n\n--- 2 of 4"), screen)
    let noProgram = walk(try lesson(text), from: 1, [.change("x = 2", "x = = 2"), .enter])
    XCTAssert(noProgram.contains("SyntaxError"), noProgram)
    XCTAssert(noProgram.contains("In [1]: x = 2\n   ...: x\nOut[1]: 2\n\n--- 2"), noProgram)
  }

  func testAnErrorThatIsMeantAndDoesNotCome() throws {
    let screen = walk(try lesson(text), from: 3, [.enter, .enter, .change("x @ x", "x @ xx")])
    XCTAssert(screen.contains("NameError"), screen)
    XCTAssert(screen.contains("The lesson's cell comes back"), "another error than the recorded one: \(screen)")
  }

  // MARK: Commands

  func testNextRunsTheCellAndSkipDoesNot() throws {
    let screen = walk(
      try lesson(text), from: 1, [.type("%next"), .type("%skip"), .type("%skip"), .type("%next"), .leave])
    XCTAssert(screen.contains("In [1]: %next\nIn [1]: x = 2\n   ...: x\nOut[1]: 2\n\n--- 2 of 4"), screen)
    XCTAssert(screen.contains("In [2]: %skip\n\n--- 3 of 4"), screen)
    XCTAssert(screen.contains("In [2]: %skip\n\n--- 4 of 4"), screen)
    XCTAssert(screen.contains("this was the last step\n  hint: %back goes back, Ctrl-D leaves"), screen)
  }

  func testBackAndList() throws {
    let screen = walk(
      try lesson(text), from: 2,
      [.enter, .type("%back"), .type("%back"), .type("%back 3"), .type("%back 9"), .type("%list"), .leave])
    XCTAssert(screen.contains("In [2]: %back\n\n--- 1 of 4"), screen)
    XCTAssert(screen.contains("this is the first step"), screen)
    XCTAssert(screen.contains("%back 3\n\n--- 3 of 4"), screen)
    XCTAssert(screen.contains("the steps are 1 to 4\n  hint: %list shows them"), screen)
    XCTAssert(screen.contains("  1  First\n  2  twice\n> 3  x @ x\n  4  The end\n"), screen)
  }

  func testRestartForgetsAndBringsBackAStep() throws {
    let screen = walk(
      try lesson(text),
      [
        .change("2", "9"), .cancel, .type("z = 1"), .type("%restart 2"), .cancel, .type("x"), .type("z"),
        .type("%restart"), .leave,
      ])
    XCTAssert(screen.contains("%restart 2\n\n--- 2 of 4"), screen)
    XCTAssert(screen.contains("In [2]: x\nOut[2]: 2"), screen)
    XCTAssert(screen.contains("name 'z' is not defined"), screen)
    XCTAssert(screen.contains("%restart\n\n--- 1 of 4"), screen)
    XCTAssert(screen.hasSuffix("In [1]: ^D\n"), screen)
  }

  func testOtherCommandsWorkAndUnknownOnesSuggest() throws {
    let screen = walk(try lesson(text), [.type("%nxt"), .type("%help"), .type("%quit")])
    XCTAssert(screen.contains("there is no command %nxt\n  hint: did you mean %next?"), screen)
    XCTAssert(screen.contains("Lesson\n  %next"), screen)
  }

  // MARK: The place

  func testThePlaceIsKeptAndOffered() throws {
    let first = walk(try lesson(text), [.enter, .leave])
    XCTAssert(first.hasSuffix("In [2]: ^D\nYour place is kept: tnb learn sample goes on there.\n"), first)
    XCTAssertEqual(progress["sample"], .init(done: 1, total: 4))
    let second = walk(try lesson(text), [.enter, .enter, .leave], isFirstTime: false)
    XCTAssert(
      second.hasPrefix("A sample\nLast time you came to step 2 of 4: twice\nGo on there? ([y]/n) \n\n\n--- 2 of 4"),
      second)
    XCTAssert(second.contains("In [2]: def twice(n):"), "the cell before ran, unseen: \(second)")
    XCTAssert(second.contains("Out[2]: 4"), second)
    let third = walk(try lesson(text), [.type("no"), .leave], isFirstTime: false)
    XCTAssert(third.contains("--- 1 of 4"), third)
    XCTAssertEqual(progress["sample"], .init(done: 2, total: 4), "looking is no step back")
  }

  func testALessonThatChangedMeanwhile() throws {
    var progress = progress
    progress.set("sample", .init(done: 3, total: 9))
    XCTAssert(walk(try lesson(text), [.enter, .leave], isFirstTime: false).contains("step 4 of 4"))
    progress.set("sample", .init(done: 7, total: 9))
    XCTAssert(walk(try lesson(text), [.leave], isFirstTime: false).contains("--- 1 of 4"))
  }

  func testRandomNumbersAreTheLessons() throws {
    let random = try lesson(
      "# ---\n# seed: 3\n# ---\n\n# %%\nrand(1)\n#> tensor([0.0043])\n\n# %%\nrand(1)\n#> tensor([0.1056])\n")
    let screen = walk(random, [.enter, .enter, .leave])
    XCTAssertFalse(screen.contains("something else"), screen)
    let again = walk(random, [.enter, .enter, .leave], isFirstTime: false)
    XCTAssertFalse(again.contains("something else"), again)
  }

  // MARK: Screens

  func testNothingScrollsAwayUnread() throws {
    let long = try lesson(
      "# %% [markdown]\n# " + (1...12).map { "line \($0)  " }.joined(separator: "\n# ")
        + "\n\n# %%\nfor i in range(9): print(i)\n")
    let screen = walk(long, [.enter, .enter, .enter, .enter, .enter, .leave], width: 40, height: 10)
    XCTAssert(screen.contains("line 6\n··· Enter goes on \nline 7\n"), screen)
    XCTAssert(screen.contains("line 12\n\nIn [1]: for i"), screen)
  }

  func testAtAPauseCommandsWorkToo() throws {
    let long = try lesson(
      "# %% [markdown]\n# " + (1...12).map { "line \($0)  " }.joined(separator: "\n# ") + "\n\n# %%\n1\n")
    let screen = walk(long, [.enter, .type("1 + 1"), .type("%skip"), .leave], width: 40, height: 10)
    XCTAssert(screen.contains("··· Enter goes on 1 + 1\nOut[1]: 2\n··· Enter goes on"), screen)
    XCTAssert(screen.contains("This is the end"), screen)
  }
}
