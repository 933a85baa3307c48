import Foundation
import XCTest

@testable import Convert
@testable import Notebook

final class PythonTests: XCTestCase {
  private func script(_ text: String) throws -> String {
    String(decoding: PythonScript.write(try Notebook(Array(text.utf8))), as: UTF8.self)
  }

  /// The cells of a script, without the part above them.
  private func cells(_ text: String) throws -> String {
    let script = try script(text)
    return script.components(separatedBy: "# <<< tnb\n\n").last!
  }

  private func notebook(_ script: String) throws -> String {
    String(decoding: try PythonScript.read(Array(script.utf8), path: "a.py").notebook.bytes, as: UTF8.self)
  }

  func testDisplayedValuesAreCalls() throws {
    for (code, shown) in [
      ("x", "display(x)"), ("x  # why", "display(x)  # why"), ("x = 1; x", "x = 1; display(x)"),
      ("a, b", "display((a, b))"),
      ("(a, b)", "display(((a, b)))"), ("(a) + (b)", "display((a) + (b))"), ("f(\n  1\n)", "display(f(\n  1\n))"),
      ("x;", "x;"), ("x = 1", "x = 1"), ("'''\n)'''", "display('''\n)''')"), ("(x\n +1)", "display(((x\n +1)))"),
    ] { XCTAssertEqual(try cells("# %%\n\(code)\n"), "# %%\n\(shown)\n", code) }
  }

  func testCellsThatRaiseStandInAStatement() throws {
    XCTAssertEqual(
      try cells("# %% n\nx = '''\n  a'''\n\nx @ x\n#! TypeError: no\n"),
      "# %% n\nwith raises():\n    x = '''\n  a'''\n\n    display(x @ x)\n#! TypeError: no\n")
    XCTAssertEqual(
      try cells("# %%\nx = = \"1\"\n#! SyntaxError: invalid syntax\n"),
      "# %%\nwith raises():\n    exec(\"x = = \\\"1\\\"\")\n#! SyntaxError: invalid syntax\n")
  }

  func testMagicsAreComments() throws {
    XCTAssertEqual(
      try cells("# %%\n%matplotlib inline\n# %matplotlib inline\nx = 1\n"),
      "# %%\n# %matplotlib inline\n# # %matplotlib inline\nx = 1\n")
  }

  func testOnlyWhatIsNeededIsImported() throws {
    XCTAssertEqual(
      try script("# %%\nimport torch\nx = torch.zeros(2)\nprint(x)\n"),
      "# %%\nimport torch\nx = torch.zeros(2)\nprint(x)\n")
    func imports(_ code: String) throws -> [String] {
      try script("# %%\n\(code)\n").split(separator: "\n").filter { $0.hasPrefix("import ") || $0.hasPrefix("from ") }
        .map(String.init)
    }
    XCTAssertEqual(
      try imports("a = zeros(3).mean(); b = nn.Linear; c = math.pi"), ["import math", "from torch import nn, zeros"])
    XCTAssertEqual(
      try imports("def f(): return F.relu(ones(1))\nnp = 1\nx = np"),
      ["import torch.nn.functional as F", "from torch import ones"])
    XCTAssertEqual(try imports("for t in zip(x): t.t()\nmean = 3\nz = mean"), [])
    XCTAssertEqual(try imports("std = std(x)"), ["from torch import std"])
    XCTAssertEqual(try imports("g = grad(y, x)"), ["from torch.autograd import grad"])
    XCTAssertEqual(
      try imports("x = zeros(2, int64)"),
      ["import torch", "from torch import int64", "from torch.autograd import grad"])
  }

  func testNamesOfTheNotebookAreNotTaken() throws {
    let text = "# %%\ndisplay = 1\nraises = 2\n# %%\ndisplay\n# %%\n1/0\n#! ZeroDivisionError: division by zero\n"
    let script = try script(text)
    XCTAssert(script.contains("def display_2(value):"), script)
    XCTAssert(script.contains("with raises_2():\n    display_2(1/0)\n"), script)
    XCTAssertEqual(try notebook(script), text)
  }

  func testEditsInPythonCount() throws {
    let script = try script("# %%\nx = 1\nx\n#> 1\n\n# %%\n1/0\n#! ZeroDivisionError: division by zero\n")
    let edited = script.replacingOccurrences(of: "x = 1", with: "x = 2").replacingOccurrences(
      of: "display(1/0)", with: "y = 3\n    display((y, 1/0))")
    XCTAssertEqual(
      try notebook(edited), "# %%\nx = 2\nx\n#> 1\n\n# %%\ny = 3\ny, 1/0\n#! ZeroDivisionError: division by zero\n")
  }

  func testWhatAScriptCannotDoIsListed() throws {
    let notes = PythonScript.notes(
      try Notebook(Array("# %%\n1\n# %%\n_1 + Out[1] + _i2 + _x\nfor _3 in y: _3\n_\n".utf8)))
    XCTAssertEqual(notes.map(\.cell), [2, 2, 2])
    XCTAssertEqual(notes.map { $0.message.prefix(6) }, ["`Out` ", "`_1` i", "`_i2` "])
  }

