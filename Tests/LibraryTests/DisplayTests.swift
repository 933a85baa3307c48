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

  func testNamespaces() {
    assertCell(
      """
      from types import SimpleNamespace
      SimpleNamespace(lr=0.1, layers=[1, 2], name='n' * 60)
      """, "namespace(lr=0.1,\n          layers=[1, 2],\n          name='\(String(repeating: "n", count: 60))')")
    assertCell(
      "class A:\n    x: int = 1\nA.__dict__",
      """
      mappingproxy({'__module__': '__main__',
                    '__annotations__': {'x': int},
                    'x': 1,
                    '__dict__': <attribute '__dict__' of 'A' objects>,
                    '__weakref__': <attribute '__weakref__' of 'A' objects>,
                    '__doc__': None})
      """)
    assertCell(
      "class A: pass\nA.__dict__['x'] = 1", "TypeError: 'mappingproxy' object does not support item assignment")
  }

  func testDataClasses() {
    assertCell(
      """
      from dataclasses import dataclass
      @dataclass
      class D:
          a: int
          b: int = 2
      D.__init__
      """, "<function __main__.D.__init__(self, a: int, b: int = 2) -> None>")
    assertCell(
      """
      from dataclasses import dataclass
      @dataclass
      class Node:
          n: int
          next: object = None
      node = Node(1)
      node.next = node
      node
      """, "Node(n=1, next=...)")
  }
}
