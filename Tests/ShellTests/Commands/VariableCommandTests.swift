import XCTest

@testable import Shell

final class VariableCommandTests: SessionTestCase {
  func testWhoAndWhos() throws {
    try assertTranscript(
      "%who\nw = ones(2, 3, grad); n = [1, 2]; _hidden = 0\ni = tensor(3)\ndef f(a, *, b=1): pass\n%who\n%whos\n%whos Tensor\n%who dict",
      """
      In [1]: %who
      There are no variables yet.

      In [1]: w = ones(2, 3, grad); n = [1, 2]; _hidden = 0

      In [2]: i = tensor(3)

      In [3]: def f(a, *, b=1): pass

      In [4]: %who
      f  i  n  w

      In [4]: %whos
      name  type      dtype    shape   requires_grad  size     value
      f     function                                           def f(a, *, b=1)
      i     Tensor    int64    []      False          8 B
      n     list                                      2 items  [1, 2]
      w     Tensor    float32  [2, 3]  True           24 B

      In [4]: %whos Tensor
      name  type    dtype    shape   requires_grad  size
      i     Tensor  int64    []      False          8 B
      w     Tensor  float32  [2, 3]  True           24 B

      In [4]: %who dict
      No variable is a dict.
      """)
  }

  func testATableThatDoesNotFitBecomesParagraphs() {
    let table = TextTable(
      header: ["name", "type", "shape", "requires_grad"],
      rows: [["w", "Tensor", "[2, 3]", "True"], ["f", "function", "", ""]],
      named: ["requires_grad"])
    XCTAssertEqual(
      table.render(width: 20, .plain), "w\n  Tensor, [2, 3],\n  requires_grad True\nf\n  function\n")
  }

  func testSeedIsACell() throws {
    let screen = try transcript("%seed 3\na = rand(1)\n%seed 3\n(rand(1) == a).item()\n%seed\n%seed x\n%history 1")
    XCTAssert(screen.contains("Out[4]: True"), screen)
    XCTAssert(screen.contains("torch's random numbers started from 3\n"), screen)
    XCTAssert(screen.contains("%seed takes an integer, not x"), screen)
    XCTAssert(screen.hasSuffix("torch.manual_seed(3);"), screen)
  }
}