  func testScriptsOfOthers() throws {
    XCTAssertEqual(try notebook("x = 1\r\nprint(x)"), "x = 1\r\nprint(x)", "a plain script keeps its bytes")
    XCTAssertEqual(
      try notebook(
        """
        #!/usr/bin/env python3
        # -*- coding: utf-8 -*-
        # ---
        # jupyter:
        #   kernelspec:
        #     name: python3
        # title: T
        # ---

        # %% [markdown]
        \"\"\"
        # Head
        text
        \"\"\"

        #%% load
        !pip install torch
        import torch

        # In[12]:


        get_ipython().system('ls')
        x = 1
        """),
      """
      # ---
      # tnb: 1
      # title: T
      # ---

      # %% [markdown]
      # # Head
      # text

      # %% load
      # IPython: !pip install torch
      import torch

      # %%


      # IPython: get_ipython().system('ls')
      x = 1


      """)
  }

  // MARK: With Python

  private func output(ofTnb file: URL) throws -> String {
    var output = ""
    let console = Console(
      output: .closure { output += String(decoding: $0, as: UTF8.self) },
      errors: .closure { output += String(decoding: $0, as: UTF8.self) })
    let notebook = try Notebook([UInt8](try Data(contentsOf: file)), path: file.path)
    _ = Replay(notebook, path: file.path, runner: Interpreter()).stream(to: console)
    return output
  }

  /// A script prints under Python what the notebook prints under tnb.
  func testScriptsPrintTheSame() throws {
    try Peer.require("torch")
    try Peer.require("IPython")
    let folder = try Peer.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let root = RoundTripTests.root
    let files = [
      "docs/examples/linear-regression.tnb", "docs/examples/higher-derivatives.tnb",
      "Tests/Reference/errors/shapes.tnb",
      "Tests/Reference/errors/syntax.tnb", "Tests/Reference/seed/linear-regression-short.tnb",
    ]
    for (i, name) in files.enumerated() {
      let file = root.appendingPathComponent(name)
      let script = PythonScript.write(try Notebook([UInt8](try Data(contentsOf: file))))
      let path = folder.appendingPathComponent("\(i).py")
      try Data(script).write(to: path)
      let result = try Peer.run([path.path], folder: folder)
      XCTAssertEqual(result.status, 0, "\(name): \(result.errors)")
      let expected = try output(ofTnb: file)
      XCTAssert(
        Comparison.matches(
          expected: Record.lines(output: Array(expected.utf8), error: nil),
          actual: Record.lines(output: Array(result.output.utf8), error: nil)),
        "\(name):\n\(expected)\n\(result.output)\(result.errors)")
    }
  }

  /// Where IPython is missing, values are laid out nearly as it does it.
  func testScriptsRunWithoutIPython() throws {
    let folder = try Peer.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cells = [
      "[1, 'a', None]", "{'a': [1.5], 'b': ()}", "list(range(40))", "{i: 'x' * 10 for i in range(9)}", "(1,)", "None",
      "set()",
      "['x' * 50, 'y' * 50]", "[(i, {i: 'z' * 30}) for i in range(3)]",
    ]
    let file = folder.appendingPathComponent("a.tnb")
    try Data(cells.map { "# %%\n\($0)\n" }.joined().utf8).write(to: file)
    try Data("raise ImportError\n".utf8).write(to: folder.appendingPathComponent("IPython.py"))
    let path = folder.appendingPathComponent("a.py")
    try Data(PythonScript.write(try Notebook([UInt8](try Data(contentsOf: file))))).write(to: path)
    guard let result = try? Peer.run([path.path], folder: folder) else { throw XCTSkip("no Python") }
    guard result.status != 127 else { throw XCTSkip("no Python") }
    XCTAssertEqual(result.output, try output(ofTnb: file), result.errors)
  }

  /// jupytext reads the cells that there are.
  func testScriptsAreInThePercentFormat() throws {
    try Peer.require("jupytext")
    let folder = try Peer.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = "# %% [markdown]\n# # Head\n\n# %% weights tags=[\"a\"]\nw = 1\nw\n#> 1\n\n# %% [raw]\n# r\n"
    try Data(try script(text).utf8).write(to: folder.appendingPathComponent("a.py"))
    let result = try Peer.run(
      [
        "-c",
        "import jupytext; print([(c.cell_type, c.source.split(chr(10))[0], sorted(c.metadata.items())) for c in jupytext.read('a.py').cells][1:])",
      ],
      folder: folder)
    XCTAssertEqual(
      result.output,
      "[('markdown', '# Head', []), ('code', 'w = 1', [('tags', ['a']), ('title', 'weights')]), ('raw', 'r', [])]\n",
      result.errors)
  }
}
