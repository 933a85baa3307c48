import Notebook
import XCTest

@testable import Shell

/// `%open` and `%save`: the session is the file.
final class NotebookFileTests: SessionTestCase {
  private let lesson = """
    #!/usr/bin/env tnb
    # ---
    # title: A lesson
    # mine: kept
    # ---

    # %% [markdown]
    # # Weights

    # %% imports timeout=5
    %matplotlib inline
    import math
    # %% weights
    w = zeros(2)
    w
    #> tensor([0., 0.])

    # %% [markdown] tags="a b"
    # A mistake:

    # %%
    w @ 1
    #! TypeError: unsupported operand type(s) for @: 'Tensor' and 'int'


    # %%
    # only a comment

    # %% [raw]
    # the end
    """

  func testWhatIsOpenedIsSavedByteForByte() throws {
    for text in [lesson, lesson + "\n", lesson.replacingOccurrences(of: "\n", with: "\r\n")] {
      try write(text, to: "a.tnb")
      let screen = try transcript("%open a\n%cells\n%save")
      XCTAssert(screen.contains("a.tnb: 4 of 4 cells ran"), screen)
      XCTAssert(screen.contains("1  imports: %matplotlib inline …\n2  weights: w = zeros(2) …\n"), screen)
      XCTAssertEqual(try contents(of: "a.tnb"), text)
    }
  }

