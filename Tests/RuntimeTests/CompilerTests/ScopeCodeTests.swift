import XCTest

@testable import Runtime

final class ScopeCodeTests: CompilerTestCase {
  func testComprehensionsRunInTheFrameAround() throws {
    try assertBody(
      "xs, n", "return [x * n for x in xs if x]",
      """
      buildList r2 - ×0
      getIter r3 xs
      forIter r4 → 7
      jumpIfFalse r4 → 6
      mul r5 r4 n
      listAppend r2 r5
      forNext r4 → 3
      returnValue r2
      """)
  }

  func testComprehensionVariablesOfAModuleAreNoGlobals() throws {
    let code = try instructions("[x for x in (1, 2)]\n")
    XCTAssertFalse(code.contains { $0.hasPrefix("storeGlobal") })
  }

  func testComprehensionsWithCapturedVariablesAreFunctions() throws {
    let code = try instructions("[lambda: x for x in y]\n")
    XCTAssertEqual(
      code,
      [
        "makeFunction r0 <code <listcomp>> -", "loadGlobal r1 global 0", "getIter r1 r1", "call r0 1", "display r0",
        "returnNone",
      ])
  }

  func testInlinedComprehensionsNeedNoCellForWhatTheyUse() throws {
    let code = try XCTUnwrap(find("f", in: compile("def f(n):\n  return [n for _ in n]\n")))
    XCTAssertFalse(lines(code).contains { $0.hasPrefix("makeCell") })
  }

  func testCapturedVariablesLiveInCells() throws {
    let source = "def f(a):\n  def g():\n    nonlocal a\n    a += 1\n    return a\n  return g\n"
    try assertCode(
      source, of: "f", "makeCell a\nmakeFunction r2 <code f.<locals>.g> -\nmove g r2\nreturnValue g")
    try assertCode(source, of: "g", "loadFree r0 a\ninplaceAddK r0 1\nstoreFree r0 a\nloadFree r0 a\nreturnValue r0")
  }

  func testMethodsWithSuperCaptureTheClass() throws {
    let source = "class A:\n  def f(self):\n    return super().f()\n"
    let body = try XCTUnwrap(find("A", in: compile(source)))
    XCTAssertEqual(
      lines(body), ["makeCell __class__", "makeFunction r1 <code A.f> -", "storeName r1 f", "returnValue __class__"])
    let method = try XCTUnwrap(find("f", in: body))
    XCTAssertEqual(method.freeNames.map(\.text), ["__class__"])
    guard case .register(0) = method.captures[0] else { return XCTFail("not the class body's cell") }
  }

  func testPrivateNamesAreMangled() throws {
    let source = "class A:\n  def f(self, __x):\n    self.__y = __x\n    return self.__z__\n"
    try assertCode(source, of: "f", "storeAttr self _A__y _A__x\nloadAttr r2 self __z__\nreturnValue r2")
  }

  func testGeneratorExpression() throws {
    let code = try XCTUnwrap(find("<genexpr>", in: compile("g = (x for x in y)\n")))
    XCTAssertEqual(
      lines(code), ["makeGenerator", "forIter x → 4", "yieldValue r2 x", "forNext x → 2", "returnNone"])
    XCTAssertTrue(code.isGenerator)
  }

  func testFunctionShape() throws {
    let code = try XCTUnwrap(find("f", in: compile("def f(a, /, b, *c, d, e=1, **g):\n  'Doc'\n")))
    XCTAssertEqual(code.localNames.map(\.text), ["a", "b", "d", "e", "c", "g"])
    XCTAssertEqual([code.positionalOnlyCount, code.positionalCount, code.keywordOnlyCount], [1, 2, 2])
    XCTAssertEqual(code.doc, "Doc")
    XCTAssertEqual(lines(code), ["returnNone"])
  }
}
