import XCTest

final class NumPyTests: XCTestCase {
  func testPromotion() {
    assertCell(
      "(np.float32(1) + 1).dtype, (np.array([1]) + 0.5).dtype, (np.array([1], dtype=np.int8) + 1).dtype",
      "(dtype('float32'), dtype('float64'), dtype('int8'))")
    assertCell("np.array([1], dtype=np.uint8) + 300", "OverflowError: Python integer 300 out of bounds for uint8")
  }

  func testScalars() {
    assertCell(
      "np.float64(0.1) + 0.2, np.int64(7) // 2, np.float32(2) == 2",
      "(np.float64(0.30000000000000004), np.int64(3), np.True_)")
    assertCell("isinstance(np.float64(1), float), float(np.float32(0.5))", "(True, 0.5)")
  }

  func testIndexing() {
    assertCell(
      "a = np.arange(12).reshape(3, 4)\na[1, 2], a[:, 1], a[::2, ::-1], a[[0, 1], [1, 2]]",
      "(np.int64(6),\n array([1, 5, 9]),\n array([[ 3,  2,  1,  0],\n        [11, 10,  9,  8]]),\n array([1, 6]))")
    assertCell("np.arange(3)[5]", "IndexError: index 5 is out of bounds for axis 0 with size 3")
  }

  func testBroadcastingError() {
    assertCell("np.ones(2) + np.ones(3)", "ValueError: operands could not be broadcast together with shapes (2,) (3,) ")
  }

  func testSharedMemory() {
    assertCell("t = torch.ones(2)\nn = t.numpy()\nn *= 10\nt", "tensor([10., 10.])")
  }

  func testLegacyStream() {
    assertCell(
      "np.random.seed(0)\nnp.random.rand(2), np.random.randn()", "(array([0.5488135 , 0.71518937]), 0.9787379841057392)"
    )
    assertCell("np.random.seed(1)\nnp.random.permutation(8)", "array([7, 2, 1, 6, 0, 4, 3, 5])")
  }

  func testModernStream() {
    assertCell("np.random.default_rng(0).random(3)", "array([0.63696169, 0.26978671, 0.04097352])")
    assertCell("np.random.default_rng(0).integers(0, 10, 5)", "array([8, 6, 5, 2, 3])")
    assertCell("np.random.default_rng(0).standard_normal(3)", "array([ 0.12573022, -0.13210486,  0.64042265])")
  }
}
