import Foundation
import Notebook
import XCTest

@testable import Shell

final class TimelineTests: SessionTestCase {
  func testUndoAndRedo() throws {
    try assertTranscript(
      "L = [1]\nL.append(2); 1/0\n%undo\nL\n%undo 2\n%redo 1\nL\n%redo\n%undo 9\n%undo x",
      """
      In [1]: L = [1]

      In [2]: L.append(2); 1/0
      ZeroDivisionError: division by zero
        In [2]:1
          L.append(2); 1/0
                       ^^^

      In [3]: %undo
      In [2] is undone: L.append(2); 1/0

      In [2]: L
      Out[2]: [1]

      In [3]: %undo 2
      In [1] and In [2] are undone.

      In [1]: %redo 1
      In [1] is done again.

      In [2]: L
      Out[2]: [1]

      In [3]: %redo
      there is nothing to redo

      In [3]: %undo 9
      there are only 2 cells to undo
        hint: %goto 0 goes back to the beginning

      In [3]: %undo x
      %undo takes how many cells, not x
        hint: %goto takes the number of a cell
      """)
    try assertTranscript("%undo", "In [1]: %undo\nthere is nothing to undo")
  }

  func testUndoBringsBackResultsAndRandomNumbers() throws {
    let screen = try transcript(
      "torch.manual_seed(0);\nrand(1)\n_ * 0 + 1\n%undo\n_\n%undo 2\nrand(1)\nlen(In), sorted(Out)")
    XCTAssertEqual(screen.components(separatedBy: "Out[3]: tensor([0.4963])").count, 2, screen)
    XCTAssertEqual(screen.components(separatedBy: "Out[2]: tensor([0.4963])").count, 3, screen)
    XCTAssert(screen.hasSuffix("Out[3]: (4, [2])"), screen)
  }

  /// Attributes of built-in types and modules are made when they are first asked for. No cell made them.
  func testUndoLeavesWhatIsBuiltIn() throws {
    let expressions = [
      "hasattr(range(3), '__getitem__')", "'__index__' in dir(int)", "callable(property.getter)",
      "hasattr(KeyError('x'), 'with_traceback')", "callable(torch.linalg.norm)", "hasattr(torch.Tensor, 'exp')",
    ]
    for expression in expressions {
      let screen = try transcript("\(expression)\n%undo\n\(expression)")
      XCTAssertEqual(screen.components(separatedBy: "Out[1]: True").count, 3, screen)
    }
  }

  func testWhatWasDeletedStaysOutOfOut() throws {
    let screen = try transcript("x = [1]\nx\n%del x\n1;\n%undo\nlen(Out)")
    XCTAssert(screen.hasSuffix("Out[4]: 0"), screen)
  }

  func testGotoKeepsTheCells() throws {
    try assertTranscript(
      "a = 1\nb = 2\nc = a + b\n%goto 1\na = 5\n%cells\n%goto 9\n%goto 4\nc\n%goto 5\n%goto 0\n%cells",
      """
      In [1]: a = 1

      In [2]: b = 2

      In [3]: c = a + b

      In [4]: %goto 1
      The state is right after In [1].

      In [2]: a = 5

      In [3]: %cells
      1  a = 1
      2  a = 5
      3  b = 2  (not run)
      4  c = a + b  (not run)

      In [3]: %goto 9
      there is no cell 9: this session has 4
        hint: %cells lists them

      In [3]: %goto 4
      In [3]: b = 2
      In [4]: c = a + b
      The state is right after In [4].

      In [5]: c
      Out[5]: 7

      In [6]: %goto 5
      The state is right after In [5] already.

      In [6]: %goto 0
      The state is that of the beginning.

      In [1]: %cells
      1  a = 1  (undone)
      2  a = 5  (undone)
      3  b = 2  (undone)
      4  c = a + b  (undone)
      5  c  (undone)
      """)
  }

