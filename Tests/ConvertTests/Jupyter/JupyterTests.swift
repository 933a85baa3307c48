import Foundation
import XCTest

@testable import Convert
@testable import Notebook

final class JupyterTests: XCTestCase {
  private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Samples")

  private func read(_ json: String) throws -> Document {
    try JupyterReader.read(Array(json.utf8), path: "a.ipynb", filesFolder: "a_files")
  }

  private func written(_ text: String, file: @escaping (String) -> [UInt8]? = { _ in nil }) throws -> JSON {
    try JSON.parse(JupyterWriter.write(try Notebook(Array(text.utf8)), file: file), path: "a.ipynb")
  }

  /// A notebook of one code cell.
  private func cell(_ source: String, outputs: String = "[]", metadata: String = "{}") -> String {
    let source = JSON.string(source).compactText()
    return """
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "execution_count": 1,
      "metadata": \(metadata), "source": \(source), "outputs": \(outputs)}]}
      """
  }

  private func text(_ json: String) throws -> String { String(decoding: try read(json).notebook.bytes, as: UTF8.self) }

  // MARK: Reading

  /// Notebooks as people have them: each `NAME.ipynb` becomes `NAME.tnb`, and what it loses is `NAME.notes`.
  func testSamples() throws {
    for name in ["lecture", "old", "colab"] {
      let folder = try Peer.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let input = folder.appendingPathComponent("\(name).ipynb").path
      try FileManager.default.copyItem(
        at: Self.samples.appendingPathComponent("\(name).ipynb"), to: URL(fileURLWithPath: input))
      let output = folder.appendingPathComponent("\(name).tnb")
      let notes = try Converter().convert(input, to: output.path)
      func sample(_ ending: String) throws -> String {
        try String(contentsOf: Self.samples.appendingPathComponent("\(name).\(ending)"), encoding: .utf8)
      }
      XCTAssertEqual(try String(contentsOf: output, encoding: .utf8), try sample("tnb"), name)
      let shown = notes.map { $0.replacingOccurrences(of: folder.path + "/", with: "") + "\n" }.joined()
      XCTAssertEqual(shown, try sample("notes"), name)

      // Back and forth: what was kept stays.
      let other = folder.appendingPathComponent("back.ipynb").path
      _ = try Converter().convert(output.path, to: other)
      let again = folder.appendingPathComponent("again.tnb")
      _ = try Converter().convert(other, to: again.path)
      XCTAssertEqual(try String(contentsOf: again, encoding: .utf8), try sample("tnb"), name)
    }
  }

