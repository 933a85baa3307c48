import XCTest

@testable import Tensor

/// Values recorded from PyTorch 2.13.
final class LossTests: XCTestCase {
  private func scores() throws -> Tensor {
    try Tensor.make([-4, -1, -0.2, 0.5, 1, 7], [2, 3], .float32)
  }

  private func assertClose(_ t: Tensor, _ expected: Double, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(t.onlyScalar.double, expected, accuracy: 6e-5, file: file, line: line)
  }

  func testCrossEntropy() throws {
    let (x, target) = (try scores(), try Tensor.vector([0, 2]))
    let weight = try Tensor.make([1, 2, 0.5], [3], .float32)
    func loss(_ w: Tensor?, _ ignored: Int, _ smoothing: Double, _ r: Reduction) throws -> Tensor {
      try Operations.crossEntropy(x, target, w, ignoring: ignored, smoothing: smoothing, r)
    }
    assertClose(try loss(nil, -100, 0, .mean), 2.0952)
    assertClose(try loss(weight, -100, 0, .mean), 2.7923)
    assertClose(try loss(nil, -100, 0.1, .mean), 2.1902)
    assertClose(try loss(weight, -100, 0.1, .mean), 3.0745)
    assertClose(try loss(nil, 0, 0, .mean), 0.0040)
    assertClose(try loss(weight, 0, 0, .sum), 0.0020)
    let probabilities = try Tensor.make([0.1, 0.2, 0.7, 0.3, 0.3, 0.4], [2, 3], .float32)
    assertClose(
      try Operations.crossEntropy(x, probabilities, nil, ignoring: -100, smoothing: 0, .mean), 2.3402)
    assertClose(
      try Operations.crossEntropy(x, probabilities, weight, ignoring: -100, smoothing: 0.1, .mean), 3.3834)
  }

  func testTargetsOutOfRange() throws {
    XCTAssertThrowsError(
      try Operations.crossEntropy(scores(), Tensor.vector([0, 5]), nil, ignoring: -100, smoothing: 0, .mean)
    ) { XCTAssertEqual(($0 as? TensorError)?.message, "Target 5 is out of bounds.") }
    XCTAssertThrowsError(
      try Operations.binaryCrossEntropy(scores(), scores(), nil, .mean)
    ) { XCTAssertEqual(($0 as? TensorError)?.message, "all elements of input should be between 0 and 1") }
  }

  func testBinaryCrossEntropyWithLogits() throws {
    let y = try Tensor.make([0.1, 0.2, 0.7, 0.3, 0.3, 0.4], [2, 3], .float32)
    let w = try Tensor.make([1, 2, 0.5], [3], .float32)
    assertClose(try Operations.binaryCrossEntropyWithLogits(scores(), y, nil, nil, .mean), 1.2846)
    assertClose(try Operations.binaryCrossEntropyWithLogits(scores(), y, nil, w, .mean), 1.2975)
    assertClose(try Operations.binaryCrossEntropyWithLogits(scores(), y, w, nil, .sum), 6.7648)
  }
}