  func testEditRunsWhatDependsOnIt() throws {
    try assertTranscript(
      "x = 2\ny = 10\nz = x * y\nprint('no')\n%%edit 1\nx = 3\n\nz\n%%edit 9\n1\n\n%%edit 1\nx = = 1\n\nx",
      """
      In [1]: x = 2

      In [2]: y = 10

      In [3]: z = x * y

      In [4]: print('no')
      no

      In [5]: %%edit 1
         ...: x = 3
         ...:
      In [1]: x = 3
      In [3] again: x has another value now
      In [3]: z = x * y
      2 cells ran; 2 after that did not depend on it and kept what they gave.

      In [5]: z
      Out[5]: 30

      In [6]: %%edit 9
         ...: 1
         ...:
      there is no cell 9: this session has 5
        hint: %cells lists them

      In [6]: %%edit 1
         ...: x = = 1
         ...:
      SyntaxError: invalid syntax
        In [1]:1
          x = = 1
              ^

      In [6]: x
      Out[6]: 3
      """.replacingOccurrences(of: "...:\n", with: "...: \n"))
  }

  func testEditAtThePrompt() throws {
    unsetenv("EDITOR")
    unsetenv("VISUAL")
    let screen = try transcript("x = 2\nx * 2\n%edit 1\n + 5\n%edit -p 2\n^C\n%show 2")
    XCTAssert(screen.contains("In [3]: %edit 1\nIn [1]: x = 2 + 5\nIn [1]: x = 2 + 5\n"), screen)
    XCTAssert(screen.contains("In [2]: x * 2\nOut[2]: 14\n2 cells ran."), screen)
    XCTAssert(screen.hasSuffix("In [2] is unchanged.\n\nIn [3]: %show 2\nIn [2]: x * 2\n#> 14"), screen)
  }

  /// In-place changes, the random stream, what functions read, and earlier outputs count.
  func testWhatCountsAsDependence() throws {
    func ran(_ cells: [String], edit: Int, to text: String) throws -> [Int] {
      let screen = try transcript((cells + ["%%edit \(edit)", text, ""]).joined(separator: "\n"))
      return screen.components(separatedBy: "\n").compactMap { line in
        line.hasSuffix("now") || line.contains("] again: ")
          ? Int(line.dropFirst(4).prefix { $0.isNumber }) : nil
      }
    }
    XCTAssertEqual(try ran(["w = zeros(2)", "v = w[1:]", "w.add_(1);", "v", "5"], edit: 3, to: "w.add_(2);"), [4])
    XCTAssertEqual(try ran(["torch.manual_seed(1);", "rand(1)", "rand(1)", "5"], edit: 2, to: "rand(2)"), [3])
    XCTAssertEqual(
      try ran(["rand(1)", "rand(1)", "torch.manual_seed(1);", "rand(1)"], edit: 1, to: "rand(2)"), [2])
    XCTAssertEqual(try ran(["k = 1", "f = lambda: k", "g = [f]", "g[0]()"], edit: 1, to: "k = 2"), [4])
    XCTAssertEqual(try ran(["1", "2", "_", "In[1]"], edit: 1, to: "3"), [3, 4])
    XCTAssertEqual(try ran(["import random", "random.random()", "random.random()"], edit: 2, to: "0"), [3])
    XCTAssertEqual(
      try ran(["import numpy as np", "np.random.rand()", "np.random.rand()", "rand(1)"], edit: 2, to: "0"), [3])
    XCTAssertEqual(
      try ran(
        ["w = zeros(1, grad)", "w.sum().backward()", "w.grad", "w", "3"], edit: 2, to: "(w * 2).sum().backward()"),
      [3, 4])
    XCTAssertEqual(try ran(["torch.set_printoptions(precision=2)", "pi = 3", "ones(1)"], edit: 1, to: "0"), [2, 3])
    XCTAssertEqual(try ran(["x = 1", "x = 2", "x"], edit: 1, to: "x = 3"), [])
    XCTAssertEqual(try ran(["x = 1", "y = 2", "x"], edit: 1, to: "x = 1 # the same"), [])
    XCTAssertEqual(try ran(["x = 2", "x = 2", "x"], edit: 1, to: "x = 3"), [2])
    XCTAssertEqual(try ran(["x = 1", "globals()['x']", "dir()[:0]"], edit: 1, to: "x = 3"), [2, 3])
  }

