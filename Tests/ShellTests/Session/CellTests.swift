import XCTest

/// What cells show.
final class CellTests: SessionTestCase {
  func testCellsShareVariablesAndDisplayTheirLastExpression() throws {
    try assertTranscript(
      "x = 20\nx + 1\nx;\nNone",
      """
      In [1]: x = 20

      In [2]: x + 1
      Out[2]: 21

      In [3]: x;

      In [4]: None
      """)
  }

  func testAValueOfSeveralLinesBeginsBelow() throws {
    try assertTranscript(
      "zeros(2, 2)",
      """
      In [1]: zeros(2, 2)
      Out[1]:\(" ")
      tensor([[0., 0.],
              [0., 0.]])
      """)
  }

  func testABlockEndsWithAnEmptyLine() throws {
    try assertTranscript(
      "def f(x):\n    return x + 1\n\nf(1)",
      """
      In [1]: def f(x):
         ...:     return x + 1
         ...:\(" ")

      In [2]: f(1)
      Out[2]: 2
      """)
  }

  func testOutputThatDoesNotEndItsLine() throws {
    try assertTranscript(
      "print('a', end='')\nprint('b', end=''); 1",
      """
      In [1]: print('a', end='')
      a

      In [2]: print('b', end=''); 1
      b
      Out[2]: 1
      """)
  }

  func testResultsAreNamedAsInIPython() throws {
    try assertTranscript(
      "10\n20\n30\n_, __, ___\n_2 + 1\nOut[1], In[2], _i3, len(In)\n_ih[1], _i",
      """
      In [1]: 10
      Out[1]: 10

      In [2]: 20
      Out[2]: 20

      In [3]: 30
      Out[3]: 30

      In [4]: _, __, ___
      Out[4]: (30, 20, 10)

      In [5]: _2 + 1
      Out[5]: 21

      In [6]: Out[1], In[2], _i3, len(In)
      Out[6]: (10, '20', '30', 7)

      In [7]: _ih[1], _i
      Out[7]: ('10', 'Out[1], In[2], _i3, len(In)')
      """)
  }

  func testAnUnderscoreOfTheUsersOwnStays() throws {
    try assertTranscript(
      "5\nfor _ in range(3): pass\n_\n6\n_",
      """
      In [1]: 5
      Out[1]: 5

      In [2]: for _ in range(3): pass

      In [3]: _
      Out[3]: 2

      In [4]: 6
      Out[4]: 6

      In [5]: _
      Out[5]: 2
      """)
  }

  func testAnErrorPointsAtItsPlaceAndLeavesTheVariables() throws {
    try assertTranscript(
      "w = ones(2, 3)\nw @ w\nw.shape",
      """
      In [1]: w = ones(2, 3)

      In [2]: w @ w
      RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)
        In [2]:1
          w @ w
          ^^^^^
        w: [2, 3]
        hint: did you mean w @ w.T?

      In [3]: w.shape
      Out[3]: torch.Size([2, 3])
      """)
  }

  func testAnErrorInAFunctionShowsBothPlaces() throws {
    try assertTranscript(
      "def f(x):\n    return 1 / x\n\nf(0)",
      """
      In [1]: def f(x):
         ...:     return 1 / x
         ...:\(" ")

      In [2]: f(0)
      ZeroDivisionError: division by zero
        In [2]:1
          f(0)
          ^^^^
        In [1]:2, in f
          return 1 / x
                 ^^^^^
      """)
  }

  func testTextThatIsNoProgramTakesNoNumber() throws {
    try assertTranscript(
      "x = = 2\n1",
      """
      In [1]: x = = 2
      SyntaxError: invalid syntax
        In [1]:1
          x = = 2
              ^

      In [1]: 1
      Out[1]: 1
      """)
  }

  func testCancelAndEmptyInput() throws {
    try assertTranscript(
      "x = (1,\n^C\n\n1",
      """
      In [1]: x = (1,
         ...: ^C
      In [1]:\(" ")
      In [1]: 1
      Out[1]: 1
      """)
  }

  func testAReprThatRaisesIsAnError() throws {
    let screen = try transcript("class A:\n    def __repr__(self): return 1/0\n\nA()\n_")
    XCTAssert(screen.contains("In [2]: A()\nZeroDivisionError: division by zero"), screen)
    XCTAssert(screen.hasSuffix("In [3]: _\nOut[3]: ''"), screen)
  }

  func testMarksPartCells() throws {
    try assertTranscript(
      "x = '''# a notebook^[^M\n# %% [markdown]^[^M\n# prose^[^M\n# %%^[^M\n'''\n1",
      """
      In [1]: x = '''# a notebook
         ...: # %% [markdown]
         ...: # prose
         ...: # %%
         ...: '''
      SyntaxError: unterminated triple-quoted string literal (detected at line 1)
        In [1]:1
          x = '''# a notebook
              ^

      In [1]: 1
      Out[1]: 1
      """)
  }

  func testLeaving() throws {
    for word in ["exit", "quit", "exit()", "quit()", "%quit", "%exit", " exit "] {
      XCTAssertEqual(try transcript("1\n\(word)\n2"), "In [1]: 1\nOut[1]: 1\n\nIn [2]: \(word)", word)
    }
  }

  func testACellCannotEndTheShell() throws {
    try assertTranscript(
      "import sys; sys.exit(3)\n2",
      """
      In [1]: import sys; sys.exit(3)
      SystemExit: 3
        In [1]:1
          import sys; sys.exit(3)
                      ^^^^^^^^^^^
        hint: exit, quit or Ctrl-D leaves the shell

      In [2]: 2
      Out[2]: 2
      """)
  }

  func testACommandWithoutItsMarkIsNamed() throws {
    try assertTranscript(
      "history\ncd ..\npwd = 1; del pwd\npwd",
      """
      In [1]: history
      NameError: name 'history' is not defined
        In [1]:1
          history
          ^^^^^^^
        hint: did you mean 'histogram'?
        hint: %history is a command of the shell

      In [2]: cd ..
      SyntaxError: invalid syntax
        In [2]:1
          cd ..
              ^
        hint: %cd is a command of the shell

      In [2]: pwd = 1; del pwd

      In [3]: pwd
      NameError: name 'pwd' is not defined
        In [3]:1
          pwd
          ^^^
        hint: %pwd is a command of the shell
      """)
  }

  func testLeavingAsksOnceWhenCellsAreNotSaved() throws {
    let notice = """
      1 cell is not saved: %save FILE keeps what you did. Ctrl-D again leaves.
      (%config confirm_exit = False: leave without a question)
      """
    XCTAssertEqual(
      try transcript("x = 1\n^D\n^D\n5", asks: true), "In [1]: x = 1\n\nIn [2]: ^D\n\(notice)\nIn [2]: ^D")
    XCTAssertEqual(
      try transcript("x = 1\n%save a\n^D\n5", asks: true),
      "In [1]: x = 1\n\nIn [2]: %save a\na.tnb: 1 cell saved\n\nIn [2]: ^D", "saved")
    XCTAssertEqual(try transcript("^D\n5", asks: true), "In [1]: ^D", "nothing to save")
    let twice = try transcript("x = 1\n^D\nx\n^D\n^D", asks: true)
    XCTAssertEqual(twice.components(separatedBy: "not saved").count, 3, "asked again after another cell")
  }
}
