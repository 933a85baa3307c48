import Language
import XCTest

@testable import Runtime

/// Rings of objects are freed, and nothing else is.
final class CollectorTests: XCTestCase {
  private let vm = VM()

  override func setUp() {
    Collector.collect()
  }

  private func run(_ source: String, file: StaticString = #filePath, line: UInt = #line) {
    do {
      let tree = try Parser.parse(Array(source.utf8), source: 1)
      try vm.run(try Compiler.compile(tree, globals: vm.main, displaysLast: false, vm: vm), globals: vm.main)
    } catch let error as ExceptionObject {
      XCTFail((try? vm.str(.object(error))) ?? "an exception", file: file, line: line)
    } catch {
      XCTFail("\(error)", file: file, line: line)
    }
  }

  /// Runs a body in a function, whose locals are gone afterwards, and says how many watched objects stay.
  private func leftovers(_ body: String, file: StaticString = #filePath, line: UInt = #line) -> Int {
    run("class A:\n  def go(self): pass\n", file: file, line: line)
    Collector.collect()
    let before = Collector.watchedCount
    let lines = body.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    run("def f():\n\(lines)\nf()\n", file: file, line: line)
    Collector.collect()
    return Collector.watchedCount - before
  }

  func testRingsOfInstances() {
    XCTAssertEqual(leftovers("a = A()\na.a = a"), 0)
    XCTAssertEqual(leftovers("a, b = A(), A()\na.b = b\nb.a = a"), 0)
  }

  func testRingsThroughContainers() {
    XCTAssertEqual(leftovers("a = A()\na.x = [a]"), 0)
    XCTAssertEqual(leftovers("a = A()\na.x = {'k': (1, [a])}"), 0)
    XCTAssertEqual(leftovers("a = A()\na.x = {a}"), 0)
    XCTAssertEqual(leftovers("a, b = A(), A()\nshared = [a, b]\na.x = shared\nb.x = shared"), 0)
    XCTAssertEqual(leftovers("a = A()\na.x = 1\na.__dict__['me'] = a"), 0)
  }

  func testRingsThroughClosures() {
    XCTAssertEqual(leftovers("def g(n): return g(n - 1) if n else 0\ng(3)"), 0)
    XCTAssertEqual(leftovers("a = A()\ndef g(): return a\na.g = g"), 0)
    XCTAssertEqual(leftovers("n = 0\ndef g():\n  nonlocal n\n  n += 1\n  return h\ndef h(): return g, n\ng()"), 0)
  }

  func testRingsThroughMethodsAndGenerators() {
    XCTAssertEqual(leftovers("a = A()\na.m = a.go"), 0)
    XCTAssertEqual(leftovers("a = A()\ndef g():\n  yield a\na.g = g()\nnext(a.g)"), 0)
  }

  func testWithoutRingsNothingIsLeftToCollect() {
    let before = Collector.watchedCount
    run("class A:\n  def __init__(self, x): self.x = x\n")
    run("def f():\n  a = A((A(1), A([A(2)])))\n  return None\nfor i in range(3): f()\n")
    XCTAssertEqual(Collector.watchedCount, before)
  }

  func testWhatIsInUseStays() {
    run(
      """
      class Node:
        def __init__(self, value):
          self.value, self.next = value, self
      ring = Node(0)
      ring.next = Node(1)
      ring.next.next = ring
      def counter():
        count = 0
        def step():
          nonlocal count
          count += 1
          return count, step
        return step
      step = counter()
      step()
      held = [{'deep': (Node(7),)}]
      def numbers():
        me = Node(3)
        while True:
          yield me.value
          me.value += 1
      stream = numbers()
      next(stream)
      """)
    Collector.collect()
    run(
      """
      assert ring.next.value == 1 and ring.next.next is ring
      assert step()[0] == 2
      assert held[0]['deep'][0].value == 7 and held[0]['deep'][0].next is held[0]['deep'][0]
      assert next(stream) == 4
      """)
  }

  func testMemoryIsBoundedWhereRingsAreMadeWithoutEnd() {
    run("class A: pass\ndef f():\n  a = A()\n  a.a = a\nfor i in range(50000): f()\n")
    XCTAssertLessThan(Collector.watchedCount, 20000)
  }

  func testLongChainsAreTakenApartWithoutRecursion() {
    run("class A: pass\nhead = None\nfor i in range(300000):\n  a = A()\n  a.next = head\n  head = a\ndel head, a\n")
  }

  func testCollectionsDuringACollectionDoNothing() {
    run("class A: pass\nxs = [A() for i in range(20000)]\nfor x in xs: x.xs = xs\ndel xs, x\n")
    XCTAssertGreaterThanOrEqual(Collector.collect(), 20000)
  }
}