  func testImagesBecomeFiles() throws {
    let folder = try Peer.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = Self.samples.appendingPathComponent("lecture.ipynb").path
    let output = folder.appendingPathComponent("my notes.tnb").path
    _ = try Converter().convert(input, to: output)
    let files = folder.appendingPathComponent("my notes_files")
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: files.path).sorted(),
      ["2_slope_figure.png", "output_9.png", "output_9_2.svg"])
    XCTAssertEqual(
      try Data(contentsOf: files.appendingPathComponent("output_9.png")).prefix(4), Data([0x89, 0x50, 0x4E, 0x47]))
    XCTAssert(
      try String(contentsOfFile: output, encoding: .utf8).contains("![slope](my%20notes_files/2_slope_figure.png)"))
    XCTAssertThrowsError(try Converter().convert(input, to: output), "is there")
    XCTAssertNoThrow(try Converter(overwrites: true).convert(input, to: output))

    let back = folder.appendingPathComponent("b.ipynb")
    _ = try Converter().convert(output, to: back.path)
    let json = try JSON.parse([UInt8](try Data(contentsOf: back)), path: "b.ipynb")
    let data = (json["cells"]?.array ?? []).flatMap { $0["outputs"]?.array ?? [] }.compactMap { $0["data"] }
    XCTAssertEqual(data.compactMap { $0["image/png"] }.count, 1)
    XCTAssertEqual(data.compactMap { $0["image/svg+xml"] }.count, 1)
  }

  func testStreamsAreJoined() throws {
    XCTAssertEqual(
      try text(
        cell(
          "x",
          outputs:
            #"[{"output_type":"stream","name":"stdout","text":["a","b\n"]},{"output_type":"stream","name":"stdout","text":"c"},{"output_type":"execute_result","execution_count":1,"metadata":{},"data":{"text/plain":["1\n","2"]}}]"#
        )),
      "# %%\nx\n#> ab\n#> c\n#> 1\n#> 2\n")
  }

  func testErrors() throws {
    func error(_ name: String, _ value: String) throws -> String {
      try text(
        cell(
          "x",
          outputs: JSON.array([
            .object([
              .init("output_type", .string("error")), .init("ename", .string(name)), .init("evalue", .string(value)),
              .init("traceback", .array([])),
            ])
          ]).compactText()))
    }
    XCTAssertEqual(try error("E", "a\nb"), "# %%\nx\n#! E: a\n#! b\n")
    XCTAssertEqual(try error("KeyboardInterrupt", ""), "# %%\nx\n#! KeyboardInterrupt\n")
    XCTAssertEqual(
      try error("SyntaxError", "invalid syntax (cell.py, line 3)"), "# %%\nx\n#! SyntaxError: invalid syntax\n")
    XCTAssertEqual(try error("ValueError", "f (a, line 3)"), "# %%\nx\n#! ValueError: f (a, line 3)\n")
  }

  func testFilesThatAreNoNotebooksAreRefused() {
    func error(_ text: String) -> String? {
      do throws(NotebookError) {
        _ = try JupyterReader.read(Array(text.utf8), path: "a.ipynb", filesFolder: "f")
        return nil
      } catch {
        return error.description
      }
    }
    XCTAssertEqual(error("[]"), "a.ipynb:1: this is no Jupyter notebook")
    XCTAssertEqual(error("{}"), "a.ipynb:1: this is no Jupyter notebook: it has no nbformat")
    XCTAssertEqual(error(#"{"nbformat": 5}"#), "a.ipynb: nbformat 5 is not supported; this tnb reads versions 2 to 4")
    XCTAssertEqual(error(#"{"nbformat": 1}"#), "a.ipynb: nbformat 1 is not supported; this tnb reads versions 2 to 4")
    XCTAssertEqual(error(#"{"nbformat": 4}"#), "a.ipynb: this notebook has no cells")
    XCTAssertEqual(error("{\n\n"), error("{\n\n").map { "a.ipynb:3:" + $0.dropFirst("a.ipynb:3:".count) })
  }

  /// Members of any type where others are expected do no harm.
  func testStrangeNotebooksAreNoTrap() throws {
    let values = [
      "null", "true", "3", "1.5", "\"x\"", "[]", "{}", "[[]]", "[null, 3, {}]", "{\"a\": {\"b\": 1}}", "\"\\u0000\"",
      "-9e999",
    ]
    let members = ["cell_type", "source", "outputs", "metadata", "attachments", "execution_count", "id"]
    let outputs = ["output_type", "name", "text", "data", "ename", "evalue", "traceback", "metadata"]
    for value in values {
      for member in members {
        let base = #"{"cell_type": "code", "source": "x", "outputs": [], "metadata": {}, "\#(member)": \#(value)}"#
        _ = try? read(#"{"nbformat": 4, "cells": [\#(base), \#(value)], "metadata": \#(value)}"#)
        _ = try? read(
          #"{"nbformat": 4, "cells": [\#(base)], "metadata": {"tnb": {"head": \#(value), "newline": \#(value)}, "title": \#(value)}}"#
        )
        _ = try? read(
          #"{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {"tnb": {"text": \#(value), "blank": \#(value)}, "tags": \#(value), "title": \#(value), "k": \#(value)}}]}"#
        )
      }
      for member in outputs {
        for type in ["stream", "error", "execute_result", "display_data"] {
          let output =
            #"{"output_type": "\#(type)", "text": "x", "data": {"image/png": \#(value), "text/plain": \#(value)}, "\#(member)": \#(value)}"#
          _ = try? read(cell("x", outputs: "[\(output)]"))
        }
      }
      _ = try? read(#"{"nbformat": 3, "worksheets": \#(value)}"#)
      _ = try? read(
        #"{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "heading", "level": \#(value), "source": \#(value)}, {"cell_type": "code", "outputs": [\#(value)]}]}]}"#
      )
    }
  }

  func testImagesStayWithinTheFolder() throws {
    for path in ["../x.png", "/etc/x.png", "a/../../x.png", "~/x.png", "a//x.png"] {
      let output =
        #"[{"output_type":"display_data","metadata":{"tnb":{"file":"\#(path)"}},"data":{"image/png":"iVBO"}}]"#
      XCTAssertEqual(try read(cell("x", outputs: output)).files.map(\.path), ["a_files/output_1.png"], path)
    }
    let attachment =
      #"{"nbformat":4,"metadata":{},"cells":[{"cell_type":"markdown","metadata":{},"source":"![](attachment:../../x.png)","attachments":{"../../x.png":{"image/png":"iVBO"}}}]}"#
    XCTAssertEqual(try read(attachment).files.map(\.path), ["a_files/1_.._.._x.png"])
    XCTAssert(LocalFiles.isInside("a/1_.._.._x.png"))
  }

  // MARK: IPython

  func testMagicsAndCommandsBecomeCommentsAndComeBack() {
    for (source, code) in [
      ("!ls", "# IPython: !ls"), ("x = 1\n!ls -l\ny", "x = 1\n# IPython: !ls -l\ny"),
      ("!a \\\n  b \\\n  c\nx", "# IPython: !a \\\n# IPython:   b \\\n# IPython:   c\nx"),
      ("%%time\nx\n%timeit y", "# IPython: %%time\nx\n# IPython: %timeit y"),
      ("%%html\n<b>\n\n</b>", "# IPython: %%html\n# IPython: <b>\n# IPython:\n# IPython: </b>"),
      ("%time x = f(1)", "x = f(1)  # IPython: %time"),
      ("for i in x:\n    %time f(i)", "for i in x:\n    f(i)  # IPython: %time"),
      ("%time", "# IPython: %time"), ("%time x = (", "# IPython: %time x = ("),
      ("if a:\n    !ls\n    x", "if a:\n    pass  # IPython: !ls\n    x"),
      ("x?\ny??\n?z\nx.*?", "# IPython: x?\n# IPython: y??\n# IPython: ?z\n# IPython: x.*?"),
      ("a = !ls\nb, c = %sx ls", "# IPython: a = !ls\n# IPython: b, c = %sx ls"),
      ("pip install torch", "# IPython: pip install torch"),
    ] {
      XCTAssertEqual(IPythonCode.imported(source).code, code, source)
      XCTAssertEqual(IPythonCode.exported(code), source, source)
    }
    for source in [
      "%matplotlib inline\nx", "s = '''\n!ls\n?\n'''", "x = (1\n% 2)", "x = a != b", "f'{x!r}'", "print('?')", "# x?",
      "pip = 1",
      "x = {1: '%'}\nx %= 3", "",
    ] {
      XCTAssertEqual(IPythonCode.imported(source).code, source)
      XCTAssertEqual(IPythonCode.imported(source).notes, [], source)
    }
    XCTAssertEqual(
      IPythonCode.exported("'''\n# IPython: !ls\n'''"), "'''\n# IPython: !ls\n'''", "in a string it is none")
  }

  func testCellsOfTalkAloneLoseTheirOutput() throws {
    let output = #"[{"output_type":"stream","name":"stdout","text":"Wall time: 3 s\nkept\n"}]"#
    XCTAssertEqual(try text(cell("!ls\n# comment", outputs: output)), "# %%\n# IPython: !ls\n# comment\n")
    XCTAssertEqual(try text(cell("%%time\nf()", outputs: output)), "# %%\n# IPython: %%time\nf()\n#> kept\n")
    XCTAssertEqual(try text(cell("f()", outputs: output)), "# %%\nf()\n#> Wall time: 3 s\n#> kept\n")
  }

  // MARK: Writing

  func testOutputsTellWhatIsDisplayed() throws {
    func types(_ text: String) throws -> [String] {
      let json = try written(text)
      return (json["cells"]?.array ?? []).last!["outputs"]!.array!.map { $0["output_type"]!.string! }
    }
    XCTAssertEqual(try types("# %%\nx\n#> 1\n"), ["execute_result"])
    XCTAssertEqual(try types("# %%\nf(x)\n#> 1\n"), ["execute_result"])
    XCTAssertEqual(try types("# %%\nprint(1)\n#> 1\n"), ["stream"])
    XCTAssertEqual(try types("# %%\nfor i in x: f(i)\n#> 1\n"), ["stream"])
    XCTAssertEqual(try types("# %%\nx;\n#> 1\n"), ["stream"])
    XCTAssertEqual(try types("# %%\ndef show(): print(1)\n# %%\nshow()\n#> 1\n"), ["stream"])
    XCTAssertEqual(try types("# %%\n1/0\n#> a\n#! ZeroDivisionError: b\n"), ["stream", "error"])
  }

  func testMetadata() throws {
    let json = try written(
      "# ---\n# title: T\n# ---\n# %% name tags=[\"a\"] slow=true note=\"two words\"\n1/0\n#! E: x\n")
    let cell = json["cells"]!.array![0]
    XCTAssertEqual(cell["metadata"]?["title"], .string("name"))
    XCTAssertEqual(cell["metadata"]?["tags"], .array([.string("a"), .string("raises-exception")]))
    XCTAssertEqual(cell["metadata"]?["slow"], .bool(true))
    XCTAssertEqual(cell["metadata"]?["note"], .string("two words"))
    XCTAssertEqual(json["metadata"]?["title"], .string("T"))
    XCTAssertEqual(json["nbformat_minor"], .int(5))
  }

  func testIdentifiersFollowTheContent() throws {
    func identifiers(_ text: String) throws -> [String] { try written(text)["cells"]!.array!.map { $0["id"]!.string! } }
    let one = try identifiers("# %%\nx\n# %%\ny\n# %%\nx\n")
    XCTAssertEqual(Set(one).count, 3)
    XCTAssertEqual(try identifiers("# %%\nnew\n# %%\nx\n# %%\ny\n# %%\nx\n").dropFirst(), one[...])
  }

  /// Jupyter needs what tnb knows by itself; the way back leaves it out, also when somebody changed it.
  func testPreambleForPython() throws {
    let text = "# ---\n# seed: 7\n# ---\n\n# %%\nrandn(2, grad)\n"
    let json = try written(text)
    let first = JupyterCell.text(json["cells"]?.array?[0]["source"])
    for part in [
      "import torch", "from torch.autograd import grad", "randn = _with_flags(torch.randn)", "torch.manual_seed(7)",
    ] {
      XCTAssert(first.contains(part), first)
    }
    XCTAssertFalse(first.contains("display"), first)
    XCTAssertEqual(try written("# %%\nimport torch\ntorch.zeros(2)\n")["cells"]?.array?.count, 1, "nothing is needed")
    XCTAssertEqual(String(decoding: try read(json.compactText()).notebook.bytes, as: UTF8.self), text)
  }

  /// What was edited in Jupyter counts, and not the text that was kept.
  func testEditsInJupyterCount() throws {
    let json = String(
      decoding: JupyterWriter.write(try Notebook(Array("# %%\nx\n#>1\n\n\n# %%  n\ny\n".utf8))) { _ in nil },
      as: UTF8.self)
    XCTAssert(json.contains("#>1"), "an unusual record is kept")
    XCTAssertEqual(try text(json), "# %%\nx\n#>1\n\n\n# %%  n\ny\n")
    XCTAssertEqual(
      try text(json.replacingOccurrences(of: "\"x\"\n", with: "\"changed\"\n")), "# %%\nchanged\n#> 1\n\n\n# %%  n\ny\n"
    )
    XCTAssertEqual(
      try text(json.replacingOccurrences(of: "\"1\"\n", with: "\"2\"\n")), "# %%\nx\n#> 2\n\n\n# %%  n\ny\n")
  }

  /// Python's own package finds no fault with what is written.
  func testWhatIsWrittenIsValid() throws {
    try Peer.require("nbformat")
    let folder = try Peer.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = 0
    for file in try RoundTripTests.notebooks() + [Self.samples.appendingPathComponent("lecture.tnb")] {
      let notebook = try Notebook([UInt8](try Data(contentsOf: file)))
      try Data(JupyterWriter.write(notebook) { _ in [1, 2, 3] }).write(
        to: folder.appendingPathComponent("\(count).ipynb"))
      count += 1
    }
    for text in ["# %% tags=x name= format=3 jupyter=1 collapsed=x\n1\n", "# %% tags=[1] execution=2\n1\n#! E\n", ""] {
      try Data(JupyterWriter.write(try Notebook(Array(text.utf8))) { _ in nil }).write(
        to: folder.appendingPathComponent("\(count).ipynb"))
      count += 1
    }
    let script = """
      import nbformat, sys, glob
      for f in glob.glob(sys.argv[1] + "/*.ipynb"):
          text = open(f, encoding="utf-8").read()
          nb = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
          nbformat.validate(nb)
          assert nb.nbformat_minor == 5, f
          assert nbformat.writes(nb) + "\\n" == text, f + " is written in another way"
      """
    let result = try Peer.run(["-W", "error", "-c", script, folder.path])
    XCTAssertEqual(result.status, 0, result.errors)
  }
}
