import Files
import Foundation
import XCTest

@testable import Notebook

/// Answers cells from a table instead of running them.
private final class ScriptedRunner: CellRunner {
  var files = FileAccess()
  var write: (String) -> Void = { _ in }
  var seeds: [UInt64] = []
  var ran: [String] = []
  private let answers: [String: (output: String, error: CellError?)]

  init(_ answers: [String: (output: String, error: CellError?)]) { self.answers = answers }

  func seed(_ seed: UInt64) { seeds.append(seed) }

  var onRun: (String) -> Void = { _ in }

  func run(_ cell: CellSource) -> CellError? {
    let text = String(decoding: cell.text, as: UTF8.self)
    ran.append(text)
    onRun(text)
    let answer = answers[text] ?? ("", nil)
    write(answer.output)
    return answer.error
  }
}

final class ReplayTests: XCTestCase {
  private var output = ""
  private var errors = ""
  private lazy var console = Console(
    output: .closure { [unowned self] in output += String(decoding: $0, as: UTF8.self) },
    errors: .closure { [unowned self] in errors += String(decoding: $0, as: UTF8.self) })

  private let text =
    "# ---\n# seed: 5\n# ---\n# %% [markdown]\n# x\n# %%\na\n\n# %%\n\n# %% named\nb\n#! E: no\n# %%\nc\n"

  private func replay(_ runner: ScriptedRunner) throws -> Replay {
    Replay(try Notebook(Array(text.utf8)), path: "n.tnb", runner: runner)
  }

  func testRunsTheCellsThatHaveCodeInOrder() throws {
    let runner = ScriptedRunner(["a": ("1\n", nil), "b": ("2\n", CellError(type: "E", message: "no"))])
    XCTAssertEqual(try replay(runner).stream(to: console), .success)
    XCTAssertEqual(runner.ran, ["a", "b", "c"])
    XCTAssertEqual(runner.seeds, [5])
    XCTAssertEqual(output, "1\n2\nE: no\n")
    XCTAssertEqual(errors, "")
  }

  func testUnexpectedErrorEndsTheRun() throws {
    let source = CellSource(path: "n.tnb", title: "cell 1", text: Array("é = x + é".utf8), lineNumbers: [7])
    let error = CellError(
      type: "NameError", message: "no x",
      frames: [CellError.Frame(function: "<module>", source: source, range: 5..<11)], hints: ["hint: define x"])
    let runner = ScriptedRunner(["a": ("1\n", error)])
    XCTAssertEqual(try replay(runner).stream(to: console), .failure)
    XCTAssertEqual(runner.ran, ["a"])
    XCTAssertEqual(output, "1\n")
    XCTAssertEqual(
      errors, "NameError: no x\n  n.tnb:7, cell 1\n    é = x + é\n        ^^^^^\n  hint: define x\n")
  }

  func testRecordedErrorMustCome() throws {
    XCTAssertEqual(try replay(ScriptedRunner([:])).stream(to: console), .failure)
    XCTAssertEqual(errors, "n.tnb:12: cell 2 \"named\" is recorded to raise, but did not: E: no\n")
    errors = ""
    let other = ScriptedRunner(["b": ("", CellError(type: "F", message: "no"))])
    XCTAssertEqual(try replay(other).stream(to: console), .failure)
    XCTAssertEqual(errors, "F: no\nThe cell is recorded to raise E: no\n")
  }

  func testSystemExitEndsTheRun() throws {
    let runner = ScriptedRunner(["a": ("", CellError(type: "SystemExit", message: "0", exitStatus: .success))])
    XCTAssertEqual(try replay(runner).stream(to: console), .success)
    XCTAssertEqual(runner.ran, ["a"])
    XCTAssertEqual(errors, "")
  }

  func testCollectingGoesOnAfterErrorsAndStopsAtAnInterrupt() throws {
    var seen: [[String]] = []
    let failing = ScriptedRunner(["a": ("x", CellError(type: "E", message: "one\ntwo"))])
    XCTAssertEqual(try replay(failing).collect { seen.append($0.records.map(\.line)) }, .finished)
    XCTAssertEqual(seen, [["#> x", "#! E: one", "#! two"], [], []])
    let interrupted = ScriptedRunner(["b": ("", CellError(type: "KeyboardInterrupt", message: ""))])
    XCTAssertEqual(try replay(interrupted).collect { _ in }, .interrupted)
    XCTAssertEqual(interrupted.ran, ["a", "b"])
  }

