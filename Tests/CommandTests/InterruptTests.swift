import Foundation
import XCTest

/// Ctrl-C in the middle of native work that would go on for long.
final class InterruptTests: CommandTestCase {
  /// Sends SIGINT to a program some time after it printed `go`, and checks that it ends soon.
  private func interrupt(_ code: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let go = folder.appendingPathComponent("go")
    try? FileManager.default.removeItem(at: go)
    let source = "# %%\nimport itertools, math, sys\n\(code)\n"
    let script = folder.appendingPathComponent("long.tnb")
    try source.replacing("GO", with: "open('go', 'w').close()").write(to: script, atomically: true, encoding: .utf8)
    var sent = Date()
    let result = try Command.run(["--allow-write", "long.tnb"], folder: folder) { process in
      while !FileManager.default.fileExists(atPath: go.path), process.isRunning { usleep(5000) }
      usleep(100_000)
      sent = Date()
      kill(process.processIdentifier, SIGINT)
    }
    // 100 ms are promised; the machine may be busy, and this is a debug build, which also has to free what the cell made.
    XCTAssertLessThan(Date().timeIntervalSince(sent), 8, code, file: file, line: line)
    XCTAssertEqual(result.status, 130, code + result.errors, file: file, line: line)
    XCTAssert(result.errors.contains("KeyboardInterrupt"), code + result.errors, file: file, line: line)
  }

  func testNativesThatGoThroughAnIterator() throws {
    for call in [
      "sum(range(10**12))", "max(itertools.repeat(1))", "any(itertools.repeat(0))", "5 in itertools.repeat(0)",
      "set(itertools.repeat(0))", "''.join(itertools.repeat(''))", "next(filter(None, itertools.repeat(0)))",
      "math.fsum(itertools.repeat(0.0))", "max(itertools.combinations(range(60), 30))",
    ] {
      try interrupt("GO\n" + call)
    }
  }

  func testLargeInts() throws {
    for call in [
      "x ** 4 * x ** 3 % 7 and [x * x // y for i in range(10**6)]", "[x % y for i in range(10**6)]",
      "[str(x) for i in range(10**6)]", "math.gcd(x, y)", "pow(3, x, y)", "[math.isqrt(x) for i in range(10**6)]",
    ] {
      try interrupt("sys.set_int_max_str_digits(0)\nx = 3**300000\ny = 7**100000\nGO\n" + call)
    }
  }

  func testSortsAndComparisons() throws {
    try interrupt(
      "class A:\n  def __lt__(self, o): return id(self) < id(o)\nx = [A() for i in range(10**6)]\nGO\nx.sort()")
    try interrupt("x = ['a'] * 10**6\nGO\n[x.count('b') or 'b' in x or x == x + ['c'] for i in range(10**6)]")
    try interrupt("x = rand(10**6)\nGO\nwhile True: x.sort()")
  }

  func testText() throws {
    try interrupt("x = 'ab ' * 10**7\nGO\nx.split()")
    try interrupt("x = 'ab ' * 10**7\nGO\nx.replace('b', 'cd')")
    try interrupt("x = b'ab ' * 10**7\nGO\nx.replace(b'b', b'cd')")
  }

  func testWhatIsSharedAtEveryLevel() throws {
    let make = "x, y = (), ()\nfor i in range(60): x, y = (x, x), (y, y)\nGO\n"
    for call in ["hash(x)", "x == y", "isinstance(1, x)"] { try interrupt(make + call) }
    try interrupt("x = []\nfor i in range(60): x = [x, x]\nGO\ntensor(x)")
  }

  func testReductionsOfMoreThanMemory() throws {
    for call in ["sum()", "max()", "argmax()", "norm()", "std()", "dot(x)"] {
      try interrupt("x = zeros(1).expand(2**42)\nGO\nx." + call)
    }
  }

  /// One interrupt is one exception: a cell that catches it goes on.
  func testACaughtInterrupt() throws {
    let code =
      "import time\nx = rand(10**6)\nopen('go', 'w').close()\ntry:\n  while True: x.sort()\n"
      + "except KeyboardInterrupt: print('caught')\nfor i in range(1000): pass\nprint('went on')"
    let go = folder.appendingPathComponent("go")
    let result = try Command.run(["--allow-write", "-c", code], folder: folder) { process in
      while !FileManager.default.fileExists(atPath: go.path), process.isRunning { usleep(5000) }
      usleep(100_000)
      kill(process.processIdentifier, SIGINT)
    }
    XCTAssertEqual(result.output, "caught\nwent on\n", result.errors)
  }
}
