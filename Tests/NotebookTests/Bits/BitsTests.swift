import XCTest

@testable import Notebook
@testable import Runtime

final class BitsTests: XCTestCase {
  private func digest(_ code: String) throws -> String {
    let interpreter = Interpreter()
    interpreter.seed(0)
    var code = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    code[code.count - 1] = "it = " + code.last!
    let error = interpreter.run(CellSource(path: "n", text: Array(code.joined(separator: "\n").utf8)))
    XCTAssertNil(error?.summary, "\(code)")
    return ValueDigest.of(interpreter.vm.main[Symbol("it")] ?? .none, interpreter.vm)
  }

  func testEveryBitCounts() throws {
    let values = [
      "1", "1.0", "True", "'1'", "b'1'", "10**30", "10**30 + 1", "1.0000000000000002", "-0.0", "0.0", "[]", "()", "{}",
      "set()",
      "[1]", "[1, [2]]", "[[1], 2]", "['12']", "['1', '2']", "{1: 2}", "{2: 1}", "{1: 2, 2: 1}", "{2: 1, 1: 2}",
      "{1, 2}",
      "frozenset()", "range(3)", "range(4)", "tensor(1.)", "tensor([1.])", "tensor(1)", "tensor(1., float64)",
      "tensor(1., grad)", "tensor([1., 2.])", "tensor([2., 1.])", "tensor(1.0000001)", "tensor([[1., 2.]])",
      "np.array([1.])",
      "np.float64(1)", "np.float32(1)", "float32", "...",
      "class A:\n  def __init__(self, x): self.x = x\nA(1)", "class A:\n  def __init__(self, x): self.x = x\nA(2)",
      "class B:\n  def __init__(self, x): self.x = x\nB(1)", "class L(list): pass\nL()",
      "x = tensor(1., grad)\nx.sum().backward()\nx", "from collections import deque\ndeque([1])",
      "from collections import Counter\nCounter('a')", "a = []; a.append(a)\na", "tensor([])", "tensor(float('nan'))",
      "float('nan')", "tensor(float('nan'), float64)", "tensor([], float64)",
    ]
    var seen: [String: String] = [:]
    for code in values {
      let digest = try digest(code)
      XCTAssertEqual(digest, try self.digest(code), "\(code) is the same each time")
      XCTAssertNil(seen[digest], "\(code) and \(seen[digest] ?? "")")
      seen[digest] = code
    }
    XCTAssertEqual(try digest("arange(6.).view(2, 3).t()"), try digest("tensor([[0., 3.], [1., 4.], [2., 5.]])"))
    XCTAssertEqual(try digest("{1, 2, 3}"), try digest("{3, 2, 1}"))
  }

  func testRingsAndDepthEnd() throws {
    _ = try digest("a = []\nfor i in range(100000): a = [a]\na[0]")
    _ = try digest("class N: pass\na = N(); a.b = N(); a.b.a = a\n[a, a.b]")
  }

  func testFileIsReadAsItIsWritten() throws {
    let file = BitsFile(
      machine: "x86-64-v3 with 1 thread",
      cells: [
        .init(
          title: "cell 1 \"a = b\"", code: "00000000000000aa",
          digests: [.init(name: "=", value: "0123456789abcdef"), .init(name: "é", value: "0123456789abcdef")]),
        .init(title: "cell 2", code: "00000000000000bb", digests: []),
      ])
    XCTAssertEqual(try BitsFile(Array(file.text(notebook: "n.tnb").utf8), path: "n.tnb.bits"), file)
  }

  func testMalformedFilesNameTheLine() {
    func error(_ text: String) -> String? {
      do throws(NotebookError) {
        _ = try BitsFile(Array(text.utf8), path: "b")
        return nil
      } catch {
        return error.description
      }
    }
    XCTAssertEqual(error(""), "b: these are no digests")
    XCTAssertEqual(error("x\n"), "b:1: these are no digests")
    XCTAssertEqual(error("# tnb-bits 2, recorded on x\n"), "b:1: these digests are of another version of tnb")
    XCTAssertEqual(error("# tnb-bits 1, recorded on x\n\ncell 1 12\n"), "b:3: '12' is no digest")
    XCTAssertNil(error("# tnb-bits 1, recorded on x\n"))
  }

  func testDifferencesAreNamed() {
    func cell(_ digests: [String: String]) -> BitsFile.Cell {
      BitsFile.Cell(
        title: "cell 1", code: "c",
        digests: digests.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) })
    }
    XCTAssertEqual(cell(["a": "1", "b": "2"]).differences(from: cell(["a": "1", "b": "2"])), [])
    XCTAssertEqual(
      cell(["a": "1", "b": "3", "c": "4"]).differences(from: cell(["a": "1", "b": "2", "d": "5"])), ["b", "c", "d"])
    let file = BitsFile(machine: "", cells: [cell(["a": "1"])])
    XCTAssertNotNil(file.recorded(for: cell([:]), at: 5), "its place may change")
    XCTAssertNil(file.recorded(for: BitsFile.Cell(title: "cell 1", code: "d", digests: []), at: 0))
  }
}
