import Foundation
import XCTest

final class ConvertTests: CommandTestCase {
  private let text =
    "# ---\n# tnb: 1\n# seed: 0\n# ---\n\n# %% [markdown]\n# # Head\n\n# %%\nrandn(2, grad)\n#> tensor([ 1.5410, -0.2934], requires_grad=True)\n"

  func testEveryFormatAndBack() throws {
    try write(text)
    for format in ["ipynb", "py", "md", "html"] {
      let there = try tnb("convert", "a.tnb", "b.\(format)")
      XCTAssertEqual(there.status, 0, there.errors)
      XCTAssertEqual(there.output + there.errors, "")
      let back = try tnb("convert", "b.\(format)", "\(format).tnb")
      XCTAssertEqual(back.status, 0, back.errors)
      XCTAssertEqual(try contents(of: "\(format).tnb"), text, format)
    }
    XCTAssertEqual(try tnb("convert", "b.ipynb", "c.html").status, 0)
    XCTAssert(try contents(of: "c.html").contains("<h1 id=\"head\">Head</h1>"))
    XCTAssertEqual(try tnb("check", "md.tnb").output, "md.tnb: 1 cell passed\n1 passed, 0 failed\n")
  }

  func testFilesAreOverwrittenOnlyWhenAskedFor() throws {
    try write(text)
    try write("mine", to: "b.py")
    let refused = try tnb("convert", "a.tnb", "b.py")
    XCTAssertEqual(refused.status, 2)
    XCTAssertEqual(refused.errors, "tnb: b.py: exists; --force overwrites it\n")
    XCTAssertEqual(try contents(of: "b.py"), "mine")
    XCTAssertEqual(try tnb("convert", "-f", "a.tnb", "b.py").status, 0)
    XCTAssert(try contents(of: "b.py").contains("import torch"))
    XCTAssertEqual(try tnb("convert", "-f", "a.tnb", "./a.tnb").errors, "tnb: ./a.tnb: is the file that is read\n")
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted(), ["a.tnb", "b.py"])
  }

  func testWrongUseIsNamed() throws {
    try write(text)
    for (arguments, message) in [
      (["a.tnb", "b.txt"], "tnb: b.txt: the name says no format; it ends in .tnb, .ipynb, .py, .md or .html\n"),
      (["a.tnb", "b"], "tnb: b: the name says no format; it ends in .tnb, .ipynb, .py, .md or .html\n"),
      (["missing.ipynb", "b.tnb"], "tnb: missing.ipynb: No such file or directory\n"),
      (["a.tnb", "missing/b.py"], "tnb: missing/b.py: No such file or directory\n"),
    ] {
      let result = try Command.run(["convert"] + arguments, folder: folder)
      XCTAssertEqual(result.status, 2)
      XCTAssertEqual(result.errors, message)
    }
    XCTAssertEqual(try tnb("convert", "a.tnb").status, 2)
    try write("{\n \"cells\": [,]\n}", to: "bad.ipynb")
    let bad = try tnb("convert", "bad.ipynb", "b.tnb")
    XCTAssertEqual(bad.status, 2)
    XCTAssert(bad.errors.hasPrefix("tnb: bad.ipynb:2: this is no JSON: "), bad.errors)
    try write("<html></html>", to: "bad.html")
    XCTAssertEqual(
      try tnb("convert", "bad.html", "b.tnb").errors,
      "tnb: bad.html: holds no notebook: only pages that `tnb convert` made can be converted back\n")
    try Data([0xFF]).write(to: folder.appendingPathComponent("bad.md"))
    XCTAssertEqual(try tnb("convert", "bad.md", "b.tnb").status, 2)
  }

  func testWhatIsLostIsListed() throws {
    try write(
      #"{"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"source":"!pip install x\nimport pandas","outputs":[{"output_type":"display_data","data":{"image/png":"iVBORw0KGgo="}}]}]}"#,
      to: "a.ipynb")
    let result = try tnb("convert", "a.ipynb", "b.tnb")
    XCTAssertEqual(result.status, 0)
    XCTAssertEqual(
      result.errors,
      "a.ipynb: cell 1, line 1: `!pip install x` is a comment now\na.ipynb: cell 1, line 2: tnb has no module `pandas`\n"
    )
    XCTAssertEqual(
      try contents(of: "b.tnb"), "# %% output=b_files/output_1.png\n# IPython: !pip install x\nimport pandas\n")
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/b_files"), ["output_1.png"])
  }

  /// What a notebook names outside its folder does not get into what is made of it.
  func testNothingOutsideTheFolderIsTakenIn() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/sub", withIntermediateDirectories: true)
    try write("private", to: "secret.png")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/sub/link.png", withDestinationPath: "../secret.png")
    for path in ["../secret.png", "link.png", folder.path + "/secret.png"] {
      try write("# %% output=\(path)\n1\n\n# %% [markdown]\n# ![](\(path))\n", to: "sub/a.tnb")
      for format in ["html", "ipynb", "md"] {
        let result = try tnb("convert", "-f", "sub/a.tnb", "b.\(format)")
        XCTAssertEqual(result.status, 0)
        XCTAssert(result.errors.contains("the image \(path) is not there"), result.errors)
        XCTAssertFalse(try contents(of: "b.\(format)").contains("cHJpdmF0ZQ"), path)
      }
    }
  }

  func testImagesGoAlong() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/sub", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: folder.path + "/other", withIntermediateDirectories: true)
    try write("image", to: "sub/x.png")
    try write("# %% output=x.png\n1\n", to: "sub/a.tnb")
    XCTAssertEqual(try tnb("convert", "sub/a.tnb", "other/a.md").status, 0)
    XCTAssertEqual(try contents(of: "other/x.png"), "image")
    XCTAssertEqual(try tnb("convert", "sub/a.tnb", "other/a.ipynb").status, 0)
    XCTAssert(try contents(of: "other/a.ipynb").contains("aW1hZ2U="))
  }
}