  func testLaterEditsAndStale() throws {
    try assertTranscript(
      "x = 2\ny = x + 1\nz = 5\n%stale\n%%edit -n 1\nx = 7\n\n%stale\n%cells\n%rerun\n%stale\n%rerun\ny\n%rerun 2..",
      """
      In [1]: x = 2

      In [2]: y = x + 1

      In [3]: z = 5

      In [4]: %stale
      Everything is up to date: a replay gives the same.

      In [4]: %%edit -n 1
         ...: x = 7
         ...:
      In [1] runs with its new text at the next %rerun.

      In [4]: %stale
      In [1]  it was edited and has not run since
      In [2]  it reads x, which In [1] may set otherwise

      In [4]: %cells
      1  x = 2  (edited, not run)
      2  y = x + 1
      3  z = 5

      In [4]: %rerun
      In [1]: x = 7
      In [2] again: x has another value now
      In [2]: y = x + 1
      2 cells ran; 1 after that did not depend on it and kept what it gave.

      In [4]: %stale
      Everything is up to date: a replay gives the same.

      In [4]: %rerun
      Nothing was edited; %rerun 1.. runs the whole notebook again.

      In [4]: y
      Out[4]: 8

      In [5]: %rerun 2..
      In [2]: y = x + 1
      In [3]: z = 5
      In [4]: y
      Out[4]: 8
      3 cells ran.
      """.replacingOccurrences(of: "...:\n", with: "...: \n"))
  }

  /// Python's and numpy's streams count as torch's does.
  func testStaleKnowsEveryRandomStream() throws {
    for draw in ["random.random();", "np.random.rand();", "rand(1);"] {
      let screen = try transcript("import random, numpy as np\n\(draw)\n\(draw)\n%%edit -n 2\n0;\n\n%stale")
      XCTAssert(
        screen.hasSuffix("In [3]  it draws random numbers after In [2], which may draw others"), "\(draw): \(screen)")
    }
  }

  func testMoveDropAndName() throws {
    try assertTranscript(
      "a = 1\nb = a\nc = 3\n%name 2 copy of a\n%move 3 1\n%cells\n%drop 2\nb\n%cells\n%drop 7\n%move 1 9\n%name 1 a=b",
      """
      In [1]: a = 1

      In [2]: b = a

      In [3]: c = 3

      In [4]: %name 2 copy of a
      In [2] "copy of a" is named.

      In [4]: %move 3 1
      In [1]: c = 3
      1 cell ran; 2 after that did not depend on it and kept what they gave.

      In [4]: %cells
      1  c = 3
      2  a = 1
      3  copy of a: b = a

      In [4]: %drop 2
      In [2] again: a has another value now
      In [2]: b = a
      NameError: name 'a' is not defined
        In [2]:1
          b = a
              ^
      1 cell ran.
      In [2] is out of the notebook.

      In [3]: b
      NameError: name 'b' is not defined
        In [3]:1
          b
          ^

      In [4]: %cells
      1  c = 3
      2  copy of a: b = a  (NameError)
      3  b  (NameError)

      In [4]: %drop 7
      there is no cell 7: this session has 3
        hint: %cells lists them

      In [4]: %move 1 9
      cell 1 has run; it can become one of 1 to 3

      In [4]: %name 1 a=b
      a name has no =, brackets or quotes: they begin options
      """)
  }

  func testTheHistoryIsBounded() throws {
    let settings = Settings(path: path("settings"))
    try settings.set("undo_memory", "1 MiB")
    XCTAssertEqual(try contents(of: "settings"), "undo_memory = 1 MiB\n")
    XCTAssertThrowsError(try settings.set("undo_memory", "much"))
    let screen = try transcript(
      "%config undo_memory = 1 MiB\nn = [0]\nx = zeros(200000)\nx += 1; n[0] += 1\nx += 1; n[0] += 1\n%undo\nn, x[0]\n%undo 2\nn, x[0]"
    )
    XCTAssert(screen.contains("(undo reaches back to In [4] from here on: %config undo_memory is reached)"), screen)
    XCTAssert(screen.contains("Out[4]: ([1], tensor(1.))"), screen)
    XCTAssert(screen.contains("(The state from before is not kept: the cells run again.)"), screen)
    XCTAssert(screen.hasSuffix("Out[3]: ([0], tensor(0.))"), screen)
  }

