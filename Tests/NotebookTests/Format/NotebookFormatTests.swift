import XCTest

@testable import Notebook

final class NotebookFormatTests: XCTestCase {
  private func read(_ text: String) throws -> Notebook { try Notebook(Array(text.utf8), path: "a.tnb") }

  private func error(_ bytes: [UInt8]) -> NotebookError? {
    do throws(NotebookError) {
      _ = try Notebook(bytes, path: "a.tnb")
      return nil
    } catch {
      return error
    }
  }

  func testReadsHeaderCellsAndRecords() throws {
    let notebook = try read(
      """
      # ---
      # tnb: 1
      # title: Weights: a start
      # seed: 3759092992
      # ---

      # %% [markdown]
      # ## Weights
      #> prose keeps this

      # %% weights slow=true note="two words"
      w = randn(2, 3)
      w
      #> tensor([[ 0.5176,
      #>

      # %% raises
      w @ w
      #! RuntimeError: no

      """)
    XCTAssertEqual(notebook.header.seed, 3_759_092_992)
    XCTAssertEqual(notebook.header.title, "Weights: a start")
    XCTAssertEqual(notebook.cells.map(\.kind), [.code, .prose, .code, .code])
    XCTAssertFalse(notebook.cells[0].isRunnable)
    XCTAssertEqual(notebook.cells[1].records, [])
    let cell = notebook.cells[2]
    XCTAssertEqual(cell.name, "weights")
    XCTAssertEqual(cell.options.map(\.key), ["slow", "note"])
    XCTAssertEqual(cell.options.map(\.value), ["true", "two words"])
    XCTAssertEqual(String(decoding: cell.source, as: UTF8.self), "w = randn(2, 3)\nw")
    XCTAssertEqual(cell.sourceLines, [12, 13])
    XCTAssertEqual(cell.records, [Record(.output, "tensor([[ 0.5176,"), Record(.output, "")])
    XCTAssertFalse(cell.expectsError)
    XCTAssertTrue(notebook.cells[3].expectsError)
    XCTAssertEqual(notebook.cells[3].records, [Record(.error, "RuntimeError: no")])
  }

  func testFileWithoutMarksIsOneCell() throws {
    let notebook = try read("a = 1\na\n")
    XCTAssertEqual(notebook.cells.count, 1)
    XCTAssertEqual(notebook.cells[0].firstLine, 1)
    XCTAssertEqual(notebook.cells[0].source, Array("a = 1\na".utf8))
    XCTAssertEqual(try read("").cells.count, 0)
  }

  func testRecordLinesWithinTheCodeAreNotCode() throws {
    let cell = try read("# %%\na\n#> 1\nb\n").cells[0]
    XCTAssertEqual(cell.source, Array("a\nb".utf8))
    XCTAssertEqual(cell.sourceLines, [2, 4])
  }

  func testInterpreterLineIsNoRecord() throws {
    let text = "#!/usr/bin/env tnb\n# ---\n# seed: -1\n# ---\n1\n"
    let notebook = try read(text)
    XCTAssertEqual(notebook.header.seed, UInt64.max)
    XCTAssertEqual(notebook.cells.count, 1)
    XCTAssertFalse(notebook.cells[0].expectsError)
    XCTAssertEqual(notebook.bytes, Array(text.utf8))
  }

  func testMalformedFilesNameTheLine() {
    XCTAssertEqual(error(Array("1\n\0".utf8))?.line, 2)
    XCTAssertEqual(error(Array("1\n2\n".utf8) + [0x61, 0xFF])?.description, "a.tnb:3: invalid UTF-8 at byte 5")
    XCTAssertEqual(error([0xC3])?.line, 1)
    XCTAssertEqual(
      error(Array("# ---\n# tnb: 1\nx = 1\n".utf8))?.description,
      "a.tnb:1: the header that starts here has no closing `# ---` line")
    XCTAssertEqual(error(Array("# ---".utf8))?.line, 1)
    XCTAssertEqual(
      error(Array("# ---\n# tnb: 2\n# ---\n".utf8))?.description,
      "a.tnb:2: format version 2 is not supported; this tnb reads version 1")
    XCTAssertEqual(error(Array("# ---\n# seed: many\n# ---\n".utf8))?.line, 2)
  }

