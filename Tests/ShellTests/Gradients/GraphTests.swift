import XCTest

@testable import Shell

/// `%graph`, `%shapes`, `%gradcheck`.
final class GraphTests: SessionTestCase {
  private func last(_ script: String) throws -> String {
    let screen = try transcript(script)
    return String(screen[screen.range(of: "]: %", options: .backwards)!.lowerBound...].drop { $0 != "\n" }.dropFirst())
  }

  private let regression = """
    x = ones(5, 3); t = zeros(5, 2)
    w = ones(2, 3, grad); b = ones(2, grad)
    d = x @ w.t() + b - t
    loss = (d * d).sum() / 10

    """

  func testATreeWithASharedNode() throws {
    XCTAssertEqual(
      try last(regression + "%graph loss"),
      """
      DivBackward0 []  loss
      └─ SumBackward0 []
         └─ MulBackward0 [5, 2]
            ├─ #1 SubBackward0 [5, 2]  d
            │  └─ AddBackward0 [5, 2]
            │     ├─ MmBackward0 [5, 2]
            │     │  └─ TBackward0 [3, 2]
            │     │     └─ w [2, 3]
            │     └─ b [2]
            └─ #1 see there
      7 operations, 2 leaves
      """)
    XCTAssert(
      try last(regression + "loss.backward()\n%graph loss").hasSuffix("backward has run and freed what it needed"))
  }

  func testLeavesAreNamedByTheWayToThem() throws {
    XCTAssertEqual(
      try last("p = {'a': ones(1, grad)}\nclass M: pass\n\nm = M(); m.k = [ones(1, grad)]\n%graph p['a'] * m.k[0]"),
      "MulBackward0 [1]\n├─ p[\"a\"] [1]\n└─ m.k[0] [1]\n1 operation, 2 leaves")
    XCTAssertEqual(try last("%graph ones(2, grad) * 2"), "MulBackward0 [2]\n└─ leaf [2]\n1 operation, 1 leaf")
  }

  func testADeepGraphGoesOnBelow() throws {
    let text = try last("z = ones(1, grad); y = z\nfor k in range(60): y = y * 2 + z\n\n%graph y")
    XCTAssert(text.contains("#1 goes on below\n"), text)
    XCTAssert(text.contains("\n\n#1 "), text)
    XCTAssert(text.contains(" more\n120 operations, 1 leaf"), text)
    for line in text.split(separator: "\n") { XCTAssertLessThanOrEqual(line.count, 80, String(line)) }
  }

  func testAMillionNodesInARow() throws {
    let text = try last("z = ones(1, grad); y = z\nfor k in range(200000): y = y + 1\n\n%graph y")
    XCTAssert(text.hasSuffix("200000 operations, 1 leaf"), text)
  }

  func testTensorsWithoutAGraph() throws {
    XCTAssert(try last("w = ones(1, grad)\n%graph w").hasPrefix("`w` is a leaf"))
    XCTAssert(try last("w = ones(1)\n%graph w").hasPrefix("`w` has no graph"))
    XCTAssertEqual(try last("%graph 3"), "3 is of type int, not a tensor")
    XCTAssertEqual(try last("%graph"), "%graph needs an expression")
  }

  // MARK: %shapes

  func testShapesOfEveryStep() throws {
    XCTAssertEqual(
      try last(regression + "%shapes (x @ w.t() + b).relu().sum(dim=0)"),
      """
      x                                   [5, 3] float32
      w                                   [2, 3] float32
      w.t()                               [3, 2] float32
      x @ w.t()                           [5, 2] float32
      b                                   [2] float32
      x @ w.t() + b                       [5, 2] float32
      (x @ w.t() + b).relu()              [5, 2] float32
      (x @ w.t() + b).relu().sum(dim=0)   [2] float32
      """.replacingOccurrences(of: "   [", with: "  ["))
  }

