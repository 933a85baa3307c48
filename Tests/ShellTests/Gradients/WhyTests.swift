import XCTest

@testable import Shell

/// `%why x.grad`.
final class WhyTests: SessionTestCase {
  private func why(_ script: String, _ subject: String = "w.grad") throws -> String {
    let screen = try transcript(script + "\n%why " + subject)
    return screen.components(separatedBy: "%why \(subject)\n").last!
  }

  /// As one line.
  private func reason(_ script: String, _ subject: String = "w.grad") throws -> String {
    try why(script, subject).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  func testOneBackwardCall() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\nloss = (w ** 2).sum()\nloss.backward()"),
      "`w.grad` comes from one backward call:\n\n    In [3]:1  loss.backward()")
  }

  func testGradientsAddUp() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\n(w ** 2).sum().backward()\nfor i in range(3):\n    w.sum().backward()\n"),
      """
      `w.grad` is the sum of 4 gradients, for backward adds to what is there:

          In [2]:1  (w ** 2).sum().backward()
          In [3]:2  w.sum().backward()   (3 times)

      If the sum is not meant: `w.grad.zero_()` before backward begins anew.
      """)
  }

  func testWhatResetIt() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\nw.sum().backward()\nw.grad.zero_();"),
      """
      `w.grad` is zero: `w.grad.zero_();` in `In [3]:1` set it to zero, and backward
      added nothing since.

      Before that backward added to it:

          In [2]:1  w.sum().backward()
      """)
    XCTAssertEqual(
      try why("w = ones(2, grad)\nfor i in range(5):\n    w.sum().backward()\n    w.grad = None\n"),
      """
      `w.grad` is None: `w.grad = None` in `In [2]:3` set it to `None` (so far 5
      times), and no backward call reached `w` since.

      Before that backward added to it:

          In [2]:2  w.sum().backward()   (5 times)
      """)
    XCTAssertEqual(
      try why("w = ones(2, grad)\nw.sum().backward()\nw.grad.zero_();\nw.sum().backward()"),
      """
      `w.grad` comes from one backward call:

          In [4]:1  w.sum().backward()

      Before that `w.grad.zero_();` in `In [3]:1` set it to zero.
      """)
    XCTAssert(
      try reason("w = ones(2, grad)\nw.grad = ones(2)").contains("`w.grad` is not from backward: `w.grad = ones(2)`"))
  }

  func testChangesInPlaceAreToldOf() throws {
    XCTAssert(
      try reason("w = ones(2, grad)\nw.sum().backward()\nw.grad.mul_(2);").contains(
        "Since then it was changed in place"))
  }

  func testInAFunctionOfAnotherCell() throws {
    XCTAssert(
      try reason("w = ones(2, grad)\ndef step():\n    w.sum().backward()\n\nstep()").contains(
        "In [2]:2, run by In [3] w.sum().backward()"))
  }

  func testEveryLeafHasItsOwn() throws {
    let script =
      "w = ones(2, grad)\nb = ones(2, grad)\nfor i in range(3):\n    (w * b).sum().backward()\n    b.grad.zero_()\n\n"
    XCTAssert(try reason(script).contains("sum of 3 gradients"))
    XCTAssert(try reason(script, "b.grad").contains("`b.grad` is zero: `b.grad.zero_()` in `In [3]:3`"))
  }

  func testNotCalledYet() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\nloss = w.sum()"),
      "`w.grad` is None: backward was not called yet.\n\nComputed from `w`: `loss`. `loss.backward()` would fill `w.grad`."
    )
    XCTAssert(try reason("w = ones(2, grad)").hasSuffix("Nothing that a variable holds was computed from `w`."))
  }

  func testUnused() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\nv = ones(2, grad)\nloss = v.sum()\nloss.backward()"),
      """
      `w.grad` is None: backward was called, but not on anything that was computed
      from `w`:

          In [4]:1  loss.backward()

      `loss` does not depend on `w`: `%graph loss` shows what it depends on.

      Nothing that a variable holds was computed from `w`.
      """)
    XCTAssert(
      try reason("v = ones(2, grad)\nv.sum().backward()\nw = ones(2, grad)").contains(
        "the last backward call was in `In [2]:1`, before `w` was made."))
  }

  func testNoLeaf() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\ny = w * 3\ny.sum().backward()", "y.grad"),
      """
      `y.grad` is None: `y` is no leaf. MulBackward0 computed it, and backward keeps
      gradients of leaves only: `w`.

          In [2]:1  y = w * 3

      `y.retain_grad()` before backward keeps its gradient, too.
      """)
    XCTAssert(
      try reason("w = ones(2, grad)\nw = w - 0.1").contains("put a new tensor in the place of the leaf"))
    XCTAssert(
      try reason("w = ones(2, grad)\ny = w * 3\ny.retain_grad()\ny.sum().backward()", "y").contains(
        "`y.retain_grad()` asked for its gradient."))
  }

  func testNotAskedFor() throws {
    XCTAssertEqual(
      try why("w = ones(2)"),
      """
      `w.grad` is None: nobody asked for it, `w.requires_grad` is False.

          In [1]:1  w = ones(2)

      `w.requires_grad_()` asks from now on; `tensor(…, requires_grad=True)` or
      `tensor(…, grad)` when it is made.
      """)
    XCTAssert(try reason("w = tensor([1, 2])").contains("`w` holds integers (`int64`)"))
    XCTAssert(try reason("w = tensor([True])").contains("`w` holds truth values (`bool`)"))
  }

  func testUnderNoGradAndDetached() throws {
    XCTAssertEqual(
      try why("w = ones(2, grad)\nwith no_grad():\n    w = w - 0.1\n"),
      """
      `w.grad` is None: `w` was made under `no_grad`, where nothing is recorded.

          In [2]:2  w = w - 0.1

      `w = …` makes a new tensor. `w -= …` changes the one that wanted gradients.
      """)
    XCTAssert(try reason("v = ones(2, grad)\nw = v.detach()").contains("`.detach` cut `w` off"))
    XCTAssert(try reason("v = ones(2, grad)\nw = v.data * 2").contains("`.data` cut `w` off"))
    XCTAssert(
      try reason("v = ones(2, grad)\n@no_grad()\ndef f(x):\n    return x * 2\n\nw = f(v)").contains(
        "`w` does not require grad, though `v` does"))
    XCTAssert(
      try reason("v = ones(2, grad)\nwith torch.inference_mode():\n    w = v * 2\n").contains(
        "made under `inference_mode`"))
  }

  func testWhatIsNoTensor() throws {
    XCTAssert(try reason("w = [1]", "w").hasSuffix("w is of type list, not a tensor hint: %why w.grad, for a tensor w"))
    XCTAssert(try reason("", "").hasSuffix("%why needs an expression"))
    XCTAssert(try reason("", "x = 1").hasSuffix("%why takes one expression, not statements"))
    XCTAssert(try reason("", "nosuch.grad").contains("NameError: name 'nosuch' is not defined"))
  }

  func testItemsOfContainers() throws {
    XCTAssertEqual(
      try why("p = [ones(1, grad)]\nfor q in p: q.sum().backward()\n", "p[0].grad"),
      "`p[0].grad` comes from one backward call:\n\n    In [2]:1  for q in p: q.sum().backward()")
  }
}