  func testWritingGivesBackTheBytes() throws {
    let cases = [
      "", "\n", "a", "a\n", "a\r\nb\r\n", "a\r\nb\nc", "\u{FEFF}# ---\n# tnb: 1\n# ---\n# %%\nx  \n#> 1  \n\n\n",
      "# %%\r\n1\r\n#> 1", "# %%", "# %%\n# %%\n", "#> lone\n", "\r\r\n\r", "# %% é [markdown]\n# ö\n",
    ]
    for text in cases { XCTAssertEqual(try read(text).bytes, Array(text.utf8), text.debugDescription) }
  }

  func testWritingGivesBackFuzzedBytes() throws {
    let pieces = [
      "# %%", "# %% [markdown]", "# %% a k=v", "#> 1", "#!", "#> ", "x = 1", "  ", "\n", "\n", "\r\n", "\r", "# ---",
      "# tnb: 1", "\"\"\"", "é", "\u{FEFF}", "\t",
    ]
    var generator = SplitMix(state: 7)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<30, using: &generator))
        .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
      // A header that does not end is refused; below a mark there is none.
      if let notebook = try? read(text) { XCTAssertEqual(notebook.bytes, Array(text.utf8), text.debugDescription) }
      let marked = "# %%\n" + text
      var notebook = try read(marked)
      XCTAssertEqual(notebook.bytes, Array(marked.utf8), text.debugDescription)
      for i in notebook.cells.indices { notebook.replaceRecords(ofCell: i, with: notebook.cells[i].records) }
      let once = notebook.bytes
      XCTAssertEqual(code(of: once), code(of: Array(marked.utf8)), text.debugDescription)
      for i in notebook.cells.indices { notebook.replaceRecords(ofCell: i, with: notebook.cells[i].records) }
      XCTAssertEqual(notebook.bytes, once, text.debugDescription)
      XCTAssertEqual(try Notebook(once).bytes, once)
    }
  }

  /// The sources of a notebook, which replacing records must never touch.
  private func code(of bytes: [UInt8]) -> [[UInt8]] { (try? Notebook(bytes).cells.map(\.source)) ?? [] }

  func testReplacingRecordsTouchesNothingElse() throws {
    func replaced(_ text: String, _ records: [Record]) throws -> String {
      var notebook = try read(text)
      notebook.replaceRecords(ofCell: notebook.cells.count - 1, with: records)
      return String(decoding: notebook.bytes, as: UTF8.self)
    }
    let one = [Record(.output, "1")]
    XCTAssertEqual(try replaced("# %%\n1", one), "# %%\n1\n#> 1")
    XCTAssertEqual(try replaced("# %%\r\n1\r\n\r\n", one), "# %%\r\n1\r\n#> 1\r\n\r\n")
    XCTAssertEqual(try replaced("# %%\n1  \n#> 2\n\n\n", one), "# %%\n1  \n#> 1\n\n\n")
    XCTAssertEqual(try replaced("# %%\n1\n#>1 \n", one), "# %%\n1\n#>1 \n", "an equal record keeps its bytes")
    XCTAssertEqual(try replaced("# %%\n#> 1\n1\n", one), "# %%\n1\n#> 1\n", "records go below the code")
    XCTAssertEqual(try replaced("# %%\n1\n#> 1\n#! no", []), "# %%\n1")
    XCTAssertEqual(try replaced("# %%\n1\n", [Record(.output, "")]), "# %%\n1\n#>\n")
  }

  func testRecordsOfOutput() {
    XCTAssertEqual(Record.lines(output: [], error: nil), [])
    XCTAssertEqual(Record.lines(output: Array("a\n\nb  ".utf8), error: nil).map(\.line), ["#> a", "#>", "#> b"])
    XCTAssertEqual(Record.lines(output: Array("\n".utf8), error: nil).map(\.line), ["#>"])
    XCTAssertEqual(
      Record.lines(output: Array("a\n".utf8), error: "E: x\ny").map(\.line), ["#> a", "#! E: x", "#! y"])
    XCTAssertEqual(Record.lines(output: [0x61, 0], error: nil).map(\.line), [#"#> a\x00"#])
  }
}

/// Seeded, so that a failing case comes back.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
