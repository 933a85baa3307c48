import XCTest

@testable import Notebook

final class DriftTests: XCTestCase {
  private func results(_ cells: [String], drawing: Set<Int> = []) -> [Replay.Result] {
    cells.enumerated().map { i, text in
      Replay.Result(
        index: i,
        source: CellSource(path: "n.tnb", title: "cell \(i + 1)", text: Array(text.utf8), lineNumbers: [i + 1]),
        records: [], error: nil, seconds: 0, tookTooLong: false, drewRandomNumbers: drawing.contains(i))
    }
  }

  private func roots(_ cells: [String], failing: Set<Int>, drawing: Set<Int> = []) -> [DriftTrace.Root] {
    DriftTrace(results(cells, drawing: drawing)) { failing.contains($0) }.roots
  }

  func testCellsThatUseWhatDiffersFollow() {
    let cells = [
      "w = 1", "x = 2", "y = w + 1", "x", "z = [0]", "z.append(y)", "z", "z = 5", "z", "def f():\n    return w", "f()",
      "g = f", "def w(): pass",
    ]
    XCTAssertEqual(
      roots(cells, failing: [0, 3, 6, 8, 10]), [.init(cell: 0, followers: [6, 10]), .init(cell: 3), .init(cell: 8)])
    XCTAssertEqual(roots(cells, failing: []), [])
  }

  func testChangesInPlaceAreFollowed() {
    let cells = [
      "w = tensor(1., grad)", "loss = w * 2", "w.grad", "loss.backward()", "w.grad", "opt = SGD([w])", "other = 1",
      "other",
    ]
    // Backward changes what the loss was computed from.
    XCTAssertEqual(roots(cells, failing: [1, 4]), [.init(cell: 1, followers: [4])])
    XCTAssertEqual(roots(cells, failing: [1, 2, 7]), [.init(cell: 1), .init(cell: 2), .init(cell: 7)])
    XCTAssertEqual(
      roots(["def train(m): m.x = 1", "net = 1", "k = 2", "train(net)", "net"], failing: [3, 4]),
      [.init(cell: 3, followers: [4])])
    XCTAssertEqual(
      roots(["w = 1", "w[0] = 2", "v, w.a = 1, 2", "w"], failing: [1, 3]), [.init(cell: 1, followers: [3])])
  }

  func testTheRandomStreamIsFollowed() {
    let cells = ["a = rand(1)", "b = rand(1)", "c = 1"]
    XCTAssertEqual(roots(cells, failing: [0, 1], drawing: [0, 1]), [.init(cell: 0, followers: [1])])
    XCTAssertEqual(roots(cells, failing: [0, 2], drawing: [0, 1]), [.init(cell: 0), .init(cell: 2)])
  }

  func testTextThatIsNoProgramIsNoTrap() {
    XCTAssertEqual(roots(["x = = 1", "x"], failing: [0, 1]), [.init(cell: 0), .init(cell: 1)])
  }

  private func drift(_ expected: String, _ actual: String) -> NumericDrift? {
    NumericDrift(
      expected: Record.lines(output: Array(expected.utf8), error: nil),
      actual: Record.lines(output: Array(actual.utf8), error: nil))
  }

  func testRoundingIsToldFromOtherNumbers() {
    XCTAssertEqual(drift("tensor([1.5000, 2.])", "tensor([1.5002, 2.])")?.isRounding, true)
    XCTAssertEqual(drift("tensor([1.5000, 2.])", "tensor([1.5002, 2.])")?.description, "by 2 in the last digit")
    XCTAssertEqual(drift("7731.2002", "7731.2310")?.description, "by 4e-6 of their size")
    XCTAssertEqual(drift("tensor([ 1.5000])", "tensor([-1.5000])")?.isRounding, false)
    XCTAssertNil(drift("tensor([1.5000])", "tensor([1.5000, 2.])"))
    XCTAssertNil(drift("3", "4"), "an integer is no rounded number")
    XCTAssertNil(drift("1.0", "1.0"))
    XCTAssertNil(drift("a 1.0", "b 1.5"))
  }

  func testReasonsAreNamed() throws {
    func lines(_ text: String, _ actual: [String], drawing: Set<Int> = []) throws -> [String] {
      let notebook = try Notebook(Array(text.utf8), path: "n.tnb")
      var results = self.results(notebook.cells.map { String(decoding: $0.source, as: UTF8.self) }, drawing: drawing)
      var cells: [FileReport.Cell] = []
      for i in results.indices {
        let result = results[i]
        let records = Record.lines(output: Array(actual[i].utf8), error: nil)
        results[i] = Replay.Result(
          index: i, source: result.source, records: records, error: nil, seconds: 0, tookTooLong: false,
          drewRandomNumbers: result.drewRandomNumbers)
        let passes = Comparison.matches(expected: notebook.cells[i].records, actual: records)
        cells.append(
          FileReport.Cell(
            title: result.source.title, line: 1,
            outcome: passes
              ? .passed
              : .failed(.differs(RecordDiff(expected: notebook.cells[i].records, actual: records), diagnostic: nil))))
      }
      return DriftDiagnosis(notebook, results, cells).lines
    }
    let random = "# %%\nw = rand(1)\nw\n#> 0.5\n# %%\nw + 1\n#> 1.5\n"
    XCTAssertEqual(
      try lines(random, ["0.7", "1.7"], drawing: [0]),
      [
        "cell 1 is the first to differ; what it made is used in cell 2",
        "cell 1 draws random numbers, and nothing seeds them: a line `# seed: 42` in the header and `tnb update` make them "
          + "the same each time",
      ])
    XCTAssertEqual(
      try lines("# ---\n# seed: 1\n# ---\n" + random, ["0.5", "1.7"], drawing: [0]),
      [
        "cell 2 comes after cells that draw random numbers: the seed is another than when it was recorded, or more or fewer "
          + "numbers are drawn above it"
      ])
    XCTAssertEqual(
      try lines("# %%\n1.5\n#> 1.50000000\n", ["1.50000900"]),
      [
        "the numbers of cell 1 differ by 6e-6 of their size at most: likely the same sums in another order, as another "
          + "processor, number of threads or version of a library gives"
      ])
    XCTAssertEqual(try lines("# %%\n1\n#> 2\n", ["1"]), [], "the difference says it all")
  }
}
