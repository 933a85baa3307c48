import XCTest

@testable import Tensor

final class NumPyTextTests: XCTestCase {
  /// Every recorded array prints as NumPy prints it.
  func testRecordedArrays() throws {
    for c in printedArrays() {
      let dtype = DType.allCases.first { $0.name == c.dtype }!
      let array = try Tensor.make(c.values, Dims(c.shape), dtype)
      var options = NumPyPrintOptions()
      c.configure(&options)
      NumPyPrintOptions.current = options
      XCTAssertEqual(NumPyText.repr(array), c.repr)
      XCTAssertEqual(NumPyText.str(array), c.str)
    }
    NumPyPrintOptions.current = NumPyPrintOptions()
  }

  func testScalars() {
    XCTAssertEqual(NumPyText.scalarRepr(.float(0.1), .float64), "np.float64(0.1)")
    XCTAssertEqual(NumPyText.scalarRepr(.float(Double(Float(1e-5))), .float32), "np.float32(1e-05)")
    XCTAssertEqual(NumPyText.scalarRepr(.float(16_777_216), .float32), "np.float32(1.6777216e+07)")
    XCTAssertEqual(NumPyText.scalarRepr(.float(1e16), .float64), "np.float64(1e+16)")
    XCTAssertEqual(NumPyText.scalarRepr(.float(-.infinity), .float64), "np.float64(-inf)")
    XCTAssertEqual(NumPyText.scalarRepr(.int(3), .int32), "np.int32(3)")
    XCTAssertEqual(NumPyText.scalarRepr(.bool(true), .bool), "np.True_")
  }
}
