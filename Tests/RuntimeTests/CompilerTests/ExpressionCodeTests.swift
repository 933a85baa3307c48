import XCTest

@testable import Runtime

final class ExpressionCodeTests: CompilerTestCase {
  func testResultsLandInTheirLocal() throws {
    try assertBody("a, b", "x = a + b\nreturn x", "add x a b\nreturnValue x")
  }

  func testNumberConstantsAreOperands() throws {
    try assertBody("a", "return (a * 2 + 1.5) % 7", "mulK r1 a 2\naddK r1 r1 1.5\nmodK r1 r1 7\nreturnValue r1")
  }

  func testConstantsFold() throws {
    try assertBody("", "return 2 ** 10 - -1", "loadInt r0 1025\nreturnValue r0")
    try assertBody("", "return 'a' * 3 + 'b'", "loadConst r0 'aaab'\nreturnValue r0")
    try assertBody("", "return (1, 2)[0], 7 // 2, -7 % 3, 1 / 4", "loadConst r0 (1, 3, 2, 0.25)\nreturnValue r0")
    try assertBody("", "return not None", "loadBool r0 True\nreturnValue r0")
  }

  func testHugeResultsAreLeftToRunTime() throws {
    try assertBody("", "return 'x' * 10 ** 12", "loadConst r0 'x'\nmulK r0 r0 1000000000000\nreturnValue r0")
    try assertBody("", "return 2 ** 10 ** 2", "loadInt r0 2\npowK r0 r0 100\nreturnValue r0")
    try assertBody("", "return 1 / 0", "loadInt r0 1\ndivK r0 r0 0\nreturnValue r0")
  }

  func testArgumentsAreEvaluatedInTheirPlace() throws {
    try assertBody(
      "g, a", "return g(a + 1, g(a))",
      "move r2 g\naddK r3 a 1\nmove r4 g\nmove r5 a\ncall r4 1\ncall r2 2\nreturnValue r2")
  }

  func testMethodCallsNeedNoBoundMethod() throws {
    try assertBody(
      "x", "return x.f(1, k=x)", "loadMethod r1 x f\nloadInt r3 1\nmove r4 x\ncallMethod r1 1 ('k')\nreturnValue r1")
  }

  func testSpreadCalls() throws {
    try assertBody(
      "g, a, k", "return g(1, *a, z=2, **k)",
      """
      move r3 g
      loadInt r6 1
      buildList r4 r6 ×1
      listExtend r4 a
      loadConst r6 'z'
      loadInt r7 2
      buildDict r5 r6 ×1
      dictMerge r5 k r3
      callSpread r3
      returnValue r3
      """)
  }

  func testManyArgumentsArePassedAsAList() throws {
    let code = try instructions("f(" + Array(repeating: "x", count: 201).joined(separator: ", ") + ")\n")
    XCTAssertTrue(code.contains("callSpread r0"))
  }

  func testConstantIndex() throws {
    try assertBody("a", "return a[-1]", "getItemK r1 a -1\nreturnValue r1")
    try assertBody(
      "a", "return a[1:, None]",
      "loadInt r4 1\nloadNone r5\nloadNone r6\nbuildSlice r3 r4\nloadNone r4\nbuildTuple r2 r3 ×2\ngetItem r1 a r2\nreturnValue r1"
    )
  }

  func testChainedComparison() throws {
    try assertBody(
      "a, b", "return 1 < a <= b", "loadInt r3 1\nlt r2 r3 a\njumpIfFalse r2 → 4\nle r2 a b\nreturnValue r2")
  }

  func testMembershipInConstants() throws {
    try assertBody("a", "return a in [1, 2]", "loadConst r2 (1, 2)\ncontains r1 a r2\nreturnValue r1")
  }

  func testLogicInALocalDoesNotTouchItEarly() throws {
    try assertBody(
      "a", "x = 1\nx = a and x\nreturn x",
      "loadInt x 1\nmove r2 a\njumpIfFalse r2 → 4\nmove r2 x\nmove x r2\nreturnValue x")
  }

  func testOperandsThatWalrusChangesAreCopied() throws {
    try assertBody(
      "x", "return x + (x := 2)", "move r1 x\nloadInt r2 2\nmove x r2\nadd r1 r1 r2\nreturnValue r1")
  }

  func testFormattedStrings() throws {
    try assertBody("x", "return f'{x}'", "format r2 x -\nextra 0\nbuildString r1 r2 ×1\nreturnValue r1")
    try assertBody(
      "x, w", "return f'a{x!r:>{w}}{w=}'",
      """
      loadConst r3 'a'
      loadConst r6 '>'
      format r7 w -
      extra 0
      buildString r5 r6 ×2
      format r4 x r5
      extra 2
      loadConst r5 'w='
      format r6 w -
      extra 2
      buildString r2 r3 ×4
      returnValue r2
      """)
  }

  func testConstantLists() throws {
    try assertBody(
      "", "return [1, 2, 3]", "buildList r0 - ×0\nloadConst r1 (1, 2, 3)\nlistExtend r0 r1\nreturnValue r0")
    try assertBody("a", "return [a, 2]", "move r2 a\nloadInt r3 2\nbuildList r1 r2 ×2\nreturnValue r1")
  }

  func testDisplayedValue() throws {
    try assertCode(
      "x = 1\nx\n", "loadInt r0 1\nstoreGlobal r0 global 0\nloadGlobal r0 global 0\ndisplay r0\nreturnNone")
    try assertCode("1 + 1;\n", "returnNone")
  }
}