  func testWhereItBreaks() throws {
    XCTAssertEqual(
      try last(regression + "%shapes (x @ w + b).sum()"),
      """
      x  [5, 3] float32
      w  [2, 3] float32
      RuntimeError: mat1 and mat2 shapes cannot be multiplied (5x3 and 2x3)
        %shapes:1
          (x @ w + b).sum()
           ^^^^^
        x: [5, 3]  w: [2, 3]
        hint: did you mean x @ w.T?
      """)
  }

  func testShapesRunOnceAndAreNoCell() throws {
    let screen = try transcript(
      "n = [0]\ndef f(t):\n    n[0] += 1\n    print('r' + 'an')\n    return t, t\n\n%shapes f(ones(2))[0] if True else nosuch\nn, '.shapes' in globals()"
    )
    XCTAssert(screen.contains("f(ones(2))                 "), screen)
    XCTAssert(screen.contains("([2], [2])"), screen)
    XCTAssert(screen.hasSuffix("In [3]: n, '.shapes' in globals()\nOut[3]: ([0], False)"), screen)
    XCTAssertEqual(screen.components(separatedBy: "ran\n").count, 2, screen)
    XCTAssertEqual(try last("%shapes 1 + 1"), "1 + 1  int")
    XCTAssertEqual(try last("%shapes x = 1"), "%shapes takes one expression, not statements")
  }

  // MARK: %gradcheck

  func testRightGradients() throws {
    let text = try last(regression + "%gradcheck ((x @ w.t() + b - t) ** 2).mean()")
    XCTAssert(text.hasPrefix("leaf  shape   verdict  checked  difference\nw     [2, 3]  agrees   all 6"), text)
    XCTAssert(text.hasSuffix("The gradients are right: backward computes what small steps measure."), text)
  }

  func testWrongGradients() throws {
    let text = try last("w = tensor([1., 2.], grad)\n%gradcheck (w.detach() * w).sum()")
    XCTAssert(text.contains("**The gradients are not right.**"), text)
    XCTAssert(text.contains("`w[1]`: backward says 2, small steps measure 4."), text)
  }

  func testAKinkIsNoMistake() throws {
    let text = try last("w = tensor(0., grad)\n%gradcheck w.relu()")
    XCTAssert(text.contains("at a kink"), text)
    XCTAssert(text.contains("the\nslope is 0 to the left and 1 to the right"), text)
    XCTAssert(text.contains("The gradients are right"), text)
  }

  func testTheLeavesAreAsBefore() throws {
    let screen = try transcript(
      "w = tensor([1., 2.], grad)\ny = (w ** 2).sum()\n%gradcheck (w ** 3).sum()\ny.backward(); w, w.grad, w._version")
    XCTAssert(
      screen.hasSuffix("Out[3]: (tensor([1., 2.], requires_grad=True), tensor([2., 4.]), 0)"), screen)
  }

  func testSinglePrecisionWhereDoubleDoesNotWork() throws {
    let text = try last(
      "w = tensor([[1., 2.]], grad)\ndef f(w): return (w @ torch.ones(2, 1, dtype=torch.float32)).exp().sum()\n\n%gradcheck f(w)"
    )
    XCTAssert(text.contains("agrees"), text)
  }

  func testRandomNumbersAreTheSameEachTime() throws {
    XCTAssert(try last("w = ones(3, grad)\n%gradcheck (w * rand(3)).sum()").contains("agrees"))
  }

  func testWhatCannotBeChecked() throws {
    XCTAssert(try last("w = ones(2, grad); y = w.sum()\n%gradcheck y").contains("was computed already"))
    XCTAssert(try last("w = ones(2, grad)\n%gradcheck w").contains("was computed already"))
    XCTAssert(try last("w = ones(2)\n%gradcheck w.sum()").contains("does not require grad"))
    XCTAssert(try last("w = ones(2, grad)\n%gradcheck w.sum().item()").contains("of type float, not a tensor"))
    XCTAssert(try last("%gradcheck ones(2, grad).sum()").contains("are made inside of it"))
    XCTAssert(try last("w = ones(2, grad)\n%gradcheck w @ ones(3)").contains("RuntimeError"))
  }
}
