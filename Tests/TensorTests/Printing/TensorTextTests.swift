import XCTest

@testable import Tensor

final class TensorTextTests: XCTestCase {
  /// Every recorded tensor prints as PyTorch prints it.
  func testRecordedTensors() throws {
    for c in printedTensors() {
      let dtype = DType.allCases.first { $0.name == c.dtype }!
      let tensor = try Tensor.make(c.values, Dims(c.shape), dtype)
      var options = PrintOptions()
      options.precision = c.precision
      options.edgeItems = c.edgeItems
      options.lineWidth = c.lineWidth
      options.threshold = c.threshold
      options.scientific = c.scientific
      PrintOptions.current = options
      XCTAssertEqual(TensorText.repr(tensor), c.text, "\(c.values.prefix(5)) \(c.shape)")
    }
    PrintOptions.current = PrintOptions()
  }

  func testSuffixes() throws {
    let w = try Tensor.make([1.0, 2.0], [2], .float32)
    try w.setRequiresGrad(true)
    XCTAssertEqual(TensorText.repr(w), "tensor([1., 2.], requires_grad=True)")
    XCTAssertEqual(TensorText.repr(try Indexing.get(w, 0)), "tensor(1., grad_fn=<SelectBackward0>)")
    let long = try Operations.view(try Tensor.make((0..<14).map { 1.5 + Double($0) }, [14], .float32), [14])
    try long.setRequiresGrad(true)
    let row = try Operations.slice(long, 0, 0, 8)
    XCTAssertEqual(
      TensorText.repr(row),
      """
      tensor([1.5000, 2.5000, 3.5000, 4.5000, 5.5000, 6.5000, 7.5000, 8.5000],
             grad_fn=<SliceBackward0>)
      """)
  }

  func testTransposedTensorPrintsItsView() throws {
    let x = try Operations.transpose(Tensor.make([1, 2, 3, 4, 5, 6], [2, 3], .int64), 0, 1)
    XCTAssertEqual(TensorText.repr(x), "tensor([[1, 4],\n        [2, 5],\n        [3, 6]])")
  }
}
