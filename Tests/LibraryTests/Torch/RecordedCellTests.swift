import XCTest

/// Runs each cell of `Cells/NAME.tnb` and compares what it shows with what PyTorch showed (`scripts/record-reference` records it again).
final class RecordedCellTests: XCTestCase {
  func testGradientsOfGradients() throws { try check("gradients-of-gradients") }
  func testSequencesAndTensors() throws { try check("sequences-and-tensors") }
  func testNumbersThatDoNotFit() throws { try check("numbers-that-do-not-fit") }

  private func check(_ name: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cells/\(name).tnb")
    let cells = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "# %%\n").dropFirst()
    XCTAssertGreaterThan(cells.count, 5, file: file, line: line)
    let session = CellSession()
    _ = session.run("import torch\nimport torch.nn.functional as F")
    for cell in cells {
      let lines = cell.components(separatedBy: "\n").filter { !$0.isEmpty }
      let isRecord: (String) -> Bool = { $0.hasPrefix("#> ") || $0.hasPrefix("#! ") || $0 == "#>" || $0 == "#!" }
      let code = lines.filter { !isRecord($0) }.joined(separator: "\n")
      XCTAssertEqual(
        session.run(code), lines.filter(isRecord).map { String($0.dropFirst(3)) }.joined(separator: "\n"),
        "\n\(code)\n",
        file: file, line: line)
    }
  }
}
