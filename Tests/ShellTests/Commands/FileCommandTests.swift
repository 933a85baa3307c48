import Notebook
import XCTest

final class FileCommandTests: SessionTestCase {
  func testSaveWritesANotebookThatReplays() throws {
    let screen = try transcript(
      "x = 2\nx + 1\nprint('a', end=''); [zeros(2, 2), 1]\n1/0\nx = = 3\n%who\n%save lesson")
    XCTAssert(screen.hasSuffix("%save lesson\nlesson.tnb: 4 cells saved"), screen)
    XCTAssertEqual(
      try contents(of: "lesson.tnb"),
      """
      # %%
      x = 2

      # %%
      x + 1
      #> 3

      # %%
      print('a', end=''); [zeros(2, 2), 1]
      #> a[tensor([[0., 0.],
      #>          [0., 0.]]),
      #>  1]

      # %%
      1/0
      #! ZeroDivisionError: division by zero

      """)
    let report = Checker().check(path("lesson.tnb")) { Interpreter() }
    XCTAssertEqual(report.passed, 4)
    XCTAssertEqual(report.failed, 0)
  }

  func testRandomNumbersAreSavedWithTheirSeed() throws {
    _ = try transcript("x = 1\nrandn(3)\n%save a\nx\n%save b 1 3")
    XCTAssert(try contents(of: "a.tnb").hasPrefix("# ---\n# tnb: 1\n# seed: "))
    XCTAssertEqual(Checker().check(path("a.tnb")) { Interpreter() }.passed, 2)
    XCTAssertEqual(try contents(of: "b.tnb"), "# %%\nx = 1\n\n# %%\nx\n#> 1\n", "no random numbers in these cells")
  }

  func testSaveLeavesOtherFilesAlone() throws {
    try write("mine", to: "a.tnb")
    try assertTranscript(
      "1\n%save a\n%save -f a\n%save a\n%save\n%save b.py\n%save c 7\n%save c 1 1-",
      """
      In [1]: 1
      Out[1]: 1

      In [2]: %save a
      a.tnb exists
        hint: %save -f a overwrites it

      In [2]: %save -f a
      a.tnb: 1 cell saved

      In [2]: %save a
      a.tnb: 1 cell saved

      In [2]: %save
      a.tnb: 1 cell saved

      In [2]: %save b.py
      %save writes .tnb notebooks, not b.py
        hint: %history -f b.py writes the code alone

      In [2]: %save c 7
      no such cell: this session has 1

      In [2]: %save c 1 1-
      c.tnb: 2 cells saved
      """)
    try assertTranscript(
      "%save\n%save x\n1\n%save\n%save /nowhere/x",
      """
      In [1]: %save
      %save needs the name of a file
        hint: %save lesson.tnb

      In [1]: %save x
      there is nothing to save yet

      In [1]: 1
      Out[1]: 1

      In [2]: %save
      %save needs the name of a file
        hint: %save lesson.tnb

      In [2]: %save /nowhere/x
      /nowhere/x.tnb: No such file or directory
      """)
  }

  func testWhatLooksLikeAMarkIsStillCode() throws {
    let screen = try transcript("x = 1 ^[^M\n#! a comment\n%save a\nx = '''^[^M\n#> text'''\n%save b")
    XCTAssert(screen.contains("a.tnb: 1 cell saved"), screen)
    XCTAssertEqual(try contents(of: "a.tnb"), "# %%\nx = 1 \n# ! a comment\n")
    XCTAssert(
      screen.hasSuffix("b.tnb: a notebook cannot hold a string with a line that begins like a mark: #> text'''"), screen
    )
  }

  func testRunAddsAFilesCells() throws {
    try write(
      "# ---\n# seed: 0\n# ---\n# %%\nx = randn(2)\n# %%\nx\n#> old\n# %%\n1/0\n#! ZeroDivisionError: x\n", to: "a.tnb")
    try write("y = 5\ny\nz\n", to: "b.py")
    try assertTranscript(
      "%run a.tnb\n%run b.py\n%run c.tnb\n%run\n%history -n",
      """
      In [1]: %run a.tnb
      Out[3]: tensor([ 1.5410, -0.2934])
      ZeroDivisionError: division by zero
        a.tnb:10, cell 3
          1/0
          ^^^

      In [5]: %run b.py
      NameError: name 'z' is not defined
        b.py:3, cell 1
          z
          ^

      In [6]: %run c.tnb
      c.tnb: No such file or directory

      In [6]: %run
      %run needs the name of a file

      In [6]: %history -n
      1: torch.manual_seed(0);
      2: x = randn(2)
      3: x
      4: 1/0
      5: y = 5
         y
         z
      """)
  }

  func testLoadPutsCodeAtThePrompt() throws {
    try write("def f():\n    return 7\n", to: "a.py")
    try write("# %%\nx = 1\n#> nothing\n\n# %% two\nx + 1\n", to: "b.tnb")
    try assertTranscript(
      "%load a.py\n\n\nf()\n%load b.tnb\n\n%load 2\n",
      """
      In [1]: %load a.py

      In [1]: def f():
         ...:     return 7
         ...:\(" ")

      In [2]: f()
      Out[2]: 7

      In [3]: %load b.tnb

      In [3]: # %%
         ...: x = 1
         ...:\(" ")
         ...: # %% two
         ...: x + 1
      Out[4]: 2

      In [5]: %load 2

      In [5]: f()
      Out[5]: 7
      """)
  }

  func testFolders() throws {
    try FileManager.default.createDirectory(atPath: path("a b"), withIntermediateDirectories: true)
    let screen = try transcript("%cd 'a b'\n%pwd\n%cd ..\n%cd nowhere")
    XCTAssert(screen.contains("%pwd\n\(folder.resolvingSymlinksInPath().path)/a b\n"), screen)
    XCTAssert(screen.hasSuffix("nowhere: No such file or directory"), screen)
  }
}
