import XCTest

/// Arguments at the ends of their ranges: an error or Python's own result, never the end of the process.
final class ExtremeArgumentTests: XCTestCase {
  /// An index whose `__index__` empties the list it is for.
  private let emptying = "class A:\n  def __index__(self):\n    x.clear()\n    return 2\nx = [1, 2, 3]\n"

  func testAnIndexThatEmptiesItsList() {
    assertCell(emptying + "x[A()]", "IndexError: list index out of range")
    assertCell(emptying + "x[A()] = 1", "IndexError: list assignment index out of range")
    assertCell(emptying + "del x[A()]", "IndexError: list assignment index out of range")
    assertCell(emptying + "x[0:A()]", "[]")
    assertCell(emptying + "x[::A()]", "[]")
    assertCell(emptying + "x[A():] = [7]\nx", "[7]")
    assertCell(emptying + "del x[:A()]\nx", "[]")
  }

  func testRoundingByTheSmallestInt() {
    assertCell("round(10**400, -2**63), round(-10**400, -2**70), round(1250, -2)", "(0, 0, 1200)")
  }

  func testWindowsThatNoImageHas() {
    let conv = "import torch.nn.functional as F\nF.conv2d(zeros(1, 1, 3, 3), zeros(1, 1, 2, 2), "
    assertCell(conv + "stride=2**62)", "RuntimeError: value cannot be converted to type int without overflow")
    assertCell(conv + "padding=2**62)", "RuntimeError: value cannot be converted to type int without overflow")
    assertCell(conv + "stride=2**31 - 1)", "tensor([[[[0.]]]])")
    let pool = "import torch.nn.functional as F\nF.max_pool2d(zeros(1, 1, 3, 3), 2, "
    assertCell(pool + "stride=2**62)", "RuntimeError: value cannot be converted to type int without overflow")
    assertCell(pool + "padding=2**62)", "RuntimeError: value cannot be converted to type int without overflow")
    assertCell(
      "import torch.nn.functional as F\nF.adaptive_avg_pool2d(zeros(1, 1, 3, 3), 2**40)",
      "RuntimeError: value cannot be converted to type int without overflow")
    assertCell("torch.diag(zeros(3), -2**63)", "RuntimeError: diag_embed: the result is too large")
  }

  func testPrintedEdgesOfAnyNumber() {
    assertCell(
      "torch.set_printoptions(edgeitems=2**63 - 1, threshold=1)\nt = arange(3)\nr = repr(t)\ntorch.set_printoptions(profile='default')\nr",
      "'tensor([0, 1, 2])'")
  }

  func testNormsOfNothing() {
    assertCell("zeros(5, 3, 0).norm(dim=1)", "tensor([], size=(5, 0))")
    assertCell("zeros(5, 3, 0).var(1)", "tensor([], size=(5, 0))")
    assertCell("torch.linalg.vector_norm(zeros(5, 0), dim=0)", "tensor([])")
  }

  func testAnAliasOfAListInItself() {
    assertCell(
      "x = []\nx.append(x)\nrepr(type[0.5, x])",
      "RecursionError: maximum recursion depth exceeded while getting the repr of an object")
  }
}
