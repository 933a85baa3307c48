import XCTest

/// Parts of native modules that are written in the language, which all interpreters of a process share.
final class WrittenPartsTests: XCTestCase {
  func testPartsOutliveTheInterpreterThatLoadedThem() {
    var first: CellSession? = CellSession()
    XCTAssertEqual(first?.run("import numpy as np\nnp.average([1, 2, 3])"), "np.float64(2.0)")
    XCTAssertEqual(first?.run("torch.func.grad(lambda v: v ** 3)(tensor(2.))"), "tensor(12.)")
    let second = CellSession()
    first = nil
    XCTAssertEqual(second.run("import numpy as np\nnp.average([1, 2, 3])"), "np.float64(2.0)")
    XCTAssertEqual(second.run("np.kron([1, 2], [1, 10])"), "array([ 1, 10,  2, 20])")
    XCTAssertEqual(second.run("torch.vmap(torch.dot)(ones(2, 3), ones(2, 3))"), "tensor([3., 3.])")
  }

  func testAnInterpreterThatCameAndWentTakesNothingAway() {
    let session = CellSession()
    _ = CellSession()
    XCTAssertEqual(session.run("import numpy as np\nnp.tri(2)"), "array([[1., 0.],\n       [1., 1.]])")
    XCTAssertEqual(
      session.run("from torch.distributions.normal import Normal\nNormal(0., 1.)"), "Normal(loc: 0.0, scale: 1.0)")
    XCTAssertEqual(session.run("import torch.distributions as D\nD.normal.Normal is D.Normal"), "True")
  }

  func testTheMainModuleHasItsName() {
    XCTAssertEqual(CellSession().run("if __name__ == '__main__':\n    print('main')"), "main")
  }

  func testWhatHasNoReprIsShownAsIPythonDoes() {
    let session = CellSession()
    XCTAssertTrue(session.run("map(str, [1])").hasPrefix("<map at 0x"))
    XCTAssertTrue(session.run("[iter([1])]").hasPrefix("[<list_iterator at 0x"))
    XCTAssertTrue(session.run("print(map(str, [1]))").hasPrefix("<map object at 0x"))
    XCTAssertTrue(session.run("(i for i in [])").hasPrefix("<generator object <genexpr> at 0x"))
    XCTAssertEqual(
      session.run("from typing import Optional\ndef f(a: Optional[int] = None): pass\nf"),
      "<function __main__.f(a: Optional[int] = None)>")
  }

  func testInferenceTensorsRefuseChangesOutside() {
    let session = CellSession()
    XCTAssertTrue(
      session.run("with torch.inference_mode():\n    z = ones(2) * 2\nz.add_(1)").hasPrefix(
        "RuntimeError: Inplace update to inference tensor outside InferenceMode is not allowed."))
    XCTAssertEqual(session.run("with torch.inference_mode():\n    w = ones(2)\n    w.add_(1)\nw"), "tensor([2., 2.])")
  }

  /// A pattern runs with a stack of its own: neither long texts nor nested loops use up the thread's.
  func testPatternsOnLongTexts() {
    let session = CellSession()
    XCTAssertEqual(session.run("import re\nlen(re.match('(?:a|b)*', 'ab' * 200000).group())"), "400000")
    XCTAssertEqual(session.run("re.match('(?:(?:a*)*)*$', 'a' * 2000).end()"), "2000")
    XCTAssertEqual(session.run("re.compile('(' * 500)"), "error: too many nested groups for tnb at position 200")
    XCTAssertEqual(
      session.run("re.compile('(a{1000}){1000}')"), "error: the pattern is too large for tnb at position 0")
  }
}
