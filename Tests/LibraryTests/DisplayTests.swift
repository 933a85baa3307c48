import XCTest

/// What cells display, as IPython does.
final class DisplayTests: XCTestCase {
  func testDecoratedFunctionsShowWhatTheyWrap() {
    let session = CellSession()
    _ = session.run(
      """
      from functools import wraps, lru_cache
      from contextlib import contextmanager
      def decorate(f):
          @wraps(f)
          def wrapper(*args, **kwargs): return f(*args, **kwargs)
          return wrapper
      @decorate
      def add(a: int, b=2): return a + b
      @contextmanager
      def managed(x, *, y=3): yield
      class C:
          @decorate
          def m(self, q): pass
      @lru_cache
      def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
      """)
    XCTAssertEqual(session.run("add"), "<function __main__.add(a: int, b=2)>")
    XCTAssertEqual(session.run("managed"), "<function __main__.managed(x, *, y=3)>")
    XCTAssertEqual(session.run("C.m"), "<function __main__.C.m(self, q)>")
    XCTAssertEqual(session.run("wraps(len)(lambda *a: 1)"), "<function len(obj, /)>")
    XCTAssert(session.run("fib").hasPrefix("<functools._lru_cache_wrapper at 0x"), session.run("fib"))
    XCTAssert(session.run("print(fib)").hasPrefix("<functools._lru_cache_wrapper object at 0x"))
    XCTAssertEqual(session.run("fib(30), fib.__name__, type(fib).__name__"), "(832040, 'fib', '_lru_cache_wrapper')")
  }

  func testClassesLayThemselvesOut() {
    let session = CellSession()
    _ = session.run(
      """
      class R:
          def __init__(self, n): self.n = n
          def _repr_pretty_(self, p, cycle):
              with p.group(2, 'R(', ')'):
                  for i in range(self.n):
                      if i:
                          p.text(',')
                          p.breakable()
                      p.pretty('x' * i)
      """)
    XCTAssertEqual(session.run("[R(3), 1]"), "[R('', 'x', 'xx'), 1]")
    XCTAssertEqual(session.run("R(12)").split(separator: "\n")[3], "  'xxx',")
    XCTAssertEqual(
      session.run("class Bad:\n  def _repr_pretty_(self, p, cycle): p.end_group()\nBad()"),
      "IndexError: pop from empty list")
  }
}
