import Foundation
import FoundationXML
import XCTest

final class CheckTests: CommandTestCase {
  func testPassingAndFailingCellsAreCounted() throws {
    try write("# %%\n1\n#> 1\n\n# %% two\n2\n#> 3\n\n# %%\n1/0\n#! ZeroDivisionError: division by zero\n")
    let result = try tnb("check", "a.tnb")
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(
      result.output,
      """
      a.tnb: 1 of 3 cells failed
        a.tnb:6: cell 2 "two" differs (- recorded, + now)
          - #> 3
          + #> 2
      2 passed, 1 failed

      """)
  }

  func testEachKindOfDriftIsFound() throws {
    let drifts = [
      "1\n#> 1.0": "int against float",
      "1\n": "output that is not recorded",
      "1;\n#> 1": "output that is gone",
      "print('a')\n#> b": "text",
      "0.1234\n#> 0.1236": "a number",
      "zeros(2).shape\n#> torch.Size([3])": "a shape",
      "zeros(2, dtype=float64)\n#> tensor([0., 0.])": "a dtype",
      "1/0\n#> 1": "an error that is not recorded",
      "1/0\n#! ValueError: division by zero": "another type of error",
      "1/0\n#! ZeroDivisionError: other": "another message",
      "1\n#> 1\n#! ZeroDivisionError: division by zero": "no error",
    ]
    for (cell, what) in drifts {
      try write("# %%\n\(cell)\n")
      let result = try tnb("check", "a.tnb")
      XCTAssertEqual(result.status, 1, what)
      XCTAssert(result.output.hasSuffix("0 passed, 1 failed\n"), "\(what): \(result.output)")
    }
  }

