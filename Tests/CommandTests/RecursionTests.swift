import XCTest

/// Recursion without end, with the limit raised as far as it goes: RecursionError before the machine's stack is used up.
final class RecursionTests: CommandTestCase {
  private func recurse(_ code: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let result = try Command.run(["-c", "import sys\nsys.setrecursionlimit(10**9)\n" + code], folder: folder)
    XCTAssertEqual(result.status, 1, code, file: file, line: line)
    XCTAssert(
      result.errors.contains("RecursionError: maximum recursion depth exceeded"), code + result.errors.suffix(300),
      file: file, line: line)
  }

  func testThroughNatives() throws {
    try recurse("f = lambda n: sorted([n], key=f)\nf(0)")
    try recurse("f = lambda: sum(f() for i in [1])\nf()")
    try recurse("class A:\n  def __len__(self): return len(self)\nlen(A())")
    try recurse("class A:\n  def __getattr__(self, n): return getattr(self, n)\nA().x")
  }

  func testThroughGeneratorsAndClasses() throws {
    try recurse("def g():\n  yield from g()\nlist(g())")
    try recurse("def f():\n  class A:\n    f()\nf()")
  }

  /// The limit may grow while a frame is running.
  func testTheLimitOfTheRunningCell() throws {
    let code = "import sys\nsys.setrecursionlimit(5000)\nf = lambda n: 0 if n == 0 else f(n - 1) + 1\nf(4000)"
    XCTAssertEqual(try Command.run(["-c", code], folder: folder).output, "4000\n")
  }
}
