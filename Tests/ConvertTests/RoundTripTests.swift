import Foundation
import XCTest

@testable import Convert
@testable import Notebook

/// `.tnb` to another format and back gives the same file.
final class RoundTripTests: XCTestCase {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every notebook of the repository.
  static func notebooks() throws -> [URL] {
    try ["Tests/Reference", "docs/examples", "docs/lessons"].flatMap { folder in
      let path = root.appendingPathComponent(folder)
      let files = try XCTUnwrap(FileManager.default.enumerator(at: path, includingPropertiesForKeys: nil))
      return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "tnb" }
    }
  }

  private func returned(_ bytes: [UInt8], by format: NotebookFormat) throws -> [UInt8] {
    let notebook = try Notebook(bytes, path: "a.tnb")
    let other = try Converter.write(notebook, format, title: "a", path: "a.tnb") { _ in nil }
    return try Converter.read(other, format, path: "a.\(format)", filesFolder: "a_files").notebook.bytes
  }

  private func check(_ bytes: [UInt8], _ format: NotebookFormat, _ name: String, line: UInt = #line) throws {
    let result = try returned(bytes, by: format)
    guard result != bytes else { return }
    let shown = zip(bytes, result).prefix { $0 == $1 }.count
    XCTFail(
      "\(name) by .\(format), at byte \(shown):\n\(String(decoding: bytes, as: UTF8.self).debugDescription)\n"
        + String(decoding: result, as: UTF8.self).debugDescription, line: line)
  }

  func testNotebooksOfTheRepository() throws {
    let notebooks = try Self.notebooks()
    XCTAssertGreaterThan(notebooks.count, 80)
    for file in notebooks {
      let bytes = [UInt8](try Data(contentsOf: file))
      for format in NotebookFormat.allCases { try check(bytes, format, file.lastPathComponent) }
    }
  }

  private let awkward = [
    "", "\n", "1", "# %%", "# %%\n", "# %%\n1\n# %%\n2", "# %%\n1\n\n\n\n# %%\n2\n\n", "\n\n1\n",
    "# ---\n# seed: 1\n# ---\n1\n",
    "# ---\n# seed: 1\n# ---\n\n# %%\n1\n", "# ---\n# seed: 1\n# ---", "#!/usr/bin/env tnb\n# %%\n1\n",
    "\u{FEFF}# %%\n1\n",
    "# %%\r\nx\r\n#> 1\r\n\r\n# %% [markdown]\r\n# a\r\n", "# %%\nx\r\ny\n", "# %%\n1\n#>1 \n#!  E\n",
    "# %%\na\n#> 1\nb\n#> 2\n",
    "# %% [markdown]\n#a\n# b\n#\n\n#  c\nd\n", "# %% [raw]\n# x\n", "# %% [md] name k=v\n# x\n",
    "# %% a [markdown] b\n# x\n",
    "# %% tags=[\"a\"] tags=x format=3 n=1.50 m=\"two words\" o= p\n1\n",
    "# %%\n%matplotlib inline\n# %matplotlib inline\n",
    "# %%\n# IPython: %%time\n# IPython: !ls\nx = 1  # IPython: %time\nif x:\n    pass  # IPython: !ls\n",
    "# %%\n'''\n# IPython: x\n'''\n", "# %%\ndisplay(1)\n",
    "# %%\n(1, 2)\n# %%\n1, 2\n# %%\n((1))\n# %%\n1,\n# %%\n(1,)\n",
    "# %%\n*a, b\n# %%\n(x for x in y)\n# %%\n(y := 1)\n# %%\nx; y # c\n# %%\nx;\n# %%\nf(\n  1\n)  # end\n",
    "# %%\n1/0\n#! E: x\n# %%\nx = '''a\n  b\n'''; 1/0\n#! E\n# %%\nx = = \"\\\"\\n\\\\\n#! SyntaxError: no\n",
    "# %%\nif 1:\n\tx\n\n\ty\n#! E: x\n", "# %%\nwith raises():\n    1\n#! E: x\n",
    "# %%\nraises = 1\ndisplay = 2\n1/0\n#! E: x\n",
    "# %%\nexec(\"x\")\n#! E: x\n", "# %% [markdown]\n# a\n\n# %% [markdown]\n# b\n",
    "# %% [markdown]\n# ```python\n# x\n# ```\n",
    "# %%\n#! E\n", "# %%\n#> lone\n", "1\n# %%\n2\n", "# %%\n1\n#> é 🎉 \\ \" ` ``` \n", "# %% a=\"b\n1\n",
    "# %%\n   \n",
    "# %%x\n1\n", "# %% é=1 \u{1}\n1\n", "#%%\n1\n# %% \n", "# In[1]:\n1\n", "# ---\n# jupyter: x\n# ---\n1\n",
    "# >>> tnb: lets Python with PyTorch run this notebook; `tnb convert` leaves this part out on the way back\n# <<< tnb\n1\n",
    "# %%\n#! a\n#> b\n#! c: d\n", "# %%\nx\n#! RuntimeError:\n# %%\ny\n#! a\n#! b: c\n", "\r\r\n\r", "# %%\nx\r",
    "# %%\ndef f():\n  x\r\n",
    "# %%\n1\n#> 2\n \n# %%\n", "# %%\n\n1\n", "# ---\n# title: a: b # c\n# seed: -5\n# x-y: [1]\n# ---\n# %%\n1\n",
    "# %%\nx\u{2028}y\n",
  ]

  func testAwkwardNotebooksByJupyter() throws { for text in awkward { try check(Array(text.utf8), .ipynb, "awkward") } }
  func testAwkwardNotebooksByPython() throws { for text in awkward { try check(Array(text.utf8), .py, "awkward") } }
  func testAwkwardNotebooksByPage() throws { for text in awkward { try check(Array(text.utf8), .html, "awkward") } }

  private let pieces = [
    "# %%", "# %% [markdown]", "# %% a k=v", "# %% [raw] x", "#> 1", "#> ", "#! E: x", "#! SyntaxError: x", "x = 1",
    "x", "(x)", "x, y",
    "(x, y)", "print(x)", "display(x)", "x;", "1/0", "x = = 1", "def f():", "    return 1", "if x:", "    x", "'''",
    "\"\"\"", "a'",
    "  ", "\n", "\n", "\n", "\n", "\r\n", "\r", "# ---", "# tnb: 1", "# seed: 3", "é", "\u{FEFF}", "\t", "# text",
    "# ```python", "# ```",
    "%matplotlib inline", "# %matplotlib x", "%time x", "!ls", "# IPython: !ls", "pass  # IPython: x", "with raises():",
    "\\", "(", ")",
    "randn(2, grad)", "_", "# <!-- %% -->", "f\"{x}\"", "...", "#%%", "lambda: 1", "*x,", "zeros(2, int64)",
    "nn.Linear(1, 1)",
  ]

  private func fuzz(_ format: NotebookFormat, seed: UInt64, count: Int) throws {
    var generator = SplitMix(state: seed)
    for _ in 0..<count {
      let text = (0..<Int.random(in: 0..<25, using: &generator))
        .map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &generator)] + (Bool.random(using: &generator) ? "\n" : "")
        }
        .joined()
      // A header that does not end is refused.
      guard (try? Notebook(Array(text.utf8))) != nil else { continue }
      try check(Array(text.utf8), format, "generated")
    }
  }

  func testGeneratedNotebooksByJupyter() throws { try fuzz(.ipynb, seed: 1, count: 1500) }
  func testGeneratedNotebooksByPython() throws { try fuzz(.py, seed: 2, count: 1500) }

  /// The way by Markdown keeps cells, names and records; blank lines it does not.
  func testNotebooksByMarkdownKeepTheirCells() throws {
    for text in awkward {
      let bytes = Array(text.utf8)
      let before = try Notebook(bytes).cells.map(CellContent.init).filter { $0 != CellContent(kind: .code) }
      let after = try Notebook(returned(bytes, by: .md)).cells.map(CellContent.init).filter {
        $0 != CellContent(kind: .code)
      }
      XCTAssertEqual(before.map(\.records), after.map(\.records), text.debugDescription)
      XCTAssertEqual(before.map(\.kind), after.map(\.kind), text.debugDescription)
    }
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
