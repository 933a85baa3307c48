import XCTest

@testable import Runtime

final class StatementCodeTests: CompilerTestCase {
  func testWhileComparesAndJumpsInOne() throws {
    try assertBody(
      "n", "i = 0\nwhile i < n:\n  i += 1",
      "loadInt i 0\njumpIfNotLt i n → 4\ninplaceAddK i 1\njumpBack → 1\nreturnNone")
  }

  func testWhileTrueTestsNothing() throws {
    try assertBody(
      "n", "while True:\n  if n == 3: break",
      "jumpIfNotEqK n 3 → 2\njump → 3\njumpBack → 0\nreturnNone")
  }

  func testForPutsItemsInTheLoopVariable() throws {
    try assertBody(
      "xs", "for x in xs:\n  for x in xs:\n    pass",
      """
      getIter .iterator xs
      forIter x → 7
      getIter r3 xs
      forIter r4 → 6
      move x r4
      forNext r4 → 4
      forNext x → 2
      returnNone
      """)
  }

  func testForUnpacksIntoNeighbours() throws {
    try assertBody(
      "xs", "for a, b in xs:\n  pass\nreturn xs",
      "getIter r3 xs\nforIter r4 → 4\nunpack r4 a ×2\nforNext r4 → 2\nreturnValue xs")
  }

  func testConditionsMakeNoBooleans() throws {
    try assertBody(
      "a, b", "if not a and (b is None or b > 1):\n  return 1",
      """
      jumpIfTrue a → 5
      jumpIfNone b → 3
      jumpIfNotGtK b 1 → 5
      loadInt r2 1
      returnValue r2
      returnNone
      """)
  }

  func testLocalsAreCheckedOnlyWhereTheyMayBeUnset() throws {
    try assertBody(
      "a", "if a:\n  x = 1\nelse:\n  x = 2\nreturn x",
      "jumpIfFalse a → 3\nloadInt x 1\njump → 4\nloadInt x 2\nreturnValue x")
    try assertBody("a", "if a:\n  x = 1\nreturn x", "jumpIfFalse a → 2\nloadInt x 1\ncheckLocal x x\nreturnValue x")
    try assertBody("a", "del a\nreturn a", "clear a\ncheckLocal a a\nreturnValue a")
    try assertBody(
      "a", "while a:\n  print(a)\n  del a",
      """
      checkLocal a a
      jumpIfFalse a → 7
      loadGlobal r1 global 0
      move r2 a
      call r1 1
      clear a
      jumpBack → 0
      returnNone
      """)
  }

  func testSwapMakesNoTuple() throws {
    try assertBody("a, b", "a, b = b, a\nreturn a", "move r2 b\nmove r3 a\nmove a r2\nmove b r3\nreturnValue a")
  }

  func testAugmentedTargetsAreEvaluatedOnce() throws {
    try assertBody(
      "x, i", "x.a[i] *= 2",
      "loadAttr r2 x a\ngetItem r3 r2 i\nloadInt r4 2\ninplace r3 r4 #2\nsetItem r2 i r3\nreturnNone")
  }

  func testReturnRunsFinallyWithItsValueKept() throws {
    try assertBody(
      "x", "try:\n  return x\nfinally:\n  x = 2",
      """
      move r2 x
      loadInt x 2
      returnValue r2
      pushHandled r1 r2
      loadInt x 2
      popHandled r2
      rethrow r1
      popHandled r2
      rethrow r3
      handler 0..<1 → 3 r1
      handler 4..<5 → 7 r3
      """)
  }

  func testHandlerNamesAreUnset() throws {
    try assertBody(
      "", "try:\n  g()\nexcept E as e:\n  return e",
      """
      loadGlobal r2 global 0
      call r2 0
      jump → 17
      pushHandled r1 r2
      loadGlobal r4 global 1
      jumpIfNotMatch r1 r4 → 13
      move e r1
      move r5 e
      clear e
      popHandled r2
      returnValue r5
      clear e
      rethrow r4
      popHandled r2
      rethrow r1
      popHandled r2
      rethrow r3
      returnNone
      handler 0..<2 → 3 r1
      handler 7..<8 → 11 r4
      handler 4..<9 → 15 r3
      handler 11..<13 → 15 r3
      """)
  }

  func testElifChainsAreLoopsOfTheCompiler() throws {
    let chain = "if x == 0:\n  pass\n" + (1..<500).map { "elif x == \($0):\n  y = \($0)\n" }.joined()
    XCTAssertGreaterThan(try instructions(chain).count, 1000)
  }
}