  /// What is larger than the history may be is not copied, and comes back by running the cells again.
  func testATensorThatIsTooLargeToKeep() throws {
    let screen = try transcript(
      "%config undo_memory = 1 MiB\nx = zeros(400000)\nx += 1; x[0]\n%undo\nx[0]\n%undo 9\n%rerun 1..")
    XCTAssert(screen.contains("(The state from before is not kept: the cells run again.)"), screen)
    XCTAssert(screen.contains("Out[2]: tensor(0.)"), screen)
  }

  /// Files that are open across cells do not go back: the cells before run again.
  func testWhatDoesNotComeBackRunsAgain() throws {
    try write("a\nb\nc\n", to: "lines.txt")
    let screen = try transcript(
      "f = open('lines.txt')\nf.readline()\nf.readline()\n%undo\nf.readline()\n%undo 2\nf.readline()")
    XCTAssertEqual(screen.components(separatedBy: "'b\\n'").count, 3, screen)
    XCTAssert(screen.hasSuffix("Out[2]: 'a\\n'"), screen)
  }
}

extension TimelineTests {
  /// The example of docs/notebooks.md.
  func testTheDocumentedSession() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/notebooks.md"), encoding: .utf8)
    let section = page.components(separatedBy: "\n## Undo and rerun\n")[1]
    let block = section.components(separatedBy: "```text\n")[1].components(separatedBy: "\n```")[0]
    try assertTranscript(
      """
      manual_seed(0); data = [1., 2.]
      w = zeros(2)
      w += tensor(data); data.append(3.)
      noise = randn(2)
      w + noise
      %undo 3
      w, data
      %undo
      w += 10 * tensor(data)
      noise = randn(2)
      w + noise
      %%edit 3
      w += 100 * tensor(data)

      """, block.replacingOccurrences(of: "   ...:\n", with: "   ...: \n"))
  }
}

final class SliceTests: SessionTestCase {
  func testTheCellsThatMakeAVariable() throws {
    try assertTranscript(
      "import math\nx = ones(3)\ny = 5\ndef f(t): return t * k\nk = math.sqrt(4)\nx += 1\nz = f(x)\nprint(y)\nx *= 0\n%slice z\n%slice y a\n%slice q",
      """
      In [1]: import math

      In [2]: x = ones(3)

      In [3]: y = 5

      In [4]: def f(t): return t * k

      In [5]: k = math.sqrt(4)

      In [6]: x += 1

      In [7]: z = f(x)

      In [8]: print(y)
      5

      In [9]: x *= 0

      In [10]: %slice z
      In [1]: import math
      In [2]: x = ones(3)
      In [4]: def f(t): return t * k
      In [5]: k = math.sqrt(4)
      In [6]: x += 1
      In [7]: z = f(x)
      6 of 9 cells make z.

      In [10]: %slice y a
      a.tnb: 1 of 9 cells make y.

      In [10]: %slice q
      there is no variable q
      """)
    XCTAssertEqual(try contents(of: "a.tnb"), "# %%\ny = 5\n")
  }

  func testRandomNumbersAndSharedThings() throws {
    func slice(_ cells: String, _ name: String) throws -> [Int] {
      let screen = try transcript(cells + "\n%slice \(name)")
      let shown = screen.components(separatedBy: "%slice \(name)\n")[1].components(separatedBy: "\n")
      return shown.compactMap { $0.hasPrefix("In [") ? Int($0.dropFirst(4).prefix { $0.isNumber }) : nil }
    }
    XCTAssertEqual(try slice("a = rand(1)\nb = rand(1)\nc = 1", "b"), [1, 2])
    XCTAssertEqual(try slice("a = rand(1)\ntorch.manual_seed(1);\nb = rand(1)", "b"), [2, 3])
    XCTAssertEqual(try slice("L = []\nM = L\nM.append(1)\nN = [2]\nN.append(3)", "L"), [1, 2, 3])
    XCTAssertEqual(
      try slice("w = zeros(2, grad)\nu = 1\nloss = (w ** 2).sum()\nloss.backward()\nw.grad.zero_();\nh = 2", "w"),
      [1, 3, 4, 5])
    XCTAssertEqual(try slice("1 + 1\nx = 5\ny = _ + x", "y"), [1, 2, 3])
  }
}