  func testNewCellsAndNotesStandBetweenTheOld() throws {
    try write(lesson, to: "a.tnb")
    _ = try transcript(
      "%open a\n%goto 2\n%note Two:\nw.add_(1)\n%%edit 1\nimport math, random\n\n%goto 5\nrand(1) * 0\n%note the *end*\n%save"
    )
    let saved = try contents(of: "a.tnb")
    let seed = try XCTUnwrap(saved.firstMatch(of: #/# seed: (\d+)\n/#)?.output.1)
    XCTAssertEqual(
      saved,
      """
      #!/usr/bin/env tnb
      # ---
      # title: A lesson
      # mine: kept
      # seed: \(seed)
      # ---

      # %% [markdown]
      # # Weights

      # %% imports timeout=5
      import math, random

      # %% weights
      w = zeros(2)
      w
      #> tensor([0., 0.])

      # %% [markdown]
      # Two:

      # %%
      w.add_(1)
      #> tensor([1., 1.])

      # %% [markdown] tags="a b"
      # A mistake:

      # %%
      w @ 1
      #! TypeError: unsupported operand type(s) for @: 'Tensor' and 'int'


      # %%
      # only a comment

      # %% [raw]
      # the end

      # %%
      rand(1) * 0
      #> tensor([0.])

      # %% [markdown]
      # the *end*

      """)
    let report = Checker().check(path("a.tnb")) { Interpreter() }
    XCTAssertEqual([report.passed, report.failed], [6, 0])
  }

  /// Lines for another shell may stay in a cell that is changed.
  func testLinesThatArePassedOverSurviveAnEdit() throws {
    try write("# %%\n%matplotlib inline\na = 1\na\n#> 1\n", to: "a.tnb")
    let screen = try transcript("%open a\n%%edit 1\n%matplotlib inline\na = 2\na\n\n%%edit 1\n%who\n\n%save")
    XCTAssert(screen.contains("a line that begins with % is talk with the shell, not code"), screen)
    XCTAssertEqual(try contents(of: "a.tnb"), "# %%\n%matplotlib inline\na = 2\na\n#> 2\n")
  }

  func testOpenStopsAtTheFirstErrorThatIsNotRecorded() throws {
    try write("# %%\na = 1\n\n# %%\nb = c\n\n# %%\na + 1\n#> 3\n", to: "a.tnb")
    try assertTranscript(
      "%open nosuch\n%open a\n%cells\n%%edit 2\nb = 3\n\n%goto 3\n%show 3\n%save\n1\n%open a\n%open -f a",
      """
      In [1]: %open nosuch
      nosuch: No such file or directory

      In [1]: %open a
      a.tnb: 2 of 3 cells ran
      NameError: name 'c' is not defined
        In [2]:1
          b = c
              ^
      The cells from In [3] on have not run; %goto 3 goes on.
      In [2] gives something else than recorded (%show 2).

      In [3]: %cells
      1  a = 1
      2  b = c  (NameError)
      3  a + 1  (not run)

      In [3]: %%edit 2
         ...: b = 3
         ...:
      In [2]: b = 3
      1 cell ran; 1 has not run.

      In [3]: %goto 3
      In [3]: a + 1
      Out[3]: 2
      The state is right after In [3].

      In [4]: %show 3
      In [3]: a + 1
      #> 2

      In [4]: %save
      a.tnb: 3 cells saved

      In [4]: 1
      Out[4]: 1

      In [5]: %open a
      this session is not saved
        hint: %save keeps it; %open -f a forgets it

      In [5]: %open -f a
      a.tnb: 3 of 3 cells ran
      """.replacingOccurrences(of: "...:\n", with: "...: \n"))
  }

  func testAFileThatChangedMeanwhileIsNotOverwritten() throws {
    try write("# %%\n1\n#> 1\n", to: "a.tnb")
    let lines = "%open a\n2\n!echo more >> a.tnb\n%save\n%save -f\n%save"
    let screen = try transcript(lines)
    XCTAssert(screen.contains("a.tnb changed on disk since it was read or saved here; nothing was written"), screen)
    XCTAssert(screen.contains("%save -f\na.tnb: 2 cells saved"), screen)
    XCTAssert(screen.hasSuffix("%save\na.tnb: 2 cells saved"), screen)
  }

  func testWhatIsLeftOutIsSaid() throws {
    let screen = try transcript("a = 1\nb = 2\nc = 3\n%undo\n%%edit -n 1\na = 4\n\n%save a")
    XCTAssert(
      screen.hasSuffix(
        "a.tnb: 2 cells saved\n  cell 3 is undone and left out\n  cell 1 was edited and has not run: its old text is saved"
      ),
      screen)
  }

  /// A seed is written only where numbers come from it; streams of modules follow from it, too.
  func testTheSeedIsKeptWhereItMatters() throws {
    _ = try transcript(
      """
      import random, numpy as np
      rand(2)
      np.random.rand(), random.random(), np.random.default_rng().random()
      torch.seed() > 0, rand(1)
      %save all
      """)
    XCTAssertEqual(Checker().check(path("all.tnb")) { Interpreter() }.failed, 0)
    XCTAssert(try contents(of: "all.tnb").contains("# seed: "))
    for code in ["torch.manual_seed(1); rand(1)", "1 + 1", "import random; random.seed(1); random.random()"] {
      _ = try transcript("\(code)\n%save -f own")
      XCTAssertFalse(try contents(of: "own.tnb").contains("# seed: "), code)
    }
    for code in [
      "import numpy as np; np.random.rand()", "torch.initial_seed()", "import random; random.getstate()[1][0]",
    ] {
      _ = try transcript("\(code)\n%save -f own")
      XCTAssertEqual(Checker().check(path("own.tnb")) { Interpreter() }.failed, 0, code)
      XCTAssert(try contents(of: "own.tnb").contains("# seed: "), code)
    }
  }

  func testNotes() throws {
    let screen = try transcript(
      "%note\n%note # Title\nx = 1\n%%note\nfirst\n\n# %% no mark\n\n%cells\n%save a\n%drop note\n%drop note 1\n%drop note 1\n%drop note\n%save"
    )
    XCTAssert(screen.contains("%note needs a text\n  hint: %note ## Training"), screen)
    XCTAssert(screen.contains("   # Title\n1  x = 1\n"), screen)
    XCTAssert(screen.contains("there is no prose before In [1]"), screen)
    XCTAssertEqual(try contents(of: "a.tnb"), "# %%\nx = 1\n")
  }
}