  func testACellThatTakesTooLongEndsTheRun() throws {
    let slow = ScriptedRunner(["b": ("x", nil)])
    slow.onRun = { if $0 == "b" { usleep(60_000) } }
    var seen: [Bool] = []
    XCTAssertEqual(try replay(slow).collect(timeout: 0.05) { seen.append($0.tookTooLong) }, .stopped)
    XCTAssertEqual(seen, [false, true])
    XCTAssertEqual(slow.ran, ["a", "b"])
  }

  func testPreambleLinesArePassedOverWithANote() throws {
    let lines = [
      "# %%", "%matplotlib inline", "a = '''", "%config x", "'''", "%load_ext autoreload", "#> 1", "%autoreload 2", "",
    ]
    let notebook = try Notebook(Array(lines.joined(separator: "\n").utf8))
    let source = CellSource(notebook.cells[0], number: 1, path: "n.tnb")
    XCTAssertEqual(
      source.string.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) },
      ["", "a = '''", "%config x", "'''", "", ""])
    XCTAssertEqual(
      source.notes,
      [2, 6, 8].map { "n.tnb:\($0): note: `\(lines[$0 - 1])` is for IPython and is passed over\n" })
    XCTAssertEqual(Replay(notebook, path: "n.tnb", runner: ScriptedRunner([:])).stream(to: console), .success)
    XCTAssertEqual(errors, source.notes.joined())
  }

  func testTalkWithTheShellIsAnError() throws {
    for (text, what, line) in [
      ("x = 1\n%time x", "begins with %", 2), ("!ls \"", "begins with !", 1), ("?x", "begins with ?", 1),
      ("x?", "ends in ?", 1), ("%%time\nx = 1", "begins with %", 1),
      ("if x:\n    !pip install y\n", "begins with !", 2), ("%matplotlib inline", "begins with %", 1),
    ] {
      let error = try XCTUnwrap(Interpreter().run(CellSource(path: "n.tnb", text: Array(text.utf8))), text)
      XCTAssertEqual(error.summary, "SyntaxError: a line that \(what) is talk with the shell, not code", text)
      XCTAssertEqual(error.frames.first.map { $0.source.line(at: $0.range.lowerBound).number }, line, text)
    }
    for text in ["x = (5\n% 3)", "x = 5 \\\n% 3", "'''\n!x\n?y\n'''"] {
      let interpreter = Interpreter()
      interpreter.write = { _ in }
      XCTAssertNil(interpreter.run(CellSource(path: "n.tnb", text: Array(text.utf8))), text)
    }
    let other = try XCTUnwrap(Interpreter().run(CellSource(path: "n.tnb", text: Array("x = = 1\n%time x".utf8))))
    XCTAssertEqual(other.message, "invalid syntax", "the first mistake counts")
  }

  func testRepeatedFramesAreShownOnce() {
    let source = CellSource(path: "n.tnb", text: Array("f()".utf8))
    let frame = CellError.Frame(function: "f", source: source, range: 0..<3)
    let text = Diagnostic.render(
      CellError(type: "RecursionError", message: "deep", frames: Array(repeating: frame, count: 500)))
    XCTAssertEqual(
      text, "RecursionError: deep\n  n.tnb:1, in f\n    f()\n    ^^^\n    … the same call 499 more times\n")
  }

  func testSizes() {
    XCTAssertEqual(Machine.bytes(ofSize: "512M"), 512 << 20)
    XCTAssertEqual(Machine.bytes(ofSize: "1.5GiB"), 3 << 29)
    XCTAssertEqual(Machine.bytes(ofSize: "100"), 100)
    for text in ["", "M", "-1M", "1Q", "1e400", "nan", "0", "99999999999T"] {
      XCTAssertNil(Machine.bytes(ofSize: text), text)
    }
  }
}