  func testFoldersAreSearched() throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("sub/deep"), withIntermediateDirectories: true)
    try write("1\n#> 1\n", to: "b.tnb")
    try write("1\n#> 1\n", to: "sub/deep/a.tnb")
    try write("not a notebook", to: "sub/a.txt")
    try write("not a notebook", to: ".hidden.tnb")
    let result = try tnb("check", ".", "b.tnb")
    XCTAssertEqual(result.status, 0)
    XCTAssertEqual(
      result.output,
      "./b.tnb: 1 cell passed\n./sub/deep/a.tnb: 1 cell passed\nb.tnb: 1 cell passed\n3 passed, 0 failed\n")
  }

  func testFilesDoNotShareState() throws {
    try write("x = 1\nset_default_dtype(float64)\nmanual_seed(0);\n", to: "a.tnb")
    try write("# %%\nx\n#! NameError: name 'x' is not defined\n# %%\nzeros(1)\n#> tensor([0.])\n", to: "b.tnb")
    XCTAssertEqual(try tnb("check", ".").status, 0)
  }

  func testMalformedFileIsNamedAndTheOthersAreChecked() throws {
    try write("# ---\n", to: "a.tnb")
    try write("1\n#> 1\n", to: "b.tnb")
    let result = try tnb("check", ".")
    XCTAssertEqual(result.status, 2)
    XCTAssert(result.errors.hasPrefix("tnb: ./a.tnb:1: the header"), result.errors)
    XCTAssert(result.output.hasSuffix("1 passed, 0 failed\n"), result.output)
  }

  func testInterruptEndsTheRun() throws {
    try write("while True:\n    pass\n")
    let result = try Command.run(["check", "a.tnb"], folder: folder) { process in
      Thread.sleep(forTimeInterval: 0.5)
      // As a terminal does: to the command and its workers.
      for child in children(of: process.processIdentifier) { kill(child, SIGINT) }
      kill(process.processIdentifier, SIGINT)
    }
    XCTAssertEqual(result.status, 130)
    XCTAssertLessThan(result.seconds, 6)
  }

  func testACellThatTakesTooLongIsStopped() throws {
    try write("# %%\n1\n#> 1\n# %% loop\nwhile True:\n    pass\n# %%\n2\n# %%\n3\n")
    try write("1\n#> 1\n", to: "b.tnb")
    let result = try tnb("check", "--timeout", "0.2", "--junit", "report.xml", ".")
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(
      result.output,
      """
      ./a.tnb: 1 of 4 cells failed
        ./a.tnb:5: cell 2 "loop" took longer than 0.2 s and was stopped
        2 cells below were not run
      ./b.tnb: 1 cell passed
      2 passed, 1 failed, 2 not run

      """)
    XCTAssertLessThan(result.seconds, 6)
    let report = try contents(of: "report.xml")
    XCTAssert(report.contains(#"<testsuites name="tnb check" tests="5" failures="1" errors="0" skipped="2""#), report)
  }

  func testACellThatCannotBeStoppedEndsItsFileAlone() throws {
    try write("while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass\n")
    try write("1\n#> 1\n", to: "b.tnb")
    let result = try tnb("check", "--timeout", "0.1", ".")
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(
      result.output,
      "./a.tnb: a cell took too long and could not be stopped\n./b.tnb: 1 cell passed\n1 passed, 1 failed\n")
  }

  func testReportForContinuousIntegration() throws {
    try write("# %% a \"<b>\"\nprint('\\x1b[31m<&>')\n#> other\n# %%\n1\n#> 1\n")
    try write("# ---\n", to: "broken.tnb")
    let result = try tnb("check", "--junit", "out.xml", "--jobs", "1", ".")
    XCTAssertEqual(result.status, 2)
    let xml = try XMLTree(contentsOf: folder.appendingPathComponent("out.xml"))
    XCTAssertEqual(xml.attributes("testsuites").map { $0["tests"]! + $0["failures"]! + $0["errors"]! }, ["311"])
    XCTAssertEqual(xml.attributes("testsuite").map { $0["name"]! }, ["./a.tnb", "./broken.tnb"])
    XCTAssertEqual(xml.attributes("testcase").map { $0["name"]! }, ["cell 1 \"a \"<b>\"\"", "cell 2", "notebook"])
    XCTAssertEqual(xml.attributes("failure").count, 1)
    XCTAssert(xml.text.contains("+ #> ^[[31m<&>\n"), xml.text)
    XCTAssert(xml.attributes("error")[0]["message"]!.hasPrefix("./broken.tnb:1: the header"))
    XCTAssertEqual(try tnb("check", "--junit", "missing/out.xml", "a.tnb").status, 2)
  }

  func testCellsThatFollowADifferenceAreNamed() throws {
    try write("# %%\nx = 2\nx\n#> 1\n# %%\ny = x + 1\n# %%\ny\n#> 2\n# %%\n5\n#> 4\n")
    let result = try tnb("check", "a.tnb")
    XCTAssert(
      result.output.hasSuffix(
        "  cell 1 is where a difference begins; what it made is used in cell 3\n1 passed, 3 failed\n"),
      result.output)
  }

  func testBitsAreComparedWhenAskedFor() throws {
    try write("# ---\n# seed: 1\n# ---\n# %%\nw = rand(3)\n\n# %% sum\nw.sum() * step\n")
    try write(try contents().replacingOccurrences(of: "\n\n# %%", with: "\nstep = 1.\n\n# %%"))
    let missing = try tnb("check", "--bits", "a.tnb")
    XCTAssertEqual(missing.status, 2)
    XCTAssertEqual(missing.errors, "tnb: a.tnb.bits: no digests are recorded; `tnb update --bits a.tnb` does\n")
    XCTAssertEqual(try tnb("update", "--bits", "a.tnb").status, 0)
    let digests = try contents(of: "a.tnb.bits")
    XCTAssert(digests.contains("\ncell 2 \"sum\" "), digests)
    for name in ["=", "w", "step", "random()"] { XCTAssert(digests.contains("\n  \(name) "), name) }
    XCTAssertEqual(try tnb("check", "--bits", "a.tnb").output, "a.tnb: 2 cells passed\n2 passed, 0 failed\n")

    // A difference that no printed digit shows. As the code of the first cell is another, the second tells of it.
    try write(try contents().replacingOccurrences(of: "step = 1.\n", with: "step = 1. + 2e-7\n"))
    XCTAssertEqual(try tnb("check", "a.tnb").status, 0)
    let result = try tnb("check", "--bits", "a.tnb")
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(
      result.output,
      """
      a.tnb: 2 of 2 cells failed
        a.tnb:5: cell 1 was changed since its bits were recorded (`tnb update --bits` records them anew)
        a.tnb:9: cell 2 "sum" has other bits than recorded in the displayed value, step
        cell 1 is the first to differ; what it made is used in cell 2 "sum"
      0 passed, 2 failed

      """)
    XCTAssertEqual(try tnb("update", "--bits", "a.tnb").output, "a.tnb: 2 cells, 0 changed\n")
    XCTAssertEqual(try tnb("check", "--bits", "a.tnb").status, 0)
    try write("nonsense", to: "a.tnb.bits")
    XCTAssertEqual(try tnb("check", "--bits", "a.tnb").errors, "tnb: a.tnb.bits:1: these are no digests\n")
  }

  func testPreambleLinesAreNotedOnce() throws {
    try write("# %%\n%matplotlib inline\n1\n#> 1\n")
    let result = try tnb("check", "a.tnb")
    XCTAssertEqual(result.status, 0)
    XCTAssertEqual(result.errors, "a.tnb:2: note: `%matplotlib inline` is for IPython and is passed over\n")
  }

  private func children(of process: pid_t) -> [pid_t] {
    let path = "/proc/\(process)/task/\(process)/children"
    return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ").compactMap { pid_t($0) }
  }
}

/// The elements of an XML file, which must be well-formed.
private final class XMLTree: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private(set) var text = ""

  init(contentsOf file: URL) throws {
    super.init()
    let parser = XMLParser(data: try Data(contentsOf: file))
    parser.delegate = self
    if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func attributes(_ name: String) -> [[String: String]] { elements.filter { $0.name == name }.map(\.attributes) }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append((name, attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
